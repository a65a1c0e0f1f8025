//! The way of an edition: findings, answers, publication, shelf.

use std::fs;
use std::path::Path;

use axum::http::StatusCode;
use riktig_lake::edition::{Glance, Publication};

use crate::world::{Browser, World};

const FINDINGS: &str = r#"{"format":"riktig-findings/1","compared_with":{"period":"2024-01..2024-12","input":"abc"},"findings":[
  {"id":"jump-indicator-RAK-PENV","severity":"blocking","seen":1.5,"warning_limit":1.15,"blocking_limit":1.4,"words":"RAK-PENV is 1.50 times what it was."},
  {"id":"not-compared","severity":"warning","seen":null,"warning_limit":null,"blocking_limit":null,"words":"Nothing was compared."}]}"#;
const NEXT: &str = "/operator/editions/next";

/// An edition in the house with a finding that blocks: the one of 2025 in another folder.
fn build(world: &World) {
    let (from, to) = (world.folder().join("2025"), world.folder().join("next"));
    copy(&from, &to);
    fs::write(to.join("findings.json"), FINDINGS).expect("it can be written");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("it can be copied");
        }
    }
}

async fn accept(operator: &Browser<'_>, by: &str, reason: &str) -> crate::world::Answer {
    let form = [
        ("finding", "jump-indicator-RAK-PENV"),
        ("by", by),
        ("reason", reason),
    ];
    operator.post(&format!("{NEXT}/accept"), &form).await
}

