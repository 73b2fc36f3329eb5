//! Reads a pattern, as far as it matters for how a match begins.
//!
//! Syntax: Oniguruma's `doc/RE`, as of 6.9.

use super::pattern::{Anchor, Node};
use super::set::{property, range, Set, BLANKS, DIGITS, EVERY, HEX, WORDS};

/// The pattern, or none if it has something that is not understood.
pub(super) fn pattern(text: &str) -> Option<Node> {
    Parser { text, at: 0, depth: 0 }.whole()
}

#[derive(Clone, Copy, Default)]
struct Flags {
    ignores_case: bool,
    extended: bool,
}

/// Reads a pattern. Each part is none where it has something that is not understood.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn whole(mut self) -> Option<Node> {
        let node = self.choice(Flags::default())?;
        (self.at == self.text.len()).then_some(node)
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn eat(&mut self, text: &str) -> bool {
        let eats = self.text[self.at..].starts_with(text);
        self.at += if eats { text.len() } else { 0 };
        eats
    }

    /// Up to this, which is passed over, too.
    fn until(&mut self, end: char) -> Option<&str> {
        let start = self.at;
        let length = self.text[start..].find(end)?;
        self.at += length + end.len_utf8();
        Some(&self.text[start..start + length])
    }

    /// Up to a closing parenthesis, which stays, or the end.
    fn choice(&mut self, flags: Flags) -> Option<Node> {
        self.depth += 1;
        if self.depth > 50 {
            return None;
        }
        let mut ways = vec![self.row(flags)?];
        while self.eat("|") {
            ways.push(self.row(flags)?);
        }
        self.depth -= 1;
        Some(if ways.len() == 1 { ways.remove(0) } else { Node::One(ways) })
    }

    fn row(&mut self, flags: Flags) -> Option<Node> {
        let mut nodes = Vec::new();
        self.skip(flags)?;
        while !matches!(self.peek(), None | Some('|' | ')')) {
            if let Some(inner) = self.flags(flags)? {
                // To the end of the group, with all of its further ways.
                nodes.push(self.choice(inner)?);
                break;
            }
            let node = self.item(flags)?;
            nodes.push(self.repeated(node, flags)?);
        }
        Some(Node::All(nodes))
    }

    /// Passes over what means nothing, also between an item and its quantifier.
    fn skip(&mut self, flags: Flags) -> Option<()> {
        loop {
            match self.peek() {
                Some('(') if self.eat("(?#") => drop(self.until(')')?),
                Some('#') if flags.extended => while self.next().is_some_and(|next| next != '\n') {},
                Some(next) if flags.extended && next.is_ascii_whitespace() => drop(self.next()),
                _ => return Some(()),
            }
        }
    }

    /// `(?i)`: the flags from here on.
    fn flags(&mut self, flags: Flags) -> Option<Option<Flags>> {
        let start = self.at;
        if self.eat("(?") {
            if let (new, Some(')')) = self.letters(flags)? {
                return Some(Some(new));
            }
        }
        self.at = start;
        Some(None)
    }

    /// Letters of flags, and what comes after.
    fn letters(&mut self, mut flags: Flags) -> Option<(Flags, Option<char>)> {
        let mut on = true;
        loop {
            match self.next() {
                Some('-') => on = false,
                Some('i') => flags.ignores_case = on,
                Some('x') => flags.extended = on,
                Some('m') => {}
                other => return Some((flags, other)),
            }
        }
    }

    fn repeated(&mut self, mut node: Node, flags: Flags) -> Option<Node> {
        loop {
            self.skip(flags)?;
            // Lazy or possessive, it matters not. Behind bounds a plus is a quantifier of its own, and any mark behind
            // bounds that leave no choice.
            let (least, more) = match self.peek() {
                Some('*' | '?' | '+') => {
                    let least = u32::from(self.next() == Some('+'));
                    let _mode = self.eat("?") || self.eat("+");
                    (least, true)
                }
                Some('{') => match self.bounds() {
                    Some((least, more)) => {
                        let _mode = more && self.eat("?");
                        (least, more)
                    }
                    None => return Some(node),
                },
                _ => return Some(node),
            };
            node = Node::Repeat { node: Box::new(node), least, more };
        }
    }

    /// `{2,4}`; none, and nothing read, where braces are no quantifier.
    fn bounds(&mut self) -> Option<(u32, bool)> {
        let number = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<u32>().ok() };
        let length = self.text[self.at..].find('}')?;
        let body = &self.text[self.at + 1..self.at + length];
        let bounds = match body.split_once(',') {
            None => (body.parse().ok()?, false),
            Some(("", "")) => return None,
            Some((least, "")) => (number(least)?, true),
            Some((least, most)) => {
                let (least, most) = (number(least)?, number(most)?);
                // The wrong way round is possessive, and what follows is another quantifier.
                (if least > most { 0 } else { least }, true)
            }
        };
        self.at += length + 1;
        Some(bounds)
    }

    fn item(&mut self, flags: Flags) -> Option<Node> {
        Some(match self.next()? {
            '(' => self.group(flags)?,
            '[' => match self.set(flags)? {
                // In a set, one of another script may stand for several characters.
                set if flags.ignores_case && set.other => Node::Anything,
                set => set.node(flags.ignores_case),
            },
            '.' => EVERY.node(false),
            '^' => Node::Anchor(Anchor::LineStart),
            '$' => Node::Anchor(Anchor::LineEnd),
            '\\' => self.escape(flags)?,
            // Without a whole quantifier, itself.
            character => self.literal(character, flags)?,
        })
    }

    fn literal(&self, character: char, flags: Flags) -> Option<Node> {
        if flags.ignores_case && !character.is_ascii() {
            return None;
        }
        Some(Set::one(character).node(flags.ignores_case))
    }

    fn group(&mut self, flags: Flags) -> Option<Node> {
        let (restricts, inner) = if !self.eat("?") {
            if self.peek() == Some('*') {
                return None;
            }
            (None, flags)
        } else if self.eat("=") {
            (Some(true), flags)
        } else if self.eat("!") || self.eat("<=") || self.eat("<!") {
            (Some(false), flags)
        } else if self.eat(">") {
            (None, flags)
        } else if self.eat("<") {
            self.until('>')?;
            (None, flags)
        } else if self.eat("'") {
            self.until('\'')?;
            (None, flags)
        } else {
            let (inner, Some(':')) = self.letters(flags)? else {
                return None;
            };
            (None, inner)
        };
        let node = self.choice(inner)?;
        if !self.eat(")") {
            return None;
        }
        Some(match restricts {
            None => node,
            Some(true) => Node::Ahead(Box::new(node)),
            Some(false) => Node::Nothing,
        })
    }

    fn escape(&mut self, flags: Flags) -> Option<Node> {
        let start = self.at;
        Some(match self.next()? {
            'A' => Node::Anchor(Anchor::LineStart),
            'b' if self.peek() != Some('{') => Node::Anchor(Anchor::Boundary),
            'B' | 'z' | 'Z' if self.peek() != Some('{') => Node::Nothing,
            'R' => Set { ascii: range(10, 13), other: true }.node(false),
            'X' | 'N' | 'O' => EVERY.node(false),
            '1'..='9' => {
                while self.peek().is_some_and(|digit| digit.is_ascii_digit()) {
                    self.next();
                }
                Node::Anything
            }
            'k' | 'g' if self.eat("<") => {
                self.until('>')?;
                Node::Anything
            }
            _ => {
                self.at = start;
                let (set, character) = self.escaped_set()?;
                match character {
                    Some(character) => self.literal(character, flags)?,
                    None => set.node(flags.ignores_case),
                }
            }
        })
    }

    /// What stands behind a backslash also between brackets: a set, and the character if it is only one.
    fn escaped_set(&mut self) -> Option<(Set, Option<char>)> {
        let set = |ascii| Set { ascii, other: true };
        let set = match self.next()? {
            'w' => set(WORDS),
            'W' => set(WORDS).not(),
            'd' => set(DIGITS),
            'D' => set(DIGITS).not(),
            's' => set(BLANKS),
            'S' => set(BLANKS).not(),
            'h' => set(HEX),
            'H' => set(HEX).not(),
            letter @ ('p' | 'P') if self.eat("{") => {
                let named = property(self.until('}')?)?;
                if letter == 'p' { named } else { named.not() }
            }
            escaped => {
                let character = match escaped {
                    't' => '\t',
                    'n' => '\n',
                    'r' => '\r',
                    'f' => '\x0c',
                    'v' => '\x0b',
                    'a' => '\x07',
                    'e' => '\x1b',
                    'x' => self.hex()?,
                    _ if escaped.is_alphanumeric() => return None,
                    _ => escaped,
                };
                return Some((Set::one(character), Some(character)));
            }
        };
        Some((set, None))
    }

    fn hex(&mut self) -> Option<char> {
        let digits = if self.eat("{") {
            self.until('}')?.to_owned()
        } else {
            let mut digits = String::new();
            while digits.len() < 2 && self.peek().is_some_and(|digit| digit.is_ascii_hexdigit()) {
                digits.extend(self.next());
            }
            // A byte beyond ASCII is a part of a character.
            if !matches!(digits.as_bytes().first(), Some(b'0'..=b'7')) {
                return None;
            }
            digits
        };
        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
    }

    /// Behind an opening bracket.
    fn set(&mut self, flags: Flags) -> Option<Set> {
        self.depth += 1;
        if self.depth > 50 {
            return None;
        }
        let negated = self.eat("^");
        let mut whole: Option<Set> = None;
        let mut set = Set { ascii: 0, other: false };
        // Of which a range may begin.
        let mut last: Option<char> = None;
        let mut first = true;
        loop {
            if self.eat("[:") {
                let not = self.eat("^");
                let name = self.until(']')?.strip_suffix(':')?.to_owned();
                let named = property(&name)?;
                set = set.or(if not { named.not() } else { named });
                last = None;
            } else if self.eat("[") {
                set = set.or(self.set(flags)?);
                last = None;
            } else if self.eat("&&") {
                let left = whole.unwrap_or(EVERY);
                whole = Some(Set { ascii: left.ascii & set.ascii, other: left.other && set.other });
                set = Set { ascii: 0, other: false };
                last = None;
            } else {
                let (more, character) = match self.next()? {
                    ']' if !first => break,
                    '\\' if self.eat("b") => (Set::one('\x08'), Some('\x08')),
                    '\\' => self.escaped_set()?,
                    '-' if last.is_some() && self.peek() != Some(']') => {
                        let (from, to) = (last?, self.range_end()?);
                        last = None;
                        first = false;
                        if from > to {
                            return None;
                        }
                        let top = u8::try_from(to).unwrap_or(127).min(127);
                        let ascii = u8::try_from(from).map_or(0, |from| if from < 128 { range(from, top) } else { 0 });
                        set = set.or(Set { ascii, other: !to.is_ascii() });
                        continue;
                    }
                    character => (Set::one(character), Some(character)),
                };
                set = set.or(more);
                last = character;
            }
            first = false;
        }
        self.depth -= 1;
        let set = match whole {
            Some(left) => Set { ascii: left.ascii & set.ascii, other: left.other && set.other },
            None => set,
        };
        if !negated {
            return Some(set);
        }
        // What folds to what is left out is left out as well, which asks for no more.
        Some(set.not())
    }

    fn range_end(&mut self) -> Option<char> {
        match self.next()? {
            '\\' => self.escaped_set()?.1,
            '[' => None,
            character => Some(character),
        }
    }
}
