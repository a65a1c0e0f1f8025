//! What the doctor tells of the patient so that the advice fits. It is read for the answer, and neither kept nor sent with the prescription.

use std::collections::BTreeMap;
use std::fmt;

use riktig_codes::AtcCode;
use riktig_guideline::{
    Allergy, Certainty, Checked, Finding, FindingKind, FindingValue, Guideline, Implausible,
    PatientContext, Pregnancy, Reaction, Unread,
};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::draft::Problem;
use crate::pages::guideline::condition::weight;

/// What an allergy on the page may be to: groups and substances, as the guideline's tables name them.
pub(super) const ALLERGENS: [&str; 9] = [
    "J01C", "J01D", "J01E", "J01FA", "J01FF01", "J01AA", "J01MA", "J01XE01", "P01AB01",
];
/// That there is none, or none besides.
pub(super) const NONE: &str = "none";
/// What begins the name of a finding's field.
pub(super) const FINDING: &str = "finding-";

/// The fields, as they were filled in. Empty: nobody has told, which is never taken for *no*.
#[derive(Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    /// Kilograms.
    pub(super) weight: String,
    /// ml/min/1.73 m².
    pub(super) egfr: String,
    /// `yes` or `no`.
    pub(super) pregnant: String,
    /// Completed weeks.
    pub(super) week: String,
    /// `yes` or `no`.
    pub(super) breast_feeding: String,
    /// `yes` or `no`.
    pub(super) nursing_home: String,
    /// One of [`ALLERGENS`], or [`NONE`].
    pub(super) allergy: String,
    /// What happened.
    pub(super) reaction: String,
    /// Another of them, or that there is no other.
    pub(super) other_allergy: String,
    pub(super) other_reaction: String,
    /// Findings, by `finding-` and their id. What else came with the form is here too, and is not read.
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

/// Facts of a patient's health that no log and no error shows.
impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Told(…)")
    }
}

