//! The languages, as data: names, grammars, tokens, files. Must not know how any
//! of it is looked up or used.

pub(super) struct Row {
    pub name: &'static str,
    pub reading: Reading,
    /// What a fence may say, separated by single spaces, lower case.
    pub tokens: &'static str,
    /// Extensions with their dot, and whole file names.
    pub files: &'static str,
}

/// How a block is read, with the name of the grammar that reads it.
pub(super) enum Reading {
    /// Escaped and nothing more.
    Plain,
    As(&'static str),
    /// A language with text blocks, by a grammar from before it had them.
    TextBlocks(&'static str),
    /// A transcript whose commands are code.
    Session(&'static str, Prompts),
}

/// How a transcript marks its commands.
#[derive(Clone, Copy)]
pub(super) struct Prompts {
    pub first: &'static str,
    pub second: &'static str,
    /// A command continues after a backslash and only then, with or without
    /// the second prompt.
    pub backslash: bool,
}

const SHELL: Prompts = Prompts { first: "$", second: ">", backslash: true };
const PYTHON: Prompts = Prompts { first: ">>>", second: "...", backslash: false };

const fn row(name: &'static str, reading: Reading, tokens: &'static str, files: &'static str) -> Row {
    Row { name, reading, tokens, files }
}

use Reading::{As, Plain, Session, TextBlocks};

/// Grammars that go round on some texts unless the parser stops them, and those to use where it does not: coarser, and
/// they end.
pub(super) const ENDLESS: &[(&str, &str)] = &[("Svelte", "HTML")];

/// A closed list, so that what a token means is written down here and nowhere
/// else. JavaScript is read by the grammar named Babel: the one named JavaScript
/// goes round on some comments (`vendor/README.md`), and knows no JSX.
#[rustfmt::skip]
pub(super) const LANGUAGES: &[Row] = &[
    row("Plain text", Plain, "text txt plain plaintext none log output", ".txt .text .log"),
    row("Mermaid", Plain, "mermaid", ".mmd .mermaid"),
    row("Mathematics", Plain, "math", ""),
    row("Shell session", Session("Bourne Again Shell (bash)", SHELL), "console shell-session shellsession terminal", ""),
    row("Python session", Session("Python", PYTHON), "pycon python-repl python-console doctest", ""),

    row("Ada", As("Ada"), "ada adb ads", ".adb .ads"),
    row("Apache configuration", As("Apache Conf"), "apache apacheconf htaccess", ".htaccess"),
    row("AppleScript", As("AppleScript"), "applescript", ".applescript"),
    row("AsciiDoc", As("AsciiDoc (Asciidoctor)"), "asciidoc adoc", ".adoc"),
    row("Assembly (ARM)", As("ARM Assembly"), "armasm arm", ".s"),
    row("Assembly (x86)", As("x86_64 Assembly"), "asm nasm assembly x86asm", ".asm .nasm"),
    row("AWK", As("AWK"), "awk", ".awk"),
    row("Batch", As("Batch File"), "batch bat cmd dosbatch", ".bat .cmd"),
    row("BibTeX", As("BibTeX"), "bibtex bib", ".bib"),
    row("C", As("C"), "c h", ".c .h"),
    row("C#", TextBlocks("C#"), "csharp cs c# csx", ".cs .csx"),
    row("C++", As("C++"), "cpp c++ cxx cc hpp h++ hxx hh", ".cpp .cc .cxx .c++ .hpp .hh .hxx .h++ .inl"),
    row("Clojure", As("Clojure"), "clojure clj cljs cljc edn", ".clj .cljs .cljc .edn"),
    row("CMake", As("CMake"), "cmake", ".cmake CMakeLists.txt"),
    row("CoffeeScript", As("CoffeeScript"), "coffeescript coffee", ".coffee"),
    row("Crystal", As("Crystal"), "crystal cr", ".cr"),
    row("CSS", As("CSS"), "css", ".css"),
    row("CSV", As("Separated Values"), "csv", ".csv"),
    row("D", As("D"), "d dlang", ".d"),
    row("Dart", As("Dart"), "dart", ".dart"),
    row("Diff", As("Diff"), "diff patch udiff", ".diff .patch"),
    row("Dockerfile", As("Dockerfile (with bash)"), "dockerfile docker containerfile", "Dockerfile Containerfile .dockerfile"),
    row("dotenv", As("DotENV"), "dotenv env", ".env .env.example .env.sample .envrc"),
    row("Elixir", As("Elixir"), "elixir ex exs", ".ex .exs"),
    row("Elm", As("Elm"), "elm", ".elm"),
    row("Erlang", As("Erlang"), "erlang erl", ".erl .hrl"),
    row("F#", As("F#"), "fsharp fs f#", ".fs .fsi .fsx"),
    row("Fish", As("Fish"), "fish", ".fish"),
    row("Fortran", As("Fortran (Modern)"), "fortran f90 f95 f03 f08", ".f90 .f95 .f03 .f08"),
    row("GDScript", As("GDScript (Godot Engine)"), "gdscript gd", ".gd"),
    row("Git attributes", As("Git Attributes"), "gitattributes", ".gitattributes"),
    row("Git configuration", As("Git Config"), "gitconfig", ".gitconfig .gitmodules"),
    row("Git ignore list", As("Git Ignore"), "gitignore dockerignore", ".gitignore .dockerignore .ignore"),
    row("GLSL", As("GLSL"), "glsl", ".glsl .vert .frag"),
    row("Gnuplot", As("gnuplot"), "gnuplot", ".gnuplot .plt"),
    row("Go", As("Go"), "go golang", ".go"),
    row("Go module", As("Gomod"), "gomod go.mod", "go.mod go.work"),
    row("GraphQL", As("GraphQL"), "graphql gql", ".graphql .graphqls .gql"),
    row("Graphviz", As("Graphviz (DOT)"), "dot graphviz gv", ".dot .gv"),
    row("Groovy", As("Groovy"), "groovy gradle jenkinsfile", ".groovy .gradle Jenkinsfile"),
    row("Haskell", As("Haskell"), "haskell hs", ".hs"),
    row("HTML", As("HTML"), "html htm xhtml hbs handlebars", ".html .htm .xhtml"),
    row("HTTP", As("HTTP Request and Response"), "http", ".http"),
    row("Idris", As("Idris"), "idris idr", ".idr"),
    row("INI", As("INI"), "ini cfg conf editorconfig systemd", ".ini .cfg .inf .editorconfig .service"),
    row("Java", TextBlocks("Java"), "java", ".java"),
    row("Java properties", As("Java Properties"), "properties", ".properties"),
    row("JavaScript", As("JavaScript (Babel)"), "javascript js mjs cjs jsx node nodejs es6 ecmascript", ".js .mjs .cjs .jsx"),
    row("Jinja", As("Jinja2"), "jinja jinja2 j2 tera", ".j2 .jinja .jinja2"),
    row("jq", As("JQ"), "jq", ".jq"),
    row("JSON", As("JSON"), "json jsonc json5 jsonl ndjson", ".json .jsonc .json5 .jsonl .ndjson .ipynb"),
    row("Jsonnet", As("jsonnet"), "jsonnet libsonnet", ".jsonnet .libsonnet"),
    row("JSP", As("Java Server Page (JSP)"), "jsp", ".jsp"),
    row("Julia", As("Julia"), "julia jl", ".jl"),
    row("Kotlin", As("Kotlin"), "kotlin kt kts", ".kt .kts"),
    row("LaTeX", As("LaTeX"), "latex tex", ".tex .ltx"),
    row("Lean", As("Lean 4"), "lean lean4", ".lean"),
    row("Less", As("Less"), "less", ".less"),
    row("Lisp", As("Lisp"), "lisp commonlisp elisp scheme scm", ".lisp .lsp .el .scm .ss"),
    row("LLVM", As("LLVM"), "llvm ll", ".ll"),
    row("Lua", As("Lua"), "lua", ".lua"),
    row("Makefile", As("Makefile"), "makefile make mk", ".mk .mak Makefile GNUmakefile"),
    row("Markdown", As("Markdown"), "markdown md mdx", ""),
    row("MATLAB", As("MATLAB"), "matlab octave", ".matlab"),
    row("nginx configuration", As("nginx"), "nginx", "nginx.conf"),
    row("Nim", As("Nim"), "nim", ".nim .nims .nimble"),
    row("Ninja", As("Ninja"), "ninja", ".ninja"),
    row("Nix", As("Nix"), "nix", ".nix"),
    row("Objective-C", As("Objective-C"), "objectivec objective-c objc obj-c", ".m"),
    row("Objective-C++", As("Objective-C++"), "objective-c++ objc++", ".mm"),
    row("OCaml", As("OCaml"), "ocaml ml mli", ".ml .mli"),
    row("Odin", As("Odin"), "odin", ".odin"),
    row("Pascal", As("Pascal"), "pascal delphi pas", ".pas .dpr"),
    row("Perl", As("Perl"), "perl pl", ".pl .pm"),
    row("PHP", As("PHP"), "php", ".php"),
    row("PowerShell", As("PowerShell"), "powershell pwsh ps1 posh", ".ps1 .psm1 .psd1"),
    row("Protocol Buffers", As("Protocol Buffer"), "protobuf proto proto3", ".proto"),
    row("Puppet", As("Puppet"), "puppet", ".pp"),
    row("PureScript", As("PureScript"), "purescript purs", ".purs"),
    row("Python", As("Python"), "python py python3 py3 pyi starlark bzl", ".py .pyi .pyw .pyx .bzl"),
    row("QML", As("QML"), "qml", ".qml"),
    row("R", As("R"), "r rlang", ".r"),
    row("Racket", As("Racket"), "racket rkt", ".rkt"),
    row("Regular expression", As("Regular Expression"), "regex regexp", ""),
    row("Rego", As("Rego"), "rego opa", ".rego"),
    row("Requirements", As("Requirements.txt"), "requirements requirements.txt pip-requirements", "requirements.txt requirements.in"),
    row("reStructuredText", As("reStructuredText"), "restructuredtext rst", ".rst"),
    row("Robot Framework", As("Robot Framework"), "robotframework robot", ".robot"),
    row("Ruby", As("Ruby"), "ruby rb", ".rb .gemspec .rake Gemfile Rakefile Vagrantfile Podfile"),
    row("ERB", As("HTML (Rails)"), "erb rhtml", ".erb .rhtml"),
    row("Rust", As("Rust"), "rust rs", ".rs"),
    row("Sass", As("Sass"), "sass", ".sass"),
    row("Scala", As("Scala"), "scala sbt", ".scala .sbt .sc"),
    row("SCSS", As("SCSS"), "scss", ".scss"),
    row("Shell", As("Bourne Again Shell (bash)"), "bash sh shell zsh ksh shellscript", ".sh .bash .zsh .bashrc .zshrc .profile .bash_profile"),
    row("Solidity", As("Solidity"), "solidity sol", ".sol"),
    row("SQL", As("SQL"), "sql mysql postgres postgresql pgsql plsql tsql sqlite", ".sql .ddl"),
    row("SSH configuration", As("SSH Config"), "ssh-config sshconfig ssh_config", "ssh_config"),
    row("SSH daemon configuration", As("SSHD Config"), "sshd-config sshd_config", "sshd_config"),
    row("Standard ML", As("SML"), "sml", ".sml"),
    row("Stylus", As("Stylus"), "stylus styl", ".styl"),
    row("Svelte", As("Svelte"), "svelte", ".svelte"),
    row("Swift", As("Swift"), "swift", ".swift"),
    row("SystemVerilog", As("SystemVerilog"), "systemverilog sv", ".sv .svh"),
    row("Tcl", As("Tcl"), "tcl", ".tcl"),
    row("Terraform", As("Terraform"), "terraform tf hcl tfvars", ".tf .tfvars .hcl"),
    row("Textile", As("Textile"), "textile", ".textile"),
    row("TOML", As("TOML"), "toml", ".toml Cargo.lock poetry.lock uv.lock Pipfile"),
    row("TSX", As("TypeScriptReact"), "tsx", ".tsx"),
    row("Twig", As("HTML (Twig)"), "twig", ".twig"),
    row("TypeScript", As("TypeScript"), "typescript ts mts cts", ".ts .mts .cts"),
    row("Typst", As("Typst"), "typst typ", ".typ"),
    row("Verilog", As("Verilog"), "verilog v", ".v"),
    row("VHDL", As("VHDL"), "vhdl vhd", ".vhdl .vhd"),
    row("Vim script", As("VimL"), "vim viml vimscript", ".vim .vimrc"),
    row("Vue", As("Vue Component"), "vue", ".vue"),
    row("Vyper", As("Vyper"), "vyper vy", ".vy"),
    row("WGSL", As("WGSL"), "wgsl", ".wgsl"),
    row("XML", As("XML"), "xml xsd xsl xslt svg rss atom plist", ".xml .xsd .xsl .xslt .rss .plist"),
    row("YAML", As("YAML"), "yaml yml", ".yaml .yml"),
    row("Zig", As("Zig"), "zig zon", ".zig .zon"),
];
