//! Whether a system is shown its advice: one proposes, another approves.

use axum::http::StatusCode;

use super::between;
use crate::world::{Browser, World};

const ADVICE: &str = "/operator/advice";

/// A silent system that two operators let ask; the address of its forms.
async fn admitted(operator: &Browser<'_>, second: &Browser<'_>) -> String {
    let page = operator.get(ADVICE).await.text();
    let id = between(&page, "action=\"/operator/advice/clients/", "\"").to_owned();
    let path = format!("{ADVICE}/clients/{id}");
    let form = [
        ("name", "Journalsystemet"),
        ("issuer", "https://epj.example.no"),
        ("keys", "https://epj.example.no/jwks.json"),
        ("fhir_server", ""),
        ("until", "2027-11-21"),
    ];
    sees_other(operator, &path, &form).await;
    sees_other(second, &format!("{path}/confirm"), &[]).await;
    path
}

async fn sees_other(operator: &Browser<'_>, path: &str, form: &[(&str, &str)]) {
    let sent = operator.post(path, form).await;
    assert_eq!(
        sent.status,
        StatusCode::SEE_OTHER,
        "{path}: {}",
        sent.text()
    );
}

/// The version that the page shows to this operator.
async fn version(operator: &Browser<'_>) -> String {
    let page = operator.get(ADVICE).await.text();
    between(&page, "name=\"version\" value=\"", "\"").to_owned()
}

#[tokio::test]
async fn a_system_gets_its_advice_when_another_operator_approves_what_one_proposed() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let second = world.log_in("second-operator").await;
    let path = admitted(&operator, &second).await;
    let seen = version(&operator).await;
    let form = [("version", seen.as_str())];
    sees_other(&operator, &format!("{path}/showing"), &form).await;
    let own = operator.get(ADVICE).await;
    let words = own.words();
    for told in [
        "stille: ingen kort, bare tall",
        "Du foreslo 22. november 2026 kl.",
        "Forslaget gjelder til 6. desember 2026 kl.",
        "Trekk forslaget tilbake",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    assert!(!own.text().contains("/showing/approve"));
    let front = second.get("/operator").await.words();
    assert!(
        front.contains("system venter på at du bekrefter eller godkjenner"),
        "{front}"
    );

    let proposed = version(&second).await;
    let form = [("version", proposed.as_str())];
    let approve = format!("{path}/showing/approve");
    let refused = operator.post(&approve, &form).await;
    assert_eq!(
        refused.status,
        StatusCode::NOT_FOUND,
        "nobody approves their own"
    );
    let stale = second.post(&approve, &[("version", seen.as_str())]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    sees_other(&second, &approve, &form).await;
    let words = operator.get(ADVICE).await.words();
    assert!(
        words.contains("får rådene") && words.contains("En annen driftsansvarlig godkjente det"),
        "{words}"
    );
    sees_other(&operator, &format!("{path}/silent"), &[]).await;
    let words = operator.get(ADVICE).await.words();
    assert!(
        words.contains("stille: ingen kort, bare tall") && !words.contains("godkjente det"),
        "{words}"
    );
}

#[tokio::test]
async fn a_proposal_is_refused_with_a_reason_that_the_proposer_reads_or_withdrawn() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let second = world.log_in("second-operator").await;
    let path = admitted(&operator, &second).await;
    for (who, outcome) in [(&second, "refuse"), (&operator, "withdraw")] {
        let seen = version(&operator).await;
        sees_other(&operator, &format!("{path}/showing"), &[("version", &seen)]).await;
        let seen = version(who).await;
        let settle = format!("{path}/showing/{outcome}");
        if outcome == "refuse" {
            let form = [("version", seen.as_str()), ("reason", " ")];
            let without = who.post(&settle, &form).await;
            assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(without.words().contains("Skriv en grunn på én linje."));
        }
        let form = [
            ("version", seen.as_str()),
            ("reason", "Allergilista mangler ofte"),
        ];
        sees_other(who, &settle, &form).await;
        let words = operator.get(ADVICE).await.words();
        let told = match outcome {
            "refuse" => ": Allergilista mangler ofte",
            _ => "Du trakk det tilbake",
        };
        assert!(
            words.contains(told) && words.contains("stille: ingen kort"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn what_waits_and_what_became_of_it_has_words_in_every_language() {
    let world = World::new().await;
    let mut operator = world.log_in("operator").await;
    let mut second = world.log_in("second-operator").await;
    let path = admitted(&operator, &second).await;
    let seen = version(&operator).await;
    sees_other(&operator, &format!("{path}/showing"), &[("version", &seen)]).await;
    for (language, own, other) in [
        ("nb", "Du foreslo", "En annen driftsansvarlig foreslo"),
        ("nn", "Du foreslo", "Ein annan driftsansvarleg foreslo"),
        ("en", "You proposed on", "Another operator proposed on"),
    ] {
        operator = operator.in_language(language);
        second = second.in_language(language);
        for (who, told) in [(&operator, own), (&second, other)] {
            let words = who.get(ADVICE).await.words();
            assert!(words.contains(told) && !words.contains("hooks-"), "{words}");
        }
    }
}
