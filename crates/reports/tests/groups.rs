//! A group's doctors as dots: what is drawn, said and chosen.

#[expect(dead_code, reason = "other tests use more of it")]
mod sample;

use riktig_reports::model::{Dots, GroupKind, GroupNumber, NoDots};
use riktig_reports::{
    Lang, group_differences, group_headlines, group_places, group_questions, group_spread,
    group_strip_fragment, no_dots,
};

/// Five below 20 %, two between, five from 30 %; the one who looks among the last.
fn number(id: &str) -> GroupNumber {
    let report = sample::general_practitioner();
    let indicator = report.indicator(id).expect("in the sample").clone();
    GroupNumber {
        indicator,
        figure: None,
        dots: Ok(Dots {
            of: GroupKind::CourseGroup,
            from: 15.0,
            width: 5.0,
            counts: vec![5, 1, 1, 5],
        }),
        own_bin: Some(3),
    }
}

#[test]
fn the_ends_are_told_without_how_far_out_the_outermost_lie() {
    let number = number("SKIL-AB4");
    assert_eq!(number.ends(), Some([20.0, 30.0]));
    let said = group_spread(&number, Lang::Nb).replace('\u{a0}', " ");
    assert_eq!(
        said,
        "5 av 12 leger ligger under 20 %. 5 ligger på 30 % eller mer."
    );
    let places = group_places(&number, Lang::En);
    let places: Vec<String> = places.iter().map(|it| it.join(": ")).collect();
    assert_eq!(
        places,
        [
            "below 20%: 5",
            "20% to 25%: 1",
            "25% to 30%: 1",
            "30% or more: 5"
        ]
    );
}

#[test]
fn one_dot_a_doctor_is_drawn_and_the_own_one_is_named() {
    let drawn = group_strip_fragment(&number("SKIL-AB4"), "g1", Lang::Nb);
    assert!(drawn.contains(">Du "), "{drawn}");
    let others = GroupNumber {
        own_bin: None,
        ..number("SKIL-AB4")
    };
    assert!(!group_strip_fragment(&others, "g1", Lang::Nb).contains(">Du "));
}

#[test]
fn without_dots_there_is_no_strip_and_a_reason() {
    let none = GroupNumber {
        dots: Err(NoDots::Few),
        own_bin: None,
        ..number("SKIL-AB4")
    };
    assert_eq!(group_strip_fragment(&none, "g1", Lang::Nb), "");
    assert_eq!(group_spread(&none, Lang::Nb), "");
    assert!(no_dots(NoDots::Few, Lang::Nb).contains("færre enn ti"));
    assert_eq!(no_dots(NoDots::NotAsked, Lang::Nb), "");
}

#[test]
fn a_meeting_is_about_what_is_furthest_apart_beside_the_country_and_not_twice_about_the_same() {
    let mut near = number("SKIL-AB4");
    near.dots.as_mut().expect("dots").counts = vec![5, 7];
    let numbers = [near, number("SKIL-AB3"), number("P-BRONCH")];
    let chosen = group_differences(&numbers);
    assert_eq!(chosen.last(), Some(&0), "nothing between its ends");
    assert_eq!(chosen.len(), 3);
    assert_eq!(group_headlines(&numbers), [1, 0, 2]);
    let questions = group_questions(&numbers, &chosen, Lang::Nb);
    assert_eq!(questions.len(), 3);
    assert!(questions[0].contains("Tenk på"), "{questions:?}");
}
