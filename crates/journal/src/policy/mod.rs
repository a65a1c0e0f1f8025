//! Who may do what, about whom: the one place that answers.
//!
//! An [`Actor`] (who is logged in, with the appointments that the journal holds) asks for an [`Act`] [`About`] something.
//! [`decide`] weighs it with the [`Facts`] that the journal has read in the same transaction, at one moment, and answers
//! with a [`Permit`] or a [`Refusal`]. It opens nothing and reads no clock; the same question has the same answer.
//!
//! A page cannot make an actor, facts or a permit: their fields are private to this crate. It takes the actor from a
//! session, asks the journal for the permit, and can only act or look with that permit in hand. The table of every role
//! and every act is `docs/reference/policy.md`, written from the same rules; the reasons are in decision 0013.

mod about;
mod act;
mod actor;
mod decide;
mod facts;
mod permit;
mod role;
mod rule_name;

pub use about::{About, Audience, EditionId, NameError, ServiceCode};
pub use act::Act;
pub use actor::{Actor, Standing, Who};
pub use decide::{OPERATORS_BY_VERB, decide};
pub use facts::{
    AppointmentFacts, ClientFacts, Facts, GuardianKind, PatientFacts, ShareFacts, ShowingFacts,
};
pub use permit::{Basis, Permit, Reason, Refusal, Reply};
pub use role::{Role, RoleKind};
pub use rule_name::RuleName;

#[cfg(test)]
mod tests;
