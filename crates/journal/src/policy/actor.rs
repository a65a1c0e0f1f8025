//! Who asks.

use jiff::Timestamp;
use riktig_codes::{HprNumber, OrganisationNumber};

use super::{Role, RoleKind};
use crate::id::PersonId;

/// Who asks: a person who is logged in with what the journal knows of them, or a verb of the binary.
///
/// Made by the journal only, from a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub(crate) who: Who,
    pub(crate) hpr: Option<HprNumber>,
    /// The last HPR number of any login: it gives nothing, and keeps the person from settling their own matter.
    pub(crate) seen_hpr: Option<HprNumber>,
    pub(crate) organisation: Option<OrganisationNumber>,
    pub(crate) standings: Vec<Standing>,
}

/// A person or a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// A person who is logged in.
    Person(PersonId),
    /// A verb of the binary (`serve`, `appoint`, `retention`), run by whoever can read the server's keys.
    Verb(&'static str),
}

/// An appointment in force: the role, and from when until when (the end excluded).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub(crate) role: Role,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
}

impl Actor {
    /// The person, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        match self.who {
            Who::Person(person) => Some(person),
            Who::Verb(_) => None,
        }
    }

    /// Person or verb.
    pub fn who(&self) -> Who {
        self.who
    }

    /// The HPR number of the login. Operators and researchers may have none.
    pub fn hpr(&self) -> Option<HprNumber> {
        self.hpr
    }

    /// Whether this number is theirs in any of their logins: what is about it they do not settle, confirm or propose. A page
    /// shows no form for it; the policy refuses all the same.
    pub fn is_own_matter(&self, hpr: HprNumber) -> bool {
        self.hpr == Some(hpr) || self.seen_hpr == Some(hpr)
    }

    /// The organisation that the person is logged in for.
    pub fn organisation(&self) -> Option<OrganisationNumber> {
        self.organisation
    }

    /// The roles that are in force at `now`: what a page's navigation shows. A link that is shown is no right; every
    /// act is asked for.
    pub fn roles(&self, now: Timestamp) -> impl Iterator<Item = &Role> {
        self.standings
            .iter()
            .filter(move |standing| standing.is_in_force(now))
            .map(|standing| &standing.role)
    }

    /// Whether a role of this kind is in force at `now`.
    pub fn has(&self, kind: RoleKind, now: Timestamp) -> bool {
        self.roles(now).any(|role| role.kind() == kind)
    }

    /// The appointments, with those not in force at the moment.
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// A verb of the binary. It may maintain the journal and appoint the first operators; it reads nobody's report.
    pub fn verb(name: &'static str) -> Self {
        Self {
            who: Who::Verb(name),
            hpr: None,
            seen_hpr: None,
            organisation: None,
            standings: Vec::new(),
        }
    }
}

impl Standing {
    /// The role.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// From when.
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// Until when; at that moment it has ended.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Whether it is in force at `now`.
    pub fn is_in_force(&self, now: Timestamp) -> bool {
        self.from <= now && now < self.until
    }
}
