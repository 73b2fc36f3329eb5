//! The program: hands its arguments to [`prepbook::cli`] and its answer to the operating system.

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    prepbook::cli::run()
}
