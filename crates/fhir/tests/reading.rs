//! What each kind of resource says of the patient, and what it does not.

use riktig_guideline::{Certainty, Checked, FindingValue, PatientContext, Pregnancy, Reaction};
use serde_json::{Value, json};

mod world;
use world::{bundle, condition, finding, laboratory, reading};

const SNOMED: &str = "http://snomed.info/sct";

fn allergy(change: impl FnOnce(&mut Value)) -> Value {
    let mut allergy = json!({
        "resourceType": "AllergyIntolerance", "patient": { "reference": "Patient/p1" },
        "code": { "coding": [{ "system": SNOMED, "code": "764146007" }] }
    });
    change(&mut allergy);
    allergy
}

fn with_allergy(change: impl FnOnce(&mut Value)) -> PatientContext {
    let list = bundle(json!([allergy(change)]));
    reading(|it| it["prefetch"]["allergies"] = list).patient
}

fn reaction(manifestations: Value, rest: impl FnOnce(&mut Value)) -> Reaction {
    let patient = with_allergy(|it| {
        it["reaction"] = json!([{ "manifestation": manifestations }]);
        rest(it);
    });
    patient.allergies.known()[0].reaction
}

#[test]
fn a_reaction_is_immediate_or_severe_only_if_it_is_described_as_such() {
    let coded =
        |system: &str, code: &str| json!([{ "coding": [{ "system": system, "code": code }] }]);
    let volven = "urn:oid:2.16.578.1.12.4.1.1.7497";
    let text = |text: &str| json!([{ "text": text }]);
    let kind = |it: Value| reaction(it, |_| {});
    assert_eq!(kind(coded(SNOMED, "39579001")), Reaction::Immediate);
    assert_eq!(kind(coded(volven, "9")), Reaction::Immediate);
    assert_eq!(
        kind(coded("urn:uid:2.16.578.1.12.4.1.1.7497", "10")),
        Reaction::SevereDelayed
    );
    assert_eq!(kind(text("Elveblest, få timer etter")), Reaction::Immediate);
    assert_eq!(kind(text("DRESS")), Reaction::SevereDelayed);
    // A rash may be of either kind, and nobody knows what a missing one was.
    for unclear in [
        coded(SNOMED, "271807003"),
        coded(volven, "11"),
        coded("x", "1"),
        text("utslett"),
        text("ikke anafylaksi"),
        text("dressing itched"),
        json!([]),
    ] {
        let read = kind(unclear.clone());
        assert_eq!(read, Reaction::Unknown, "{unclear}");
    }
}

#[test]
fn severity_without_a_description_is_not_a_kind_of_reaction() {
    let patient = with_allergy(|it| {
        it["criticality"] = json!("high");
        it["reaction"] = json!([{ "severity": "severe" }]);
    });
    assert_eq!(patient.allergies.known()[0].reaction, Reaction::Unknown);
}

#[test]
fn an_upset_stomach_is_a_side_effect_only_where_nothing_speaks_against_it() {
    let nausea = json!([{ "coding": [{ "system": SNOMED, "code": "422587007" }] }]);
    let intolerance = |it: &mut Value| it["type"] = json!("intolerance");
    assert_eq!(reaction(nausea.clone(), intolerance), Reaction::SideEffect);
    assert_eq!(
        reaction(nausea.clone(), |it| it["type"] = json!("allergy")),
        Reaction::Unknown
    );
    let grave = |it: &mut Value| {
        it["type"] = json!("intolerance");
        it["criticality"] = json!("high");
    };
    assert_eq!(reaction(nausea, grave), Reaction::Unknown);
    let with_rash = json!([{ "text": "kvalme" }, { "text": "utslett" }]);
    assert_eq!(reaction(with_rash, intolerance), Reaction::Unknown);
}

#[test]
fn an_allergy_is_refuted_by_a_test_and_not_by_being_inactive() {
    let certainty = |key: &str, code: &str| {
        let status = json!({ "coding": [{ "code": code }] });
        with_allergy(|it| it[key] = status).allergies.known()[0].certainty
    };
    assert_eq!(
        certainty("verificationStatus", "refuted"),
        Certainty::Refuted
    );
    assert_eq!(certainty("clinicalStatus", "resolved"), Certainty::Refuted);
    assert_eq!(
        certainty("verificationStatus", "confirmed"),
        Certainty::Confirmed
    );
    assert_eq!(certainty("clinicalStatus", "inactive"), Certainty::Told);
    let mistake = with_allergy(|it| {
        it["verificationStatus"] = json!({ "coding": { "code": "entered-in-error" } })
    });
    assert_eq!(mistake.allergies, Checked::Checked(vec![]));
}

