//! An allergy in whatever words it came: understood, or named as not understood; never "none".

use riktig_guideline::{PatientContext, Reaction, Unread};
use serde_json::{Value, json};

mod world;
use world::{bundle, laboratory, reading};

const SNOMED: &str = "http://snomed.info/sct";
const ATC: &str = "http://www.whocc.no/atc";

fn with(entry: Value) -> PatientContext {
    let mut its =
        json!({ "resourceType": "AllergyIntolerance", "patient": { "reference": "Patient/p1" } });
    its.as_object_mut()
        .unwrap()
        .extend(entry.as_object().unwrap().clone());
    reading(|it| it["prefetch"]["allergies"] = bundle(json!([its]))).patient
}

fn to(patient: &PatientContext) -> String {
    let all: Vec<String> = patient
        .allergies
        .known()
        .iter()
        .map(|it| it.to.to_string())
        .collect();
    all.join(" ")
}

#[test]
fn brand_names_short_names_and_groups_are_understood() {
    for (text, drugs) in [
        ("Apocillin", "J01CE02"),
        ("Penicillinallergi, anafylaksi 2012", "J01C"),
        ("PC-allergi", "J01C"),
        ("Penicillinallergi", "J01C"),
        ("penicilinallergi", "J01C"),
        ("allergisk mot penicilin", "J01C"),
        ("Penisillin", "J01C"),
        ("Penicillin (antibiotikum)", "J01C"),
        ("Penicillin G", "J01C"),
        ("Betalaktam", "J01C J01D"),
        ("Penicillin og sulfa", "J01C J01E"),
        ("Sulfa", "J01E"),
        ("Selexid", "J01CA08"),
    ] {
        assert_eq!(
            to(&with(json!({ "code": { "text": text } }))),
            drugs,
            "{text}"
        );
    }
    let coded = |code: &str| {
        to(&with(
            json!({ "code": { "coding": [{ "system": SNOMED, "code": code }] } }),
        ))
    };
    assert_eq!(coded("372725003"), "J01CE02");
    assert_eq!(coded("373270004"), "J01C");
    let dated = with(json!({ "code": { "text": "Penicillinallergi, anafylaksi 2012" } }));
    assert_eq!(dated.allergies.known()[0].reaction, Reaction::Immediate);
}

#[test]
fn what_is_named_beside_a_drug_and_not_known_leaves_the_list_seen_in_part() {
    let also = with(json!({ "code": { "text": "Penicillin og noe hvitt" } }));
    assert_eq!(
        (to(&also).as_str(), also.allergies.is_checked()),
        ("J01C", false)
    );
    let tolerated = with(json!({ "code": { "text": "Tåler penicillin" } }));
    assert_eq!(
        (to(&tolerated).as_str(), tolerated.allergies.is_checked()),
        ("", false)
    );
}

#[test]
fn a_grave_entry_that_is_not_understood_is_a_state_of_its_own() {
    let unread = |entry: Value| with(entry).unread == [Unread::GraveAllergy];
    let text = json!({ "text": "noe hvitt" });
    assert!(unread(json!({ "code": text, "criticality": "high" })));
    assert!(unread(
        json!({ "code": text, "reaction": [{ "manifestation": [{ "text": "anafylaksi" }] }] })
    ));
    assert!(!unread(json!({ "code": text })));
    let refuted = json!({ "coding": [{ "code": "refuted" }] });
    assert!(!unread(
        json!({ "code": text, "criticality": "high", "verificationStatus": refuted })
    ));
    assert!(!unread(
        json!({ "code": { "text": "peanøtt" }, "criticality": "high", "category": ["food"] })
    ));
}

#[test]
fn an_allergy_to_antibiotics_that_does_not_say_which_may_be_to_any() {
    let read = |entry: Value| {
        let patient = with(entry);
        assert!(patient.unread.is_empty() || !patient.allergies.is_checked());
        (to(&patient), patient.unread == [Unread::GraveAllergy])
    };
    let called = |text: &str| read(json!({ "code": { "text": text } }));
    for text in [
        "Antibiotika",
        "antibiotikaallergi",
        "Allergisk mot antibiotika",
        "antibiotic allergy",
        "Utslett av antibiotika som barn",
    ] {
        assert_eq!(called(text), (String::new(), true), "{text}");
    }
    assert_eq!(
        called("Penicillin og flere andre antibiotika"),
        ("J01C".to_owned(), true)
    );
    for text in ["Ikke allergisk mot antibiotika", "Antibiotika: trimetoprim"] {
        assert!(!called(text).1, "{text}");
    }
    let refuted = json!({ "coding": [{ "code": "refuted" }] });
    let code = json!({ "text": "Antibiotika" });
    assert!(!read(json!({ "code": code, "verificationStatus": refuted })).1);
    let asked = world::request(|it| {
        let its = json!({ "resourceType": "AllergyIntolerance",
            "patient": { "reference": "Patient/p1" }, "code": code });
        it["prefetch"]["allergies"] = bundle(json!([its]));
    });
    let (answer, _) = world::answer_to(&asked, riktig_fhir::Version::V2);
    let kinds: Vec<&str> = answer.advice.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["cannot_be_told"]);
}

