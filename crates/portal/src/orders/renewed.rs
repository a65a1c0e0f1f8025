//! The prescription that an order takes the place of: `priorPrescription` of a MedicationRequest.

use riktig_journal::chain::PrescriptionId;
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::told::Resource;

const ELEMENT: &str = "priorPrescription";

/// Which one, where the order names one. What cannot be understood is not left out: two would stand where one was meant.
pub(super) fn prior(
    kind: Resource,
    resource: &Value,
    base: &str,
) -> Result<Option<PrescriptionId>, Refusal> {
    let told = match &resource[ELEMENT] {
        Value::Null => return Ok(None),
        told => told,
    };
    let id = id(told, base).filter(|_| kind == Resource::Request);
    id.map(Some).ok_or(Refusal::Unread(ELEMENT))
}

/// `MedicationRequest/ID`, with or without our address in front.
fn id(told: &Value, base: &str) -> Option<PrescriptionId> {
    let reference = told["reference"].as_str()?;
    let ours = format!("{base}/fhir/");
    let local = reference.strip_prefix(&ours).unwrap_or(reference);
    let id = local.strip_prefix("MedicationRequest/")?;
    id.parse().ok()
}

/// The prescription as a reference.
pub(super) fn reference(id: &str, base: &str) -> Value {
    json!({ "reference": format!("{base}/fhir/MedicationRequest/{id}") })
}
