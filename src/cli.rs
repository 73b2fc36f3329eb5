//! The command line: its grammar and help, and which command it means.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::base::error::Error;
use crate::commands::{self, Output};
use crate::diagnostic::Format;
use crate::pipeline::Options;
use crate::runner::{self, Language};
use crate::server::Settings;

/// Publishes a folder of Markdown as an interview-preparation handbook.
#[derive(Parser)]
#[command(
    name = "prepbook",
    version,
    about = "Publishes a folder of Markdown as an interview-preparation handbook",
    after_help = "Start with `prepbook init my-book`, then `prepbook serve my-book -o`; `prepbook build my-book` publishes it.\n\n\
        Exit status: 0 fine, 1 the book has errors (or warnings under --strict), 2 wrong usage or trouble with files.",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

const CHECK_HELP: &str = "\
Examples:
  prepbook check                                  the book in this folder
  prepbook check docs/handbook --strict           warnings fail too
  prepbook check --format short                   one line each, however many there are
  prepbook check --format json | jq .message      with other tools
  prepbook check --format github                  in a workflow of GitHub Actions
  prepbook check --format sarif > prepbook.sarif  for code scanning

With json, sarif and github, mistakes go to standard output and everything else to standard error. \
Paths start in the folder that prepbook is called from, so call it in the repository's own.";

const TEST_HELP: &str = "\
Examples:
  prepbook test                              all of the book in this folder
  prepbook test -l python                    what is written in Python
  prepbook test guide/3-automation           what lies in that folder
  prepbook test docs/handbook --strict       another book; what is skipped fails

pytest runs test_*.py and *_test.py, `java -ea` runs *Test.java, `node --test` runs *.test.mjs and *.test.js. This is the \
book's code, and it runs with your rights: test only books that you trust.";

const SERVE_HELP: &str = "\
Examples:
  prepbook serve -o                 the book in this folder, in a browser
  prepbook serve docs -p 8080       another book, another port
  prepbook serve -n 0.0.0.0         for a phone in the same network, which everybody in it can use
  prepbook serve --poll             on a folder that another machine has

Nothing is written to the output folder. A mistake shows in the page, which stays as it was until it is mended.";

const NEW_HELP: &str = "\
Examples:
  prepbook new page 1-threat-modeling/tenants
  prepbook new review 2-secure-code-review/exercises/j6-refunds
  prepbook new threat-model 1-threat-modeling/scenarios/refunds

What is made is valid as it is: write over it, with `prepbook serve` open.";

