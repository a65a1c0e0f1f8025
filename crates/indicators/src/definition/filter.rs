//! Which events a part counts.

use crate::facts::DiagnosisCode;
use crate::vocabulary::Setting;
use riktig_codes::{Aware, ContactForm, ProjectGroup};
use riktig_codes::{Route, Sex};

/// Ages or other whole numbers from `from` to `to`, both included; `to` empty: open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First.
    pub from: i32,
    /// Last; `None`: no upper limit.
    pub to: Option<i32>,
}

impl Span {
    /// Whether `number` lies in the span.
    #[must_use]
    pub fn contains(self, number: i32) -> bool {
        number >= self.from && self.to.is_none_or(|to| number <= to)
    }

    /// Whether all of `inner` lies in the span.
    #[must_use]
    pub fn encloses(self, inner: Self) -> bool {
        self.from <= inner.from
            && match (self.to, inner.to) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(outer), Some(inner)) => inner <= outer,
            }
    }
}

/// The beginning of a drug code in a code system: `atc:J01C`, `bnf:0501`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prefix {
    /// `atc`, or the name a source gives its own code system.
    pub system: String,
    /// How the code begins.
    pub code: String,
}

/// Which drugs.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrugFilter {
    /// At least one of these begins the drug's code in that system; empty: every antibiotic.
    pub within: Vec<Prefix>,
    /// None of these does.
    pub without: Vec<Prefix>,
    /// AWaRe group is one of these; empty: any, listed or not.
    pub aware: Vec<Aware>,
    /// Project group is one of these.
    pub groups: Vec<ProjectGroup>,
    /// Route is one of these.
    pub routes: Vec<Route>,
}

/// Whether a dispensing must be linked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Linked {
    /// Does not matter.
    #[default]
    Any,
    /// Has a diagnosis, from the prescription or from a contact.
    Yes,
    /// Has none.
    No,
    /// Has one that the prescription itself carried; a contact's does not count.
    Prescription,
    /// The prescription carried none, and a contact was found.
    Contact,
}

/// Whether the prescription was to wait (vent-og-se-resept). Where nobody told, only [`Waiting::Any`] passes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Waiting {
    /// Does not matter.
    #[default]
    Any,
    /// Told, either way.
    Known,
    /// It was.
    Yes,
    /// It was not.
    No,
}

impl Waiting {
    /// Whether a prescription passes of which this was told; `None`: nothing.
    #[must_use]
    pub fn lets(self, told: Option<bool>) -> bool {
        match self {
            Self::Any => true,
            Self::Known => told.is_some(),
            Self::Yes => told == Some(true),
            Self::No => told == Some(false),
        }
    }
}

/// What a course length is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityKind {
    /// Defined daily doses.
    Ddd,
    /// Dispensed units (tablets, ml).
    Units,
}

/// A limit on the course length. A dispensing without the quantity never passes: unknown is not short.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Course {
    /// At most so many days at the guideline's daily dose, plus `pack_slack_percent` because packs do not fit courses
    /// (a pack of 10 tablets for a need of 9). Drugs without a guideline dose never pass.
    AtMostDays {
        /// Days.
        days: u32,
        /// Percent of the days.
        pack_slack_percent: u32,
    },
    /// At most so much, by drug; drugs not named never pass.
    AtMost {
        /// What the limits are in.
        by: QuantityKind,
        /// ATC prefix and limit in thousandths; the longest prefix that fits decides.
        limits: Vec<(String, i64)>,
    },
    /// More than so much, by drug; drugs not named never pass. More than nothing: the quantity is known.
    MoreThan {
        /// What the limits are in.
        by: QuantityKind,
        /// ATC prefix and limit in thousandths; the longest prefix that fits decides.
        limits: Vec<(String, i64)>,
    },
    /// The quantity is known, whatever it is, and the drug has a guideline dose.
    Known,
}

/// Which events a part counts: all that is said must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filter {
    /// Drugs; for contacts only in [`Measure::TreatedContacts`](super::Measure).
    pub drug: DrugFilter,
    /// At least one diagnosis begins with one of these; empty: any or none.
    pub diagnosis_within: Vec<DiagnosisCode>,
    /// At least one diagnosis is in one of these groups of the codebook (joined with `diagnosis_within` by *or*).
    pub diagnosis_groups: Vec<String>,
    /// No diagnosis begins with one of these.
    pub diagnosis_without: Vec<DiagnosisCode>,
    /// Link of the dispensing.
    pub linked: Linked,
    /// Settings; empty: all, `unknown` included.
    pub settings: Vec<Setting>,
    /// Forms of contact; empty: all. Contacts only.
    pub forms: Vec<ContactForm>,
    /// Sex; unknown sex never passes.
    pub sex: Option<Sex>,
    /// Age in whole years on the day; unknown age never passes.
    pub age: Option<Span>,
    /// Age in whole years is outside of this; unknown age never passes.
    pub not_age: Option<Span>,
    /// Course length.
    pub course: Option<Course>,
    /// Largest number of days from the contact to the dispensing, where less than the linkage rule's; only for
    /// [`Measure::TreatedContacts`](super::Measure).
    pub within_days: Option<i32>,
    /// Whether the prescription was to wait.
    pub waiting: Waiting,
    /// Dispensed at least so many days after it was prescribed; an unknown day of prescribing never passes.
    pub fetched_after_days: Option<i32>,
    /// Leave out a dual-role doctor's dispensings of unknown setting (decision 0001). Set by the compiler of the
    /// definition for every rate over list patients or contacts in general practice.
    pub without_dual_role_unknown: bool,
}

impl Filter {
    /// Whether a dispensing so many days after its prescription passes; `None`: nobody knows when it was prescribed.
    #[must_use]
    pub fn lets_fetched(&self, days: Option<i32>) -> bool {
        self.fetched_after_days
            .is_none_or(|least| days.is_some_and(|days| days >= least))
    }

    /// Whether a person of this age passes; unknown passes only where age is not asked.
    #[must_use]
    pub fn lets_age(&self, age: Option<i32>) -> bool {
        self.age
            .is_none_or(|span| age.is_some_and(|age| span.contains(age)))
            && self
                .not_age
                .is_none_or(|span| age.is_some_and(|age| !span.contains(age)))
    }
}
