//! What form a contact had, told by its tariffs.

use std::collections::BTreeMap;

use super::table::{CodebookError, Table};

/// The form of a contact. The numbers are those in segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactForm {
    /// No tariff on the bill tells.
    Unknown = 0,
    /// In the doctor's office.
    Consultation = 1,
    /// By video, telephone or text, billed as a consultation.
    EConsultation = 2,
    /// At the patient's home.
    HomeVisit = 3,
    /// A simple contact: letter, telephone, renewed prescription.
    Simple = 4,
}

impl ContactForm {
    /// The number in segments.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// Whether the patient was examined or talked to as in a consultation: all but simple and unknown contacts.
    pub fn is_consultation(self) -> bool {
        matches!(
            self,
            Self::Consultation | Self::EConsultation | Self::HomeVisit
        )
    }

    /// Which form a bill takes when its tariffs tell several; the greatest wins.
    fn rank(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Simple => 1,
            Self::EConsultation => 2,
            Self::Consultation => 3,
            Self::HomeVisit => 4,
        }
    }
}

/// Tariffs and the forms they tell, sorted by tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContactForms(Vec<(TariffKey, ContactForm)>);

/// A tariff (takst) of at most eight places, small letters, as a number that compares in one step.
type TariffKey = u64;

fn key(tariff: &[u8]) -> Option<TariffKey> {
    let fits = tariff.len() <= 8;
    fits.then(|| {
        tariff.iter().fold(1, |key, byte| {
            key << 8 | u64::from(byte.to_ascii_lowercase())
        })
    })
}

impl ContactForms {
    /// The form told by the tariffs of one bill, separated by blanks.
    pub(super) fn of(&self, tariffs: &[u8]) -> ContactForm {
        tariffs
            .split(u8::is_ascii_whitespace)
            .filter(|tariff| !tariff.is_empty())
            .filter_map(|tariff| self.told_by(key(tariff)?))
            .max_by_key(|form| form.rank())
            .unwrap_or(ContactForm::Unknown)
    }

    fn told_by(&self, tariff: TariffKey) -> Option<ContactForm> {
        let at = self
            .0
            .binary_search_by_key(&tariff, |(known, _)| *known)
            .ok()?;
        Some(self.0[at].1)
    }
}

pub(super) const FILE: &str = "contact_forms.csv";
const COLUMNS: [&str; 4] = ["tariff", "form", "place", "source"];

/// Reads the table.
pub(super) fn read(text: &str) -> Result<ContactForms, CodebookError> {
    let forms = [
        ("consultation", ContactForm::Consultation),
        ("e_consultation", ContactForm::EConsultation),
        ("home_visit", ContactForm::HomeVisit),
        ("simple", ContactForm::Simple),
    ];
    let table = Table::read(FILE, text, &COLUMNS)?;
    let mut read = BTreeMap::new();
    for row in table.rows() {
        let tariff = row.required("tariff")?;
        let known = tariff
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric())
            .then(|| key(tariff.as_bytes()))
            .flatten();
        let Some(key) = known else {
            return Err(row.refusal(
                format!("tariff is \"{tariff}\""),
                "write at most eight letters and digits, like 2ad".into(),
            ));
        };
        row.required("source")?;
        row.word(
            "place",
            &[("", ()), ("list_practice", ()), ("out_of_hours", ())],
        )?;
        if read.insert(key, row.word("form", &forms)?).is_some() {
            return Err(row.refusal(
                format!("tariff {tariff} comes twice"),
                "remove one of the rows".into(),
            ));
        }
    }
    Ok(ContactForms(read.into_iter().collect()))
}
