//! A stated figure and a computed value into whether they agree, and a value into a figure that reads well.

/// Words and letters behind a figure that multiply it, with the power of ten.
const SCALES: &[(&str, i32)] = &[
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("mn", 6),
    ("bn", 9),
    ("k", 3),
    ("K", 3),
    ("M", 6),
];

/// How many significant digits of a figure are kept; integers keep all.
const DIGITS: usize = 4;

/// Whether the figure `stated` is `computed`, rounded to the digits that it shows: "116", "115.7" and "120" agree
/// with 115.74, "115" does not. Zeros that end an integer may be digits or not, so any number of them counts as
/// rounded away. A tie may go away from zero or to the even digit. The figure may have a sign, a currency or "≈"
/// before it and an exponent, a scale ("million", "bn", "k", "M") or a per cent behind it; other units are not
/// understood and are passed over. "0.3 %" is 0.003. What starts with no figure agrees with nothing.
#[must_use]
pub fn agrees(stated: &str, computed: f64) -> bool {
    let Some(figure) = Figure::read(stated) else { return false };
    let rounds_to = |dropped: i32| {
        let unit = figure.exponent + dropped;
        let shown = figure.digits / 10_f64.powi(dropped);
        let value = shifted(computed, -unit);
        let apart = (value - shown).abs();
        let blur = (value.abs() * 1e-14).clamp(1e-9, 0.1);
        // With more digits than that, nobody can tell a tie from what is near one.
        let tie = shown % 2.0 == 0.0 || shown.abs() > value.abs() || blur > 1e-3;
        apart < 0.5 - blur || apart <= 0.5 + blur && tie
    };
    computed.is_finite() && (0..=figure.zeros).any(rounds_to)
}

/// What the figure `stated` says, as [`agrees`] reads it; none where it starts with no figure.
#[must_use]
pub fn value(stated: &str) -> Option<f64> {
    let figure = Figure::read(stated)?;
    Some(shifted(figure.digits, figure.exponent)).filter(|value| value.is_finite())
}

/// `value` × 10^`power`, by one exact power of ten where there is one.
fn shifted(value: f64, power: i32) -> f64 {
    let step = power.clamp(-300, 300);
    let shifted = if step < 0 { value / 10_f64.powi(-step) } else { value * 10_f64.powi(step) };
    if power == step { shifted } else { shifted * 10_f64.powi(power - step) }
}

/// `value` as a figure to read: thousands separated by commas, at most four significant digits unless it is a
/// larger integer, no idle zeros. 115.74 is "115.7", 1e7 is "10,000,000", 0.000123 stays; beyond a quadrillion
/// and below a billionth an exponent is used ("1.5e-12"). "-" stands for what is no finite number.
#[must_use]
pub fn rounded(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    if size == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{value:.*e}", DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-9..15).contains(&exponent) {
        return format!("{}e{exponent}", without_idle_zeros(mantissa));
    }
    let decimals = usize::try_from(DIGITS as i32 - 1 - exponent).unwrap_or(0);
    let plain = format!("{value:.decimals$}");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    without_idle_zeros(&format!("{grouped}.{fraction}")).to_owned()
}

/// `value` as [`rounded`] has it, in the unit of the figure `stated`: per cent, millions, a currency.
#[must_use]
pub fn rounded_as(stated: &str, value: f64) -> String {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '_');
    let start = stated.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let end = stated[start..].find(|c: char| !is_digit(c)).map_or(stated.len(), |length| start + length);
    let (currency, unit) = (stated[..start].trim_start_matches(|c: char| !"$€£¥".contains(c)), &stated[end..]);
    // What stands behind the digits may be no unit that multiplies them.
    let one = self::value(&format!("1{unit}")).filter(|one| *one > 0.0).unwrap_or(1.0);
    let (sign, size) = if value < 0.0 && !currency.is_empty() { ("-", -value) } else { ("", value) };
    format!("{sign}{currency}{}{unit}", rounded(size / one))
}

/// `figure` without the zeros at the end of its fraction, and without the point when nothing is left behind it.
fn without_idle_zeros(figure: &str) -> &str {
    if figure.contains('.') { figure.trim_end_matches('0').trim_end_matches('.') } else { figure }
}

/// A figure as it is written: `digits` × 10^`exponent`, of which the last `zeros` digits may be rounded away.
struct Figure {
    digits: f64,
    exponent: i32,
    zeros: i32,
}

impl Figure {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '≈' | '~' | '=')).trim_end();
        let unsigned = text.trim_start_matches(['-', '−', '+']);
        let negative = match text.len() - unsigned.len() {
            0 => false,
            _ if text.starts_with('+') => false,
            _ => true,
        };
        let rest = unsigned.trim_start_matches(['$', '€', '£', '¥']);
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '_')).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches([',', '.']);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let well_grouped = !whole.contains(',') || whole.split(',').skip(1).all(|group| group.len() == 3);
        if !well_grouped || fraction.contains(|c: char| !c.is_ascii_digit()) || end == 0 {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let zeros = digits.bytes().rev().take_while(|&byte| byte == b'0').count();
        let zeros = if number.contains('.') || zeros == digits.len() { 0 } else { zeros };
        let value: f64 = digits.parse().ok()?;
        let exponent = -i32::try_from(fraction.len()).ok()? + scale(&rest[number.len()..])?;
        Some(Self { digits: if negative { -value } else { value }, exponent, zeros: i32::try_from(zeros).ok()? })
    }
}

