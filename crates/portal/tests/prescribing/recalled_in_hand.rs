//! A prescription that is recalled while a pharmacy has it.

use axum::http::StatusCode;

use crate::fhir::{faults, read};
use crate::pages::{filled, post, send};
use crate::seen::{PATIENT, chain};
use crate::world::pid;

#[tokio::test]
async fn what_was_dispensed_after_its_recall_is_told_as_both_on_the_page_and_in_fhir() {
    let (world, others) = chain().await;
    let digits = pid(PATIENT.1).reveal_digits().to_vec();
    let digits = String::from_utf8(digits).expect("digits");
    let doctor = world.log_in("doctor").await;
    let (_, number) = send(&doctor, &filled(&[("patient", &digits)])).await;
    let counter = others.download(&number).await;
    let recall = [
        ("patient", digits.clone()),
        ("id", number.clone()),
        ("reason", "2".to_owned()),
    ];
    let page = post(&doctor, "/prescribe/recall", &recall).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let given = async |kind: &str| {
        let answer = doctor.get(&format!("/fhir/{kind}/{number}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        read(&answer)
    };
    assert_eq!(given("MedicationRequest").await["status"], "cancelled");
    let own = post(&doctor, "/prescribe/patient", &recall[..1]).await;
    assert!(!own.words().contains("Utlevert"), "{}", own.words());

    others.hand_out(world.journal(), &counter).await;
    let own = post(&doctor, "/prescribe/patient", &recall[..1]).await;
    let both = "Tilbakekalt. Utlevert 22. november 2026";
    assert!(own.words().contains(both), "{}", own.words());
    let mut all = Vec::new();
    for (kind, status) in [
        ("MedicationRequest", "stopped"),
        ("MedicationStatement", "stopped"),
    ] {
        let resource = given(kind).await;
        assert_eq!(resource["status"], status);
        assert!(resource["statusReason"].to_string().contains("Seponering"));
        let extensions = resource["extension"].as_array().expect("extensions");
        let dispensed: Vec<_> = extensions
            .iter()
            .filter(|it| {
                let url = it["url"].as_str().unwrap_or_default();
                url.ends_with("/fhir/StructureDefinition/dispensed")
            })
            .map(|it| it["valueDate"].clone())
            .collect();
        assert_eq!(dispensed, ["2026-11-22"], "{resource}");
        all.push(resource);
    }
    assert_eq!(faults(&all), Vec::<String>::new());
}
