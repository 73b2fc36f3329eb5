//! A number of the Common Weakness Enumeration, or a name in it, into the weakness that bears it.

use std::sync::OnceLock;

/// The list as it is kept: a head of comment lines, then a line for each weakness, by number.
const LIST: &str = include_str!("cwe.tsv");

/// How many numbers [`near`] proposes at most.
const PROPOSED: usize = 3;

/// An entry of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weakness {
    /// 639 of CWE-639.
    pub id: u32,
    /// The official name, which begins with "DEPRECATED: " when it is.
    pub name: &'static str,
    /// The list keeps the number but advises against it.
    pub deprecated: bool,
}

/// The weakness with the number `id`, if there is one. Categories and views have numbers too and are none.
#[must_use]
pub fn find(id: u32) -> Option<Weakness> {
    let all = all();
    all.binary_search_by_key(&id, |weakness| weakness.id).ok().map(|at| all[at])
}

/// All weaknesses, by number.
#[must_use]
pub fn all() -> &'static [Weakness] {
    static ALL: OnceLock<Vec<Weakness>> = OnceLock::new();
    ALL.get_or_init(|| LIST.lines().filter_map(weakness).collect())
}

fn weakness(line: &'static str) -> Option<Weakness> {
    let mut columns = line.split('\t');
    let id = columns.next()?.parse().ok()?;
    Some(Weakness { id, name: columns.next()?, deprecated: columns.next()? == "Deprecated" })
}

/// The version of the list: "4.20".
#[must_use]
pub fn version() -> &'static str {
    let head = LIST.lines().next().unwrap_or_default();
    head.split_once("(CWE) ").and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default()
}

/// The copyright and the terms under which MITRE lets the list be used, which want to be in every copy of it:
/// plain text, each paragraph on a line of its own.
#[must_use]
pub fn notice() -> String {
    let head = LIST.lines().map_while(|line| line.strip_prefix('#')).map(str::trim);
    let lines: Vec<&str> = head.skip_while(|line| !line.starts_with("Copyright")).collect();
    let paragraphs: Vec<String> = lines.split(|line| line.is_empty()).map(|lines| lines.join(" ")).collect();
    paragraphs.join("\n")
}

/// The numbers that `id` may be a slip of: weaknesses, not deprecated, whose digits differ in one that is
/// missing, too many, wrong, or swapped with its neighbour. At most three; those that share the longest start
/// with `id` come first, then those nearest to it. 6390 proposes 639 first.
#[must_use]
pub fn near(id: u32) -> Vec<u32> {
    let digits = id.to_string();
    let slips =
        |weakness: &&Weakness| !weakness.deprecated && is_slip(digits.as_bytes(), weakness.id.to_string().as_bytes());
    let mut near: Vec<u32> = all().iter().filter(slips).map(|weakness| weakness.id).collect();
    let shared = |other: u32| digits.bytes().zip(other.to_string().bytes()).take_while(|(a, b)| a == b).count();
    near.sort_by_key(|&other| (std::cmp::Reverse(shared(other)), other.abs_diff(id), other));
    near.truncate(PROPOSED);
    near
}

/// Whether one edit makes `right` of `left`.
fn is_slip(left: &[u8], right: &[u8]) -> bool {
    let start = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (left, right) = (&left[start..], &right[start..]);
    match left.len().cmp(&right.len()) {
        std::cmp::Ordering::Less => left == &right[1..],
        std::cmp::Ordering::Greater => &left[1..] == right,
        std::cmp::Ordering::Equal => match (left, right) {
            ([a, b, left @ ..], [c, d, right @ ..]) => (b == d || a == d && b == c) && left == right,
            _ => left.len() == 1,
        },
    }
}

/// The number of the weakness that `text` names: the short name that stands in its name between quotation marks
/// ("SQL Injection"), or the whole one, without regard to case, punctuation and the kind of quotation marks.
/// `None` when no weakness or more than one is named so; deprecated ones are not looked at.
#[must_use]
pub fn by_name(text: &str) -> Option<u32> {
    let wanted = plain(text);
    let only = |is: &dyn Fn(&str) -> bool| {
        let mut named = all().iter().filter(|weakness| !weakness.deprecated && is(weakness.name));
        named.next().filter(|_| named.next().is_none()).map(|weakness| weakness.id)
    };
    // Short names first: without punctuation, "Path Traversal: '....//'" is "Path Traversal" too.
    only(&|name| short_name(name).is_some_and(|name| plain(name) == wanted))
        .or_else(|| only(&|name| plain(name) == wanted))
}

/// "SQL Injection" of "… used in an SQL Command ('SQL Injection')".
fn short_name(name: &str) -> Option<&str> {
    Some(name.strip_suffix("')")?.rsplit_once("('")?.1)
}

/// The letters and digits of a name in lower case, words apart by one space.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().flat_map(char::to_lowercase));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{all, by_name, find, near, notice, version};

    #[test]
    fn the_list_is_whole_and_in_order() {
        assert!(all().len() > 900 && all().is_sorted_by(|a, b| a.id < b.id));
        assert_eq!(
            all().iter().filter(|weakness| weakness.deprecated != weakness.name.starts_with("DEPRECATED: ")).count(),
            0
        );
        let lines = super::LIST.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(lines, all().len());
        assert_eq!(version(), "4.20");
    }

    #[test]
    fn the_notice_has_what_the_terms_want() {
        let notice = notice();
        for part in ["Copyright ©", "The MITRE Corporation", "royalty-free license to use CWE", "termsofuse"] {
            assert!(notice.contains(part), "{part:?} in {notice}");
        }
        assert!(!notice.contains('#') && !notice.contains("make_cwe"), "{notice}");
    }

    #[test]
    fn numbers_find_weaknesses() {
        assert_eq!(find(639).map(|found| found.name), Some("Authorization Bypass Through User-Controlled Key"));
        assert_eq!(find(89).map(|found| (found.id, found.deprecated)), Some((89, false)));
        assert_eq!(find(132).map(|found| found.deprecated), Some(true));
        for id in [0, 16, 1000, 6_390, u32::MAX] {
            assert_eq!(find(id), None, "{id}");
        }
    }

    #[test]
    fn slips_have_proposals() {
        for (id, first) in [(6_390, 639), (799, 798), (9_188, 918), (6_930, 693), (3_622, 362)] {
            let near = near(id);
            assert!(near.contains(&first) && near.len() <= 3, "{id}: {near:?}");
        }
        assert_eq!(near(6_390)[0], 639);
        assert_eq!(near(u32::MAX), [0_u32; 0]);
    }

    #[test]
    fn names_find_numbers() {
        for (name, id) in [
            ("SQL Injection", Some(89)),
            ("sql injection", Some(89)),
            ("Cross-Site Scripting", Some(79)),
            ("Server-Side Request Forgery (SSRF)", Some(918)),
            ("Improper Neutralization of Special Elements used in an SQL Command (‘SQL Injection’)", Some(89)),
            ("authorization bypass through user controlled key", Some(639)),
            ("Path Traversal", Some(22)),
            ("", None),
            ("Injection of everything", None),
        ] {
            assert_eq!(by_name(name), id, "{name:?}");
        }
    }
}
