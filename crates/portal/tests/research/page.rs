//! The researcher's pages.

use axum::http::StatusCode;

use crate::world::{HEAVIEST_PAGE, World};

#[tokio::test]
async fn published_tables_are_for_researchers_and_operators() {
    let world = World::new().await;
    for (persona, status) in [
        ("researcher", StatusCode::OK),
        ("operator", StatusCode::OK),
        ("chief", StatusCode::FORBIDDEN),
        ("doctor", StatusCode::FORBIDDEN),
    ] {
        let browser = world.log_in(persona).await;
        for path in [
            "/research",
            "/research/2025",
            "/research/2025/file/published.csv",
            "/research/2025/file/published.parquet",
        ] {
            assert_eq!(browser.get(path).await.status, status, "{persona} {path}");
        }
    }
}

#[tokio::test]
async fn an_edition_tells_where_it_comes_from_and_how_it_is_cited() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    let words = researcher.get("/research/2025").await.words();
    for told in [
        "30. desember 2025",
        "280 av 300 utleveringer av antibiotika",
        "Riktig. Publiserte tabeller, utgave 2025: antibiotika i primærhelsetjenesten, januar–desember 2025. Data per 30. desember 2025. Innhold abc.",
        "dispensed items: drugs J01CE02",
        "satt sammen av beskrivelser",
    ] {
        assert!(words.contains(told), "{told}\n{words}");
    }
}

#[tokio::test]
async fn no_page_of_research_lacks_a_word_in_any_language_or_weighs_too_much() {
    let world = World::new().await;
    let mut researcher = world.log_in("researcher").await;
    for language in ["nb", "nn", "en"] {
        researcher = researcher.in_language(language);
        let mut told = String::new();
        for path in ["/research", "/research/2025"] {
            let words = researcher.get(path).await.words();
            assert!(!words.contains("research-"), "{language} {path}: {words}");
            told += &format!("===== {path}\n{words}");
            let travels = researcher.get_compressed(path).await.bytes.len();
            assert!(travels < HEAVIEST_PAGE / 4, "{path}: {travels}");
        }
        insta::assert_snapshot!(format!("pages.{language}"), told);
    }
}
