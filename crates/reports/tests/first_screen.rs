//! Which indicators meet the reader first.

mod sample;

use riktig_reports::headlines;
use riktig_reports::model::{Indicator, Role};

/// The sample's first indicators under other names, all of them comparable.
fn called(ids: &[&str]) -> Vec<Indicator> {
    let mut indicators = sample::general_practitioner().indicators;
    indicators.truncate(ids.len());
    for (indicator, id) in indicators.iter_mut().zip(ids) {
        indicator.id = (*id).to_owned();
    }
    indicators
}

fn first(ids: &[&str]) -> Vec<String> {
    headlines(&[Role::GeneralPractitioner], &called(ids))
}

#[test]
fn two_numbers_that_say_the_same_are_never_both_first() {
    assert_eq!(
        first(&["WHO-AWARE-ACCESS", "WHO-AWARE-WATCH", "RAK-VOL"]),
        ["RAK-VOL", "WHO-AWARE-ACCESS"]
    );
    assert_eq!(
        first(&["SE-Inf24", "P-BRONCH", "RAK-VOL", "RAK-RDR"]),
        ["P-BRONCH", "RAK-RDR", "RAK-VOL"]
    );
    assert_eq!(first(&["SE-Inf24", "P-BRONCH"]), ["P-BRONCH"]);
}

#[test]
fn penicillin_v_is_first_twice_only_where_nothing_else_fills_the_screen() {
    assert_eq!(
        first(&["RAK-PENV", "SKIL-AB4", "RAK-VOL", "SE-Inf07"]),
        ["SKIL-AB4", "RAK-VOL", "SE-Inf07"]
    );
    assert_eq!(
        first(&["RAK-PENV", "SKIL-AB4", "RAK-VOL"]),
        ["SKIL-AB4", "RAK-VOL", "RAK-PENV"]
    );
}
