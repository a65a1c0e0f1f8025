//! What was counted, as numbers with the names of the figures.

use std::collections::HashMap;
use std::path::Path;

use super::CalibrationError;
use super::contacts::{self, AdultAirway, BANDS, Contacts};
use super::dispensings::{self, Dispensed};
use super::register::{self, Registers};

/// Days between two contacts of one episode, at most.
const EPISODE: i32 = 14;

/// A doctor's rate counts from this many contacts on: all ages, children 0–6.
const ENOUGH: [f64; 2] = [60.0, 15.0];

/// Counted figures by id and part.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    values: HashMap<(&'static str, &'static str), f64>,
}

/// Names of the bands of Statistics Norway.
pub(super) const BAND_NAMES: [&str; BANDS.len()] = [
    "0-5", "6-15", "16-19", "20-29", "30-49", "50-66", "67-79", "80-89", "90+",
];

const URINARY: [&[u8; 7]; 5] = [b"J01CA08", b"J01EA01", b"J01EE01", b"J01MA02", b"J01XE01"];

impl Measured {
    /// The value of a figure's part, if it could be counted.
    #[must_use]
    pub fn get(&self, id: &str, part: &str) -> Option<f64> {
        self.values
            .iter()
            .find(|(key, _)| key.0 == id && key.1 == part)
            .map(|(_, value)| *value)
    }

    pub(super) fn count(dir: &Path) -> Result<Self, CalibrationError> {
        let registers = register::count(dir)?;
        let mut dispensed = dispensings::count(dir, registers.window)?;
        let contacts = contacts::count(dir, registers.window, &mut dispensed)?;
        let days = registers.window.1 - registers.window.0 + 1;
        let mut measured = Measured {
            values: HashMap::new(),
        };
        measured.population(&registers, &dispensed, f64::from(days) / 365.0);
        measured.contacts(&registers, &contacts, f64::from(days) / 365.0);
        measured.treatment(&contacts);
        measured.doctors(&registers, &contacts);
        if days >= 365 {
            measured.whole_year(&registers, &dispensed, &contacts);
        }
        measured.values.retain(|_, value| value.is_finite());
        Ok(measured)
    }

    fn set(&mut self, id: &'static str, part: &'static str, value: f64) {
        self.values.insert((id, part), value);
    }

    fn population(&mut self, registers: &Registers, dispensed: &Dispensed, years: f64) {
        let count = dispensed.antibiotics.len() as f64;
        self.set(
            "j01-prescriptions",
            "",
            count / registers.people() * 1000.0 / years,
        );
        let linked = dispensed
            .antibiotics
            .iter()
            .filter(|a| a.linked || a.has_diagnosis)
            .count() as f64;
        self.set("link-rate", "", linked / count * 100.0);
        self.set(
            "antibiotic-share-of-rows",
            "",
            count / dispensed.human_rows as f64 * 100.0,
        );
        self.set(
            "dispensings-per-person",
            "",
            dispensed.human_rows as f64 / registers.people() / years,
        );
        self.set(
            "mean-list",
            "",
            registers.lists.iter().sum::<f64>() / registers.lists.len() as f64,
        );
        self.set("unfilled-lists", "", registers.unfilled * 100.0);
    }

