//! Every resource that leaves us is held against R4 by a validator that is not ours (`tests/browser/fhir.mjs`: npm @medplum/core).
//!
//! Runs where `RIKTIG_BROWSER_PACKAGES` names the installed packages; `cargo xtask test` sees to that.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use riktig_fhir::prescribing::Read;
use riktig_fhir::{Action, Card, Refusal, Version, knowledge};
use riktig_guideline::Guideline;
use serde_json::{Value, json};

mod world;
use world::{answer, bundle, condition, draft_of, guideline, today};

const PACKAGES: &str = "RIKTIG_BROWSER_PACKAGES";

/// What is wrong with the resources; `None` where the packages are not installed.
fn faults(resources: &[Value]) -> Option<Vec<String>> {
    if std::env::var_os(PACKAGES).is_none() {
        let note = "skipped: beside the validator of @medplum/core, RIKTIG_BROWSER_PACKAGES is not set (cargo xtask test does)\n";
        std::io::stderr().write_all(note.as_bytes()).unwrap(); // seen though the test succeeds
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/fhir.mjs");
    let mut process = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is on the path where the packages are installed");
    let mut input = process.stdin.take().unwrap();
    input
        .write_all(json!(resources).to_string().as_bytes())
        .unwrap();
    drop(input);
    let output = process.wait_with_output().unwrap();
    Some(serde_json::from_slice(&output.stdout).expect("a list of what is wrong"))
}

fn suggested(cards: &[Card]) -> Vec<Value> {
    let actions = cards
        .iter()
        .flat_map(|it| &it.suggestions)
        .flat_map(|it| &it.actions);
    let resource = |it: &Action| match it {
        Action::Create { resource, .. } | Action::Update { resource, .. } => resource.clone(),
    };
    actions.map(resource).collect()
}

/// Orders of every shape that we suggest, from drafts as sloppy as real ones.
fn orders() -> Vec<Value> {
    let mut orders = Vec::new();
    for its in guideline().conditions() {
        let code = its.codes.icpc2[0].to_string();
        for (hook, drug) in [
            ("patient-view", "J01CE02"),
            ("order-sign", "J01XX08"),
            ("order-select", "J01CE02"),
        ] {
            let response = answer(Version::V3, |it| {
                it["hook"] = json!(hook);
                it["context"]["encounterId"] = json!("e1");
                it["prefetch"]["conditions"] = bundle(json!([condition(
                    "urn:oid:2.16.578.1.12.4.1.1.7170",
                    &code
                )]));
                let draft = draft_of(it);
                draft["medicationCodeableConcept"]["coding"][0]["code"] = json!(drug);
                draft["category"] = json!({ "coding": { "code": "outpatient" } });
                draft["note"] = json!([]);
                draft.as_object_mut().unwrap().remove("intent");
            });
            orders.extend(suggested(&response.cards));
        }
    }
    let unexplained = answer(Version::V2, |it| {
        it["prefetch"]["conditions"] = bundle(json!([]))
    });
    orders.extend(suggested(&unexplained.cards));
    orders
}

/// Prescriptions of every shape: with everything, with what R4 demands only, and one that waits.
fn prescriptions() -> Vec<Value> {
    let bare = json!({
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": { "text": "penicillin" },
        "subject": { "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "13097248022" } },
    });
    let mut whole = bare.clone();
    whole["requester"] =
        json!({ "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "9144900" } });
    whole["authoredOn"] = json!("2026-11-22");
    whole["identifier"] = json!([{ "type": { "text": "ReseptId" }, "value": "6f1c" }]);
    whole["reasonCode"] =
        json!([{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R75" }] }]);
    whole["dosageInstruction"] = json!([{
        "text": "1 tablett 4 ganger daglig i 7 dager",
        "timing": { "repeat": { "boundsDuration": { "value": 7, "unit": "d" }, "frequency": 4, "period": 1, "periodUnit": "d" } },
        "doseAndRate": [{ "doseQuantity": { "value": 660, "unit": "mg" } }],
    }]);
    whole["dispenseRequest"] = json!({
        "quantity": { "value": 1.5, "unit": "pakning" },
        "numberOfRepeatsAllowed": 0,
        "validityPeriod": { "start": "2026-11-24", "end": "2026-12-02" },
    });
    let mut waiting = whole.clone();
    waiting["extension"] = json!([{ "url": "x/waiting-prescription", "valueBoolean": true }]);
    waiting["dispenseRequest"]["quantity"] = json!({ "value": 28, "unit": "stk" });
    let written = |resource: &Value| {
        let order = Read::of(resource, |_| None).unwrap().order;
        let base = "https://riktig.example.no";
        [order.request(base).unwrap(), order.statement(base).unwrap()]
    };
    [bare, whole, waiting].iter().flat_map(written).collect()
}

#[test]
fn every_resource_that_leaves_us_is_valid_r4() {
    let shipped = knowledge::collection(Guideline::shipped(), today(), "https://riktig.example.no");
    let own = knowledge::collection(guideline(), today(), "https://riktig.example.no");
    let entries = [&shipped, &own]
        .into_iter()
        .flat_map(|it| it["entry"].as_array().unwrap());
    let mut all: Vec<Value> = entries.map(|it| it["resource"].clone()).collect();
    all.extend(orders());
    all.extend(prescriptions());
    all.push(Refusal::NotJson.outcome());
    all.push(shipped.clone());
    let kinds: BTreeSet<&str> = all
        .iter()
        .filter_map(|it| it["resourceType"].as_str())
        .collect();
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    if let Some(faults) = faults(&all) {
        assert_eq!(faults, Vec::<String>::new());
    }
}

#[test]
fn the_validator_notices_what_r4_forbids() {
    let mut orders = orders();
    orders.truncate(3);
    orders[0]["status"] = json!("drafty");
    orders[1]["category"] = json!({ "text": "x" });
    orders[2]["unknown"] = json!(1);
    if let Some(faults) = faults(&orders) {
        assert_eq!(faults.len(), 3, "{faults:?}");
    }
}
