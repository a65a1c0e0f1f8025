//! The report, its numbers, its files.

use axum::http::{StatusCode, header};

use crate::world::{DOCTOR, HEAVIEST_PAGE, World};

#[tokio::test]
async fn a_doctor_reads_the_own_report_and_nobody_elses_number_is_in_it() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let page = doctor.get("/report").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let text = page.text();
    assert!(text.contains("HPR-nummer 9144900") && !text.contains("9144901"));
    assert!(text.contains("januar–desember 2025"));
    // Whatever an address says about a doctor, the session says who it is.
    let other = doctor.get("/report?hpr=9144901&prescriber=9144901").await;
    let words = other.words();
    assert!(words.contains("9144900") && !words.contains("9144901"));
}

#[tokio::test]
async fn period_and_comparison_are_chosen_by_a_form_and_a_strange_choice_is_not_there() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let earlier = doctor.get("/report?edition=2024&against=benchmark").await;
    let text = earlier.text();
    assert!(text.contains("januar–desember 2024") && text.contains("Dette er en eldre rapport."));
    assert!(text.contains("<option value=\"benchmark\" selected>"));
    assert!(!text.contains("onchange"));
    for strange in [
        "/report?edition=2023",
        "/report?edition=../2024",
        "/report?against=everybody",
        "/report/numbers?indicator=NONE",
        "/report/file/exe",
        "/report/file/pdf?edition=2023",
    ] {
        let answer = doctor.get(strange).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{strange}");
    }
}

#[tokio::test]
async fn who_is_in_no_report_reads_why() {
    let world = World::new().await;
    let newcomer = world.log_in("newcomer").await;
    let page = newcomer.get("/report").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.words()
            .contains("minst 30 utleveringer av antibiotika, 100 kontakter eller 3 måneder")
    );
    let colleague = world.log_in("colleague").await;
    let page = colleague.get("/report?edition=2024").await;
    let words = page.words();
    assert!(
        words.contains("Du er ikke med i denne rapporten"),
        "{words}"
    );
    assert!(words.contains("januar–desember 2025"));
    let file = colleague.get("/report/file/pdf?edition=2024").await;
    assert_eq!(file.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_is_no_doctor_and_who_is_nobody_have_no_such_pages() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    for path in ["/report", "/goals", "/report/sharing", "/report/not-mine"] {
        assert_eq!(operator.get(path).await.status, StatusCode::NOT_FOUND);
        let answer = world.nobody().get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert!(answer.location().starts_with("/login?to="), "{path}");
    }
    // Whose session ended over a form comes back to the page that it stood on.
    let answer = world.nobody().post("/log/data/erase", &[]).await;
    assert_eq!(answer.location(), "/login?to=%2Flog%2Fdata");
}

#[tokio::test]
async fn the_report_is_downloaded_in_three_forms_and_the_name_of_the_file_says_nobody() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for (kind, media, begins) in [
        ("pdf", "application/pdf", &b"%PDF-"[..]),
        ("csv", "text/csv; charset=utf-8", b"prescriber;"),
        (
            "json",
            "application/json",
            b"{\n  \"schema\": \"riktig-report/1\"",
        ),
    ] {
        let file = doctor
            .get(&format!("/report/file/{kind}?edition=2025"))
            .await;
        assert_eq!(file.status, StatusCode::OK, "{kind}");
        assert_eq!(file.headers[header::CONTENT_TYPE], media);
        assert!(file.bytes.starts_with(begins), "{kind}");
        let name = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(name.contains(kind) && !name.contains(&DOCTOR.to_string()));
    }
}

#[tokio::test]
async fn opening_is_noted_once_a_day_and_every_download_is() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for path in ["/report", "/report", "/report/file/csv", "/report/file/csv"] {
        assert_eq!(doctor.get(path).await.status, StatusCode::OK);
    }
    let log = doctor.get("/log").await.words();
    let noted = log.matches("Åpnet eller lastet ned egen rapport").count();
    assert_eq!(noted, 3, "{log}");
}

#[tokio::test]
async fn how_a_number_was_made_is_told_step_by_step() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let words = doctor
        .get("/report/numbers?indicator=RAK-PENV")
        .await
        .words();
    for said in [
        "Riktig legemiddel og kur",
        "Koblet til riktig diagnose",
        "180",
        "Kontakt 0–7 dager før",
    ] {
        assert!(words.contains(said), "{said} is missing in\n{words}");
    }
    let all = doctor.get("/report/numbers").await.words();
    assert!(!all.contains("Riktig legemiddel og kur") && all.contains("Kobling"));
}

#[tokio::test]
async fn a_page_with_all_that_it_loads_is_light() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for path in crate::words::PAGES {
        let html = doctor.get(path).await.text();
        assert!(html.len() < HEAVIEST_PAGE, "{path}: {} bytes", html.len());
        let mut weight = doctor.get_compressed(path).await.bytes.len();
        let assets = html.split('"').filter(|part| part.starts_with("/assets/"));
        for asset in assets.collect::<std::collections::BTreeSet<_>>() {
            weight += doctor.get_compressed(asset).await.bytes.len();
        }
        assert!(weight < HEAVIEST_PAGE / 2, "{path}: {weight} bytes");
        assert!(
            !html.contains("style=\"") && !html.contains("<script>"),
            "{path}"
        );
    }
}
