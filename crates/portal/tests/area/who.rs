//! Who sees which area.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn a_chief_doctor_sees_the_own_municipality_and_its_county_and_no_other() {
    let world = World::new().await;
    let chief = world.log_in("chief").await;
    for (path, status) in [
        ("/area", StatusCode::OK),
        ("/area/figures.csv", StatusCode::OK),
        ("/area/municipality/4601", StatusCode::OK),
        ("/area/municipality/4601/figures.csv", StatusCode::OK),
        ("/area/county/46", StatusCode::OK),
        ("/area/municipality/4602", StatusCode::FORBIDDEN),
        ("/area/municipality/4602/figures.csv", StatusCode::FORBIDDEN),
        ("/area/municipality/0301", StatusCode::FORBIDDEN),
        ("/area/county/03", StatusCode::FORBIDDEN),
        ("/area/county/03/figures.csv", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(chief.get(path).await.status, status, "{path}");
    }
    let page = chief.get("/area").await.text();
    assert!(page.contains(r#"<h1 class="ds-heading" data-size="lg">Storvik</h1>"#));
    assert!(
        !page.contains("/area/municipality/4602"),
        "no link that is refused"
    );
}

#[tokio::test]
async fn operators_and_researchers_see_every_area_that_is_published() {
    let world = World::new().await;
    for persona in ["operator", "researcher"] {
        let browser = world.log_in(persona).await;
        for path in ["/area", "/area/county/46", "/area/municipality/4602"] {
            assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
        }
        let page = browser.get("/area").await.text();
        assert!(page.contains("href=\"/area/county/46?"), "{persona}");
        for path in ["/area/county/18", "/area/municipality/4604"] {
            let status = browser.get(path).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn a_doctor_without_an_appointment_sees_no_area() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    for path in [
        "/area",
        "/area/figures.csv",
        "/area/county/46",
        "/area/municipality/4699",
    ] {
        let status = doctor.get(path).await.status;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(
        !doctor
            .get("/report")
            .await
            .text()
            .contains("href=\"/area\"")
    );
}

#[tokio::test]
async fn what_is_no_area_is_not_there() {
    let world = World::new().await;
    let operator = world.log_in("operator").await;
    for path in [
        "/area/county/4",
        "/area/county/046",
        "/area/county/ab",
        "/area/municipality/46",
        "/area/municipality/nonsense",
        "/area?edition=2019",
        "/area?indicator=NOTHING",
        "/area/county/46?edition=../2025",
    ] {
        let status = operator.get(path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn everybody_is_led_from_the_front_to_where_their_work_is() {
    let world = World::new().await;
    for (persona, page) in [
        ("doctor", "/report"),
        ("newcomer", "/report"),
        ("duty-leader", "/group"),
        ("chief", "/area"),
        ("operator", "/operator"),
        ("researcher", "/research"),
    ] {
        let answer = world.log_in(persona).await.get("/").await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, page),
            "{persona}"
        );
    }
}
