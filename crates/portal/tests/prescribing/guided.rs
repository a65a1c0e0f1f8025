//! What the guideline says while a prescription is written, and what it was not held against.

use axum::http::StatusCode;
use riktig_eresept::Body;

use crate::intermediary::world;
use crate::pages::{filled, patient, post, send, value};

#[tokio::test]
async fn a_loading_dose_stands_in_the_dosage_that_is_sent() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let course = filled(&[
        ("drug", "J01AA02"),
        ("milligrams", "100"),
        ("first_day", "200"),
        ("times", "1"),
        ("days", "5"),
    ]);
    send(&doctor, &course).await;
    let taken = other.taken();
    let Body::M1(m1) = taken[0].body() else {
        panic!("an M1")
    };
    let order = &m1.line.medicine().expect("a drug").order;
    assert_eq!(
        order.dosage_text.as_deref(),
        Some("100 mg 1 gang daglig i 5 dager, første dag 200 mg")
    );
    let wrong = post(&doctor, "/prescribe", &filled(&[("first_day", "mye")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn nothing_is_as_the_guideline_that_was_not_compared_with_it() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let look = [("diagnosis", "R81"), ("step", "look")];
    for (milligrams, times, days, left) in [
        ("", "", "", "dose, doser per døgn, dager"),
        ("100000", "4", "5", "dose"),
        ("660+160", "4", "5", "dose"),
    ] {
        let course = [("milligrams", milligrams), ("times", times), ("days", days)];
        let form = filled(&[&look[..], &course].concat());
        let words = post(&doctor, "/prescribe", &form).await.words();
        let told = format!("Ikke sammenlignet med retningslinjen: {left}");
        assert!(words.contains(&told), "{milligrams}: {words}");
        assert!(
            !words.contains("Som retningslinjen"),
            "{milligrams}: {words}"
        );
    }
}

#[tokio::test]
async fn the_guidelines_lines_stand_by_condition_and_the_plain_one_first_with_what_it_is_not_for() {
    let (world, _, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let look = [
        ("patient", patient()),
        ("diagnosis", "U71".to_owned()),
        ("step", "look".to_owned()),
    ];
    let page = post(&doctor, "/prescribe", &look).await;
    assert!(
        value(&page, "take").starts_with("cystitis_women/"),
        "{}",
        page.words()
    );
    let text = page.text();
    let (before, _) = text.split_once("name=\"take\"").expect("an offer");
    assert!(
        before.contains("Gjelder ikke ved: feber"),
        "{}",
        page.words()
    );
    let mut take = look.to_vec();
    take.push(("take", value(&page, "take")));
    let page = post(&doctor, "/prescribe", &take).await;
    assert!(
        page.words().contains("Gjelder ikke ved: feber"),
        "{}",
        page.words()
    );
}

#[tokio::test]
async fn a_dose_of_two_substances_is_two_numbers_on_the_form_and_on_the_label() {
    let (world, other, _) = world().await;
    let doctor = world.log_in("doctor").await;
    let course = |milligrams: &'static str| {
        let change = [
            ("diagnosis", "U71"),
            ("drug", "J01EE01"),
            ("milligrams", milligrams),
        ];
        filled(&change)
    };
    let page = post(&doctor, "/prescribe", &course("160")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let words = page.words();
    assert!(
        words.contains("to virkestoff") && words.contains("800+160"),
        "{words}"
    );
    send(&doctor, &course("800+160")).await;
    let taken = other.taken();
    let [message] = &taken[..] else {
        panic!("{} messages", taken.len())
    };
    let text = format!("{:?}", message.body());
    assert!(text.contains("800+160 mg"), "{text}");
}
