//! How a patient context is written as JSON or TOML: in worked examples, and in the file of `riktig guideline advise`.

use std::collections::BTreeMap;

use riktig_codes::{AtcCode, Day, Route, Sex};
use serde::Deserialize;
use thiserror::Error;

use crate::context::{
    AgeInMonths, Allergy, Certainty, Checked, Culture, Diagnosis, DraftOrder, FirstDay, Kilograms,
    PastAntibiotic, PatientContext, Pregnancy, Reaction,
};
use crate::finding::{FindingId, FindingKind, FindingValue, Findings};
use crate::plausible::Implausible;
use crate::scores::Creatinine;

/// A patient context as it is written. Whatever is left out is not known; `allergies = []` means that somebody looked and
/// there was none.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextDocument {
    on: DayText,
    age: Option<String>,
    weight_kg: Option<f64>,
    sex: Option<String>,
    pregnant: Option<bool>,
    pregnancy_week: Option<i64>,
    breast_feeding: Option<bool>,
    allergies: Option<Vec<AllergyDocument>>,
    temperature_celsius: Option<f64>,
    egfr: Option<f64>,
    creatinine_umol: Option<f64>,
    drugs: Option<Vec<String>>,
    recent_antibiotics: Option<Vec<PastDocument>>,
    cultures: Option<Vec<CultureDocument>>,
    nursing_home: Option<bool>,
    #[serde(default)]
    findings: BTreeMap<String, FindingDocument>,
    #[serde(default)]
    diagnoses: Vec<String>,
    #[serde(default)]
    orders: Vec<OrderDocument>,
}

/// A day as TOML writes it, or as text.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "write a day as YYYY-MM-DD")]
enum DayText {
    Toml(toml::value::Datetime),
    Text(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllergyDocument {
    to: String,
    #[serde(default)]
    reaction: ReactionWord,
    #[serde(default)]
    certainty: CertaintyWord,
}

#[derive(Debug, Clone, Copy, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum ReactionWord {
    SideEffect,
    DelayedMild,
    #[default]
    Unknown,
    Immediate,
    SevereDelayed,
}

#[derive(Debug, Clone, Copy, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum CertaintyWord {
    Refuted,
    #[default]
    Told,
    Confirmed,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PastDocument {
    drug: String,
    on: DayText,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CultureDocument {
    on: DayText,
    #[serde(default)]
    resistant_to: Vec<String>,
    #[serde(default)]
    susceptible_to: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "write true, false or a number")]
enum FindingDocument {
    Present(bool),
    Number(f64),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrderDocument {
    id: Option<String>,
    drug: Option<String>,
    route: Option<String>,
    mg: Option<Milligrams>,
    times_per_day: Option<i64>,
    days: Option<i64>,
    first_day_mg: Option<f64>,
    #[serde(default)]
    reasons: Vec<String>,
    #[serde(default)]
    waiting: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "write a number of milligrams, or a list of them"
)]
enum Milligrams {
    One(f64),
    Many(Vec<f64>),
}

/// A field that cannot be read.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{field}: \"{found}\" cannot be read: {rule}")]
pub struct ContextError {
    /// Which field; in a list with its place, from 0: `orders[1].days`.
    pub field: String,
    /// What stands there.
    pub found: String,
    /// What could.
    pub rule: String,
}

fn wrong(field: &'static str, found: impl ToString, rule: impl ToString) -> ContextError {
    ContextError {
        field: field.to_owned(),
        found: found.to_string(),
        rule: rule.to_string(),
    }
}

impl ContextError {
    /// The same of the item at this place of its list, which the field's first name is of.
    fn at(mut self, place: usize) -> Self {
        let end = self.field.find('.').unwrap_or(self.field.len());
        self.field.insert_str(end, &format!("[{place}]"));
        self
    }
}

impl ContextDocument {
    /// Checks every field.
    ///
    /// # Errors
    /// The first field that cannot be read. Nothing is guessed: a wrong age is an error and not an unknown age.
    pub fn read(&self, findings: &Findings) -> Result<PatientContext, ContextError> {
        let age = self.age.as_deref().map(age).transpose()?;
        let mut patient = PatientContext {
            on: self.on.read("on")?,
            age,
            weight: self.weight_kg.map(|it| weight(it, age)).transpose()?,
            sex: match &self.sex {
                None => Sex::Unknown,
                Some(word) => word.parse().map_err(|it| wrong("sex", word, it))?,
            },
            pregnancy: self.pregnancy()?,
            breast_feeding: self.breast_feeding,
            allergies: checked(self.allergies.as_deref(), AllergyDocument::read)?,
            egfr: self.egfr.map(egfr).transpose()?,
            creatinine: self.creatinine_umol.map(creatinine).transpose()?,
            creatinine_at_most: None,
            drugs: checked(self.drugs.as_deref(), |it| atc("drugs", it))?,
            recent_antibiotics: checked(self.recent_antibiotics.as_deref(), PastDocument::read)?,
            cultures: checked(self.cultures.as_deref(), CultureDocument::read)?,
            nursing_home: self.nursing_home,
            findings: self.findings(findings)?,
            diagnoses: diagnoses("diagnoses", &self.diagnoses)?,
            orders: self
                .orders
                .iter()
                .enumerate()
                .map(|(at, it)| it.read(at).map_err(|error| error.at(at)))
                .collect::<Result<_, _>>()?,
            implausible: Vec::new(),
            unread: Vec::new(),
        };
        findings.add_what_diagnoses_state(&mut patient);
        Ok(patient)
    }

