//! What rendering gives: files of the site, and where to find those of the theme.

use crate::base::hash::Hash;
use crate::model::url::Url;

/// A file of the site, as bytes.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its address.
    pub url: Url,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// The hash of everything that rendering a page is given. Equal keys give equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenderKey(pub Hash);

/// The addresses of the theme's files in the site.
#[derive(Clone, Debug, Default)]
pub struct AssetNames {
    /// The style sheet.
    pub style: String,
    /// The script that runs before the page is painted.
    pub boot: String,
    /// The other scripts.
    pub script: String,
    /// The style sheet of preparation material.
    pub practice_style: String,
    /// The scripts of preparation material.
    pub practice_script: String,
}
