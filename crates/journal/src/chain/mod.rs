//! The prescription chain's memory: messages taken with their answers, prescriptions, what has happened to them, and what
//! must go on to others (decision 0016, point 5).
//!
//! A [`Post`] takes a message and what follows from it in one transaction: the caller's `decide` is given the
//! prescriptions that the message touches as they stand, and answers with a [`Decision`]. Nothing is answered before its
//! commit has reached the disk; whoever calls at the same time shares a commit. A message id that was taken is answered
//! as it was the first time; the same id with other bytes is refused.
//!
//! What is here is ids, states and sealed bytes: no XML is read. Identities, messages, states and events are encrypted
//! under the key `field`; a patient is found by the keyed hash by which the portal finds who logs in. Each message has its
//! line in the log (`audit`), in the same transaction: who sent it, about whom, its kind and what came of it.

mod ahead;
mod asked;
mod choice;
mod decision;
mod guardian;
mod inbox;
mod link;
mod log;
mod message;
mod outbox;
mod patient;
mod post;
mod prescription;
mod reseal;
mod take;
#[cfg(test)]
mod tests;
mod trace;
mod unwritten;

pub use asked::{Asking, TakeError, take_asked};
pub(crate) use choice::for_policy;
pub use choice::{
    Choice, Choices, choose, is_closed_to, of_patient as choices_of, own as own_choices,
};
pub use decision::{Change, Decision, Effect, Held, NewPrescription, Outgoing, Present, Standing};
pub(crate) use guardian::between;
pub use guardian::{Guardianship, Ward, concerned, replace as replace_guardians, wards};
pub use inbox::{MESSAGES_ON_A_PAGE, Received, after, bytes};
pub use link::{IdError, Link, MessageId, PrescriptionId};
pub use log::{ChainLine, ChainLogPage, log_of_patient, own_log};
pub use message::{Incoming, LONGEST_MESSAGE, LONGEST_WITH_ANSWER, OfPatient, Sender, Wants};
pub use outbox::{Delivered, Due, Outcome, due, settle, unsettled, waiting};
pub use patient::{PatientId, patient_of_person, patient_or_nobody, patient_with};
pub(crate) use patient::{a_patient_is_found, age};
pub use post::{Post, PostError, Taken};
pub use prescription::{
    Happened, MOST_OF_A_PATIENT, events, expired, kept_of, kept_with_messages, of_patient,
};
pub(crate) use reseal::reseal;
pub use trace::{Trace, taken, taken_bytes, trace};

#[cfg(test)]
pub(crate) use self::{
    choice::STATEMENTS as OF_CHOICE, guardian::STATEMENTS as OF_GUARDIAN,
    inbox::STATEMENTS as OF_INBOX, log::STATEMENTS as OF_LOG, outbox::STATEMENTS as OF_OUTBOX,
    patient::STATEMENTS as OF_PATIENT, prescription::STATEMENTS as OF_PRESCRIPTION,
    reseal::STATEMENTS as OF_RESEAL, take::STATEMENTS as OF_TAKE,
};
