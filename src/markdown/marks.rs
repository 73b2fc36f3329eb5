//! Inline directives, `:name[words]{key=value}`, in the walk over text: never in code, in HTML or across blocks.

use std::ops::Range;

use super::attributes::{self, Attribute, Refused};
use super::walk::{CowStr, Event, Item, Tag, TagEnd};
use crate::base::span::{Span, Spanned};

/// The inline directives that there are.
pub const NAMES: &[&str] = &["claim", "ref", "term"];

/// An inline directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its name.
    pub name: Spanned<String>,
    /// The words in brackets.
    pub words: Span,
    /// What stands in braces.
    pub attributes: Result<Vec<Attribute>, Refused>,
    /// All of it.
    pub span: Span,
    /// What it cannot stand in, or hold; then it is text.
    pub problem: Option<Problem>,
}

/// Why an inline directive is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It stands in a heading.
    InHeading,
    /// It stands in a link or in the text of an image.
    InLink,
    /// It holds a link, or something that will be one.
    HoldsLink,
    /// Emphasis starts on one side of its bracket and ends on the other.
    Crossing,
    /// Its braces stand where its words belong.
    NoWords,
    /// There is a space between its name and its bracket.
    Apart,
    /// Parentheses stand in the place of its braces, which makes a link of it.
    Parentheses,
}

/// How many bytes an inline directive's words have at most. Each opening one is looked at up to there.
const MOST: usize = 4_000;

type Step<'a> = (Item<'a>, Range<usize>);

/// A part of the source that a mark takes out of the text.
struct Cut {
    range: Range<usize>,
    mark: usize,
    opens: bool,
}

/// Takes the inline directives out of the steps of a walk over `source`, and puts their edges in their place.
pub fn find<'a>(source: &'a str, steps: Vec<Step<'a>>) -> (Vec<Step<'a>>, Vec<Mark>) {
    let may_matter = ["]{", ":claim", ":term", ":ref"].iter().any(|part| source.contains(part));
    if !may_matter {
        return (steps, Vec::new());
    }
    let texts = texts(&steps);
    let mut marks: Vec<Mark> = Vec::new();
    let mut cuts: Vec<Cut> = Vec::new();
    for text in &texts {
        // The bracket may be an event of its own.
        let end = (text.range.end + 1).min(text.block.end);
        let Some(words) = source.get(text.range.start..end) else { continue };
        for (at, _) in words.match_indices('[') {
            let Some(mut mark) = mark(source, text.range.start + at, &text.block) else { continue };
            let place = |at: u32| {
                let index = texts.partition_point(|text| text.range.end <= at as usize);
                texts.get(index).filter(|text| text.range.contains(&(at as usize)))
            };
            let is_known = marks.last().is_some_and(|known| known.span.start >= mark.span.start);
            let (opening, closing) = (place(mark.span.start), place(mark.words.end));
            let is_target = || source[mark.words.end as usize + 1..].starts_with('(');
            if opening.is_some() && closing.is_none() && !is_known && is_target() {
                mark.problem = Some(Problem::Parentheses);
                marks.push(mark);
                continue;
            }
            let (Some(opening), Some(closing), false) = (opening, closing, is_known) else { continue };
            mark.problem = match () {
                () if text.in_heading => Some(Problem::InHeading),
                () if opening.in_link => Some(Problem::InLink),
                () if opening.around != closing.around => Some(Problem::Crossing),
                // Nor may it start in the braces and end behind them, or the other way round.
                () if place(mark.span.end - 1).is_some_and(|end| opening.around != end.around) => {
                    Some(Problem::Crossing)
                }
                () => None,
            };
            marks.push(mark);
        }
    }
    for text in &texts {
        let end = (text.range.end + 1).min(text.block.end);
        let Some(words) = source.get(text.range.start..end) else { continue };
        let braces =
            words.match_indices('{').filter_map(|(at, _)| wordless(source, text.range.start + at, &text.block));
        marks.extend(braces);
        let brackets = words.match_indices('[').filter_map(|(at, _)| apart(source, text.range.start + at, &text.block));
        // What closes in no text is a link.
        let is_text = |mark: &Mark| {
            let at = mark.words.end as usize;
            let index = texts.partition_point(|text| text.range.end <= at);
            texts.get(index).is_some_and(|text| text.range.contains(&at))
        };
        marks.extend(brackets.filter(is_text));
    }
    marks.sort_by_key(|mark| mark.span);
    marks.dedup_by_key(|mark| mark.span);
    for index in 0..marks.len() {
        let holds = |range: Range<u32>| {
            let first = texts.partition_point(|text| text.range.start < range.start as usize);
            let inside = texts[first..].iter().take_while(|text| text.range.start < range.end as usize);
            inside.into_iter().any(|text| text.in_link)
                || marks
                    .iter()
                    .skip(index + 1)
                    .take_while(|mark| mark.span.start < range.end)
                    .any(|mark| mark.name.value != "claim")
        };
        let Mark { words, span, ref name, problem, .. } = marks[index];
        let is_link = name.value != "claim";
        if problem.is_none() && is_link && holds(words.start..words.end) {
            marks[index].problem = Some(Problem::HoldsLink);
        }
        if marks[index].problem.is_none() && NAMES.contains(&marks[index].name.value.as_str()) {
            cuts.push(Cut { range: span.start as usize..words.start as usize, mark: index, opens: true });
            cuts.push(Cut { range: words.end as usize..span.end as usize, mark: index, opens: false });
        }
    }
    if cuts.is_empty() {
        return (steps, marks);
    }
    cuts.sort_by_key(|cut| cut.range.start);
    (apply(source, steps, &cuts), marks)
}

