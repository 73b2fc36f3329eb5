//! Markdown as the rest of the program sees it: a walk over items with true byte offsets, directives
//! included, and the grammars of fence lines, info strings and raw HTML attributes. Knows no book.

pub mod attributes;
pub mod autolink;
pub mod directive;
pub mod fence;
pub mod html;
pub mod info;
pub mod keys;
pub mod marks;
pub mod pairing;
pub mod plain;
pub mod practice;
mod runs;
pub mod rustdoc;
pub mod walk;
