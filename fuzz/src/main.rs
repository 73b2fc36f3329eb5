//! One target of `tests/fuzz/targets.rs`, named by `PREPBOOK_TARGET`, for libFuzzer.

#![no_main]

#[path = "../../tests/hostile/book.rs"]
#[allow(dead_code, reason = "each test uses some of it")]
mod book;
#[path = "../../tests/common/folders.rs"]
mod common;
#[path = "../../tests/fuzz/targets.rs"]
#[allow(dead_code, reason = "each test uses some of it")]
mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

use targets::{TARGETS, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("PREPBOOK_TARGET").unwrap_or_default();
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("PREPBOOK_TARGET is no target: {name}"))
});

fuzz_target!(|bytes: &[u8]| {
    if let Err(wrong) = (TARGET.examine)(bytes) {
        panic!("{}: {wrong}", TARGET.name);
    }
});
