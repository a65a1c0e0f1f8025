//! What an order says of its dose in a second place: how often by a code, at which times of the day, at most how much, how many doses, and how much is
//! handed out. The dose is read from one place; a second that says otherwise, or cannot be held against it, makes it one that cannot be told.

use riktig_guideline::DraftOrder;

use super::order::is_piece;
use super::strength::{self, Strength};
use crate::resource::{Dosage, View, times_of_code};

/// Times of a day, each of them one (HL7 `event-timing`). Before, with and after "meals" are as many as there are meals.
const ONCE_A_DAY: [&str; 22] = [
    "MORN",
    "MORN.early",
    "MORN.late",
    "NOON",
    "AFT",
    "AFT.early",
    "AFT.late",
    "EVE",
    "EVE.early",
    "EVE.late",
    "NIGHT",
    "HS",
    "WAKE",
    "ACM",
    "ACD",
    "ACV",
    "PCM",
    "PCD",
    "PCV",
    "CM",
    "CD",
    "CV",
];

/// From how many times what the course needs on nobody hands out a pack for it: a tolerance of our own. The smallest pack may hold more than twice a
/// short course.
const FAR_MORE: f64 = 3.0;

/// Up to how many a bare number may be of packs.
const FEW: f64 = 5.0;

/// Whether a code, the times of the day or the hours say another frequency than the numbers.
pub(super) fn frequency_differs(dosage: Dosage<'_>) -> bool {
    let timing = dosage.view().at("timing");
    let times = dosage.times_per_day();
    let code = timing.concept("code");
    let mut codes = code.codings().map(|it| times_of_code(it.code)).peekable();
    let is_coded = codes.peek().is_some();
    let in_words = code.words().next().is_some();
    // A code that is not known says what its words do, and they are held against the dose as words.
    let coded_otherwise = codes.any(|it| it.map_or(!in_words, |it| Some(it) != times));
    let repeat = timing.at("repeat");
    let when: Vec<&str> = repeat.each("when").filter_map(View::as_text).collect();
    let sure = when.iter().filter(|it| ONCE_A_DAY.contains(it)).count();
    let at_times = sure.max(repeat.each("timeOfDay").count());
    let differs = |count: usize| times.is_some_and(|it| usize::from(it) != count);
    // "With meals" is read as once where no number is said.
    let vague = sure < when.len() && repeat.at("frequency").value().is_none();
    (is_coded && coded_otherwise) || (at_times > 0 && differs(at_times)) || vague
}

/// Whether a number of doses is not the number that the dose has in its days.
pub(super) fn count_differs(dosage: Dosage<'_>, days: Option<u16>) -> bool {
    let repeat = dosage.view().at("timing").at("repeat");
    let (count, most) = (repeat.at("count"), repeat.at("countMax"));
    if count.value().is_none() && most.value().is_none() {
        return false;
    }
    let taken = dosage.times_per_day().zip(dosage.days().or(days));
    let taken = taken.map(|(times, days)| f64::from(times) * f64::from(days));
    let told = repeat.number("count");
    let is_range = most.value().is_some() && repeat.number("countMax") != told;
    is_range || taken.is_none() || told != taken
}

/// Whether a highest dose is lower than the dose, or cannot be held against it.
pub(super) fn is_above_a_limit(dosage: Dosage<'_>, milligrams: Option<&[f64]>) -> bool {
    let view = dosage.view();
    let at_a_time = |limit: View<'_>| held(limit, dosage, milligrams);
    let over = |ratio: View<'_>| {
        let days = in_days(ratio.at("denominator"));
        let times = dosage.times_per_day().map(f64::from);
        let of_days = at_a_time(ratio.at("numerator")).zip(days).zip(times);
        of_days.is_none_or(|(((limit, dose), days), times)| limit < dose * times * days - NEAR)
    };
    let once = |limit: View<'_>| at_a_time(limit).is_none_or(|(limit, dose)| limit < dose - NEAR);
    view.each("maxDosePerPeriod").any(over)
        || view.each("maxDosePerAdministration").any(once)
        || view.at("maxDosePerLifetime").value().is_some()
}

const NEAR: f64 = 1e-6;

/// A limit and the dose at a time in the same unit.
fn held(limit: View<'_>, dosage: Dosage<'_>, milligrams: Option<&[f64]>) -> Option<(f64, f64)> {
    let number = limit.number("value")?;
    let unit = unit(limit)?;
    if let Some(factor) = strength::milligrams_of(&unit) {
        // Of the two of a combination nobody knows which is meant.
        let [dose] = milligrams? else { return None };
        return Some((number * factor, *dose));
    }
    let (dose, its) = dosage.amount()?;
    let its = its.to_lowercase();
    (its == unit || (is_piece(&its) && is_piece(&unit))).then_some((number, dose))
}

