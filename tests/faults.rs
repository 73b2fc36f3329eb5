//! Builds under faults: processes that are killed, full disks, files that cannot be read or change while they are
//! read, several runs at once, clocks set back. Whatever happens, the last good site stays whole, nothing foreign is
//! touched, and the next build is right.
//!
//! The faults are put between the program and the C library by `faults/shim.c`, which a C compiler must build: the
//! crate needs one anyway. That is Linux's way; on other systems only a notice is left of this file.

#[cfg(target_os = "linux")]
mod common;
#[cfg(target_os = "linux")]
#[path = "faults/kills.rs"]
mod kills;
#[cfg(target_os = "linux")]
#[path = "faults/moves.rs"]
mod moves;
#[cfg(target_os = "linux")]
#[path = "faults/places.rs"]
mod places;
#[cfg(target_os = "linux")]
#[path = "faults/reading.rs"]
mod reading;
#[cfg(target_os = "linux")]
#[path = "faults/shim.rs"]
mod shim;
#[cfg(target_os = "linux")]
#[path = "faults/together.rs"]
mod together;
#[cfg(target_os = "linux")]
#[path = "faults/walk.rs"]
mod walk;

#[cfg(not(target_os = "linux"))]
#[test]
#[ignore = "NOT TESTED HERE: faults are injected with LD_PRELOAD, which is Linux's"]
fn the_last_good_site_stays_whole_under_faults() {
    panic!("run this on Linux");
}
