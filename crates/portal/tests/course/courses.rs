//! The leader makes a course and changes it.

use axum::http::StatusCode;

use crate::world::World;
use crate::{PLAN, course};

#[tokio::test]
async fn a_leader_makes_a_course_with_three_meetings_and_enrols_the_whole_group() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let list = leader.get("/courses").await.words();
    assert!(list.contains("Gruppe Nordvik") && list.contains("Riktigere bruk"));
    assert!(list.contains("15. januar 2026 – 7. mai 2026"), "{list}");
    let page = leader.get(&format!("/courses/{id}")).await.words();
    assert!(page.contains("5. mars 2026") && page.contains("Nordvik legesenter"));
    assert!(
        page.contains("9144900") && page.contains("9144901"),
        "{page}"
    );
    assert!(page.contains("0 av 2 har fullført kurset."), "{page}");
    let enrol = format!("/courses/{id}/enrol");
    let again = leader.post(&enrol, &[("who", "whole-group")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again
            .words()
            .contains("Alle i gruppen er påmeldt allerede.")
    );
}

#[tokio::test]
async fn only_members_are_enrolled_one_by_one_and_taken_out_again() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let enrol = format!("/courses/{id}/enrol");
    for (typed, said) in [
        ("", "Skriv et HPR-nummer med sju til ni siffer."),
        ("ni", "Skriv et HPR-nummer med sju til ni siffer."),
        ("9144902", "Dette HPR-nummeret er ikke medlem av gruppen."),
    ] {
        let answer = leader.post(&enrol, &[("hpr", typed), ("who", "one")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.words().contains(said), "{typed}: {}", answer.words());
        assert!(
            answer.text().contains(&format!("value=\"{typed}\"")),
            "{typed}"
        );
    }
    let out = format!("/courses/{id}/take-out");
    let gone = leader.post(&out, &[("hpr", "9144901")]).await;
    assert_eq!(gone.location(), format!("/courses/{id}?said=taken-out"));
    let words = leader.get(&format!("/courses/{id}")).await.words();
    assert!(!words.contains("9144901"));
    let back = leader
        .post(&enrol, &[("hpr", "9 144 901"), ("who", "one")])
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let nobody = leader.post(&out, &[("hpr", "9144902")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_cannot_be_is_told_at_its_field_and_nothing_is_made() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let group = world.group.to_string();
    for (field, value, said) in [
        ("title", "  ", "Skriv et navn på kurset"),
        ("day1", "i morgen", "Møte 1: skriv dagen som dag.måned.år"),
        (
            "day2",
            "2025-01-01",
            "Møte 2 kan ikke være før møtet foran.",
        ),
        (
            "place3",
            &"x".repeat(201),
            "Møte 3: stedet kan ha høyst 200 tegn.",
        ),
    ] {
        let plan = PLAN.map(|(name, old)| (name, if name == field { value } else { old }));
        let form: Vec<(&str, &str)> = [("group", group.as_str())]
            .into_iter()
            .chain(plan)
            .collect();
        let answer = leader.post("/courses", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.words().contains(said), "{field}: {}", answer.words());
        assert!(
            answer.text().contains(&format!("href=\"#{field}\"")),
            "{field}"
        );
    }
    let words = leader.get("/courses").await.words();
    assert!(words.contains("Gruppen har ikke hatt noe kurs her ennå."));
}

#[tokio::test]
async fn a_change_of_somebody_else_is_told_and_the_own_text_stays() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let path = format!("/courses/{id}/meetings");
    let form = leader.get(&path).await;
    assert!(form.text().contains("name=\"version\" value=\"1\""));
    let changed = |title: &'static str, version: &'static str| {
        let plan = PLAN.map(|(name, old)| (name, if name == "title" { title } else { old }));
        let form: Vec<(&str, &str)> = [("version", version)].into_iter().chain(plan).collect();
        form
    };
    let first = leader.post(&path, &changed("Kurs A", "1")).await;
    assert_eq!(first.location(), format!("/courses/{id}?said=changed"));
    let second = leader.post(&path, &changed("Kurs B", "1")).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let words = second.words();
    assert!(words.contains("Noen andre har endret kurset") && words.contains("Kurs A"));
    assert!(second.text().contains("value=\"Kurs B\""), "{words}");
    let third = leader.post(&path, &changed("Kurs B", "2")).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_course_of_others_is_not_there() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let group = world.group.to_string();
    for who in ["newcomer", "operator", "chief", "researcher", "duty-leader"] {
        let other = world.log_in(who).await;
        for page in ["", "/meetings", "/follow-up"] {
            let answer = other.get(&format!("/courses/{id}{page}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} {page}");
        }
        for page in ["", "/certificate", "/follow-up", "/module/airways"] {
            let answer = other.get(&format!("/learning/{id}{page}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} {page}");
        }
        assert_eq!(other.get("/courses").await.status, StatusCode::NOT_FOUND);
        let form: Vec<(&str, &str)> = [("group", group.as_str())]
            .into_iter()
            .chain(PLAN)
            .collect();
        let made = other.post("/courses", &form).await;
        assert_eq!(made.status, StatusCode::NOT_FOUND, "{who}");
        for (form, fields) in [
            ("enrol", [("hpr", "9144902"), ("who", "one")]),
            ("take-out", [("hpr", "9144900"), ("who", "")]),
            (
                "attendance",
                [("was-1-9144900", "not-noted"), ("now-1-9144900", "there")],
            ),
            ("certificate", [("hpr", "9144900"), ("who", "")]),
            ("meetings", [("version", "1"), ("title", "Kapret")]),
        ] {
            let answer = other.post(&format!("/courses/{id}/{form}"), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{who} {form}");
        }
    }
    // Enrolled, one sees one's own and nothing of the leader's.
    let doctor = world.log_in("doctor").await;
    assert_eq!(
        doctor.get(&format!("/courses/{id}")).await.status,
        StatusCode::NOT_FOUND
    );
    let own = doctor.get(&format!("/learning/{id}")).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(!own.text().contains("9144901"), "a colleague's number");
    // The leader, who is not enrolled, has nothing of their own here.
    let none = leader.get(&format!("/learning/{id}")).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}
