use crate::definition::{Filter, ListWeight, Measure, Population};

/// A numerator or a denominator, as the kernel sums it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whose table it is summed into.
    pub population: Population,
    /// What is added.
    pub measure: Measure,
    /// Which rows.
    pub filter: Filter,
    /// Weights of list rows; empty: each list patient counts one.
    pub list_weights: Vec<ListWeight>,
}

impl Term {
    /// What a sum is divided by to be in whole units, in a window of `months` months.
    ///
    /// Counts are 1; DDD are summed in thousandths; list patients are summed as thousandths of patient-months, so a
    /// doctor with a list of 1000 in half of the months has 500.
    #[must_use]
    pub fn divisor(&self, months: u32) -> i64 {
        match self.measure {
            Measure::Ddd => 1000,
            Measure::ListPatients => 1000 * i64::from(months.max(1)),
            Measure::Items
            | Measure::Patients
            | Measure::Contacts
            | Measure::TreatedContacts
            | Measure::Inhabitants
            | Measure::InhabitantDays => 1,
        }
    }
}
