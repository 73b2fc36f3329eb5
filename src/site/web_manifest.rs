//! `manifest.webmanifest`: by what name, icon and colours a browser installs the book (W3C, Web Application Manifest).

use serde::Serialize;

use crate::config::Config;
use crate::model::output::{Outside, Picture};
use crate::model::url::encoded;

/// The file's name.
pub const WEB_MANIFEST: &str = "manifest.webmanifest";

/// How many characters stand below an icon.
const SHORT: usize = 24;

#[derive(Serialize)]
struct WebManifest<'a> {
    name: &'a str,
    short_name: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    lang: &'a str,
    start_url: &'static str,
    scope: &'static str,
    display: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme_color: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    background_color: Option<&'a str>,
    icons: Vec<Icon>,
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: String,
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
}

/// The text of the file. Addresses are relative to it, so it holds wherever the site is.
#[must_use]
pub fn web_manifest(config: &Config, icons: &[Picture], outside: &Outside) -> String {
    // Systems cut the largest to their own shape; the theme's has nothing near its edges.
    let largest = icons.iter().rposition(|icon| icon.url.ends_with(".png"));
    let shaped = largest.filter(|_| icons.iter().all(|icon| icon.url.starts_with("assets/"))).map(|at| &icons[at]);
    let any = icons.iter().map(|icon| (icon, "any"));
    let manifest = WebManifest {
        name: &config.title,
        short_name: short(&config.title),
        description: &config.description,
        lang: &config.language.value,
        start_url: "./",
        scope: "./",
        display: "standalone",
        theme_color: outside.theme_color.as_deref(),
        background_color: outside.background_color.as_deref(),
        icons: any.chain(shaped.map(|icon| (icon, "maskable"))).map(|(icon, purpose)| icon_of(icon, purpose)).collect(),
    };
    serde_json::to_string(&manifest).expect("strings and lists are JSON") + "\n"
}

fn icon_of(icon: &Picture, purpose: &'static str) -> Icon {
    let kind = match icon.url.rsplit('.').next() {
        Some("svg") => "image/svg+xml",
        Some("webp") => "image/webp",
        _ => "image/png",
    };
    let sizes = match icon.size.filter(|_| kind != "image/svg+xml") {
        Some((width, height)) => format!("{width}x{height}"),
        None => "any".to_owned(),
    };
    Icon { src: encoded(&icon.url), sizes, kind, purpose }
}

/// As many whole words of a title as there is room for; the first in any case.
fn short(title: &str) -> String {
    let mut short = String::new();
    for word in title.split_whitespace() {
        if !short.is_empty() && short.chars().count() + 1 + word.chars().count() > SHORT {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn short_names_are_whole_words() {
        assert_eq!(short("Fixture Handbook"), "Fixture Handbook");
        assert_eq!(short("The Application Security Handbook"), "The Application Security");
        assert_eq!(short("Donaudampfschifffahrtsgesellschaft"), "Donaudampfschifffahrtsgesellschaft");
    }
}
