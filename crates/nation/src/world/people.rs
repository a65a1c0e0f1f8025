//! The people table: 24 bytes a person, nothing that grows with the months.

use super::doctors::Doctors;
use super::identity::{self, Issued};
use super::places::Places;
use super::population::{age_in_days, age_on, growth, share_women, yearly_mortality};
use crate::NationSpec;
use crate::chance::{Chance, Purpose, exp, mix, normal_quantile};

/// People who are simulated together: the unit of random streams and of threads.
pub(crate) const BLOCK: usize = 4_096;

/// No list, no death within the period.
pub(crate) const NONE: u16 = u16::MAX;

/// One person. Everything else about them (which drugs, when they refill) is hashed from `traits`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    /// Days since 1970-01-01.
    pub(crate) birth: i32,
    /// Seed of what needs no storage.
    pub(crate) traits: u32,
    /// Index of the list, or [`NONE`].
    pub(crate) list: u16,
    pub(crate) municipality: u16,
    /// Days from the start of the period to death, or [`NONE`].
    pub(crate) death: u16,
    /// Individual number: digits 7 to 9 of the identity number.
    pub(crate) individual: u16,
    pub(crate) woman: bool,
    pub(crate) d_number: bool,
    /// Frailty classes, `0..=255`, an even share of people in each.
    pub(crate) respiratory: u8,
    pub(crate) urinary: u8,
    pub(crate) general: u8,
    /// Drugs taken all the time, refilled about every three months.
    pub(crate) chronic_drugs: u8,
    /// Long-term antibiotics: acne treatment, urinary prophylaxis.
    pub(crate) long_term: LongTerm,
}

/// Why somebody takes an antibiotic for months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LongTerm {
    No,
    Acne,
    Urinary,
    Methenamine,
    Airway,
}

/// Everybody who lives in the nation at some time of the period.
pub(crate) struct People {
    table: Vec<Person>,
    first_day: i32,
}

impl People {
    pub(crate) fn new(spec: &NationSpec, places: &Places, doctors: &Doctors) -> Self {
        let first_day = spec.from.first_day().epoch_days();
        let last_day = spec.last_month().last_day().epoch_days();
        let years = f64::from(last_day - first_day + 1) / 365.25;
        let count = (f64::from(spec.inhabitants) * growth(years)).round() as usize;
        let mut issued = Issued::new(first_day - 102 * 366, last_day);
        let mut table = Vec::with_capacity(count);
        let mut edges: Vec<f64> = Vec::with_capacity(places.municipalities.len());
        let mut sum = 0.0;
        for municipality in &places.municipalities {
            sum += municipality.share;
            edges.push(sum * count as f64);
        }
        let mut municipality = 0;
        for block in 0..count.div_ceil(BLOCK) {
            let mut chance = Chance::new(spec.seed, Purpose::People, 0, block as u32);
            for index in block * BLOCK..count.min((block + 1) * BLOCK) {
                while municipality + 1 < edges.len() && index as f64 >= edges[municipality] {
                    municipality += 1;
                }
                let mut person = draw(&mut chance, first_day, years, municipality as u16, doctors);
                // A birth date without free numbers hands the person to the day before.
                person.individual = loop {
                    if let Some(free) = issued.next(person.birth, person.woman, person.d_number) {
                        break free;
                    }
                    person.birth -= 1;
                };
                table.push(person);
            }
        }
        People { table, first_day }
    }

    pub(crate) fn len(&self) -> usize {
        self.table.len()
    }

    pub(crate) fn get(&self, index: u32) -> &Person {
        &self.table[index as usize]
    }

    pub(crate) fn all(&self) -> &[Person] {
        &self.table
    }

    pub(crate) fn blocks(&self) -> u32 {
        self.table.len().div_ceil(BLOCK) as u32
    }

    /// The people of a block with their index in the table.
    pub(crate) fn block(&self, block: u32) -> impl Iterator<Item = (u32, &Person)> {
        let first = block as usize * BLOCK;
        let last = (first + BLOCK).min(self.table.len());
        (first as u32..).zip(&self.table[first..last])
    }

    /// Whether the person is born and not dead on that day.
    #[inline]
    pub(crate) fn lives(&self, person: &Person, day: i32) -> bool {
        person.birth <= day
            && (person.death == NONE || day < self.first_day + i32::from(person.death))
    }
}

