//! A drug that is told by its product number in FEST is the drug that FEST says, and no other.

use riktig_codes::AtcCode;
use riktig_codes::fest::{FestReader, ProductNumbers};
use riktig_fhir::code_system::{ATC, FEST};
use riktig_fhir::{Reading, Recognition, Version};
use riktig_guideline::{Checked, DraftOrder, Kind, Missing, OrderPart, Unread};
use serde_json::{Value, json};

mod world;
use world::register::{fest, id};
use world::{answer_by, bundle, draft, draft_of, reading, reading_by, request};

const ITEM: &str = "http://dmp.no/fhir/NamingSystem/fest-varenummer";

fn concept(codings: &[(&str, &str)]) -> Value {
    let coding = |(system, code): &(&str, &str)| json!({ "system": system, "code": code });
    json!({ "coding": codings.iter().map(coding).collect::<Vec<_>>() })
}

fn read(change: impl FnOnce(&mut Value)) -> Reading {
    let products = fest();
    let recognition = Recognition {
        fest: Some(&products),
        ..Recognition::default()
    };
    reading_by(recognition, change)
}

fn order(codings: &[(&str, &str)]) -> DraftOrder {
    let drug = concept(codings);
    let read = read(|it| draft_of(it)["medicationCodeableConcept"] = drug);
    read.patient.orders[0].clone()
}

fn drug(codings: &[(&str, &str)]) -> Option<String> {
    order(codings).atc.map(|it| it.to_string())
}

/// The drugs in use, and whether they are all there are.
fn in_use(key: &str, resource: Value) -> (String, bool) {
    let drugs = read(|it| it["prefetch"][key] = bundle(json!([resource])))
        .patient
        .drugs;
    let known: Vec<String> = drugs.known().iter().map(ToString::to_string).collect();
    (known.join(" "), drugs.is_checked())
}

fn statement(drug: Value) -> Value {
    json!({
        "resourceType": "MedicationStatement", "status": "active", "subject": { "reference": "Patient/p1" },
        "effectiveDateTime": "2026-01-02", "medicationCodeableConcept": drug
    })
}

/// To what the patient is allergic, whether that is all, and what could not be read.
fn allergic_to(codings: &[(&str, &str)], grave: bool) -> (String, bool, Vec<Unread>) {
    let mut entry = json!({
        "resourceType": "AllergyIntolerance", "patient": { "reference": "Patient/p1" }, "code": concept(codings)
    });
    if grave {
        entry["criticality"] = json!("high");
    }
    let patient = read(|it| it["prefetch"]["allergies"] = bundle(json!([entry]))).patient;
    let all = patient.allergies.known().iter();
    let known: Vec<String> = all.map(|it| it.to.to_string()).collect();
    (
        known.join(" "),
        patient.allergies.is_checked(),
        patient.unread,
    )
}

fn told(atc: &str) -> Option<String> {
    Some(atc.to_owned())
}

#[test]
fn an_order_told_by_a_number_of_fest_is_the_drug_that_fest_says() {
    let dmp = |kind: &str| format!("http://dmp.no/fhir/NamingSystem/{kind}");
    assert_eq!(drug(&[(FEST, "000123")]), told("J01CE02"));
    assert_eq!(drug(&[(ITEM, "000124")]), told("J01FA09"));
    assert_eq!(drug(&[(FEST, &id(6))]), told("J01CE02"));
    for (kind, code, atc) in [
        ("festLegemiddelPakning", id(2), "J01FA09"),
        ("festLegemiddelMerkevare", id(6), "J01CE02"),
        ("festLegemiddelVirkestoff", id(7), "J01CE02"),
        ("festLegemiddelDose", id(8), "J01FA09"),
        ("lmrLopenummer", "0000123".to_owned(), "J01FA09"),
    ] {
        assert_eq!(drug(&[(&dmp(kind), &code)]), told(atc), "{kind}");
    }
    let small = id(6).replace('A', "a");
    assert_eq!(drug(&[(FEST, &small)]), told("J01CE02"));
}

