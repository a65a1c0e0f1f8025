//! The small language in which content says for whom something holds.
//!
//! ```text
//! when = ["age < 1 years", "bilateral_otitis and age < 2 years", "symptom_days > 3"]
//! ```
//!
//! Each text is a way in which it may hold; within a text every part, joined with `and`, must hold; `not` turns one part
//! round. There is nothing else, so a clinician can read it aloud.

use std::fmt;

use riktig_codes::{AtcCode, Sex};

use crate::context::{AgeInMonths, PatientContext, Pregnancy};
use crate::error::CriterionError;
use crate::finding::{FindingId, FindingKind, FindingValue, Findings};
use crate::plausible::Implausible;
use crate::truth::Truth;
use crate::unread::{OrderPart, Unread};

/// When something holds: any of the alternatives. No alternative at all: always.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Criteria(pub(crate) Vec<Vec<Part>>);

/// One statement, or its opposite.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Turned round by `not`.
    pub negated: bool,
    /// The statement.
    pub fact: Fact,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// Age in completed months.
    Age(Comparison, u16),
    /// Weight in kilograms.
    Weight(Comparison, f64),
    /// Sex.
    Sex(Sex),
    /// Pregnant.
    Pregnant,
    /// Completed weeks of pregnancy; fails for whoever is not pregnant.
    PregnancyWeek(Comparison, u8),
    /// Breast-feeding.
    BreastFeeding,
    /// Lives in a nursing home.
    NursingHome,
    /// A finding that is there.
    Finding(FindingId),
    /// A number that was measured, in the finding's unit.
    Measured(FindingId, Comparison, f64),
}

/// How a number is held against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Under,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `>`
    Over,
}

/// A fact that would have decided something, had it been known. Named on the card.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// Age.
    Age,
    /// Weight.
    Weight,
    /// Sex.
    Sex,
    /// Whether pregnant.
    Pregnancy,
    /// The week of pregnancy.
    PregnancyWeek,
    /// Whether breast-feeding.
    BreastFeeding,
    /// Whether the patient lives in a nursing home.
    NursingHome,
    /// The list of allergies.
    Allergies,
    /// What kind of reaction an allergy was.
    Reaction,
    /// Kidney function.
    KidneyFunction,
    /// Drugs in use.
    Drugs,
    /// Whether a drug goes together with this one in use: a row about the two has not been read, or the one in use is told by a group of which a
    /// row names some.
    Interaction(AtcCode),
    /// Cultures.
    Cultures,
    /// What the order says of dose, times a day or days.
    OrderDose,
    /// The order's length, where the line has none that it could be held against.
    Length,
    /// The order's route.
    Route,
    /// The dose of the first day, where the guideline has one: an order says nothing of it that could be read.
    FirstDay,
    /// The diagnosis.
    Diagnosis,
    /// A number in the record that cannot be right: it counted as not known.
    Implausible(Implausible),
    /// A part of the record that was sent and cannot be read.
    Unread(Unread),
    /// A part of the order that is stated and cannot be read.
    OrderPart(OrderPart),
    /// A finding of the vocabulary.
    Finding(FindingId),
}

impl Comparison {
    const WORDS: [(&'static str, Self); 4] = [
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Under),
        (">", Self::Over),
    ];

    fn holds<T: PartialOrd>(self, value: T, limit: T) -> bool {
        match self {
            Self::Under => value < limit,
            Self::AtMost => value <= limit,
            Self::AtLeast => value >= limit,
            Self::Over => value > limit,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Under => "<",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Over => ">",
        }
    }
}

impl Criteria {
    /// Reads the alternatives. Findings must be in the vocabulary, and be asked as their kind can be answered.
    ///
    /// # Errors
    /// Says which part of which alternative is not understood, and what would be.
    pub fn parse(alternatives: &[String], findings: &Findings) -> Result<Self, CriterionError> {
        let part = |text: &str| {
            Part::parse(text.trim(), findings).ok_or_else(|| CriterionError {
                part: text.trim().to_owned(),
            })
        };
        let alternative = |text: &String| text.split(" and ").map(part).collect();
        alternatives
            .iter()
            .map(alternative)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Each way in which they may hold; in each, every part must.
    #[must_use]
    pub fn alternatives(&self) -> &[Vec<Part>] {
        &self.0
    }

    /// Without the alternatives that ask for something not to be found: for a reader who is told the others, too, they are the
    /// rest of one of those.
    #[must_use]
    pub fn of_what_is_found(&self) -> Self {
        let absent = |part: &Part| part.negated && matches!(part.fact, Fact::Finding(_));
        let kept = self.0.iter().filter(|it| !it.iter().any(absent));
        Self(kept.cloned().collect())
    }

    /// Whether they hold for this patient.
    #[must_use]
    pub fn holds(&self, patient: &PatientContext) -> Truth {
        if self.0.is_empty() {
            return Truth::Yes;
        }
        let all = |parts: &Vec<Part>| {
            parts
                .iter()
                .fold(Truth::Yes, |so_far, part| so_far.and(part.holds(patient)))
        };
        self.0
            .iter()
            .fold(Truth::No, |so_far, parts| so_far.or(all(parts)))
    }

    /// Everything it asks for.
    pub(crate) fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter().flatten().map(|part| &part.fact)
    }

