//! `theme.toml`: which files a theme's style sheet and scripts are joined from, in order.

use std::collections::BTreeSet;

use super::Files;
use crate::base::nearest::nearest;
use crate::base::path::BookPath;
use crate::base::span::Spanned;
use crate::data::{self, Codes, Table};
use crate::diagnostic::{Code, Diagnostic, Place, catalog};
use crate::model::output::Asset;

/// The file's name.
pub const FILE: &str = "theme.toml";

/// The templates that the engine asks for by name.
const TEMPLATES: &[&str] = &[
    "contents.html",
    "listing.html",
    "not-found.html",
    "page.html",
    "practice/answer.html",
    "practice/attack-tree.html",
    "practice/calc.html",
    "practice/checklist.html",
    "practice/decoy.html",
    "practice/drill.html",
    "practice/finding.html",
    "practice/plan.html",
    "practice/probe.html",
    "practice/question.html",
    "practice/questions.html",
    "practice/review.html",
    "practice/segment.html",
    "practice/simulation.html",
    "practice/story.html",
    "practice/threat-model.html",
    "print.html",
    "redirect.html",
    "search.html",
];

/// Whether the engine asks for a template of that name.
pub fn is_asked_for(name: &str) -> bool {
    TEMPLATES.contains(&name)
}

const CODES: Codes = Codes {
    wrong_type: Code::ThemeBadFile,
    bad_value: Code::ThemeBadFile,
    misspelt: Code::ThemeBadFile,
    unknown: Code::ThemeBadFile,
    numbers_are_texts: false,
};

/// What a theme consists of.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Style sheets, joined in order.
    pub styles: Vec<String>,
    /// The script that blocks the first paint.
    pub boot: String,
    /// Scripts, joined in order.
    pub scripts: Vec<String>,
    /// Style sheets of preparation material, joined in order.
    pub practice_styles: Vec<String>,
    /// Scripts of preparation material, joined in order.
    pub practice_scripts: Vec<String>,
    /// Style sheets of search, joined in order.
    pub search_styles: Vec<String>,
    /// Scripts of search, joined in order.
    pub search_scripts: Vec<String>,
    /// Style sheets of voices and recordings, joined in order.
    pub voice_styles: Vec<String>,
    /// Scripts of voices and recordings, joined in order.
    pub voice_scripts: Vec<String>,
    /// The service worker.
    pub worker: Option<String>,
    /// Scripts that pages load for it, joined in order.
    pub offline_scripts: Vec<String>,
    /// Style sheets of the book for reading systems, joined in order.
    pub epub_styles: Vec<String>,
    /// What is shown where a page is shared.
    pub card: Option<String>,
    /// The icons of the installed book.
    pub icons: Vec<String>,
    /// The colour around the installed book.
    pub theme_color: Option<String>,
    /// The colour of its window before a page is there.
    pub background_color: Option<String>,
    /// Other files.
    pub files: Vec<String>,
}

impl Manifest {
    /// The files that `asset` is joined from; the script that blocks the first paint is one.
    pub fn joined(&self, asset: Asset) -> &[String] {
        match asset {
            Asset::Style => &self.styles,
            Asset::Boot => std::slice::from_ref(&self.boot),
            Asset::Script => &self.scripts,
            Asset::PracticeStyle => &self.practice_styles,
            Asset::PracticeScript => &self.practice_scripts,
            Asset::SearchStyle => &self.search_styles,
            Asset::SearchScript => &self.search_scripts,
            Asset::VoiceStyle => &self.voice_styles,
            Asset::VoiceScript => &self.voice_scripts,
            Asset::OfflineScript => &self.offline_scripts,
        }
    }

    /// Every file that it names.
    fn named(&self) -> impl Iterator<Item = &String> {
        let joined = Asset::ALL.into_iter().flat_map(|asset| self.joined(asset));
        joined.chain(&self.epub_styles).chain(&self.icons).chain(&self.files).chain(&self.worker).chain(&self.card)
    }
}