#[test]
fn a_number_is_read_under_a_published_address_only() {
    for system in [
        "http://example.org/varenummer",
        "http://dmp.no/fhir/NamingSystem/festLegemiddelPakning",
        "http://dmp.no/fhir/NamingSystem/lmrLopenummer",
        "http://ehelse.no/FESTSubstance",
        ATC,
    ] {
        assert_eq!(drug(&[(system, "000123")]), None, "{system}");
    }
    assert_eq!(drug(&[(FEST, "123")]), None);
}

#[test]
fn an_order_of_a_product_beside_it_is_known_by_the_products_number() {
    let read = read(|it| {
        let order = draft_of(it);
        drop(
            order
                .as_object_mut()
                .unwrap()
                .remove("medicationCodeableConcept"),
        );
        order["contained"] = json!([{ "resourceType": "Medication", "id": "m", "code": concept(&[(FEST, "000123")]) }]);
        order["medicationReference"] = json!({ "reference": "#m" });
    });
    assert_eq!(read.patient.orders[0].atc.unwrap().as_str(), "J01CE02");
}

#[test]
fn a_number_that_fest_does_not_have_or_gives_to_two_drugs_tells_none() {
    for code in ["000777", "000999"] {
        let unknown = order(&[(FEST, code)]);
        assert_eq!(unknown.atc, None, "{code}");
        assert!(!unknown.unread.contains(&OrderPart::Drug), "{code}");
        // An ATC code beside it counts, as it does alone.
        assert_eq!(drug(&[(FEST, code), (ATC, "J01CE02")]), told("J01CE02"));
    }
}

#[test]
fn without_fest_a_number_tells_no_drug() {
    let by_number = concept(&[(FEST, "000123")]);
    let patient = reading(|it| {
        draft_of(it)["medicationCodeableConcept"] = by_number.clone();
        it["prefetch"]["medicationStatements"] = bundle(json!([statement(by_number)]));
    })
    .patient;
    assert_eq!(patient.orders[0].atc, None);
    assert_eq!(patient.drugs, Checked::Partly(vec![]));
}

#[test]
fn a_number_and_an_atc_code_of_the_same_drug_are_that_drug() {
    assert_eq!(drug(&[(FEST, "000123"), (ATC, "J01CE02")]), told("J01CE02"));
    // A group and a substance of it; two numbers of one drug.
    assert_eq!(drug(&[(ATC, "J01C"), (FEST, "000123")]), told("J01CE02"));
    assert_eq!(drug(&[(FEST, "000123"), (ITEM, "000125")]), told("J01CE02"));
}

#[test]
fn a_number_and_an_atc_code_of_different_drugs_tell_none_and_that_is_named() {
    for codings in [
        [(FEST, "000123"), (ATC, "J01FA09")],
        [(ATC, "J01FA09"), (FEST, "000123")],
        [(FEST, "000123"), (ITEM, "000124")],
    ] {
        let order = order(&codings);
        assert_eq!(order.atc, None);
        assert!(order.unread.contains(&OrderPart::Drug), "{order:?}");
    }
    let products = fest();
    let recognition = Recognition {
        fest: Some(&products),
        ..Recognition::default()
    };
    let drug = concept(&[(FEST, "000123"), (ATC, "J01FA09")]);
    let asked = request(|it| draft_of(it)["medicationCodeableConcept"] = drug);
    let (answer, response) = answer_by(recognition, &asked, Version::V2);
    let [only] = &answer.advice[..] else {
        panic!("{answer:?}")
    };
    assert_eq!(only.kind, Kind::CannotBeTold);
    assert!(only.unless.contains(&Missing::OrderPart(OrderPart::Drug)));
    assert_eq!(response.cards.len(), 1);
    // Two drugs of which none is an antibiotic are nobody's concern here.
    let others = order(&[(ATC, "B01AA03"), (ATC, "N02BE01")]);
    assert!(!others.unread.contains(&OrderPart::Drug), "{others:?}");
}

