//! Every page in every language; every form refused from elsewhere.

use axum::http::StatusCode;
use riktig_portal::ROUTES;

use crate::world::World;

/// Every page of the doctor.
pub(crate) const PAGES: [&str; 9] = [
    "/report",
    "/report/numbers",
    "/report/numbers?indicator=RAK-PENV",
    "/report/sharing",
    "/report/not-mine",
    "/goals",
    "/goals/RAK-PENV",
    "/log",
    "/log/data",
];

/// A message that is missing shows its key.
fn keys(words: &str) -> Vec<&str> {
    let areas = ["mine-", "goal-", "dispute-", "log-", "base-", "visit-"];
    let split = words.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    split
        .filter(|word| areas.iter().any(|area| word.starts_with(area)))
        .collect()
}

#[tokio::test]
async fn no_page_lacks_a_word_in_any_language() {
    let world = World::new().await;
    let mut doctor = world.log_in("doctor").await;
    let goal = [
        ("version", "0"),
        ("edition", "2025"),
        ("target", "60"),
        ("plan", "Plan"),
    ];
    doctor.post("/goals/RAK-PENV", &goal).await;
    let group = format!("group:{}", world.group);
    let share = [("audience", group.as_str()), ("what", "every")];
    doctor.post("/report/sharing", &share).await;
    doctor.post("/report/sharing/withdraw", &share).await;
    let flag = [
        ("edition", "2025"),
        ("why", "wrong_prescriber"),
        ("rows", "1"),
    ];
    doctor.post("/report/not-mine", &flag).await;
    for language in ["nb", "nn", "en"] {
        doctor = doctor.in_language(language);
        let mut told = String::new();
        for path in PAGES {
            let page = doctor.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let text = page.text();
            assert!(
                text.contains(&format!("<html lang=\"{language}\"")),
                "{path}"
            );
            let words = page.words();
            assert_eq!(keys(&words), Vec::<&str>::new(), "{language}: {path}");
            told += &format!("===== {path}\n{words}");
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}

#[tokio::test]
async fn every_form_is_refused_when_another_page_sends_it() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let own = ROUTES
        .iter()
        .filter(|route| route.method == "POST" && route.file.starts_with("pages/mine/"));
    let mut forms = 0;
    for route in own {
        let path = route.path.replace("{indicator}", "RAK-PENV");
        let path = path.replace("{dispute}", "00000000-0000-7000-8000-000000000000");
        let answer = doctor.post_from_elsewhere(&path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        forms += 1;
    }
    assert_eq!(forms, 7);
    assert!(
        doctor
            .get("/goals")
            .await
            .words()
            .contains("Du har ikke satt noe mål ennå.")
    );
}
