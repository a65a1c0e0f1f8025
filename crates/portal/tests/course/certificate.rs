//! The course certificate: only when nothing is missing, and nobody's number in an address or a file's name.

use axum::http::{StatusCode, header};

use crate::world::{Answer, DOCTOR, World};
use crate::{course, note, pass_everything};

fn is_pdf(answer: &Answer) -> bool {
    let name = answer.headers.get(header::CONTENT_DISPOSITION);
    let name = name.and_then(|it| it.to_str().ok()).unwrap_or_default();
    assert!(!name.contains("9144900"), "{name}");
    answer.status == StatusCode::OK && answer.bytes.starts_with(b"%PDF-")
}

#[tokio::test]
async fn it_is_made_when_nothing_is_missing_and_until_then_the_page_says_what_is() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    let own = format!("/learning/{id}/certificate");
    let issued = format!("/courses/{id}/certificate");
    note(&leader, &id, DOCTOR, ["there", "there", "not-noted"]).await;
    pass_everything(&doctor, &id).await;
    let page = doctor.get(&own).await;
    assert!(!is_pdf(&page));
    assert!(
        page.words().contains("Oppmøtet på møte 3 er ikke ført."),
        "{}",
        page.words()
    );
    let refused = leader.post(&issued, &[("hpr", "9144900")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.words().contains("Oppmøtet på møte 3 er ikke ført."));

    let third = [("was-3-9144900", "not-noted"), ("now-3-9144900", "there")];
    leader
        .post(&format!("/courses/{id}/attendance"), &third)
        .await;
    let (first, again) = (doctor.get(&own).await, doctor.get(&own).await);
    assert!(is_pdf(&first));
    assert_eq!(first.bytes, again.bytes, "the same bytes every time");
    let by_leader = leader.post(&issued, &[("hpr", "9144900")]).await;
    assert!(is_pdf(&by_leader));
    assert_eq!(
        by_leader.bytes, first.bytes,
        "doctor and leader have the same paper"
    );
    for language in ["nn", "en"] {
        let doctor = world.log_in("doctor").await.in_language(language);
        let other = doctor.get(&own).await;
        assert!(is_pdf(&other) && other.bytes != first.bytes, "{language}");
    }
    let words = doctor.get(&format!("/learning/{id}")).await.words();
    assert!(words.contains("Fullført 22. november 2026"), "{words}");
    let words = leader.get(&format!("/courses/{id}")).await.words();
    assert!(words.contains("1 av 2 har fullført kurset."), "{words}");
}

#[tokio::test]
async fn nobody_gets_the_certificate_of_somebody_else() {
    let world = World::new().await;
    let (leader, doctor) = (world.log_in("leader").await, world.log_in("doctor").await);
    let id = course(&world, &leader).await;
    note(&leader, &id, DOCTOR, ["there"; 3]).await;
    pass_everything(&doctor, &id).await;
    let colleague = world.log_in("colleague").await;
    let own = colleague.get(&format!("/learning/{id}/certificate")).await;
    assert!(!is_pdf(&own), "their own is not fulfilled");
    let issued = format!("/courses/{id}/certificate");
    let asked = colleague.post(&issued, &[("hpr", "9144900")]).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
    let nobody = leader.post(&issued, &[("hpr", "9144902")]).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
}
