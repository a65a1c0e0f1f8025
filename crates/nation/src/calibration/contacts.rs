//! Contacts, walked once, with the patient's antibiotics at hand.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::dispensings::{Dispensed, identity};
use super::{CalibrationError, table};

/// First ages of the bands in which Statistics Norway publishes consultations.
pub(super) const BANDS: [i32; 9] = [0, 6, 16, 20, 30, 50, 67, 80, 90];

/// Airway infections and symptoms, as SKIL groups them.
pub(super) fn is_airway(code: &str) -> bool {
    let Some(number) = code.get(1..).and_then(|digits| digits.parse::<u8>().ok()) else {
        return false;
    };
    match code.as_bytes()[0] {
        b'R' => matches!(number, 1..=5 | 7..=29 | 71 | 72 | 74..=78 | 80..=83),
        b'H' => matches!(number, 1 | 71 | 72 | 74),
        _ => false,
    }
}

fn is_skin_infection(code: &str) -> bool {
    matches!(code, "S09" | "S10" | "S11" | "S76" | "S84")
}

/// Treated, and which drug.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Treated {
    pub(super) contacts: f64,
    pub(super) treated: f64,
}

/// A respiratory contact of an adult, for episodes.
pub(super) type AdultAirway = (u64, i32, bool);

/// Everything counted from contacts.
#[derive(Default)]
pub(super) struct Contacts {
    pub(super) rows: u64,
    /// Consultations (office, electronic, home) by place (0 practice, 1 out of hours), band and sex (1 women).
    pub(super) consultations: [[[f64; 2]; BANDS.len()]; 2],
    pub(super) electronic: f64,
    pub(super) airway: [f64; 2],
    pub(super) airway_under_5: f64,
    pub(super) skin_in_practice: f64,
    pub(super) urinary: [f64; 2],
    pub(super) cystitis: Treated,
    pub(super) pyelonephritis: Treated,
    pub(super) cystitis_drugs: HashMap<[u8; 7], f64>,
    pub(super) pyelonephritis_drugs: HashMap<[u8; 7], f64>,
    pub(super) duty_airway: Treated,
    pub(super) duty_airway_drugs: HashMap<[u8; 7], f64>,
    pub(super) adult_airway: Vec<AdultAirway>,
    /// Airway contacts and treated ones by practice doctor: everybody, children 0–6.
    pub(super) by_doctor: HashMap<u32, [Treated; 2]>,
    pub(super) airway_by_month: [f64; 13],
}

const COLUMNS: [&str; 9] = [
    "contact_id",
    "status",
    "patient_id",
    "patient_birth_date",
    "patient_sex",
    "prescriber_hpr",
    "contact_time",
    "tariffs",
    "diagnosis_1",
];

/// A contact as the walk needs it.
struct Seen<'a> {
    patient: u64,
    prescriber: u32,
    day: i32,
    month: usize,
    age: i32,
    woman: bool,
    out_of_hours: bool,
    consultation: bool,
    electronic: bool,
    diagnosis: &'a str,
}

pub(super) fn count(
    dir: &Path,
    window: (i32, i32),
    dispensed: &mut Dispensed,
) -> Result<Contacts, CalibrationError> {
    let files = table::files(dir, "contacts")?;
    let mut credited: HashSet<u64> = HashSet::new();
    for path in &files {
        table::rows(
            path,
            "contacts",
            ["contact_id", "status"],
            |[id, status]| {
                if status == "credited" {
                    credited.extend(id.parse::<u64>().ok());
                }
            },
        )?;
    }
    let mut counted = Contacts::default();
    for path in &files {
        table::rows(path, "contacts", COLUMNS, |row| {
            let [
                id,
                status,
                patient,
                birth,
                sex,
                prescriber,
                time,
                tariffs,
                diagnosis,
            ] = row;
            let (Ok(id), Some(day)) = (id.parse::<u64>(), table::day(time)) else {
                return;
            };
            if status != "active" || credited.contains(&id) || !(window.0..=window.1).contains(&day)
            {
                return;
            }
            counted.rows += 1;
            let Some(age) = table::age(birth, time) else {
                return;
            };
            let main = tariffs.split(' ').next().unwrap_or_default();
            let electronic = matches!(main, "2ae" | "2aek");
            counted.add(
                &Seen {
                    patient: identity(patient),
                    prescriber: prescriber.parse().unwrap_or(0),
                    day,
                    month: time[5..7].parse().unwrap_or(0),
                    age,
                    woman: sex == "2",
                    out_of_hours: main.ends_with('k'),
                    consultation: electronic || matches!(main, "2ad" | "2ak" | "11ad" | "11ak"),
                    electronic,
                    diagnosis,
                },
                dispensed,
            );
        })?;
    }
    Ok(counted)
}

