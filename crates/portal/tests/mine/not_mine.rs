//! "This is not mine".

use axum::http::StatusCode;

use crate::world::World;

const FORM: [(&str, &str); 6] = [
    ("edition", "2025"),
    ("indicator", "RAK-PENV"),
    ("month", "2025-03"),
    ("rows", "12"),
    ("why", "locum"),
    ("words", "Vikar i uke 10 til 12."),
];

/// The id in the form that takes a message back.
fn id(page: &str) -> &str {
    let (_, rest) = page.split_once("/report/not-mine/").expect("a form");
    rest.split_once('/').expect("an id").0
}

#[tokio::test]
async fn flagged_rows_stand_in_the_report_with_their_state_and_can_be_taken_back() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let sent = doctor.post("/report/not-mine", &FORM).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let report = doctor.get("/report").await.words();
    assert!(
        report.contains("Du har meldt fra én gang om denne rapporten. Venter: 1."),
        "{report}"
    );
    assert!(
        !doctor
            .get("/report?edition=2024")
            .await
            .words()
            .contains("Du har meldt fra")
    );
    let page = doctor.get("/report/not-mine").await;
    let words = page.words();
    assert!(words.contains("mars 2025, 12 utleveringer"), "{words}");
    assert!(words.contains("Venter på svar") && words.contains("En vikar arbeidet i mitt navn"));
    let text = page.text();
    let path = format!("/report/not-mine/{}/take-back", id(&text));
    // A colleague's browser does not even learn that it is there.
    let colleague = world.log_in("colleague").await;
    let theirs = colleague.post(&path, &[("version", "1")]).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let back = doctor.post(&path, &[("version", "1")]).await;
    assert_eq!(back.location(), "/report/not-mine?said=taken-back");
    assert!(
        !doctor
            .get("/report")
            .await
            .words()
            .contains("Du har meldt fra")
    );
    let late = doctor.post(&path, &[("version", "1")]).await;
    assert_eq!(late.location(), "/report/not-mine?said=settled");
}

#[tokio::test]
async fn what_is_left_out_or_cannot_be_comes_back_beside_its_field() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for (field, value, said) in [
        ("why", "", "Velg hvorfor de ikke er dine."),
        ("rows", "0", "et helt tall fra 1 til 100 000"),
        ("rows", "tolv", "et helt tall fra 1 til 100 000"),
        ("month", "2024-03", "Velg en måned i perioden."),
    ] {
        let mut form = FORM.to_vec();
        for pair in form.iter_mut().filter(|pair| pair.0 == field) {
            pair.1 = value;
        }
        let answer = doctor.post("/report/not-mine", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.words().contains(said), "{field}={value}");
        assert!(answer.text().contains("Vikar i uke 10 til 12.</textarea>"));
    }
    let mut other = FORM.to_vec();
    other[4].1 = "other";
    other[5].1 = "";
    let answer = doctor.post("/report/not-mine", &other).await;
    assert!(answer.words().contains("Fortell kort hva det er."));
    let mut unknown = FORM.to_vec();
    unknown[0].1 = "2023";
    let answer = doctor.post("/report/not-mine", &unknown).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
