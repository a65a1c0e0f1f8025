//! What prescriptions themselves say: the diagnosis beside the contact's, and whether they were to wait.

use serde::{Deserialize, Serialize};

use crate::kernel::Activity;

/// Counts of dispensed antibiotics (rows) by what their prescription says. Editions from before decision 0018 have none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prescriptions {
    /// With a diagnosis, linked to a contact that names the same matter. Those with a diagnosis and without a contact are the
    /// rest of `by_prescription`.
    pub contact_agrees: i64,
    /// With a diagnosis, linked to a contact that names another.
    pub contact_differs: i64,
    /// With a diagnosis, linked to a contact of which nobody can tell.
    pub contact_cannot_tell: i64,
    /// Says that it was not to wait. Of those neither here nor in `waiting` nobody was told.
    pub not_waiting: i64,
    /// Says that it was to wait (vent-og-se-resept).
    pub waiting: i64,
    /// Of `waiting`: dispensed on the day it was prescribed.
    pub collected_same_day: i64,
    /// Of `waiting`: dispensed on a later day. Of the rest the day of prescribing is not known.
    pub collected_later: i64,
}

/// Columns of `lineage.parquet`, in the order of [`Prescriptions::counts`].
pub(super) const COLUMNS: [&str; 7] = [
    "contact_agrees",
    "contact_differs",
    "contact_cannot_tell",
    "not_waiting",
    "waiting",
    "collected_same_day",
    "collected_later",
];

impl Prescriptions {
    pub(super) fn of(activity: &Activity) -> Self {
        let [contact_agrees, contact_differs, contact_cannot_tell] = activity.agreement;
        let [not_waiting, waiting] = activity.waiting;
        let [collected_same_day, collected_later] = activity.collected;
        Self {
            contact_agrees,
            contact_differs,
            contact_cannot_tell,
            not_waiting,
            waiting,
            collected_same_day,
            collected_later,
        }
    }

    pub(super) fn counts(&self) -> [i64; 7] {
        [
            self.contact_agrees,
            self.contact_differs,
            self.contact_cannot_tell,
            self.not_waiting,
            self.waiting,
            self.collected_same_day,
            self.collected_later,
        ]
    }

    pub(super) fn count_mut(&mut self, column: usize) -> &mut i64 {
        match column {
            0 => &mut self.contact_agrees,
            1 => &mut self.contact_differs,
            2 => &mut self.contact_cannot_tell,
            3 => &mut self.not_waiting,
            4 => &mut self.waiting,
            5 => &mut self.collected_same_day,
            _ => &mut self.collected_later,
        }
    }

    /// With a diagnosis and a contact.
    #[must_use]
    pub fn with_contact(&self) -> i64 {
        self.contact_agrees + self.contact_differs + self.contact_cannot_tell
    }

    /// Says whether to wait, either way.
    #[must_use]
    pub fn told_of_waiting(&self) -> i64 {
        self.not_waiting + self.waiting
    }
}
