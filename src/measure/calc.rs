//! An arithmetic expression with names into its value, or into the first mistake and its place.

use std::ops::Range;

/// How deep parentheses may nest.
const DEEPEST: usize = 64;

/// What is wrong with an expression, and where: bytes of the text that was parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// One sentence without a full stop, for the author.
    pub message: String,
    /// The smallest part of the text that shows it; empty, at the end, where something is missing.
    pub at: Range<usize>,
}

/// A well-formed expression, as the steps of a machine with a stack: however long, no recursion evaluates it.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    steps: Vec<(Step, Range<usize>)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Number(f64),
    Name(String),
    Negate,
    Percent,
    /// The value just made stands in parentheses; only its place widens.
    Group,
    Two(Operator),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// The expression that `text` writes, or its first mistake. It is made of numbers (`1,000`, `10_000`, `0.02`,
/// `2e6`), names, `+ - * / ( )` with `× · ÷ −` as other spellings, and `%` behind a value, which divides it by a
/// hundred. A name is made of letters, digits, `_` and inner hyphens and starts with a letter or `_`: in
/// `uploads-a-day` nothing is subtracted, in `uploads - a` and `2-a` something is.
pub fn parse(text: &str) -> Result<Expression, Mistake> {
    let mut parser = Parser { text, at: 0, depth: 0, steps: Vec::new() };
    parser.sum()?;
    match parser.peek() {
        None => Ok(Expression { steps: parser.steps }),
        Some(')') => Err(parser.here("this parenthesis closes none")),
        Some(c) if starts_value(c) => Err(parser.here("an operator is missing before this: one of + - * /")),
        Some(_) => Err(parser.here("this is no part of an expression: numbers, names, + - * / % and parentheses are")),
    }
}

impl Expression {
    /// The names in the expression with their places, in order, each as often as it occurs.
    #[must_use]
    pub fn names(&self) -> Vec<(String, Range<usize>)> {
        let name = |(step, at): &(Step, Range<usize>)| match step {
            Step::Name(name) => Some((name.clone(), at.clone())),
            _ => None,
        };
        let mut names: Vec<(String, Range<usize>)> = self.steps.iter().filter_map(name).collect();
        names.sort_by_key(|(_, at)| at.start);
        names
    }

    /// The value, with what `value` knows of each name. A name it does not know, a division by zero (at the
    /// divisor) and a result too large to hold (at the part that makes it) are mistakes; the result is finite.
    pub fn evaluate(&self, value: &dyn Fn(&str) -> Option<f64>) -> Result<f64, Mistake> {
        let mut stack: Vec<(f64, Range<usize>)> = Vec::new();
        let mistake = |message: String, at: &Range<usize>| Err(Mistake { message, at: at.clone() });
        for (step, at) in &self.steps {
            let (result, at) = match step {
                Step::Number(number) => (*number, at.clone()),
                Step::Name(name) => match value(name) {
                    Some(known) => (known, at.clone()),
                    None => return mistake(format!("`{name}` is not a name of an input"), at),
                },
                Step::Group => (stack.pop().map_or(0.0, |(inner, _)| inner), at.clone()),
                Step::Negate => {
                    let (inner, place) = stack.pop().unwrap_or_default();
                    (-inner, at.start..place.end)
                }
                Step::Percent => {
                    let (inner, place) = stack.pop().unwrap_or_default();
                    (inner / 100.0, place.start..at.end)
                }
                Step::Two(operator) => {
                    let (right, right_at) = stack.pop().unwrap_or_default();
                    let (left, left_at) = stack.pop().unwrap_or_default();
                    if *operator == Operator::Divide && right == 0.0 {
                        return mistake("this is zero, and nothing can be divided by it".to_owned(), &right_at);
                    }
                    (operator.apply(left, right), left_at.start..right_at.end)
                }
            };
            if !result.is_finite() {
                return mistake("this is too large a number to calculate with".to_owned(), &at);
            }
            stack.push((result, at));
        }
        // Without negative zero, which would print as "-0".
        Ok(stack.pop().map_or(0.0, |(result, _)| result + 0.0))
    }
}

impl Operator {
    fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
        }
    }
}

/// Whether a number, a name or a parenthesis may start so.
fn starts_value(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '(' | '.')
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    steps: Vec<(Step, Range<usize>)>,
}

