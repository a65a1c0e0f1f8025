//! The report, free of how an edition is stored. Its JSON form is `docs/reference/report.md`.

mod indicator;
mod provenance;
mod value;

use serde::{Deserialize, Serialize};

pub use indicator::{
    Basis, Comparator, Direction, Indicator, MonthFigure, Phrase, Setting, Spread, Target, Unit,
    Words,
};
pub use provenance::{Limit, Links, Period, Provenance, Rows};
pub use value::{Counts, Figure, GROUP_FROM, Missing, PEOPLE_FROM, SHOWN_FROM, Scale, Suppressed};

/// The schema this code writes.
pub const SCHEMA: &str = "riktig-report/1";

/// One prescriber's report on one edition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Whose it is.
    pub prescriber: Prescriber,
    /// The months reported on.
    pub period: Period,
    /// The months before, of equal length; `None` where they are not in the data.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Period>,
    /// Ids of three to five indicators for the first screen, most useful first; fewer where fewer have anything to tell.
    pub headlines: Vec<String>,
    /// Every indicator, in the order of the page.
    pub indicators: Vec<Indicator>,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

impl Report {
    /// The indicator with this id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The headline indicators in their order.
    pub fn headline_indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.headlines.iter().filter_map(|id| self.indicator(id))
    }
}

/// Whose report it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prescriber {
    /// HPR number, or a foreign source's own code.
    pub id: String,
    /// Roles in the period.
    pub roles: Vec<Role>,
    /// Both list and duty contacts in the period.
    pub dual_role: bool,
    /// Municipality's name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub municipality: Option<String>,
    /// County's name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub county: Option<String>,
    /// Mean patients on the list.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub list_patients: Option<f64>,
    /// Contacts in the period, where contacts were delivered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contacts: Option<u64>,
    /// Items of antibiotics dispensed in the period.
    pub dispensings: u64,
}

/// A role in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Regular general practitioner (fastlege).
    GeneralPractitioner,
    /// Locum (vikar).
    Locum,
    /// Out-of-hours doctor (legevaktslege).
    OutOfHours,
    /// Nursing-home doctor (sykehjemslege).
    NursingHome,
    /// Hospital doctor.
    Hospital,
    /// Dentist.
    Dentist,
    /// A practice that plays prescriber in a foreign source.
    Practice,
    /// Anything else, or not in the register.
    Other,
}
