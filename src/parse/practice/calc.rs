//! `calc`: inputs with their sources, and results that are recomputed.

use super::Reader;
use super::prose::ListItem;
use crate::base::nearest::nearest;
use crate::base::span::{Span, Spanned};
use crate::diagnostic::catalog;
use crate::measure::{calc as arithmetic, figure};
use crate::model::practice::calc::{Calc, Input, Outcome};

pub fn read(reader: &mut Reader<'_>, index: usize) -> Calc {
    if let Some(id) = &reader.directive(index).id {
        reader.check_id(id);
    }
    reader.keys(index).finish();
    let steps: Vec<usize> = reader.body(index).parts.iter().flat_map(|part| part.steps.iter().copied()).collect();
    let mut calc = Calc { inputs: Vec::new(), results: Vec::new(), illustrative: false };
    let mut values = Values::default();
    for list in reader.lists(&steps, true) {
        reader.take_list(list.span, false);
        for item in &list.items {
            let text = item.markdown.as_str();
            // A colon before any equals sign makes an input.
            match (text.find(':'), text.find('=')) {
                (Some(colon), equals) if equals.is_none_or(|equals| colon < equals) => {
                    input(reader, item, colon, &mut calc, &mut values);
                }
                (_, Some(equals)) => result(reader, item, equals, &mut calc, &mut values),
                _ => {
                    values.lost.extend(text.split_whitespace().next().map(str::to_owned));
                    let place = reader.at(item.span);
                    reader.reports.push(catalog::calc_item(place));
                }
            }
        }
    }
    if calc.results.is_empty() {
        let place = reader.place(index);
        let wanted = "write `- name = expression = result` into its list";
        reader.reports.push(catalog::practice_empty(place, "calculation", wanted));
    }
    calc.illustrative = calc.inputs.iter().any(|input| input.assumption);
    calc
}

/// What names stand for.
#[derive(Default)]
struct Values {
    known: Vec<(String, f64)>,
    /// The names of lines that could not be read, or computed, which was reported.
    lost: Vec<String>,
}

impl Values {
    fn of(&self, wanted: &str) -> Option<f64> {
        self.known.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| *value)
    }

    fn add(&mut self, name: &str, value: f64) {
        self.known.push((name.to_owned(), value));
    }

    fn lose(&mut self, name: &str) {
        self.lost.push(name.to_owned());
    }
}

/// Where a part of an item's text is; items are one line each.
fn place(item: &ListItem, start: usize, length: usize) -> Span {
    let start = item.span.start as usize + start;
    Span::new(start..start + length)
}

fn input(reader: &mut Reader<'_>, item: &ListItem, colon: usize, calc: &mut Calc, values: &mut Values) {
    let text = &item.markdown;
    let name = Spanned::new(text[..colon].trim().to_owned(), place(item, 0, colon));
    let (value, unit) = number(&text[colon + 1..]);
    let mut keys = reader.item_keys(&item.braces).about(name.span);
    let source = keys.text("source").map(|source| source.value);
    let reference = keys.text("ref");
    let assumption = keys.flag("assumption");
    keys.finish();
    if source.is_none() && reference.is_none() && !assumption {
        let place = reader.at(name.span);
        reader.reports.push(catalog::calc_no_source(place, &name.value));
    }
    let behind = text[colon + 1..].trim_start();
    let at = reader.at(place(item, text.len() - behind.len(), value.len().max(1)));
    check_name(reader, &name, values);
    match figure::value(&value).filter(|_| !is_expression(behind)) {
        Some(value) => values.add(&name.value, value),
        None => {
            values.lose(&name.value);
            reader.reports.push(catalog::calc_input(at));
        }
    }
    calc.inputs.push(Input { name, value, unit, source, reference, assumption });
}

