//! The theme as one value: every file by its path, from the book where it has one, else from the binary.

mod builtin;
mod css;
mod js;
mod manifest;
mod overlay;
pub mod policy;
mod strings;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::hash::{Hash, Hasher};
use crate::base::path::BookPath;
use crate::model::output::{Asset, AssetNames, Output, Outside, Picture, SERVICE_WORKER};
use crate::model::strings::Strings;
use crate::model::url::Url;

pub use builtin::FILES as BUILT_IN;
pub use overlay::load;

/// A theme, ready to use.
#[derive(Clone, Debug)]
pub struct Theme {
    /// The folder that its files are named after: `themes/handbook`.
    pub folder: BookPath,
    /// The text of its templates by name, such as `partials/header.html`.
    pub templates: BTreeMap<String, String>,
    /// The files that are the book's own, by path.
    pub own: Vec<String>,
    /// The custom properties that its style sheets have.
    pub properties: BTreeSet<String>,
    /// The words of the interface.
    pub strings: Strings,
    /// The joined style sheets, the early script, the joined scripts, and other files.
    pub assets: Vec<Output>,
    /// Where the assets are.
    pub names: AssetNames,
    /// The text of its service worker, which is published with what it must know of the site in front.
    pub worker: Option<String>,
    /// The style sheet of the book for reading systems; empty if there is none.
    pub epub_style: String,
    /// The hash of all that pages are rendered with.
    pub hash: Hash,
}

/// The files of a theme by path, before anything is joined.
type Files = BTreeMap<String, Cow<'static, [u8]>>;

impl Theme {
    /// Where the template `name` is, as diagnostics name it.
    #[must_use]
    pub fn template_path(&self, name: &str) -> BookPath {
        template_path(&self.folder, name)
    }

    /// The book's own templates that only a page can name.
    pub fn own_pages(&self) -> impl Iterator<Item = &str> {
        let names = self.own.iter().filter_map(|path| path.strip_prefix("templates/"));
        names.filter(|name| name.ends_with(".html") && !name.contains('/') && !manifest::is_asked_for(name))
    }

    fn new(folder: BookPath, files: &Files, own: Vec<String>, manifest: &manifest::Manifest, words: Strings) -> Self {
        let text = |path: &str| files.get(path).map_or(Cow::Borrowed(""), |bytes| String::from_utf8_lossy(bytes));
        let templates: BTreeMap<String, String> = files
            .keys()
            .filter_map(|path| Some((path.strip_prefix("templates/")?.to_owned(), text(path).into_owned())))
            .collect();
        let joined = |paths: &[String]| paths.iter().map(|path| text(path)).collect::<Vec<_>>().join("\n");
        let sheet = |paths: &[String]| css::without_comments(&joined(paths));
        // What others have written stays as they wrote it.
        let script = |path: &String| {
            if path.contains("/vendor/") { text(path).into_owned() } else { js::without_comments(&text(path)) }
        };
        let mut assets = Vec::new();
        let mut add = |name: &str, extension: &str, bytes: Vec<u8>| {
            let url = format!("assets/{name}-{}.{extension}", Hash::of(&bytes).short());
            assets.push(Output { url: Url::new(url.clone()), bytes });
            url
        };
        let mut names = AssetNames::new(
            |asset| {
                let (name, extension) = asset.name();
                let files = manifest.joined(asset);
                let text = if asset.is_style() {
                    sheet(files)
                } else {
                    files.iter().map(script).collect::<Vec<_>>().join("\n")
                };
                // A theme without any has nothing that could use the texts; and what a style sheet starts with may have to.
                let text = match asset {
                    _ if files.is_empty() => text,
                    Asset::Style => text + &strings::style(&words),
                    Asset::Script => strings::script(&words, "scripts") + &text,
                    Asset::PracticeScript => strings::script(&words, "practice-scripts") + &text,
                    Asset::SearchScript => strings::script(&words, "search-scripts") + &text,
                    Asset::VoiceScript => strings::script(&words, "voice-scripts") + &text,
                    Asset::OfflineScript => strings::script(&words, "offline-scripts") + &text,
                    Asset::Boot | Asset::PracticeStyle | Asset::SearchStyle | Asset::VoiceStyle => text,
                };
                add(name, extension, text.into_bytes())
            },
            Outside {
                worker: manifest.worker.as_ref().map(|_| SERVICE_WORKER),
                theme_color: manifest.theme_color.clone(),
                background_color: manifest.background_color.clone(),
                ..Outside::default()
            },
        );
        let mut copied = |path: &String| {
            let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
            let name = stem.rsplit('/').next().unwrap_or(stem);
            let bytes = files.get(path).map_or(Vec::new(), |bytes| bytes.to_vec());
            let size = png_size(&bytes);
            Picture { url: add(name, extension, bytes), size }
        };
        names.outside.card = manifest.card.as_ref().map(&mut copied);
        names.outside.icons = manifest.icons.iter().map(&mut copied).collect();
        for path in &manifest.files {
            copied(path);
        }
        let worker = manifest.worker.as_ref().map(script);
        let epub_style = sheet(&manifest.epub_styles);
        let styles = files.keys().filter(|path| path.ends_with(".css"));
        let of_style = |path: &String| {
            let text = text(path);
            policy::properties(&text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>()
        };
        let properties = styles.flat_map(of_style).collect();
        let mut hasher = Hasher::default();
        for (name, template) in &templates {
            hasher.add(name.as_bytes()).add(template.as_bytes());
        }
        hasher.add(&serde_json::to_vec(&words).expect("texts are JSON"));
        Self {
            folder,
            templates,
            own,
            properties,
            strings: words,
            assets,
            names,
            worker,
            epub_style,
            hash: hasher.finish(),
        }
    }
}

/// Width and height of a PNG, which stand at the start of its first chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..16)?;
    let number = |at: usize| head[at..at + 4].iter().fold(0, |number, &byte| number << 8 | u32::from(byte));
    Some((number(0), number(4)))
}

fn template_path(folder: &BookPath, name: &str) -> BookPath {
    folder.join("templates").and_then(|folder| folder.join(name)).unwrap_or_else(|| folder.clone())
}
