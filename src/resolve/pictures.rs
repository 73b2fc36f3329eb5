//! The pictures by which a book is shown from outside, from `book.toml` or the theme: the card of a shared page, the icons
//! of the installed book.

use super::Resolver;
use crate::base::path::BookPath;
use crate::config::NamedPath;
use crate::model::output::Picture;
use crate::model::url::Url;
use crate::model::view::CardView;

/// The least width of an icon that browsers install a book with.
const ICON_SIZE: u32 = 144;

/// A file that `book.toml` names, from the book's root or from the source folder.
pub fn published<'a>(resolver: &'a Resolver<'_>, named: &NamedPath) -> Option<(&'a BookPath, &'a Url)> {
    let paths = [BookPath::new(&named.value), resolver.config.src.join(&named.value)];
    paths.into_iter().flatten().find_map(|path| resolver.book.files.get_key_value(&path))
}

fn picture(resolver: &Resolver<'_>, named: &NamedPath) -> Option<Picture> {
    let (path, url) = published(resolver, named)?;
    let size = resolver.references.images.get(path).copied().flatten();
    Some(Picture { url: url.as_str().to_owned(), size })
}

/// The book's own card, else the theme's.
pub fn card(resolver: &Resolver<'_>) -> Option<CardView> {
    let own = resolver.config.card.as_ref().and_then(|named| picture(resolver, named));
    let card = own.or_else(|| resolver.assets.outside.card.clone())?;
    let url = Url::new(card.url).canonical(&resolver.config.site)?;
    let (width, height) = card.size.unzip();
    Some(CardView { url, width, height })
}

/// The book's icon and logo, as far as they will do; else the theme's icons. A theme without icons is not for installing.
pub fn icons(resolver: &Resolver<'_>) -> Vec<Picture> {
    let (config, theme) = (resolver.config, &resolver.assets.outside.icons);
    if theme.is_empty() {
        return Vec::new();
    }
    let fits = |picture: &Picture| {
        let is_drawn = picture.url.ends_with(".svg");
        let is_bitmap = picture.url.ends_with(".png") || picture.url.ends_with(".webp");
        is_drawn || (is_bitmap && picture.size.is_some_and(|(width, height)| width == height && width >= ICON_SIZE))
    };
    let named = config.favicon.iter().chain(&config.logo);
    let own: Vec<Picture> = named.filter_map(|named| picture(resolver, named)).filter(fits).collect();
    if own.is_empty() { theme.clone() } else { own }
}