    /// The facts that would decide it, when it [`holds`](Self::holds) only perhaps: those unknown in alternatives that may
    /// still hold.
    pub fn missing(&self, patient: &PatientContext) -> Vec<Missing> {
        let mut missing = Vec::new();
        for parts in &self.0 {
            if parts.iter().any(|part| part.holds(patient) == Truth::No) {
                continue;
            }
            for part in parts {
                if part.holds(patient) == Truth::Unknown {
                    missing.push(part.fact.missing(patient));
                }
            }
        }
        missing.sort();
        missing.dedup();
        missing
    }
}

impl Part {
    fn parse(text: &str, findings: &Findings) -> Option<Self> {
        let (negated, text) = match text.strip_prefix("not ") {
            Some(rest) => (true, rest.trim()),
            None => (false, text),
        };
        Fact::parse(text, findings).map(|fact| Self { negated, fact })
    }

    /// The finding that it says is there.
    #[must_use]
    pub fn finding(&self) -> Option<&FindingId> {
        match &self.fact {
            Fact::Finding(id) if !self.negated => Some(id),
            _ => None,
        }
    }

    /// The finding that it says is there, or whose number it asks for.
    pub(crate) fn observed(&self) -> Option<&FindingId> {
        match &self.fact {
            Fact::Finding(id) | Fact::Measured(id, ..) if !self.negated => Some(id),
            _ => None,
        }
    }

    pub(crate) fn holds(&self, patient: &PatientContext) -> Truth {
        let truth = self.fact.holds(patient);
        if self.negated { !truth } else { truth }
    }
}

impl Fact {
    fn parse(text: &str, findings: &Findings) -> Option<Self> {
        let plain = match text {
            "female" => Some(Self::Sex(Sex::Female)),
            "male" => Some(Self::Sex(Sex::Male)),
            "pregnant" => Some(Self::Pregnant),
            "breast_feeding" => Some(Self::BreastFeeding),
            "nursing_home" => Some(Self::NursingHome),
            _ => None,
        };
        if plain.is_some() {
            return plain;
        }
        let Some((name, comparison, limit)) = split(text) else {
            let finding = findings.get(text)?;
            return (finding.kind == FindingKind::YesNo).then(|| Self::Finding(finding.id.clone()));
        };
        let (number, unit) = match limit.split_once(' ') {
            Some((number, unit)) => (number, unit.trim()),
            None => (limit, ""),
        };
        match (name, unit) {
            ("age", "years") => Some(Self::Age(
                comparison,
                number.parse::<u16>().ok()?.checked_mul(12)?,
            )),
            ("age", "months") => Some(Self::Age(comparison, number.parse().ok()?)),
            ("weight", "kg") => Some(Self::Weight(comparison, finite(number)?)),
            ("pregnancy_week", "") => Some(Self::PregnancyWeek(comparison, number.parse().ok()?)),
            (name, unit) => {
                let finding = findings.get(name)?;
                match &finding.kind {
                    FindingKind::Number { unit: its } if unit == its || unit.is_empty() => Some(
                        Self::Measured(finding.id.clone(), comparison, finite(number)?),
                    ),
                    _ => None,
                }
            }
        }
    }

