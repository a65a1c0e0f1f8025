//! Of several answers the last one counts, whatever the order of the list; where nobody can tell which was the last, the careful one.

use riktig_guideline::{FindingValue, PatientContext, Pregnancy, Unread};
use serde_json::{Value, json};

mod world;
use world::{bundle, condition, finding, laboratory, reading};

const ICPC2: &str = "urn:oid:2.16.578.1.12.4.1.1.7170";
const ICD10: &str = "urn:oid:2.16.578.1.12.4.1.1.7110";

fn measured(list: Vec<Value>) -> PatientContext {
    reading(|it| {
        it["prefetch"]["patient"]["gender"] = json!("female");
        it["prefetch"]["observations"] = bundle(json!(list));
        it["prefetch"]["laboratory"] = bundle(json!([]));
    })
    .patient
}

fn at(mut observation: Value, moment: &str) -> Value {
    observation["effectiveDateTime"] = json!(moment);
    observation
}

/// Both orders of a list say the same.
fn either_way(one: Value, other: Value) -> PatientContext {
    let read = measured(vec![one.clone(), other.clone()]);
    assert_eq!(read, measured(vec![other, one]));
    read
}

fn found(patient: &PatientContext, id: &str) -> Option<FindingValue> {
    patient
        .findings
        .iter()
        .find(|(its, _)| its.as_str() == id)
        .map(|(_, value)| *value)
}

fn is_unread(patient: &PatientContext, id: &str) -> bool {
    patient
        .unread
        .iter()
        .any(|it| matches!(it, Unread::Finding(its) if its.as_str() == id))
}

const MORNING: &str = "2026-01-10T07:00:00+01:00";
const EVENING: &str = "2026-01-10T20:00:00+01:00";

#[test]
fn within_a_day_the_last_answer_counts_whichever_stands_first_in_the_list() {
    let sepsis = |answer: bool, moment| {
        at(
            finding("suspected_sepsis", json!({ "valueBoolean": answer })),
            moment,
        )
    };
    let read = either_way(sepsis(true, EVENING), sepsis(false, MORNING));
    assert_eq!(
        found(&read, "suspected_sepsis"),
        Some(FindingValue::Present(true))
    );
    let read = either_way(sepsis(false, EVENING), sepsis(true, MORNING));
    assert_eq!(
        found(&read, "suspected_sepsis"),
        Some(FindingValue::Present(false))
    );
    // 07:00 in Oslo is later than 05:30 in Greenwich.
    let read = either_way(sepsis(true, MORNING), sepsis(false, "2026-01-10T05:30:00Z"));
    assert_eq!(
        found(&read, "suspected_sepsis"),
        Some(FindingValue::Present(true))
    );
}

#[test]
fn answers_that_differ_without_a_time_of_day_are_none_and_are_named() {
    let sepsis = |answer: bool, moment| {
        at(
            finding("suspected_sepsis", json!({ "valueBoolean": answer })),
            moment,
        )
    };
    let read = either_way(sepsis(true, "2026-01-10"), sepsis(false, EVENING));
    assert_eq!(found(&read, "suspected_sepsis"), None);
    assert!(is_unread(&read, "suspected_sepsis"));
}

#[test]
fn of_two_kidney_functions_of_a_day_the_last_counts_and_without_a_time_the_lower() {
    let egfr = |value: f64, moment| {
        at(
            laboratory(
                "98979-8",
                json!({ "value": value, "code": "mL/min/{1.73_m2}" }),
            ),
            moment,
        )
    };
    assert_eq!(
        either_way(egfr(14.0, EVENING), egfr(90.0, MORNING)).egfr,
        Some(14.0)
    );
    assert_eq!(
        either_way(egfr(14.0, "2026-01-10"), egfr(90.0, EVENING)).egfr,
        Some(14.0)
    );
    let creatinine = at(
        laboratory("14682-9", json!({ "value": 300, "code": "umol/L" })),
        EVENING,
    );
    let read = either_way(egfr(90.0, MORNING), creatinine);
    assert_eq!(read.egfr, None);
    assert!(read.creatinine.is_some());
}

#[test]
fn a_newer_kidney_function_that_cannot_be_read_leaves_no_older_number_standing() {
    let creatinine = at(
        laboratory("14682-9", json!({ "value": 70, "code": "umol/L" })),
        "2025-12-01",
    );
    let in_words = json!({
        "resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-01-09", "valueString": "<15",
        "code": { "coding": [{ "system": "http://loinc.org", "code": "88294-4" }] }
    });
    let unit = at(
        laboratory("62238-1", json!({ "value": 14, "code": "mL/min" })),
        "2026-01-09",
    );
    for newer in [in_words, unit] {
        let read = either_way(creatinine.clone(), newer);
        assert_eq!((read.egfr, read.creatinine), (None, None));
        assert_eq!(read.unread, [Unread::KidneyFunction]);
    }
    // Creatinine of the same sample says it.
    let same = at(creatinine, "2026-01-09");
    let unit = at(
        laboratory("62238-1", json!({ "value": 60, "code": "mL/min" })),
        "2026-01-09",
    );
    let read = either_way(same, unit);
    assert!(read.creatinine.is_some() && read.unread.is_empty());
}

