//! Uptake (henting av rapport): how many have fetched their report, by county and month, without telling who.
//!
//! Whoever looks before and after a colleague opens a report must see no difference: what is told is of whole days that are
//! over, and a share in steps behind each of which stand at least five doctors.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{HprNumber, Month};

/// A county is told only from this many prescribers on, and neither is the rest that the country leaves over.
pub const FEWEST_PRESCRIBERS: u32 = 10;
/// So many doctors stand behind a step of a share at least.
pub const BEHIND_A_STEP: u32 = 5;
/// Steps of a share, in per cent: the smallest with enough doctors behind it.
const STEPS: [u32; 5] = [5, 10, 20, 25, 50];

/// How many have fetched their report of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uptake {
    /// The whole country; absent below [`FEWEST_PRESCRIBERS`].
    pub country: Option<Share>,
    /// Each county, by number; absent where it is too small, or where a small one could be worked out from it.
    pub counties: Vec<(u8, Option<Share>)>,
}

/// Of how many, how many, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Prescribers of the edition.
    pub prescribers: u32,
    /// Of them, who has fetched their report.
    pub fetched: u32,
    /// In which month they did for the first time.
    pub first_fetched: Vec<(Month, u32)>,
}

/// A share as it is told, in whole per cent.
///
/// ```
/// use riktig_journal::uptake::Told;
/// assert_eq!(Told::of(0, 540), Told::Under(5));
/// assert_eq!(Told::of(312, 540), Told::About(60)); // 57.8
/// assert_eq!(Told::of(540, 540), Told::Over(95)); // nobody can tell that it was everybody
/// // Of ten doctors five are half: one of them moves nothing, or a third of the way.
/// assert_eq!([0, 2, 3, 7, 8].map(|it| Told::of(it, 10)), [Told::Under(50), Told::Under(50), Told::About(50), Told::About(50), Told::Over(50)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Fewer than this, perhaps none.
    Under(u32),
    /// Nearest to this of all steps.
    About(u32),
    /// More than this, perhaps all.
    Over(u32),
}

impl Told {
    /// So many of so many, in the smallest step behind which five doctors stand.
    pub fn of(fetched: u32, prescribers: u32) -> Told {
        let enough = |step: &u32| step * prescribers >= BEHIND_A_STEP * 100;
        let step = STEPS.into_iter().find(enough).unwrap_or(50);
        let (parts, whole) = (2 * 100 * fetched, step * prescribers.max(1));
        // The nearest step; half-way goes up.
        let nearest = (parts + whole) / (2 * whole) * step;
        match nearest {
            0 => Told::Under(step),
            told if told >= 100 => Told::Over(100 - step),
            told => Told::About(told),
        }
    }

    /// Where a bar ends, in per cent.
    pub fn bar(self) -> u32 {
        match self {
            Told::Under(_) => 0,
            Told::About(share) => share,
            Told::Over(_) => 100,
        }
    }
}

/// Counts. `prescribers`: who has a report in the edition, with the county; `fetched`: who has fetched it, with the month of
/// the first time. Who is not in the edition is not counted.
///
/// A county of fewer than ten prescribers is not told. The country is; so where those left out are fewer than ten
/// together, the smallest other county is left out with them, until the difference is of ten or more:
///
/// ```
/// use riktig_codes::HprNumber;
/// use riktig_journal::uptake;
/// let doctors = |county, numbers: std::ops::Range<u32>| {
///     numbers.map(move |number| (HprNumber::from_value(9_000_000 + number).unwrap(), county))
/// };
/// let edition: Vec<_> = doctors(3, 0..40).chain(doctors(11, 40..50)).chain(doctors(56, 50..53)).collect();
/// let uptake = uptake::count(&edition, &[]);
/// let told: Vec<bool> = uptake.counties.iter().map(|(_, share)| share.is_some()).collect();
/// assert_eq!(told, [true, false, false]); // county 56 has three; without 11 its figures were the difference
/// ```
pub fn count(prescribers: &[(HprNumber, u8)], fetched: &[(HprNumber, Month)]) -> Uptake {
    let county_of: BTreeMap<HprNumber, u8> = prescribers.iter().copied().collect();
    let mut counties: BTreeMap<u8, Share> = BTreeMap::new();
    for county in county_of.values() {
        counties
            .entry(*county)
            .or_insert_with(Share::none)
            .prescribers += 1;
    }
    for (county, month) in fetched
        .iter()
        .filter_map(|(hpr, month)| Some((county_of.get(hpr)?, *month)))
    {
        if let Some(share) = counties.get_mut(county) {
            share.add(month, 1);
        }
    }
    let mut country = Share::none();
    for share in counties.values() {
        country.prescribers += share.prescribers;
        for (month, number) in &share.first_fetched {
            country.add(*month, *number);
        }
    }
    let kept_back = kept_back(&counties);
    Uptake {
        country: (country.prescribers >= FEWEST_PRESCRIBERS).then_some(country),
        counties: counties
            .into_iter()
            .map(|(county, share)| (county, (!kept_back.contains(&county)).then_some(share)))
            .collect(),
    }
}