    fn contacts(&mut self, registers: &Registers, contacts: &Contacts, years: f64) {
        let people = registers.people() * years;
        let total = |place: usize| contacts.consultations[place].iter().flatten().sum::<f64>();
        self.set("gp-consultations", "", total(0) / people);
        self.set("gp-share", "", total(0) / (total(0) + total(1)) * 100.0);
        self.set(
            "e-consultations",
            "",
            contacts.electronic / total(0) * 100.0,
        );
        self.set("contacts-per-person", "", contacts.rows as f64 / people);
        for (band, name) in BAND_NAMES.into_iter().enumerate() {
            let people = registers.band(band) * years;
            let of =
                |place: usize| contacts.consultations[place][band].iter().sum::<f64>() / people;
            self.set("gp-by-age", name, of(0));
            self.set("ooh-by-age", name, of(1));
        }
        for (sex, name) in [(0, "men"), (1, "women")] {
            let people = registers.by_sex(sex == 1) * years;
            let of = |place: usize| {
                contacts.consultations[place]
                    .iter()
                    .map(|band| band[sex])
                    .sum::<f64>()
                    / people
            };
            self.set("gp-by-sex", name, of(0));
            self.set("ooh-by-sex", name, of(1));
        }
        let airway: f64 = contacts.airway.iter().sum();
        self.set("airway-share-gp", "", contacts.airway[0] / total(0) * 100.0);
        self.set(
            "airway-share-ooh",
            "",
            contacts.airway[1] / total(1) * 100.0,
        );
        self.set("airway-consultations", "", airway / people * 1000.0);
        self.set(
            "airway-in-practice",
            "",
            contacts.airway[0] / airway * 100.0,
        );
        self.set(
            "airway-under-5",
            "",
            contacts.airway_under_5 / airway * 100.0,
        );
        self.set(
            "skin-share-gp",
            "",
            contacts.skin_in_practice / total(0) * 100.0,
        );
        let urinary: f64 = contacts.urinary.iter().sum();
        self.set(
            "urinary-in-practice",
            "",
            contacts.urinary[0] / urinary * 100.0,
        );
        self.set("urinary-consultations", "", urinary / people * 1000.0);
        self.set(
            "cystitis-share",
            "",
            contacts.cystitis.contacts / urinary * 100.0,
        );
    }

    fn treatment(&mut self, contacts: &Contacts) {
        self.set("cystitis-treated", "", contacts.cystitis.share() * 100.0);
        self.set(
            "pyelonephritis-treated",
            "",
            contacts.pyelonephritis.share() * 100.0,
        );
        self.set(
            "ooh-airway-treated",
            "",
            contacts.duty_airway.share() * 100.0,
        );
        let share = |drugs: &HashMap<[u8; 7], f64>, atc: &[u8; 7]| {
            drugs.get(atc).copied().unwrap_or(0.0) / drugs.values().sum::<f64>() * 100.0
        };
        self.set(
            "ooh-airway-penv",
            "",
            share(&contacts.duty_airway_drugs, b"J01CE02"),
        );
        self.set(
            "cystitis-drugs",
            "pivmecillinam",
            share(&contacts.cystitis_drugs, b"J01CA08"),
        );
        self.set(
            "cystitis-drugs",
            "trimethoprim",
            share(&contacts.cystitis_drugs, b"J01EA01"),
        );
        let pyelonephritis = &contacts.pyelonephritis_drugs;
        self.set(
            "pyelonephritis-drugs",
            "pivmecillinam",
            share(pyelonephritis, b"J01CA08"),
        );
        self.set(
            "pyelonephritis-drugs",
            "ciprofloxacin",
            share(pyelonephritis, b"J01MA02"),
        );
        self.set(
            "pyelonephritis-drugs",
            "trimethoprim-sulfa",
            share(pyelonephritis, b"J01EE01"),
        );
    }

    fn doctors(&mut self, registers: &Registers, contacts: &Contacts) {
        for (place, id) in ["spread-airway", "spread-airway-children"]
            .into_iter()
            .enumerate()
        {
            let rates: Vec<f64> = contacts
                .by_doctor
                .iter()
                .filter(|(hpr, tallies)| {
                    registers.gps.contains(hpr) && tallies[place].contacts >= ENOUGH[place]
                })
                .map(|(_, tallies)| tallies[place].share())
                .collect();
            if rates.len() >= 20 {
                let mean = rates.iter().sum::<f64>() / rates.len() as f64;
                let square = rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>()
                    / (rates.len() - 1) as f64;
                self.set(id, "", square.sqrt() / mean);
            }
        }
    }

