//! Appointments: proposed by one, confirmed by another, ended.

use axum::http::StatusCode;

use crate::between;
use crate::world::{COLLEAGUE, World};

const PROPOSE: &str = "/operator/appointments/propose";

fn form<'f>(role: &'f str, who: &'f str, reach: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("role", role),
        ("who", who),
        ("reach", reach),
        ("from", "2026-11-22"),
        ("until", "2027-11-21"),
        ("reason", "Brev fra kommunen 3. november"),
    ]
}

/// The address of the appointment that waits.
async fn waiting(world: &World) -> String {
    let operator = world.log_in("operator").await;
    let page = operator.get("/operator/appointments").await.text();
    let waiting = between(&page, "id=\"waiting\"", "</section>");
    let id = between(waiting, "href=\"/operator/appointments/", "\"");
    format!("/operator/appointments/{id}")
}

#[tokio::test]
async fn one_operator_proposes_another_confirms_and_the_role_holds_from_then_on() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let colleague = COLLEAGUE.to_string();
    let sent = operator
        .post(PROPOSE, &form("chief_doctor", &colleague, "4601"))
        .await;
    assert_eq!(
        sent.location(),
        "/operator/appointments?said=proposed",
        "{}",
        sent.text()
    );
    let path = waiting(&world).await;
    let own = operator.get(&path).await;
    assert!(
        own.words().contains("En annen operatør må bekrefte denne."),
        "{}",
        own.words()
    );
    assert!(!own.text().contains("/confirm\""));
    let confirm = format!("{path}/confirm");
    assert_eq!(
        operator.post(&confirm, &[]).await.status,
        StatusCode::NOT_FOUND
    );

    let leader = world.log_in("colleague").await;
    let area = "/area/municipality/4601";
    assert_eq!(leader.get(area).await.status, StatusCode::FORBIDDEN);
    let second = world.log_in("second-operator").await;
    let front = second.get("/operator").await.words();
    assert!(
        front.contains("1\noppnevning venter på at du bekrefter den"),
        "{front}"
    );
    let confirmed = second.post(&confirm, &[]).await;
    assert_eq!(
        confirmed.location(),
        "/operator/appointments?said=confirmed"
    );
    assert_eq!(leader.get(area).await.status, StatusCode::OK);
    assert_eq!(
        second.post(&confirm, &[]).await.status,
        StatusCode::NOT_FOUND,
        "once"
    );

    let ended = operator.post(&format!("{path}/end"), &[]).await;
    assert_eq!(ended.location(), "/operator/appointments?said=ended");
    assert_eq!(leader.get(area).await.status, StatusCode::FORBIDDEN);
    let list = operator.get("/operator/appointments").await.words();
    assert!(list.contains("Avsluttet 22. november 2026"), "{list}");
}

#[tokio::test]
async fn who_is_known_by_a_hash_only_is_confirmed_by_writing_the_number_again() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let number = riktig_testkit::person(11).identity_number;
    let sent = operator
        .post(PROPOSE, &form("researcher", &number, ""))
        .await;
    assert_eq!(
        sent.location(),
        "/operator/appointments?said=proposed",
        "{}",
        sent.text()
    );
    let path = waiting(&world).await;
    let second = world.log_in("second-operator").await;
    let page = second.get(&path).await;
    assert!(
        page.words().contains("En person, kjent ved fødselsnummer"),
        "{}",
        page.words()
    );
    assert!(!page.text().contains(&number));
    let confirm = format!("{path}/confirm");
    let other = riktig_testkit::person(12).identity_number;
    for wrong in ["", "abc", &other] {
        let answer = second.post(&confirm, &[("pid", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(
            wrong.is_empty() || !answer.text().contains(wrong),
            "it is not sent back"
        );
    }
    let right = second.post(&confirm, &[("pid", &number)]).await;
    assert_eq!(right.location(), "/operator/appointments?said=confirmed");
}

#[tokio::test]
async fn what_cannot_be_proposed_comes_back_beside_its_field() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let colleague = COLLEAGUE.to_string();
    let number = riktig_testkit::person(11).identity_number;
    let own = riktig_testkit::person(4).identity_number;
    let right = form("chief_doctor", &colleague, "4601");
    for (field, value, said) in [
        ("who", "", "Skriv et HPR-nummer."),
        ("who", number.as_str(), "Skriv et HPR-nummer."),
        ("reach", "Bergen", "Velg hva rollen gjelder for."),
        (
            "reach",
            "0301",
            "Ingen utgave på hylla kjenner kommune 0301.",
        ),
        ("from", "22.11.2026", "Skriv en dag som finnes."),
        ("until", "2026-11-21", "Siste dag må være i framtiden"),
        ("until", "2028-11-23", "høyst to år etter den"),
        ("reason", " ", "Skriv en grunn"),
    ] {
        let mut form = right.clone();
        for pair in form.iter_mut().filter(|pair| pair.0 == field) {
            pair.1 = value;
        }
        let answer = operator.post(PROPOSE, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            answer.words().contains(said),
            "{field}={value}: {}",
            answer.words()
        );
        assert!(!answer.text().contains(&number), "it is not sent back");
    }
    let themselves = operator.post(PROPOSE, &form("researcher", &own, "")).await;
    assert_eq!(themselves.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(themselves.words().contains("Du kan ikke foreslå deg selv."));
    let group = form(
        "group_leader",
        &colleague,
        "00000000-0000-7000-8000-000000000000",
    );
    let unknown = operator.post(PROPOSE, &group).await;
    assert!(unknown.words().contains("Velg hva rollen gjelder for."));
}

#[tokio::test]
async fn nobody_but_an_operator_sees_proposes_confirms_or_ends() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let colleague = COLLEAGUE.to_string();
    operator
        .post(PROPOSE, &form("chief_doctor", &colleague, "4601"))
        .await;
    let path = waiting(&world).await;
    for persona in ["doctor", "researcher", "chief"] {
        let other = world.log_in(persona).await;
        assert_eq!(
            other.get("/operator/appointments").await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(other.get(&path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(other.get(PROPOSE).await.status, StatusCode::FORBIDDEN);
        let proposed = other.post(PROPOSE, &form("operator", &colleague, "")).await;
        assert_eq!(proposed.status, StatusCode::FORBIDDEN, "{persona}");
        for act in ["confirm", "end"] {
            let answer = other.post(&format!("{path}/{act}"), &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{persona}: {act}");
        }
    }
    assert_eq!(waiting(&world).await, path, "it waits as before");
}