#[test]
fn a_product_of_another_drug_than_the_code_is_named_and_not_agreed_with() {
    let called = |by_fest: bool, code: &str, words: &str| {
        let mut drug = concept(&[(ATC, code)]);
        drug["text"] = json!(words);
        let change = |it: &mut Value| draft_of(it)["medicationCodeableConcept"] = drug;
        let read = if by_fest {
            read(change)
        } else {
            reading(change)
        };
        let unread = &read.patient.orders[0].unread;
        unread.contains(&OrderPart::Drug)
    };
    // By names that the register has.
    assert!(called(true, "J01CE02", "Klarinova Depot tab 500 mg"));
    assert!(!called(true, "J01FA09", "Klarinova Depot tab 500 mg"));
    assert!(!called(true, "J01CE02", "Fenocid tab 660 mg"));
    assert!(called(true, "J01FA09", "Fenocid tab 660 mg"));
    assert!(!called(false, "J01FA09", "Fenocid tab 660 mg"));
    // And by our own list, also of products that are no longer sold.
    for by_fest in [true, false] {
        assert!(called(by_fest, "J01CE02", "Dalacin kaps 150 mg"));
        assert!(called(by_fest, "J01CR02", "Imacillin tab 500 mg"));
        assert!(!called(by_fest, "J01CE02", "Apocillin tab 660 mg"));
        // Metronidazole has a code for protozoa, too; and 14 pieces are no penicillin.
        assert!(!called(by_fest, "P01AB01", "Flagyl tab 400 mg"));
        assert!(!called(by_fest, "J01AA02", "Doksysyklin tab 100 mg, 14 pc"));
        assert!(!called(by_fest, "J01CE02", "et navn som ingen kjenner"));
    }
}

#[test]
fn a_drug_in_use_told_by_its_number_is_known_and_one_that_cannot_be_told_leaves_the_list_seen_in_part()
 {
    let stated =
        |codings: &[(&str, &str)]| in_use("medicationStatements", statement(concept(codings)));
    assert_eq!(stated(&[(FEST, "000124")]), ("J01FA09".to_owned(), true));
    assert_eq!(stated(&[(FEST, &id(8))]), ("J01FA09".to_owned(), true));
    assert_eq!(stated(&[(FEST, "000777")]), (String::new(), false));
    let disagreeing = [(FEST, "000124"), (ATC, "J01CE02")];
    assert_eq!(stated(&disagreeing), (String::new(), false));
    let mut requested = draft();
    requested["id"] = json!("o9");
    requested["status"] = json!("active");
    requested["authoredOn"] = json!("2026-01-02");
    requested["medicationCodeableConcept"] = concept(&[(ITEM, "000124")]);
    let request = requested.clone();
    assert_eq!(
        in_use("medicationRequests", request),
        ("J01FA09".to_owned(), true)
    );
    let recent = read(|it| it["prefetch"]["medicationRequests"] = bundle(json!([requested])))
        .patient
        .recent_antibiotics;
    assert_eq!(recent.known()[0].atc.as_str(), "J01FA09");
}

/// The drugs in use where another draft of this drug comes with the call.
fn in_use_beside(hook: &str, drug: Value) -> Checked<Vec<AtcCode>> {
    let read = read(|it| {
        it["hook"] = json!(hook);
        let mut other = draft();
        other["id"] = json!("o2");
        other["medicationCodeableConcept"] = drug;
        let entries = it["context"]["draftOrders"]["entry"].as_array_mut();
        entries.unwrap().push(json!({ "resource": other }));
        if hook == "order-select" {
            it["context"]["selections"] = json!(["MedicationRequest/o1"]);
        }
    });
    read.patient.drugs
}

#[test]
fn of_orders_signed_together_one_that_cannot_be_told_leaves_the_drugs_in_use_seen_in_part() {
    let signed = |drug: Value| in_use_beside("order-sign", drug);
    // A drug that is known is held against the other as an order.
    assert_eq!(
        signed(concept(&[(FEST, "000124")])),
        Checked::Checked(vec![])
    );
    let unknown = signed(concept(&[(FEST, "000777")]));
    assert_eq!(unknown, Checked::Partly(vec![]));
    let in_words = signed(json!({ "text": "the patient's own drops" }));
    assert_eq!(in_words, Checked::Partly(vec![]));
    assert_eq!(signed(json!({})), Checked::Checked(vec![]));
}

