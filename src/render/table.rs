//! Tables to HTML: the columns' alignment, head cells and body cells.

use crate::markdown::walk::{Alignment, Tag, TagEnd};

/// The table being written; Markdown's do not nest.
#[derive(Default)]
pub struct Table {
    aligned: Vec<Alignment>,
    /// The number of the next cell in its row.
    cell: usize,
    in_head: bool,
    /// Where the cell began and where its content did, in what is written: bytes.
    opened: (usize, usize),
}

impl Table {
    /// Writes what a part of a table starts with; nothing for other tags.
    pub fn start(&mut self, tag: &Tag<'_>, out: &mut String) {
        match tag {
            Tag::Table(aligned) => {
                self.aligned.clone_from(aligned);
                out.push_str("<div class=\"table\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                out.push_str("<tr>");
            }
            Tag::TableCell => {
                let align = match self.aligned.get(self.cell) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                let begin = out.len();
                out.push_str(if self.in_head { "<th scope=\"col\"" } else { "<td" });
                out.push_str(align);
                out.push('>');
                self.opened = (begin, out.len());
            }
            _ => {}
        }
    }

    /// Writes what a part of a table ends with; nothing for other tags. A head cell without content names
    /// no column, so it becomes a plain cell (HTML, 4.9.10; WCAG 2.2, 1.3.1).
    pub fn end(&mut self, tag: TagEnd, out: &mut String) {
        match tag {
            TagEnd::Table => out.push_str("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                out.push_str("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.cell += 1;
                let (begin, content) = self.opened;
                if self.in_head && out.len() == content {
                    out.truncate(begin);
                    out.push_str("<td></td>");
                } else {
                    out.push_str(if self.in_head { "</th>" } else { "</td>" });
                }
            }
            _ => {}
        }
    }
}
