//! What is no order, says two things, or says more than is read: refused by name, in the reader's language, and nothing is signed.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::fhir::{order, patient, post, read};
use crate::intermediary::world;
use crate::world::Browser;

/// Posts an order with one thing changed, and says the code and the place of the first issue.
async fn refusal(doctor: &Browser<'_>, change: impl FnOnce(&mut Value)) -> (String, Value) {
    let mut order = order("1");
    change(&mut order);
    let answer = post(doctor, &order).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains(&patient(7)));
    let issue = read(&answer)["issue"][0].clone();
    (
        issue["code"].as_str().expect("a code").to_owned(),
        issue["expression"][0].clone(),
    )
}

#[tokio::test]
async fn only_an_active_order_becomes_a_prescription() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (key, value) in [
        ("status", "on-hold"),
        ("status", "completed"),
        ("status", "unknown"),
        ("status", "draft"),
        ("intent", "plan"),
        ("intent", "proposal"),
        ("intent", "option"),
        ("intent", "instance-order"),
    ] {
        let (code, place) = refusal(&doctor, |it| it[key] = json!(value)).await;
        assert_eq!(code, "business-rule", "{value}");
        assert_eq!(place, format!("MedicationRequest.{key}"));
    }
    assert_eq!(other.taken().len(), 0);
    let mut original = order("2");
    original["intent"] = json!("original-order");
    assert_eq!(post(&doctor, &original).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn words_and_numbers_of_a_dosage_that_disagree_are_refused_and_those_that_agree_are_not() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let numbers = |dose: u64, times: u64, days: u64| {
        json!([{
            "text": "1 tablett 4 ganger daglig i 5 dager",
            "timing": { "repeat": { "boundsDuration": { "value": days, "unit": "d" }, "frequency": times, "period": 1, "periodUnit": "d" } },
            "doseAndRate": [{ "doseQuantity": { "value": dose, "unit": "tablett" } }],
        }])
    };
    for (dose, times, days, place) in [
        (3, 4, 5, "doseAndRate"),
        (1, 2, 5, "timing"),
        (1, 4, 14, "timing.repeat.bounds"),
    ] {
        let told = refusal(&doctor, |it| {
            it["dosageInstruction"] = numbers(dose, times, days)
        })
        .await;
        let place = json!(format!("MedicationRequest.dosageInstruction.{place}"));
        assert_eq!(told, ("invariant".to_owned(), place));
    }
    // Words that nobody can hold numbers against.
    let mut unread = numbers(1, 4, 5);
    unread[0]["text"] = json!("etter avtale");
    let (code, _) = refusal(&doctor, |it| it["dosageInstruction"] = unread).await;
    assert_eq!(code, "invariant");
    assert_eq!(other.taken().len(), 0);
    let mut agreed = order("2");
    agreed["dosageInstruction"] = numbers(1, 4, 5);
    assert_eq!(post(&doctor, &agreed).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_the_message_has_no_place_for_is_refused_by_name() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let dosage = "MedicationRequest.dosageInstruction";
    for (pointer, key, value, place) in [
        (
            "",
            "note",
            json!([{ "text": "x" }]),
            "MedicationRequest.note".to_owned(),
        ),
        (
            "",
            "extension",
            json!([{ "url": "urn:x", "valueBoolean": true }]),
            "MedicationRequest.extension".to_owned(),
        ),
        (
            "/dosageInstruction/0",
            "patientInstruction",
            json!("med mat"),
            format!("{dosage}.patientInstruction"),
        ),
        (
            "/dosageInstruction/0",
            "additionalInstruction",
            json!([{ "text": "x" }]),
            format!("{dosage}.additionalInstruction"),
        ),
        (
            "/dosageInstruction/0",
            "asNeededBoolean",
            json!(true),
            format!("{dosage}.asNeededBoolean"),
        ),
        (
            "/dosageInstruction/0",
            "maxDosePerPeriod",
            json!({ "numerator": { "value": 4 } }),
            format!("{dosage}.maxDosePerPeriod"),
        ),
    ] {
        let change = |it: &mut Value| it.pointer_mut(pointer).expect("a place")[key] = value;
        let told = refusal(&doctor, change).await;
        assert_eq!(told, ("not-supported".to_owned(), json!(place)));
    }
    assert_eq!(other.taken().len(), 0);
}

#[tokio::test]
async fn an_amount_of_nothing_or_beyond_the_limits_is_refused_with_its_control() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    for (quantity, repeats) in [(0, 0), (1000, 0), (1, 99)] {
        let (code, place) = refusal(&doctor, |it| {
            it["dispenseRequest"]["quantity"]["value"] = json!(quantity);
            it["dispenseRequest"]["numberOfRepeatsAllowed"] = json!(repeats);
        })
        .await;
        assert_eq!(code, "business-rule");
        assert_eq!(place, "MedicationRequest.dispenseRequest");
    }
    assert_eq!(other.taken().len(), 0);
}

#[tokio::test]
async fn a_refusal_is_told_in_the_language_that_is_asked_for() {
    let (world, _, _) = world().await;
    let mut lacking = order("1");
    lacking["dosageInstruction"] = json!([]);
    for (language, words) in [
        ("nb", "Doseringen i ord mangler."),
        ("nn", "Doseringa i ord manglar."),
        ("en", "The dosage in words is missing."),
    ] {
        let doctor = world.log_in("doctor").await.in_language(language);
        let answer = post(&doctor, &lacking).await;
        let issue = read(&answer)["issue"][0].clone();
        assert_eq!(issue["details"]["text"], words);
        assert_eq!(issue["code"], "required");
        assert_eq!(
            issue["expression"],
            json!(["MedicationRequest.dosageInstruction.text"])
        );
    }
}

#[tokio::test]
async fn a_search_by_another_lists_number_is_not_answered_as_the_patients() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (system, status) in [
        ("http://other%7C", StatusCode::BAD_REQUEST),
        ("urn:oid:2.16.578.1.12.4.1.4.4%7C", StatusCode::BAD_REQUEST),
        ("%7C", StatusCode::BAD_REQUEST),
        ("urn:oid:2.16.578.1.12.4.1.4.1%7C", StatusCode::OK),
        ("", StatusCode::OK),
    ] {
        let body = format!("patient.identifier={system}{}", patient(7));
        let answer = doctor
            .post_body("/fhir/MedicationRequest/_search", &[form], body)
            .await;
        assert_eq!(answer.status, status, "{system}");
    }
}