#[test]
fn food_animals_and_pollen_are_no_drug_however_grave() {
    let grave = |code: Value, change: Value| {
        let mut entry = json!({ "code": code, "criticality": "high" });
        let change = change.as_object().unwrap().clone();
        entry.as_object_mut().unwrap().extend(change);
        let patient = with(entry);
        (patient.unread, patient.allergies.is_checked())
    };
    for text in [
        "Nøtter",
        "Peanøttallergi",
        "Peanøtter, anafylaksi 2012",
        "Allergi mot egg og melk",
        "Skalldyr/fisk",
        "tåler ikke hvete",
        "Bjørkepollen, gress og burot",
        "katt, hund, hest",
        "Husstøvmidd",
        "Vepseallergi",
        "bie",
        "peanut allergy",
        "mjølkeallergi",
    ] {
        let read = grave(json!({ "text": text }), json!({}));
        assert_eq!(read, (vec![], true), "{text}");
    }
    let stops = (vec![Unread::GraveAllergy], false);
    for text in [
        "egg og noe hvitt",
        "fisk, tabletter",
        "lateks",
        "allergi",
        "Antibiotika og nøtter",
    ] {
        assert_eq!(grave(json!({ "text": text }), json!({})), stops, "{text}");
    }
    let egg = || json!({ "text": "egg" });
    let as_drug = grave(egg(), json!({ "category": ["medication"] }));
    assert_eq!(as_drug, stops);
    let noted = json!({ "note": [{ "text": "også anafylaksi av penicillin" }] });
    assert_eq!(grave(egg(), noted), stops);
}

#[test]
fn none_known_is_believed_only_where_nothing_speaks_against_it() {
    let none = json!({ "coding": [{ "system": SNOMED, "code": "716186003" }] });
    let refuted = json!({ "coding": [{ "code": "refuted" }] });
    let denied = with(json!({ "code": none, "verificationStatus": refuted }));
    assert!(!denied.allergies.is_checked());
    let anaphylaxis = json!([{ "manifestation": [{ "text": "anafylaksi" }] }]);
    let mut beside = none.clone();
    beside["coding"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "system": ATC, "code": "J01CE02" }));
    let beside = with(json!({ "code": beside, "reaction": anaphylaxis }));
    assert_eq!(
        (to(&beside).as_str(), beside.allergies.is_checked()),
        ("J01CE02", false)
    );
    let substance = with(json!({ "code": { "text": "noe" }, "reaction": [{ "substance": none }] }));
    assert!(!substance.allergies.is_checked());
    let about_surroundings =
        with(json!({ "code": { "text": "Apocillin" }, "category": ["environment"] }));
    assert_eq!(to(&about_surroundings), "J01CE02");
}

#[test]
fn a_grave_word_counts_wherever_it_stands_beside_an_upset_stomach() {
    let kind = |reaction: Value| {
        let code = json!({ "coding": [{ "system": ATC, "code": "J01CE02" }] });
        with(json!({ "code": code, "type": "intolerance", "reaction": [reaction] }))
            .allergies
            .known()[0]
            .reaction
    };
    let text = |text: &str| kind(json!({ "manifestation": [{ "text": text }] }));
    assert_eq!(text("Kvalme og oppkast"), Reaction::SideEffect);
    for grave in [
        "Kvalme og anafylaksi",
        "Oppkast, hevelse i tungen",
        "Kvalme, hevelse i ansikt og pustevansker",
    ] {
        assert_eq!(text(grave), Reaction::Immediate, "{grave}");
    }
    assert_eq!(text("Kvalme, så ble det verre"), Reaction::Unknown);
    let described = json!({ "manifestation": [{ "text": "kvalme" }], "description": "anafylaktisk sjokk, innlagt" });
    assert_eq!(kind(described), Reaction::Immediate);
    let noted =
        json!({ "manifestation": [{ "text": "kvalme" }], "note": [{ "text": "fikk adrenalin" }] });
    assert_eq!(kind(noted), Reaction::Immediate);
    let nausea =
        json!({ "coding": [{ "system": SNOMED, "code": "422587007" }], "text": "Anafylaksi" });
    assert_eq!(
        kind(json!({ "manifestation": [nausea] })),
        Reaction::Immediate
    );
}

