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
    /// The style sheet of voices and recordings.
    VoiceStyle,
    /// The scripts of voices and recordings.
    VoiceScript,
    /// The scripts that pages load for the service worker.
    OfflineScript,
}

impl Asset {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Style,
        Self::Boot,
        Self::Script,
        Self::PracticeStyle,
        Self::PracticeScript,
        Self::SearchStyle,
        Self::SearchScript,
        Self::VoiceStyle,
        Self::VoiceScript,
        Self::OfflineScript,
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
            Self::VoiceStyle => ("voice", "css"),
            Self::VoiceScript => ("voice", "js"),
            Self::OfflineScript => ("offline", "js"),
        }
    }

    /// Whether pages look different with another one, and do the same.
    #[must_use]
    pub fn is_style(self) -> bool {
        self.name().1 == "css"
    }
}

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

/// What a browser or another program that shows the site from outside is told of it.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// The service worker, where there is one.
    pub worker: Option<&'static str>,
    /// What is shown where a page is shared.
    pub card: Option<Picture>,
    /// The icons of the installed book, smallest first; without any it cannot be installed.
    pub icons: Vec<Picture>,
    /// The colour of what the system draws around the installed book, as CSS has it.
    pub theme_color: Option<String>,
    /// The colour of its window before a page is there.
    pub background_color: Option<String>,
}

/// The addresses of the theme's files in the site.
#[derive(Clone, Debug, Default)]
pub struct AssetNames {
    joined: [String; Asset::ALL.len()],
    /// Those that pages do not load by themselves.
    pub outside: Outside,
}

impl AssetNames {
    /// The address of each file.
    #[must_use]
    pub fn new(address: impl FnMut(Asset) -> String, outside: Outside) -> Self {
        Self { joined: Asset::ALL.map(address), outside }
    }

    /// The address of a file.
    #[must_use]
    pub fn of(&self, asset: Asset) -> &str {
        &self.joined[asset as usize]
    }

    /// The number of the file at `address`.
    #[must_use]
    pub fn position(&self, address: &str) -> Option<usize> {
        self.joined.iter().position(|name| name == address)
    }
}
