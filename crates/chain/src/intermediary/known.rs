//! Who may know that a prescription is there (decision 0019).

use riktig_eresept::prescription::PharmacyId;
use riktig_journal::chain::Present;

use super::Party;
use crate::kept::Read;

/// Somebody who asks for a prescription or does something to it, with the reference numbers that they bring.
pub(super) struct Asker<'a> {
    by: Party,
    references: &'a [String],
    /// The patient has closed the look-up to them.
    closed: bool,
}

impl<'a> Asker<'a> {
    pub(super) fn new(by: Party, references: &'a [String], present: &Present) -> Self {
        Self {
            by,
            references,
            closed: present.closed_to_sender,
        }
    }

    /// Whether it may be told them that it is there; if not, they are answered as if it were not.
    ///
    /// Its prescriber always may, and the pharmacy that has it or has dispensed of it. Others may unless it is locked: then who
    /// brings its number now or, of prescribers, has brought it before. To whom the patient has closed the look-up only their
    /// own is there.
    pub(super) fn knows(&self, read: &Read) -> bool {
        match self.by {
            Party::Prescriber(hpr) if read.prescription.prescriber == hpr => true,
            Party::Prescriber(hpr) => !self.closed && (self.opens(read) || read.was_opened_by(hpr)),
            Party::Pharmacy(pharmacy) => self.opens(read) || has_had(read, pharmacy),
        }
    }

    /// Whether it is not locked, or they bring its number.
    fn opens(&self, read: &Read) -> bool {
        let given = self.references.iter().map(|number| Some(number.as_str()));
        let mut given = given.chain([None]);
        given.any(|number| read.state.opens_with(&read.prescription, number))
    }

    /// Whether it is the number that opens it to them, and nothing else.
    pub(super) fn opens_with_number(&self, read: &Read) -> bool {
        match self.by {
            Party::Prescriber(hpr) => {
                read.state.is_locked()
                    && read.prescription.prescriber != hpr
                    && !read.was_opened_by(hpr)
                    && self.knows(read)
            }
            Party::Pharmacy(_) => false,
        }
    }
}

fn has_had(read: &Read, pharmacy: PharmacyId) -> bool {
    let mut dispensings = read.state.dispensings().iter();
    read.state.held_by() == Some(pharmacy) || dispensings.any(|one| one.report.pharmacy == pharmacy)
}
