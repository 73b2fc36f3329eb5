//! What practice material says, into what the build checks of it: lengths, numbers, sums, doubles, names. Pure
//! functions of text; knows neither Markdown nor books.

pub mod calc;
pub mod comments;
pub mod cwe;
pub mod figure;
pub mod giveaway;
pub mod numbers;
pub mod person;
pub mod similar;
pub mod speech;

/// Whether `word` is one of the words of `list`, which white space separates.
fn listed(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}
