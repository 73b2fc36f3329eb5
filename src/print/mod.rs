//! Published pages to what is printed: the whole book as one page, and packs of what is on many. Pure functions; ids and
//! links are those of the one page, so that they work on paper's stand-in, a PDF.

mod bind;

use crate::model::view::PageKind;

pub use bind::{Binding, Leaf};

/// One page to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What kind of page it is.
    pub kind: PageKind,
    /// Its address. That of the book is mdBook's.
    pub address: &'static str,
    /// Its name: `print_<name>` among the words of the interface is its title, `print_<name>_about` what it is for.
    pub name: &'static str,
    /// What it takes from pages.
    pub takes: Takes,
}

/// What a printed page takes from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// All of them.
    Pages,
    /// Preparation material, by `data-practice`, with its answers open or as they are.
    Material {
        /// Which.
        kinds: &'static [&'static str],
        /// What is left out of it.
        without: &'static [&'static str],
        /// Whoever reads it is to know the answers.
        open: bool,
    },
    /// What is marked with `data-cram`.
    Cram,
    /// Nothing: its template says it all.
    Nothing,
}

/// All pages to print.
pub const SHEETS: [Sheet; 5] = [
    Sheet { kind: PageKind::PrintBook, address: "print.html", name: "book", takes: Takes::Pages },
    Sheet { kind: PageKind::PrintCram, address: "print-cram.html", name: "cram", takes: Takes::Cram },
    Sheet {
        kind: PageKind::PrintChecklists,
        address: "print-checklists.html",
        name: "checklists",
        takes: Takes::Material { kinds: &["checklist"], without: &[], open: false },
    },
    Sheet { kind: PageKind::PrintStories, address: "print-stories.html", name: "stories", takes: Takes::Nothing },
    Sheet {
        kind: PageKind::PrintInterviewer,
        address: "print-interviewer.html",
        name: "interviewer",
        takes: Takes::Material {
            kinds: &["simulation", "question", "drill", "review"],
            without: &["threat-model"],
            open: true,
        },
    },
];

impl Sheet {
    /// The page to print of that kind, if it is one.
    #[must_use]
    pub fn of(kind: PageKind) -> Option<&'static Self> {
        SHEETS.iter().find(|sheet| sheet.kind == kind)
    }
}
