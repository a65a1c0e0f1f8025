//! Calls for advice that are measured: an order of penicillin for pneumonia, among so many earlier prescriptions.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::wrk::COUNTED;

/// What is asked, and so what is right to answer.
#[derive(Clone, Copy)]
pub(super) enum Question {
    /// Five days, as the guideline has it: nothing to say.
    Right,
    /// Seven days.
    TooLong,
    /// To somebody who had an anaphylactic reaction.
    Forbidden,
}

impl Question {
    pub(super) const ALL: [Question; 3] = [Question::Right, Question::TooLong, Question::Forbidden];

    /// The most serious indicator of the answer's cards.
    pub(super) fn answer(self) -> Option<&'static str> {
        match self {
            Question::Right => None,
            Question::TooLong => Some("warning"),
            Question::Forbidden => Some("critical"),
        }
    }
}

const ATC: &str = "http://www.whocc.no/atc";
/// What the patient has had before, in turn: three drugs for long use, and an antibiotic.
const EARLIER: [&str; 4] = ["C09AA05", "C10AA05", "N02BE01", "J01CA08"];

/// A call of `order-sign` with `earlier` prescriptions, the last of them four months ago; all that advice needs is sent along.
pub(super) fn call(question: Question, earlier: u32, now: Timestamp) -> String {
    let day = |ago: i64| {
        let at = now - SignedDuration::from_hours(24 * ago);
        at.strftime("%Y-%m-%d").to_string()
    };
    let days = match question {
        Question::TooLong => 7,
        Question::Right | Question::Forbidden => 5,
    };
    let allergies = match question {
        Question::Forbidden => vec![anaphylaxis()],
        Question::Right | Question::TooLong => Vec::new(),
    };
    let requests = (0..earlier).map(|at| {
        let drug = EARLIER[at as usize % EARLIER.len()];
        let mut order = order(&format!("e{at}"), drug, 10, "completed");
        order["authoredOn"] = json!(day(120 + 5 * i64::from(at)));
        order
    });
    let condition = json!({
        "resourceType": "Condition", "id": "c1", "subject": { "reference": "Patient/p1" }, "recordedDate": day(0),
        "code": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R81" }] },
    });
    let finding = |code: &str| {
        json!({
            "resourceType": "Observation", "id": code.replace('_', "-"), "status": "final", "subject": { "reference": "Patient/p1" },
            "effectiveDateTime": day(1), "valueBoolean": false,
            "code": { "coding": [{ "system": "https://riktig.example.no/fhir/CodeSystem/finding", "code": code }] },
        })
    };
    json!({
        "hook": "order-sign",
        "hookInstance": COUNTED,
        "context": {
            "userId": "Practitioner/1", "patientId": "p1",
            "draftOrders": bundle([order("o1", "J01CE02", days, "draft")]),
        },
        "prefetch": {
            "patient": { "resourceType": "Patient", "id": "p1", "birthDate": day(45 * 366), "gender": "male" },
            "conditions": bundle([condition]),
            "allergies": bundle(allergies),
            "medicationStatements": bundle([]),
            "medicationRequests": bundle(requests),
            "observations": bundle(["nursing_home", "signs_of_viral_cause"].map(finding)),
            "laboratory": bundle([kidneys(&day(30))]),
        },
    })
    .to_string()
}

fn bundle(resources: impl IntoIterator<Item = Value>) -> Value {
    let entries = resources
        .into_iter()
        .map(|resource| json!({ "resource": resource }));
    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries.collect::<Vec<_>>() })
}

/// One gram four times a day.
fn order(id: &str, drug: &str, days: u32, status: &str) -> Value {
    let units = "http://unitsofmeasure.org";
    json!({
        "resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
        "subject": { "reference": "Patient/p1" },
        "medicationCodeableConcept": { "coding": [{ "system": ATC, "code": drug }], "text": "tab 1 g" },
        "dosageInstruction": [{
            "text": "1 tablett 4 ganger daglig",
            "timing": { "repeat": {
                "frequency": 4, "period": 1, "periodUnit": "d",
                "boundsDuration": { "value": days, "unit": "d", "code": "d", "system": units },
            } },
            "doseAndRate": [{ "doseQuantity": { "value": 1, "unit": "tablett", "code": "{tbl}", "system": units } }],
        }],
    })
}

fn anaphylaxis() -> Value {
    let manifestation = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "39579001" }], "text": "Anaphylaxis" });
    json!({
        "resourceType": "AllergyIntolerance", "id": "a1", "patient": { "reference": "Patient/p1" },
        "code": { "coding": [{ "system": ATC, "code": "J01CE02" }] },
        "reaction": [{ "severity": "severe", "manifestation": [manifestation] }],
    })
}

/// A normal kidney function.
fn kidneys(day: &str) -> Value {
    json!({
        "resourceType": "Observation", "id": "k1", "status": "final", "subject": { "reference": "Patient/p1" },
        "effectiveDateTime": day,
        "code": { "coding": [{ "system": "http://loinc.org", "code": "98979-8" }] },
        "valueQuantity": { "value": 90, "unit": "mL/min/{1.73_m2}", "code": "mL/min/{1.73_m2}", "system": "http://unitsofmeasure.org" },
    })
}
