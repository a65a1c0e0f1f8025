//! Every page in every language.

use axum::http::StatusCode;

use crate::world::World;

/// A message that is missing shows its key.
fn keys(words: &str) -> Vec<&str> {
    let areas = ["area-", "uptake-", "research-", "base-"];
    let split = words.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
    split
        .filter(|word| areas.iter().any(|area| word.starts_with(area)))
        .collect()
}

#[tokio::test]
async fn no_page_of_an_area_lacks_a_word_in_any_language() {
    let world = World::new().await;
    for language in ["nb", "nn", "en"] {
        let mut told = String::new();
        for (persona, path) in [
            ("chief", "/area"),
            ("small-chief", "/area?edition=2024&indicator=RAK-VOL"),
            ("operator", "/area"),
            ("researcher", "/area/county/46"),
        ] {
            let browser = world.log_in(persona).await.in_language(language);
            let page = browser.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let words = page.words();
            assert_eq!(keys(&words), Vec::<&str>::new(), "{language}: {path}");
            told += &format!("===== {persona}: {path}\n{words}");
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}
