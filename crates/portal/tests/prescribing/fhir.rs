//! A record system prescribes in FHIR: one order is one prescription, every refusal names its control, and what comes back is valid R4.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use riktig_codes::{NationalId, Sex};
use riktig_eresept::Body;
use serde_json::{Value, json};

use crate::intermediary::world;
use crate::world::{Answer, Browser, DOCTOR, World};

pub(crate) const JSON: (&str, &str) = ("content-type", "application/fhir+json");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub(crate) fn patient(serial: u32) -> String {
    let born = "1981-05-04".parse().expect("a day");
    let patient = NationalId::synthetic_tenor(born, Sex::Female, serial).expect("a number");
    String::from_utf8(patient.reveal_digits().to_vec()).expect("digits")
}

/// A request as a record system writes it.
pub(crate) fn order(own: &str) -> Value {
    json!({
        "resourceType": "MedicationRequest",
        "identifier": [{ "system": "https://record.example.no/orders", "value": own }],
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {
            "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CE02" }],
            "text": "Apocillin tab 660 mg",
        },
        "subject": { "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": patient(7) } },
        "requester": { "identifier": { "system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": DOCTOR.to_string() } },
        "authoredOn": "2026-11-22",
        "reasonCode": [{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R75", "display": "Bihulebetennelse" }] }],
        "courseOfTherapyType": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy", "code": "acute" }] },
        "dosageInstruction": [{ "text": "1 tablett 4 ganger daglig i 7 dager" }],
        "dispenseRequest": { "quantity": { "value": 1, "unit": "pakning" }, "numberOfRepeatsAllowed": 0 },
    })
}

pub(crate) async fn post(browser: &Browser<'_>, order: &Value) -> Answer {
    let path = format!("/fhir/{}", order["resourceType"].as_str().expect("a kind"));
    browser.post_body(&path, &[JSON], order.to_string()).await
}

pub(crate) async fn search(browser: &Browser<'_>, kind: &str, digits: &str) -> Answer {
    let path = format!("/fhir/{kind}/_search");
    let body = format!("patient.identifier=urn:oid:2.16.578.1.12.4.1.4.1%7C{digits}");
    browser.post_body(&path, &[FORM], body).await
}

pub(crate) fn read(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.bytes).expect("JSON")
}

/// The path of an answer's place.
pub(crate) fn place(answer: &Answer) -> String {
    let place = answer
        .location()
        .split_once("/fhir/")
        .expect("a place of ours");
    format!("/fhir/{}", place.1)
}