#[derive(Args)]
struct Global {
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", global = true)]
    color: Color,
    /// Print mistakes only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Also print what was written
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Args)]
struct FormatOption {
    /// How mistakes are shown
    #[arg(long, value_enum, default_value = "human")]
    format: FormatArgument,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatArgument {
    /// The source line, with carets
    Human,
    /// One line each
    Short,
    /// An object a line, to standard output
    Json,
    /// A SARIF 2.1.0 log, to standard output
    Sarif,
    /// Annotations for GitHub Actions, to standard output
    Github,
}

impl From<FormatOption> for Format {
    fn from(option: FormatOption) -> Self {
        match option.format {
            FormatArgument::Human => Self::Human,
            FormatArgument::Short => Self::Short,
            FormatArgument::Json => Self::Json,
            FormatArgument::Sarif => Self::Sarif,
            FormatArgument::Github => Self::Github,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum LanguageArgument {
    #[value(alias = "py")]
    Python,
    Java,
    #[value(name = "javascript", alias = "js")]
    JavaScript,
}

impl From<LanguageArgument> for Language {
    fn from(argument: LanguageArgument) -> Self {
        match argument {
            LanguageArgument::Python => Self::Python,
            LanguageArgument::Java => Self::Java,
            LanguageArgument::JavaScript => Self::JavaScript,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Args)]
struct BookArgument {
    /// The folder of the book
    #[arg(default_value = ".", value_name = "BOOK")]
    book: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Publish the book
    #[command(
        after_help = "A book with errors leaves the last good site in place. Only changed files are written, and only files \
        that prepbook once wrote are removed."
    )]
    Build {
        #[command(flatten)]
        book: BookArgument,
        /// Where the site goes, instead of `build-dir` in book.toml
        #[arg(short, long, value_name = "DIR")]
        dest_dir: Option<PathBuf>,
        /// Do not publish a book with warnings either
        #[arg(long)]
        strict: bool,
        /// Publish a book with errors all the same (the exit status stays 1)
        #[arg(long)]
        keep_going: bool,
        /// Where the site will be reached, instead of `site-url` in book.toml
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Publish drafts too
        #[arg(long)]
        drafts: bool,
        /// Print how long each stage took
        #[arg(long)]
        timings: bool,
        #[command(flatten)]
        format: FormatOption,
    },
    /// Find everything that is wrong with the book, without writing anything
    #[command(after_help = CHECK_HELP)]
    Check {
        #[command(flatten)]
        book: BookArgument,
        /// Warnings count as errors
        #[arg(long)]
        strict: bool,
        /// Look at drafts too
        #[arg(long)]
        drafts: bool,
        #[command(flatten)]
        format: FormatOption,
    },
    /// Run the guide's code: its projects' tests, and the samples marked `run`
    #[command(after_help = TEST_HELP)]
    Test {
        /// The folder of the book, by default this one, and files and folders in it, by default all
        #[arg(value_name = "BOOK] [PATH")]
        named: Vec<PathBuf>,
        /// Only this language; may be given several times
        #[arg(short, long, value_enum, value_name = "LANGUAGE")]
        language: Vec<LanguageArgument>,
        /// Warnings count as errors: what was skipped fails
        #[arg(long)]
        strict: bool,
        /// Run the samples of drafts too
        #[arg(long)]
        drafts: bool,
        #[command(flatten)]
        format: FormatOption,
    },
    /// Serve the book while it is edited: every save shows in the browser at once
    #[command(after_help = SERVE_HELP)]
    Serve {
        #[command(flatten)]
        book: BookArgument,
        /// The port; if it is taken, the next that is free (0: any)
        #[arg(short, long, default_value_t = 3000)]
        port: u16,
        /// The name or address to listen on; other machines can read the book unless it is this machine's own
        #[arg(short = 'n', long, value_name = "HOST", default_value = "127.0.0.1")]
        host: String,
        /// Open the book in a browser
        #[arg(short, long)]
        open: bool,
        /// Look for changes every now and then: for folders of other machines, which tell of none
        #[arg(long)]
        poll: bool,
        /// Show drafts too
        #[arg(long)]
        drafts: bool,
    },
    /// Remove everything that `build` wrote
    Clean {
        #[command(flatten)]
        book: BookArgument,
        /// The folder of the site, instead of `build-dir` in book.toml
        #[arg(short, long, value_name = "DIR")]
        dest_dir: Option<PathBuf>,
    },
    /// Make a small working book
    Init {
        /// The folder of the new book
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Make a new file of a book
    #[command(after_help = NEW_HELP)]
    New {
        /// What to make
        #[arg(value_enum)]
        what: NewArgument,
        /// The new file, from the source folder: 1-threat-modeling/tenants
        path: String,
        /// The folder of the book
        #[arg(long, default_value = ".", value_name = "BOOK")]
        book: PathBuf,
    },
    /// List what is in the book
    List {
        /// What to list
        #[arg(value_enum)]
        what: ListArgument,
        #[command(flatten)]
        book: BookArgument,
        /// Only links that leave the site (with `links`)
        #[arg(long)]
        external: bool,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Print the JSON Schema of a kind of YAML, for editors
    #[command(
        after_help = "A file made by `prepbook new` names its schema already. For another, print it into a file and write \
        `# yaml-language-server: $schema=FILE` on its first line."
    )]
    Schema {
        /// What it is the schema of
        #[arg(value_enum)]
        kind: SchemaArgument,
    },
    /// Explain a kind of mistake, with an example
    #[command(after_help = "Without a code, all of them are listed; with an area such as `link`, those of the area.")]
    Explain {
        /// What stands in brackets in a message: link/missing-page
        code: Option<String>,
    },
    /// Print a script that completes prepbook's arguments
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum NewArgument {
    /// A page, with front matter and a title
    Page,
    /// A page with an exercise against the clock
    Drill,
    /// A page with a STAR story
    Story,
    /// A page with a code review
    Review,
    /// A YAML file of questions
    Question,
    /// A threat model in YAML, and a page that shows it
    ThreatModel,
    /// A plan in YAML, and a page that shows it
    Plan,
}

impl From<NewArgument> for commands::new::Kind {
    fn from(argument: NewArgument) -> Self {
        match argument {
            NewArgument::Page => Self::Page,
            NewArgument::Drill => Self::Drill,
            NewArgument::Story => Self::Story,
            NewArgument::Review => Self::Review,
            NewArgument::Question => Self::Question,
            NewArgument::ThreatModel => Self::ThreatModel,
            NewArgument::Plan => Self::Plan,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemaArgument {
    /// The front matter of a page
    FrontMatter,
    /// *.threat-model.yaml
    ThreatModel,
    /// *.questions.yaml, and YAML in a folder questions
    Questions,
    /// plan.yaml and *.plan.yaml
    Plan,
    /// glossary.yaml
    Glossary,
    /// references.yaml
    References,
    /// synonyms.yaml
    Synonyms,
}

impl From<SchemaArgument> for commands::schema::Kind {
    fn from(argument: SchemaArgument) -> Self {
        match argument {
            SchemaArgument::FrontMatter => Self::FrontMatter,
            SchemaArgument::ThreatModel => Self::ThreatModel,
            SchemaArgument::Questions => Self::Questions,
            SchemaArgument::Plan => Self::Plan,
            SchemaArgument::Glossary => Self::Glossary,
            SchemaArgument::References => Self::References,
            SchemaArgument::Synonyms => Self::Synonyms,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum ListArgument {
    /// Every page: address, title, file
    Pages,
    /// Every link: file, line, target
    Links,
    /// Everything to practise: kind, id, title, minutes, level, topic, address
    Practice,
}

/// Runs the command of the process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match cli.global.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    let Global { quiet, verbose, .. } = cli.global;
    let output = Output { format: Format::Human, quiet, verbose };
    let result = match cli.command {
        Command::Build { book, dest_dir, strict, keep_going, base_url, drafts, timings, format } => {
            let options = Options { root: book.book, output: dest_dir, drafts, base_url, strict, keep_going };
            commands::build::run(&options, Output { format: format.into(), ..output }, timings)
        }
        Command::Check { book, strict, drafts, format } => {
            let options = Options { root: book.book, strict, drafts, ..Options::default() };
            commands::check::run(&options, Output { format: format.into(), ..output })
        }
        Command::Test { named, language, strict, drafts, format } => {
            let options = Options { drafts, ..Options::default() };
            let languages = language.into_iter().map(Language::from).collect();
            let settings = runner::Settings { options, languages, ..runner::Settings::default() };
            commands::test::run(named, settings, strict, Output { format: format.into(), ..output })
        }
        Command::Serve { book, port, host, open, poll, drafts } => {
            let options = Options { root: book.book, drafts, ..Options::default() };
            commands::serve::run(Settings { options, host, port, poll }, open, output)
        }
        Command::Clean { book, dest_dir } => commands::clean::run(&book.book, dest_dir, output),
        Command::Init { folder } => commands::init::run(&folder, output),
        Command::New { what, path, book } => commands::new::run(&book, what.into(), &path, output),
        Command::Schema { kind } => commands::schema::run(kind.into()),
        Command::List { what, book, external, json } => match what {
            ListArgument::Pages | ListArgument::Practice if external => {
                Err(Error::new("--external goes with `list links`"))
            }
            ListArgument::Practice => commands::list::practice(&book.book, json),
            ListArgument::Pages => commands::list::pages(&book.book, json),
            ListArgument::Links => commands::list::links(&book.book, external, json),
        },
        Command::Explain { code } => commands::explain::run(code.as_deref()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "prepbook", &mut script);
            commands::print(&String::from_utf8_lossy(&script)).map(|()| true)
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // Nobody is left to be told that standard error is closed.
            let _ = writeln!(anstream::stderr(), "\u{1b}[1;31merror\u{1b}[0m: {error}");
            ExitCode::from(2)
        }
    }
}