/// The power of ten that what stands behind the digits makes of them, `None` when a digit still follows there.
fn scale(behind: &str) -> Option<i32> {
    let mut rest = behind;
    let mut power = 0;
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let signed = exponent.strip_prefix('+').unwrap_or(exponent);
        let end = signed.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(signed.len());
        power = signed[..end].parse::<i32>().ok().filter(|power| power.abs() < 1_000)?;
        rest = &signed[end..];
    }
    rest = rest.trim_start();
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    while let Some((more, behind)) =
        SCALES.iter().find_map(|(name, more)| Some((more, rest.strip_prefix(name).filter(|rest| ends(rest))?)))
    {
        power = (power + more).min(1_000);
        rest = behind.trim_start();
    }
    if rest.starts_with('%') || rest.starts_with("per cent") || rest.starts_with("percent") {
        power -= 2;
    }
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(power)
}

#[cfg(test)]
mod tests {
    use super::{agrees, rounded, rounded_as};

    #[test]
    fn figures_agree_as_far_as_they_go() {
        for (stated, computed) in [
            ("116", 115.74),
            ("115.7", 115.74),
            ("115.74", 115.740_740),
            ("120", 115.74),
            ("100", 115.74),
            ("1.1", 1.102),
            ("20", 20.0),
            ("20 TB", 20.0),
            ("58", 57.85),
            ("58 cores", 57.85),
            ("0.3 %", 0.003),
            ("0.3%", 0.002_96),
            ("1,157", 1_157.4),
            ("1_157", 1_157.4),
            ("116 million", 115_740_000.0),
            ("116M", 115_740_000.0),
            ("5 bn", 5e9),
            ("2e6", 2_000_000.0),
            ("2e6", 2_400_000.0),
            ("2.0e6", 2_040_000.0),
            ("1.5e-3", 0.001_5),
            ("$8.25 billion", 8.25e9),
            ("≈ 116", 115.74),
            ("-82 %", -0.820_3),
            ("−5", -5.2),
            ("0", 0.3),
            ("0.0", 0.04),
            ("2", 2.5),
            ("3", 2.5),
            ("15", 14.499_999_999_999_998),
            ("-3", -2.5),
            ("0.3", 0.1 + 0.2),
            ("116.", 115.74),
            ("10,000,000", 1e7),
            ("123456789012345678", 123_456_789_012_345_680.0),
        ] {
            assert!(agrees(stated, computed), "{stated:?} is {computed}");
        }
        for (stated, computed) in [
            ("115", 115.74),
            ("115.8", 115.74),
            ("110", 115.74),
            ("117", 115.74),
            ("3", 3.5),
            ("1.1", 1.16),
            ("1.10", 1.16),
            ("0.3", 0.003),
            ("0.3 %", 0.3),
            ("1,15", 115.0),
            ("115", f64::NAN),
            ("0", 0.6),
            ("-5", 5.0),
            ("", 0.0),
            ("about", 0.0),
            ("many 5", 5.0),
            ("2e9999999999", 2.0),
            ("2e6", f64::INFINITY),
            ("1.2.3", 1.2),
            (",", 0.0),
        ] {
            assert!(!agrees(stated, computed), "{stated:?} is not {computed}");
        }
    }

    #[test]
    fn values_read_well() {
        for (value, expected) in [
            (115.740_7, "115.7"),
            (1e7, "10,000,000"),
            (1_157.407, "1,157"),
            (123_456.5, "123,456"),
            (999.96, "1,000"),
            (0.000_123, "0.000123"),
            (0.000_123_456, "0.0001235"),
            (0.1 + 0.2, "0.3"),
            (0.0, "0"),
            (-0.0, "0"),
            (-1_234.5, "-1,234"),
            (-999.0, "-999"),
            (20.0, "20"),
            (2.5e18, "2.5e18"),
            (1.5e-12, "1.5e-12"),
            (f64::NAN, "-"),
            (f64::NEG_INFINITY, "-"),
        ] {
            assert_eq!(rounded(value), expected);
        }
    }

    /// What is shown for a value agrees with it.
    #[test]
    fn what_is_rounded_agrees() {
        let mut value = 1.234_567e-14;
        while value < 1e17 {
            for value in [value, -value] {
                assert!(agrees(&rounded(value), value), "{value} as {}", rounded(value));
            }
            value *= 1.37;
        }
    }

    #[test]
    fn a_value_is_told_in_the_unit_that_was_used() {
        for (stated, value, told) in [
            ("60 %", 0.5, "50 %"),
            ("60%", 0.123_45, "12.35%"),
            ("3 million", 2.5e6, "2.5 million"),
            ("$3M", 2.5e6, "$2.5M"),
            ("$3", -2.5, "-$2.5"),
            ("≈ 116", 115.74, "115.7"),
            ("7", 8.0, "8"),
        ] {
            assert_eq!(rounded_as(stated, value), told, "{stated}");
        }
    }
}