    fn pregnancy(&self) -> Result<Pregnancy, ContextError> {
        let Some(week) = self.pregnancy_week else {
            return Ok(match self.pregnant {
                None => Pregnancy::Unknown,
                Some(false) => Pregnancy::No,
                Some(true) => Pregnancy::Yes { week: None },
            });
        };
        let told = u8::try_from(week)
            .ok()
            .filter(|it| *it <= Pregnancy::LAST_WEEK);
        match (self.pregnant, told) {
            (Some(true) | None, Some(_)) => Ok(Pregnancy::Yes { week: told }),
            _ => Err(wrong(
                "pregnancy_week",
                week,
                "completed weeks, 0 to 45, and only for somebody who is pregnant",
            )),
        }
    }

    fn findings(
        &self,
        known: &Findings,
    ) -> Result<BTreeMap<FindingId, FindingValue>, ContextError> {
        let mut findings = BTreeMap::new();
        for (id, value) in &self.findings {
            let finding = known
                .get(id)
                .ok_or_else(|| wrong("findings", id, "it is not in findings.toml"))?;
            let value = match (&finding.kind, value) {
                (FindingKind::YesNo, FindingDocument::Present(it)) => FindingValue::Present(*it),
                (kind @ FindingKind::Number { .. }, FindingDocument::Number(it))
                    if kind.believed().contains(it) =>
                {
                    FindingValue::Number(*it)
                }
                (FindingKind::YesNo, _) => {
                    return Err(wrong("findings", id, "write true or false"));
                }
                (FindingKind::Number { unit }, _) => {
                    let most = finding.kind.believed().end().to_owned();
                    let rule = format!("write a number of {unit}, 0 to {most}");
                    return Err(wrong("findings", id, rule));
                }
            };
            findings.insert(finding.id.clone(), value);
        }
        if let Some(celsius) = self.temperature_celsius {
            if !Implausible::believes_temperature(celsius) {
                return Err(wrong("temperature_celsius", celsius, "°C, 25 to 45"));
            }
            for id in known.by_temperature(celsius) {
                // What was measured counts against an answer of "no".
                findings.insert(id.clone(), FindingValue::Present(true));
            }
        }
        Ok(findings)
    }
}

/// `None` is "nobody looked", a list is a list, maybe empty.
fn checked<T, U>(
    list: Option<&[T]>,
    read: impl Fn(&T) -> Result<U, ContextError>,
) -> Result<Checked<Vec<U>>, ContextError> {
    match list {
        None => Ok(Checked::NotChecked),
        Some(list) => list
            .iter()
            .enumerate()
            .map(|(at, it)| read(it).map_err(|error| error.at(at)))
            .collect::<Result<_, _>>()
            .map(Checked::Checked),
    }
}

impl DayText {
    fn read(&self, field: &'static str) -> Result<Day, ContextError> {
        let text = match self {
            Self::Toml(day) => day.to_string(),
            Self::Text(text) => text.clone(),
        };
        text.parse().map_err(|it| wrong(field, text, it))
    }
}

impl AllergyDocument {
    fn read(&self) -> Result<Allergy, ContextError> {
        Ok(Allergy {
            to: atc("allergies.to", &self.to)?,
            reaction: match self.reaction {
                ReactionWord::SideEffect => Reaction::SideEffect,
                ReactionWord::DelayedMild => Reaction::DelayedMild,
                ReactionWord::Unknown => Reaction::Unknown,
                ReactionWord::Immediate => Reaction::Immediate,
                ReactionWord::SevereDelayed => Reaction::SevereDelayed,
            },
            certainty: match self.certainty {
                CertaintyWord::Refuted => Certainty::Refuted,
                CertaintyWord::Told => Certainty::Told,
                CertaintyWord::Confirmed => Certainty::Confirmed,
            },
        })
    }
}

impl PastDocument {
    fn read(&self) -> Result<PastAntibiotic, ContextError> {
        Ok(PastAntibiotic {
            atc: atc("recent_antibiotics.drug", &self.drug)?,
            on: self.on.read("recent_antibiotics.on")?,
        })
    }
}

impl CultureDocument {
    fn read(&self) -> Result<Culture, ContextError> {
        let codes = |field, list: &[String]| {
            list.iter()
                .map(|it| atc(field, it))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(Culture {
            on: self.on.read("cultures.on")?,
            resistant_to: codes("cultures.resistant_to", &self.resistant_to)?,
            susceptible_to: codes("cultures.susceptible_to", &self.susceptible_to)?,
        })
    }
}

impl OrderDocument {
    fn read(&self, at: usize) -> Result<DraftOrder, ContextError> {
        let route = |word: &String| {
            word.parse::<Route>()
                .map_err(|it| wrong("orders.route", word, it))
        };
        Ok(DraftOrder {
            id: self
                .id
                .clone()
                .unwrap_or_else(|| format!("order-{}", at + 1)),
            atc: self
                .drug
                .as_deref()
                .map(|it| atc("orders.drug", it))
                .transpose()?,
            route: self.route.as_ref().map(route).transpose()?,
            milligrams: self.mg.as_ref().map(Milligrams::read).transpose()?,
            times_per_day: self.times_per_day.map(times_per_day).transpose()?,
            days: self.days.map(days).transpose()?,
            first_day: self.first_day_mg.map(first_day).transpose()?,
            reasons: diagnoses("orders.reasons", &self.reasons)?,
            waiting: self.waiting,
            unread: Vec::new(),
        })
    }
}

fn atc(field: &'static str, text: &str) -> Result<AtcCode, ContextError> {
    AtcCode::parse(text).map_err(|it| wrong(field, text, it))
}

impl Milligrams {
    fn read(&self) -> Result<Vec<f64>, ContextError> {
        let each = match self {
            Self::One(number) => vec![*number],
            Self::Many(numbers) => numbers.clone(),
        };
        match each.iter().find(|mg| !(**mg > 0.0 && **mg < 100_000.0)) {
            Some(mg) => Err(wrong(
                "orders.mg",
                mg,
                "milligrams, above 0 and under 100000",
            )),
            None => Ok(each),
        }
    }
}

fn first_day(milligrams: f64) -> Result<FirstDay, ContextError> {
    let read = Some(milligrams).filter(|mg| *mg > 0.0 && *mg < 100_000.0);
    let rule = "milligrams of that whole day, above 0 and under 100000";
    read.map(FirstDay::Milligrams)
        .ok_or_else(|| wrong("orders.first_day_mg", milligrams, rule))
}

fn times_per_day(times: i64) -> Result<u8, ContextError> {
    let read = u8::try_from(times).ok().filter(|it| (1..=24).contains(it));
    read.ok_or_else(|| wrong("orders.times_per_day", times, "times a day, 1 to 24"))
}

fn days(days: i64) -> Result<u16, ContextError> {
    let read = u16::try_from(days).ok().filter(|it| (1..=999).contains(it));
    read.ok_or_else(|| wrong("orders.days", days, "whole days, 1 to 999"))
}

fn egfr(rate: f64) -> Result<f64, ContextError> {
    let read = Some(rate).filter(|it| Implausible::believes_egfr(*it));
    read.ok_or_else(|| wrong("egfr", rate, "ml/min/1.73 m², 0 to 300"))
}

fn creatinine(micromoles: f64) -> Result<Creatinine, ContextError> {
    Creatinine::from_micromoles_per_litre(micromoles)
        .ok_or_else(|| wrong("creatinine_umol", micromoles, "µmol/l, 5 to 3000"))
}

fn weight(kilograms: f64, age: Option<AgeInMonths>) -> Result<Kilograms, ContextError> {
    let believed = age.map_or(0.3..=400.0, Kilograms::believed_at);
    let read = Kilograms::new(kilograms).filter(|it| it.is_believed_at(age));
    let (least, most) = (believed.start(), believed.end());
    let rule = format!("kilograms; at this age {least} to {most} can be right");
    read.ok_or_else(|| wrong("weight_kg", kilograms, rule))
}

/// `34 years` or `8 months`, completed.
fn age(text: &str) -> Result<AgeInMonths, ContextError> {
    let months = text.split_once(' ').and_then(|(number, unit)| {
        let number: u16 = number.parse().ok()?;
        match unit {
            "years" | "year" => number.checked_mul(12),
            "months" | "month" => Some(number),
            _ => None,
        }
    });
    months
        .map(AgeInMonths)
        .filter(|age| *age <= AgeInMonths::HIGHEST)
        .ok_or_else(|| {
            wrong(
                "age",
                text,
                "write \"34 years\" or \"8 months\", completed, at most 130 years",
            )
        })
}

/// Each with its system ([`Diagnosis::with_system`]).
pub(crate) fn diagnoses(
    field: &'static str,
    list: &[String],
) -> Result<Vec<Diagnosis>, ContextError> {
    let read = |text: &String| {
        Diagnosis::with_system(text).ok_or_else(|| {
            wrong(
                field,
                text,
                "write icpc2:R81, icd10:J18.9 or snomed:385093006",
            )
        })
    };
    let numbered = list.iter().enumerate().map(|(place, text)| {
        read(text).map_err(|error| ContextError {
            field: format!("{}[{place}]", error.field),
            ..error
        })
    });
    numbered.collect()
}