#[test]
fn a_diagnosis_of_failing_kidneys_is_not_undone_by_a_number_that_says_otherwise() {
    let with = |egfr: u16| {
        reading(|it| {
            it["prefetch"]["conditions"] = bundle(json!([condition(ICD10, "N185")]));
            it["prefetch"]["laboratory"] = bundle(json!([world::egfr(egfr)]));
        })
        .patient
    };
    assert_eq!(
        (with(90).egfr, with(90).unread),
        (None, vec![Unread::KidneyFunction])
    );
    assert_eq!((with(12).egfr, with(12).unread), (Some(12.0), vec![]));
}

#[test]
fn dialysis_and_kidney_failure_without_a_stage_are_not_undone_by_a_number() {
    for code in ["Z992", "Z491", "N179", "N19"] {
        let read = reading(|it| {
            it["prefetch"]["conditions"] = bundle(json!([condition(ICD10, code)]));
            it["prefetch"]["laboratory"] = bundle(json!([world::egfr(90)]));
        })
        .patient;
        assert_eq!(
            (read.egfr, read.unread),
            (None, vec![Unread::KidneyFunction]),
            "{code}"
        );
    }
}

#[test]
fn a_diagnosis_of_somebody_who_may_be_pregnant_leaves_no_not_pregnant_standing() {
    let with = |system: &str, code: &str| {
        let not = laboratory("82810-3", Value::Null);
        let read = reading(|it| {
            let mut not = at(not, "2026-01-05");
            not["valueCodeableConcept"] =
                json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "60001007" }] });
            it["prefetch"]["conditions"] = bundle(json!([condition(system, code)]));
            it["prefetch"]["laboratory"] = bundle(json!([not]));
        });
        (read.patient.pregnancy, read.patient.unread)
    };
    let unknown = (Pregnancy::Unknown, vec![Unread::Pregnancy]);
    for code in ["O210", "O234", "O149", "O300", "Z321"] {
        assert_eq!(with(ICD10, code), unknown, "{code}");
    }
    for code in ["W03", "W05", "W81", "W85"] {
        assert_eq!(with(ICPC2, code), unknown, "{code}");
    }
    // Delivery, what comes after, and contraception say nothing of a pregnancy now.
    for (system, code) in [
        (ICD10, "O800"),
        (ICD10, "O912"),
        (ICPC2, "W11"),
        (ICPC2, "W90"),
    ] {
        assert_eq!(with(system, code), (Pregnancy::No, vec![]), "{code}");
    }
}

#[test]
fn a_newer_word_about_pregnancy_that_cannot_be_read_leaves_no_older_no_standing() {
    let status = |value: Value, moment| {
        let mut it = laboratory("82810-3", Value::Null);
        it.as_object_mut()
            .unwrap()
            .extend(value.as_object().unwrap().clone());
        at(it, moment)
    };
    let coded = |system: &str, code: &str| json!({ "valueCodeableConcept": { "coding": [{ "system": system, "code": code }] } });
    let not = status(coded("http://snomed.info/sct", "60001007"), "2026-01-05");
    let newer = |it: Value| {
        let read = either_way(not.clone(), it);
        (read.pregnancy, read.unread)
    };
    let pregnant = (Pregnancy::Yes { week: None }, vec![]);
    assert_eq!(
        newer(status(coded("http://loinc.org", "LA15173-0"), MORNING)),
        pregnant
    );
    assert_eq!(
        newer(status(json!({ "valueBoolean": true }), MORNING)),
        pregnant
    );
    assert_eq!(
        newer(status(json!({ "valueString": "kanskje" }), MORNING)),
        (Pregnancy::Unknown, vec![Unread::Pregnancy])
    );
    let week = at(
        laboratory("49051-6", json!({ "value": 38, "unit": "week" })),
        MORNING,
    );
    assert_eq!(newer(week).0, Pregnancy::Yes { week: Some(38) });
    let due = status(json!({ "valueDateTime": "2026-04-18" }), MORNING);
    let mut due = due;
    due["code"] = json!({ "coding": [{ "system": "http://loinc.org", "code": "11778-8" }] });
    assert_eq!(newer(due).0, Pregnancy::Yes { week: Some(26) });
    let mut test = finding(
        "x",
        json!({ "valueCodeableConcept": { "coding": [{ "code": "10828004" }] } }),
    );
    test["code"] = json!({ "coding": [{ "system": "http://loinc.org", "code": "2106-3" }] });
    assert_eq!(newer(test), pregnant);
}

#[test]
fn an_undated_pregnancy_among_the_diagnoses_is_neither_yes_nor_no() {
    let mut undated = condition(ICPC2, "W78");
    undated["recordedDate"] = Value::Null;
    let read = reading(|it| it["prefetch"]["conditions"] = bundle(json!([undated])));
    assert_eq!(read.patient.pregnancy, Pregnancy::Unknown);
    assert!(read.patient.unread.contains(&Unread::Pregnancy));
}

