//! A drug with dose, frequency and length in words.

use riktig_guideline::{Change, Treatment};

use crate::text::{Arg, Key, Lang};

/// Treatments in words: "nitrofurantoin 50 mg × 3 for 3 days, or pivmecillinam 200 mg × 3 for 3 days".
#[must_use]
pub fn tell_treatments(lang: Lang, treatments: &[Treatment]) -> String {
    self::treatments(lang, treatments)
}

/// A dose in words, each substance from least to most: "800 + 160 mg".
#[must_use]
pub fn tell_doses(lang: Lang, milligrams: &[(f64, f64)]) -> String {
    doses(lang, milligrams)
}

/// A dose as it stands on an order, to the thousandth of a milligram: "200.5 mg".
#[must_use]
pub fn tell_ordered_dose(lang: Lang, milligrams: &[f64]) -> String {
    let each: Vec<String> = milligrams.iter().map(|mg| as_written(lang, *mg)).collect();
    format!("{}\u{a0}mg", each.join("/"))
}

/// Milligrams as they are told, and as they are filled in: whole, but where a tenth was written, or matters (below ten). What a weight makes of
/// a dose is never finer than that.
#[must_use]
pub fn told_milligrams(mg: f64) -> f64 {
    match decimals_told(mg) {
        0 => mg.round(),
        _ => (mg * 10.0).round() / 10.0,
    }
}

/// "nitrofurantoin 50 mg × 3 for 3 days, or pivmecillinam 200 mg × 3 for 3 days".
pub(super) fn treatments(lang: Lang, treatments: &[Treatment]) -> String {
    let each: Vec<String> = treatments.iter().map(|it| treatment(lang, it)).collect();
    each.join(&format!(", {} ", lang.say(Key("advice-or"))))
}

fn treatment(lang: Lang, treatment: &Treatment) -> String {
    let mut text = lang.drug(treatment.drug);
    if let Some(mg) = &treatment.milligrams {
        text.push(' ');
        text.push_str(&doses(lang, mg));
    }
    if !treatment.times_per_day.is_empty() {
        text.push_str(" × ");
        text.push_str(&times(lang, &treatment.times_per_day));
    }
    if let Some(days) = treatment.days {
        text.push(' ');
        text.push_str(&lang.fill(
            Key("advice-for-days"),
            &[("days", Arg::Text(&self::days(days)))],
        ));
    }
    if let Some(first) = treatment.first_day {
        text.push_str(&lang.fill(
            Key("advice-first-day"),
            &[("mg", Arg::Text(&milligrams(lang, first)))],
        ));
    }
    text
}

/// What to change, each part in its own words: "5 days, not 7".
pub(super) fn changes(lang: Lang, changes: &[Change]) -> String {
    let each = changes.iter().map(|change| match change {
        Change::Dose { from, to } => lang.fill(
            Key("advice-change-dose"),
            &[
                ("to", Arg::Text(&doses(lang, to))),
                ("from", Arg::Text(&tell_ordered_dose(lang, from))),
            ],
        ),
        Change::Frequency { from, to } => lang.fill(
            Key("advice-change-times"),
            &[
                ("to", Arg::Text(&times(lang, to))),
                ("from", Arg::Text(&from.to_string())),
            ],
        ),
        Change::Length { from, to } => lang.fill(
            Key("advice-change-days"),
            &[
                ("to", Arg::Text(&days(*to))),
                ("from", Arg::Text(&from.to_string())),
            ],
        ),
    });
    let text = each.collect::<Vec<_>>().join("; ");
    lang.fill(Key("advice-change"), &[("what", Arg::Text(&text))])
}

/// `1000 mg`, `800/160 mg`, `400–500 mg`.
fn doses(lang: Lang, doses: &[(f64, f64)]) -> String {
    let one = |(least, most): &(f64, f64)| {
        if least == most {
            number(lang, *least)
        } else {
            format!("{}–{}", number(lang, *least), number(lang, *most))
        }
    };
    format!(
        "{}\u{a0}mg",
        doses.iter().map(one).collect::<Vec<_>>().join("/")
    )
}

fn milligrams(lang: Lang, mg: f64) -> String {
    doses(lang, &[(mg, mg)])
}

fn number(lang: Lang, mg: f64) -> String {
    lang.number(told_milligrams(mg), decimals_told(mg))
}

fn decimals_told(mg: f64) -> usize {
    let tenths = mg * 10.0;
    let a_tenth = (tenths - tenths.round()).abs() < SAME && (mg - mg.round()).abs() > SAME;
    usize::from(a_tenth || mg < 10.0 && (mg - mg.round()).abs() > 0.049)
}

/// As few decimals as tell it, three at most.
fn as_written(lang: Lang, mg: f64) -> String {
    let tells = |decimals: &usize| {
        let scaled = [1.0, 10.0, 100.0, 1000.0].get(*decimals).map(|by| mg * by);
        scaled.is_some_and(|it| (it - it.round()).abs() < SAME)
    };
    lang.number(mg, (0..3).find(tells).unwrap_or(3))
}

/// Numbers closer than this are the same: what is left of reckoning with them.
const SAME: f64 = 1e-6;

fn times(lang: Lang, times: &[u8]) -> String {
    let each: Vec<String> = times.iter().map(u8::to_string).collect();
    each.join(&format!(" {} ", lang.say(Key("advice-or"))))
}

fn days((least, most): (u16, u16)) -> String {
    if least == most {
        least.to_string()
    } else {
        format!("{least}–{most}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_that_is_not_whole_is_told_as_it_is_in_every_language() {
        let change = |lang: Lang| {
            changes(
                lang,
                &[Change::Dose {
                    from: vec![200.5],
                    to: vec![(200.0, 200.0)],
                }],
            )
        };
        for (lang, from) in [
            (Lang::Nb, "200,5\u{a0}mg"),
            (Lang::Nn, "200,5\u{a0}mg"),
            (Lang::En, "200.5\u{a0}mg"),
        ] {
            let told = change(lang);
            assert!(
                told.contains(from) && told.contains("200\u{a0}mg"),
                "{told}"
            );
        }
        let ordered = |mg: &[f64]| tell_ordered_dose(Lang::Nb, mg);
        assert_eq!(ordered(&[0.125]), "0,125\u{a0}mg");
        assert_eq!(ordered(&[660.0]), "660\u{a0}mg");
        assert_eq!(ordered(&[0.1 + 0.2]), "0,3\u{a0}mg");
        assert_eq!(ordered(&[800.0, 160.25]), "800/160,25\u{a0}mg");
    }

    #[test]
    fn what_a_weight_makes_of_a_dose_is_told_and_filled_in_no_finer_than_it_can_be_measured() {
        // 15 mg for each of 8.3 kg, 7.5 of 12.3, 7.5 of 0.9.
        assert_eq!(told_milligrams(15.0 * 8.3), 124.5);
        assert_eq!(told_milligrams(7.5 * 12.3), 92.0);
        assert_eq!(told_milligrams(7.5 * 0.9), 6.8);
        let by_weight = 15.0 * 8.3;
        assert_eq!(
            tell_doses(Lang::En, &[(by_weight, by_weight)]),
            "124.5\u{a0}mg"
        );
    }
}
