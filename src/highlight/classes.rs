//! Turns a grammar's scope, such as `keyword.operator.arithmetic.python`, into
//! the one-letter class that the theme knows. Must not know languages, text or
//! HTML.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use syntect::parsing::Scope;

/// What one scope says about the text under it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// Nothing: the scopes below it decide.
    Silent,
    /// No class, whatever the scopes below it say: code inside a string.
    Plain,
    /// This class, unless a scope above it says otherwise.
    Class(u8),
    /// This class for everything above it too: a comment stays a comment
    /// though it mentions a type. Only `Plain` ends it.
    Whole(u8),
}

use Style::{Class, Plain, Silent, Whole};

/// The longest prefix of a scope decides. The order here is for the reader.
const RULES: &[(&str, Style)] = &[
    ("comment", Whole(b'c')),
    // Keywords and storage.
    ("keyword", Class(b'k')),
    ("storage", Class(b'k')),
    ("tag.decorator", Whole(b'a')),
    // Operators, except those that are words and those that are punctuation.
    ("keyword.operator", Class(b'o')),
    ("keyword.operator.assignment.alias", Class(b'k')),
    ("keyword.operator.dockerfile", Class(b'k')),
    ("keyword.operator.expression", Class(b'k')),
    ("keyword.operator.js", Class(b'k')),
    ("keyword.operator.logical.python", Class(b'k')),
    ("keyword.operator.logical.sql", Class(b'k')),
    ("keyword.operator.module", Class(b'k')),
    ("keyword.operator.new", Class(b'k')),
    ("keyword.operator.word", Class(b'k')),
    ("keyword.operator.accessor", Silent),
    ("keyword.operator.logical.continue", Silent),
    ("keyword.operator.type.annotation", Silent),
    // Strings, and the code inside them.
    ("string", Class(b's')),
    ("string.regexp", Whole(b'e')),
    ("source.regexp", Whole(b'e')),
    ("string.unquoted.label.js", Class(b'p')),
    ("storage.type.string", Class(b's')),
    ("keyword.other.template", Class(b's')),
    ("keyword.other.substitution", Plain),
    ("keyword.other.interpolation", Plain),
    ("meta.embedded", Plain),
    ("meta.group.expansion", Plain),
    ("meta.interpolation", Plain),
    ("meta.template.expression", Plain),
    ("source", Plain),
    // Escapes and placeholders.
    ("constant.character", Class(b'e')),
    ("constant.other.format-spec", Class(b'e')),
    ("constant.other.placeholder", Class(b'e')),
    ("storage.modifier.conversion", Class(b'e')),
    // Numbers, dates, colours.
    ("constant.numeric", Class(b'n')),
    ("constant.other.color", Class(b'n')),
    ("constant.other.date", Class(b'n')),
    ("constant.other.datetime", Class(b'n')),
    ("constant.other.time", Class(b'n')),
    ("keyword.other.unit", Class(b'n')),
    ("storage.type.numeric", Class(b'n')),
    // Built-in constants.
    ("constant.language", Class(b'b')),
    ("constant.other.symbol", Class(b'b')),
    ("support.constant", Class(b'b')),
    ("variable.language", Class(b'b')),
    // Functions.
    ("entity.name.function", Class(b'f')),
    ("entity.name.macro", Class(b'f')),
    ("support.function", Class(b'f')),
    ("support.macro", Class(b'f')),
    ("variable.function", Class(b'f')),
    ("support.function.double-brace", Silent),
    // Types.
    ("entity.name.class", Class(b't')),
    ("entity.name.enum", Class(b't')),
    ("entity.name.enum.tag-digest", Silent),
    ("entity.name.impl", Class(b't')),
    ("entity.name.interface", Class(b't')),
    ("entity.name.struct", Class(b't')),
    ("entity.name.trait", Class(b't')),
    ("entity.name.type", Class(b't')),
    ("entity.name.union", Class(b't')),
    ("entity.other.inherited-class", Class(b't')),
    ("storage.type.go", Class(b't')),
    ("support.class", Class(b't')),
    ("support.class.import", Silent),
    ("support.type", Class(b't')),
    ("support.type.builtin.ts", Class(b'b')),
    ("support.type.builtin.tsx", Class(b'b')),
    ("support.type.package", Silent),
    // Variables, where the language marks them or a signature names them.
    ("punctuation.definition.variable.graphql", Class(b'v')),
    ("punctuation.definition.variable.perl", Class(b'v')),
    ("punctuation.definition.variable.php", Class(b'v')),
    ("punctuation.definition.variable.powershell", Class(b'v')),
    ("punctuation.definition.variable.sass", Class(b'v')),
    ("punctuation.definition.variable.shell", Class(b'v')),
    ("support.constant.terraform", Class(b'v')),
    ("support.variable", Class(b'v')),
    ("variable.declaration.sass", Class(b'v')),
    ("variable.other.alias", Class(b'v')),
    ("variable.other.env", Class(b'v')),
    ("variable.other.php", Class(b'v')),
    ("variable.other.readwrite.instance", Class(b'v')),
    ("variable.other.readwrite.perl", Class(b'v')),
    ("variable.other.readwrite.powershell", Class(b'v')),
    ("variable.other.readwrite.shell", Class(b'v')),
    ("variable.other.sass", Class(b'v')),
    ("variable.parameter", Class(b'v')),
    ("variable.stage-name", Class(b'v')),
    // Attributes, annotations, decorators.
    ("entity.other.attribute-name", Class(b'a')),
    ("entity.other.pseudo-class", Class(b'a')),
    ("entity.other.pseudo-element", Class(b'a')),
    ("meta.annotation.rust", Class(b'a')),
    ("punctuation.decorator", Class(b'a')),
    ("punctuation.definition.annotation", Class(b'a')),
    ("storage.type.annotation", Class(b'a')),
    ("variable.annotation", Class(b'a')),
    // Markup tags.
    ("entity.name.tag", Class(b'g')),
    // Properties and keys.
    ("entity.name.key", Class(b'p')),
    ("entity.name.tag.toml", Class(b'p')),
    ("entity.name.tag.yaml", Class(b'p')),
    ("keyword.name.ini", Class(b'p')),
    ("meta.mapping.key.json", Whole(b'p')),
    ("meta.mapping.key.terraform", Whole(b'p')),
    ("meta.object-literal.key", Class(b'p')),
    ("meta.tag.key.toml", Whole(b'p')),
    ("string.unquoted.key", Class(b'p')),
    ("support.type.custom-property", Class(b'p')),
    ("support.type.property-name", Class(b'p')),
    ("variable.declaration.terraform", Class(b'p')),
    ("variable.object.property", Class(b'p')),
    // Markup: headings, emphasis, links, code, differences.
    ("entity.name.section", Class(b'h')),
    ("entity.name.table.toml", Class(b'h')),
    ("entity.section.ini", Class(b'h')),
    ("markup.heading", Class(b'h')),
    ("meta.diff.header", Class(b'h')),
    ("meta.diff.range", Class(b'h')),
    ("meta.diff.index", Class(b'h')),
    ("markup.bold", Class(b'm')),
    ("markup.italic", Class(b'm')),
    ("markup.underline.link", Class(b'u')),
    ("markup.raw", Class(b's')),
    ("markup.inserted", Whole(b'i')),
    ("markup.deleted", Whole(b'd')),
    // Invalid, but not what is merely old, nor the end of a line in a string,
    // which only says that the grammar is older than the language.
    ("invalid", Class(b'x')),
    ("invalid.deprecated", Silent),
    ("invalid.illegal.newline", Silent),
];

