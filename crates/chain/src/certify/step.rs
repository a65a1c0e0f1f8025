//! What whoever has the other system is asked to do in it.

use std::fmt;

use serde::Serialize;

/// Something to be done by hand, or by a program: as JSON it is a line that `riktig chain serve --role prescriber|pharmacy` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Step {
    /// Phenoxymethylpenicillin for an invented patient.
    Prescribe {
        /// HPR number.
        doctor: String,
        /// An invented identity number.
        patient: String,
        /// What.
        atc: &'static str,
        /// Name, form and strength.
        drug: &'static str,
        /// How it is taken.
        dosage: &'static str,
        /// What for, on the label.
        #[serde(rename = "use")]
        use_text: &'static str,
        /// How many.
        packs: u32,
        /// A code of ICPC-2.
        diagnosis: Option<&'static str>,
    },
    /// The prescription is discontinued.
    Recall {
        /// The prescription.
        id: String,
        /// HPR number.
        doctor: String,
        /// Whose.
        patient: String,
    },
    /// Which prescriptions a patient has.
    List {
        /// An invented identity number.
        patient: String,
    },
    /// A prescription is fetched, to be dispensed.
    Download {
        /// The prescription.
        id: String,
    },
    /// It is dispensed.
    Dispense {
        /// The prescription.
        id: String,
        /// How much.
        packs: u32,
    },
    /// The dispensing is taken back.
    Annul {
        /// The prescription.
        id: String,
        /// The report that is taken back.
        report: String,
    },
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prescribe {
                doctor,
                patient,
                drug,
                dosage,
                packs,
                diagnosis,
                ..
            } => {
                let code = diagnosis.map_or("no diagnosis".to_owned(), |code| {
                    format!("the diagnosis {code} (ICPC-2)")
                });
                write!(
                    f,
                    "as the doctor with HPR number {doctor}, prescribe {packs} pack of {drug}, \"{dosage}\", with {code} to {patient} (invented)"
                )
            }
            Self::Recall { id, .. } => write!(f, "discontinue prescription {id}"),
            Self::List { patient } => {
                write!(f, "list the prescriptions of {patient} (invented)")
            }
            Self::Download { id } => write!(f, "download prescription {id}"),
            Self::Dispense { id, packs } => {
                write!(f, "dispense all of it, {packs} pack, of prescription {id}")
            }
            Self::Annul { id, report } => {
                write!(f, "take dispensing {report} of prescription {id} back")
            }
        }
    }
}