impl Contacts {
    fn add(&mut self, seen: &Seen<'_>, dispensed: &mut Dispensed) {
        // What the patient got within a week, from anybody; links with the same prescriber are noted on the way.
        let (mut drug, mut own) = (None, false);
        if seen.patient != 0 {
            for at in dispensed.of(seen.patient) {
                let item = &mut dispensed.antibiotics[at];
                if (0..=7).contains(&(item.day - seen.day)) {
                    drug = drug.or(Some(item.atc));
                    let same = item.prescriber == seen.prescriber && seen.prescriber != 0;
                    item.linked |= same;
                    own |= same;
                }
            }
        }
        let place = usize::from(seen.out_of_hours);
        let airway = is_airway(seen.diagnosis);
        if airway && seen.age >= 18 {
            self.adult_airway
                .push((seen.patient, seen.day, drug.is_some()));
        }
        if !seen.consultation {
            return;
        }
        let band = BANDS
            .partition_point(|first| *first <= seen.age)
            .saturating_sub(1);
        self.consultations[place][band][usize::from(seen.woman)] += 1.0;
        self.electronic += f64::from(u8::from(seen.electronic && !seen.out_of_hours));
        if airway {
            self.airway(seen, drug, own);
        } else if is_skin_infection(seen.diagnosis) && !seen.out_of_hours {
            self.skin_in_practice += 1.0;
        } else if matches!(seen.diagnosis, "U70" | "U71") {
            self.urinary(seen, drug);
        }
    }

    fn airway(&mut self, seen: &Seen<'_>, drug: Option<[u8; 7]>, own: bool) {
        self.airway[usize::from(seen.out_of_hours)] += 1.0;
        self.airway_under_5 += f64::from(u8::from(seen.age < 5));
        self.airway_by_month[seen.month.min(12)] += 1.0;
        if seen.out_of_hours {
            self.duty_airway.count(drug.is_some());
            if let Some(drug) = drug {
                *self.duty_airway_drugs.entry(drug).or_default() += 1.0;
            }
        } else {
            let doctor = self.by_doctor.entry(seen.prescriber).or_default();
            doctor[0].count(own);
            if seen.age <= 6 {
                doctor[1].count(own);
            }
        }
    }

    fn urinary(&mut self, seen: &Seen<'_>, drug: Option<[u8; 7]>) {
        self.urinary[usize::from(seen.out_of_hours)] += 1.0;
        let (tally, drugs) = match seen.diagnosis {
            "U71" => (&mut self.cystitis, &mut self.cystitis_drugs),
            _ => (&mut self.pyelonephritis, &mut self.pyelonephritis_drugs),
        };
        tally.count(drug.is_some());
        if let Some(drug) = drug {
            *drugs.entry(drug).or_default() += 1.0;
        }
    }
}

impl Treated {
    fn count(&mut self, treated: bool) {
        self.contacts += 1.0;
        self.treated += f64::from(u8::from(treated));
    }

    /// Share treated.
    pub(super) fn share(&self) -> f64 {
        self.treated / self.contacts
    }
}
