//! Times as they are written: `0:30` (minutes and seconds, or hours and minutes), `15-20` minutes.

use serde::{Serialize, Serializer};

/// Minutes, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutes {
    /// At least.
    pub least: u16,
    /// At most.
    pub most: u16,
}

impl Minutes {
    /// Reads `15` or `15-20`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u16>().ok().filter(|&minutes| digits && minutes > 0)
        };
        match text.split_once('-') {
            Some((least, most)) => {
                let (least, most) = (number(least)?, number(most)?);
                (least < most).then_some(Self { least, most })
            }
            None => number(text).map(|minutes| Self { least: minutes, most: minutes }),
        }
    }

    /// So many minutes, neither less nor more.
    #[must_use]
    pub fn exactly(minutes: u32) -> Self {
        let minutes = u16::try_from(minutes).unwrap_or(u16::MAX);
        Self { least: minutes, most: minutes }
    }

    /// One after the other.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { least: self.least.saturating_add(other.least), most: self.most.saturating_add(other.most) }
    }

    /// Whether so many seconds are within it.
    #[must_use]
    pub fn hold(self, seconds: u32) -> bool {
        (u32::from(self.least) * 60..=u32::from(self.most) * 60).contains(&seconds)
    }
}

impl std::fmt::Display for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.least == self.most { write!(f, "{}", self.least) } else { write!(f, "{}-{}", self.least, self.most) }
    }
}

impl Serialize for Minutes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What `M:SS` counts: the larger unit times 60 and the smaller one. None unless it is of that form.
#[must_use]
pub fn clock(text: &str) -> Option<u32> {
    let (large, small) = text.split_once(':')?;
    let digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(large) || small.len() != 2 || !digits(small) {
        return None;
    }
    let small: u32 = small.parse().ok().filter(|&small| small < 60)?;
    Some(large.parse::<u32>().ok()? * 60 + small)
}

/// As [`clock`] reads it.
#[must_use]
pub fn shown(count: u32) -> String {
    format!("{}:{:02}", count / 60, count % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_and_clocks() {
        assert_eq!(Minutes::parse("15-20").map(|minutes| minutes.to_string()).as_deref(), Some("15-20"));
        assert_eq!(Minutes::parse("8"), Some(Minutes { least: 8, most: 8 }));
        for bad in ["20-15", "0", "+5", "5 ", "-5", "5-", "70000", "é"] {
            assert_eq!(Minutes::parse(bad), None, "{bad}");
        }
        assert_eq!((clock("0:30"), clock("12:05"), clock("120:00")), (Some(30), Some(725), Some(7200)));
        for bad in ["1:5", "1:60", ":30", "1:", "1", "a:30", "1:3a", "1:300"] {
            assert_eq!(clock(bad), None, "{bad}");
        }
        assert_eq!(shown(725), "12:05");
        assert!(Minutes { least: 15, most: 20 }.hold(15 * 60) && !Minutes { least: 15, most: 20 }.hold(14 * 60));
    }
}
