//! The values that pass between stages. Data and small look-ups; no stage's decisions.

pub mod book;
pub mod mention;
pub mod order;
pub mod output;
pub mod parsed;
pub mod plural;
pub mod practice;
pub mod slug;
mod slug_ranges;
pub mod source;
pub mod strings;
pub mod surface;
pub mod target;
pub mod url;
pub mod view;
