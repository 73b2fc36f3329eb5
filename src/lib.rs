//! prepbook: a static site generator for interview-preparation handbooks.
pub mod base;
pub mod diagnostic;
pub mod data;
pub mod config;
pub mod markdown;
pub mod highlight;
pub mod model;
pub mod parse;
pub mod read;
