//! A message on its way into the journal.

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};

use super::{MessageId, PrescriptionId};

/// Longest message in bytes. A prescription with its attachments has some 30 kB.
pub const LONGEST_MESSAGE: usize = 500_000;
/// Longest message and answer together: both stand in one row, and a row of a back-up has at most 1 MiB.
pub const LONGEST_WITH_ANSWER: usize = 1_000_000;

/// A message that was read, and whose signature was checked: one that was not must not take an id's place.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its id.
    pub id: MessageId,
    /// Its kind, as the log names it: `M1`, `M10`. Never a person's number or name.
    pub kind: &'static str,
    /// Who signed or sent it.
    pub sender: Sender,
    /// About whom, where the message is what says it; else the patient of the prescriptions that it wants.
    pub patient: Option<NationalId>,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    /// What is needed to decide.
    pub wants: Wants,
    /// When it came.
    pub now: Timestamp,
}

/// Who sent a message, as the log names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sender {
    /// The health professional who signed.
    pub hpr: Option<HprNumber>,
    /// The organisation.
    pub organisation: Option<OrganisationNumber>,
}

/// Which prescriptions must be at hand to decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wants {
    /// These, if they are there.
    pub prescriptions: Vec<PrescriptionId>,
    /// The patient's.
    pub of_patient: OfPatient,
    /// Whether the patient has closed the look-up to the one who signed.
    pub choices: bool,
    /// With the bytes of the messages that brought them.
    pub bytes: bool,
}

/// Which of the patient's prescriptions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OfPatient {
    /// None but those wanted by id.
    #[default]
    None,
    /// Those that are not closed.
    Open,
    /// All that are kept.
    All,
}

impl Incoming {
    pub(super) fn digest(&self) -> [u8; 32] {
        let digest = digest(&SHA256, &self.bytes);
        digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
    }
}
