//! The ground floor: places in text, paths in a book, files, hashes, parallel maps. Knows nothing of books.

pub mod blobs;
pub mod error;
pub mod files;
pub mod hash;
pub mod lock;
pub mod nearest;
pub mod parallel;
pub mod path;
pub mod process;
pub mod progress;
pub mod scratch;
pub mod span;