/// Which counties are not told.
fn kept_back(counties: &BTreeMap<u8, Share>) -> BTreeSet<u8> {
    let mut by_size: Vec<(u32, u8)> = counties
        .iter()
        .map(|(county, share)| (share.prescribers, *county))
        .collect();
    by_size.sort_unstable();
    let mut kept_back = BTreeSet::new();
    let mut prescribers = 0;
    for (size, county) in by_size {
        let too_small = size < FEWEST_PRESCRIBERS;
        let would_be_the_difference = prescribers > 0 && prescribers < FEWEST_PRESCRIBERS;
        if too_small || would_be_the_difference {
            kept_back.insert(county);
            prescribers += size;
        }
    }
    kept_back
}

impl Share {
    fn none() -> Self {
        Self {
            prescribers: 0,
            fetched: 0,
            first_fetched: Vec::new(),
        }
    }

    /// What is told of all who have fetched.
    pub fn told(&self) -> Told {
        Told::of(self.fetched, self.prescribers)
    }

    /// What is told of those who had fetched at the end of a month.
    pub fn told_until(&self, month: Month) -> Told {
        let until = self.first_fetched.iter().filter(|(it, _)| *it <= month);
        Told::of(until.map(|(_, number)| number).sum(), self.prescribers)
    }

    fn add(&mut self, month: Month, number: u32) {
        self.fetched += number;
        let place = self
            .first_fetched
            .binary_search_by_key(&month, |(month, _)| *month);
        match place {
            Ok(index) => self.first_fetched[index].1 += number,
            Err(index) => self.first_fetched.insert(index, (month, number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hpr(number: u32) -> HprNumber {
        HprNumber::from_value(9_000_000 + number).expect("seven digits")
    }

    #[test]
    fn behind_every_step_stand_five_doctors_and_the_words_are_true() {
        for prescribers in FEWEST_PRESCRIBERS..300 {
            let mut behind = std::collections::BTreeMap::new();
            for fetched in 0..=prescribers {
                let told = Told::of(fetched, prescribers);
                *behind.entry(format!("{told:?}")).or_insert(0) += 1;
                let share = 100.0 * f64::from(fetched) / f64::from(prescribers);
                let holds = match told {
                    Told::Under(most) => share < f64::from(most),
                    Told::About(about) => (share - f64::from(about)).abs() <= 25.0,
                    Told::Over(least) => share > f64::from(least),
                };
                assert!(holds, "{fetched} of {prescribers}: {told:?}");
            }
            // At either end lies half a step: three doctors at least, so that nobody's own is told by it.
            assert!(
                behind.values().all(|count| *count >= 3),
                "{prescribers}: {behind:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_not_told_cannot_be_had_as_a_difference_of_fewer_than_ten(
            sizes in prop::collection::vec(0u32..24, 1..6), who in prop::collection::vec((0u32..120, 600i32..612), 0..80),
        ) {
            let mut prescribers = Vec::new();
            for (county, size) in (1u8..).zip(&sizes) {
                for _ in 0..*size {
                    prescribers.push((hpr(prescribers.len() as u32), county));
                }
            }
            let mut fetched: Vec<_> = who.iter().map(|(who, month)| (hpr(*who), Month::from_index(*month))).collect();
            fetched.sort();
            fetched.dedup_by_key(|(hpr, _)| *hpr);
            let uptake = count(&prescribers, &fetched);

            let told: u32 = uptake.counties.iter().filter_map(|(_, share)| Some(share.as_ref()?.prescribers)).sum();
            let hidden = prescribers.len() as u32 - told;
            if let Some(country) = &uptake.country {
                prop_assert_eq!(country.prescribers, prescribers.len() as u32);
                prop_assert!(hidden == 0 || hidden >= FEWEST_PRESCRIBERS);
                let of_edition = fetched.iter().filter(|(who, _)| prescribers.iter().any(|(hpr, _)| hpr == who));
                prop_assert_eq!(country.fetched, of_edition.count() as u32);
            } else {
                prop_assert!(prescribers.len() < 10 && told == 0);
            }
            for (county, share) in &uptake.counties {
                let Some(share) = share else { continue };
                prop_assert!(share.prescribers >= FEWEST_PRESCRIBERS);
                let mut plain = 0;
                for (who, _) in &fetched {
                    plain += u32::from(prescribers.contains(&(*who, *county)));
                }
                prop_assert_eq!(share.fetched, plain);
                prop_assert_eq!(share.first_fetched.iter().map(|(_, number)| number).sum::<u32>(), plain);
            }
        }
    }
}
