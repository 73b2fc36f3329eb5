//! What a reader of a code block sees, through `lines` alone.

use super::*;

/// Lines as HTML, with `[k:if]` for `<span class="k">if</span>`.
fn brief(token: &str, text: &str) -> String {
    lines(language(token).unwrap(), text)
        .lines
        .join("\n")
        .replace("<span class=\"", "[")
        .replace("\">", ":")
        .replace("</span>", "]")
}

#[track_caller]
fn check(token: &str, text: &str, expected: &str) {
    assert_eq!(brief(token, text), expected);
}

/// The text that the HTML of a line shows. Panics at anything but one-letter
/// spans that open and close within the line.
fn shown(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    let mut open = false;
    while let Some(index) = rest.find('<') {
        text.push_str(&rest[..index]);
        rest = if open {
            rest[index..].strip_prefix("</span>").expect("a span closes before the next opens")
        } else {
            let tag = rest[index..].strip_prefix("<span class=\"").expect("only spans");
            assert!(b"kosenbcftvagphmuidx".contains(&tag.as_bytes()[0]), "{html}");
            tag[1..].strip_prefix("\">").expect("one letter")
        };
        open = !open;
    }
    assert!(!open, "{html}");
    text.push_str(rest);
    assert!(!text.contains(['>', '"']), "{html}");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn python_has_keywords_operators_numbers_constants_functions_types_parameters() {
    check(
        "python",
        "class A(B):\n    def f(self, n: int = 3):\n        return n + 0x1f if n else None",
        "[k:class] [t:A]([t:B]):\n    \
         [k:def] [f:f]([v:self], [v:n]: [t:int] [o:=] [n:3]):\n        \
         [k:return] n [o:+] [n:0x1f] [k:if] n [k:else] [b:None]",
    );
}

#[test]
fn strings_have_escapes_and_the_code_inside_them_is_code() {
    check(
        "python",
        r#"f"a{len(x)}\n" + r"\d+""#,
        "[s:f&quot;a]{[f:len](x)}[e:\\n][s:&quot;] [o:+] [s:r&quot;][e:\\d+][s:&quot;]",
    );
    check("js", "`t ${q + 1}`", "[s:`t] ${q [o:+] [n:1]}[s:`]");
    check("js", "x = /ab+c/g", "x [o:=] [e:/ab+c/g]");
    check("bash", "echo \"$(ls -l)\"", "[f:echo] [s:&quot;][v:$]([f:ls] [v:-l])[s:&quot;]");
}

#[test]
fn annotations_and_decorators() {
    check("java", "@Override\npublic int f() {}", "[a:@Override]\n[k:public int] [f:f]() {}");
    check("python", "@cache\ndef f(): ...", "[a:@cache]\n[k:def] [f:f](): [b:...]");
    check("rust", "#[derive(Debug)]\nstruct S;", "[a:#[derive(Debug)]]\n[k:struct] [t:S];");
}

#[test]
fn tags_attributes_and_entities() {
    check("html", "<a href=\"x\">&lt;</a>", "&lt;[g:a] [a:href]=[s:&quot;x&quot;]&gt;[e:&amp;lt;]&lt;/[g:a]&gt;");
}

#[test]
fn keys_of_data_are_properties_in_quotes_or_not() {
    check("json", r#"{"a": [1, true]}"#, "{[p:&quot;a&quot;]: [[n:1], [b:true]]}");
    check("yaml", "a:\n  - b: c", "[p:a]:\n  - [p:b]: [s:c]");
    check("toml", "[t]\nk = \"v\"", "[[h:t]]\n[p:k] = [s:&quot;v&quot;]");
    check("css", "a { color: red }", "[g:a] { [p:color]: [b:red] }");
    check("terraform", "x { y = 1 }", "[t:x] { [p:y] [o:=] [n:1] }");
}

#[test]
fn headings_emphasis_and_links_of_markup() {
    check("md", "# H\n\n**b** [l](u)", "[h:# H]\n\n[m:**b**] [l]([u:u])");
}

#[test]
fn differences() {
    check("diff", "@@ -1 +1 @@\n-a b\n+c\n d", "[h:@@ -1 +1 @@]\n[d:-a b]\n[i:+c]\n d");
}

#[test]
fn invalid_code() {
    check("json", "{\"a\": x}", "{[p:&quot;a&quot;]: [x:x]}");
}

#[test]
fn comments_and_strings_over_lines_are_closed_and_opened_again() {
    check("java", "/* a\n\n  int b */ int c;", "[c:/* a]\n\n  [c:int b */] [k:int] c;");
    check("js", "x = `a\n  b`;", "x [o:=] [s:`a]\n  [s:b`];");
}

#[test]
fn text_blocks_are_strings_and_what_follows_is_code() {
    check(
        "java",
        "f(\"\"\"\n  int <a>\n  \\\"\"\" if\"\"\");\nint b; // \"\"\"\nint c;",
        "[f:f]([s:&quot;&quot;&quot;]\n  [s:int &lt;a&gt;]\n  [s:\\&quot;&quot;&quot; if&quot;&quot;&quot;]);\n\
         [k:int] b; [c:// &quot;&quot;&quot;]\n[k:int] c;",
    );
    check(
        "csharp",
        "var s = $\"\"\"\n  int\n  \"\"\"; int i = \"\"\"a\"\"\"\nint j;",
        "[k:var] s [o:=] [s:$&quot;&quot;&quot;]\n  [s:int]\n  [s:&quot;&quot;&quot;]; [k:int] i [o:=] \
         [s:&quot;&quot;&quot;a&quot;&quot;&quot;]\n[k:int] j;",
    );
}

#[test]
fn transcripts_show_commands_as_code_and_output_bare() {
    check(
        "console",
        "$ echo \"a\" \\\n> b\nif a\n> c\n$\n# d",
        "$ [f:echo] [s:&quot;a&quot;] \\\n&gt; b\nif a\n&gt; c\n$\n# d",
    );
    check(
        "pycon",
        ">>> def f():\n...     \"\"\"a\n... b\"\"\"\n...\n>>> f()\n'if'\n... x",
        "&gt;&gt;&gt; [k:def] [f:f]():\n...     [c:&quot;&quot;&quot;a]\n... [c:b&quot;&quot;&quot;]\n...\n\
         &gt;&gt;&gt; [f:f]()\n'if'\n... x",
    );
}

#[test]
fn plain_languages_are_only_escaped() {
    for token in ["text", "txt", "plain", "plaintext", "none", "mermaid", "math"] {
        check(token, "if <a> & \"b\"", "if &lt;a&gt; &amp; &quot;b&quot;");
    }
}

#[test]
fn line_ends_are_not_text() {
    let python = language("python").unwrap();
    let of = |text| lines(python, text).lines;
    assert_eq!(of(""), [""; 0]);
    assert_eq!(of("\n"), [""]);
    assert_eq!(of("a"), ["a"]);
    assert_eq!(of("a\n"), ["a"]);
    assert_eq!(of("a\n\n"), ["a", ""]);
    assert_eq!(of("a\r\n# b\r\n"), of("a\n# b"));
    assert_eq!(of("a\n# b")[1], "<span class=\"c\"># b</span>");
}

#[test]
fn blocks_and_lines_beyond_the_bounds_are_only_escaped_and_say_so() {
    let python = language("python").unwrap();
    let long = format!("if x:\n    y = \"{}\"\n", "é".repeat(MAX_LINE_CHARACTERS));
    let found = lines(python, &long);
    assert_eq!(found.limit, Some(Limit::Line { line: 2, characters: MAX_LINE_CHARACTERS + 10 }));
    assert_eq!(found.lines[0], "if x:");
    assert!(found.lines[1].starts_with("    y = &quot;é"));

    let fits = format!("#{}", "é".repeat(MAX_LINE_CHARACTERS - 1));
    assert_eq!(lines(python, &fits).limit, None);

    let big = "x = 1\n".repeat(MAX_BYTES / 6 + 1);
    let found = lines(python, &big);
    assert_eq!(found.limit, Some(Limit::Block { bytes: big.len() }));
    assert_eq!(found.lines[0], "x = 1");
    assert_eq!(lines(language("text").unwrap(), &big).limit, None);
}

/// Numbers that look random and are the same everywhere (Lehmer, MINSTD).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0 * 48_271 % 0x7fff_ffff;
        usize::try_from(self.0).unwrap() % bound
    }
}

