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

/// The address of the service worker: it answers for everything beside and below it.
pub const SERVICE_WORKER: &str = "sw.js";

/// A picture of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its address.
    pub url: String,
    /// Its width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// The addresses of the theme's files in the site, and what programs that show a site from outside are told of it.
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
    /// The service worker, where there is one.
    pub worker: Option<String>,
    /// The scripts that pages load for it.
    pub offline_script: String,
    /// What is shown where a page is shared.
    pub card: Option<Picture>,
    /// The icons of the installed book, smallest first; without any it cannot be installed.
    pub icons: Vec<Picture>,
    /// The colours of the installed book's frame, and of its window before a page is there.
    pub frame: Frame,
}

/// The colours around an installed book, as CSS has them.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Of what the system draws around it.
    pub theme: Option<String>,
    /// Of the window before a page is there.
    pub background: Option<String>,
}
