//! A figure on the page: a number, or one of the distinct reasons for there being none.

use serde::{Deserialize, Serialize};

/// Below this denominator a doctor's own figure is not shown as a rate at all, only as its counts.
///
/// The floor is the usual one for prescriber feedback: below ten events at risk one decision moves the share by more than ten points.
pub const SHOWN_FROM: f64 = 10.0;
/// A group figure rests on at least this many prescribers.
pub const GROUP_FROM: u32 = 5;

/// Fewer people than this in a group are never counted in public; a doctor's own view shows the doctor's own counts.
pub const PEOPLE_FROM: f64 = 5.0;

/// What a place on the page that asks for a number holds.
///
/// The four reasons differ in type, in words and in looks. A measured zero is a [`Figure::Zero`], because "none of your 45"
/// is something to be read, and must never be mistaken for "not measured".
///
/// ```
/// use riktig_reports::model::{Counts, Figure, Scale};
/// let none = Figure::of(Counts { numerator: 0.0, denominator: 45.0 }, Scale::PERCENT);
/// assert!(matches!(none, Figure::Zero { .. }));
/// let few = Figure::of(Counts { numerator: 3.0, denominator: 7.0 }, Scale::PERCENT);
/// assert!(matches!(few, Figure::TooFew { .. }));
/// assert_eq!(few.value(), None);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Figure {
    /// A number in the indicator's unit.
    Measured {
        /// In the indicator's unit (per cent, per 1,000 …).
        value: f64,
        /// What it was made of; absent where only the rate may be told (groups).
        #[serde(skip_serializing_if = "Option::is_none", default)]
        counts: Option<Counts>,
    },
    /// Measured, and it is zero.
    Zero {
        /// What it was made of; absent where only the rate may be told (groups).
        #[serde(skip_serializing_if = "Option::is_none", default)]
        counts: Option<Counts>,
    },
    /// Not known: the input cannot tell.
    Missing {
        /// Why.
        reason: Missing,
    },
    /// Known, but from so few that a rate would mislead. Only ever a doctor's own figure.
    TooFew {
        /// The counts themselves are shown to the doctor they belong to.
        counts: Counts,
    },
    /// Known, and kept back so that nobody else can be recognised.
    Suppressed {
        /// Why.
        reason: Suppressed,
    },
}

impl Figure {
    /// A doctor's own figure from its counts: zero, too few or measured.
    #[must_use]
    pub fn of(counts: Counts, scale: Scale) -> Figure {
        if counts.denominator < SHOWN_FROM {
            Figure::TooFew { counts }
        } else if counts.numerator == 0.0 {
            Figure::Zero {
                counts: Some(counts),
            }
        } else {
            Figure::Measured {
                value: counts.numerator / counts.denominator * scale.0,
                counts: Some(counts),
            }
        }
    }

    /// A group's figure from its ratio before the scale; the counts stay behind.
    #[must_use]
    pub fn of_group(ratio: f64, scale: Scale) -> Figure {
        if ratio == 0.0 {
            Figure::Zero { counts: None }
        } else {
            Figure::Measured {
                value: ratio * scale.0,
                counts: None,
            }
        }
    }

    /// The number in the indicator's unit: `Some(0.0)` for a measured zero, `None` whenever there is nothing to tell.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Figure::Measured { value, .. } => Some(*value),
            Figure::Zero { .. } => Some(0.0),
            Figure::Missing { .. } | Figure::TooFew { .. } | Figure::Suppressed { .. } => None,
        }
    }

    /// What the figure was made of, where that is told.
    #[must_use]
    pub fn counts(&self) -> Option<Counts> {
        match self {
            Figure::Measured { counts, .. } | Figure::Zero { counts } => *counts,
            Figure::TooFew { counts } => Some(*counts),
            Figure::Missing { .. } | Figure::Suppressed { .. } => None,
        }
    }
}

/// Numerator and denominator in the words' own units (contacts, dispensings, patients), not scaled.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// What is counted.
    pub numerator: f64,
    /// What it is held against: contacts, dispensings, or mean patients on the list.
    pub denominator: f64,
}

/// What a ratio is multiplied by to be shown: 100 for per cent, 1,000 for "per 1,000".
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scale(pub f64);

impl Scale {
    /// Per cent.
    pub const PERCENT: Scale = Scale(100.0);
    /// Per thousand of something.
    pub const PER_THOUSAND: Scale = Scale(1000.0);
    /// The ratio itself.
    pub const ONE: Scale = Scale(1.0);
}

/// Why a figure is not known. Each has its own sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The source has no patients, so neither users nor age nor sex nor link.
    NoPatients,
    /// The source has no contacts, so neither diagnosis nor setting.
    NoContacts,
    /// No patient lists were delivered.
    NoPracticeLists,
    /// No inhabitants were delivered.
    NoInhabitants,
    /// The months are not in the data.
    NoPeriod,
    /// The doctor did not work in this setting.
    OtherSetting,
    /// The doctor had no patient list.
    NoOwnList,
    /// The indicator describes a population, not a doctor.
    PopulationOnly,
    /// The indicator describes a doctor, not a population.
    PrescriberOnly,
    /// The source has no quantities or defined daily doses.
    NoQuantities,
    /// The source codes drugs in another system than the definition does.
    OtherCodeSystem,
    /// No prescription says whether it was to wait.
    NoWaiting,
    /// The source has no diagnosis on the prescription, or not everywhere.
    NoPrescribedDiagnoses,
    /// Nothing of the kind happened, so there is nothing to divide by.
    NothingToCount,
    /// The group is not known (no municipality in the register, for instance).
    NoGroup,
    /// No admissions to hospital were delivered.
    NoAdmissions,
    /// Nothing was to be expected, so no level can be worked out from it.
    NoExpected,
    /// The days before or after are not delivered, so what followed cannot be told.
    DaysMissing,
}

/// Why a figure is kept back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suppressed {
    /// Fewer than [`GROUP_FROM`] prescribers.
    FewerThanFivePrescribers,
    /// One prescriber has more than half of the events.
    OnePrescriberDominates,
    /// Fewer than [`PEOPLE_FROM`] people.
    FewPeople,
    /// Another group, which is kept back, could be worked out from it.
    OtherGroup,
    /// Too few prescribers for a best quarter: it would be one of them.
    FewPeers,
}
