//! The group's page: who sees it, who the dots are, what is said where there are none.

use axum::http::StatusCode;

use crate::large;
use crate::world::{HEAVIEST_PAGE, World};

#[tokio::test]
async fn a_member_sees_the_doctors_as_dots_and_which_one_is_their_own() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let page = doctor.get(&format!("/group/{}", world.group)).await;
    assert_eq!(page.status, StatusCode::OK);
    let words = page.words();
    assert!(words.contains("Prikkene er 14 leger"), "{words}");
    assert!(
        words.contains("6 av 14 leger ligger under 55 %."),
        "{words}"
    );
    assert!(words.contains("Du\n40,0 % (16 av 40"), "{words}");
    // Two strips, each drawn for a wide screen and for a small one.
    assert_eq!(page.text().matches(">Du ").count(), 4);
    assert!(words.contains("Gruppen samlet\n54 %"), "{words}");
}

#[tokio::test]
async fn no_number_of_a_member_stands_on_the_page() {
    let world = large().await;
    for who in ["doctor", "leader"] {
        let browser = world.log_in(who).await;
        for page in ["", "/guide"] {
            let path = format!("/group/{}{page}", world.group);
            let text = browser.get(&path).await.text();
            let main = text.split("<main").nth(1).expect("a main part");
            assert!(!main.contains("91449"), "{who} {page}");
        }
    }
}

#[tokio::test]
async fn the_leader_who_is_no_member_sees_the_dots_and_none_of_them_is_theirs() {
    let world = large().await;
    let leader = world.log_in("leader").await;
    let page = leader.get(&format!("/group/{}", world.group)).await;
    assert!(page.words().contains("Prikkene er 14 leger"));
    assert!(!page.text().contains(">Du "));
}

#[tokio::test]
async fn a_group_of_fewer_than_ten_is_not_drawn_and_the_page_says_why() {
    let world = World::new().await;
    let doctor = world.log_in("doctor").await;
    let words = doctor.get(&format!("/group/{}", world.group)).await.words();
    assert!(words.contains("gruppen har færre enn ti leger"), "{words}");
    assert!(!words.contains("av 2 leger"));
}

#[tokio::test]
async fn an_edition_in_which_too_few_of_the_group_have_a_number_says_so() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let path = format!("/group/{}?edition=2024", world.group);
    let words = doctor.get(&path).await.words();
    let said = "færre enn ti i gruppen har nok å telle";
    assert!(words.contains(said), "{words}");
}

#[tokio::test]
async fn a_group_is_not_there_for_those_who_are_not_in_it() {
    let world = large().await;
    for who in ["newcomer", "chief", "duty-leader", "operator", "researcher"] {
        let browser = world.log_in(who).await;
        for page in ["", "/guide", "/roster"] {
            let path = format!("/group/{}{page}", world.group);
            let status = browser.get(&path).await.status;
            assert_eq!(status, StatusCode::NOT_FOUND, "{who} {page}");
        }
    }
    let doctor = world.log_in("doctor").await;
    for path in [
        "/group/nonsense",
        "/group/01890a5d-ac96-774b-bcce-b302099a8057",
    ] {
        assert_eq!(doctor.get(path).await.status, StatusCode::NOT_FOUND);
    }
    let unknown = format!("/group/{}?edition=1999", world.group);
    assert_eq!(doctor.get(&unknown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn my_group_leads_to_the_only_one_and_says_where_there_is_none() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let to = doctor.get("/group").await;
    assert_eq!(to.location(), format!("/group/{}", world.group));
    let leader = world.log_in("duty-leader").await;
    assert_eq!(leader.get("/group").await.location(), "/service/P00010");
    let newcomer = world.log_in("newcomer").await;
    let words = newcomer.get("/group").await.words();
    assert!(
        words.contains("Du er ikke med i noen kursgruppe."),
        "{words}"
    );
}

#[tokio::test]
async fn the_page_is_light() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let path = format!("/group/{}", world.group);
    let weight = doctor.get_compressed(&path).await.bytes.len();
    assert!(weight < HEAVIEST_PAGE, "{weight}");
}
