//! Calls to begin with, and an answer in plain test words: the real ones are rendered in the room of words.
#![expect(dead_code, reason = "each test program uses its part of it")]

mod guideline;
pub(crate) mod register;

use riktig_codes::Day;
use riktig_fhir::{
    CardWords, HookRequest, HookResponse, Names, Reading, Recognition, Service, Version,
};
use riktig_guideline::{
    Advice, Answer, Kind, OverrideReason, Source, ToldAdvice, ToldAnswer, ToldButtons, ToldChoice,
    ToldOverride, ToldReason, Treatment,
};
use serde_json::{Value, json};

pub(crate) use guideline::guideline;

pub(crate) fn today() -> Day {
    "2026-01-10".parse().unwrap()
}

pub(crate) fn service() -> Service {
    Service {
        base: "https://riktig.example.no".to_owned(),
    }
}

pub(crate) fn bundle(resources: Value) -> Value {
    let resources = resources.as_array().unwrap().iter();
    let entries: Vec<Value> = resources.map(|it| json!({ "resource": it })).collect();
    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries })
}

pub(crate) fn patient() -> Value {
    json!({ "resourceType": "Patient", "id": "p1", "birthDate": "1980-05-05", "gender": "male" })
}

/// Penicillin V for pneumonia, in an order that holds things we know nothing of.
pub(crate) fn draft() -> Value {
    json!({
        "resourceType": "MedicationRequest", "id": "o1", "status": "draft", "intent": "order",
        "extension": [{ "url": "https://ehr.example.no/own", "valueString": "kept" }],
        "subject": { "reference": "Patient/p1" },
        "medicationCodeableConcept": {
            "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }],
            "text": "Apocillin tab 1 g"
        },
        "dosageInstruction": [{
            "timing": { "repeat": {
                "frequency": 4, "period": 1, "periodUnit": "d",
                "boundsDuration": { "value": 7, "code": "d", "system": "http://unitsofmeasure.org" }
            } },
            "doseAndRate": [{ "doseQuantity": { "value": 1, "code": "{tbl}" } }]
        }]
    })
}

pub(crate) fn pneumonia() -> Value {
    condition("urn:oid:2.16.578.1.12.4.1.1.7170", "R81")
}

pub(crate) fn condition(system: &str, code: &str) -> Value {
    json!({
        "resourceType": "Condition", "subject": { "reference": "Patient/p1" }, "recordedDate": "2026-01-10",
        "code": { "coding": [{ "system": system, "code": code }] }
    })
}

/// A call with everything in it.
pub(crate) fn call() -> Value {
    json!({
        "hook": "order-sign",
        "hookInstance": "7d3c1c1e-0000-4000-8000-000000000001",
        "context": {
            "userId": "Practitioner/1",
            "patientId": "p1",
            "draftOrders": bundle(json!([draft()])),
        },
        "prefetch": {
            "patient": patient(),
            "conditions": bundle(json!([pneumonia()])),
            "allergies": bundle(json!([])),
            "medicationStatements": bundle(json!([])),
            "medicationRequests": bundle(json!([])),
            "observations": bundle(json!([
                finding("nursing_home", json!({ "valueBoolean": false })),
                finding("signs_of_viral_cause", json!({ "valueBoolean": false })),
            ])),
            "laboratory": bundle(json!([egfr(90)]))
        }
    })
}

/// An answer in our own vocabulary, given today.
pub(crate) fn finding(id: &str, value: Value) -> Value {
    let mut observation = json!({
        "resourceType": "Observation", "status": "final", "subject": { "reference": "Patient/p1" },
        "effectiveDateTime": "2026-01-10T09:30:00+01:00",
        "code": { "coding": [{ "system": "https://riktig.example.no/fhir/CodeSystem/finding", "code": id }] }
    });
    let value = value.as_object().unwrap().clone();
    observation.as_object_mut().unwrap().extend(value);
    observation
}

pub(crate) fn egfr(value: u16) -> Value {
    laboratory(
        "98979-8",
        json!({ "value": value, "code": "mL/min/{1.73_m2}" }),
    )
}

/// A result of last month by its LOINC code.
pub(crate) fn laboratory(code: &str, quantity: Value) -> Value {
    json!({
        "resourceType": "Observation", "status": "final", "subject": { "reference": "Patient/p1" },
        "effectiveDateTime": "2025-12-10",
        "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
        "valueQuantity": quantity
    })
}

/// The draft of a call, to change.
pub(crate) fn draft_of(call: &mut Value) -> &mut Value {
    &mut call["context"]["draftOrders"]["entry"][0]["resource"]
}

/// A call like [`call`], changed, and read.
pub(crate) fn request(change: impl FnOnce(&mut Value)) -> HookRequest {
    let mut call = call();
    change(&mut call);
    HookRequest::read(call.to_string().as_bytes()).expect("a readable call")
}

