//! Turns one line and the parser's scope operations on it into escaped HTML
//! with a `<span>` for each run of one class. Must not know grammars, languages
//! or what a class means.

use syntect::parsing::{ClearAmount, ScopeStackOp};

use super::classes::{Style, style};

/// No class.
const BARE: u8 = 0;

/// The scopes open at a point, each reduced to what it means for the text.
#[derive(Default)]
pub(super) struct Scopes {
    open: Vec<Paint>,
    /// What `Clear` put aside, for `Restore`.
    cleared: Vec<Vec<Paint>>,
}

#[derive(Clone, Copy)]
struct Paint {
    class: u8,
    whole: bool,
}

impl Scopes {
    fn paint(&self) -> Paint {
        self.open.last().copied().unwrap_or(Paint { class: BARE, whole: false })
    }

    /// Grammars pop more than they pushed now and then; that is no error here.
    fn apply(&mut self, operation: &ScopeStackOp) {
        match *operation {
            ScopeStackOp::Push(scope) => {
                let below = self.paint();
                self.open.push(match style(scope) {
                    Style::Plain => Paint { class: BARE, whole: false },
                    Style::Class(class) if !below.whole => Paint { class, whole: false },
                    Style::Whole(class) if !below.whole => Paint { class, whole: true },
                    Style::Silent | Style::Class(_) | Style::Whole(_) => below,
                });
            }
            ScopeStackOp::Pop(count) => {
                self.open.truncate(self.open.len().saturating_sub(count));
            }
            ScopeStackOp::Clear(amount) => {
                let kept = match amount {
                    ClearAmount::TopN(count) => self.open.len().saturating_sub(count),
                    ClearAmount::All => 0,
                };
                self.cleared.push(self.open.split_off(kept));
            }
            ScopeStackOp::Restore => {
                self.open.append(&mut self.cleared.pop().unwrap_or_default());
            }
            ScopeStackOp::Noop => {}
        }
    }
}

/// One line as HTML. Spans do not leave the line; white space around a run is
/// left bare, and neighbours of one class share a span.
pub(super) fn line(line: &str, operations: &[(usize, ScopeStackOp)], scopes: &mut Scopes) -> String {
    let mut runs = Runs {
        line,
        // Seen to suffice for most lines of real code: three spans.
        html: String::with_capacity(line.len() + 3 * r#"<span class="k"></span>"#.len()),
        written: 0,
        run: (BARE, 0, 0),
    };
    let mut position = 0;
    for (index, operation) in operations {
        // Captures inside a look-ahead can lie behind what was already said,
        // and the last operations lie on the line's end, which is not ours.
        let index = (*index).min(line.len());
        if index > position && line.is_char_boundary(index) {
            runs.add(scopes.paint().class, position, index);
            position = index;
        }
        scopes.apply(operation);
    }
    runs.add(scopes.paint().class, position, line.len());
    runs.finish()
}

/// Text that is all of one class.
pub(super) fn whole(class: u8, text: &str) -> String {
    let mut runs = Runs { line: text, html: String::new(), written: 0, run: (BARE, 0, 0) };
    runs.add(class, 0, text.len());
    runs.finish()
}

struct Runs<'a> {
    line: &'a str,
    html: String,
    /// Bytes of the line that are in `html`.
    written: usize,
    /// Class, start and end of the run not yet written.
    run: (u8, usize, usize),
}

impl Runs<'_> {
    fn add(&mut self, class: u8, start: usize, end: usize) {
        let text = &self.line[start..end];
        let trimmed = text.trim_start();
        if trimmed.is_empty() {
            return;
        }
        let start = end - trimmed.len();
        let end = start + trimmed.trim_end().len();
        if self.run.0 != class {
            self.flush();
            self.run = (class, start, start);
        }
        self.run.2 = end;
    }

    fn flush(&mut self) {
        let (class, start, end) = self.run;
        if class == BARE {
            return;
        }
        escape(&self.line[self.written..start], &mut self.html);
        self.html.push_str("<span class=\"");
        self.html.push(char::from(class));
        self.html.push_str("\">");
        escape(&self.line[start..end], &mut self.html);
        self.html.push_str("</span>");
        self.written = end;
    }

    fn finish(mut self) -> String {
        self.flush();
        escape(&self.line[self.written..], &mut self.html);
        self.html
    }
}

/// Appends the text with the four characters escaped that CommonMark's
/// reference renderer escapes in code.
pub(super) fn escape(text: &str, html: &mut String) {
    let mut copied = 0;
    for (index, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[copied..index]);
        html.push_str(entity);
        copied = index + 1;
    }
    html.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use syntect::parsing::{Scope, ScopeStackOp::*};

    fn scope(name: &str) -> ScopeStackOp {
        Push(Scope::new(name).unwrap())
    }

    #[track_caller]
    fn check(text: &str, operations: &[(usize, ScopeStackOp)], html: &str) {
        assert_eq!(line(text, operations, &mut Scopes::default()), html);
    }

    #[test]
    fn neighbours_of_one_class_share_a_span_and_white_space_outside_stays_bare() {
        let keyword = scope("keyword.x");
        check(
            "  if in  x ",
            &[(0, keyword.clone()), (4, Pop(1)), (5, keyword), (8, Pop(1))],
            r#"  <span class="k">if in</span>  x "#,
        );
    }

    #[test]
    fn code_inside_a_string_is_bare_and_a_comment_stays_whole() {
        check(
            "a{b}c",
            &[(0, scope("string")), (1, scope("meta.interpolation")), (4, Pop(1)), (5, Pop(1))],
            r#"<span class="s">a</span>{b}<span class="s">c</span>"#,
        );
        check(
            "a b c",
            &[(0, scope("comment")), (2, scope("keyword")), (3, Pop(1)), (5, Pop(1))],
            r#"<span class="c">a b c</span>"#,
        );
    }

    #[test]
    fn cleared_scopes_come_back() {
        check(
            "abc",
            &[(0, scope("string")), (1, Clear(ClearAmount::TopN(1))), (2, Restore)],
            r#"<span class="s">a</span>b<span class="s">c</span>"#,
        );
    }

    #[test]
    fn operations_out_of_place_lose_no_text() {
        check("ab", &[(2, scope("string")), (1, Pop(1))], "ab");
        check("ab", &[(0, Pop(1)), (0, Restore), (1, scope("string")), (9, Pop(7))], r#"a<span class="s">b</span>"#);
        // Not on a character's edge: the text goes to whoever comes next.
        check("aé", &[(2, scope("string"))], r#"<span class="s">aé</span>"#);
    }

    #[test]
    fn four_characters_are_escaped_inside_spans_and_outside() {
        check(r#"<&'"> "x""#, &[(6, scope("string"))], r#"&lt;&amp;'&quot;&gt; <span class="s">&quot;x&quot;</span>"#);
    }
}
