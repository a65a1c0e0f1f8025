//! What a sender is told beside the prescription: reservations and groups that came along, warnings, recalls, and the codes that all of it refers to.

use axum::http::StatusCode;
use riktig_eresept::Body;
use riktig_eresept::message::Line;
use serde_json::{Value, json};

use crate::fhir::{JSON, faults, order, post, read};
use crate::intermediary::world;
use crate::world::{Answer, Browser, World};

async fn recall(doctor: &Browser<'_>, id: &str, code: &str) -> Answer {
    let reason = json!({ "system": "urn:oid:2.16.578.1.12.4.1.1.7500", "code": code });
    let body = json!({ "resourceType": "Parameters", "parameter": [{ "name": "reason", "valueCoding": reason }] });
    let path = format!("/fhir/MedicationRequest/{id}/$recall");
    doctor.post_body(&path, &[JSON], body.to_string()).await
}

#[tokio::test]
async fn a_reservation_against_exchange_and_a_dispensing_group_go_with_the_prescription() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let mut statin = order("1");
    statin["medicationCodeableConcept"] = json!({
        "coding": [{ "system": "http://www.whocc.no/atc", "code": "C10AA01" }],
        "text": "Simvastatin tab 40 mg",
        "extension": [{ "url": "http://hl7.no/fhir/StructureDefinition/no-basis-prescriptiongroup", "extension": [{
            "url": "prescriptiongroup",
            "valueCodeableConcept": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7421", "code": "C" }] },
        }] }],
    });
    statin["reasonCode"] =
        json!([{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "T93" }] }]);
    statin["dosageInstruction"] = json!([{ "text": "1 tablett om kvelden" }]);
    statin["dispenseRequest"]["validityPeriod"] = json!({ "end": "2027-11-21" });
    statin["substitution"] = json!({ "allowedBoolean": false });
    let answer = post(&doctor, &statin).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let told = read(&answer);
    assert_eq!(told["substitution"], json!({ "allowedBoolean": false }));
    assert!(
        told["medicationCodeableConcept"]["extension"]
            .to_string()
            .contains("7421")
    );
    let [sent] = other.taken().try_into().expect("one message");
    let Body::M1(m1) = sent.body() else {
        panic!("an M1")
    };
    let Line::Medicine(medicine) = &m1.line else {
        panic!("a drug")
    };
    let reservation = medicine
        .prescriber_refuses_exchange
        .as_ref()
        .expect("it is told");
    assert_eq!(reservation.is_yes(), Some(true));
    let plain = read(&post(&doctor, &order("2")).await);
    assert_eq!(
        plain["substitution"],
        json!({ "allowedBoolean": true }),
        "no reservation is none"
    );
    assert_eq!(faults(&[told, plain]), Vec::<String>::new());
}

#[tokio::test]
async fn what_the_intermediary_warns_of_is_told_with_the_prescription_and_on_the_page() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let mut long = order("1");
    long["dispenseRequest"]["validityPeriod"] = json!({ "end": "2027-11-22" });
    let answer = post(&doctor, &long).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let told = read(&answer);
    let outcome = &told["contained"][0];
    assert_eq!(outcome["resourceType"], "OperationOutcome");
    let issue = &outcome["issue"][0];
    assert_eq!(issue["severity"], "warning");
    assert_eq!(issue["details"]["coding"][0]["code"], "RIKTIG-C10");
    assert_eq!(
        told["extension"][0]["valueReference"]["reference"],
        "#warnings"
    );
    let page = doctor
        .post(
            "/prescribe/patient",
            &[("patient", &crate::fhir::patient(7))],
        )
        .await;
    assert!(
        page.text().contains("Mottatt, med merknad"),
        "{}",
        page.text()
    );
    let mut again = told.clone();
    again["identifier"] = json!([{ "system": "https://record.example.no/orders", "value": "2" }]);
    let again = post(&doctor, &again).await;
    assert_eq!(
        again.status,
        StatusCode::CREATED,
        "what we give out can be sent: {}",
        again.text()
    );
    assert_eq!(faults(&[told]), Vec::<String>::new());
}

