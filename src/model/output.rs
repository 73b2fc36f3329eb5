//! What `emit` is given: files of the site, already rendered or still to be copied.

use crate::base::hash::Hash;
use crate::base::path::BookPath;
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

/// A file of the book that is published as it is.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it is, from the book's root.
    pub path: BookPath,
    /// Its address.
    pub url: Url,
}
