//! Inhabitants, list patients and doctors from the registers.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use riktig_codes::Month;

use super::contacts::BANDS;
use super::{CalibrationError, table};

/// What the registers say.
#[derive(Default)]
pub(super) struct Registers {
    /// Inhabitants on the first 1 January by age (0–120) and sex (1 women).
    pub(super) inhabitants: Vec<[f64; 2]>,
    /// Patients of each list in the first month.
    pub(super) lists: Vec<f64>,
    /// Share of lists whose holder is a locum.
    pub(super) unfilled: f64,
    /// Doctors in the register with a list of their own.
    pub(super) gps: HashSet<u32>,
    /// First and last day of the first twelve months delivered.
    pub(super) window: (i32, i32),
}

pub(super) fn count(dir: &Path) -> Result<Registers, CalibrationError> {
    let mut registers = Registers {
        inhabitants: vec![[0.0; 2]; 121],
        ..Default::default()
    };
    let mut first = String::new();
    for path in table::files(dir, "inhabitants")? {
        table::rows(
            &path,
            "inhabitants",
            ["date", "age", "sex", "inhabitants"],
            |[date, age, sex, count]| {
                if first.is_empty() {
                    first = date.to_owned();
                }
                if date == first {
                    let age = age.parse::<usize>().unwrap_or(120).min(120);
                    registers.inhabitants[age][usize::from(sex == "2")] +=
                        count.parse().unwrap_or(0.0);
                }
            },
        )?;
    }
    for path in table::files(dir, "prescribers")? {
        table::rows(
            &path,
            "prescribers",
            ["prescriber_hpr", "role"],
            |[hpr, role]| {
                if role == "gp" {
                    registers.gps.extend(hpr.parse::<u32>().ok());
                }
            },
        )?;
    }
    let mut lists: HashMap<u32, f64> = HashMap::new();
    let mut month = String::new();
    let mut months: Vec<String> = Vec::new();
    for path in table::files(dir, "practice_lists")? {
        table::rows(
            &path,
            "practice_lists",
            ["month", "prescriber_hpr", "patients"],
            |[at, hpr, patients]| {
                if month.is_empty() {
                    month = at.to_owned();
                }
                if months.last().is_none_or(|last| last != at) {
                    months.push(at.to_owned());
                }
                if at == month {
                    *lists.entry(hpr.parse().unwrap_or(0)).or_default() +=
                        patients.parse::<f64>().unwrap_or(0.0);
                }
            },
        )?;
    }
    let unfilled = lists
        .keys()
        .filter(|hpr| !registers.gps.contains(hpr))
        .count();
    registers.unfilled = unfilled as f64 / lists.len().max(1) as f64;
    let day = |month: Option<&String>| month.and_then(|month| month.parse::<Month>().ok());
    let first_month = day(months.first()).unwrap_or(Month::from_index(0));
    let last_month = day(months.get(11).or(months.last())).unwrap_or(first_month);
    registers.window = (
        first_month.first_day().epoch_days(),
        last_month.last_day().epoch_days(),
    );
    registers.lists = lists.into_values().collect();
    Ok(registers)
}

impl Registers {
    pub(super) fn people(&self) -> f64 {
        self.inhabitants.iter().flatten().sum()
    }

    pub(super) fn by_sex(&self, woman: bool) -> f64 {
        self.inhabitants
            .iter()
            .map(|sexes| sexes[usize::from(woman)])
            .sum()
    }

    pub(super) fn women(&self, from: usize, to: usize) -> f64 {
        self.inhabitants[from..=to]
            .iter()
            .map(|sexes| sexes[1])
            .sum()
    }

    pub(super) fn adults(&self) -> f64 {
        self.inhabitants[18..].iter().flatten().sum()
    }

    pub(super) fn band(&self, band: usize) -> f64 {
        let to = BANDS.get(band + 1).map_or(121, |next| *next as usize);
        self.inhabitants[BANDS[band] as usize..to]
            .iter()
            .flatten()
            .sum()
    }
}