#[test]
fn to_what_an_allergy_is_is_told_by_atc_snomed_or_exactly_a_name() {
    let to = |code: Value| {
        let patient = with_allergy(|it| it["code"] = code);
        let known: Vec<String> = patient
            .allergies
            .known()
            .iter()
            .map(|it| it.to.to_string())
            .collect();
        (known.join(" "), patient.allergies.is_checked())
    };
    let told = |atc: &str| (atc.to_owned(), true);
    assert_eq!(
        to(
            json!({ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7180", "code": "J01CE02" }] })
        ),
        told("J01CE02")
    );
    assert_eq!(
        to(
            json!({ "coding": [{ "system": "http://nhn.no/kj/fhir/CodeSystem/ATC", "code": "J01C" }] })
        ),
        told("J01C")
    );
    assert_eq!(
        to(json!({ "coding": [{ "system": SNOMED, "code": "91936005" }] })),
        told("J01C")
    );
    assert_eq!(to(json!({ "text": "Penicillin" })), told("J01C"));
    assert_eq!(
        to(
            json!({ "coding": [{ "system": "x", "code": "1", "display": "Allergy to penicillin (finding)" }] })
        ),
        told("J01C")
    );
    assert_eq!(to(json!({ "text": "amoksicillin" })), told("J01CA04"));
    // What is named counts; beside a denial there may be more.
    assert_eq!(
        to(json!({ "text": "tåler ikke penicillin eller sulfa" })),
        ("J01C J01E".to_owned(), false)
    );
    // It may be about a drug and cannot be told: nothing follows from the list.
    let unclear = (String::new(), false);
    assert_eq!(
        to(json!({ "coding": [{ "system": "x", "code": "J01CE02" }] })),
        unclear
    );
    assert_eq!(to(json!({})), unclear);
}

#[test]
fn no_known_allergy_and_allergies_to_food_leave_the_list_looked_at_and_empty() {
    for code in ["716186003", "409137002"] {
        let none = with_allergy(|it| {
            it["code"] = json!({ "coding": [{ "system": SNOMED, "code": code }] })
        });
        assert_eq!(none.allergies, Checked::Checked(vec![]));
    }
    let food = with_allergy(|it| {
        it["code"] = json!({ "text": "peanøtt" });
        it["category"] = json!(["food"]);
    });
    assert_eq!(food.allergies, Checked::Checked(vec![]));
}

fn diagnosed(conditions: Value) -> usize {
    reading(|it| it["prefetch"]["conditions"] = bundle(conditions))
        .patient
        .diagnoses
        .len()
}

#[test]
fn only_diagnoses_of_this_contact_count() {
    let icpc = |code| condition("urn:oid:2.16.578.1.12.4.1.1.7170", code);
    let with = |code, key: &str, value: Value| {
        let mut it = icpc(code);
        it[key] = value;
        it
    };
    assert_eq!(diagnosed(json!([icpc("R81"), icpc("R81"), icpc("U71")])), 2);
    assert_eq!(
        diagnosed(json!([with("R81", "recordedDate", json!("2025-11-01"))])),
        0
    );
    let coded = |code: &str| json!({ "coding": [{ "code": code }] });
    assert_eq!(
        diagnosed(json!([with("R81", "clinicalStatus", coded("resolved"))])),
        0
    );
    assert_eq!(
        diagnosed(json!([with("R81", "verificationStatus", coded("refuted"))])),
        0
    );
    let named = reading(|it| {
        it["context"]["encounterId"] = json!("e1");
        let own = with("R81", "encounter", json!({ "reference": "Encounter/e1" }));
        let other = with("U70", "encounter", json!({ "reference": "Encounter/e0" }));
        let before = with("R78", "recordedDate", json!("2026-01-09"));
        // Of another contact, or of yesterday without one: not this contact's. Of today without one: it may be.
        it["prefetch"]["conditions"] = bundle(json!([own, other, before, icpc("U71")]));
    });
    assert_eq!(named.patient.diagnoses.len(), 2);
}

fn measured(observation: Value) -> PatientContext {
    reading(|it| {
        it["prefetch"]["observations"]["entry"]
            .as_array_mut()
            .unwrap()
            .push(json!({ "resource": observation }))
    })
    .patient
}

#[test]
fn a_weight_is_known_while_it_is_fresh_enough_for_the_age() {
    let weigh = |born: &str, day: &str, unit: &str, value: f64| {
        let mut weight = laboratory("29463-7", json!({ "value": value, "code": unit }));
        weight["effectiveDateTime"] = json!(day);
        let read = reading(|it| {
            it["prefetch"]["patient"]["birthDate"] = json!(born);
            it["prefetch"]["observations"] = bundle(json!([weight]));
        });
        read.patient.weight.map(riktig_guideline::Kilograms::get)
    };
    assert_eq!(weigh("2023-01-10", "2025-10-01", "kg", 14.0), Some(14.0));
    assert_eq!(weigh("2023-01-10", "2025-06-01", "kg", 14.0), None);
    assert_eq!(weigh("2025-06-10", "2025-11-20", "kg", 7.0), None);
    assert_eq!(weigh("1980-01-10", "2024-06-01", "g", 70_000.0), Some(70.0));
    assert_eq!(weigh("1980-01-10", "2026-01-11", "kg", 70.0), None);
    assert_eq!(weigh("1980-01-10", "2026-01-10", "kg", 7000.0), None);
    assert_eq!(weigh("1980-01-10", "2026-01-10", "[lb_av]", 150.0), None);
}

#[test]
fn a_finding_is_this_illness_and_less_than_five_is_under_five() {
    let crp = |day: &str, quantity: Value| {
        let mut observation = laboratory("1988-5", quantity);
        observation["effectiveDateTime"] = json!(day);
        let patient = measured(observation);
        let (_, value) = patient
            .findings
            .into_iter()
            .find(|(id, _)| id.as_str() == "crp")?;
        Some(value)
    };
    assert_eq!(
        crp("2026-01-09", json!({ "value": 60, "code": "mg/L" })),
        Some(FindingValue::Number(60.0))
    );
    assert_eq!(
        crp("2026-01-05", json!({ "value": 60, "code": "mg/L" })),
        None
    );
    assert_eq!(
        crp("2026-01-10", json!({ "value": 60, "code": "mg/dL" })),
        None
    );
    let low = crp(
        "2026-01-10",
        json!({ "value": 5, "comparator": "<", "code": "mg/L" }),
    );
    assert!(
        matches!(low, Some(FindingValue::Number(it)) if it < 5.0 && it > 4.9),
        "{low:?}"
    );
    let mut withdrawn = finding(
        "crp",
        json!({ "valueQuantity": { "value": 60, "code": "mg/L" } }),
    );
    withdrawn["status"] = json!("entered-in-error");
    assert!(
        !measured(withdrawn)
            .findings
            .keys()
            .any(|it| it.as_str() == "crp")
    );
}

#[test]
fn pregnancy_goes_on_by_the_calendar_and_not_pregnant_is_soon_forgotten() {
    let mut weeks = laboratory("49051-6", json!({ "value": 10, "code": "wk" }));
    weeks["effectiveDateTime"] = json!("2025-12-13");
    assert_eq!(
        measured(weeks.clone()).pregnancy,
        Pregnancy::Yes { week: Some(14) }
    );
    for code in ["18185-9", "11884-4", "11885-1"] {
        let mut estimated = laboratory(code, json!({ "value": 10, "code": "wk" }));
        estimated["effectiveDateTime"] = json!("2025-12-13");
        let in_week_14 = Pregnancy::Yes { week: Some(14) };
        assert_eq!(measured(estimated.clone()).pregnancy, in_week_14, "{code}");
        let by_laboratory = reading(|it| it["prefetch"]["laboratory"] = bundle(json!([estimated])));
        assert_eq!(by_laboratory.patient.pregnancy, in_week_14, "{code}");
    }
    weeks["effectiveDateTime"] = json!("2025-03-01");
    assert_eq!(measured(weeks).pregnancy, Pregnancy::Unknown);
    let status = |day: &str, code: &str| {
        let mut it = laboratory("82810-3", Value::Null);
        it["effectiveDateTime"] = json!(day);
        it["valueCodeableConcept"] = json!({ "coding": [{ "system": SNOMED, "code": code }] });
        measured(it).pregnancy
    };
    assert_eq!(status("2026-01-01", "60001007"), Pregnancy::No);
    assert_eq!(status("2025-11-01", "60001007"), Pregnancy::Unknown);
    assert_eq!(
        status("2026-01-01", "77386006"),
        Pregnancy::Yes { week: None }
    );
}

#[test]
fn a_pregnancy_among_the_diagnoses_is_not_undone_by_a_test() {
    let mut negative = laboratory("82810-3", Value::Null);
    negative["effectiveDateTime"] = json!("2025-12-30");
    negative["valueCodeableConcept"] =
        json!({ "coding": [{ "system": SNOMED, "code": "60001007" }] });
    let read = reading(|it| {
        it["prefetch"]["observations"] = bundle(json!([negative]));
        it["prefetch"]["conditions"] = bundle(json!([condition(
            "urn:oid:2.16.578.1.12.4.1.1.7170",
            "W78"
        )]));
    });
    assert_eq!(read.patient.pregnancy, Pregnancy::Yes { week: None });
}

#[test]
fn kidney_function_and_residence_are_read_and_grow_old() {
    let patient = reading(|_| {}).patient;
    assert_eq!(
        (patient.egfr, patient.nursing_home),
        (Some(90.0), Some(false))
    );
    let mut old = world::egfr(40);
    old["effectiveDateTime"] = json!("2024-12-01");
    let read = reading(|it| it["prefetch"]["laboratory"] = bundle(json!([old])));
    assert_eq!(read.patient.egfr, None);
}

#[test]
fn creatinine_is_read_in_both_units_and_a_later_one_makes_an_older_rate_doubtful() {
    let read = |list: Value| reading(|it| it["prefetch"]["laboratory"] = bundle(list)).patient;
    let micromoles = |code: &str, value: f64, unit: &str| {
        let patient = read(json!([laboratory(
            code,
            json!({ "value": value, "code": unit })
        )]));
        patient
            .creatinine
            .map(|it| it.micromoles_per_litre().round())
    };
    assert_eq!(micromoles("14682-9", 88.0, "umol/L"), Some(88.0));
    assert_eq!(micromoles("2160-0", 1.0, "mg/dL"), Some(88.0));
    // A unit that says nothing, and a number that is nobody's in its unit.
    assert_eq!(micromoles("14682-9", 88.0, "1"), None);
    assert_eq!(micromoles("14682-9", 0.9, "umol/L"), None);
    let of_the_day = laboratory("14682-9", json!({ "value": 80, "code": "umol/L" }));
    assert_eq!(read(json!([world::egfr(90), of_the_day])).egfr, Some(90.0));
    let mut later = laboratory("14682-9", json!({ "value": 180, "code": "umol/L" }));
    later["effectiveDateTime"] = json!("2025-12-20");
    assert_eq!(read(json!([world::egfr(90), later])).egfr, None);
}

#[test]
fn a_culture_tells_what_its_bacteria_were_resistant_to() {
    let mut culture = laboratory("630-4", Value::Null);
    let part = |code: Value, result: &str| json!({ "code": code, "interpretation": [{ "coding": [{ "code": result }] }] });
    culture["component"] = json!([
        part(
            json!({ "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01EA01" }] }),
            "R"
        ),
        part(json!({ "text": "Nitrofurantoin" }), "S"),
        part(json!({ "text": "noe annet" }), "R"),
    ]);
    let read = reading(|it| it["prefetch"]["laboratory"] = bundle(json!([culture])));
    let cultures = read.patient.cultures.known();
    assert_eq!(cultures[0].resistant_to[0].as_str(), "J01EA01");
    assert_eq!(cultures[0].susceptible_to[0].as_str(), "J01XE01");
    // Something is resistant to a drug that nobody knows.
    assert!(!read.patient.cultures.is_checked());
}

