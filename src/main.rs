//! The program: hands its arguments to [`prepbook::cli`] and its answer to the operating system.

use std::process::ExitCode;

fn main() -> ExitCode {
    prepbook::cli::run()
}
