//! What an area's page says.

use crate::world::{HEAVIEST_PAGE, World};

#[tokio::test]
async fn the_own_municipality_stands_beside_county_and_country_with_its_interval() {
    let world = World::new().await;
    let chief = world.log_in("chief").await;
    let words = chief.get("/area?indicator=RAK-PENV").await.words();
    // 210 of 300, 320 of 600, 500 of 1,000.
    for told in [
        "Høyere er bedre",
        "70,0 %",
        "95 %-intervall: 64,6–74,9 %",
        "Midterste halvdel av legene: 20,0–80,0 %",
        "Leger: 15",
        "53,3 %",
        "50,0 %",
        "Høyere enn i Vestfjord. Forskjellen er større enn tilfeldigheter alene gir",
        "Høyere enn i landet.",
        "Forskjellen går i ønsket retning.",
    ] {
        assert!(words.contains(told), "{told}\n{words}");
    }
}

#[tokio::test]
async fn the_bars_are_ordered_the_good_way_and_the_own_one_is_marked() {
    let world = World::new().await;
    let chief = world.log_in("chief").await;
    let html = chief.get("/area?indicator=RAK-PENV").await.text();
    let table = between(&html, "<table class=\"beside\">", "</table>");
    let (storvik, lillevik) = (table.find("Storvik"), table.find("Lillevik"));
    assert!(storvik < lillevik && storvik.is_some(), "{table}");
    let own = between(table, "<tr class=\"own\">", "</tr>");
    assert!(
        own.contains("Storvik") && own.contains("dette området"),
        "{own}"
    );
    let html = chief.get("/area?indicator=RAK-VOL").await.text();
    let table = between(&html, "<table class=\"beside\">", "</table>");
    // 3,000 items among 15 lists of 1,000; 3,500 among 9: lower is better.
    assert!(table.find("Storvik") < table.find("Lillevik"), "{table}");
}

#[tokio::test]
async fn what_is_kept_back_says_why_and_who_stands_in() {
    let world = World::new().await;
    let chief = world.log_in("small-chief").await;
    let words = chief.get("/area?indicator=RAK-PENV").await.words();
    for told in [
        "Holdt tilbake",
        "Færre enn fem leger i gruppen.",
        "Tallet for Nordvik kan ikke vises. Bruk tallet for Vestfjord i stedet.",
        "dette området\n: Færre enn fem leger i gruppen.",
        "Mellomvik: Få personer, eller en annen gruppe kunne regnes ut av tallet.",
    ] {
        assert!(words.contains(told), "{told}\n{words}");
    }
    assert!(!words.contains("\n0 %\n"), "kept back is no zero: {words}");
}

#[tokio::test]
async fn every_edition_on_the_shelf_stands_in_the_table_over_time() {
    let world = World::new().await;
    let chief = world.log_in("chief").await;
    let html = chief.get("/area?indicator=RAK-PENV").await.text();
    let time = between(&html, "id=\"time\"", "</section>");
    let earlier = time.find("januar–desember 2024");
    assert!(earlier.is_some() && earlier < time.find("januar–desember 2025"));
    assert!(
        time.contains("76,7\u{a0}%") && time.contains("70,0\u{a0}%"),
        "{time}"
    );
    let words = chief.get("/area?edition=2024").await.words();
    assert!(words.contains("Kommune · januar–desember 2024"), "{words}");
}

#[tokio::test]
async fn an_areas_page_is_light() {
    let world = World::new().await;
    for (persona, path) in [("chief", "/area"), ("researcher", "/area/county/46")] {
        let page = world.log_in(persona).await.get_compressed(path).await;
        assert!(page.bytes.len() < HEAVIEST_PAGE / 4, "{}", page.bytes.len());
    }
}

fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let (_, rest) = html.split_once(from).expect(from);
    rest.split_once(to).expect(to).0
}