fn result(reader: &mut Reader<'_>, item: &ListItem, equals: usize, calc: &mut Calc, values: &mut Values) {
    let text = &item.markdown;
    reader.item_keys(&item.braces).finish();
    let name = Spanned::new(text[..equals].trim().to_owned(), place(item, 0, text[..equals].trim_end().len()));
    let rest = &text[equals + 1..];
    let Some((written, stated)) = rest.rsplit_once('=') else {
        values.lose(&name.value);
        let place = reader.at(item.span);
        reader.reports.push(catalog::calc_item(place));
        return;
    };
    check_name(reader, &name, values);
    if figure::value(stated).is_none() {
        values.lose(&name.value);
        let at = text.len() - stated.trim_start().len();
        let length = stated.trim().len();
        let place = reader.at(if length == 0 { place(item, equals, 1) } else { place(item, at, length) });
        reader.reports.push(catalog::calc_result(place));
        return;
    }
    let expression = written.trim().trim_matches('`').trim();
    let start = text.len() - rest.len() + written.len() - written.trim_start().len();
    let start = start + written.trim().len() - written.trim().trim_start_matches('`').len();
    let (value, unit) = number(stated);
    let mut working = String::new();
    match arithmetic::parse(expression) {
        Err(mistake) => {
            values.lose(&name.value);
            let place = reader.at(place(item, start + mistake.at.start, mistake.at.len().max(1)));
            reader.reports.push(catalog::calc_syntax(place, &mistake.message));
        }
        Ok(parsed) => {
            let unknown: Vec<_> = parsed.names().into_iter().filter(|(name, _)| values.of(name).is_none()).collect();
            let is_known = unknown.is_empty();
            for (name, at) in unknown {
                if values.lost.contains(&name) {
                    continue;
                }
                let near = nearest(&name, values.known.iter().map(|(name, _)| name.as_str())).map(str::to_owned);
                let place = reader.at(place(item, start + at.start, at.len()));
                reader.reports.push(catalog::calc_unknown_name(place, &name, near.as_deref()));
                values.lose(&name);
            }
            working = substituted(expression, &parsed.names(), calc);
            match parsed.evaluate(&|name: &str| values.of(name)) {
                Ok(computed) if figure::agrees(&value, computed) => values.add(&name.value, computed),
                Ok(computed) => {
                    let at = text.len() - stated.trim_start().len();
                    let place = reader.at(place(item, at, value.len().max(1)));
                    reader.reports.push(catalog::calc_wrong_result(
                        place,
                        &value,
                        &figure::rounded_as(&value, computed),
                    ));
                    values.add(&name.value, computed);
                }
                Err(mistake) if is_known => {
                    values.lose(&name.value);
                    let place = reader.at(place(item, start + mistake.at.start, mistake.at.len().max(1)));
                    reader.reports.push(catalog::calc_syntax(place, &mistake.message));
                }
                Err(_) => values.lose(&name.value),
            }
        }
    }
    calc.results.push(Outcome { name: name.value, expression: expression.to_owned(), working, value, unit });
}

/// An expression with numbers in the place of names.
fn substituted(expression: &str, names: &[(String, std::ops::Range<usize>)], calc: &Calc) -> String {
    let mut out = String::new();
    let mut at = 0;
    let mut names: Vec<_> = names.to_vec();
    names.sort_by_key(|(_, range)| range.start);
    for (name, range) in names {
        let input = calc.inputs.iter().rev().find(|input| input.name.value == name).map(|input| &input.value);
        let value =
            input.or_else(|| calc.results.iter().rev().find(|result| result.name == name).map(|result| &result.value));
        out.push_str(expression.get(at..range.start).unwrap_or(""));
        out.push_str(value.map_or(&name, |value| value));
        at = range.end;
    }
    out + expression.get(at..).unwrap_or("")
}

/// Reports a name that cannot be one, or is taken.
fn check_name(reader: &mut Reader<'_>, name: &Spanned<String>, values: &mut Values) {
    let place = reader.at(name.span);
    if !is_name(&name.value) {
        let suggestion = name.value.split_whitespace().collect::<Vec<_>>().join("-");
        values.lose(&suggestion);
        name.value.split_whitespace().for_each(|word| values.lose(word));
        reader.reports.push(catalog::calc_name(
            place,
            &name.value,
            is_name(&suggestion).then_some(suggestion.as_str()),
        ));
    } else if values.known.iter().any(|(known, _)| *known == name.value) {
        reader.reports.push(catalog::calc_taken(place, &name.value));
    }
}

/// Whether more than one number stands before the unit: `30-45`, `1/2`, `10 000`.
fn is_expression(text: &str) -> bool {
    let behind = text.trim_start_matches(['-', '−', '$', '€', '£', '~', '≈']);
    let end = behind.find(|c: char| !c.is_ascii_digit() && !",._".contains(c)).unwrap_or(behind.len());
    let rest = behind[end..].trim_start();
    let rest = rest.strip_prefix(['-', '/', '*', '+', '–', '×']).map_or(rest, str::trim_start);
    end > 0 && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The number that a text starts with, as written, and what stands behind it.
fn number(text: &str) -> (String, String) {
    let text = text.trim();
    let mut words = text.splitn(2, ' ');
    let mut value = words.next().unwrap_or("").to_owned();
    let mut unit = words.next().unwrap_or("").trim().to_owned();
    for word in ["%", "million", "billion", "thousand"] {
        if let Some(rest) = unit.strip_prefix(word).filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
            value = format!("{value} {word}");
            unit = rest.trim().to_owned();
            break;
        }
    }
    (value, unit)
}

fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.starts_with(char::is_alphabetic) && text.chars().all(plain) && !text.ends_with('-')
}
