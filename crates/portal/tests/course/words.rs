//! Every page in every language; every form refused from elsewhere.

use axum::http::StatusCode;
use riktig_portal::ROUTES;
use riktig_portal::learning::shipped;

use crate::world::{COLLEAGUE, DOCTOR, HEAVIEST_PAGE, World};
use crate::{course, hand_in, note};

/// A message that is missing shows its key.
fn keys(words: &str) -> Vec<&str> {
    let areas = ["course-", "learning-", "base-"];
    let split = words.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    split
        .filter(|word| areas.iter().any(|area| word.starts_with(area)))
        .collect()
}

#[tokio::test]
async fn no_page_lacks_a_word_in_any_language() {
    let world = World::new().await;
    let (mut leader, mut doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    note(&leader, &id, DOCTOR, ["there"; 3]).await;
    note(&leader, &id, COLLEAGUE, ["there", "away", "not-noted"]).await;
    hand_in(&doctor, &id, &shipped()[1], 1).await;
    let result = hand_in(&doctor, &id, &shipped()[0], 2).await;
    let result = result.trim_end_matches("#test").to_owned();
    for language in ["nb", "nn", "en"] {
        leader = leader.in_language(language);
        doctor = doctor.in_language(language);
        let mut told = String::new();
        for (who, path) in [
            (&leader, "/courses".to_owned()),
            (&leader, format!("/courses/{id}")),
            (&leader, format!("/courses/{id}/meetings")),
            (&leader, format!("/courses/{id}/follow-up")),
            (&doctor, "/learning".to_owned()),
            (&doctor, format!("/learning/{id}")),
            (&doctor, format!("/learning/{id}/module/choice")),
            (&doctor, result.clone()),
            (&doctor, format!("/learning/{id}/certificate")),
            (&doctor, format!("/learning/{id}/follow-up")),
        ] {
            let page = who.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let travels = who.get_compressed(&path).await.bytes.len();
            assert!(travels < HEAVIEST_PAGE, "{path}: {travels}");
            let words = page.words();
            assert_eq!(keys(&words), Vec::<&str>::new(), "{language}: {path}");
            told += &format!("===== {}\n{words}", path.replace(&id, "COURSE"));
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}

#[tokio::test]
async fn every_form_is_refused_when_another_page_sends_it() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let id = course(&world, &leader).await;
    let ours = ["pages/courses/", "pages/learning/"];
    let own = ROUTES.iter().filter(|route| {
        route.method == "POST" && ours.iter().any(|folder| route.file.starts_with(folder))
    });
    let mut forms = 0;
    for route in own {
        let path = route.path.replace("{course}", &id);
        let path = path.replace("{module}", "airways");
        let answer = leader.post_from_elsewhere(&path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        forms += 1;
    }
    assert_eq!(forms, 7);
}
