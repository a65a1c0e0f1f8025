//! Ages, births and deaths of the population.

/// Share of the population by age band, per cent, Norway about 2023 (rounded from Statistics Norway's
/// published age structure; a shape to stand on, not a figure that the calibration claims).
const AGE_BANDS: [(u16, u16, f64); 14] = [
    (0, 4, 5.0),
    (5, 9, 5.6),
    (10, 14, 6.0),
    (15, 19, 6.0),
    (20, 24, 6.1),
    (25, 29, 6.6),
    (30, 39, 13.9),
    (40, 49, 12.9),
    (50, 59, 13.3),
    (60, 66, 7.9),
    (67, 74, 8.3),
    (75, 79, 4.0),
    (80, 89, 3.6),
    (90, 99, 0.8),
];

/// Births a year per inhabitant: 51,980 births among 5.49 million people in 2023.
const BIRTH_RATE: f64 = 0.0095;

/// Age in days at the start, or a negative number for somebody born during the period. `share` is the
/// person's place in `0..1` of everybody who lives at some time of the period.
pub(crate) fn age_in_days(share: f64, years: f64) -> i32 {
    let born_later = BIRTH_RATE * years / (1.0 + BIRTH_RATE * years);
    if share < born_later {
        return -(((share / born_later) * years * 365.25) as i32) - 1;
    }
    let mut rest = (share - born_later) / (1.0 - born_later) * 100.0;
    for (first, last, weight) in AGE_BANDS {
        if rest < weight {
            let width = f64::from(last - first + 1);
            return ((f64::from(first) + rest / weight * width) * 365.25) as i32;
        }
        rest -= weight;
    }
    99 * 365
}

/// People who live at some time of the period for each who lives at its start.
pub(crate) fn growth(years: f64) -> f64 {
    1.0 + BIRTH_RATE * years
}

/// Probability of dying within a year, by age: the coarse shape of the Norwegian life table.
pub(crate) fn yearly_mortality(age: i32) -> f64 {
    match age {
        ..50 => 0.0005,
        50..60 => 0.003,
        60..70 => 0.008,
        70..80 => 0.022,
        80..90 => 0.075,
        _ => 0.22,
    }
}

/// Women per hundred people of that age.
pub(crate) fn share_women(age: i32) -> f64 {
    match age {
        ..60 => 0.49,
        60..75 => 0.505,
        75..85 => 0.54,
        _ => 0.63,
    }
}

/// Completed years between two days (days since 1970-01-01).
///
/// 365.2425 days a year: a birthday may move by a day, which nobody can see in a simulated person.
#[inline]
pub(crate) fn age_on(birth: i32, day: i32) -> i32 {
    ((f64::from(day - birth) + 0.5) / 365.2425).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_of_the_population_has_an_age() {
        let ages: Vec<i32> = (0..10_000)
            .map(|i| age_in_days(f64::from(i) / 10_000.0, 2.0))
            .collect();
        let unborn = ages.iter().filter(|age| **age < 0).count();
        assert!((150..=220).contains(&unborn), "{unborn}");
        let children = ages
            .iter()
            .filter(|age| (0..18 * 365).contains(*age))
            .count();
        assert!((1_800..2_300).contains(&children), "{children}");
        assert!(ages.iter().all(|age| *age < 101 * 366));
    }
}