const PIECES: &[&str] = &[
    "a", "Ab", "_1", "0x1f", "1.5e3", "if", "class", "def ", "fn ", "let ", "return", "new ", " ", " ", "\n", "\n",
    "\r\n", "\n    ", "\t", "(", ")", "[", "]", "{", "}", "<", ">", "</", "/>", "\"", "'", "`", "\"\"\"", "'''", "${",
    "#{", "{{", "}}", "{%", "\\", "\\n", "\\u00e9", "/*", "*/", "//", "#", "--", "<!--", "-->", "/", "=", "=>", "->",
    ":", "::", ";", ",", ".", "...", "&", "&amp;", "|", "@", "!", "?", "*", "+", "-", "$", "%s", "~", "^", "é", "日本",
    "🦀", "\u{a0}", "\u{2028}", "EOF", "<<EOF", "---", "===", "SELECT ", "<script>", "<?php ", "0", "$ ", ">>> ",
];

#[test]
fn the_lines_show_the_text_whatever_it_is() {
    let mut numbers = Numbers(20_26);
    let languages: Vec<Language> = names().filter_map(language).collect();
    for _ in 0..1_500 {
        let language = languages[numbers.below(languages.len())];
        let length = numbers.below(60);
        let text: String = (0..length).map(|_| PIECES[numbers.below(PIECES.len())]).collect();
        let found = lines(language, &text);
        assert_eq!(found.limit, None);
        let shown: Vec<String> = found.lines.iter().map(|line| shown(line)).collect();
        let expected: Vec<&str> = text.lines().collect();
        assert_eq!(shown, expected, "{} {text:?}", language.name());
    }
}

