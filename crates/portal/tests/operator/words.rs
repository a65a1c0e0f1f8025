//! Every page of the operator in every language; every form refused from elsewhere.

use axum::http::StatusCode;
use riktig_portal::ROUTES;

use crate::world::{COLLEAGUE, HEAVIEST_PAGE, World};

/// Every page of the operator without an id in it, and the ones that can be named.
const PAGES: [&str; 12] = [
    "/operator",
    "/operator/deliveries",
    "/operator/editions",
    "/operator/editions/2025",
    "/operator/disputes",
    "/operator/appointments",
    "/operator/appointments/propose",
    "/operator/appointments/propose?role=group_leader",
    "/operator/appointments/propose?role=out_of_hours_leader",
    "/operator/appointments/propose?role=operator",
    "/operator/mailings",
    "/operator/groups",
];

/// A message that is missing shows its key.
fn keys(words: &str) -> Vec<&str> {
    let split = words.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    split
        .filter(|word| word.starts_with("operator-") || word.starts_with("base-"))
        .collect()
}

#[tokio::test]
async fn no_page_lacks_a_word_in_any_language_and_none_is_heavy() {
    let world = World::new().await;
    let mut operator = world.log_in("operator").await;
    let colleague = COLLEAGUE.to_string();
    let form = [
        ("role", "group_leader"),
        ("who", colleague.as_str()),
        ("reach", &world.group.to_string()),
        ("from", "2026-11-22"),
        ("until", "2027-11-21"),
        ("reason", "Brev"),
    ];
    operator.post("/operator/appointments/propose", &form).await;
    for language in ["nb", "nn", "en"] {
        operator = operator.in_language(language);
        let mut told = String::new();
        for path in PAGES {
            let page = operator.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
            assert!(page.bytes.len() < HEAVIEST_PAGE, "{path}");
            let text = page.text();
            assert!(
                text.contains(&format!("<html lang=\"{language}\"")),
                "{path}"
            );
            assert_eq!(text.matches("<h1").count(), 1, "{path}");
            let words = page.words();
            assert_eq!(keys(&words), Vec::<&str>::new(), "{language}: {path}");
            // Appointments of the same moment stand in the order of their ids, which are chance.
            if path != "/operator/appointments" {
                told += &format!("===== {path}\n{words}");
            }
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}

#[tokio::test]
async fn every_form_is_refused_when_another_page_sends_it() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    let own = ROUTES
        .iter()
        .filter(|route| route.method == "POST" && route.file.starts_with("pages/operator/"));
    let mut forms = 0;
    for route in own {
        let parts = route.path.split('/').map(|part| match part {
            "{edition}" => "2025",
            part if part.starts_with('{') => "01890a5d-ac96-774b-bcce-b302099a8057",
            part => part,
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let answer = operator.post_from_elsewhere(&path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        forms += 1;
    }
    assert_eq!(forms, 11);
    let report = world
        .log_in("doctor")
        .await
        .get("/report?edition=2025")
        .await;
    assert_eq!(
        report.status,
        StatusCode::OK,
        "it stands on the shelf as before"
    );
}
