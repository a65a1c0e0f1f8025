//! What stands in the form, as it was typed.

use std::fmt;

use riktig_codes::{Day, NationalId, Sex};
use riktig_reports::Lang;
use serde::Deserialize;

use super::told::Told;

/// The fields of the page. All of them travel with every step: nothing is kept between them.
/// What was [told](Told) of the patient goes as far as the confirmation and back, and not to what is sent.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Filled {
    /// The patient's identity number.
    pub(crate) patient: Digits,
    /// A code: `R75`, or `icd10:J01`. Or words, until a code is chosen.
    pub(crate) diagnosis: String,
    /// The code that was chosen for the words.
    pub(crate) meant: String,
    /// ATC code.
    pub(crate) drug: String,
    /// At a time; `800+160` for a combination.
    pub(crate) milligrams: String,
    /// Milligrams on the whole first day, where it differs (a loading dose).
    pub(crate) first_day: String,
    /// A day.
    pub(crate) times: String,
    pub(crate) days: String,
    pub(crate) packs: String,
    /// What for, on the label.
    pub(crate) area: String,
    /// `yes` for a waiting prescription.
    pub(crate) waiting: String,
    /// `2026-11-24`.
    pub(crate) not_before: String,
    pub(crate) expires: String,
    /// The id of the prescription that it takes the place of.
    pub(crate) renews: String,
    /// The prescription's id, drawn for the confirmation: what is sent twice is one prescription.
    pub(crate) id: String,
    /// Whose session looked it over (HPR number): nobody signs what another one has looked over. Empty where a form was written by hand.
    pub(crate) by: String,
    /// Which button was pressed: `look`, `check` or `change`.
    pub(crate) step: String,
    /// The line of the guideline to fill in.
    pub(crate) take: String,
    /// The danger that the form has shown: what is looked over goes on when it is this one.
    pub(crate) warned: String,
    /// What was told of the patient, for the advice alone.
    #[serde(flatten)]
    pub(crate) told: Told,
}

/// Digits that no log and no error shows.
#[derive(Default, Clone, Deserialize)]
#[serde(transparent)]
pub(crate) struct Digits(String);

impl Digits {
    /// The number, with or without a space in it.
    pub(crate) fn number(&self) -> Option<NationalId> {
        let digits: String = self.0.chars().filter(|it| !it.is_whitespace()).collect();
        NationalId::parse(&digits).ok()?.known()
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digits(…)")
    }
}

/// The patient as the page shows them: enough to see that it is the right one, not enough to copy.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// All of the number, for the hidden field that carries it from step to step.
    pub(crate) digits: String,
    /// Day of birth and stars.
    pub(crate) masked: String,
    pub(crate) sex: Option<Sex>,
    /// Completed years.
    pub(crate) years: Option<u16>,
    pub(crate) born: Option<Day>,
}

impl Shown {
    pub(crate) fn of(patient: NationalId, today: Day) -> Self {
        let digits: String = patient
            .reveal_digits()
            .iter()
            .map(|it| char::from(*it))
            .collect();
        let born = patient.birth_date();
        let age = born.and_then(|born| riktig_guideline::AgeInMonths::on(born, today));
        Self {
            masked: format!("{} *****", &digits[..6]),
            digits,
            sex: patient.sex(),
            years: age.map(riktig_guideline::AgeInMonths::years),
            born,
        }
    }

    /// `Kvinne, 45 år`; empty where the number tells neither.
    pub(crate) fn said(&self, lang: Lang) -> String {
        use riktig_reports::text::{Arg, Key};
        let sex = match self.sex {
            Some(Sex::Female) => Some(Key("prescribe-female")),
            Some(Sex::Male) => Some(Key("prescribe-male")),
            _ => None,
        };
        let years = self.years.map(|years| {
            let years = years.to_string();
            lang.fill(Key("prescribe-years"), &[("years", Arg::Text(&years))])
        });
        let parts: Vec<String> = sex
            .map(|key| lang.say(key))
            .into_iter()
            .chain(years)
            .collect();
        parts.join(", ")
    }
}