#[tokio::test]
async fn an_edition_reaches_the_shelf_only_by_answers_and_publication_and_is_read_at_once() {
    let world = World::new().await;
    build(&world);
    let operator = world.log_in("operator").await;
    let list = operator.get("/operator/editions").await.words();
    assert!(list.contains("Venter på svar på ett funn"), "{list}");
    let page = operator.get(NEXT).await.words();
    assert!(
        page.contains("Landstallet for en indikator er mye endret"),
        "{page}"
    );
    assert!(page.contains("En utgave må være publisert før den settes på hylla."));

    let early = operator.post(&format!("{NEXT}/shelf"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.words().contains("Utgaven er ikke publisert"));
    let early = operator.post(&format!("{NEXT}/publish"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.words().contains("funn som ingen har svart for"));

    let answered = accept(&operator, "Kari Prøve", "Ny avtale fra mars").await;
    assert_eq!(answered.location(), "/operator/editions/next?said=accepted");
    let record = fs::read_to_string(world.folder().join("next.publication.json"));
    let record = record.expect("the record beside the edition");
    assert!(
        record.contains("\"by\": \"Kari Prøve (request ")
            && record.contains("2026-11-22T09:42:00Z")
    );
    let published = operator.post(&format!("{NEXT}/publish"), &[]).await;
    assert_eq!(
        published.location(),
        "/operator/editions/next?said=published"
    );
    let page = operator.get(NEXT).await.words();
    assert!(
        page.contains("Godtatt av Kari Prøve (request ")
            && page.contains(") 22. november 2026 kl. 10.42"),
        "{page}"
    );

    let doctor = world.log_in("doctor").await;
    let before = doctor.get("/report?edition=next").await;
    assert_eq!(before.status, StatusCode::NOT_FOUND);
    let put = operator.post(&format!("{NEXT}/shelf"), &[]).await;
    assert_eq!(
        put.location(),
        "/operator/editions/next?said=shelved",
        "{}",
        put.text()
    );
    let read = doctor.get("/report?edition=next").await;
    assert_eq!(read.status, StatusCode::OK);
    let twice = operator.post(&format!("{NEXT}/shelf"), &[]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_taken_off_is_read_by_nobody_and_does_not_come_back_under_its_name() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let path = "/operator/editions/2024";
    let unsaid = operator
        .post(&format!("{path}/take-off"), &[("reason", " ")])
        .await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = [("reason", "Feil i leveransen for mai")];
    let off = operator.post(&format!("{path}/take-off"), &form).await;
    assert_eq!(off.location(), "/operator/editions/2024?said=off");
    let doctor = world.log_in("doctor").await;
    let gone = doctor.get("/report?edition=2024").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let page = operator.get(path).await.words();
    assert!(
        page.contains("Under samme navn kommer den ikke tilbake"),
        "{page}"
    );
    let list = operator.get("/operator/editions").await.words();
    assert!(list.contains("2024, 22. november 2026 kl. 10.42: Feil i leveransen for mai"));
    for act in ["shelf", "publish", "take-off"] {
        let again = operator.post(&format!("{path}/{act}"), &form).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND, "{act}");
    }
}

#[tokio::test]
async fn an_answer_needs_a_name_and_a_reason_and_holds_no_identity_number() {
    let world = World::new().await;
    build(&world);
    let operator = world.log_in("operator").await;
    let number = riktig_testkit::person(1).identity_number;
    for (by, reason, said) in [
        ("", "Ny avtale fra mars", "Skriv navnet ditt"),
        ("Kari Prøve", "ja", "minst to ord"),
        (
            "Kari Prøve",
            &format!("Fordi {number} sa det"),
            "inneholder et fødselsnummer",
        ),
    ] {
        let answer = accept(&operator, by, reason).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.words().contains(said), "{said}: {}", answer.words());
    }
    assert!(!world.folder().join("next.publication.json").exists());
    let form = [
        ("finding", "unknown"),
        ("by", "Kari"),
        ("reason", "Det er rett"),
    ];
    let unknown = operator.post(&format!("{NEXT}/accept"), &form).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_damaged_edition_is_not_published() {
    let world = World::new().await;
    build(&world);
    let operator = world.log_in("operator").await;
    accept(&operator, "Kari Prøve", "Ny avtale fra mars").await;
    let table = world.folder().join("next/values.parquet");
    fs::write(table, b"something else").expect("it can be written");
    let answer = operator.post(&format!("{NEXT}/publish"), &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.words().contains("Utgaven er ikke hel"),
        "{}",
        answer.words()
    );
}

#[tokio::test]
async fn editions_are_there_for_operators_only_and_by_their_names_only() {
    let world = World::new().await;
    build(&world);
    let operator = world.log_in("operator").await;
    for name in [
        "nowhere",
        "..",
        "%2e%2e",
        "next%2f..%2f2025",
        "Next",
        "journal.db",
    ] {
        let answer = operator.get(&format!("/operator/editions/{name}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
    for persona in ["doctor", "researcher", "chief"] {
        let other = world.log_in(persona).await;
        assert_eq!(
            other.get(NEXT).await.status,
            StatusCode::FORBIDDEN,
            "{persona}"
        );
        assert_eq!(other.get("/operator").await.status, StatusCode::FORBIDDEN);
        let put = other.post(&format!("{NEXT}/shelf"), &[]).await;
        assert_eq!(put.status, StatusCode::NOT_FOUND, "{persona}");
        let answer = accept(&other, "Kari Prøve", "Ny avtale fra mars").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{persona}");
    }
    assert!(!world.folder().join("next.publication.json").exists());
}

#[tokio::test]
async fn what_another_process_takes_off_the_shelf_is_shown_to_nobody() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let path = "/report?edition=2024";
    assert_eq!(doctor.get(path).await.status, StatusCode::OK);
    world.taken_off_elsewhere("2024").await;
    assert_eq!(doctor.get(path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        doctor.get("/report").await.status,
        StatusCode::OK,
        "the other stands"
    );
    let researcher = world.log_in("researcher").await;
    let gone = researcher.get("/research/2024").await.status;
    assert_eq!(gone, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_server_that_starts_shows_what_was_published_and_nothing_else() {
    let world = World::new().await;
    let dir = world.folder().join("2025");
    let none = r#"{"format":"riktig-findings/1","compared_with":null,"findings":[]}"#;
    fs::write(dir.join("findings.json"), none).expect("it can be written");
    let findings = Glance::of(&dir)
        .expect("an edition")
        .findings
        .expect("findings");
    let mut record = Publication::of(&dir).expect("it can be read");
    record
        .publish(&findings, "2026-11-22T09:42:00Z")
        .expect("nothing blocks");
    record.save().expect("it can be written");
    assert_eq!(
        world.shown_at_start().await,
        ["2025"],
        "nobody published 2024"
    );
    let meta = dir.join("edition.json");
    let mut bytes = fs::read(&meta).expect("it is there");
    bytes.push(b'\n');
    fs::write(&meta, bytes).expect("it can be written");
    assert!(world.shown_at_start().await.is_empty(), "other bytes");
}
