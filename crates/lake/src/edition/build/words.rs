//! What a definition lacks, as the edition's reason.

use riktig_indicators::Requirement;

use crate::edition::Unavailable;

/// The reason for a value that needs what the data does not carry.
pub(super) fn unavailable(requirement: &Requirement) -> Unavailable {
    match requirement {
        Requirement::Patients => Unavailable::NoPatients,
        Requirement::Diagnoses | Requirement::Contacts => Unavailable::NoContacts,
        Requirement::PrescribedDiagnoses => Unavailable::NoPrescribedDiagnoses,
        Requirement::Waiting => Unavailable::NoWaiting,
        Requirement::Lists => Unavailable::NoPracticeLists,
        Requirement::Inhabitants => Unavailable::NoInhabitants,
        Requirement::DefinedDailyDoses | Requirement::Units => Unavailable::NoQuantities,
        Requirement::CodeSystem(_) => Unavailable::OtherCodeSystem,
    }
}
