//! What is there when a message is decided on, and what follows from it.

use jiff::Timestamp;
use riktig_codes::Day;

use super::{Link, MessageId, PatientId, PrescriptionId};

/// What is there when a message is decided on, read in the transaction that writes the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// When the message came.
    pub now: Timestamp,
    /// The prescriptions it wanted, by id.
    pub prescriptions: Vec<Held>,
    /// Absent where all that was wanted is among them. Else the patient has more than
    /// [`MOST_OF_A_PATIENT`](super::MOST_OF_A_PATIENT), and this is how many of that kind are not locked.
    pub in_all: Option<u64>,
    /// Whether the patient has closed the look-up to the HPR number that signed; never, where [`Wants::choices`](super::Wants)
    /// does not ask.
    pub closed_to_sender: bool,
}

/// A prescription as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: PrescriptionId,
    /// Whose.
    pub patient: PatientId,
    /// The message that brought it.
    pub message: MessageId,
    /// How many events it has had.
    pub version: i64,
    /// How it stands.
    pub standing: Standing,
    /// The bytes of the message that brought it, where they were wanted.
    pub bytes: Option<Vec<u8>>,
}

/// How a prescription stands. The state machine's own text is `state`; the rest is what lists are made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Status as the code list has it.
    pub status: String,
    /// The state machine's state, as its text; encrypted in the database.
    pub state: String,
    /// The last day on which it holds.
    pub expires: Day,
    /// Whether the patient has locked it.
    pub locked: bool,
    /// Whether it is hidden from guardians (vergeinnsynsreservasjon).
    pub reserved: bool,
    /// Whether nothing more can happen to it: from now on its time of keeping runs.
    pub closed: bool,
}

/// What follows from a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What changes, in this order, all of it or nothing.
    pub effects: Vec<Effect>,
    /// The answer, as bytes: given now and whenever the same message comes again.
    pub answer: Vec<u8>,
    /// What came of it, one word for the log: `done`, or `refused` with the code.
    pub result: String,
}

/// One thing that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A prescription that was not there.
    Prescribe(NewPrescription),
    /// A prescription that was there has changed.
    Change(Change),
    /// A message goes on to somebody.
    Send(Outgoing),
}

/// A new prescription of the message's patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPrescription {
    /// Its id. One that is there already makes the message fail.
    pub id: PrescriptionId,
    /// How it stands.
    pub standing: Standing,
    /// What happened, as the state machine's text.
    pub event: String,
}

/// A change of a prescription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub id: PrescriptionId,
    /// The version that it was decided on.
    pub version: i64,
    /// How it stands from now on.
    pub standing: Standing,
    /// What happened, as the state machine's text.
    pub event: String,
}

/// A message that must go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id, by which its receiver takes it once.
    pub id: MessageId,
    /// To whom.
    pub to: Link,
    /// Its kind.
    pub kind: &'static str,
    /// The message.
    pub bytes: Vec<u8>,
}
