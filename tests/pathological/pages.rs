//! Pages, front matter and configurations that grow with `n`, and how large they are tried.

/// A name, the text for a number, and the number.
pub type Case = (&'static str, fn(usize) -> String, usize);

/// Marks within text.
pub const INLINE: &[Case] = &[
    ("[", |n| "[".repeat(n), 50_000),
    ("![", |n| "![".repeat(n), 50_000),
    ("]", |n| "]".repeat(n), 50_000),
    ("<", |n| "<".repeat(n), 50_000),
    ("<a", |n| "<a ".repeat(n), 20_000),
    ("<!A", |n| "<!A ".repeat(n), 20_000),
    ("<![CDATA[", |n| "x <![CDATA[".repeat(n), 10_000),
    ("<!--", |n| "x <!--".repeat(n), 20_000),
    ("*", |n| "*a ".repeat(n), 20_000),
    ("** and *", |n| "**a *b_ ".repeat(n), 10_000),
    ("_", |n| "_a ".repeat(n), 20_000),
    ("~", |n| "~~a ~b ".repeat(n), 10_000),
    ("[a](b", |n| "[a](b".repeat(n), 10_000),
    ("[a](<b", |n| "[a](<b".repeat(n), 10_000),
    ("[a](b \"c", |n| "[a](b \"c".repeat(n), 10_000),
    ("[a][b]", |n| "[a][b]".repeat(n), 4_000),
    ("www", |n| "_www.".repeat(n), 8_000),
    ("www (", |n| "www.a.b(".repeat(n), 3_000),
    ("http escaped", |n| "(http://a\\.b".repeat(n), 4_000),
    ("http emphasised", |n| "*http://a.b*".repeat(n), 2_500),
    ("mail", |n| "a@b.".repeat(n), 10_000),
    ("mail emphasised", |n| "*a@b.c*".repeat(n), 5_000),
    ("mail unfinished", |n| "aaaa@b_".repeat(n), 20_000),
    ("&amp;", |n| "&amp;".repeat(n), 100_000),
    ("&", |n| "&".repeat(n), 200_000),
    ("&#x26;", |n| "&#x26;a ".repeat(n), 20_000),
    ("backslash", |n| "\\*".repeat(n), 50_000),
    ("straight quotes", |n| "\"a' ".repeat(n), 20_000),
    ("{{#include", |n| "{{#include a}}".repeat(n), 5_000),
    ("bidi", |n| "\u{202e}a".repeat(n), 50_000),
    ("combining", |n| "a\u{301}\u{301}".repeat(n), 50_000),
    ("carriage returns", |n| "a\r".repeat(n), 30_000),
    ("NUL", |n| "\0".repeat(n), 100_000),
    ("byte-order marks", |n| "\u{feff}".repeat(n), 100_000),
    (":::", |n| "*:::* ".repeat(n), 10_000),
    ("runs of stars", |n| (0..n).map(|i| "*".repeat(i % 200 + 1) + "a ").collect(), 800),
    ("runs of backticks", |n| (0..n).map(|i| "`".repeat(i % 300 + 1) + "a ").collect(), 1_500),
    ("nested links", |n| "[".repeat(n) + "a" + &"](b)".repeat(n), 5_000),
    ("nested images", |n| "![".repeat(n) + "a" + &"](b&amp;c)".repeat(n), 5_000),
    ("parentheses", |n| format!("[a]({}{})", "(".repeat(n), ")".repeat(n)), 50_000),
    ("parentheses of an address", |n| format!("http://a.b/{}{}", "(".repeat(n), ")".repeat(2 * n)), 50_000),
    ("references to an address", |n| format!("http://a.b/{}", "&a;".repeat(n)), 50_000),
    ("uses of a long title", |n| format!("[a]: README.md \"{}\"\n\n{}", "t".repeat(n), "[a] ".repeat(n)), 1_500),
];

/// Blocks, and what they nest in.
pub const BLOCKS: &[Case] = &[
    ("rules", |n| "***\n".repeat(n), 10_000),
    ("a rule", |n| "* ".repeat(n), 50_000),
    ("list items", |n| "- a\n\n".repeat(n), 10_000),
    ("tasks", |n| "- [ ] a\n".repeat(n), 10_000),
    ("definitions", |n| "a\n: b\n\n".repeat(n), 10_000),
    ("tight colons", |n| "a\n:b\n\n".repeat(n), 10_000),
    ("alerts", |n| "> [!NOTTE]\n> x\n\n".repeat(n), 4_000),
    ("tabs", |n| "\ta".repeat(n), 20_000),
    ("nested quotes", |n| ">".repeat(n) + " a", 60_000),
    ("nested quotes with spaces", |n| "> ".repeat(n) + "a", 40_000),
    ("nested lists", |n| "- ".repeat(n) + "a", 100_000),
    ("nested numbered lists", |n| "1. ".repeat(n) + "a", 50_000),
    ("nested quotes and lists", |n| "> - ".repeat(n) + "a", 20_000),
    ("nested lists of many lines", |n| (0..n).map(|i| format!("{}- a\n", "  ".repeat(i))).collect(), 600),
    ("nested quotes and lazy lines", |n| format!("{}a\n{}", "> ".repeat(n), "b\n".repeat(n)), 10_000),
    ("nested lists and blank lines", |n| format!("{}a\n{}", "- ".repeat(n), "\n".repeat(n)), 20_000),
    ("definitions of one term", |n| format!("a\n{}", ": b\n".repeat(n)), 10_000),
    ("nested definitions", |n| format!("a\n{}", ": ".repeat(n)), 20_000),
    ("columns", |n| format!("|{}\n|{}\n|{}", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n)), 20_000),
    ("rows", |n| format!("|a|b|\n|-|-|\n{}", "|b|c|\n".repeat(n)), 10_000),
    ("short rows", |n| format!("|{}\n|{}\n{}", "a|".repeat(n), "-|".repeat(n), "|b\n".repeat(n)), 1_000),
    ("a heading of many lines", |n| "a\n".repeat(n) + "===", 20_000),
];

