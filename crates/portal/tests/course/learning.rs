//! The e-learning: read, tested, told at once, taken again.

use axum::http::StatusCode;
use riktig_portal::learning::shipped;

use crate::world::World;
use crate::{answers, course, hand_in, pass_everything};

#[tokio::test]
async fn a_module_says_its_lines_with_their_sources_and_asks_its_questions() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    for module in shipped() {
        let page = doctor
            .get(&format!("/learning/{id}/module/{}", module.id))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", module.id);
        let (text, words) = (page.text(), page.words());
        for question in &module.questions {
            assert!(words.contains(&question.text.nb), "{}", question.id);
            assert!(!words.contains(&question.because.nb), "not before the test");
        }
        for (number, source) in (1..).zip(&module.sources) {
            assert!(text.contains(&format!("id=\"source-{number}\"")));
            assert!(words.contains(&source.title), "{}", source.id);
        }
        assert!(words.contains("Gyldig 1. mars 2025 – 31. desember 2027"));
    }
    let unknown = doctor
        .get(&format!("/learning/{id}/module/homeopathy"))
        .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_test_is_scored_told_at_once_with_reasons_and_may_be_taken_again() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    let module = &shipped()[0];
    let to = hand_in(&doctor, &id, module, 2).await;
    let (page, place) = to.split_once('#').expect("to the test");
    assert_eq!(place, "test");
    let words = doctor.get(page).await.words();
    assert!(
        words.contains("3 av 5 riktige, ikke bestått ennå."),
        "{words}"
    );
    assert_eq!(words.matches("Ikke riktig:").count(), 2);
    assert_eq!(words.matches("Riktig svar:").count(), 2);
    for question in &module.questions {
        assert!(words.contains(&question.because.nb), "{}", question.id);
    }
    // The clock stands still here: another module, instead of the same one a moment later.
    let to = hand_in(&doctor, &id, &shipped()[1], 1).await;
    let words = doctor.get(to.trim_end_matches("#test")).await.words();
    assert!(words.contains("Bestått: 5 av 6 riktige."), "{words}");
    let again = doctor
        .get(&format!("/learning/{id}/module/{}", shipped()[1].id))
        .await
        .words();
    assert!(
        again.contains("Ditt beste resultat: 5 av 6 riktige, bestått."),
        "{again}"
    );
    assert!(again.contains("Lever svarene"), "it may be taken again");
    let seen = leader.get(&format!("/courses/{id}")).await.words();
    assert!(seen.contains("5 av 6 riktige, bestått"), "{seen}");
}

#[tokio::test]
async fn an_unanswered_question_is_told_and_the_other_answers_stay() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    let module = &shipped()[1];
    let path = format!("/learning/{id}/module/{}", module.id);
    let answers = answers(module, 0);
    let form: Vec<(&str, &str)> = answers.iter().map(|(name, it)| (&**name, &**it)).collect();
    for form in [&form[1..], &[]] {
        let answer = doctor.post(&path, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.words().contains("Velg et svar på spørsmål 1."));
        assert_eq!(answer.text().matches(" checked").count(), form.len());
    }
    let outside: Vec<(&str, &str)> = form.iter().map(|(name, _)| (*name, "9")).collect();
    let answer = doctor.post(&path, &outside).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !doctor
            .get(&path)
            .await
            .words()
            .contains("Ditt beste resultat")
    );
}

#[tokio::test]
async fn the_answers_are_told_only_to_who_has_taken_the_test() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    let module = &shipped()[0];
    let path = format!("/learning/{id}/module/{}", module.id);
    for given in ["0.0.0.0.0", "0", "x", "9.9.9.9.9", "1.2.3.4.5.6.7.8"] {
        let page = doctor.get(&format!("{path}?given={given}")).await;
        assert_eq!(page.status, StatusCode::OK, "{given}");
        assert!(!page.words().contains("Riktig svar:"), "{given}");
    }
}

#[tokio::test]
async fn a_doctor_without_a_course_is_told_so_and_takes_no_test() {
    let world = World::new().await;
    let newcomer = world.log_in("newcomer").await;
    let words = newcomer.get("/learning").await.words();
    assert!(words.contains("Du er ikke påmeldt noe kurs."), "{words}");
    assert!(words.contains("Urinveisinfeksjoner, også på sykehjem"));
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let path = format!("/learning/{id}/module/airways");
    assert_eq!(
        newcomer.post(&path, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    let operator = world.log_in("operator").await;
    assert_eq!(
        operator.get("/learning").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_list_tells_how_much_is_left() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    let words = doctor.get("/learning").await.words();
    assert!(words.contains("6 krav gjenstår"), "{words}");
    pass_everything(&doctor, &id).await;
    let words = doctor.get("/learning").await.words();
    assert!(words.contains("3 krav gjenstår"), "{words}");
}
