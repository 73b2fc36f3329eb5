//! A text to what in it looks like a real key, token or password. One pass over its bytes, each secret by
//! the formats that their issuers fix; what is made up for an example is let be. Knows no Markdown.
//!
//! Formats: github.com/gitleaks/gitleaks, cmd/generate/config/rules (aws.go, gcp.go, github.go, npm.go,
//! privatekey.go, slack.go, stripe.go); AWS IAM User Guide, "IAM identifiers", for the prefixes of key ids;
//! RFC 7468 for private keys, RFC 7519 for tokens, RFC 3986 (3.2.1) for passwords in addresses.

use crate::base::span::Span;

/// Something that looks like a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret {
    /// What it is, without a character of it but its public prefix.
    pub what: &'static str,
    /// Where it is.
    pub span: Span,
    /// Where the part is that must not be shown.
    hidden: Span,
}

/// The secrets of `text`, in order.
#[must_use]
pub fn find(text: &str) -> Vec<Secret> {
    let bytes = text.as_bytes();
    let mut found: Vec<Secret> = Vec::new();
    let mut from = 0;
    for at in starts(bytes) {
        if at < from {
            continue;
        }
        let free = found.last().map_or(0, |secret| secret.span.end as usize);
        if let Some((what, range, shown)) = secret(bytes, at).filter(|(_, range, _)| range.start >= free) {
            from = range.end;
            let hidden = Span::new((range.start + shown).min(range.end)..range.end);
            found.push(Secret { what, span: Span::new(range), hidden });
        }
    }
    found
}

/// `text` with a star for each character of a secret in it. All are ASCII, so that places stay true.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for secret in find(text) {
        let hidden = secret.hidden.range();
        masked.push_str(&text[end..hidden.start]);
        for c in text[hidden.clone()].chars() {
            masked.push(if c == '\n' || c == '\r' { c } else { '*' });
        }
        end = hidden.end;
    }
    masked.push_str(&text[end..]);
    masked
}

/// Where to look closer, in order: at a byte of each format's fixed part that is rare in texts.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let capitals = memchr::memchr3_iter(b'A', b'B', b'J', bytes);
    let mut starts: Vec<usize> = capitals.chain(memchr::memchr3_iter(b':', b'_', b'x', bytes)).collect();
    starts.sort_unstable();
    starts
}

