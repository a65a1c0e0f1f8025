//! Prescriptions in and out: what one system writes another reads, whatever its spelling, and what cannot be read is never lost in silence.

mod left;

use proptest::prelude::*;
use riktig_codes::{AtcCode, Day, HprNumber, NationalId, Sex};
use riktig_fhir::prescribing::{
    Amount, Dose, Drug, Kind, Order, OrderError, Read, Reason, ReasonSystem, Reasons,
    Reimbursement, Taken, Use,
};
use serde_json::{Value, json};

const BASE: &str = "https://riktig.example.no";

fn read(resource: &Value) -> Read {
    Read::of(resource, |_| None).expect("an order")
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn patient(serial: u32) -> NationalId {
    NationalId::synthetic_tenor(day("1981-05-04"), Sex::Female, serial % 200).unwrap()
}

fn reason(system: ReasonSystem, code: &str) -> Reason {
    Reason::new(system, code, None).unwrap()
}

/// A request as a record system writes it, with everything that a prescription needs.
fn penicillin() -> Value {
    json!({
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {
            "coding": [
                { "system": "http://ehelse.no/fhir/CodeSystem/FEST", "code": "011818", "display": "Apocillin tab 660 mg" },
                { "system": "http://www.whocc.no/atc", "code": "J01CE02" },
            ],
        },
        "subject": { "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": digits(patient(7)) } },
        "requester": { "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "009144900" } },
        "authoredOn": "2026-11-22T10:42:00+01:00",
        "reasonCode": [{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R75" }] }],
        "dosageInstruction": [{
            "text": "1 tablett 4 ganger daglig i 7 dager",
            "timing": { "repeat": { "boundsDuration": { "value": 7, "unit": "d" }, "frequency": 4, "period": 1, "periodUnit": "d" } },
            "doseAndRate": [{ "doseQuantity": { "value": 660, "unit": "mg" } }],
        }],
        "dispenseRequest": { "quantity": { "value": 1, "unit": "pakning" }, "numberOfRepeatsAllowed": 0 },
    })
}

fn digits(patient: NationalId) -> String {
    String::from_utf8(patient.reveal_digits().to_vec()).unwrap()
}

#[test]
fn a_request_of_a_record_system_is_read_whole() {
    let Read { order, unread } = read(&penicillin());
    assert_eq!(unread, Vec::<&str>::new());
    assert_eq!(order.patient, Some(patient(7)));
    assert_eq!(order.prescriber.map(HprNumber::value), Some(9_144_900));
    assert_eq!(order.drug.item.as_deref(), Some("011818"));
    assert_eq!(order.drug.name.as_deref(), Some("Apocillin tab 660 mg"));
    assert_eq!(order.taken.days, Some(7));
    assert_eq!(order.amount, Some(Amount::Packs(1000)));
    assert_eq!(order.prescribed, Some(day("2026-11-22")));
    assert_eq!(order.reasons.one().unwrap().unwrap().code(), "R75");
}

#[test]
fn what_is_not_said_is_not_known() {
    let bare = json!({ "resourceType": "MedicationStatement", "status": "active",
        "medicationCodeableConcept": { "text": "noe mot halsen" } });
    let Read { order, unread } = read(&bare);
    let named = Drug {
        name: Some("noe mot halsen".to_owned()),
        ..Drug::default()
    };
    assert_eq!(
        order,
        Order {
            drug: named,
            ..Order::default()
        }
    );
    assert_eq!(unread, Vec::<&str>::new());
}

/// Each spelling of the three classifications that has been seen.
#[test]
fn a_diagnosis_is_read_in_every_spelling_of_its_system() {
    for (system, code, read_as) in [
        (
            "urn:oid:2.16.578.1.12.4.1.1.7170",
            "R75",
            reason(ReasonSystem::Icpc2, "R75"),
        ),
        (
            "2.16.578.1.12.4.1.1.7170",
            "R75",
            reason(ReasonSystem::Icpc2, "R75"),
        ),
        (
            "URN:OID:2.16.578.1.12.4.1.1.7170",
            "R75",
            reason(ReasonSystem::Icpc2, "R75"),
        ),
        (
            "http://hl7.org/fhir/sid/icpc-2",
            "R75",
            reason(ReasonSystem::Icpc2, "R75"),
        ),
        (
            "urn:oid:2.16.840.1.113883.6.139",
            "R75",
            reason(ReasonSystem::Icpc2, "R75"),
        ),
        (
            "http://helsedir.no/fhir/CodeSystem/no-kodeverk-7170",
            "R75",
            reason(ReasonSystem::Icpc2, "R75"),
        ),
        (
            "urn:oid:2.16.578.1.12.4.1.1.7171",
            "R75.0001",
            reason(ReasonSystem::Icpc2b, "R75.0001"),
        ),
        (
            "urn:oid:2.16.578.1.12.4.1.1.7110",
            "J01.9",
            reason(ReasonSystem::Icd10, "J019"),
        ),
        (
            "http://hl7.org/fhir/sid/icd-10-no",
            "J019",
            reason(ReasonSystem::Icd10, "J01.9"),
        ),
    ] {
        let mut request = penicillin();
        request["reasonCode"] = json!([{ "coding": [{ "system": system, "code": code }] }]);
        let Read { order, unread } = read(&request);
        assert_eq!(order.reasons, Reasons(vec![read_as]), "{system}");
        assert!(unread.is_empty(), "{system}");
    }
}

#[test]
fn a_diagnosis_that_cannot_be_read_is_told_and_not_taken_for_none() {
    for coding in [
        json!({ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "J01" }),
        json!({ "system": "http://snomed.info/sct", "code": "444814009" }),
        json!({ "code": "R75" }),
    ] {
        let mut request = penicillin();
        request["reasonCode"] = json!([{ "coding": [coding] }]);
        assert_eq!(read(&request).unread, ["reasonCode"]);
    }
    let mut words = penicillin();
    words["reasonCode"] = json!([{ "text": "bihulebetennelse" }]);
    assert_eq!(read(&words).unread, ["reasonCode"]);
}

#[test]
fn the_same_diagnosis_in_three_systems_is_one_and_two_in_one_system_are_the_prescribers_to_choose()
{
    let three = Reasons(vec![
        reason(ReasonSystem::Icd10, "J01.9"),
        reason(ReasonSystem::Icpc2b, "R75.0001"),
        reason(ReasonSystem::Icpc2, "R75"),
    ]);
    assert_eq!(three.one().unwrap().unwrap().code(), "R75");
    let two = Reasons(vec![
        reason(ReasonSystem::Icpc2, "R75"),
        reason(ReasonSystem::Icpc2, "R76"),
    ]);
    assert!(two.one().is_err());
}

/// One element after the other is spoilt; each is named.
#[test]
fn every_element_that_says_something_unreadable_is_named() {
    for (path, value, named) in [
        ("/subject/identifier/value", json!("13097248023"), "subject"),
        ("/requester/identifier/value", json!("doctor"), "requester"),
        ("/authoredOn", json!("2026-11"), "authoredOn"),
        (
            "/dispenseRequest/quantity/value",
            json!(-1),
            "dispenseRequest.quantity",
        ),
        (
            "/dispenseRequest/numberOfRepeatsAllowed",
            json!(1.5),
            "dispenseRequest.numberOfRepeatsAllowed",
        ),
        (
            "/dosageInstruction/0/timing/repeat/boundsDuration/unit",
            json!("mo"),
            "dosage.timing.repeat.bounds",
        ),
        (
            "/dosageInstruction/0/timing/repeat/frequency",
            json!("ofte"),
            "dosage.timing",
        ),
        (
            "/dosageInstruction/0/doseAndRate/0/doseQuantity/value",
            json!(0.0001),
            "dosage.doseAndRate",
        ),
    ] {
        let mut request = penicillin();
        *request.pointer_mut(path).unwrap() = value;
        assert_eq!(read(&request).unread, [named], "{path}");
    }
    let mut two_drugs = penicillin();
    let codings = two_drugs["medicationCodeableConcept"]["coding"]
        .as_array_mut()
        .unwrap();
    codings.push(json!({ "system": "http://www.whocc.no/atc", "code": "J01CA04" }));
    assert_eq!(read(&two_drugs).unread, ["medication"]);
    let mut two_people = penicillin();
    let first = two_people["subject"]["identifier"].clone();
    let second = json!({ "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": digits(patient(8)) });
    two_people["subject"]["identifier"] = json!([first, second]);
    assert_eq!(read(&two_people).unread, ["subject"]);
}

/// Every status and intent of R4 but those that prescribe.
const OTHER_STATUSES: [&str; 10] = [
    "on-hold",
    "completed",
    "unknown",
    "draft",
    "cancelled",
    "stopped",
    "entered-in-error",
    "intended",
    "not-taken",
    "",
];
const OTHER_INTENTS: [&str; 6] = [
    "plan",
    "proposal",
    "option",
    "instance-order",
    "reflex-order",
    "filler-order",
];

#[test]
fn an_order_not_to_give_the_drug_is_never_read_as_one_to_give_it() {
    for (key, value) in [
        ("doNotPerform", json!(true)),
        ("doNotPerform", json!("no")),
        ("status", json!(null)),
        ("intent", json!(null)),
    ]
    .into_iter()
    .chain(OTHER_STATUSES.map(|it| ("status", json!(it))))
    .chain(OTHER_INTENTS.map(|it| ("intent", json!(it))))
    {
        let mut request = penicillin();
        request[key] = value.clone();
        let refused = Read::of(&request, |_| None).expect_err("no order");
        assert_eq!(refused.element(), key, "{value}");
    }
    let mut original = penicillin();
    original["intent"] = json!("original-order");
    assert_eq!(read(&original), read(&penicillin()));
    let mut modified = penicillin();
    modified["modifierExtension"] = json!([{ "url": "urn:x:not-meant", "valueBoolean": true }]);
    assert_eq!(Read::of(&modified, |_| None), Err(OrderError::Modified));
    let other = json!({ "resourceType": "Patient" });
    assert_eq!(Read::of(&other, |_| None), Err(OrderError::NotAnOrder));
}

/// A statement of the shape that the central prescribing module answers with: a product and persons by reference, addresses in other letter
/// cases, numbers as text.
#[test]
fn a_statement_of_the_central_module_is_read_with_its_extensions_and_references() {
    let profile = "http://ehelse.no/fhir/structuredefinition/";
    let amendment = json!({ "url": format!("{profile}SFM-reseptAmendment"), "extension": [
        { "url": "reseptdate", "valueDateTime": "2026-11-02T09:00:00+01:00" },
        { "url": "expirationdate", "valueDate": "2026-11-12" },
        { "url": "dssn", "valueString": "1 tablett 4 ganger daglig i 7 dager" },
        { "url": "numberofpackages", "valueDecimal": 0.5 },
        { "url": "reit", "valueString": "2" },
        { "url": "typeresept", "valueCodeableConcept": { "coding": [{ "code": "E" }] } },
        { "url": "reimbursementparagraph", "valueCodeableConcept": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7427", "code": "400" }] } },
        { "url": "reimbursementcode", "valueCodeableConcept": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7110", "code": "-15" }] } },
    ] });
    let statement = json!({
        "resourceType": "MedicationStatement",
        "status": "active",
        "identifier": [{ "type": { "text": "PLL" }, "value": "p" }, { "type": { "text": "reseptId" }, "value": "r-1" }],
        "medicationReference": { "reference": "urn:uuid:1", "display": "Apocillin" },
        "subject": { "reference": "urn:uuid:2" },
        "extension": [amendment, { "url": format!("{profile}sfm-regInfo"), "extension": [
            { "url": "provider", "valueReference": { "reference": "urn:uuid:3" } },
        ] }],
        "dosage": [{ "sequence": 1, "text": "1 tablett 4 ganger daglig  i 7 dager", "extension": [
            { "url": format!("{profile}sfm-use"), "valueCodeableConcept": { "coding": [{ "code": "2" }] } },
            { "url": format!("{profile}sfm-application-area"), "extension": [{ "url": "text", "valueString": "mot bihulebetennelse" }] },
        ] }],
    });
    let group = json!({ "url": "http://hl7.no/fhir/StructureDefinition/no-basis-prescriptiongroup", "extension": [
        { "url": "prescriptiongroup", "valueCodeableConcept": { "coding": [{ "code": "C" }] } },
    ] });
    let drug = json!({ "resourceType": "Medication", "extension": [group], "code": { "coding": [
        { "system": "http://dmp.no/fhir/NamingSystem/festLegemiddelMerkevare", "code": "ID_7C952A73", "display": "Apocillin tab 660 mg" },
        { "system": "urn:oid:2.16.578.1.12.4.1.1.7180", "code": "J01CE02" },
    ] } });
    let person = json!({ "resourceType": "Patient", "identifier": [{ "system": "http://hl7.no/fhir/NamingSystem/FNR", "value": digits(patient(7)) }] });
    let doctor = json!({ "resourceType": "Practitioner", "identifier": [{ "system": "2.16.578.1.12.4.1.4.4", "value": "9144900" }] });
    let find = |reference: &str| match reference {
        "urn:uuid:1" => Some(&drug),
        "urn:uuid:2" => Some(&person),
        "urn:uuid:3" => Some(&doctor),
        _ => None,
    };
    let Read { order, unread } = Read::of(&statement, find).unwrap();
    assert_eq!(unread, Vec::<&str>::new());
    let expected = Order {
        id: Some("r-1".to_owned()),
        patient: Some(patient(7)),
        prescriber: HprNumber::from_value(9_144_900),
        drug: Drug {
            atc: AtcCode::parse("J01CE02").ok(),
            fest: Some("ID_7C952A73".to_owned()),
            item: None,
            name: Some("Apocillin tab 660 mg".to_owned()),
            group: Some("C".to_owned()),
        },
        dosage: Some("1 tablett 4 ganger daglig i 7 dager".to_owned()),
        used: Some(Use::Course),
        application_area: Some("mot bihulebetennelse".to_owned()),
        amount: Some(Amount::Packs(500)),
        reiterations: Some(2),
        prescribed: Some(day("2026-11-02")),
        expires: Some(day("2026-11-12")),
        reimbursement: Some(Reimbursement {
            paragraph: "400".to_owned(),
            code: Some(("2.16.578.1.12.4.1.1.7110".to_owned(), "-15".to_owned())),
        }),
        kind: Some(Kind::Electronic),
        ..Order::default()
    };
    assert_eq!(order, expected);
}

fn words() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[A-Za-zæøåÆØÅ0-9][A-Za-zæøåÆØÅ0-9 ,.%<>&\"]{0,30}[a-z0-9]")
}

fn dose() -> impl Strategy<Value = Dose> {
    let units = prop_oneof![Just("mg"), Just("stk"), Just("tablett"), Just("ml")];
    (0_u64..5_000_000, units).prop_map(|(thousandths, unit)| Dose {
        thousandths,
        unit: unit.to_owned(),
    })
}

fn reasons() -> impl Strategy<Value = Reasons> {
    let one = prop_oneof![
        Just(reason(ReasonSystem::Icpc2, "R75")),
        Just(reason(ReasonSystem::Icpc2, "U71")),
        Just(reason(ReasonSystem::Icpc2b, "R75.0001")),
        Just(reason(ReasonSystem::Icd10, "N30.0")),
        Just(reason(ReasonSystem::Icd10, "J01")),
    ];
    proptest::collection::vec(one, 0..4).prop_map(|mut all| {
        let mut seen = Vec::new();
        all.retain(|it| {
            let new = !seen.contains(it);
            seen.push(it.clone());
            new
        });
        Reasons(all)
    })
}

fn drugs() -> impl Strategy<Value = Drug> {
    let fest = proptest::option::of("ID_[0-9A-F]{8}");
    let item = proptest::option::of("[0-9]{6}");
    (fest, item, words()).prop_map(|(fest, item, name)| Drug {
        atc: AtcCode::parse("J01CE02").ok(),
        fest,
        item,
        name,
        group: None,
    })
}

prop_compose! {
    fn orders()(
        drug in drugs(),
        (dosage, application_area) in (words(), words()),
        dose in proptest::option::of(dose()),
        (times_per_day, days) in (proptest::option::of(1_u8..12), proptest::option::of(1_u16..100)),
        used in proptest::option::of(proptest::sample::select(Use::ALL.to_vec())),
        amount in proptest::option::of(prop_oneof![(0_u64..50_000).prop_map(Amount::Packs), dose_amount()]),
        reiterations in proptest::option::of(0_u8..9),
        reasons in reasons(),
        (later, expires) in (proptest::option::of(1_i32..30), proptest::option::of(1_i32..365)),
        waiting in any::<bool>(),
        (exchange, group) in (any::<Option<bool>>(), proptest::option::of(proptest::sample::select(vec!["A", "B", "C", "F"]))),
        (id, serial) in ("[a-f0-9]{8}", 0_u32..200),
    ) -> Order {
        let prescribed = day("2026-11-22");
        Order {
            id: Some(id),
            patient: Some(patient(serial)),
            prescriber: HprNumber::from_value(9_144_900),
            drug: Drug { group: group.map(str::to_owned), ..drug },
            dosage,
            taken: Taken { dose, times_per_day, days },
            used,
            application_area,
            amount,
            reiterations,
            reasons,
            prescribed: Some(prescribed),
            expires: expires.map(|it| prescribed + it),
            not_before: later.map(|it| prescribed + it),
            waiting,
            exchange,
            reimbursement: None,
            kind: None,
        }
    }
}

fn dose_amount() -> impl Strategy<Value = Amount> {
    dose().prop_map(Amount::Of)
}

proptest! {
    #[test]
    fn an_order_comes_back_as_it_went_in_either_resource(order in orders(), paragraph in proptest::option::of("[1-9]00")) {
        let request = order.request(BASE).expect("patient and drug are known");
        let back = read(&request);
        prop_assert_eq!(&back.unread, &Vec::<&str>::new());
        // A product's name stands beside its codes or alone.
        prop_assert_eq!(&back.order, &order);
        let mut stated = order;
        stated.kind = Some(Kind::Electronic);
        stated.reimbursement = paragraph.map(|paragraph| Reimbursement { paragraph, code: None });
        let back = read(&stated.statement(BASE).expect("patient and drug are known"));
        prop_assert_eq!(&back.unread, &Vec::<&str>::new());
        prop_assert_eq!(back.order, stated);
    }

    #[test]
    fn nothing_that_a_stranger_sends_makes_reading_panic(text in "\\PC{0,40}", number in any::<f64>(), at in 0_usize..24) {
        let mut request = penicillin();
        let paths = [
            "/subject", "/subject/identifier", "/requester", "/authoredOn", "/reasonCode", "/reasonCode/0/coding", "/dosageInstruction",
            "/dosageInstruction/0/timing", "/dosageInstruction/0/timing/repeat/frequency", "/dispenseRequest",
            "/dispenseRequest/quantity", "/medicationCodeableConcept",
        ];
        let value = if at % 2 == 0 { json!(text) } else { json!([[{ "value": number }]]) };
        *request.pointer_mut(paths[at / 2]).unwrap() = value;
        let _ = Read::of(&request, |_| None);
    }
}

#[test]
fn an_order_without_patient_or_drug_is_written_by_nobody() {
    let whole = read(&penicillin()).order;
    let nobody = Order {
        patient: None,
        ..whole.clone()
    };
    let nothing = Order {
        drug: Drug::default(),
        ..whole
    };
    for order in [nobody, nothing] {
        assert_eq!(order.request(BASE), None);
        assert_eq!(order.statement(BASE), None);
    }
}

#[test]
fn no_debug_of_an_order_shows_a_digit_of_the_patient() {
    let shown = format!("{:?}", read(&penicillin()));
    assert!(!shown.contains(&digits(patient(7))[..6]), "{shown}");
}