impl Person {
    /// The eleven digits of the identity number.
    pub(crate) fn identity(&self) -> [u8; 11] {
        identity::digits(self.birth, self.individual, self.d_number).unwrap_or([b'0'; 11])
    }

    #[inline]
    pub(crate) fn age(&self, day: i32) -> i32 {
        age_on(self.birth, day).max(0)
    }

    /// A random number that is always the same for this person and salt.
    #[inline]
    pub(crate) fn trait_bits(&self, salt: u64) -> u64 {
        mix(u64::from(self.traits) << 20 ^ u64::from(self.individual) << 52 ^ salt)
    }
}

/// Relative rates of the 256 frailty classes: log-normal with this log standard deviation, mean 1.
pub(crate) fn frailty_table(sigma: f64) -> [f32; 256] {
    let raw: Vec<f64> = (0..256)
        .map(|class| exp(sigma * normal_quantile((f64::from(class) + 0.5) / 256.0)))
        .collect();
    let mean = raw.iter().sum::<f64>() / 256.0;
    std::array::from_fn(|class| (raw[class] / mean) as f32)
}

fn draw(
    chance: &mut Chance,
    first_day: i32,
    years: f64,
    municipality: u16,
    doctors: &Doctors,
) -> Person {
    let age_days = age_in_days(chance.unit(), years);
    let birth = first_day - age_days;
    let age = age_days.max(0) / 365;
    let woman = chance.happens(share_women(age));
    let dies = chance.happens(1.0 - exp(-yearly_mortality(age) * years)) && age_days >= 0;
    let death = if dies {
        chance.below((years * 365.0) as u32 + 1) as u16
    } else {
        NONE
    };
    let on_list = chance.happens(if (20..40).contains(&age) { 0.975 } else { 0.99 });
    Person {
        birth,
        traits: chance.bits() as u32,
        list: if on_list {
            doctors.list_in(municipality, chance)
        } else {
            NONE
        },
        municipality,
        death,
        individual: 0,
        woman,
        d_number: chance.happens(if (20..50).contains(&age) { 0.03 } else { 0.004 }),
        respiratory: chance.below(256) as u8,
        urinary: chance.below(256) as u8,
        general: chance.below(256) as u8,
        chronic_drugs: chance.poisson(chronic_mean(age, woman)).min(14) as u8,
        long_term: long_term(chance.unit(), age, woman),
    }
}

/// Mean number of drugs in constant use by age; sums to about 60 million dispensings for Norway.
fn chronic_mean(age: i32, woman: bool) -> f64 {
    let mean = match age {
        ..10 => 0.25,
        10..20 => 0.55,
        20..30 => 0.85,
        30..40 => 1.15,
        40..50 => 1.7,
        50..60 => 2.7,
        60..70 => 3.9,
        70..80 => 5.2,
        _ => 6.3,
    };
    mean * if woman { 1.17 } else { 0.92 }
}

fn long_term(draw: f64, age: i32, woman: bool) -> LongTerm {
    let acne = if (14..26).contains(&age) {
        0.022
    } else {
        0.0006
    };
    let (urinary, methenamine) = match (age, woman) {
        (65.., true) => (0.024, 0.045),
        (40..65, true) => (0.007, 0.009),
        (75.., false) => (0.012, 0.016),
        _ => (0.0006, 0.0005),
    };
    let airway = if age >= 60 { 0.006 } else { 0.0004 };
    let edges = [
        (acne, LongTerm::Acne),
        (urinary, LongTerm::Urinary),
        (methenamine, LongTerm::Methenamine),
        (airway, LongTerm::Airway),
    ];
    let mut rest = draw;
    for (share, kind) in edges {
        if rest < share {
            return kind;
        }
        rest -= share;
    }
    LongTerm::No
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_person_takes_at_most_24_bytes() {
        assert!(size_of::<Person>() <= 24, "{}", size_of::<Person>());
    }

    #[test]
    fn nobody_shares_an_identity_number() {
        let spec = NationSpec {
            inhabitants: 20_000,
            ..NationSpec::demo()
        };
        let places = Places::new(&spec);
        let people = People::new(&spec, &places, &Doctors::new(&spec, &places));
        let numbers: HashSet<_> = people.all().iter().map(Person::identity).collect();
        assert_eq!(numbers.len(), people.len());
    }

    #[test]
    fn frailty_has_mean_one() {
        let table = frailty_table(1.2);
        assert!((table.iter().sum::<f32>() / 256.0 - 1.0).abs() < 1e-4);
        assert!(table.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
