//! Images to HTML: the text inside one becomes its alternative text.

use pulldown_cmark_escape::escape_href;

use super::html::attribute;
use crate::markdown::walk::{Event, Tag, TagEnd};
use crate::model::view::LinkView;

/// An image being collected.
pub struct Image {
    href: String,
    title: String,
    size: Option<(u32, u32)>,
    alt: String,
    /// Images may nest; only the outermost is one.
    depth: usize,
}

impl Image {
    /// An image whose inside is still to come.
    pub fn new(link: &LinkView, title: &str) -> Self {
        Self { href: link.href.clone(), title: title.to_owned(), size: link.size, alt: String::new(), depth: 0 }
    }

    /// Takes what is inside an image; `false` at its end.
    pub fn step(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(Tag::Image { .. }) => self.depth += 1,
            Event::End(TagEnd::Image) => {
                if self.depth == 0 {
                    return false;
                }
                self.depth -= 1;
            }
            Event::Text(text) | Event::Code(text) => self.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alt.push(' '),
            _ => {}
        }
        true
    }

    /// Writes the element. Width and height keep the page from jumping while the picture loads.
    pub fn write(&self, out: &mut String) {
        out.push_str("<img src=\"");
        escape_href(&mut *out, &self.href).expect("writing to a string cannot fail");
        out.push_str("\" alt=\"");
        attribute(out, &self.alt);
        out.push('"');
        if !self.title.is_empty() {
            out.push_str(" title=\"");
            attribute(out, &self.title);
            out.push('"');
        }
        if let Some((width, height)) = self.size {
            out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        out.push_str(" loading=\"lazy\">");
    }
}
