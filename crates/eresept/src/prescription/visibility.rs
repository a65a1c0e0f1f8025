//! Who may see a prescription on a list.

use riktig_codes::{Age, Day, HprNumber};

use super::{Prescription, State};

/// Who asks for a patient's prescriptions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// The patient.
    Patient,
    /// A parent or another guardian (verge) of the patient.
    Guardian,
    /// A prescriber.
    Prescriber(HprNumber),
    /// A pharmacy.
    Pharmacy,
}

/// What an asker is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// The prescription.
    Shown,
    /// Nothing, until its reference number is given. Nor is it said that there is one.
    NeedsReference,
    /// Nothing.
    Hidden,
}

/// The age from which guardians see nothing: at Helsenorge, parents see for a child under 12, and nobody between 12 and 16.
const GUARDIANS_UNTIL_YEARS: u8 = 12;

/// Whether the asker is shown the prescription.
///
/// - Whoever gives its reference number is shown a locked one; the patient and its prescriber need none.
/// - A guardian is shown nothing that is reserved against guardians, nothing from the twelfth birthday on, and nothing if the
///   age cannot be told.
///
/// Sources: Norsk Helsenett, documentation of e-resept (locked prescriptions need a reference number, reservation against
/// guardians); Helsenorge (age). A web pharmacy shows parents until 16: here the stricter of the two holds.
pub fn visibility(
    prescription: &Prescription,
    state: &State,
    asker: &Asker,
    reference_number: Option<&str>,
    day: Day,
) -> Visibility {
    let own = match asker {
        Asker::Patient => true,
        Asker::Prescriber(hpr) => *hpr == prescription.prescriber,
        Asker::Pharmacy => false,
        Asker::Guardian => {
            let birth = prescription.patient.birth_date();
            let child = birth
                .and_then(|birth| Age::at(birth, day))
                .is_some_and(|age| age.years() < GUARDIANS_UNTIL_YEARS);
            if !child || state.is_hidden_from_guardians() {
                return Visibility::Hidden;
            }
            false
        }
    };
    let given =
        reference_number.is_some() && reference_number == prescription.reference_number.as_deref();
    if own || given || !state.is_locked() {
        Visibility::Shown
    } else {
        Visibility::NeedsReference
    }
}