    fn holds(&self, patient: &PatientContext) -> Truth {
        match self {
            Self::Age(comparison, limit) => patient
                .age
                .map(|age| comparison.holds(age, AgeInMonths(*limit)))
                .into(),
            Self::Weight(comparison, limit) => patient
                .weight
                .map(|weight| comparison.holds(weight.get(), *limit))
                .into(),
            Self::Sex(sex) => match patient.sex {
                Sex::Unknown => Truth::Unknown,
                its => (its == *sex).into(),
            },
            Self::Pregnant => pregnant(patient),
            Self::PregnancyWeek(comparison, limit) => {
                match (pregnant(patient), patient.pregnancy) {
                    (Truth::Yes, Pregnancy::Yes { week: Some(week) }) => {
                        comparison.holds(week, *limit).into()
                    }
                    (Truth::No, _) => Truth::No,
                    _ => Truth::Unknown,
                }
            }
            Self::BreastFeeding => match patient.breast_feeding {
                None if patient.sex == Sex::Male || not_asked_at_this_age(patient) => Truth::No,
                known => known.into(),
            },
            Self::NursingHome => patient.nursing_home.into(),
            Self::Finding(id) => match patient.findings.get(id) {
                Some(FindingValue::Present(present)) => (*present).into(),
                _ => Truth::Unknown,
            },
            Self::Measured(id, comparison, limit) => match patient.findings.get(id) {
                Some(FindingValue::Number(value)) if !value.is_nan() => {
                    comparison.holds(*value, *limit).into()
                }
                _ => Truth::Unknown,
            },
        }
    }

    /// What is missing when this is unknown.
    fn missing(&self, patient: &PatientContext) -> Missing {
        match self {
            Self::Age(..) => Missing::Age,
            Self::Weight(..) => Missing::Weight,
            Self::Sex(_) => Missing::Sex,
            Self::Pregnant => Missing::Pregnancy,
            Self::PregnancyWeek(..) if pregnant(patient) == Truth::Yes => Missing::PregnancyWeek,
            Self::PregnancyWeek(..) => Missing::Pregnancy,
            Self::BreastFeeding => Missing::BreastFeeding,
            Self::NursingHome => Missing::NursingHome,
            Self::Finding(id) | Self::Measured(id, ..) => Missing::Finding(id.clone()),
        }
    }
}

/// Whether the patient is pregnant. A recorded pregnancy counts whatever the registered sex is; a registered man is not asked while nothing
/// [leaves it open](PatientContext::leaves_pregnancy_open), nor is anybody below 10 or above 60 years.
pub(crate) fn pregnant(patient: &PatientContext) -> Truth {
    match patient.pregnancy {
        Pregnancy::Yes { .. } => Truth::Yes,
        Pregnancy::No => Truth::No,
        Pregnancy::Unknown if not_asked_at_this_age(patient) => Truth::No,
        Pregnancy::Unknown if patient.sex == Sex::Male && !patient.leaves_pregnancy_open() => {
            Truth::No
        }
        Pregnancy::Unknown => Truth::Unknown,
    }
}

/// Nobody is asked about pregnancy or breast-feeding below 10 or above 60 years.
fn not_asked_at_this_age(patient: &PatientContext) -> bool {
    patient
        .age
        .is_some_and(|age| age.years() < 10 || age.years() > 60)
}

fn split(text: &str) -> Option<(&str, Comparison, &str)> {
    Comparison::WORDS
        .into_iter()
        .find_map(|(word, comparison)| {
            let (name, limit) = text.split_once(word)?;
            Some((name.trim(), comparison, limit.trim()))
        })
}

fn finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// As it is written in content.
impl fmt::Display for Criteria {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, parts) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(" or ")?;
            }
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    f.write_str(" and ")?;
                }
                write!(f, "{part}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("not ")?;
        }
        match &self.fact {
            Fact::Age(comparison, months) if months.is_multiple_of(12) => {
                write!(f, "age {} {} years", comparison.as_str(), months / 12)
            }
            Fact::Age(comparison, months) => {
                write!(f, "age {} {months} months", comparison.as_str())
            }
            Fact::Weight(comparison, limit) => {
                write!(f, "weight {} {limit} kg", comparison.as_str())
            }
            Fact::Sex(Sex::Male) => f.write_str("male"),
            Fact::Sex(_) => f.write_str("female"),
            Fact::Pregnant => f.write_str("pregnant"),
            Fact::PregnancyWeek(comparison, week) => {
                write!(f, "pregnancy_week {} {week}", comparison.as_str())
            }
            Fact::BreastFeeding => f.write_str("breast_feeding"),
            Fact::NursingHome => f.write_str("nursing_home"),
            Fact::Finding(id) => write!(f, "{id}"),
            Fact::Measured(id, comparison, limit) => {
                write!(f, "{id} {} {limit}", comparison.as_str())
            }
        }
    }
}
