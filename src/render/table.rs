//! Tables to HTML: the columns' alignment, head cells and body cells.

use crate::markdown::walk::{Alignment, Tag, TagEnd};

/// The table being written; Markdown's do not nest.
#[derive(Default)]
pub struct Table {
    aligned: Vec<Alignment>,
    /// The number of the next cell in its row.
    cell: usize,
    in_head: bool,
}

impl Table {
    /// What a part of a table starts with; nothing for other tags.
    pub fn start(&mut self, tag: &Tag<'_>) -> String {
        match tag {
            Tag::Table(aligned) => {
                self.aligned.clone_from(aligned);
                "<div class=\"table\"><table>\n".to_owned()
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                "<thead>\n<tr>".to_owned()
            }
            Tag::TableRow => {
                self.cell = 0;
                "<tr>".to_owned()
            }
            Tag::TableCell => {
                let align = match self.aligned.get(self.cell) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                if self.in_head { format!("<th scope=\"col\"{align}>") } else { format!("<td{align}>") }
            }
            _ => String::new(),
        }
    }

    /// What a part of a table ends with; nothing for other tags.
    pub fn end(&mut self, tag: TagEnd) -> &'static str {
        match tag {
            TagEnd::Table => "</tbody>\n</table></div>\n",
            TagEnd::TableHead => {
                self.in_head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.cell += 1;
                if self.in_head { "</th>" } else { "</td>" }
            }
            _ => "",
        }
    }
}
