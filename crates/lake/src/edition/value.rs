//! A number, or the reason why there is none.

use serde::{Deserialize, Serialize};

/// The two windows every indicator is summed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// The edition's period.
    Current,
    /// The months of equal length right before it.
    Previous,
}

impl Window {
    /// Both, in the order of the tables.
    pub const ALL: [Window; 2] = [Window::Current, Window::Previous];
}

/// Numerator and denominator as whole numbers, or why they do not exist. Zero is `Measured { numerator: 0, .. }`.
///
/// A rate is never stored: [`super::DefinitionRecord::ratio`] makes whole units, and the definition's unit the per cent.
///
/// ```
/// use riktig_lake::edition::{Unavailable, Value};
/// let none_of_forty = Value::Measured { numerator: 0, denominator: 40 };
/// // Nobody to divide by is measured too, and has no rate; only what the input cannot tell is unavailable.
/// let none_of_none = Value::Measured { numerator: 0, denominator: 0 };
/// let unknown = Value::Unavailable(Unavailable::NoPatients);
/// assert!(none_of_forty != none_of_none && none_of_none != unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Counted. Units are the definition's (items, milli-DDD, patients, contacts).
    Measured {
        /// What is counted.
        numerator: i64,
        /// What it is held against.
        denominator: i64,
    },
    /// The input cannot tell, or it must not be told.
    Unavailable(Unavailable),
}

/// Why a value does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unavailable {
    /// The source delivers no patients, so neither users nor age, sex or link.
    NoPatients,
    /// The source delivers no contacts, so no diagnoses and no setting.
    NoContacts,
    /// No patient lists were delivered for the window.
    NoPracticeLists,
    /// No inhabitants were delivered for the window.
    NoInhabitants,
    /// The lake does not hold the window's months.
    NoPeriod,
    /// The indicator is about another setting than any this prescriber worked in.
    OtherSetting,
    /// The prescriber had no patient list in the window.
    NoOwnList,
    /// The indicator is a population's, not a prescriber's.
    PopulationOnly,
    /// The indicator is a prescriber's, not a population's.
    PrescriberOnly,
    /// Dispensings carry no defined daily doses, or no quantities.
    NoQuantities,
    /// Drugs are coded in another system than the definition's.
    OtherCodeSystem,
    /// Known, and kept back: a population's count of 1 to 4, or one from which such a count could be worked out.
    KeptBack,
    /// A yardstick of other countries or of populations (`relevance = "reference"`): kept for the whole window only.
    WindowOnly,
    /// No dispensing says whether its prescription was to wait.
    NoWaiting,
    /// Dispensings of some delivery have no column for the diagnosis on the prescription.
    NoPrescribedDiagnoses,
}

impl Unavailable {
    /// Every reason; its index is the code in the `unavailable` column.
    pub const ALL: [Unavailable; 15] = [
        Unavailable::NoPatients,
        Unavailable::NoContacts,
        Unavailable::NoPracticeLists,
        Unavailable::NoInhabitants,
        Unavailable::NoPeriod,
        Unavailable::OtherSetting,
        Unavailable::NoOwnList,
        Unavailable::PopulationOnly,
        Unavailable::PrescriberOnly,
        Unavailable::NoQuantities,
        Unavailable::OtherCodeSystem,
        Unavailable::KeptBack,
        Unavailable::WindowOnly,
        Unavailable::NoWaiting,
        Unavailable::NoPrescribedDiagnoses,
    ];

    /// Code in the `unavailable` column.
    #[must_use]
    pub fn code(self) -> i32 {
        self as i32
    }

    /// The reason of a code, if there is one.
    #[must_use]
    pub fn from_code(code: i32) -> Option<Unavailable> {
        usize::try_from(code)
            .ok()
            .and_then(|index| Unavailable::ALL.get(index))
            .copied()
    }
}
