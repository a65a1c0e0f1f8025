//! The datasets of a lake.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dataset {
    /// Dispensed antibiotics.
    Antibiotics,
    /// Contacts with at least one infection diagnosis.
    InfectionContacts,
    /// All other contacts.
    OtherContacts,
    /// Dispensings that are no antibiotics for people.
    Ballast,
    /// Hospital admissions.
    Admissions,
    /// List patients by doctor, month, age band and sex.
    PracticeLists,
    /// Inhabitants by municipality, age and sex.
    Inhabitants,
    /// Role periods and absences of prescribers.
    Prescribers,
    /// Course group memberships.
    CourseGroups,
    /// Cards of advice and what became of them.
    Advice,
    /// Events that a delivery cancelled, whichever delivery held them.
    Cancellations,
}

impl Dataset {
    /// Every dataset.
    pub const ALL: [Dataset; 11] = [
        Dataset::Antibiotics,
        Dataset::InfectionContacts,
        Dataset::OtherContacts,
        Dataset::Ballast,
        Dataset::Admissions,
        Dataset::PracticeLists,
        Dataset::Inhabitants,
        Dataset::Prescribers,
        Dataset::CourseGroups,
        Dataset::Advice,
        Dataset::Cancellations,
    ];

    /// The folder name under `segments/`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Dataset::Antibiotics => "antibiotics",
            Dataset::InfectionContacts => "infection_contacts",
            Dataset::OtherContacts => "other_contacts",
            Dataset::Ballast => "ballast",
            Dataset::Admissions => "admissions",
            Dataset::PracticeLists => "practice_lists",
            Dataset::Inhabitants => "inhabitants",
            Dataset::Prescribers => "prescribers",
            Dataset::CourseGroups => "course_groups",
            Dataset::Advice => "advice",
            Dataset::Cancellations => "cancellations",
        }
    }

    /// Whether rows are events of patients, sorted by patient, day and event.
    #[must_use]
    pub fn holds_events(self) -> bool {
        matches!(
            self,
            Dataset::Antibiotics
                | Dataset::InfectionContacts
                | Dataset::OtherContacts
                | Dataset::Ballast
                | Dataset::Admissions
        )
    }

    /// Whether the last days of the month are row groups of their own ([`super::RowGroup::tail`]).
    #[must_use]
    pub fn has_tail(self) -> bool {
        matches!(self, Dataset::InfectionContacts | Dataset::OtherContacts)
    }
}

impl fmt::Display for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
