//! What an event of the walk is to whoever writes it.

use super::html::Step;
use crate::markdown::directive::Callout;
use crate::markdown::walk::{BlockQuoteKind, Event, Item, Tag, TagEnd};

/// Whether an event stands within a line of text.
pub fn is_inline(event: &Event<'_>) -> bool {
    let inline = |tag: TagEnd| {
        matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
        )
    };
    match event {
        Event::Start(tag) => inline(tag.to_end()),
        Event::End(tag) => inline(*tag),
        event => !matches!(event, Event::Html(_) | Event::Rule),
    }
}

/// Whether a list item that starts here is a task.
pub fn is_task(rest: &[Step<'_>]) -> bool {
    let mut rest = rest.iter().map(|(item, _)| item);
    let mut next = rest.next();
    if matches!(next, Some(Item::Event(Event::Start(Tag::Paragraph)))) {
        next = rest.next();
    }
    matches!(next, Some(Item::Event(Event::TaskListMarker(_))))
}

pub fn callout(kind: BlockQuoteKind) -> Callout {
    match kind {
        BlockQuoteKind::Note => Callout::Note,
        BlockQuoteKind::Tip => Callout::Tip,
        BlockQuoteKind::Important => Callout::Important,
        BlockQuoteKind::Warning => Callout::Warning,
        BlockQuoteKind::Caution => Callout::Caution,
    }
}