pub(crate) fn reading(change: impl FnOnce(&mut Value)) -> Reading {
    reading_by(Recognition::default(), change)
}

/// The same, where drugs are recognised by more than ATC.
pub(crate) fn reading_by(recognition: Recognition<'_>, change: impl FnOnce(&mut Value)) -> Reading {
    let findings = guideline().findings();
    let read = request(change).context(today(), recognition, findings);
    read.expect("enough to judge")
}

/// The whole way from a call to its cards.
pub(crate) fn answer(version: Version, change: impl FnOnce(&mut Value)) -> HookResponse {
    answer_to(&request(change), version).1
}

pub(crate) fn answer_to(request: &HookRequest, version: Version) -> (Answer, HookResponse) {
    answer_by(Recognition::default(), request, version)
}

/// The same, where drugs are recognised by more than ATC.
pub(crate) fn answer_by(
    recognition: Recognition<'_>,
    request: &HookRequest,
    version: Version,
) -> (Answer, HookResponse) {
    let guideline = guideline();
    let reading = request
        .context(today(), recognition, guideline.findings())
        .expect("enough to judge");
    let answer = guideline.advise(&reading.patient);
    let words = CardWords {
        guideline,
        reading: &reading,
        answer: &answer,
        told: &told(&answer),
        buttons: &buttons(&answer),
        names: Names::unkeyed(),
    };
    let response = request.cards(words, &service(), version);
    (answer, response)
}

pub(crate) fn told(answer: &Answer) -> ToldAnswer {
    ToldAnswer {
        advice: answer.advice.iter().map(tell).collect(),
        silence: answer
            .silence
            .iter()
            .map(|it| it.reason.as_str().to_owned())
            .collect(),
        standing: None,
        not_checked: (!answer.not_checked.is_empty())
            .then(|| format!("Not checked: {:?}.", answer.not_checked)),
    }
}

fn tell(advice: &Advice) -> ToldAdvice {
    let source = |rule: &String| {
        let provenance = guideline().rule(rule)?.provenance().clone();
        Some(Source {
            rule: rule.clone(),
            title: "The guideline".to_owned(),
            edition: provenance.edition?,
            url: provenance.source?,
        })
    };
    ToldAdvice {
        summary: format!("Advice: {}", advice.kind.as_str()),
        reason: "Because the guideline says so.".to_owned(),
        details: vec!["A detail.".to_owned()],
        standing: (!advice.standing.is_empty()).then(|| format!("Not for {:?}.", advice.standing)),
        sources: advice.rules.iter().filter_map(source).collect(),
    }
}

/// "160/800 mg × 2 for 3–5 days", as the real words have it.
fn dosage(treatment: &Treatment) -> String {
    let range = |(least, most): &(f64, f64)| match least == most {
        true => least.to_string(),
        false => format!("{least}–{most}"),
    };
    let doses = treatment.milligrams.iter().flatten().map(range);
    let times = treatment.times_per_day.iter().map(u8::to_string);
    let (least, most) = treatment.days.unwrap_or((1, 1));
    format!(
        "{} mg × {} for {}",
        doses.collect::<Vec<_>>().join("/"),
        times.collect::<Vec<_>>().join(" or "),
        range(&(f64::from(least), f64::from(most)))
    )
}

pub(crate) fn buttons(answer: &Answer) -> ToldButtons {
    let choice = |it: &Treatment| ToldChoice {
        label: format!("Change to {}", it.drug),
        drug: format!("name of {}", it.drug),
        dosage: dosage(it),
    };
    let choices = |it: &Advice| match &it.kind {
        Kind::FirstChoice { choices } => choices.iter().map(choice).collect(),
        Kind::Contraindicated { instead, .. } => instead.iter().map(choice).collect(),
        Kind::Differs { treatment, .. } => vec![choice(treatment)],
        _ => Vec::new(),
    };
    let reasons = guideline().reasons_for("J01CE02".parse().unwrap());
    let reason = |(condition, diagnosis): (&riktig_guideline::Condition, _)| ToldReason {
        diagnosis,
        name: condition.name.en.clone(),
        label: format!("Add {} as the reason", condition.name.en),
    };
    ToldButtons {
        language: "en".to_owned(),
        choices: answer.advice.iter().map(choices).collect(),
        held_back: answer
            .silence
            .iter()
            .map(|it| {
                let why = it.reason;
                why.holds_back()
                    .then(|| format!("Held back: {}", why.as_str()))
            })
            .collect(),
        reasons: reasons.into_iter().map(reason).collect(),
        override_reasons: OverrideReason::ALL
            .map(|reason| ToldOverride {
                reason,
                name: format!("Name of {}", reason.as_str()),
            })
            .to_vec(),
        own_source: "The patient's record".to_owned(),
        read_more: "Read more".to_owned(),
    }
}
