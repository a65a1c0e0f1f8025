//! Every page in every language; every form refused from elsewhere.

use axum::http::StatusCode;
use riktig_portal::ROUTES;

use crate::large;

/// A message that is missing shows its key.
fn keys(words: &str) -> Vec<&str> {
    let split = words.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    let areas = ["group-", "mine-", "dots-", "base-"];
    split
        .filter(|word| areas.iter().any(|area| word.starts_with(area)))
        .collect()
}

#[tokio::test]
async fn no_page_lacks_a_word_in_any_language() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let audience = format!("group:{}", world.group);
    let form = [("audience", audience.as_str()), ("what", "2025")];
    doctor.post("/report/sharing", &form).await;
    let group = format!("/group/{}", world.group);
    let pages = [
        ("newcomer", "/group".to_owned()),
        ("leader", group.clone()),
        ("doctor", group.clone()),
        ("leader", format!("{group}/roster")),
        ("leader", format!("{group}/guide")),
        ("duty-leader", "/service/P00010".to_owned()),
    ];
    for language in ["nb", "nn", "en"] {
        let mut told = String::new();
        for (who, path) in &pages {
            let browser = world.log_in(who).await.in_language(language);
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text().contains(&format!("<html lang=\"{language}\"")));
            let words = page.words();
            assert_eq!(keys(&words), Vec::<&str>::new(), "{language}: {path}");
            let path = path.replace(&world.group.to_string(), "GROUP");
            told += &format!("===== {who} {path}\n{words}");
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}

#[tokio::test]
async fn every_form_is_refused_when_another_page_sends_it() {
    let world = large().await;
    let leader = world.log_in("leader").await;
    let own = ROUTES
        .iter()
        .filter(|route| route.method == "POST" && route.file.starts_with("pages/group/"));
    let mut forms = 0;
    for route in own {
        let path = route.path.replace("{group}", &world.group.to_string());
        let answer = leader.post_from_elsewhere(&path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        forms += 1;
    }
    assert_eq!(forms, 2);
}
