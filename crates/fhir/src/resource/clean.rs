//! What FHIR forbids everywhere: `null` and empty things.

use serde_json::Value;

/// The same without `null`, empty text, empty lists and empty objects, all the way down. What was nothing but empty is `None`.
///
/// ```
/// use riktig_fhir::resource::without_nothing;
/// use serde_json::json;
/// let order = json!({ "id": "1", "note": [], "dosageInstruction": [{ "timing": { "repeat": null } }] });
/// assert_eq!(without_nothing(order), Some(json!({ "id": "1" })));
/// ```
#[must_use]
pub fn without_nothing(value: Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::Array(list) => {
            let list: Vec<Value> = list.into_iter().filter_map(without_nothing).collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        Value::Object(fields) => {
            let keep = |(key, value)| Some((key, without_nothing(value)?));
            let fields: serde_json::Map<String, Value> =
                fields.into_iter().filter_map(keep).collect();
            (!fields.is_empty()).then_some(Value::Object(fields))
        }
        other => Some(other),
    }
}