#[test]
fn threads_and_order_do_not_matter() {
    let mut numbers = Numbers(7);
    let languages: Vec<Language> = names().filter_map(language).collect();
    let blocks: Vec<(Language, String)> = (0..200)
        .map(|_| {
            let language = languages[numbers.below(languages.len())];
            (language, (0..40).map(|_| PIECES[numbers.below(PIECES.len())]).collect())
        })
        .collect();
    let all = |reverse: bool| {
        let mut found: Vec<(usize, Highlighted)> =
            blocks.iter().map(|(language, text)| lines(*language, text)).enumerate().collect();
        if reverse {
            found = blocks
                .iter()
                .enumerate()
                .rev()
                .map(|(index, (language, text))| (index, lines(*language, text)))
                .collect();
            found.reverse();
        }
        found
    };
    // Both threads start cold grammars at once, from opposite ends.
    let (forwards, backwards) = std::thread::scope(|scope| {
        let forwards = scope.spawn(|| all(false));
        let backwards = scope.spawn(|| all(true));
        (forwards.join().unwrap(), backwards.join().unwrap())
    });
    assert_eq!(forwards, backwards);
    assert_eq!(forwards, all(false));
}

/// Text on which a grammar goes round without consuming anything. By the
/// grammar's own name, since our tokens avoid one of them.
const LOOPS: &[(&str, &str)] = &[
    ("JavaScript", "a = 1\n  /* x */\n"),
    ("JavaScript", "x /*"),
    ("JavaScript", "1 /*"),
    ("JavaScript", "\"\"\t/*"),
    ("JavaScript", "{\n  \"a\": \"b\" // c\n\n  /*\n     d\n  */\n}\n"),
    ("Svelte", "{x /*"),
    ("Svelte", "{/ / /*"),
    ("Svelte", "{~//\n{} /*"),
];

/// What `work` returns, if it does within twenty seconds. A thread that goes
/// round cannot be ended, but it can be left behind.
fn returned<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(std::time::Duration::from_secs(20)).ok()
}

#[test]
fn grammars_that_go_round_come_to_an_end() {
    for &(name, text) in LOOPS {
        let parsed = returned(move || {
            let mut state = ParseState::new(GRAMMARS.find_syntax_by_name(name).unwrap());
            let lines = text.lines().map(|line| format!("{line}\n"));
            lines.filter(|line| state.parse_line(line, &GRAMMARS).is_ok()).count()
        });
        assert_eq!(parsed, Some(text.lines().count()), "{name} {text:?}");
    }
}

#[test]
fn text_on_which_grammars_go_round_is_shown_whole() {
    for &(_, text) in LOOPS {
        for token in ["js", "ts", "tsx", "html", "vue", "svelte", "md", "php", "erb"] {
            let found = returned(move || lines(language(token).unwrap(), text).lines);
            let found = found.unwrap_or_else(|| panic!("{token} does not return on {text:?}"));
            let shown: Vec<String> = found.iter().map(|line| shown(line)).collect();
            assert_eq!(shown, text.lines().collect::<Vec<_>>(), "{token}");
        }
    }
}

/// Each line makes a regular expression try all ways to cut the spaces up. With
/// the default bound on that, one line takes a tenth of a second and more.
#[test]
fn a_hopeless_search_is_given_up_soon() {
    let text = "x = {                                # comment\n".repeat(500);
    let found = returned(move || lines(language("python").unwrap(), &text).lines);
    assert_eq!(found.expect("the search is given up").len(), 500);
}
