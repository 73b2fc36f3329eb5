//! Calculations.

use serde_json::{Value, json};

use super::Context;
use crate::model::practice::calc::Calc;

pub fn view(context: &mut Context<'_, '_>, calc: &Calc) -> Value {
    let inputs: Vec<Value> = calc
        .inputs
        .iter()
        .map(|input| {
            let reference = input.reference.as_ref().and_then(|id| context.reference(id));
            json!({
                "name": input.name,
                "value": input.value,
                "unit": input.unit,
                "source": input.source,
                "ref": reference,
                "assumption": input.assumption,
            })
        })
        .collect();
    json!({"inputs": inputs, "results": calc.results, "illustrative": calc.illustrative})
}
