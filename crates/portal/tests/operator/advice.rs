//! Switches, and the systems that may ask.

use axum::http::StatusCode;
use riktig_codes::HprNumber;
use riktig_journal::advised::{self, Outcome, Shown, Told};

use crate::between;
use crate::world::{Browser, HEAVIEST_PAGE, World};

const ADVICE: &str = "/operator/advice";

#[tokio::test]
async fn one_operator_switches_off_and_another_on_again() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let second = world.log_in("second-operator").await;
    let off = format!("{ADVICE}/off");
    for (rule, reason, status) in [
        ("pneumonia", " ", StatusCode::UNPROCESSABLE_ENTITY),
        ("no-such-topic", "x", StatusCode::UNPROCESSABLE_ENTITY),
        (
            "pneumonia/no-such-rule",
            "x",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("pneumonia", "Ny advarsel", StatusCode::SEE_OTHER),
    ] {
        let sent = operator
            .post(&off, &[("rule", rule), ("reason", reason)])
            .await;
        assert_eq!(sent.status, status, "{rule} {reason}: {}", sent.text());
    }
    let page = operator.get(ADVICE).await.words();
    assert!(
        page.contains("Ny advarsel") && page.contains("Du slo det av"),
        "{page}"
    );
    let own = operator
        .post(&format!("{ADVICE}/on"), &[("rule", "pneumonia")])
        .await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let other = second
        .post(&format!("{ADVICE}/on"), &[("rule", "pneumonia")])
        .await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text());
    assert!(
        operator
            .get(ADVICE)
            .await
            .words()
            .contains("Ingenting er slått av.")
    );
}

#[tokio::test]
async fn a_system_waits_for_a_second_operator_and_begins_silent() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let second = world.log_in("second-operator").await;
    let page = operator.get(ADVICE).await.text();
    let id = between(&page, "action=\"/operator/advice/clients/", "\"");
    let path = format!("{ADVICE}/clients/{id}");
    let form = |keys: &'static str| {
        [
            ("name", "Journalsystemet"),
            ("issuer", "https://epj.example.no"),
            ("keys", keys),
            ("fhir_server", ""),
            ("until", "2027-11-21"),
        ]
    };
    for keys in ["http://epj.example.no/jwks", "{\"keys\":[]}", ""] {
        let refused = operator.post(&path, &form(keys)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{keys}");
    }
    let sent = operator
        .post(&path, &form("https://epj.example.no/jwks.json"))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let own = operator.post(&format!("{path}/confirm"), &[]).await;
    assert_eq!(own.status, StatusCode::NOT_FOUND);
    let confirmed = second.post(&format!("{path}/confirm"), &[]).await;
    assert_eq!(
        confirmed.status,
        StatusCode::SEE_OTHER,
        "{}",
        confirmed.text()
    );
    let page = operator.get(ADVICE).await;
    assert!(
        page.words().contains("stille: ingen kort, bare tall"),
        "{}",
        page.words()
    );
    let silent = operator.post(&format!("{path}/silent"), &[]).await;
    assert_eq!(silent.status, StatusCode::CONFLICT, "it is so already");
    assert_eq!(
        operator.post(&format!("{path}/end"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(
        operator
            .get(ADVICE)
            .await
            .words()
            .contains("Ingen systemer får spørre.")
    );
}

/// A card that a doctor got yesterday, and declined.
async fn declined(world: &World, doctor: u8) {
    let at = "2026-11-21T09:00:00Z".parse().expect("a moment");
    let shown = Shown {
        card: [doctor; 16],
        rule: "pneumonia/penicillin-v".to_owned(),
        client: None,
        at,
        hook: "order-sign",
        instance: [doctor; 32],
        kind: "differs",
        content: "abc".to_owned(),
        shown: true,
        hpr: HprNumber::from_value(9_200_000 + u32::from(doctor)),
    };
    let noted = advised::note(&world.journal, &[shown]).await;
    noted.expect("noted");
    let told = Told {
        card: [doctor; 16],
        outcome: Outcome::Overridden(Some("tried-before")),
        at,
    };
    let told = advised::tell(&world.journal, None, &[told], at).await;
    told.expect("noted");
}

/// A rule's row, and what follows until the next rule of its topic.
async fn told_of_penicillin(operator: &Browser<'_>) -> String {
    let page = operator.get(ADVICE).await.text();
    let table = between(&page, "<tbody", "</table>");
    let row = table
        .split("<tr")
        .find(|row| row.contains("pneumonia/penicillin-v<"));
    let row = row.expect("the rule has a row");
    let mut words = Vec::new();
    for part in row.split('<') {
        let text = part.split_once('>').map_or("", |(_, text)| text).trim();
        words.extend((!text.is_empty()).then_some(text));
    }
    words.join(" | ")
}

#[tokio::test]
async fn what_fewer_than_five_doctors_did_with_a_rule_is_not_told_but_how_often_it_was_shown_is() {
    let world = World::new().await;
    let mut operator = world.log_in("operator").await;
    for doctor in 1..=4 {
        declined(&world, doctor).await;
    }
    for (language, few) in [
        ("nb", "færre enn fem leger"),
        ("nn", "færre enn fem legar"),
        ("en", "fewer than five doctors"),
    ] {
        operator = operator.in_language(language);
        let row = told_of_penicillin(&operator).await;
        assert!(
            row.contains(&format!("| 4 | 0 | {few} | {few} | –")),
            "{row}"
        );
    }
    operator = operator.in_language("en");
    declined(&world, 5).await;
    let row = told_of_penicillin(&operator).await;
    assert!(!row.contains("fewer") && row.contains(": 5"), "{row}");
}

/// Not held as a text: its table is the guideline's, which grows.
#[tokio::test]
async fn the_page_lacks_no_word_in_any_language_and_tells_every_rule() {
    let world = World::new().await;
    let mut operator = world.log_in("operator").await;
    for language in ["nb", "nn", "en"] {
        operator = operator.in_language(language);
        let page = operator.get(ADVICE).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert!(page.bytes.len() < HEAVIEST_PAGE, "{}", page.bytes.len());
        assert_eq!(page.text().matches("<h1").count(), 1);
        let words = page.words();
        assert!(
            !words.contains("hooks-") && words.contains("pneumonia/"),
            "{words}"
        );
    }
}
