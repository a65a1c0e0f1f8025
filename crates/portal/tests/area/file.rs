//! The file of an area's page.

use crate::world::World;

#[tokio::test]
async fn the_file_holds_what_the_page_shows_with_units_and_where_it_comes_from() {
    let world = World::new().await;
    let chief = world.log_in("chief").await;
    let page = chief.get("/area?indicator=RAK-PENV").await.text();
    let link = "/area/municipality/4601/figures.csv?edition=2025&#38;indicator=RAK-PENV";
    assert!(page.contains(link), "{page}");
    let file = chief
        .get("/area/figures.csv?edition=2025&indicator=RAK-PENV")
        .await;
    assert_eq!(
        file.headers["content-disposition"],
        "attachment; filename=\"antibiotika-4601-2025.csv\""
    );
    let text = file.text();
    let mut lines = text.lines().map(|line| line.split(';').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let rows: Vec<Vec<&str>> = lines.collect();
    let value = |row: &[&str], name: &str| {
        let column = header.iter().position(|it| *it == name).expect(name);
        row[column].to_owned()
    };
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            ["edition", "area_code", "indicator", "value", "state"]
                .map(|name| value(row, name))
                .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "2025 4601 RAK-PENV 70 measured",
            "2025 46 RAK-PENV 53.3 measured",
            "2025  RAK-PENV 50 measured",
            "2025 4601 RAK-VOL 200 measured",
            "2025 46 RAK-VOL 233 measured",
            "2025  RAK-VOL 250 measured",
            "2025 4602 RAK-PENV 40 measured",
            "2025 4603 RAK-PENV  suppressed",
            "2025 4699 RAK-PENV  suppressed",
            "2024 4601 RAK-PENV 76.7 measured",
            "2024  RAK-PENV 50 measured",
        ]
    );
    assert!(rows.iter().all(|row| value(row, "input") == "abc"));
    assert_eq!(value(&rows[0], "unit"), "percent");
    assert_eq!(value(&rows[3], "direction"), "lower is better");
}