/// A field that cannot be read.
pub(super) enum Wrong<'a> {
    Weight,
    Egfr,
    Week,
    /// A reaction, and nothing that it was to.
    Allergy(&'static str),
    Finding(&'a Finding),
}

impl Told {
    /// What was answered of a finding; empty: nothing.
    pub(super) fn of_finding(&self, id: &str) -> &str {
        let field = format!("{FINDING}{id}");
        self.rest.get(&field).map_or("", |it| it.trim())
    }

    /// Every field that says something, with its name: what carries them from a step to the one before it.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let named = [
            ("weight", &self.weight),
            ("egfr", &self.egfr),
            ("pregnant", &self.pregnant),
            ("week", &self.week),
            ("breast_feeding", &self.breast_feeding),
            ("nursing_home", &self.nursing_home),
            ("allergy", &self.allergy),
            ("reaction", &self.reaction),
            ("other_allergy", &self.other_allergy),
            ("other_reaction", &self.other_reaction),
        ];
        let named = named.map(|(name, value)| (name.to_owned(), value.clone()));
        let findings = self.rest.iter().filter(|it| it.0.starts_with(FINDING));
        let findings = findings.map(|(name, value)| (name.clone(), value.clone()));
        let all = named.into_iter().chain(findings);
        all.filter(|it| !it.1.trim().is_empty()).collect()
    }

    /// Adds it to what is known of the patient. A field that cannot be read counts as stated and not known, so that the advice is the
    /// careful one, and is given back to be mended.
    pub(super) fn tell<'g>(
        &self,
        guideline: &'g Guideline,
        patient: &mut PatientContext,
    ) -> Vec<Wrong<'g>> {
        let mut wrong = Vec::new();
        match weight(&self.weight) {
            Some(None) => {}
            Some(Some(it)) if it.is_believed_at(patient.age) => patient.weight = Some(it),
            _ => {
                patient.implausible.push(Implausible::Weight);
                wrong.push(Wrong::Weight);
            }
        }
        match number(&self.egfr) {
            None => {}
            Some(Ok(rate)) if Implausible::believes_egfr(rate) => patient.egfr = Some(rate),
            Some(_) => {
                patient.unread.push(Unread::KidneyFunction);
                wrong.push(Wrong::Egfr);
            }
        }
        match self.pregnancy() {
            Ok(pregnancy) => patient.pregnancy = pregnancy,
            Err(()) => {
                patient.unread.push(Unread::Pregnancy);
                wrong.push(Wrong::Week);
            }
        }
        patient.breast_feeding = yes_or_no(&self.breast_feeding);
        patient.nursing_home = yes_or_no(&self.nursing_home);
        wrong.extend(self.tell_allergies(patient));
        for finding in guideline.findings().iter() {
            match self.value(finding) {
                None => {}
                Some(Ok(value)) => {
                    patient.findings.insert(finding.id.clone(), value);
                }
                Some(Err(())) => {
                    patient.unread.push(Unread::Finding(finding.id.clone()));
                    wrong.push(Wrong::Finding(finding));
                }
            }
        }
        guideline.findings().add_what_diagnoses_state(patient);
        wrong
    }

    fn pregnancy(&self) -> Result<Pregnancy, ()> {
        let week = match self.week.trim() {
            "" => None,
            typed => {
                let week = typed.parse::<u8>().ok();
                Some(week.filter(|it| *it <= Pregnancy::LAST_WEEK).ok_or(())?)
            }
        };
        match (yes_or_no(&self.pregnant), week) {
            (Some(false), Some(_)) => Err(()),
            (Some(false), None) => Ok(Pregnancy::No),
            (None, None) => Ok(Pregnancy::Unknown),
            (Some(true), week) | (None, week) => Ok(Pregnancy::Yes { week }),
        }
    }

    /// The list is one that was looked at where somebody said that there is none, or none besides.
    fn tell_allergies(&self, patient: &mut PatientContext) -> Vec<Wrong<'static>> {
        let both = [
            ("reaction", &self.allergy, &self.reaction),
            ("other_reaction", &self.other_allergy, &self.other_reaction),
        ];
        let (mut list, mut wrong) = (Vec::new(), Vec::new());
        for (field, to, happened) in both {
            let reaction = reaction(happened);
            match (allergen(to), reaction) {
                (Some(to), reaction) => list.push(Allergy {
                    to,
                    reaction: reaction.unwrap_or_default(),
                    certainty: Certainty::Told,
                }),
                (None, Some(reaction)) => {
                    if matches!(reaction, Reaction::Immediate | Reaction::SevereDelayed) {
                        patient.unread.push(Unread::GraveAllergy);
                    }
                    wrong.push(Wrong::Allergy(field));
                }
                (None, None) => {}
            }
        }
        let (first, other) = (self.allergy.trim(), self.other_allergy.trim());
        let whole = match first {
            NONE => other.is_empty() || other == NONE,
            _ => other == NONE && !list.is_empty(),
        };
        patient.allergies = match (whole && wrong.is_empty(), list.is_empty()) {
            (true, _) => Checked::Checked(list),
            (false, false) => Checked::Partly(list),
            (false, true) => Checked::NotChecked,
        };
        wrong
    }

    fn value(&self, finding: &Finding) -> Option<Result<FindingValue, ()>> {
        let typed = self.of_finding(finding.id.as_str());
        match finding.kind {
            _ if typed.is_empty() => None,
            FindingKind::YesNo => {
                let answer = yes_or_no(typed).map(FindingValue::Present);
                Some(answer.ok_or(()))
            }
            FindingKind::Number { .. } => {
                let read = number(typed)?.ok();
                let believed = read.filter(|it| finding.kind.believed().contains(it));
                Some(believed.map(FindingValue::Number).ok_or(()))
            }
        }
    }
}

impl Wrong<'_> {
    /// The field, and what could stand in it.
    pub(super) fn words(&self, lang: Lang) -> Problem {
        let (field, said) = match self {
            Self::Weight => ("weight", lang.say(Key("prescribe-problem-weight"))),
            Self::Egfr => ("egfr", lang.say(Key("prescribe-problem-egfr"))),
            Self::Week => ("week", lang.say(Key("prescribe-problem-week"))),
            Self::Allergy(field) => (*field, lang.say(Key("prescribe-problem-allergy"))),
            Self::Finding(finding) => {
                let name = lang.of_told(&finding.name);
                let said = lang.fill(
                    Key("prescribe-problem-finding"),
                    &[("what", Arg::Text(name))],
                );
                return [format!("{FINDING}{}", finding.id), said];
            }
        };
        [field.to_owned(), said]
    }
}

fn yes_or_no(typed: &str) -> Option<bool> {
    match typed.trim() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A decimal comma is as good as a point. Nothing typed is no number.
fn number(typed: &str) -> Option<Result<f64, ()>> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.replace(',', ".").parse().map_err(|_| ()))
}

fn allergen(code: &str) -> Option<AtcCode> {
    let known = ALLERGENS.into_iter().find(|it| *it == code.trim())?;
    AtcCode::parse(known).ok()
}

/// The reactions of the page, the gravest first, by their words in the form.
pub(super) const REACTIONS: [(&str, Reaction); 4] = [
    ("immediate", Reaction::Immediate),
    ("severe_delayed", Reaction::SevereDelayed),
    ("delayed_mild", Reaction::DelayedMild),
    ("side_effect", Reaction::SideEffect),
];

/// What happened; not told is not known, and might be any of them.
fn reaction(word: &str) -> Option<Reaction> {
    let mut them = REACTIONS.into_iter();
    them.find(|it| it.0 == word.trim()).map(|it| it.1)
}
