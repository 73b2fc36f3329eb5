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

/// A file that the theme's own files are joined to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    /// The style sheet.
    Style,
    /// The script that runs before the page is painted.
    Boot,
    /// The other scripts.
    Script,
    /// The style sheet of preparation material.
    PracticeStyle,
    /// The scripts of preparation material.
    PracticeScript,
    /// The style sheet of search.
    SearchStyle,
    /// The scripts of search.
    SearchScript,
}

impl Asset {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Style,
        Self::Boot,
        Self::Script,
        Self::PracticeStyle,
        Self::PracticeScript,
        Self::SearchStyle,
        Self::SearchScript,
    ];

    /// Its name and its extension, without a hash.
    #[must_use]
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Style => ("handbook", "css"),
            Self::Boot => ("boot", "js"),
            Self::Script => ("core", "js"),
            Self::PracticeStyle => ("practice", "css"),
            Self::PracticeScript => ("practice", "js"),
            Self::SearchStyle => ("search", "css"),
            Self::SearchScript => ("search", "js"),
        }
    }

    /// Whether pages look different with another one, and do the same.
    #[must_use]
    pub fn is_style(self) -> bool {
        self.name().1 == "css"
    }
}

/// The addresses of the theme's files in the site.
#[derive(Clone, Debug, Default)]
pub struct AssetNames([String; Asset::ALL.len()]);

impl AssetNames {
    /// The address of each file.
    #[must_use]
    pub fn new(address: impl FnMut(Asset) -> String) -> Self {
        Self(Asset::ALL.map(address))
    }

    /// The address of a file.
    #[must_use]
    pub fn of(&self, asset: Asset) -> &str {
        &self.0[asset as usize]
    }

    /// The number of the file at `address`.
    #[must_use]
    pub fn position(&self, address: &str) -> Option<usize> {
        self.0.iter().position(|name| name == address)
    }
}
