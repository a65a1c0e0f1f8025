//! Amounts as FHIR writes them.

use serde_json::{Value, json};

use crate::code_system::UCUM;

/// An amount with its unit of UCUM; whole numbers without a point.
pub(crate) fn quantity(value: f64, unit: &str) -> Value {
    json!({ "value": number(value), "unit": unit, "system": UCUM, "code": unit })
}

fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e12 {
        #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
        return json!(value as i64);
    }
    json!(value)
}