/// A text of the walk.
struct Text {
    range: Range<usize>,
    /// The block it stands in.
    block: Range<usize>,
    in_heading: bool,
    in_link: bool,
    /// Where the innermost emphasis or link around it starts.
    around: Option<usize>,
}

/// The texts that are not code, in order.
fn texts(steps: &[Step<'_>]) -> Vec<Text> {
    let mut texts = Vec::new();
    let mut blocks: Vec<(Range<usize>, bool)> = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    let mut links = 0_usize;
    let mut in_code = false;
    for (item, range) in steps {
        let Item::Event(event) = item else { continue };
        match event {
            Event::Start(tag) if is_block(&tag.to_end()) => {
                blocks.push((range.clone(), matches!(tag, Tag::Heading { .. })));
                in_code |= matches!(tag, Tag::CodeBlock(_));
            }
            Event::End(tag) if is_block(tag) => {
                blocks.pop();
                in_code &= !matches!(tag, TagEnd::CodeBlock);
            }
            Event::Start(tag) => {
                around.push(range.start);
                links += usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
            }
            Event::End(tag) => {
                around.pop();
                links = links.saturating_sub(usize::from(matches!(tag, TagEnd::Link | TagEnd::Image)));
            }
            Event::Text(_) if !in_code => {
                if let Some((block, in_heading)) = blocks.last() {
                    texts.push(Text {
                        range: range.clone(),
                        block: block.clone(),
                        in_heading: *in_heading,
                        in_link: links > 0,
                        around: around.last().copied(),
                    });
                }
            }
            _ => {}
        }
    }
    texts
}

fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

/// The inline directive whose bracket opens at `open`, in a block of the source.
fn mark(source: &str, open: usize, block: &Range<usize>) -> Option<Mark> {
    let before = &source[block.start.min(open)..open];
    let name_length = before.bytes().rev().take_while(u8::is_ascii_lowercase).count();
    let name_start = open - name_length;
    let before = &source[block.start.min(name_start)..name_start];
    if name_length == 0 || !before.ends_with(':') || before.ends_with("::") {
        return None;
    }
    let colon = name_start - 1;
    if source[block.start..colon].ends_with(|c: char| c.is_alphanumeric() || c == '\\') {
        return None;
    }
    let name = &source[name_start..open];
    let close = closing(source, open, block.end.min(open + MOST))?;
    let rest = &source[close + 1..block.end.max(close + 1)];
    let is_known = NAMES.contains(&name);
    let (attributes, end) = match rest.strip_prefix('{') {
        Some(inside) => match braces(&inside[..inside.floor_char_boundary(MOST.min(inside.len()))]) {
            Some(length) => (attributes::parse(&inside[..length], close + 2), close + 2 + length + 1),
            None => {
                let span = Span::new(close + 1..close + 2);
                (Err(Refused { message: "this brace is never closed", span }), close + 1)
            }
        },
        None => (Ok(Vec::new()), close + 1),
    };
    // Something like `:smile[x]` in a text is no mistake.
    let is_near =
        end > close + 1 && NAMES.iter().any(|known| crate::base::nearest::distance_within(name, known, 2).is_some());
    if !is_known && !is_near {
        return None;
    }
    Some(Mark {
        name: Spanned::new(name.to_owned(), Span::new(name_start..open)),
        words: Span::new(open + 1..close),
        attributes,
        span: Span::new(colon..end),
        problem: None,
    })
}

/// A known name right before the brace at `open`: `:ref{id}`.
fn wordless(source: &str, open: usize, block: &Range<usize>) -> Option<Mark> {
    let name = name_before(source, open, block)?;
    let colon = open - name.len() - 1;
    Some(Mark {
        name: Spanned::new(name.to_owned(), Span::new(colon + 1..open)),
        words: Span::new(open..open),
        attributes: Ok(Vec::new()),
        span: Span::new(colon..open + 1),
        problem: Some(Problem::NoWords),
    })
}

/// A known name with a space before the bracket at `open`: `:ref [words]`.
fn apart(source: &str, open: usize, block: &Range<usize>) -> Option<Mark> {
    let before = source[block.start.min(open)..open].trim_end_matches([' ', '\t']).len() + block.start.min(open);
    if before == open {
        return None;
    }
    let name = name_before(source, before, block)?;
    let close = closing(source, open, block.end.min(open + MOST))?;
    let start = before - name.len();
    Some(Mark {
        name: Spanned::new(name.to_owned(), Span::new(start..before)),
        words: Span::new(open + 1..close),
        attributes: Ok(Vec::new()),
        span: Span::new(start - 1..close + 1),
        problem: Some(Problem::Apart),
    })
}

/// The known name, behind its colon, that ends at `end`.
fn name_before(source: &str, end: usize, block: &Range<usize>) -> Option<&'static str> {
    let before = &source[block.start.min(end)..end];
    let (name, rest) = NAMES.iter().find_map(|name| Some((*name, before.strip_suffix(*name)?.strip_suffix(':')?)))?;
    let is_another = rest.ends_with(|c: char| c.is_alphanumeric() || c == ':' || c == '\\');
    (!is_another).then_some(name)
}