#[test]
fn a_suspicion_of_sepsis_counts_of_any_contact_if_only_considered_and_in_words() {
    let suspected = |change: &dyn Fn(&mut Value)| {
        let mut its = condition(ICD10, "A419");
        change(&mut its);
        let read = reading(|it| {
            it["context"]["encounterId"] = json!("e1");
            let mut own = condition(ICPC2, "R81");
            own["encounter"] = json!({ "reference": "Encounter/e1" });
            it["prefetch"]["conditions"] = bundle(json!([own, its]));
        });
        found(&read.patient, "suspected_sepsis") == Some(FindingValue::Present(true))
    };
    let verified = |word: &str| json!({ "coding": [{ "code": word }] });
    assert!(suspected(&|_| {}));
    assert!(suspected(
        &|it| it["encounter"] = json!({ "reference": "Encounter/e0" })
    ));
    assert!(suspected(
        &|it| it["verificationStatus"] = verified("differential")
    ));
    assert!(suspected(&|it| it["code"] = json!({ "text": "Urosepsis?" })));
    assert!(!suspected(
        &|it| it["code"] = json!({ "text": "Ikke sepsis" })
    ));
    assert!(!suspected(
        &|it| it["verificationStatus"] = verified("refuted")
    ));
    assert!(!suspected(&|it| it["recordedDate"] = json!("2025-11-01")));
}

#[test]
fn a_code_with_a_digit_of_no_rubric_is_not_the_rubric_but_a_diagnosis_that_is_not_read() {
    let read = reading(|it| {
        let mut condition = world::pneumonia();
        condition["code"] = json!({ "coding": [{ "system": ICPC2, "code": "R811" }] });
        it["prefetch"]["conditions"] = bundle(json!([condition]));
    });
    assert_eq!(read.patient.unread, [Unread::Diagnosis]);
    assert_eq!(read.patient.diagnoses, []);
}

#[test]
fn a_diagnosis_in_words_alone_is_named() {
    let read = reading(|it| {
        let text = json!({ "resourceType": "Condition", "recordedDate": "2026-01-10", "code": { "text": "vondt" } });
        it["prefetch"]["conditions"] = bundle(json!([world::pneumonia(), text]));
    });
    assert_eq!(read.patient.unread, [Unread::Diagnosis]);
    assert_eq!(read.patient.diagnoses.len(), 1);
}

#[test]
fn a_fever_that_was_measured_or_is_the_diagnosis_is_not_undone_by_a_no() {
    let no = at(finding("fever", json!({ "valueBoolean": false })), EVENING);
    let hot = at(
        laboratory("8310-5", json!({ "value": 40.1, "code": "Cel" })),
        MORNING,
    );
    let read = either_way(no.clone(), hot);
    assert_eq!(found(&read, "fever"), Some(FindingValue::Present(true)));
    let read = reading(|it| {
        it["prefetch"]["conditions"] = bundle(json!([condition(ICPC2, "A03")]));
        it["prefetch"]["observations"] = bundle(json!([no]));
    });
    assert_eq!(
        found(&read.patient, "fever"),
        Some(FindingValue::Present(true))
    );
}

#[test]
fn points_are_read_as_clients_write_them_and_what_cannot_be_read_is_named() {
    let crb65 = |value: Value| measured(vec![finding("crb65", value)]);
    let four = Some(FindingValue::Number(4.0));
    assert_eq!(found(&crb65(json!({ "valueInteger": 4 })), "crb65"), four);
    let score = json!({ "valueQuantity": { "value": 4, "code": "{score}" } });
    assert_eq!(found(&crb65(score), "crb65"), four);
    let words = crb65(json!({ "valueString": "fire" }));
    assert_eq!(found(&words, "crb65"), None);
    assert!(is_unread(&words, "crb65"));
}

#[test]
fn what_is_about_somebody_else_or_nobody_knows_whom_is_left_out_and_its_list_seen_in_part() {
    let about = |server: Option<&str>, subject: Value| {
        let read = reading(|it| {
            it["fhirServer"] = json!(server);
            let mut entry =
                json!({ "resourceType": "AllergyIntolerance", "code": { "text": "penicillin" } });
            entry["patient"] = subject;
            it["prefetch"]["allergies"] = bundle(json!([entry]));
        });
        let allergies = read.patient.allergies;
        (allergies.known().len(), allergies.is_checked())
    };
    let own = Some("https://ehr.example.no/fhir/");
    let to = |reference: &str| json!({ "reference": reference });
    assert_eq!(about(own, to("Patient/p1")), (1, true));
    assert_eq!(
        about(own, to("https://ehr.example.no/fhir/Patient/p1")),
        (1, true)
    );
    assert_eq!(about(own, Value::Null), (1, true));
    for stranger in [
        to("urn:uuid:6f1c"),
        to("patient/p2"),
        to("https://another.example.no/fhir/Patient/p1"),
        to("#p1"),
        json!({ "identifier": { "value": "1" } }),
    ] {
        assert_eq!(about(own, stranger), (0, false));
    }
    assert_eq!(
        about(None, to("https://another.example.no/Patient/p1")),
        (0, false)
    );
}
