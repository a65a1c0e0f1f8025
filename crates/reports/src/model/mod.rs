//! The report, free of how an edition is stored. Its JSON form is `docs/reference/report.md`.

mod advised;
mod area;
mod expected;
mod follow_up;
mod group;
mod indicator;
mod peers;
mod provenance;
mod safety;
mod theme;
mod value;

use serde::{Deserialize, Serialize};

pub use advised::{AdviceReason, AdviceRule, Advised};
pub use area::{AreaFigure, Definition, Known, Measure};
pub use expected::{Achievable, Because, Expected, NoExpected, Ratio, Step, Verdict};
pub use follow_up::{
    Answer, Certainty, Change, Estimate, FOLLOW_UP_SCHEMA, FollowUp, Followed, KeptBack, People,
    Run, Untold, Whose,
};
pub use group::{GroupNumber, NoDots};
pub use indicator::{
    Basis, Direction, Indicator, MonthFigure, Phrase, Setting, Target, Unit, Words,
};
pub use peers::{Comparator, Dots, GroupKind, Spread};
pub use provenance::{Limit, Links, Period, Prescriptions, Provenance, Rows};
pub use safety::{Safety, SafetyArm, SafetyGroup, Standing};
pub use theme::{Question, Theme};
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
    /// Ids of the at most two indicators where the doctor's effort would count most, first the most.
    #[serde(default)]
    pub effort: Vec<String>,
    /// Three open questions for the course group.
    #[serde(default)]
    pub discussion: Vec<Question>,
    /// What happened after contacts with and without an antibiotic; `None` where the edition does not tell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub safety: Option<Safety>,
    /// What became of advice at the moment of prescribing; `None` where the edition knows of none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub advised: Option<Advised>,
    /// Every indicator, in the order of the page.
    pub indicators: Vec<Indicator>,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

impl Report {
    /// Whether the edition tells what was expected of anybody's contacts.
    #[must_use]
    pub fn tells_expected(&self) -> bool {
        self.indicators
            .iter()
            .any(|indicator| indicator.expected != Expected::NotTold)
    }

    /// The indicator with this id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The indicators where effort would count most.
    pub fn effort_indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.effort.iter().filter_map(|id| self.indicator(id))
    }

    /// What a plan may be made for: where effort would count most, else the first headlines with a direction.
    #[must_use]
    pub fn plan_indicators(&self) -> Vec<&Indicator> {
        let effort: Vec<&Indicator> = self.effort_indicators().collect();
        if !effort.is_empty() {
            return effort;
        }
        self.headline_indicators()
            .filter(|indicator| indicator.direction != Direction::Neutral)
            .filter(|indicator| indicator.basis() == Basis::Compared)
            .take(2)
            .collect()
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