#[test]
fn resistance_is_read_in_words_and_what_of_it_cannot_be_read_leaves_the_cultures_seen_in_part() {
    let cultured = |row: Value| {
        let mut culture = laboratory("630-4", Value::Null);
        culture["component"] = json!([row]);
        let read = reading(|it| it["prefetch"]["laboratory"] = bundle(json!([culture])));
        let cultures = read.patient.cultures;
        let resistant = cultures
            .known()
            .iter()
            .flat_map(|it| it.resistant_to.clone());
        (
            resistant
                .map(|it| it.to_string())
                .collect::<Vec<_>>()
                .join(" "),
            cultures.is_checked(),
        )
    };
    let mecillinam = json!({ "text": "Mecillinam" });
    let resistant = ("J01CA11".to_owned(), true);
    assert_eq!(
        cultured(json!({ "code": mecillinam, "interpretation": [{ "text": "Resistent" }] })),
        resistant
    );
    assert_eq!(
        cultured(json!({ "code": mecillinam, "valueString": "R" })),
        resistant
    );
    let loinc = json!({ "coding": [{ "system": "http://loinc.org", "code": "1", "display": "Mecillinam [Susceptibility]" }] });
    assert_eq!(
        cultured(json!({ "code": loinc, "valueString": "R" })),
        resistant
    );
    let unread = (String::new(), false);
    assert_eq!(
        cultured(json!({ "code": { "text": "noe annet" }, "valueString": "R" })),
        unread
    );
    assert_eq!(
        cultured(json!({ "code": mecillinam, "valueString": "se vedlegg" })),
        unread
    );
    let penicillin = json!({ "text": "Penicillin" });
    let coded = |code: &str| json!([{ "coding": [{ "code": code }] }]);
    assert_eq!(
        cultured(json!({ "code": penicillin, "interpretation": coded("R") })),
        ("J01CE".to_owned(), true)
    );
    assert_eq!(
        cultured(json!({ "code": penicillin, "interpretation": coded("S") })),
        (String::new(), true)
    );
    assert_eq!(
        cultured(json!({ "code": penicillin, "valueString": "se vedlegg" })),
        unread
    );
    assert_eq!(
        cultured(json!({ "code": mecillinam, "valueString": "S" })),
        (String::new(), true)
    );
}

#[test]
fn a_denying_word_hides_no_drug_that_is_named_and_no_grave_reaction() {
    let read = |text: &str| {
        let patient = with(json!({ "code": { "text": text } }));
        let reactions = patient.allergies.known().iter().map(|it| it.reaction);
        let gravest = reactions.max();
        (to(&patient), gravest, patient.allergies.is_checked())
    };
    let penicillin = |reaction| ("J01C".to_owned(), Some(reaction), false);
    for grave in [
        "Penicillin - anafylaksi. Ingen andre",
        "Tåler ikke penicillin: anafylaktisk sjokk",
        "ikke penicillin - anafylaktisk sjokk",
        "Penicillin: sjokk 2009, uten varsel",
        "Penicillin, sjokk uten varsel",
    ] {
        assert_eq!(read(grave), penicillin(Reaction::Immediate), "{grave}");
    }
    for unknown in [
        "Tåler ikke penicillin",
        "Ingen kjente unntatt penicillin",
        "Penicillin, ikke anafylaksi",
        "Penicillin: kvalme, ikke utslett",
    ] {
        assert_eq!(read(unknown), penicillin(Reaction::Unknown), "{unknown}");
    }
    let both = read("allergisk mot penicillin, ikke sulfa");
    assert_eq!((both.0.as_str(), both.2), ("J01C J01E", false));
    // That there is none is not taken for an allergy, nor for a list that was looked at.
    for none in [
        "ikke allergisk mot penicillin",
        "ingen penicillinallergi",
        "tåler penicillin",
        "penicillin avkreftet",
    ] {
        assert_eq!(read(none), (String::new(), None, false), "{none}");
    }
    let food = with(json!({
        "code": { "text": "tåler ikke penicillin" }, "category": ["food"], "criticality": "high"
    }));
    assert_eq!(to(&food), "J01C");
}

#[test]
fn an_allergy_among_the_diagnoses_counts_though_the_list_is_empty_or_did_not_come() {
    let history = |code: &str| {
        json!({ "resourceType": "Condition", "subject": { "reference": "Patient/p1" }, "recordedDate": "2019-05-01",
        "code": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7110", "code": code }] } })
    };
    let read = |code: &str, list: Option<Value>| {
        let patient = reading(|it| {
            it["prefetch"]["conditions"] = bundle(json!([history(code)]));
            it["prefetch"]["allergies"] = list.unwrap_or(Value::Null);
        })
        .patient;
        (to(&patient), patient.allergies.is_checked())
    };
    let none = || Some(bundle(json!([])));
    assert_eq!(read("Z880", none()), ("J01C".to_owned(), true));
    assert_eq!(read("Z882", none()), ("J01E".to_owned(), true));
    assert_eq!(read("Z880", None), ("J01C".to_owned(), false));
    assert_eq!(read("Z889", none()), (String::new(), true));
}
