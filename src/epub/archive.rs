//! Files to the archive that an EPUB is (EPUB 3.3, section 4.2; APPNOTE 6.3.3): in the given order, with a fixed date. Sizes stand
//! before the data, since readers that stream refuse stored files without them.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use crate::base::parallel;

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path, of ASCII.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The first file says what the archive is, at a place that is fixed: never compressed, nothing beside it.
pub const MIMETYPE: &str = "mimetype";

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// The version of the format that compressed files ask for.
const VERSION: u16 = 20;

/// The first day that an archive can name: 1 January 1980.
const DATE: u16 = (1 << 5) | 1;

/// What stands both before a file and in the directory behind all of them.
struct Head {
    method: u16,
    crc: u32,
    packed: u32,
    size: u32,
    name: u16,
}

impl Head {
    fn write(&self, out: &mut Vec<u8>) {
        // No flags: nothing is encrypted, and sizes are known. No time, the fixed date; no extra field.
        for number in [VERSION, 0, self.method, 0, DATE] {
            out.extend(number.to_le_bytes());
        }
        for number in [self.crc, self.packed, self.size] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.name.to_le_bytes());
        out.extend(0_u16.to_le_bytes());
    }
}

/// The archive; `None` if it is larger than the format can say (four gigabytes, 65,535 files).
#[must_use]
pub fn archive(files: &[File]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for (file, deflated) in files.iter().zip(parallel::map(files, |file| deflated(&file.bytes))) {
        let offset = u32::try_from(out.len()).ok()?;
        let mut crc = Crc::new();
        crc.update(&file.bytes);
        let is_smaller = deflated.len() < file.bytes.len() && file.path != MIMETYPE;
        let (method, data) = if is_smaller { (DEFLATED, &deflated) } else { (STORED, &file.bytes) };
        let head = Head {
            method,
            crc: crc.sum(),
            packed: u32::try_from(data.len()).ok()?,
            size: u32::try_from(file.bytes.len()).ok()?,
            name: u16::try_from(file.path.len()).ok()?,
        };
        out.extend(b"PK\x03\x04");
        head.write(&mut out);
        out.extend(file.path.bytes());
        out.extend(data);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        head.write(&mut directory);
        // No comment, the first disk, no attributes within or from outside.
        directory.extend([0_u8; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(file.path.bytes());
    }
    let start = u32::try_from(out.len()).ok()?;
    let length = u32::try_from(directory.len()).ok()?;
    let count = u16::try_from(files.len()).ok()?;
    out.append(&mut directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend([length, start].map(u32::to_le_bytes).concat());
    out.extend([0_u8; 2]);
    Some(out)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written to")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// That a reader gets back what was packed is for `tests/books/epub` to show.
    #[test]
    fn an_archive_says_what_it_is_where_programs_look() {
        let file = |path: &str, text: &str| File { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        let text = "application/epub+zip ".repeat(9);
        let files = [file(MIMETYPE, &text), file("b", &text), file("c", "")];
        let archive = archive(&files).expect("it is small");
        assert_eq!(&archive[..4], b"PK\x03\x04");
        assert_eq!(&archive[30..58], b"mimetypeapplication/epub+zip");
        let methods: Vec<u8> = archive.windows(10).filter(|it| it.starts_with(b"PK\x03\x04")).map(|it| it[8]).collect();
        assert_eq!(methods, [0, 8, 0]);
    }
}