impl Parser<'_> {
    /// The next character that is no white space, which is skipped.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at = self.text.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    /// The mistake `message` at the next character, or at the end.
    fn here(&mut self, message: &str) -> Mistake {
        let width = self.peek().map_or(0, char::len_utf8);
        Mistake { message: message.to_owned(), at: self.at..self.at + width }
    }

    fn sum(&mut self) -> Result<(), Mistake> {
        self.product()?;
        while let Some(c @ ('+' | '-' | '−')) = self.peek() {
            let operator = if c == '+' { Operator::Add } else { Operator::Subtract };
            self.operate(operator, c, Self::product)?;
        }
        Ok(())
    }

    fn product(&mut self) -> Result<(), Mistake> {
        self.signed()?;
        while let Some(c @ ('*' | '×' | '·' | '/' | '÷')) = self.peek() {
            let operator = if matches!(c, '/' | '÷') { Operator::Divide } else { Operator::Multiply };
            self.operate(operator, c, Self::signed)?;
        }
        Ok(())
    }

    fn operate(
        &mut self,
        operator: Operator,
        sign: char,
        operand: fn(&mut Self) -> Result<(), Mistake>,
    ) -> Result<(), Mistake> {
        let at = self.at..self.at + sign.len_utf8();
        self.at = at.end;
        operand(self)?;
        self.steps.push((Step::Two(operator), at));
        Ok(())
    }

    /// A value with any number of signs before it and per cents behind it.
    fn signed(&mut self) -> Result<(), Mistake> {
        let mut negations = Vec::new();
        while let Some(c @ ('+' | '-' | '−')) = self.peek() {
            if c != '+' {
                negations.push(self.at..self.at + c.len_utf8());
            }
            self.at += c.len_utf8();
        }
        self.value()?;
        while self.peek() == Some('%') {
            self.steps.push((Step::Percent, self.at..self.at + 1));
            self.at += 1;
        }
        self.steps.extend(negations.into_iter().rev().map(|at| (Step::Negate, at)));
        Ok(())
    }

    fn value(&mut self) -> Result<(), Mistake> {
        match self.peek() {
            Some('(') => self.group(),
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => {
                self.name();
                Ok(())
            }
            _ => Err(self.here("a number or a name is missing here")),
        }
    }

    fn group(&mut self) -> Result<(), Mistake> {
        if self.depth == DEEPEST {
            return Err(self.here(&format!("parentheses nest deeper than {DEEPEST} here")));
        }
        let start = self.at;
        self.at += 1;
        self.depth += 1;
        self.sum()?;
        self.depth -= 1;
        match self.peek() {
            Some(')') => {
                self.at += 1;
                self.steps.push((Step::Group, start..self.at));
                Ok(())
            }
            None => Err(Mistake { message: "this parenthesis is not closed".to_owned(), at: start..start + 1 }),
            Some(c) if starts_value(c) => Err(self.here("an operator is missing before this: one of + - * /")),
            Some(_) => Err(self.here("a closing parenthesis is missing before this")),
        }
    }

    fn name(&mut self) {
        let mut previous = ' ';
        let rest = &self.text[self.at..];
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            let hyphen = c == '-' && previous != '-' && rest[at + 1..].starts_with(|c: char| c.is_alphanumeric());
            if !c.is_alphanumeric() && c != '_' && !hyphen {
                end = at;
                break;
            }
            previous = c;
        }
        self.steps.push((Step::Name(rest[..end].to_owned()), self.at..self.at + end));
        self.at += end;
    }

    fn number(&mut self) -> Result<(), Mistake> {
        let rest = &self.text[self.at..];
        let mut end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '_')).unwrap_or(rest.len());
        // The sign of an exponent belongs to the number.
        if rest[..end].ends_with(['e', 'E']) && rest[end..].starts_with(['+', '-']) {
            let digits = rest[end + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - end - 1);
            end += if digits > 0 { 1 + digits } else { 0 };
        }
        let at = self.at..self.at + end;
        match read_number(&rest[..end]) {
            Ok(number) => {
                self.steps.push((Step::Number(number), at.clone()));
                self.at = at.end;
                Ok(())
            }
            Err(message) => Err(Mistake { message: message.to_owned(), at }),
        }
    }
}

/// The number that `word` writes, or what is wrong with it.
fn read_number(word: &str) -> Result<f64, &'static str> {
    let (mantissa, exponent) = match word.find(['e', 'E']) {
        Some(at) => (&word[..at], Some(&word[at + 1..])),
        None => (word, None),
    };
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(whole, part)| (whole, Some(part)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_holds = exponent.is_none_or(|exponent| digits(exponent.trim_start_matches(['+', '-'])));
    if mantissa.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '_')) || !exponent_holds {
        return Err("this is no number: an operator may be missing between digits and letters");
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    if grouped
        && !((1..=3).contains(&first.len()) && digits(first) && groups.all(|group| group.len() == 3 && digits(group)))
    {
        return Err("commas separate groups of three digits; a decimal has a point");
    }
    let spaced = grouped || whole.split('_').all(digits) || whole.is_empty() && fraction.is_some();
    if !spaced || !fraction.is_none_or(digits) {
        return Err("digits are missing in this number");
    }
    let plain: String = word.chars().filter(|c| !matches!(c, ',' | '_')).collect();
    // A number beyond what is finite is found when it is evaluated, at its place.
    plain.parse().map_err(|_| "this is no number")
}

#[cfg(test)]
mod tests {
    use super::{Mistake, parse};

