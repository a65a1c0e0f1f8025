//! The effect of courses.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn without_a_course_the_page_says_that_none_was_held() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    let page = researcher.get("/uptake/courses").await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    let none = "Ved slutten av gårsdagen var det ikke ført noe kurs der det første møtet er holdt.";
    assert!(words.contains(none), "{words}");
}

#[tokio::test]
async fn a_month_without_a_course_is_not_there() {
    let world = World::new().await;
    let researcher = world.log_in("researcher").await;
    for path in [
        "/uptake/courses?month=2025-03",
        "/uptake/courses?month=nonsense",
        "/uptake/courses?edition=2019",
    ] {
        let status = researcher.get(path).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}