#[test]
fn a_culture_that_is_not_final_is_not_read_and_is_named_as_not_looked_at() {
    let names_cultures = |change: Value| {
        let mut culture = laboratory("630-4", Value::Null);
        let change = change.as_object().unwrap().clone();
        culture.as_object_mut().unwrap().extend(change);
        let read = reading(|it| it["prefetch"]["laboratory"] = bundle(json!([culture])));
        assert!(read.patient.cultures.known().is_empty());
        let unread = read.gaps.iter().map(|it| (it.key, it.reason.as_str()));
        let named = !read.patient.cultures.is_checked();
        assert_eq!(
            unread.collect::<Vec<_>>() == [("laboratory", "unreadable")],
            named
        );
        named
    };
    let resistant = json!([{ "code": { "text": "Mecillinam" }, "valueString": "R" }]);
    for status in ["preliminary", "registered", "unknown"] {
        assert!(names_cultures(json!({ "status": status })), "{status}");
        assert!(
            names_cultures(json!({ "status": status, "component": resistant })),
            "{status}"
        );
    }
    // What was called off tells nothing, nor what is older than cultures count.
    for status in ["cancelled", "entered-in-error"] {
        let called_off = json!({ "status": status, "component": resistant });
        assert!(!names_cultures(called_off), "{status}");
    }
    let old = json!({ "status": "preliminary", "effectiveDateTime": "2025-06-01" });
    assert!(!names_cultures(old));
    let undated = json!({ "status": "preliminary", "effectiveDateTime": null });
    assert!(names_cultures(undated));
    // A number that is not final is no culture's, unless it is called one.
    let number =
        json!({ "status": "preliminary", "valueQuantity": { "value": 7, "unit": "g/dL" } });
    assert!(!names_cultures(number.clone()));
    let mut called = number;
    called["code"] = json!({ "text": "U-Bakterier, dyrkning" });
    assert!(names_cultures(called));
    let awaited = json!({ "status": "registered", "code": { "coding": [{ "system": "http://loinc.org", "code": "98979-8" }] } });
    assert!(!names_cultures(awaited));
}