    fn value(text: &str) -> Result<f64, Mistake> {
        let known = |name: &str| match name {
            "uploads-a-day" => Some(10_000_000.0),
            "size_mb" => Some(2.0),
            "a" | "a-1" => Some(7.0),
            "größe" => Some(3.0),
            "huge" => Some(1e308),
            "nothing" => Some(0.0),
            "broken" => Some(f64::NAN),
            _ => None,
        };
        parse(text)?.evaluate(&known)
    }

    #[test]
    fn expressions_have_their_value() {
        for (text, expected) in [
            ("1,000 + 10_000", 11_000.0),
            ("2e6 * 2E-3 × .5", 2_000.0),
            ("1e+2", 100.0),
            ("uploads-a-day / 86,400", 10_000_000.0 / 86_400.0),
            ("uploads-a-day*size_mb", 20_000_000.0),
            ("uploads-a-day·5 %", 500_000.0),
            ("(1 + 2)%", 0.03),
            ("a-1", 7.0),
            ("a -1", 6.0),
            ("a - 1", 6.0),
            ("10-a", 3.0),
            ("(2)-a", -5.0),
            ("a−1", 6.0),
            ("-2 * --3", -6.0),
            ("-5%", -0.05),
            ("8 ÷ 2 / 2", 2.0),
            ("2 - 3 - 4", -5.0),
            ("2 + 3 * 4", 14.0),
            ("\r\n größe\t*2 ", 6.0),
            ("-nothing", 0.0),
        ] {
            assert_eq!(value(text), Ok(expected), "{text:?}");
        }
        assert_eq!(value("-nothing").map(f64::is_sign_negative), Ok(false));
    }

    /// Each mistake with the part of the text that it points at, and the start of what is said.
    #[test]
    fn mistakes_have_their_place() {
        for (text, at, message) in [
            ("", "", "a number or a name is missing"),
            ("2 +", "", "a number or a name is missing"),
            ("2 + * 3", "*", "a number or a name is missing"),
            ("2 3", "3", "an operator is missing"),
            ("10 % 3", "3", "an operator is missing"),
            ("(2 3)", "3", "an operator is missing"),
            ("10 million", "m", "an operator is missing"),
            ("2)", ")", "this parenthesis closes none"),
            ("3 * (2 + 1", "(", "this parenthesis is not closed"),
            ("(2 € 3)", "€", "a closing parenthesis is missing"),
            ("2 ^ 3", "^", "this is no part"),
            ("165 $", "$", "this is no part"),
            ("1,00 + 1", "1,00", "commas separate"),
            ("1,0000", "1,0000", "commas separate"),
            ("5.", "5.", "digits are missing"),
            (".", ".", "digits are missing"),
            ("1__0", "1__0", "digits are missing"),
            ("2x", "2x", "this is no number"),
            ("2e", "2e", "this is no number"),
            ("1.2.3", "1.2.3", "digits are missing"),
            ("2 * people", "people", "`people` is not a name"),
            ("1 / (a - 7)", "(a - 7)", "this is zero"),
            ("5 / 0%", "0%", "this is zero"),
            ("2 + huge * 10", "huge * 10", "this is too large"),
            ("1e999", "1e999", "this is too large"),
            ("1 + broken", "broken", "this is too large"),
        ] {
            let mistake = value(text).expect_err(text);
            assert_eq!(&text[mistake.at.clone()], at, "{text:?}: {mistake:?}");
            assert!(mistake.message.starts_with(message), "{text:?}: {mistake:?}");
        }
    }

    #[test]
    fn names_come_in_order_with_their_places() {
        let text = "b + a-day * (b - _x)";
        let names = parse(text).expect("well formed").names();
        let said: Vec<(&str, &str)> = names.iter().map(|(name, at)| (name.as_str(), &text[at.clone()])).collect();
        assert_eq!(said, [("b", "b"), ("a-day", "a-day"), ("b", "b"), ("_x", "_x")]);
    }

    #[test]
    fn depth_and_length_are_no_danger() {
        let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(value(&nested(64)), Ok(1.0));
        assert_eq!(value(&nested(65)).expect_err("deep").at, 64..65);
        assert!(value(&nested(100_000)).is_err());
        assert_eq!(value(&format!("1{}", "+1".repeat(100_000))), Ok(100_001.0));
        assert_eq!(value(&format!("{}1", "-".repeat(100_000))), Ok(1.0));
        assert!(value(&"(".repeat(100_000)).is_err());
    }

    /// No text panics, and each mistake lies on borders of characters.
    #[test]
    fn any_text_is_taken() {
        let pieces = ["1", "a", "-", "−", "%", "(", ")", " ", "é", "e", ",", ".", "_", "×", "\u{301}", "e-"];
        for seed in 0..20_000_usize {
            let (mut text, mut state) = (String::new(), seed);
            for _ in 0..6 {
                text += pieces[state % pieces.len()];
                state = state / pieces.len() + state * 5 + 1;
            }
            if let Err(mistake) = value(&text) {
                assert!(text.get(mistake.at.clone()).is_some(), "{text:?}: {mistake:?}");
            }
        }
    }
}