#[tokio::test]
async fn a_prescription_is_recalled_once_by_its_own_doctor_with_a_reason() {
    let (world, other, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    let id = read(&post(&doctor, &order("1")).await)["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let colleague = world.log_in("colleague").await;
    assert_eq!(
        recall(&colleague, &id, "2").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        recall(&world.nobody(), &id, "2").await.status,
        StatusCode::UNAUTHORIZED
    );
    for wrong in ["1", "9", ""] {
        let refused = recall(&doctor, &id, wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert_eq!(read(&refused)["issue"][0]["code"], "value");
    }
    assert_eq!(other.taken().len(), 1);
    let answer = recall(&doctor, &id, "2").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    crate::pages::due(&portal, 2).await;
    let given = read(&doctor.get(&format!("/fhir/MedicationRequest/{id}")).await);
    assert_eq!(given["status"], "cancelled");
    let reason = &given["statusReason"]["coding"][0];
    assert_eq!(reason["system"], "urn:oid:2.16.578.1.12.4.1.1.7500");
    assert_eq!(
        (&reason["code"], &reason["display"]),
        (&json!("2"), &json!("Seponering"))
    );
    let Some(Body::M5(m5)) = other.taken().last().map(|it| it.body().clone()) else {
        panic!("an M5 is the last")
    };
    assert_eq!(m5.prescription.as_str(), id);
    assert_eq!(recall(&doctor, &id, "2").await.status, StatusCode::OK);
    assert_eq!(other.taken().len(), 2, "one recall");
    assert_eq!(faults(&[given]), Vec::<String>::new());
}

#[tokio::test]
async fn a_renewed_prescription_names_the_one_that_took_its_place() {
    let (world, _, portal) = world().await;
    let doctor = world.log_in("doctor").await;
    let old = read(&post(&doctor, &order("1")).await)["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let mut new = order("2");
    new["priorPrescription"] = json!({ "reference": format!("MedicationRequest/{old}") });
    let new = read(&post(&doctor, &new).await)["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    crate::pages::due(&portal, 2).await;
    let given = read(&doctor.get(&format!("/fhir/MedicationRequest/{old}")).await);
    assert_eq!(
        given["statusReason"]["coding"][0]["display"], "Fornying",
        "{given}"
    );
    let named = given["extension"][0]["valueReference"]["reference"]
        .as_str()
        .expect("a reference");
    assert!(
        named.ends_with(&format!("/fhir/MedicationRequest/{new}")),
        "{named}"
    );
    assert_eq!(faults(&[given]), Vec::<String>::new());
}

#[tokio::test]
async fn every_system_and_extension_that_we_refer_to_is_there() {
    let (world, _, _) = world().await;
    let nobody = world.nobody();
    let mut all = Vec::new();
    for path in [
        "CodeSystem/chain-control",
        "CodeSystem/stance",
        "CodeSystem/override-reason",
        "StructureDefinition/waiting-prescription",
        "StructureDefinition/chain-warnings",
        "StructureDefinition/replaced-by",
        "StructureDefinition/dispensed",
        "metadata",
    ] {
        let answer = nobody.get(&format!("/fhir/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        all.push(read(&answer));
    }
    let concept = |system: &Value| system["concept"][0].clone();
    assert_eq!(concept(&all[0])["code"], "RIKTIG-C01");
    let reason = concept(&all[2]);
    assert!(
        reason["display"].is_string()
            && reason["designation"]
                .as_array()
                .is_some_and(|it| it.len() == 2),
        "{reason}"
    );
    let told = all[7].to_string();
    assert!(told.contains("MedicationRequest") && told.contains("MedicationStatement"));
    let without = World::new().await;
    let told = without.nobody().get("/fhir/metadata").await.text();
    assert!(
        !told.contains("MedicationRequest"),
        "no part in the chain, no prescriptions"
    );
    assert_eq!(faults(&all), Vec::<String>::new());
}
