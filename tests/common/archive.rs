//! An archive to its files, by its directory (APPNOTE 6.3.3, section 4.3.12): read apart from how it is written.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::Crc;
use flate2::read::DeflateDecoder;

/// The files of an archive by path. Each stands where the directory says, and is what its checksum says.
pub fn unpacked(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let short = |at: usize| usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let long = |at: usize| short(at) | short(at + 2) << 16;
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06", "the archive ends with its end");
    let mut at = long(end + 16);
    let mut files = BTreeMap::new();
    for _ in 0..short(end + 10) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (packed, size, length, local) = (long(at + 20), long(at + 24), short(at + 28), long(at + 42));
        let name = String::from_utf8(bytes[at + 46..at + 46 + length].to_vec()).expect("names are UTF-8");
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        assert_eq!(
            bytes[local + 4..local + 30],
            bytes[at + 6..at + 32],
            "{name}: before the file and in the directory"
        );
        let start = local + 30 + length;
        let data = &bytes[start..start + packed];
        let mut file = Vec::new();
        match short(at + 10) {
            0 => file.extend(data),
            8 => {
                DeflateDecoder::new(data).read_to_end(&mut file).expect("it was deflated");
            }
            method => panic!("{name}: method {method}"),
        }
        let mut crc = Crc::new();
        crc.update(&file);
        assert_eq!((file.len(), crc.sum() as usize), (size, long(at + 16)), "{name}");
        assert_eq!(short(at + 30) + short(at + 32), 0, "{name} has nothing beside it");
        assert!(files.insert(name, file).is_none(), "no name is there twice");
        at += 46 + length;
    }
    assert_eq!(at, end, "nothing stands between the directory and its end");
    files
}
