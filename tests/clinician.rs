//! A clinician who asks the guideline about a patient and checks what it rests on.

use std::fs;

use serde_json::Value;

use crate::riktig::{Run, riktig};

fn asked(file: &str, text: &str, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(file), text).expect("written");
    let mut arguments = vec!["guideline", "advise", file];
    arguments.extend(more);
    riktig(folder.path(), arguments)
}

const PNEUMONIA: &str = r#"{
    "on": "2026-01-10", "age": "45 years", "sex": "male", "nursing_home": false, "allergies": [], "drugs": [],
    "findings": { "signs_of_viral_cause": false }, "diagnoses": ["icpc2:R81"],
    "orders": [{ "id": "a", "drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 7 }]
}"#;

#[test]
fn a_course_two_days_too_long_is_told_with_the_change_and_its_source() {
    let told = asked("patient.json", PNEUMONIA, &["--lang", "en"])
        .succeeded()
        .stdout;
    assert!(
        told.starts_with("a: The guideline: 5 days, not 7\n"),
        "{told}"
    );
    assert!(told.contains("edition 2025"), "{told}");
    assert!(told.contains("https://"), "{told}");
    assert!(told.contains("Not checked: "), "{told}");
}

#[test]
fn an_option_that_a_patient_context_has_no_use_for_is_refused_by_its_name() {
    for option in [&["--on", "2026-01-10"][..], &["--demo"]] {
        let told = asked("patient.json", PNEUMONIA, option).failed().stderr;
        let error = format!("error: cannot use {} with \"patient.json\"", option[0]);
        assert!(
            told.contains(&error) && told.contains("hint: leave it out"),
            "{told}"
        );
    }
}

#[test]
fn the_same_answer_is_had_as_json_for_programs() {
    let json = asked("patient.json", PNEUMONIA, &["--format", "json"])
        .succeeded()
        .stdout;
    let answer: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(answer["schema"], "riktig-advice/1");
    assert_eq!(answer["advice"][0]["kind"], "differs");
    assert_eq!(answer["advice"][0]["changes"][0]["what"], "length");
    assert_eq!(
        answer["advice"][0]["changes"][0]["to"],
        serde_json::json!([5, 5])
    );
}

const ORDER_SIGN: &str = r#"{
    "hook": "order-sign", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": { "userId": "Practitioner/1", "patientId": "p1", "draftOrders": { "resourceType": "Bundle", "type": "collection", "entry": [
        { "resource": { "resourceType": "MedicationRequest", "id": "m1", "status": "draft", "intent": "order", "subject": { "reference": "Patient/p1" },
          "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01AA02" }] },
          "reasonCode": [{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R78" }] }] } }] } },
    "prefetch": { "patient": { "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1980-05-01" } }
}"#;

#[test]
fn a_cds_hooks_request_from_a_file_is_answered_with_cards_or_with_sentences() {
    let on = ["--on", "2026-01-10"];
    let cards = asked(
        "hook.json",
        ORDER_SIGN,
        &[&on[..], &["--format", "json"]].concat(),
    )
    .succeeded()
    .stdout;
    let cards: Value = serde_json::from_str(&cards).expect("JSON");
    assert_eq!(cards["cards"][0]["summary"], "Som regel ikke antibiotika");
    assert_eq!(riktig_fhir::violations(&cards), Vec::<&str>::new());
    let told = asked("hook.json", ORDER_SIGN, &on).succeeded().stdout;
    assert!(
        told.starts_with("m1: Som regel ikke antibiotika\n")
            || told.contains("Som regel ikke antibiotika"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_file_and_the_remedy() {
    for text in [
        "",
        "[]",
        "{}",
        r#"{"on": "2026-01-10", "agee": "3 years"}"#,
        r#"{"hook": "order-dance"}"#,
    ] {
        let run = asked("wrong.json", text, &[]).failed();
        assert!(run.stderr.contains("wrong.json"), "{text}: {}", run.stderr);
    }
    let run = asked(
        "wrong.json",
        r#"{"on": "2026-01-10", "age": "many years"}"#,
        &[],
    )
    .failed();
    assert!(run.stderr.contains("34 years"), "{}", run.stderr);
    let text =
        "{\n \"on\": \"2026-01-10\",\n \"orders\": [{\"drug\": \"J01CE02\",\n \"days\": \"7\"}]}";
    let run = asked("wrong.json", text, &[]).failed();
    let field = "\"wrong.json\" is no patient context: line 4: orders[0].days: invalid type";
    assert!(run.stderr.contains(field), "{}", run.stderr);
}

#[test]
fn checking_the_guideline_counts_its_lines_and_runs_every_example() {
    let folder = tempfile::tempdir().expect("a folder");
    let checked = riktig(folder.path(), ["guideline", "check"])
        .succeeded()
        .stdout;
    assert!(checked.contains(" guideline\n"), "{checked}");
    assert!(checked.contains(" 0 do not"), "{checked}");
}

/// A drug register of our own with one interaction that is to be avoided, and a drug that nobody has assessed.
const FEST: &str = r#"<FEST><HentetDato>2026-01-05T08:00:00</HentetDato><KatInteraksjon>
    <OppfInteraksjon><Id>E1</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><Interaksjon><Id>I1</Id><Relevans V="1"/>
        <KliniskKonsekvens>Oppdiktet følge.</KliniskKonsekvens><Kildegrunnlag V="1"/><Handtering>Bruk noe annet.</Handtering>
        <Substansgruppe><Substans><Substans>Fenoksymetylpenicillin</Substans><Atc V="J01CE02"/></Substans></Substansgruppe>
        <Substansgruppe><Substans><Substans>Paracetamol</Substans><Atc V="N02BE01"/></Substans></Substansgruppe></Interaksjon></OppfInteraksjon>
    <OppfInteraksjon><Id>E2</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/>
        <InteraksjonIkkeVurdert><Atc V="J01AA02"/></InteraksjonIkkeVurdert></OppfInteraksjon>
    </KatInteraksjon></FEST>"#;

fn asked_with(fest: &str, drug: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let patient = PNEUMONIA
        .replace(r#""drugs": []"#, r#""drugs": ["N02BE01"]"#)
        .replace(
            r#""drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 7"#,
            drug,
        );
    fs::write(folder.path().join("patient.json"), patient).expect("written");
    fs::write(folder.path().join("fest.xml"), fest).expect("written");
    let arguments = "guideline advise patient.json --fest fest.xml --format json";
    riktig(folder.path(), arguments.split(' '))
}

#[test]
fn an_interaction_of_the_drug_register_forbids_and_one_not_assessed_is_not_checked() {
    let answer = |drug: &str| -> Value {
        let json = asked_with(FEST, drug).succeeded().stdout;
        serde_json::from_str(&json).expect("JSON")
    };
    let forbidden = answer(r#""drug": "J01CE02", "mg": 1000, "times_per_day": 4, "days": 5"#);
    let first = &forbidden["advice"][0];
    assert_eq!(first["kind"], "contraindicated", "{forbidden}");
    assert_eq!(first["rules"], serde_json::json!(["safety/fest-I1-0"]));
    assert_eq!(first["sources"][0]["edition"], "2026-01-05");
    let not_assessed = answer(r#""drug": "J01AA02", "mg": 100, "times_per_day": 1, "days": 5"#);
    let not_checked = not_assessed["not_checked"].as_str().expect("a sentence");
    assert!(not_checked.contains("faste legemidler"), "{not_checked}");
}

#[test]
fn a_request_that_tells_its_drug_by_a_product_number_is_answered_with_the_register_and_silent_without()
 {
    let pack = r#"<KatLegemiddelpakning><OppfLegemiddelpakning><Id>P1</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/>
        <Legemiddelpakning><Atc V="J01AA02"/><Id>ID_0A1B2C3D-0000-4000-8000-000000000001</Id><Varenr>000123</Varenr></Legemiddelpakning>
        </OppfLegemiddelpakning></KatLegemiddelpakning>"#;
    let with_pack = FEST.replace("<KatInteraksjon>", &format!("{pack}<KatInteraksjon>"));
    let by_number = ORDER_SIGN.replace(
        r#""system": "http://www.whocc.no/atc", "code": "J01AA02""#,
        r#""system": "http://ehelse.no/fhir/CodeSystem/FEST", "code": "000123""#,
    );
    assert_ne!(by_number, ORDER_SIGN);
    let answer = |request: &str, fest: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("order-sign.json"), request).expect("written");
        fs::write(folder.path().join("fest.xml"), fest).expect("written");
        let arguments =
            "guideline advise order-sign.json --on 2026-01-10 --fest fest.xml --lang en";
        riktig(folder.path(), arguments.split(' ')).succeeded()
    };
    let by_code = answer(ORDER_SIGN, &with_pack).stdout;
    assert_eq!(answer(&by_number, &with_pack).stdout, by_code);
    let without = answer(&by_number, FEST);
    let silent =
        "The order does not say which drug it is, or says it by a code that is not known here.";
    assert!(without.stdout.contains(silent), "{}", without.stdout);
    assert!(
        without.stderr.contains("holds no products"),
        "{}",
        without.stderr
    );
}

#[test]
fn a_drug_register_without_interactions_is_refused_since_its_silence_would_pass_for_none() {
    let run = asked_with(
        "<FEST><HentetDato>2026-01-05T08:00:00</HentetDato></FEST>",
        "\"drug\": \"J01CE02\"",
    )
    .failed();
    assert!(run.stderr.contains("fest.xml"), "{}", run.stderr);
    assert!(run.stderr.contains("KatInteraksjon"), "{}", run.stderr);
}