/// Directives and fenced code.
pub const DIRECTIVES: &[Case] = &[
    ("unclosed", |n| ":::note\n\npara\n\n".repeat(n), 4_000),
    ("unclosed in quotes", |n| "> :::note\n> para\n\n".repeat(n), 4_000),
    ("unclosed code", |n| "```py\n".repeat(n), 30_000),
    ("code", |n| "```py\nx=1\n```\n".repeat(n), 1_500),
    ("huge ranges", |n| "```py mark=1-4294967295\n```\n".repeat(n), 1_000),
    ("missing files", |n| "```py file=missing.py\n```\n".repeat(n), 1_500),
    ("nested", |n| ":::note\n".repeat(n) + &":::\n".repeat(n), 4_000),
    ("nested far", |n| ":::note\n".repeat(n) + &":::\n".repeat(n), 60_000),
    ("closed by others, each", |n| ":::note\n\n::::\n\n".repeat(n), 20_000),
    ("drills far inside", |n| ":::note\n".repeat(n) + &":::drill\n:::\n".repeat(n) + &":::\n".repeat(n), 4_000),
    ("closed by others", |n| ":::note\n".repeat(n) + &"::::\n".repeat(n), 10_000),
    ("of growing length", |n| (0..n).map(|i| format!(":::{}note\n", ":".repeat(i % 500))).collect(), 2_000),
    ("in a processing instruction", |n| format!("<?php\n{}", ":::note\n".repeat(n)), 4_000),
    ("in a declaration", |n| format!("<!A\n{}", ":::note\n".repeat(n)), 4_000),
    ("in a processing instruction in quotes", |n| format!("> <?php\n{}", "> :::note\n>  :::note\n".repeat(n)), 2_000),
    ("attributes", |n| format!(":::note{{{}}}\n:::", (0..n).map(|i| format!("a{i}=1 ")).collect::<String>()), 5_000),
    ("a title", |n| format!(":::note[{}]\n:::", "*a ".repeat(n)), 10_000),
    ("brackets", |n| format!(":::note{}", "[".repeat(n)), 50_000),
    ("words of a fence", |n| format!("```py {}\n```", "a=b ".repeat(n)), 5_000),
    (
        "marked lines",
        |n| {
            format!(
                "```py mark={}\n{}```",
                (1..n).map(|i| format!("{},", 2 * i)).collect::<String>() + "1",
                "x\n".repeat(2 * n)
            )
        },
        10_000,
    ),
];

