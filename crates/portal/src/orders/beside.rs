//! What is told beside a prescription: what the intermediary said when it took it, which one took its place, and when it was dispensed.

use riktig_chain::prescriber::{Sent, Whole};
use serde_json::{Map, Value, json};

use super::outcome::warning;
use super::renewed;

/// The id of the contained OperationOutcome.
const WARNINGS: &str = "warnings";

/// Adds each, where it is: warnings as a contained OperationOutcome that an extension refers to, since R4 has no place for them in an order.
pub(super) fn add(fields: &mut Map<String, Value>, whole: &Whole, base: &str) {
    let mut extensions = Vec::new();
    let url = |name: &str| format!("{base}/fhir/StructureDefinition/{name}");
    if let Sent::Taken { warnings } = &whole.written.kept.sent
        && !warnings.is_empty()
    {
        let issues: Vec<Value> = warnings.iter().map(|it| warning(it, base)).collect();
        let outcome =
            json!({ "resourceType": "OperationOutcome", "id": WARNINGS, "issue": issues });
        fields.insert("contained".to_owned(), json!([outcome]));
        let there = json!({ "reference": format!("#{WARNINGS}") });
        extensions.push(json!({ "url": url("chain-warnings"), "valueReference": there }));
    }
    if let Some(new) = &whole.replaced_by {
        let new = renewed::reference(new.as_str(), base);
        extensions.push(json!({ "url": url("replaced-by"), "valueReference": new }));
    }
    for day in &whole.written.kept.dispensed {
        extensions.push(json!({ "url": url("dispensed"), "valueDate": day.to_string() }));
    }
    if extensions.is_empty() {
        return;
    }
    let all = fields.entry("extension").or_insert_with(|| json!([]));
    if let Value::Array(all) = all {
        all.extend(extensions);
    }
}
