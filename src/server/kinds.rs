//! What kind of file a name promises (media types, RFC 6838; WHATWG MIME Sniffing). Source code is shown as text, whatever
//! else its extension may mean.

use crate::highlight;

/// The media type of a file of that name.
#[must_use]
pub fn kind(name: &str) -> &'static str {
    let name = name.rsplit('/').next().unwrap_or(name);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "wasm" => "application/wasm",
        "txt" | "md" => "text/plain; charset=utf-8",
        // `_headers`, `CNAME`, `.nojekyll`.
        "" | "nojekyll" => "text/plain; charset=utf-8",
        _ if highlight::language_of_file(name).is_some() => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn a_name_promises_a_kind() {
        for (name, expected) in [
            ("a/index.html", "text/html; charset=utf-8"),
            ("a.JPG", "image/jpeg"),
            ("app.ts", "text/plain; charset=utf-8"),
            ("Main.java", "text/plain; charset=utf-8"),
            ("v1.0/LICENSE", "text/plain; charset=utf-8"),
            ("_headers", "text/plain; charset=utf-8"),
            ("x.unheard-of", "application/octet-stream"),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }
}