/// What is wrong by a validator that is not ours; nothing is told where its packages are not installed (`cargo xtask test` sees to that).
pub(crate) fn faults(resources: &[Value]) -> Vec<String> {
    if std::env::var_os("RIKTIG_BROWSER_PACKAGES").is_none() {
        return Vec::new();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/fhir.mjs");
    let mut process = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is on the path where the packages are installed");
    let mut input = process.stdin.take().expect("it is piped");
    let text = json!(resources).to_string();
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = process.wait_with_output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("a list of what is wrong")
}

#[tokio::test]
async fn an_order_becomes_a_signed_prescription_and_comes_back_as_both_resources() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let answer = post(&doctor, &order("1")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let [sent] = other.taken().try_into().expect("one message");
    let Body::M1(m1) = sent.body() else {
        panic!("an M1")
    };
    assert_eq!(
        m1.expires.to_string(),
        "2026-12-02",
        "ten days where no last day is told"
    );
    let diagnosis = sent
        .carried()
        .expect("an extension")
        .diagnosis
        .expect("one");
    assert_eq!(diagnosis.coded().code, "R75");
    let given = doctor.get(&place(&answer)).await;
    assert_eq!(given.status, StatusCode::OK, "{}", given.text());
    assert_eq!(read(&given), read(&answer));
    let request = read(&given);
    assert_eq!(request["id"], sent.envelope().id.as_str());
    assert_eq!(request["status"], "active");
    assert_eq!(request["reasonCode"], order("1")["reasonCode"]);
    assert_eq!(
        request["dispenseRequest"]["validityPeriod"]["end"],
        "2026-12-02"
    );
    let statements = search(&doctor, "MedicationStatement", &patient(7)).await;
    let bundle = read(&statements);
    assert_eq!(
        (statements.status, &bundle["total"]),
        (StatusCode::OK, &json!(1))
    );
    let statement = &bundle["entry"][0]["resource"];
    assert_eq!(statement["reasonCode"], order("1")["reasonCode"]);
    let nobody = read(&search(&doctor, "MedicationStatement", &patient(8)).await);
    assert_eq!(nobody["total"], 0);
    assert_eq!(faults(&[request, bundle, nobody]), Vec::<String>::new());
    for page in [&answer, &given, &statements] {
        assert!(!page.location().contains(&patient(7)));
    }
}

#[tokio::test]
async fn the_same_order_again_is_the_same_prescription_whichever_way_it_is_named() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let first = post(&doctor, &order("1")).await;
    let again = post(&doctor, &order("1")).await;
    assert_eq!(
        (first.status, again.status),
        (StatusCode::CREATED, StatusCode::OK)
    );
    assert_eq!(read(&first), read(&again));
    let condition = (
        "if-none-exist",
        "identifier=https%3A%2F%2Frecord.example.no%2Forders%7C1",
    );
    let mut bare = order("1");
    bare.as_object_mut()
        .expect("an object")
        .remove("identifier");
    let known = doctor
        .post_body(
            "/fhir/MedicationRequest",
            &[JSON, condition],
            bare.to_string(),
        )
        .await;
    assert_eq!((known.status, read(&known)), (StatusCode::OK, read(&first)));
    assert_eq!(other.taken().len(), 1);
    // Another order under the same name is none.
    let mut changed = order("1");
    changed["dispenseRequest"]["quantity"]["value"] = json!(2);
    let conflict = post(&doctor, &changed).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT, "{}", conflict.text());
    let nameless = post(&doctor, &bare).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(&doctor, &order("2")).await.status, StatusCode::CREATED);
    assert_eq!(other.taken().len(), 2);
}

#[tokio::test]
async fn a_statement_of_the_profile_is_prescribed_from_as_well() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let part = |url: &str, key: &str, value: Value| json!({ "url": url, key: value });
    let statement = json!({
        "resourceType": "MedicationStatement",
        "identifier": [{ "type": { "text": "ReseptId" }, "value": "0190c0de-0000-7000-8000-00000000abcd" }],
        "status": "active",
        "extension": [{ "url": "http://ehelse.no/fhir/StructureDefinition/sfm-reseptamendment", "extension": [
            part("reseptdate", "valueDate", json!("2026-11-22")),
            part("dssn", "valueString", json!("1 tablett 4 ganger daglig i 5 dager")),
            part("numberofpackages", "valueDecimal", json!(1)),
            part("reit", "valueString", json!("0")),
        ] }],
        "medicationCodeableConcept": order("1")["medicationCodeableConcept"],
        "subject": order("1")["subject"],
        "informationSource": order("1")["requester"],
        "reasonCode": order("1")["reasonCode"],
        "dosage": [{ "text": "1 tablett 4 ganger daglig i 5 dager", "extension": [{
            "url": "http://ehelse.no/fhir/StructureDefinition/sfm-use",
            "valueCodeableConcept": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.9101", "code": "2" }] },
        }] }],
    });
    let answer = post(&doctor, &statement).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let [sent] = other.taken().try_into().expect("one message");
    assert_eq!(
        sent.envelope().id.as_str(),
        "0190c0de-0000-7000-8000-00000000abcd"
    );
    assert_eq!(read(&answer)["id"], "0190c0de-0000-7000-8000-00000000abcd");
    assert_eq!(faults(&[read(&answer)]), Vec::<String>::new());
}

