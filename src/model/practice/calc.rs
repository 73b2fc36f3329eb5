//! Arithmetic in the open.

use serde::Serialize;

use crate::base::span::Spanned;

/// Inputs, and what follows from them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calc {
    /// What is put in.
    pub inputs: Vec<Input>,
    /// What follows, in order.
    pub results: Vec<Outcome>,
    /// An input is an assumption.
    pub illustrative: bool,
}

/// A number that is put in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// What expressions call it.
    pub name: Spanned<String>,
    /// The number as written.
    pub value: String,
    /// Behind the number: a label.
    pub unit: String,
    /// Where it comes from, in words.
    pub source: Option<String>,
    /// Where it comes from, by the id of a reference.
    #[serde(rename = "ref")]
    pub reference: Option<Spanned<String>>,
    /// It is assumed.
    pub assumption: bool,
}

/// What follows from the inputs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// What later expressions call it.
    pub name: String,
    /// How it is computed, as written.
    pub expression: String,
    /// The same with numbers in the place of names.
    pub working: String,
    /// The result as stated.
    pub value: String,
    /// Behind the result: a label.
    pub unit: String,
}