#[test]
fn a_draft_beside_the_chosen_one_that_cannot_be_told_leaves_the_drugs_in_use_seen_in_part() {
    let beside = |drug: Value| in_use_beside("order-select", drug);
    let known = beside(concept(&[(FEST, "000124")]));
    assert_eq!(known, Checked::Checked(vec!["J01FA09".parse().unwrap()]));
    assert_eq!(
        beside(concept(&[(FEST, "000777")])),
        Checked::Partly(vec![])
    );
    assert_eq!(beside(json!({})), Checked::Checked(vec![]));
}

#[test]
fn an_allergy_told_by_a_number_is_to_that_drug() {
    let known = |atc: &str| (atc.to_owned(), true, Vec::new());
    let brand = "http://nhn.no/kj/fhir/CodeSystem/DrugTradeName";
    assert_eq!(
        allergic_to(&[("http://ehelse.no/FESTMedication", &id(6))], true),
        known("J01CE02")
    );
    assert_eq!(allergic_to(&[(brand, &id(6))], true), known("J01CE02"));
    let grave = vec![Unread::GraveAllergy];
    assert_eq!(
        allergic_to(&[(brand, &id(77))], true),
        (String::new(), false, grave)
    );
}

#[test]
fn an_allergy_whose_codes_disagree_is_to_both_drugs_and_its_list_seen_in_part() {
    let disagreeing = [(FEST, "000123"), (ATC, "J01FA09")];
    assert_eq!(
        allergic_to(&disagreeing, false),
        ("J01CE02 J01FA09".to_owned(), false, Vec::new())
    );
    let agreeing = [(FEST, "000123"), (ATC, "J01CE02"), (ATC, "J01FA09")];
    assert_eq!(
        allergic_to(&agreeing, false),
        ("J01CE02 J01FA09".to_owned(), true, Vec::new())
    );
}

#[test]
fn what_fest_says_is_the_drug_and_not_how_strong_it_is() {
    let of_tablets = |display: Option<&str>| {
        read(|it| {
            let order = draft_of(it);
            let mut drug = concept(&[(FEST, "000123")]);
            if let Some(display) = display {
                drug["coding"][0]["display"] = json!(display);
            }
            order["medicationCodeableConcept"] = drug;
        })
        .patient
        .orders[0]
            .clone()
    };
    assert_eq!(
        of_tablets(Some("Apocillin tab 660 mg")).milligrams,
        Some(vec![660.0])
    );
    let bare = of_tablets(None);
    assert_eq!(bare.milligrams, None);
    assert!(bare.unread.contains(&OrderPart::Dose), "{bare:?}");
}

/// Real entries of FEST, where they are.
#[test]
fn real_products_are_the_drugs_that_their_entries_say() {
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("RIKTIG_SHARED").map_or(beside, std::path::PathBuf::from);
    let folder = shared.join("interop/lmdi-fest-fragments/resources");
    if !folder.is_dir() {
        println!("skipped: no {}; set RIKTIG_SHARED", folder.display());
        return;
    }
    let by = |file: &str, system: &str, code: &str| {
        let text = std::fs::read(folder.join(file)).unwrap();
        let products = ProductNumbers::read(FestReader::new(text.as_slice())).unwrap();
        let recognition = Recognition {
            fest: Some(&products),
            ..Recognition::default()
        };
        let drug = concept(&[(system, code)]);
        let read = reading_by(recognition, |it| {
            draft_of(it)["medicationCodeableConcept"] = drug
        });
        read.patient.orders[0].atc.map(|it| it.to_string())
    };
    let pack = "Litt-FEST-OppfLegemiddelpakning.xml";
    assert_eq!(by(pack, ITEM, "263580"), told("C01DA14"));
    let id = "ID_0003602E-315E-4CDE-9EB0-6756BE9CD120";
    assert_eq!(by(pack, FEST, id), told("C01DA14"));
    let registry = "http://dmp.no/fhir/NamingSystem/lmrLopenummer";
    let dose = by("Litt-FEST-OppfLegemiddeldose.xml", registry, "3347478");
    assert_eq!(dose, told("N02AA05"));
    assert_eq!(by("botox.xml", FEST, "026491"), told("M03AX01"));
}
