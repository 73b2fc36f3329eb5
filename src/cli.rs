//! The command line: its grammar and help, and which command it means.

mod values;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueHint};

use crate::base::error::{Error, Result};
use crate::base::process;
use crate::commands::{self, Output};
use crate::diagnostic::Format;
use crate::pipeline::Options;
use crate::runner::{self, Language};
use crate::server::Settings;

use values::{
    CodeParser, Color, FormatArgument, LanguageArgument, ListArgument, NewArgument, SchemaArgument, TimingsArgument,
};

/// Publishes a folder of Markdown as an interview-preparation handbook.
#[derive(Parser)]
#[command(
    name = "prepbook",
    version,
    long_version = VERSION,
    about = "Publishes a folder of Markdown as an interview-preparation handbook",
    after_help = "Start with `prepbook init my-book`, then `prepbook serve my-book -o`; `prepbook build my-book` publishes it.\n\n\
        Exit status: 0 fine, 1 the book has errors (or warnings under --strict), 2 wrong usage or trouble with files.",
    disable_help_subcommand = true
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    global: Global,
}

/// What `--version` says. A release also names its commit and that commit's day (`.ci/release.py` sets the variable),
/// never the day of the build, so that the same commit gives the same bytes.
const VERSION: &str = match option_env!("PREPBOOK_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

const CHECK_HELP: &str = "\
Examples:
  prepbook check                                  the book in this folder
  prepbook check docs/handbook --strict           warnings fail too
  prepbook check --watch                          again at each change
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

const MV_HELP: &str = "\
Examples:
  prepbook mv 1-modelling/2-tenants.md 3-cloud/1-tenants.md    a page to another chapter
  prepbook mv 2-code 3-code --dry-run                          what renumbering a chapter would change
  prepbook mv img/flow.png 1-modelling/                        a file into a folder

FROM and TO are paths from the source folder, as with `new`, or from this one. Links, images, includes, paths in YAML and in \
book.toml are rewritten wherever they name what moves, and nothing else is. A page whose address changes gets the old one as \
`redirect_from`. What would give the book a mistake is not done.";

const NEW_HELP: &str = "\
Examples:
  prepbook new page 1-threat-modeling/tenants
  prepbook new review 2-secure-code-review/exercises/j6-refunds
  prepbook new threat-model 1-threat-modeling/scenarios/refunds
  prepbook new theme-file templates/partials/footer.html
  prepbook new theme-file strings/pl.toml

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

#[derive(Args)]
struct BookArgument {
    /// The folder of the book
    #[arg(default_value = ".", value_name = "BOOK", value_hint = ValueHint::DirPath)]
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
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        dest_dir: Option<PathBuf>,
        /// Do not publish a book with warnings either
        #[arg(long)]
        strict: bool,
        /// Publish a book with errors all the same (the exit status stays 1)
        #[arg(long)]
        keep_going: bool,
        /// Where the site will be reached, instead of `site-url` in book.toml
        #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
        base_url: Option<String>,
        /// Publish drafts too
        #[arg(long)]
        drafts: bool,
        /// Print how long each stage took, on standard error
        #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "text")]
        timings: Option<TimingsArgument>,
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
        #[arg(short, long, hide = true)]
        dest_dir: Option<PathBuf>,
        /// Check again at each change, until Ctrl-C
        #[arg(short, long)]
        watch: bool,
        /// With --watch, look for changes every now and then: for folders of other machines, which tell of none
        #[arg(long, requires = "watch")]
        poll: bool,
        #[command(flatten)]
        format: FormatOption,
    },
    /// Run the guide's code: its projects' tests, and the samples marked `run`
    #[command(after_help = TEST_HELP)]
    Test {
        /// The folder of the book, by default this one, and files and folders in it, by default all
        #[arg(value_name = "BOOK] [PATH", value_hint = ValueHint::AnyPath)]
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
        #[arg(short = 'n', long, value_name = "HOST", value_hint = ValueHint::Hostname, default_value = "127.0.0.1")]
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
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        dest_dir: Option<PathBuf>,
    },
    /// Make a small working book
    Init {
        /// The folder of the new book
        #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Make a new file of a book
    #[command(after_help = NEW_HELP)]
    New {
        /// What to make
        #[arg(value_enum)]
        what: NewArgument,
        /// The new file, from the source folder (1-threat-modeling/tenants) or the theme's
        #[arg(value_hint = ValueHint::AnyPath)]
        path: String,
        /// The folder of the book
        #[arg(long, default_value = ".", value_name = "BOOK", value_hint = ValueHint::DirPath)]
        book: PathBuf,
    },
    /// Make a book of one that was written for another program
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Move or rename a page, a file or a folder, and rewrite what names it
    #[command(after_help = MV_HELP)]
    Mv {
        /// What to move
        #[arg(value_hint = ValueHint::AnyPath)]
        from: PathBuf,
        /// Where it goes: its new path, or a folder
        #[arg(value_hint = ValueHint::AnyPath)]
        to: PathBuf,
        #[command(flatten)]
        book: BookArgument,
        /// Do not keep the old addresses of pages
        #[arg(long)]
        no_redirect: bool,
        /// Only print what would change
        #[arg(short = 'n', long)]
        dry_run: bool,
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
        #[arg(value_parser = CodeParser, hide_possible_values = true)]
        code: Option<String>,
    },
    /// Print a script that completes prepbook's arguments
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

#[derive(Subcommand)]
enum Import {
    /// Make a book of an mdBook, and print what was changed and what is to be looked at
    #[command(
        after_help = "The mdBook is only read. Most mdBooks can be built as they are, too: `prepbook build MDBOOK`."
    )]
    Mdbook {
        /// The folder of the mdBook
        #[arg(value_hint = ValueHint::DirPath)]
        from: PathBuf,
        /// The folder of the new book, which must be empty or not there
        #[arg(value_hint = ValueHint::DirPath)]
        to: PathBuf,
    },
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
    let Some(command) = cli.command else { return conclude(commands::welcome::run()) };
    let result = match command {
        Command::Build { book, dest_dir, strict, keep_going, base_url, drafts, timings, format } => {
            let options = Options {
                root: book.book,
                output: dest_dir,
                drafts,
                base_url,
                strict,
                keep_going,
                cache: process::cache_folder(),
            };
            commands::build::run(&options, Output { format: format.format.into(), ..output }, timings.map(Into::into))
        }
        Command::Check { dest_dir: Some(folder), .. } => Err(Error::new("`check` writes nothing, so it has no -d")
            .with_help(format!("`prepbook build -d {}` publishes there", folder.display()))),
        Command::Check { book, strict, drafts, watch, poll, format, dest_dir: None } => {
            let options = Options { root: book.book, strict, drafts, ..Options::default() };
            let output = Output { format: format.format.into(), ..output };
            if watch { commands::check::watch(&options, poll, output) } else { commands::check::run(&options, output) }
        }
        Command::Test { named, language, strict, drafts, format } => {
            let options = Options { drafts, ..Options::default() };
            let languages = language.into_iter().map(Language::from).collect();
            let settings = runner::Settings { options, languages, ..runner::Settings::default() };
            commands::test::run(named, settings, strict, Output { format: format.format.into(), ..output })
        }
        Command::Serve { book, port, host, open, poll, drafts } => {
            let options = Options { root: book.book, drafts, ..Options::default() };
            commands::serve::run(Settings { options, host, port, poll }, open, output)
        }
        Command::Clean { book, dest_dir } => commands::clean::run(&book.book, dest_dir, output),
        Command::Init { folder } => commands::init::run(&folder, output),
        Command::New { what, path, book } => match what.kind() {
            Some(kind) => commands::new::run(&book, kind, &path, output),
            None => commands::new::theme_file::run(&book, &path, output),
        },
        Command::Import { what: Import::Mdbook { from, to } } => commands::import::mdbook(&from, &to, output),
        Command::Mv { from, to, book, no_redirect, dry_run } => {
            let how = commands::mv::How { redirect: !no_redirect, dry_run };
            commands::mv::run(&book.book, &from, &to, how, output)
        }
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
    conclude(result)
}

/// The exit status, and why it is what it is.
fn conclude(result: Result<bool>) -> ExitCode {
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