fn taken(requests: Value) -> PatientContext {
    reading(|it| it["prefetch"]["medicationRequests"] = requests).patient
}

fn earlier(status: &str, day: &str, atc: &str) -> Value {
    json!({
        "resourceType": "MedicationRequest", "id": format!("r{day}"), "status": status, "intent": "order", "authoredOn": day,
        "subject": { "reference": "Patient/p1" },
        "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": atc }] }
    })
}

#[test]
fn drugs_in_use_and_antibiotics_of_the_last_months_are_two_lists() {
    let patient = taken(bundle(json!([
        earlier("active", "2025-06-01", "B01AA03"),
        earlier("completed", "2025-12-20", "J01CA08"),
        earlier("completed", "2025-06-20", "J01CA08"),
        earlier("cancelled", "2025-12-20", "J01FA09"),
    ])));
    assert!(patient.drugs.is_checked() && patient.recent_antibiotics.is_checked());
    assert_eq!(
        patient
            .drugs
            .known()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["B01AA03"]
    );
    assert_eq!(patient.recent_antibiotics.known().len(), 1);
}

#[test]
fn a_drug_that_cannot_be_told_makes_its_list_one_seen_in_part() {
    let mut unknown = earlier("active", "2025-12-20", "J01CA08");
    unknown["medicationCodeableConcept"] = json!({ "text": "noe hvitt" });
    let patient = taken(bundle(json!([unknown])));
    assert_eq!(patient.drugs, Checked::Partly(vec![]));
    assert!(matches!(patient.recent_antibiotics, Checked::Partly(_)));
}

#[test]
fn a_page_that_reaches_back_far_enough_is_whole_for_the_last_months_and_not_for_drugs_in_use() {
    let page = |requests: Value| {
        let mut page = bundle(requests);
        page["link"] = json!([{ "relation": "next", "url": "https://ehr.example.no/fhir?page=2" }]);
        taken(page)
    };
    let new = earlier("completed", "2025-12-20", "J01CA08");
    let old = earlier("completed", "2025-06-01", "J01CA08");
    let patient = page(json!([new, old]));
    assert!(patient.recent_antibiotics.is_checked() && !patient.drugs.is_checked());
    // Not sorted: the next page might have anything.
    assert!(!page(json!([old, new])).recent_antibiotics.is_checked());
    assert!(!page(json!([new])).recent_antibiotics.is_checked());
}