fn unit(quantity: View<'_>) -> Option<String> {
    let unit = quantity.text("code").or(quantity.text("unit"));
    unit.map(str::to_lowercase)
}

fn in_days(duration: View<'_>) -> Option<f64> {
    let value = duration.number("value").filter(|it| *it > 0.0)?;
    match unit(duration)?.as_str() {
        "d" | "day" | "days" | "dag" | "dager" | "dagar" | "døgn" => Some(value),
        "h" | "hour" | "hours" | "time" | "timer" | "timar" => Some(value / 24.0),
        "wk" | "week" | "weeks" | "uke" | "uker" => Some(value * 7.0),
        _ => None,
    }
}

/// Whether what is handed out is less than the course needs, or far more. Packs of a size that nobody tells, and a course that nobody knows, are held against nothing.
pub(super) fn quantity_differs(
    handed_out: View<'_>,
    dosages: &[Dosage<'_>],
    read: &DraftOrder,
    strength: Option<&Strength>,
) -> bool {
    let Some(number) = handed_out.number("value") else {
        return handed_out.value().is_some();
    };
    let unit = unit(handed_out).unwrap_or_default();
    let is_bare = ["", "1", "stk"].contains(&unit.as_str());
    let needed = dosages.iter().map(|it| {
        let days = it.days().or(read.days.filter(|_| dosages.len() == 1))?;
        let times = f64::from(it.times_per_day()?);
        Some(at_a_time(*it, &unit, is_bare, strength)? * times * f64::from(days))
    });
    let Some(needed) = needed.sum::<Option<f64>>().filter(|it| *it > 0.0) else {
        return false;
    };
    let packs = is_bare && number <= FEW && number < needed;
    !packs && (number < needed - NEAR || number > FAR_MORE * needed + NEAR)
}

/// A dose in the unit of what is handed out.
fn at_a_time(
    dosage: Dosage<'_>,
    unit: &str,
    is_bare: bool,
    strength: Option<&Strength>,
) -> Option<f64> {
    let (amount, its) = dosage.amount()?;
    let its = its.to_lowercase();
    let of_pieces = is_bare || is_piece(unit);
    if its == unit || (of_pieces && is_piece(&its)) {
        return Some(amount);
    }
    let milligrams = strength::milligrams_of(&its)? * amount;
    if let Some(factor) = strength::milligrams_of(unit) {
        return Some(milligrams / factor);
    }
    let Strength {
        milligrams: each,
        millilitres,
    } = strength?;
    let [each] = each[..] else { return None };
    match millilitres {
        None if of_pieces => Some(milligrams / each),
        Some(per) if unit == "ml" => Some(milligrams / each * per),
        _ => None,
    }
}

/// Whether a dose in milligrams is no number of the capsules, or of half tablets, that the product's words speak of.
pub(super) fn splits_a_piece<'a>(
    dosages: &[Dosage<'_>],
    words: impl Iterator<Item = &'a str>,
    strength: Option<&Strength>,
) -> bool {
    let Some(Strength {
        milligrams,
        millilitres: None,
    }) = strength
    else {
        return false;
    };
    let [each] = milligrams[..] else { return false };
    let Some(least) = words.filter_map(least_piece).reduce(f64::max) else {
        return false;
    };
    let step = each * least;
    let splits = |it: &Dosage<'_>| {
        let milligrams = it.amount().and_then(|(amount, unit)| {
            strength::milligrams_of(&unit.to_lowercase()).map(|factor| amount * factor)
        });
        milligrams.is_some_and(|dose| {
            let steps = (dose / step).round();
            steps < 1.0 || (dose - steps * step).abs() > SALT * dose
        })
    };
    dosages.iter().any(splits)
}

/// How much of a piece can be taken: half a tablet, a whole capsule.
fn least_piece(text: &str) -> Option<f64> {
    let text = text.to_lowercase();
    let mut words = text.split(|it: char| !it.is_alphabetic());
    words.find_map(|it| match it {
        it if it.starts_with("tab") => Some(0.5),
        it if it.starts_with("kaps") || it.starts_with("caps") => Some(1.0),
        _ => None,
    })
}

/// A tablet of 660 mg is prescribed as 650 mg: the salt and the acid differ by a few hundredths, a tolerance of our own.
const SALT: f64 = 0.05;