    fn whole_year(&mut self, registers: &Registers, dispensed: &Dispensed, contacts: &Contacts) {
        let known = dispensed
            .antibiotics
            .iter()
            .filter(|item| item.patient != 0);
        let mut users = [0.0; 2];
        let mut urinary_users = 0.0;
        let (mut urinary, mut quinolones) = (0.0, 0.0);
        let (mut patient, mut urinary_patient) = (0, 0);
        for item in known {
            if item.patient != patient {
                users[usize::from(item.woman)] += 1.0;
                patient = item.patient;
            }
            let counts =
                item.woman && (20..=79).contains(&item.age) && URINARY.contains(&&item.atc);
            if counts {
                urinary += 1.0;
                quinolones += f64::from(u8::from(&item.atc == b"J01MA02"));
                if item.patient != urinary_patient {
                    urinary_users += 1.0;
                    urinary_patient = item.patient;
                }
            }
        }
        self.set(
            "j01-users",
            "",
            (users[0] + users[1]) / registers.people() * 100.0,
        );
        let (men, women) = (
            users[0] / registers.by_sex(false),
            users[1] / registers.by_sex(true),
        );
        self.set("j01-users-by-sex", "women per man", women / men);
        self.set("j01-users-by-sex", "women", women * 100.0);
        self.set(
            "urinary-users",
            "",
            urinary_users / registers.women(20, 79) * 100.0,
        );
        self.set("urinary-quinolones", "", quinolones / urinary * 100.0);
        self.season(dispensed, contacts);
        self.episodes(registers, contacts, dispensed);
    }

    fn season(&mut self, dispensed: &Dispensed, contacts: &Contacts) {
        let mut months = [0.0; 13];
        let mut nineteen = [0.0; 13];
        let year = riktig_codes::Day::from_epoch_days(
            dispensed.antibiotics.first().map_or(0, |item| item.day),
        )
        .year();
        for item in &dispensed.antibiotics {
            months[usize::from(item.month.min(12))] += 1.0;
            if year - item.birth_year == 19 {
                nineteen[usize::from(item.month.min(12))] += 1.0;
            }
        }
        let peak = |months: &[f64; 13]| {
            (1..=12)
                .max_by(|a, b| months[*a].total_cmp(&months[*b]))
                .unwrap_or(0)
        };
        let winter = |months: &[f64; 13]| {
            let sum =
                |of: &[usize]| of.iter().map(|month| months[*month]).sum::<f64>() / of.len() as f64;
            sum(&[12, 1, 2, 3]) / sum(&[6, 7, 8])
        };
        self.set(
            "season",
            "19-year-olds: month of the peak",
            peak(&nineteen) as f64,
        );
        self.set(
            "season",
            "J01: winter above summer",
            f64::from(u8::from(winter(&months) > 1.05)),
        );
        let airway = winter(&contacts.airway_by_month);
        self.set(
            "season",
            "airway: winter above summer",
            f64::from(u8::from(airway > 1.2)),
        );
        self.set(
            "season-size",
            "J01, December-March to June-August",
            winter(&months),
        );
    }

    /// Adult airway episodes, and how many got an antibiotic within a week of any of their contacts.
    fn episodes(&mut self, registers: &Registers, contacts: &Contacts, dispensed: &Dispensed) {
        let mut seen: Vec<AdultAirway> = contacts.adult_airway.clone();
        seen.sort_unstable();
        let (mut episodes, mut treated) = (0.0, 0.0);
        for episode in seen.chunk_by(|a, b| a.0 == b.0 && a.0 != 0 && b.1 - a.1 <= EPISODE) {
            episodes += 1.0;
            treated += f64::from(u8::from(episode.iter().any(|contact| contact.2)));
        }
        self.set(
            "adult-airway-episodes",
            "",
            episodes / registers.adults() * 1000.0,
        );
        self.set("adult-airway-treated", "", treated / episodes * 100.0);
        let (mut drugs, mut penicillin) = (0.0, 0.0);
        for (patient, day, _) in seen.iter().filter(|contact| contact.2) {
            let first = dispensed.of(*patient).map(|at| &dispensed.antibiotics[at]);
            if let Some(item) = first
                .into_iter()
                .find(|item| (0..=7).contains(&(item.day - day)))
            {
                drugs += 1.0;
                penicillin += f64::from(u8::from(&item.atc == b"J01CE02"));
            }
        }
        self.set("adult-airway-penv", "", penicillin / drugs * 100.0);
    }
}
