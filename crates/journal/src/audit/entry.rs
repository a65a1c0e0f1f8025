//! What becomes a line of the log.

use std::borrow::Cow;

use riktig_codes::{HprNumber, OrganisationNumber};

use crate::id::PersonId;
use crate::policy::{About, Actor, Permit, Refusal, Who};
use crate::store::Value;

/// What becomes a line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Who.
    pub(crate) actor: Party,
    /// Which act, as one word.
    pub(crate) act: &'static str,
    /// Which role or right allowed it, as one word; empty in a refusal.
    pub(crate) basis: &'static str,
    /// About whom; nobody where it is about no single person.
    pub(crate) subject: Party,
    /// Kind of what it is about: a group, an edition.
    pub(crate) kind: &'static str,
    /// Which one of its kind; no person's number or name.
    pub(crate) object: String,
    /// `done`, or why it was refused, as one word.
    pub(crate) result: Cow<'static, str>,
}

/// Somebody as the log names them. All empty: nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Party {
    /// A verb of the binary.
    pub(crate) verb: Option<String>,
    /// A person of the journal.
    pub(crate) person: Option<PersonId>,
    /// Their HPR number.
    pub(crate) hpr: Option<HprNumber>,
    /// The organisation that they act for.
    pub(crate) organisation: Option<OrganisationNumber>,
}

/// The result of what was done.
pub(super) const DONE: &str = "done";

impl Entry {
    /// What a permit allows, done.
    pub(crate) fn done(permit: &Permit) -> Self {
        Self {
            actor: Party::of(permit.who(), permit.hpr(), permit.organisation()),
            act: permit.act().word(),
            basis: permit.basis().word(),
            subject: Party {
                person: permit.subject_person(),
                hpr: permit.subject_hpr(),
                ..Party::default()
            },
            kind: permit.about().word(),
            object: permit.about().object(),
            result: Cow::Borrowed(DONE),
        }
    }

    /// What was refused to somebody.
    pub(crate) fn refused(actor: &Actor, about: &About, refusal: Refusal) -> Self {
        let own = (*about == About::Oneself).then_some(actor);
        let person = about.other_person().or(own.and_then(Actor::person));
        Self {
            actor: Party::of(actor.who(), actor.hpr(), actor.organisation()),
            act: refusal.act.word(),
            basis: "",
            subject: Party {
                person,
                hpr: about.prescriber().or(own.and_then(Actor::hpr)),
                ..Party::default()
            },
            kind: about.word(),
            object: about.object(),
            result: Cow::Borrowed(refusal.reason.word()),
        }
    }
}

impl Party {
    fn of(who: Who, hpr: Option<HprNumber>, organisation: Option<OrganisationNumber>) -> Self {
        let (verb, person) = match who {
            Who::Verb(verb) => (Some(verb.to_owned()), None),
            Who::Person(person) => (None, Some(person)),
        };
        Self {
            verb,
            person,
            hpr,
            organisation,
        }
    }

    /// In the order of their columns.
    pub(super) fn values(&self) -> [Value; 4] {
        [
            self.verb.clone().into(),
            self.person.into(),
            self.hpr.into(),
            self.organisation.into(),
        ]
    }

    /// Whether it is nobody.
    pub(super) fn is_nobody(&self) -> bool {
        *self == Self::default()
    }
}
