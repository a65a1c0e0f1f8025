use riktig_codes::Sex;

use crate::definition::{Definition, Filter};
use crate::plan::ListBand;

/// What one patient of a list row weighs, in thousandths: the mean over its years of age; `None` if nobody can tell.
pub(super) fn weight(definition: &Definition, filter: &Filter, band: &ListBand) -> Option<i64> {
    if filter.sex.is_some() && filter.sex != band.sex {
        return None;
    }
    // Without an upper age, ages up to 200 stand for all of them; they must be alike, or there is no mean.
    let last = band.age.to.unwrap_or(200);
    let mut years = Vec::new();
    for year in band.age.from..=last {
        let within = filter.age.is_none_or(|limit| limit.contains(year));
        let outside = filter.not_age.is_none_or(|limit| !limit.contains(year));
        let inside = within && outside;
        let (female, male) = if inside {
            (
                of_year(definition, year, Sex::Female),
                of_year(definition, year, Sex::Male),
            )
        } else {
            (Some(0), Some(0))
        };
        let year_twice = match band.sex {
            Some(Sex::Female) => female? * 2,
            Some(Sex::Male) => male? * 2,
            Some(Sex::Unknown) | None => female? + male?,
        };
        years.push(year_twice);
    }
    if band.age.to.is_none() && years.iter().any(|year| *year != years[0]) {
        return None;
    }
    let count = years.len() as i64;
    if count == 0 {
        return None;
    }
    let twice: i64 = years.iter().sum();
    let (whole, rest) = (twice / (2 * count), twice % (2 * count));
    Some(if rest >= count { whole + 1 } else { whole })
}

fn of_year(definition: &Definition, year: i32, sex: Sex) -> Option<i64> {
    if definition.list_weights.is_empty() {
        return Some(1000);
    }
    for weight in &definition.list_weights {
        if weight.age.contains(year) && (weight.sex.is_none() || weight.sex == Some(sex)) {
            return Some(weight.milli);
        }
    }
    None
}