/// Where the bracket at `open` closes: code and escaped brackets do not count, nested ones do.
fn closing(source: &str, open: usize, end: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut depth = 0_usize;
    let mut at = open;
    while at < end {
        match bytes[at] {
            b'\\' => at += 1,
            b'`' => {
                let run = bytes[at..end].iter().take_while(|byte| **byte == b'`').count();
                let fence = &source[at..at + run];
                at += run;
                if let Some(length) = source[at..end].find(fence) {
                    at += length + run;
                }
                continue;
            }
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'\n' if source[at + 1..end].trim_start_matches([' ', '\t', '>']).starts_with('\n') => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// How long the text is up to the brace that closes it, which does not stand in quotes.
fn braces(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '}' => return Some(at),
            '\n' => return None,
            '"' | '\'' => at += attributes::quoted_length(&text[at..]).unwrap_or(1),
            c => at += c.len_utf8(),
        }
    }
    None
}

fn apply<'a>(source: &'a str, steps: Vec<Step<'a>>, cuts: &[Cut]) -> Vec<Step<'a>> {
    let mut out = Vec::with_capacity(steps.len() + cuts.len());
    let mut next = 0;
    for (item, range) in steps {
        while cuts.get(next).is_some_and(|cut| cut.range.end <= range.start) {
            next += 1;
        }
        let is_text = matches!(item, Item::Event(Event::Text(_)));
        let touched = cuts[next..].iter().take_while(|cut| cut.range.start < range.end);
        let touched: Vec<&Cut> = touched.collect();
        if touched.is_empty() {
            out.push((item, range));
            continue;
        }
        if !is_text {
            // What starts inside a cut goes with it; what starts where it starts is around it.
            if !touched.iter().any(|cut| cut.range.start < range.start && range.start < cut.range.end) {
                out.push((item, range));
            }
            continue;
        }
        let mut at = range.start;
        for cut in touched {
            let (start, end) = (cut.range.start.max(range.start), cut.range.end.min(range.end));
            if at < start {
                out.push((Item::Event(Event::Text(CowStr::Borrowed(&source[at..start]))), at..start));
            }
            if cut.range.start >= range.start {
                let edge = if cut.opens { Item::OpenMark(cut.mark) } else { Item::CloseMark(cut.mark) };
                out.push((edge, cut.range.clone()));
            }
            at = end;
        }
        if at < range.end {
            out.push((Item::Event(Event::Text(CowStr::Borrowed(&source[at..range.end]))), at..range.end));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::markdown::walk::{Event, Item, MarkdownOptions, survey};

    /// The text of a page with its marks as `<name|words>`, and what is in their braces.
    fn marked(text: &str) -> (String, Vec<String>) {
        let (items, found) = survey(text, 0, &[], MarkdownOptions::default());
        let mut out = String::new();
        for (item, _) in items {
            match item {
                Item::OpenMark(mark) => out.push_str(&format!("<{}|", found.marks[mark].name.value)),
                Item::CloseMark(_) => out.push('>'),
                Item::Event(Event::Text(words)) => out.push_str(&words),
                Item::Event(Event::Code(code)) => out.push_str(&format!("`{code}`")),
                _ => {}
            }
        }
        let braces = found.marks.iter().map(|mark| match &mark.attributes {
            Ok(found) => found.iter().map(|attribute| attribute.key.value.clone()).collect::<Vec<_>>().join(" "),
            Err(refused) => refused.message.to_owned(),
        });
        (out, braces.collect())
    }

    #[test]
    fn marks_are_found_in_text() {
        for (text, expected, braces) in [
            ("It is :claim[60 *min*utes]{official ref=a_b_c}.", "It is <claim|60 minutes>.", vec!["official ref"]),
            ("(:term[IDOR]) :ref[x]{y}", "(<term|IDOR>) <ref|x>", vec!["", "y"]),
            (":claim[a :term[b] `]` c]{advice}", "<claim|a <term|b> `]` c>", vec!["advice", ""]),
            (":claim[a\\]b]{why=\"x } y\"}", "<claim|a]b>", vec!["why"]),
            ("- :term[a]\n- b", "<term|a>b", vec![""]),
            (":term[a] **b**", "<term|a> b", vec![""]),
            ("| :term[a] | b |\n|---|---|\n", "<term|a>b", vec![""]),
        ] {
            let found = marked(text);
            assert_eq!(
                (found.0.as_str(), found.1),
                (expected, braces.into_iter().map(str::to_owned).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_mark_stays_text() {
        for text in [
            "`:term[a]`",
            "    :term[a]{b}",
            "a:term[b]",
            "::term[b]",
            ":term [b]",
            ":smile[b]{c}",
            "\\:term[b]",
            ":term[b\n\nc]",
        ] {
            let (out, _) = marked(text);
            assert!(!out.contains('<'), "{text}: {out}");
        }
    }

    #[test]
    fn what_is_nearly_a_mark_is_found_too() {
        assert_eq!(marked(":clam[a]{official}").1, ["official"]);
        assert_eq!(marked(":claim[a]{official").1, ["this brace is never closed"]);
        assert_eq!(marked("# :term[a]").1, [""]);
    }
}