/// The rules, longest first, so that the first prefix found is the longest.
static SCOPES: LazyLock<Vec<(Scope, Style)>> = LazyLock::new(|| {
    let mut scopes: Vec<(Scope, Style)> =
        RULES.iter().map(|&(rule, style)| (Scope::new(rule).expect("a rule has at most eight atoms"), style)).collect();
    scopes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    scopes
});

thread_local! {
    // A grammar names a few hundred scopes, a block pushes them thousands of
    // times. Per thread, because a lock costs more than asking twice.
    static KNOWN: RefCell<HashMap<Scope, Style>> = RefCell::new(HashMap::new());
}

/// What this scope says, by the longest rule that is its prefix.
pub(super) fn style(scope: Scope) -> Style {
    KNOWN.with_borrow_mut(|known| {
        *known.entry(scope).or_insert_with(|| {
            SCOPES.iter().find(|(rule, _)| rule.is_prefix_of(scope)).map_or(Silent, |&(_, style)| style)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let of = |scope| style(Scope::new(scope).unwrap());
        assert_eq!(of("keyword.control.python"), Class(b'k'));
        assert_eq!(of("keyword.operator.arithmetic.python"), Class(b'o'));
        assert_eq!(of("keyword.operator.logical.python"), Class(b'k'));
        assert_eq!(of("meta.block.java"), Silent);
        // A rule ends at a dot: `source` is no prefix of `sourcemap`.
        assert_eq!(of("sourcemap.x"), Silent);
    }

    #[test]
    fn no_rule_is_written_twice_and_each_letter_is_known() {
        let mut seen = std::collections::HashSet::new();
        for (rule, style) in RULES {
            assert!(seen.insert(rule), "{rule} has two rules");
            if let Class(letter) | Whole(letter) = style {
                assert!(b"kosenbcftvagphmuidx".contains(letter), "{rule}");
            }
        }
    }
}