/// Raw HTML.
pub const HTML: &[Case] = &[
    ("unclosed", |n| "<div>\n".repeat(n), 20_000),
    ("unclosed in text", |n| "a <b> ".repeat(n), 10_000),
    ("unclosed pre", |n| "<pre>\n\n".repeat(n), 10_000),
    ("unclosed comments", |n| "a <!-- b\n\n".repeat(n), 10_000),
    ("attributes", |n| format!("<a {}>", "b=1 ".repeat(n)), 100_000),
    ("attributes in text", |n| format!("x <a {}>", "b=1 ".repeat(n)), 50_000),
    (
        "ids of a block",
        |n| format!("<div>\n{}", (0..n).map(|i| format!("<i id=x{i}></i>\n")).collect::<String>()),
        8_000,
    ),
    ("ids before a heading", |n| "<a id=x></a>".repeat(n) + "\n\n## x", 5_000),
    ("ids before a heading and text", |n| "<a id=x></a>".repeat(n) + "text\n\n## x", 5_000),
    ("ids and headings", |n| (0..n).map(|i| format!("## h{i}\n\n<a id=y{i}></a>\n\n")).collect(), 3_000),
];

/// What is looked up: ids, links, footnotes.
pub const LINKS: &[Case] = &[
    ("equal headings", |n| "## h\n\n".repeat(n), 10_000),
    ("links to one missing page", |n| "[a](x.md) ".repeat(n), 8_000),
    ("links to one id", |n| "[a](#t)\n".repeat(n), 8_000),
    ("headings", |n| (0..n).map(|i| format!("## h{i}\n\n")).collect(), 8_000),
    ("headings with ids", |n| (0..n).map(|i| format!("## h {{#x{i}}}\n\n")).collect(), 8_000),
    ("headings whose ids meet", |n| (0..n).map(|i| format!("## h\n\n## h-{i}\n\n")).collect(), 4_000),
    ("links to missing pages", |n| (0..n).map(|i| format!("[a](x{i}.md)\n\n")).collect(), 6_000),
    ("links to missing pages on one line", |n| (0..n).map(|i| format!("[a](x{i}.md) ")).collect(), 6_000),
    ("links to missing ids", |n| (0..n).map(|i| format!("## heading{i}\n\n[a](#headin{i})\n\n")).collect(), 1_500),
    ("definitions", |n| (0..n).map(|i| format!("[a{i}]: b{i}.md\n")).collect(), 3_000),
    ("one definition", |n| (0..n).map(|i| format!("[a]: #b{i}\n")).collect(), 8_000),
    ("footnotes", |n| (0..n).map(|i| format!("a[^{i}]\n\n[^{i}]: b\n\n")).collect(), 3_000),
    ("footnotes that nothing uses", |n| (0..n).map(|i| format!("[^{i}]: b\n\n")).collect(), 5_000),
    ("undefined footnotes", |n| (0..n).map(|i| format!("a[^x{i}]\n\n[^y{i}]: b\n\n")).collect(), 1_500),
    ("uses of a footnote", |n| "a[^1] ".repeat(n) + "\n\n[^1]: b", 8_000),
    ("footnotes in footnotes", |n| (0..n).map(|i| format!("[^{i}]: [^{}]\n\n", i + 1)).collect(), 3_000),
];

/// Lines of megabytes.
pub const LONG: &[Case] = &[
    ("a paragraph", |n| "a ".repeat(n), 2_500_000),
    ("code", |n| format!("```py\n{}\n```", "a ".repeat(n)), 400_000),
    ("indented code", |n| format!("    {}", "a ".repeat(n)), 400_000),
    ("a heading", |n| format!("## {}", "a ".repeat(n)), 200_000),
    ("a target", |n| format!("[a]({}.md)", "a".repeat(n)), 1_000_000),
    ("an id", |n| format!("## {0}b\n\n[a](#{0}c)", "a".repeat(n)), 50_000),
    ("spaces", |n| format!("{0}a{0}", " ".repeat(n)), 400_000),
    ("a character reference", |n| format!("&{};", "a".repeat(n)), 800_000),
    ("a word", |n| "a".repeat(n), 1_500_000),
];

