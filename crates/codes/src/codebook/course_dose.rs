//! What the guideline means by a day of treatment.

use std::collections::BTreeMap;

use super::antibiotic::{Antibiotic, DoseAmount, DoseUnit};
use super::diagnosis_group::DiagnosisGroup;
use super::table::{CodebookError, Row, Table};
use crate::{AtcCode, Day, Route};

/// An adult course as the primary-care guideline doses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseDose {
    /// The diagnosis group it is for; `None` is the dose to take where the diagnosis is not known.
    pub diagnosis_group: Option<String>,
    /// The substance.
    pub atc: AtcCode,
    /// The route.
    pub route: Route,
    /// One dose.
    pub dose: DoseAmount,
    /// Doses a day.
    pub times_per_day: u16,
    /// Days of the course; the diagnosis decides, so the general dose has none.
    pub days: Option<u16>,
    /// First day on which this edition of the guideline holds, if it has one.
    pub from: Option<Day>,
    /// Last day on which it holds, if it has one.
    pub to: Option<Day>,
    /// Defined daily doses of one day of treatment, in thousandths.
    pub ddd_milli_per_day: u32,
    /// Where the row comes from.
    pub source: String,
}

impl CourseDose {
    /// Whether this edition holds on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let starts_before_end =
            |one: &Self, two: &Self| one.from.is_none() || two.to.is_none() || one.from <= two.to;
        self.diagnosis_group == other.diagnosis_group
            && (self.atc, self.route) == (other.atc, other.route)
            && starts_before_end(self, other)
            && starts_before_end(other, self)
    }
}

pub(super) const FILE: &str = "course_doses.csv";
const COLUMNS: [&str; 10] = [
    "diagnosis_group",
    "atc",
    "route",
    "dose",
    "unit",
    "times_per_day",
    "days",
    "from",
    "to",
    "source",
];

/// Reads the table, which refers to the two others.
pub(super) fn read(
    text: &str,
    antibiotics: &BTreeMap<AtcCode, Antibiotic>,
    groups: &BTreeMap<String, DiagnosisGroup>,
) -> Result<Vec<CourseDose>, CodebookError> {
    let table = Table::read(FILE, text, &COLUMNS)?;
    let mut courses: Vec<CourseDose> = Vec::new();
    for row in table.rows() {
        let course = course(row, antibiotics)?;
        if let Some(id) = course
            .diagnosis_group
            .as_ref()
            .filter(|id| !groups.contains_key(*id))
        {
            let remedy = "write * or a group of diagnosis_groups.csv";
            return Err(row.refusal(format!("diagnosis_group is \"{id}\""), remedy.into()));
        }
        if courses.iter().any(|other| other.overlaps(&course)) {
            let problem = format!("{} has another row for the same group and time", course.atc);
            return Err(row.refusal(
                problem,
                "let the earlier row end the day before this one starts".into(),
            ));
        }
        courses.push(course);
    }
    Ok(courses)
}

fn course(
    row: Row<'_>,
    antibiotics: &BTreeMap<AtcCode, Antibiotic>,
) -> Result<CourseDose, CodebookError> {
    let (atc, route): (AtcCode, Route) = (row.value("atc")?, row.value("route")?);
    let must = |problem: &str, remedy: &str| row.refusal(problem.to_owned(), remedy.to_owned());
    let defined = antibiotics
        .get(&atc)
        .and_then(|antibiotic| antibiotic.dose(route)?.amount)
        .ok_or_else(|| {
            must(
                "the drug has no defined daily dose for this route",
                "add it to antibiotics.csv or mend atc and route",
            )
        })?;
    let amount = row
        .thousandths("dose")?
        .ok_or_else(|| must("dose is empty", "write one dose, like 500"))?;
    let dose = match row.word(
        "unit",
        &[("mg", DoseUnit::Gram), ("UD", DoseUnit::UnitDose)],
    )? {
        DoseUnit::Gram => DoseAmount {
            thousandths: amount / 1000,
            unit: DoseUnit::Gram,
        },
        DoseUnit::UnitDose => DoseAmount {
            thousandths: amount,
            unit: DoseUnit::UnitDose,
        },
    };
    if dose.unit != defined.unit || dose.thousandths == 0 {
        return Err(must(
            "the dose is not in the unit of the defined daily dose",
            "write whole mg where that is in g, UD where it is in UD",
        ));
    }
    let times_per_day = row
        .count("times_per_day")?
        .ok_or_else(|| must("times_per_day is empty", "write doses a day, like 3"))?;
    let (from, to): (Option<Day>, Option<Day>) = (row.optional("from")?, row.optional("to")?);
    if matches!((from, to), (Some(from), Some(to)) if to < from) {
        return Err(must(
            "to lies before from",
            "write the first day in from and the last in to",
        ));
    }
    Ok(CourseDose {
        diagnosis_group: Some(row.required("diagnosis_group")?)
            .filter(|id| *id != "*")
            .map(str::to_owned),
        atc,
        route,
        dose,
        times_per_day,
        days: row.count("days")?,
        from,
        to,
        ddd_milli_per_day: ddd_milli(dose, times_per_day, defined),
        source: row.required("source")?.to_owned(),
    })
}

/// Thousandths of a defined daily dose in a day, rounded to the nearest.
fn ddd_milli(dose: DoseAmount, times_per_day: u16, defined: DoseAmount) -> u32 {
    let daily = u64::from(dose.thousandths) * u64::from(times_per_day) * 1000;
    let defined = u64::from(defined.thousandths);
    u32::try_from((daily + defined / 2) / defined).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_defined_daily_doses_is_rounded_to_the_nearest_thousandth() {
        let grams = |thousandths| DoseAmount {
            thousandths,
            unit: DoseUnit::Gram,
        };
        assert_eq!(ddd_milli(grams(660), 4, grams(2000)), 1320);
        assert_eq!(ddd_milli(grams(500), 2, grams(1500)), 667);
        assert_eq!(ddd_milli(grams(500), 1, grams(1500)), 333);
        assert_eq!(ddd_milli(grams(u32::MAX), u16::MAX, grams(1)), u32::MAX);
    }
}