/// Reads the manifest of the theme in `folder`, and reports files that are missing.
pub fn read(folder: &BookPath, files: &Files, reports: &mut Vec<Diagnostic>) -> Manifest {
    let path = folder.join(FILE).expect("a plain name");
    let text = files.get(FILE).map_or(String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned());
    let (tree, errors) = data::parse_toml(&text);
    for error in errors {
        reports.push(catalog::theme_bad_file(Place::at(&path, error.span), error.message));
    }
    let mut found = Vec::new();
    let mut table = Table::new(&path, CODES, FILE, tree, &mut found);
    table.text("name");
    let styles = table.texts("styles");
    let boot = table.text("boot");
    let scripts = table.texts("scripts");
    let practice_styles = table.texts("practice-styles");
    let practice_scripts = table.texts("practice-scripts");
    let search_styles = table.texts("search-styles");
    let search_scripts = table.texts("search-scripts");
    let voice_styles = table.texts("voice-styles");
    let voice_scripts = table.texts("voice-scripts");
    let worker = table.text("worker");
    let offline_scripts = table.texts("offline-scripts");
    let epub_styles = table.texts("epub-styles");
    let card = table.text("card");
    let icons = table.texts("icons");
    let mut colour = |key| table.text(key).map(|colour| colour.value);
    let (theme_color, background_color) = (colour("theme-color"), colour("background-color"));
    let others = table.texts("files");
    table.finish();
    reports.append(&mut found);
    let styles_of_all = [&styles, &practice_styles, &search_styles, &voice_styles, &epub_styles];
    let scripts_of_all = [&scripts, &practice_scripts, &search_scripts, &voice_scripts, &offline_scripts];
    let named = styles_of_all.into_iter().chain(scripts_of_all).chain([&icons, &others]).flatten();
    for named in named.chain(&boot).chain(&worker).chain(&card) {
        if !files.contains_key(&named.value) {
            let near = nearest(&named.value, files.keys().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; nearest is `{near}`"));
            let message = format!("the theme has no file `{}`{hint}", named.value);
            reports.push(catalog::theme_bad_file(Place::at(&path, named.span), message));
        }
    }
    for name in TEMPLATES.iter().filter(|name| !files.contains_key(&format!("templates/{name}"))) {
        reports.push(catalog::theme_bad_file(Place::file(&path), format!("the theme has no template `{name}`")));
    }
    let values = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect();
    Manifest {
        styles: values(styles),
        boot: boot.map_or(String::new(), |boot| boot.value),
        scripts: values(scripts),
        practice_styles: values(practice_styles),
        practice_scripts: values(practice_scripts),
        search_styles: values(search_styles),
        search_scripts: values(search_scripts),
        worker: worker.map(|worker| worker.value),
        voice_styles: values(voice_styles),
        voice_scripts: values(voice_scripts),
        offline_scripts: values(offline_scripts),
        epub_styles: values(epub_styles),
        card: card.map(|card| card.value),
        icons: values(icons),
        theme_color,
        background_color,
        files: values(others),
    }
}

/// Reports those of the book's own theme files that nothing uses. A page may name any template that stands beside
/// `page.html`, components have names of their own, and whatever is neither template, style nor script is taken for notes.
pub fn report_unused(
    folder: &BookPath,
    own: &[String],
    files: &Files,
    manifest: &Manifest,
    reports: &mut Vec<Diagnostic>,
) {
    let used: BTreeSet<&String> = manifest.named().collect();
    let text = |path: &str| files.get(path).map_or(String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned());
    let is_included = |name: &str| {
        let others = files.keys().filter(|path| path.strip_prefix("templates/").is_some_and(|other| other != name));
        let marks = [format!("\"{name}\""), format!("'{name}'")];
        others.into_iter().any(|path| marks.iter().any(|mark| text(path).contains(mark)))
    };
    for path in own.iter().filter(|path| !used.contains(path)) {
        let kind = path.rsplit('.').next().unwrap_or("");
        let is_used = match path.strip_prefix("templates/") {
            Some(name) if is_asked_for(name) || !name.contains('/') => true,
            Some(name) => is_included(name) || text(path).contains("component "),
            None => false,
        };
        if !is_used && matches!(kind, "css" | "js" | "html") {
            reports.push(catalog::theme_unknown_file(Place::file(&folder.join(path).unwrap_or_default())));
        }
    }
}
