//! What the journal has read before it answers.

use jiff::Timestamp;
use riktig_codes::{Age, HprNumber};

use super::{Audience, EditionId};
use crate::id::PersonId;

/// What the journal has read about the matter, in the transaction that the act will be done in. What was not read is
/// absent, and absent grants nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The edition that it is about is on the shelf.
    pub(crate) edition_on_shelf: bool,
    /// The asker is a member of the group, now.
    pub(crate) asker_is_member: bool,
    /// The asker is enrolled in the course.
    pub(crate) asker_is_enrolled: bool,
    /// The course belongs to the group that is named with it.
    pub(crate) course_of_group: bool,
    /// Every share that the doctor has given, withdrawn ones too.
    pub(crate) shares: Vec<ShareFacts>,
    /// The appointment that it is about.
    pub(crate) appointment: Option<AppointmentFacts>,
    /// Whose rows a dispute is about.
    pub(crate) dispute_of: Option<HprNumber>,
    /// Who switched the rule off that it is about, where it is off.
    pub(crate) switched_off_by: Option<PersonId>,
    /// The system that it is about.
    pub(crate) client: Option<ClientFacts>,
    /// Whose prescriptions they are: the patient it is about, or the one who asks.
    pub(crate) patient: Option<PatientFacts>,
    /// Operators in force; absent: not counted.
    pub(crate) operators_in_force: Option<usize>,
}

/// A share, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareFacts {
    /// With whose leader.
    pub(crate) audience: Audience,
    /// Of this edition only; absent: standing, of every edition.
    pub(crate) edition: Option<EditionId>,
    /// When it was given.
    pub(crate) given: Timestamp,
    /// Whether it was taken back, at whatever moment.
    pub(crate) withdrawn: bool,
    /// The doctor is a member of the group, now. Services keep no members here: true.
    pub(crate) doctor_is_member: bool,
}

/// Somebody whom prescriptions are for, as the one who asks finds them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PatientFacts {
    /// Age today; absent: the identity number has no date of birth that can be read.
    pub(crate) age: Option<Age>,
    /// What the asker is to the patient, by the population register.
    pub(crate) guardian: Option<GuardianKind>,
    /// Whether the patient has closed the look-up for everybody.
    pub(crate) closed: bool,
    /// Whether the patient has closed it for the asker's HPR number: no ground opens that.
    pub(crate) closed_to_asker: bool,
}

/// What a guardian is to a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardianKind {
    /// A parent: until the twelfth birthday.
    Parent,
    /// An appointed guardian (verge) of an adult.
    Appointed,
}

/// A system that asks for advice, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientFacts {
    /// Who proposed it.
    pub(crate) proposer: PersonId,
    /// Whether it still waits for a second person.
    pub(crate) waits: bool,
    /// Whether it was ended.
    pub(crate) ended: bool,
    /// Whether its time is over.
    pub(crate) over: bool,
    /// Whether its advice is shown.
    pub(crate) shows: bool,
    /// The proposal to show it that nobody has settled.
    pub(crate) showing: Option<ShowingFacts>,
}

/// A proposal to show a system's advice, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShowingFacts {
    /// Who proposed it.
    pub(crate) proposer: PersonId,
    /// The moment from which it counts no more.
    pub(crate) until: Timestamp,
}

/// An appointment, as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppointmentFacts {
    /// Who is to be appointed, if they have a person in the journal.
    pub(crate) appointee: Option<PersonId>,
    /// The appointee's HPR number, if the role asks for one or they have one.
    pub(crate) appointee_hpr: Option<HprNumber>,
    /// Who proposed it; absent: the verb of the binary.
    pub(crate) proposer: Option<PersonId>,
    /// Whether it still waits for a second person.
    pub(crate) waits: bool,
    /// Whether it was ended.
    pub(crate) ended: bool,
}
