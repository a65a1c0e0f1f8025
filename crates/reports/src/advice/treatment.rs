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
        Change::Dose { from, to } => {
            let from: Vec<(f64, f64)> = from.iter().map(|mg| (*mg, *mg)).collect();
            lang.fill(
                Key("advice-change-dose"),
                &[
                    ("to", Arg::Text(&doses(lang, to))),
                    ("from", Arg::Text(&doses(lang, &from))),
                ],
            )
        }
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

/// Whole milligrams, with a decimal only where it matters (below ten).
fn number(lang: Lang, mg: f64) -> String {
    let decimals = usize::from(mg < 10.0 && mg.fract().abs() > 0.049);
    lang.number(mg, decimals)
}

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
