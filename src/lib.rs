//! prepbook: a static site generator for interview-preparation handbooks.
//!
//! The program is a pipeline, and [`pipeline`] is its table of contents:
//!
//! 1. [`read`]: the source folder to texts;
//! 2. [`parse`]: one Markdown file to its facts, looking at nothing else;
//! 3. [`index`]: the facts of all pages to the book's symbol table;
//! 4. [`resolve`]: one page and the book to its view;
//! 5. [`render`]: one view to bytes;
//! 6. [`emit`]: bytes to the output folder, all or nothing.
//!
//! A module may use those above it in this list, never those below; stages never use each other. A test
//! (`tests/tidy.rs`) holds the layers.

pub mod base;

pub mod diagnostic;

pub mod data;

pub mod config;

pub mod markdown;

pub mod highlight;

pub mod measure;

pub mod diagram;

pub mod search;

pub mod model;

pub mod theme;

pub mod read;

pub mod parse;

pub mod index;

pub mod resolve;

pub mod epub;

pub mod print;

pub mod render;

pub mod emit;

pub mod site;

pub mod pipeline;

pub mod import;

pub mod moving;

pub mod runner;

pub mod workspace;

pub mod server;

pub mod commands;

pub mod cli;
