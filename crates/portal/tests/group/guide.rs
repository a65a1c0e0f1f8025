//! The guide for a meeting.

use crate::large;
use crate::world::World;

#[tokio::test]
async fn the_guide_has_what_differs_most_three_questions_and_a_timetable_of_ninety_minutes() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let page = doctor.get(&format!("/group/{}/guide", world.group)).await;
    let words = page.words();
    assert!(
        words.contains("Her er forskjellen størst i gruppen"),
        "{words}"
    );
    let questions = page
        .text()
        .split("<ol class=\"questions\">")
        .nth(1)
        .map(|rest| {
            let list = rest.split("</ol>").next().unwrap_or_default();
            list.matches("<li>").count()
        });
    assert_eq!(questions, Some(3));
    let minutes: u32 = words
        .lines()
        .filter_map(|line| line.parse::<u32>().ok())
        .filter(|it| *it <= 40)
        .sum();
    assert!(minutes >= 90, "{minutes}");
    for minutes in ["\n5\n", "\n10\n", "\n15\n", "\n40\n"] {
        assert!(words.contains(minutes), "{minutes:?}");
    }
}

#[tokio::test]
async fn nobodys_own_number_or_dot_is_on_the_guide() {
    let world = large().await;
    let doctor = world.log_in("doctor").await;
    let page = doctor.get(&format!("/group/{}/guide", world.group)).await;
    assert!(!page.text().contains(">Du "));
    assert!(!page.words().contains("Du\n"), "{}", page.words());
}

#[tokio::test]
async fn a_group_that_is_not_drawn_has_a_guide_with_numbers_to_talk_about() {
    let world = World::new().await;
    let leader = world.log_in("leader").await;
    let words = leader
        .get(&format!("/group/{}/guide", world.group))
        .await
        .words();
    assert!(words.contains("Tall å snakke om"), "{words}");
    assert!(words.contains("gruppen har færre enn ti leger"), "{words}");
}