/// What it is, where, and how many of its bytes may be shown.
type Found = (&'static str, std::ops::Range<usize>, usize);

/// The secret of whose fixed part the byte at `at` is one.
fn secret(bytes: &[u8], at: usize) -> Option<Found> {
    match bytes[at] {
        b'A' => aws_key_id(bytes, at).or_else(|| google(bytes, at)).or_else(|| aws_secret_key(bytes, at)),
        b'_' => token(bytes, at).or_else(|| aws_secret_key(bytes, at)),
        b'x' => slack(bytes, at),
        b'J' => json_web_token(bytes, at),
        b':' => password(bytes, at),
        b'B' => private_key(bytes, at),
        _ => None,
    }
}

/// `AKIA` for long-term and `ASIA` for temporary keys, and 16 characters of base 32.
fn aws_key_id(bytes: &[u8], at: usize) -> Option<Found> {
    let rest = &bytes[at..];
    let is_temporary = rest.starts_with(b"ASIA");
    if !(is_temporary || rest.starts_with(b"AKIA")) || follows(bytes, at, is_word_byte) {
        return None;
    }
    let rest = &rest[4..rest.len().min(21)];
    let end = at + 4 + run(rest, |byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(&byte));
    let body = &bytes[at + 4..end];
    // "ASIANDEVELOPMENTBANK" is of this form, too.
    let is_word = is_temporary && !body.iter().any(u8::is_ascii_digit);
    let stands = body.len() == 16 && !goes_on(bytes, end, is_word_byte);
    (stands && !is_word && !is_made_up(body)).then_some(("AWS access key id (AKIA…, ASIA…)", at..end, 4))
}

/// 40 characters of base 64, assigned to a name such as `aws_secret_access_key` or `SecretAccessKey`.
fn aws_secret_key(bytes: &[u8], at: usize) -> Option<Found> {
    let names: [(&[u8], &[u8]); 3] =
        [(b"aws", b"_secret_access_key"), (b"aws", b"_secret_key"), (b"secret", b"AccessKey")];
    let name = names.into_iter().find(|(before, behind)| {
        let starts = bytes[at..].get(..behind.len()).is_some_and(|name| name.eq_ignore_ascii_case(behind));
        starts && at >= before.len() && bytes[at - before.len()..at].eq_ignore_ascii_case(before)
    })?;
    let behind = at + name.1.len();
    let start = behind + run(&bytes[behind..(behind + 12).min(bytes.len())], |byte| b" \t\"'`:=>,[(".contains(&byte));
    let is_body = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'/' || byte == b'+';
    let end = start + run(&bytes[start..(start + 41).min(bytes.len())], is_body);
    let body = &bytes[start..end];
    let is_mixed = body.iter().any(u8::is_ascii_uppercase) && body.iter().any(u8::is_ascii_lowercase);
    (start > behind && body.len() == 40 && is_mixed && !is_made_up(body)).then_some((
        "AWS secret access key",
        start..end,
        0,
    ))
}

/// GitHub's, npm's and Stripe's, whose prefix ends with an underscore. Stripe's test keys open nothing.
fn token(bytes: &[u8], at: usize) -> Option<Found> {
    let prefixes: [(&[u8], &'static str, usize); 9] = [
        (b"ghp_", "GitHub personal access token (ghp_…)", 36),
        (b"gho_", "GitHub OAuth token (gho_…)", 36),
        (b"ghu_", "GitHub app token (ghu_…)", 36),
        (b"ghs_", "GitHub app token (ghs_…)", 36),
        (b"ghr_", "GitHub refresh token (ghr_…)", 36),
        (b"github_pat_", "GitHub personal access token (github_pat_…)", 82),
        (b"npm_", "npm access token (npm_…)", 36),
        (b"sk_live_", "Stripe secret key (sk_live_…)", 20),
        (b"rk_live_", "Stripe restricted key (rk_live_…)", 20),
    ];
    let before = &bytes[..=at];
    let (prefix, what, least) = prefixes.into_iter().find(|(prefix, ..)| before.ends_with(prefix))?;
    let start = at + 1 - prefix.len();
    if follows(bytes, start, is_word_byte) {
        return None;
    }
    // Only the fine-grained tokens of GitHub have an underscore in them, and just one.
    let end = at + 1 + run(&bytes[at + 1..], |byte| byte.is_ascii_alphanumeric() || (byte == b'_' && least == 82));
    let body = &bytes[at + 1..end];
    let underscores = body.iter().filter(|&&byte| byte == b'_').count();
    let stands = body.len() >= least && underscores <= 1 && !goes_on(bytes, end, is_word_byte);
    (stands && !is_made_up(body)).then_some((what, start..end, 4))
}

/// `xoxb-` and its like, then numbers of a workspace and of a user or bot, then the secret.
fn slack(bytes: &[u8], at: usize) -> Option<Found> {
    let kind = bytes.get(at + 3)?;
    if !bytes[at..].starts_with(b"xox") || !b"abeoprs".contains(kind) || bytes.get(at + 4) != Some(&b'-') {
        return None;
    }
    if follows(bytes, at, is_base64url) {
        return None;
    }
    let end = at + 5 + run(&bytes[at + 5..], |byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let body = &bytes[at + 5..end];
    // Some have the number of a version first.
    let numbers = match body {
        [digit, b'-', rest @ ..] if digit.is_ascii_digit() => rest,
        _ => body,
    };
    let digits = run(numbers, |byte| byte.is_ascii_digit());
    let stands = digits >= 8 && numbers.get(digits) == Some(&b'-') && numbers.len() >= digits + 11;
    let stands = stands && !goes_on(bytes, end, is_base64url);
    (stands && !is_made_up(body)).then_some(("Slack token (xox…)", at..end, 4))
}

/// `AIza` and 35 characters of base 64 for addresses.
fn google(bytes: &[u8], at: usize) -> Option<Found> {
    if !bytes[at..].starts_with(b"AIza") || follows(bytes, at, is_base64url) {
        return None;
    }
    let end = at + 4 + run(&bytes[at + 4..(at + 40).min(bytes.len())], is_base64url);
    let body = &bytes[at + 4..end];
    let stands = body.len() == 35 && !goes_on(bytes, end, is_base64url);
    (stands && !is_made_up(body)).then_some(("Google API key (AIza…)", at..end, 4))
}

/// Three parts in base 64 for addresses, the first two of JSON, the first of which names an algorithm.
fn json_web_token(bytes: &[u8], at: usize) -> Option<Found> {
    let start = at.checked_sub(2).filter(|&start| bytes[start..].starts_with(b"eyJ"))?;
    if follows(bytes, start, is_base64url) {
        return None;
    }
    let header_end = start + run(&bytes[start..], is_base64url);
    let payload = header_end + 1;
    if bytes.get(header_end) != Some(&b'.') || !bytes[payload..].starts_with(b"eyJ") {
        return None;
    }
    let payload_end = payload + run(&bytes[payload..], is_base64url);
    if bytes.get(payload_end) != Some(&b'.') {
        return None;
    }
    let end = payload_end + 1 + run(&bytes[payload_end + 1..], is_base64url);
    let header = decoded(&bytes[start..header_end])?;
    let claims = decoded(&bytes[payload..payload_end])?.to_ascii_lowercase();
    let signature = &bytes[payload_end + 1..end];
    let is_token = header.contains("\"alg\"") && header.ends_with('}') && claims.ends_with('}');
    let samples = SAMPLE_CLAIMS.iter().any(|sample| claims.contains(sample));
    let stands = is_token && signature.len() >= 32 && !samples;
    (stands && !is_made_up(signature)).then_some(("JSON Web Token", start..end, 3))
}

/// What is in the tokens that jwt.io, RFC 7519 and tutorials show.
const SAMPLE_CLAIMS: &[&str] = &[
    "1234567890",
    "admin",
    "alice",
    "bob",
    "demo",
    "example",
    "fake",
    "foo",
    "jane",
    "joe",
    "john",
    "localhost",
    "sample",
    "test",
    "user1",
];

/// `scheme://user:password@host`, at the colon before the slashes.
fn password(bytes: &[u8], at: usize) -> Option<Found> {
    if !bytes[at..].starts_with(b"://") || at == 0 || !bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let user = at + 3;
    let is_part = |byte: u8| byte.is_ascii_graphic() && !b"/:@?#\"'`<>()[]{}|\\^$,;".contains(&byte);
    let user_end = user + run(&bytes[user..], is_part);
    if bytes.get(user_end) != Some(&b':') {
        return None;
    }
    let start = user_end + 1;
    let end = start + run(&bytes[start..], |byte| is_part(byte) || b"$^,;".contains(&byte));
    if bytes.get(end) != Some(&b'@') {
        return None;
    }
    let host = end + 1;
    let host_end = host + run(&bytes[host..], |byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    let (user, body) = (&bytes[user..user_end], &bytes[start..end]);
    let host = std::str::from_utf8(&bytes[host..host_end]).ok()?.to_ascii_lowercase();
    let stands = is_public(&host) && is_password(user, body);
    stands.then_some(("password in an address", start..end, 0))
}

/// Whether a host may be reached from elsewhere: RFC 2606 and 6761 keep some names for examples.
fn is_public(host: &str) -> bool {
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    let second = name.rsplit('.').next().unwrap_or(name);
    let reserved = ["example", "invalid", "internal", "lan", "local", "localhost", "test"].contains(&top);
    let made_up = ["attacker", "evil", "example", "host", "hostname", "domain", "server"].contains(&second);
    let private = ["10.", "127.", "172.", "192.168.", "0."].iter().any(|start| host.starts_with(start));
    !(reserved || made_up || private || host.contains("example"))
}

/// Whether it looks like a password that somebody uses: long enough, not of letters alone, and no word for
/// a password.
fn is_password(user: &[u8], body: &[u8]) -> bool {
    let words: [&[u8]; 14] = [
        b"pass",
        b"pwd",
        b"pw123",
        b"secret",
        b"s3cr3t",
        b"p4ss",
        b"p@ss",
        b"hunter2",
        b"changeme",
        b"your",
        b"token",
        b"letmein",
        b"qwerty",
        b"%s",
    ];
    let lower = body.to_ascii_lowercase();
    let has_word = words.iter().any(|word| lower.windows(word.len()).any(|window| window == *word));
    let kinds = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit, u8::is_ascii_punctuation];
    let kinds = kinds.into_iter().filter(|is_kind| body.iter().any(is_kind)).count();
    let is_variable = body.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
    let variety = distinct(body) >= 5;
    let made_up = has_word || is_variable || has_sample(&lower) || user == body;
    body.len() >= 8 && kinds >= 2 && variety && !made_up && !matches!(user, b"user" | b"username")
}

/// A block between `-----BEGIN … PRIVATE KEY-----` and its end, at the B: with a body, not three dots.
fn private_key(bytes: &[u8], at: usize) -> Option<Found> {
    let start = at.checked_sub(5).filter(|&start| bytes[start..].starts_with(b"-----BEGIN "))?;
    let label = at + 6;
    let label_end =
        label + run(&bytes[label..], |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ');
    let name = bytes[label..label_end].strip_suffix(b" BLOCK").unwrap_or(&bytes[label..label_end]);
    if !name.ends_with(b"PRIVATE KEY") || !bytes[label_end..].starts_with(b"-----") {
        return None;
    }
    let head_end = label_end + 5;
    // Lines may be quoted, indented, or joined by the `\n` of a string. PEM and PGP allow headers before the
    // body, with colons and commas.
    let end = head_end
        + run(&bytes[head_end..], |byte| {
            byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=\\>\"',:.()#*+|".contains(&byte)
        });
    let body = &bytes[head_end..end];
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    let is_mixed = |line: &[u8]| line.iter().any(u8::is_ascii_uppercase) && line.iter().any(u8::is_ascii_lowercase);
    let is_key = |line: &[u8]| line.len() >= 40 && is_mixed(line) && !is_made_up(line);
    // The `n` of a written `\n` may start a line; it makes no difference. Far down, there is no body any more.
    let stands = body[..body.len().min(400)].split(|byte| !is_base64(byte)).any(is_key);
    let shown = head_end - start;
    stands.then_some(("private key", start..start + shown + body.trim_ascii_end().len(), shown))
}

/// How many bytes of `bytes` are of a kind, from the first on.
fn run(bytes: &[u8], is_kind: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|&byte| !is_kind(byte)).unwrap_or(bytes.len())
}

/// Whether a byte of a kind stands right before `start`. Asked before a run is measured, so that no run is
/// measured twice.
fn follows(bytes: &[u8], start: usize, is_kind: impl Fn(u8) -> bool) -> bool {
    start > 0 && is_kind(bytes[start - 1])
}

/// Whether a byte of a kind stands at `end`.
fn goes_on(bytes: &[u8], end: usize, is_kind: impl Fn(u8) -> bool) -> bool {
    bytes.get(end).is_some_and(|&byte| is_kind(byte))
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Whether a body is one of those that people write in examples: it says so, counts, or repeats itself.
fn is_made_up(body: &[u8]) -> bool {
    let lower = body.to_ascii_lowercase();
    distinct(body) < 8 || has_sample(&lower)
}

fn has_sample(lower: &[u8]) -> bool {
    let samples: [&[u8]; 10] = [
        b"example",
        b"fake",
        b"dummy",
        b"redacted",
        b"placeholder",
        b"sample",
        b"xxxx",
        b"0000",
        b"1234567",
        b"abcdef",
    ];
    samples.iter().any(|sample| lower.windows(sample.len()).any(|window| window == *sample))
}

fn distinct(body: &[u8]) -> usize {
    let mut seen = [false; 256];
    body.iter().for_each(|&byte| seen[byte as usize] = true);
    seen.iter().filter(|&&seen| seen).count()
}

/// Base 64 for addresses, without padding, as text.
fn decoded(text: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Put together, so that no scanner takes this file for a leak.
    fn joined(parts: &[&str]) -> String {
        parts.concat()
    }

    const BODY: &str = "q7Zr2TnVw9KxB4mHc8LsJd3Fp6GyQe5Ra1Uo";

    fn kinds(text: &str) -> Vec<&'static str> {
        find(text).into_iter().map(|secret| secret.what).collect()
    }

    fn live() -> Vec<String> {
        let key = "MIIEowIBAAKCAQEAq7Zr2TnVw9KxB4mHc8LsJd3Fp6GyQe5Ra1UoWt9Ni0Ef4Sh6";
        vec![
            joined(&["AKIA", "Q7ZR2TNVWKXB4MHC"]),
            joined(&["ASIA", "Q7ZR2TNVWKXB4MHC"]),
            joined(&["gh", "p_", BODY]),
            joined(&["gh", "s_", BODY]),
            joined(&["github", "_pat_", &BODY[..22], "_", BODY, &BODY[..23]]),
            joined(&["xox", "b-781236542736-2364535789652-", &BODY[..24]]),
            joined(&["xox", "a-2-511111111-31111111111-", &BODY[..18]]),
            joined(&["sk_", "live_", &BODY[..24]]),
            joined(&["AI", "zaSy", &BODY[..33]]),
            joined(&["np", "m_", BODY]),
            joined(&["-----BEGIN ", "RSA PRIVATE KEY-----\n", key, "\n-----END RSA PRIVATE KEY-----"]),
            joined(&["-----BEGIN ", "PRIVATE KEY-----\\n", key, "\\n-----END PRIVATE KEY-----"]),
            joined(&["-----BEGIN ", "PGP PRIVATE KEY BLOCK-----\n> Version: 1, x\n>\n> ", key]),
            joined(&["aws_secret_access_key = ", BODY, "/+Wt"]),
            joined(&["\"SecretAccessKey\": \"", BODY, "/+Wt\""]),
            joined(&["https://deploy:", &BODY[..12], "@git.corp-site.com/x"]),
            // {"alg":"HS256","typ":"JWT"} and {"sub":"u-88317","exp":1790000000}
            joined(&["eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.", "eyJzdWIiOiJ1LTg4MzE3IiwiZXhwIjoxNzkwMDAwMDAwfQ.", BODY]),
        ]
    }

    #[test]
    fn what_looks_live_is_found_once_and_masked() {
        for secret in live() {
            let text = format!("é `{secret}` and\n");
            let found = find(&text);
            assert_eq!(found.len(), 1, "{text}");
            let masked = masked(&text);
            assert_eq!(masked.len(), text.len());
            assert!(masked.ends_with("` and\n") && masked.contains("********"), "{masked}");
            assert_eq!(find(&masked), [], "{masked}");
            for start in 0..text.len() - 8 {
                // Nothing of eight characters that is secret is left.
                let window = text.get(start..start + 8).filter(|_| start >= found[0].hidden.start as usize);
                let is_hidden = window.is_some_and(|_| start + 8 <= found[0].hidden.end as usize);
                assert!(!is_hidden || !masked.contains(window.unwrap_or("")) || window == Some("********"), "{masked}");
            }
        }
    }

    #[test]
    fn a_secret_is_no_part_of_a_longer_word() {
        for secret in &live()[..4] {
            assert_eq!(kinds(&format!("Z{secret}")), [] as [&str; 0]);
            assert_eq!(kinds(&format!("{secret}_Z")), [] as [&str; 0]);
        }
        assert_eq!(kinds("ASIANDEVELOPMENTBANK"), [] as [&str; 0]);
    }

    #[test]
    fn examples_are_let_be() {
        for text in [
            "AKIAIOSFODNN7EXAMPLE",
            "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "AKIAXXXXXXXXXXXXXXXX",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "ghp_1234567890abcdefghijklmnopqrstuvwxyz",
            "github_pat_11REDACTED",
            "xoxb-xoxb-my-bot-token",
            "xoxb-000000000000-0000000000000-q7Zr2TnVw9KxB4mHc8LsJd3F",
            "AIzaSyabcdefghijklmnopqrstuvwxyz1234567",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA...\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN PUBLIC KEY-----\nMIIEowIBAAKCAQEAq7Zr2TnVw9KxB4mHc8LsJd3Fp6GyQe5Ra1UoWt9Ni0Ef4Sh6",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
            "https://user:password@site.com https://a:b@c.com ftp://me:$PASSWORD@site.com",
            "https://user:x7Kq29Lm3@site.com postgres://app:x7Kq29Lm3@db/app mysql://root:x7Kq29Lm3@127.0.0.1 https://u:x7Kq29Lm3@example.com",
            "https://user:${TOKEN}@github.com https://<user>:<x7Kq29Lm3>@site.com http://site.com:8080/a@b",
        ] {
            assert_eq!(kinds(text), [] as [&str; 0], "{text}");
        }
        // Put together, since it is of the form of a live key but for one word.
        assert_eq!(kinds(&joined(&["sk_", "test_", &BODY[..24]])), [] as [&str; 0]);
    }

    /// Each byte is looked at a bounded number of times, whatever the text repeats: this is quick, or takes
    /// minutes.
    #[test]
    fn repetitions_cost_no_more_than_their_length() {
        let started = std::time::Instant::now();
        let parts = ["xoxb-", "eyJ", "eyJ-", "eyJ.", "://a:", "://", "AKIA", "ghp_", "github_pat_", "_", "AIza"];
        let keys = ["-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n", "aws_secret_access_key="];
        for part in parts.into_iter().chain(keys) {
            let text = part.repeat(400_000 / part.len());
            assert_eq!(find(&text), [], "{part}");
        }
        assert!(started.elapsed().as_secs() < 60);
    }
}