/// What stands between the lines of `---`.
pub const FRONT_MATTER: &[Case] = &[
    ("a value", |n| format!("title: {}", "a".repeat(n)), 1_000_000),
    ("a key", |n| format!("{}: 1", "a".repeat(n)), 1_000_000),
    ("keys", |n| (0..n).map(|i| format!("a{i}: 1\n")).collect(), 3_000),
    ("a list", |n| format!("tags: [{}]", "a,".repeat(n)), 10_000),
    ("a list of lists", |n| format!("tags: [{}]", "[],".repeat(n)), 3_000),
    ("nested lists", |n| format!("tags: {}", "[".repeat(n)), 50_000),
    ("nested tables", |n| format!("tags: {}", "{a: ".repeat(n)), 50_000),
    ("nested blocks", |n| "- ".repeat(n), 50_000),
    ("quotation marks", |n| "a: \"\n".repeat(n), 10_000),
    ("anchors", |n| (0..n).map(|i| format!("a{i}: &a{i} 1\n")).collect(), 2_000),
    ("aliases", |n| format!("a: &a [1,2,3]\nb: [{}]", "*a,".repeat(n)), 10_000),
    (
        "aliases of aliases",
        |n| {
            (1..n).fold("a0: &a0 [x]\n".to_owned(), |text, i| {
                text + &format!("a{i}: &a{i} [{}]\n", format!("*a{},", i - 1).repeat(10))
            })
        },
        12,
    ),
    ("an anchor in itself", |n| format!("a: &a [*a]\nb: &b {{x: *b}}\n<<: *b\n{}", "# \n".repeat(n)), 1),
    (
        "merges",
        |n| format!("a: &a {{x: 1}}\n{}", (0..n).map(|i| format!("b{i}: {{<<: *a}}\n")).collect::<String>()),
        2_000,
    ),
    ("documents", |n| "%YAML 1.2\n".repeat(n), 5_000),
    ("comments", |n| "# a\n".repeat(n), 20_000),
    ("colons", |n| "a: ".repeat(n), 10_000),
    ("a key of many lines", |n| format!("? {}\n: 1", "a\n  ".repeat(n)), 10_000),
    (
        "old addresses",
        |n| format!("redirect_from: [{}]", (0..n).map(|i| format!("a{i}.html,")).collect::<String>()),
        1_000,
    ),
    (
        "prerequisites",
        |n| format!("prerequisites: [{}]", (0..n).map(|i| format!("a{i}.md,")).collect::<String>()),
        2_000,
    ),
];

/// What stands in `book.toml` behind its first table.
pub const CONFIGURATION: &[Case] = &[
    ("nested lists", |n| format!("[x]\na={}{}", "[".repeat(n), "]".repeat(n)), 50_000),
    ("nested tables", |n| format!("[x]\na={}1{}", "{b=".repeat(n), "}".repeat(n)), 50_000),
    ("a dotted key", |n| format!("[x]\n{}a=1", "a.".repeat(n)), 50_000),
    ("a dotted header", |n| format!("[{}a]", "a.".repeat(n)), 50_000),
    ("headers", |n| (0..n).map(|i| format!("[x.a{i}]\n")).collect(), 5_000),
    ("keys", |n| format!("[x]\n{}", (0..n).map(|i| format!("a{i}=1\n")).collect::<String>()), 5_000),
    ("a value", |n| format!("description=\"{}\"", "a".repeat(n)), 1_000_000),
    ("a line", |n| format!("description={}", "a".repeat(n)), 1_000_000),
    ("errors", |n| "= =\n".repeat(n), 5_000),
    ("lists of tables", |n| "[[x]]\n".repeat(n), 5_000),
    ("one key", |n| "a=1\n".repeat(n), 5_000),
    (
        "redirects",
        |n| {
            format!(
                "[output.html.redirect]\n{}",
                (0..n).map(|i| format!("\"/a{i}.html\"=\"b{i}.html\"\n")).collect::<String>()
            )
        },
        1_500,
    ),
    ("lints", |n| format!("[lints]\n{}", (0..n).map(|i| format!("\"a/b{i}\"=\"warn\"\n")).collect::<String>()), 500),
    (
        "style sheets",
        |n| format!("[output.html]\nadditional-css=[{}]", (0..n).map(|i| format!("\"a{i}.css\",")).collect::<String>()),
        1_500,
    ),
];