#[tokio::test]
async fn what_the_controls_refuse_is_told_with_their_code_before_anything_is_signed() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let changed = |change: fn(&mut Value)| {
        let mut order = order("1");
        change(&mut order);
        order
    };
    let coded = |code: &str| json!([{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": code }] }]);
    let mut refusals = Vec::new();
    for (order, code) in [
        (changed(|it| it["reasonCode"] = json!([])), "business-rule"),
        (
            changed(|it| it["authoredOn"] = json!("2026-11-21")),
            "business-rule",
        ),
        (
            changed(|it| it["dispenseRequest"]["numberOfRepeatsAllowed"] = json!("many")),
            "not-supported",
        ),
        (
            changed(|it| it["dispenseRequest"]["validityPeriod"] = json!({ "end": "2026-11-21" })),
            "business-rule",
        ),
        (
            changed(|it| it["status"] = json!("cancelled")),
            "business-rule",
        ),
        (
            changed(|it| it["dosageInstruction"] = json!([])),
            "required",
        ),
    ] {
        let answer = post(&doctor, &order).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.text()
        );
        let outcome = read(&answer);
        assert_eq!(outcome["issue"][0]["code"], code, "{outcome}");
        assert!(!answer.text().contains(&patient(7)));
        refusals.push(outcome);
    }
    let missing = &refusals[0]["issue"][0];
    let code = missing["details"]["coding"][0]["code"]
        .as_str()
        .expect("a code of ours");
    assert!(code.starts_with("RIKTIG-"), "{missing}");
    assert_eq!(
        missing["expression"],
        json!(["MedicationRequest.reasonCode"])
    );
    assert!(
        missing["details"]["text"]
            .as_str()
            .expect("words")
            .contains("mangler diagnosekode")
    );
    let mut two = order("1");
    two["reasonCode"] = json!([coded("R75")[0], coded("R74")[0]]);
    refusals.push(read(&post(&doctor, &two).await));
    other.refuse();
    let answer = post(&doctor, &order("3")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let outcome = read(&answer);
    assert_eq!(outcome["issue"][0]["details"]["coding"][0]["code"], "E20");
    refusals.push(outcome);
    assert_eq!(other.taken().len(), 0);
    let given = read(&search(&doctor, "MedicationRequest", &patient(7)).await);
    assert_eq!(
        given["entry"][0]["resource"]["status"], "cancelled",
        "{given}"
    );
    refusals.push(given);
    assert_eq!(faults(&refusals), Vec::<String>::new());
}

#[tokio::test]
async fn a_search_with_a_filter_that_would_be_passed_over_is_refused() {
    let (world, _other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let ask = async |more: &str| {
        let body = format!("patient.identifier={}{more}", patient(7));
        let path = "/fhir/MedicationRequest/_search";
        doctor.post_body(path, &[FORM], body).await
    };
    assert_eq!(ask("&_format=json").await.status, StatusCode::OK);
    for filter in ["&status=active", "&_count=1", "&date=gt2026-01-01"] {
        let answer = ask(filter).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{filter}");
        assert_eq!(read(&answer)["issue"][0]["code"], "not-supported");
    }
}

#[tokio::test]
async fn nobody_prescribes_or_reads_in_anothers_name() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let own = place(&post(&doctor, &order("1")).await);
    let nobody = world.nobody();
    for answer in [
        post(&nobody, &order("2")).await,
        nobody.get(&own).await,
        search(&nobody, "MedicationStatement", &patient(7)).await,
    ] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(read(&answer)["issue"][0]["code"], "login");
    }
    // The operator has no HPR number.
    let operator = world.log_in("operator").await;
    assert_eq!(
        post(&operator, &order("2")).await.status,
        StatusCode::FORBIDDEN
    );
    let colleague = world.log_in("colleague").await;
    let theirs = post(&colleague, &order("2")).await;
    assert_eq!(
        theirs.status,
        StatusCode::FORBIDDEN,
        "in the doctor's name: {}",
        theirs.text()
    );
    let place = &read(&theirs)["issue"][0]["expression"];
    assert_eq!(*place, json!(["MedicationRequest.requester"]));
    assert_eq!(colleague.get(&own).await.status, StatusCode::NOT_FOUND);
    let found = read(&search(&colleague, "MedicationStatement", &patient(7)).await);
    assert_eq!(found["total"], 0);
    let elsewhere = [
        JSON,
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ];
    let forged = doctor
        .post_body(
            "/fhir/MedicationRequest",
            &elsewhere,
            order("4").to_string(),
        )
        .await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert_eq!(other.taken().len(), 1);
    let bad = doctor
        .post_body("/fhir/MedicationRequest", &[JSON], "{".to_owned())
        .await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    let wrong = doctor
        .post_body("/fhir/MedicationStatement", &[JSON], order("4").to_string())
        .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let whose = doctor
        .post_body(
            "/fhir/MedicationStatement/_search",
            &[FORM],
            "status=active".to_owned(),
        )
        .await;
    assert_eq!(whose.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        faults(&[read(&bad), read(&wrong), read(&whose), read(&theirs)]),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn what_nobody_has_answered_is_a_draft_and_what_is_taken_back_is_cancelled() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    other.answers(false);
    let mut waits = order("1");
    waits["dispenseRequest"]["validityPeriod"] = json!({ "start": "2026-11-24" });
    waits["extension"] = json!([{ "url": "https://any.example/fhir/StructureDefinition/waiting-prescription",
        "extension": [{ "url": "waiting", "valueBoolean": true }] }]);
    let answer = post(&doctor, &waits).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert_eq!(read(&answer)["status"], "draft");
    let id = read(&answer)["id"].as_str().expect("an id").to_owned();
    let recall = [
        ("patient", patient(7)),
        ("id", id),
        ("reason", "2".to_owned()),
    ];
    let recall: Vec<(&str, &str)> = recall.iter().map(|it| (it.0, it.1.as_str())).collect();
    assert_eq!(
        doctor.post("/prescribe/recall", &recall).await.status,
        StatusCode::OK
    );
    other.answers(true);
    for seconds in [2, 8, 30] {
        crate::pages::due(&portal, seconds).await;
    }
    let given = read(&doctor.get(&place(&answer)).await);
    assert_eq!(given["status"], "cancelled", "{given}");
    assert_eq!(
        given["dispenseRequest"]["validityPeriod"]["start"],
        "2026-11-24"
    );
    assert!(
        given["extension"][0]["extension"][0]["valueBoolean"]
            .as_bool()
            .expect("a flag")
    );
    assert_eq!(faults(&[read(&answer), given]), Vec::<String>::new());
}

#[tokio::test]
async fn a_portal_without_a_part_in_the_chain_has_no_orders() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    assert_eq!(
        post(&doctor, &order("1")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_order_that_names_a_prior_prescription_takes_its_place_or_is_refused_whole() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    let old = read(&post(&doctor, &order("1")).await);
    let old = old["id"].as_str().expect("an id").to_owned();
    let mut new = order("2");
    for wrong in [
        json!({ "reference": "MedicationRequest/0190c0de-0000-7000-8000-00000000abcd" }),
        json!({ "reference": format!("MedicationStatement/{old}") }),
        json!({ "reference": format!("https://other.example/MedicationRequest/{old}") }),
        json!({ "display": "the one before" }),
        json!("1"),
    ] {
        new["priorPrescription"] = wrong;
        let refused = post(&doctor, &new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let place = &read(&refused)["issue"][0]["expression"];
        assert_eq!(*place, json!(["MedicationRequest.priorPrescription"]));
    }
    assert_eq!(other.taken().len(), 1);
    new["priorPrescription"] = json!({ "reference": format!("MedicationRequest/{old}") });
    let renewed = post(&doctor, &new).await;
    assert_eq!(renewed.status, StatusCode::CREATED, "{}", renewed.text());
    let told = read(&renewed)["priorPrescription"]["reference"].to_string();
    assert!(
        told.ends_with(&format!("/fhir/MedicationRequest/{old}\"")),
        "{told}"
    );
    crate::pages::due(&portal, 2).await;
    let taken = other.taken();
    let Some(Body::M5(recall)) = taken.last().map(riktig_eresept::Message::body) else {
        panic!("an M5 is the last")
    };
    assert_eq!(recall.prescription.as_str(), old);
    let given = read(&doctor.get(&format!("/fhir/MedicationRequest/{old}")).await);
    assert_eq!(given["status"], "cancelled", "{given}");
    assert_eq!(
        post(&doctor, &new).await.status,
        StatusCode::OK,
        "sent again"
    );
    crate::pages::due(&portal, 8).await;
    assert_eq!(other.taken().len(), 3);
    assert_eq!(faults(&[read(&renewed), given]), Vec::<String>::new());
}
