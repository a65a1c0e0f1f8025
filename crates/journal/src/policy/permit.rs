//! The answer.

use jiff::Timestamp;
use riktig_codes::{HprNumber, OrganisationNumber};

use super::{About, Act, RoleKind, Who};
use crate::id::PersonId;

/// Leave for one act, at one moment. Only [`decide`](super::decide) makes one; it is used up by the act, and everything
/// that the log needs is in it.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a permit is leave for an act, not the act"]
pub struct Permit {
    pub(super) who: Who,
    pub(super) hpr: Option<HprNumber>,
    pub(super) organisation: Option<OrganisationNumber>,
    pub(super) basis: Basis,
    pub(super) act: Act,
    pub(super) about: About,
    pub(super) subject_hpr: Option<HprNumber>,
    pub(super) subject_person: Option<PersonId>,
    pub(super) at: Timestamp,
}

/// On what ground an act is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Whoever is logged in, about themselves.
    Login,
    /// Whoever is logged in with an HPR number, about what all of them may see.
    Professional,
    /// It is the asker's own report, goal, share or appointment.
    Oneself,
    /// The asker is a member of the group.
    Membership,
    /// The asker is enrolled in the course.
    Enrolment,
    /// The asker is the patient's parent or appointed guardian.
    Guardian,
    /// The doctor shares it with the leader who asks.
    Share,
    /// An appointment in force as leader of this group.
    GroupLeader,
    /// An appointment in force as leader of this nursing home.
    NursingHomeLeader,
    /// An appointment in force as leader of this out-of-hours service.
    OutOfHoursLeader,
    /// An appointment in force as chief doctor of this municipality, or of one in this county.
    ChiefDoctor,
    /// An appointment in force as operator.
    Operator,
    /// An appointment in force as researcher.
    Researcher,
    /// A verb of the binary.
    Verb,
}

/// No.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("refused {}: {}", act.word(), reason.word())]
pub struct Refusal {
    /// What was asked for.
    pub act: Act,
    /// What the page answers.
    pub reply: Reply,
    /// Why, for the log only: with [`Reply::NotThere`] even the reason would tell.
    pub reason: Reason,
}

/// What a page answers to a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reply {
    /// 404: whether it exists is itself a secret.
    NotThere,
    /// 403: everybody knows that it exists, and the page may say what is lacking.
    Forbidden,
}

/// Why something was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The act cannot be about this.
    WrongObject,
    /// The asker has no role, membership or ownership that reaches it.
    NoStanding,
    /// The asker had an appointment that reached it; it is over or has not begun.
    NotInForce,
    /// The doctor has not shared it with the asker.
    NotShared,
    /// The edition is not on the shelf.
    NotOnShelf,
    /// The patient is too young or too old for it, or the age cannot be told.
    Age,
    /// The patient has closed it.
    Closed,
    /// One cannot do this for oneself: another person must.
    OwnMatter,
    /// The second person must be another than the first.
    SamePerson,
    /// It was already settled.
    Settled,
    /// It waited too long for its second person, and counts no more.
    Expired,
    /// There are enough operators: they appoint the next.
    EnoughOperators,
}

impl Permit {
    /// Who acts.
    pub fn who(&self) -> Who {
        self.who
    }

    /// The person who acts, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        match self.who {
            Who::Person(person) => Some(person),
            Who::Verb(_) => None,
        }
    }

    /// Their HPR number.
    pub fn hpr(&self) -> Option<HprNumber> {
        self.hpr
    }

    /// The organisation they act for.
    pub fn organisation(&self) -> Option<OrganisationNumber> {
        self.organisation
    }

    /// On what ground.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// What is done.
    pub fn act(&self) -> Act {
        self.act
    }

    /// About what.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The doctor whom it concerns, if one: they find it in the log about themselves.
    pub fn subject_hpr(&self) -> Option<HprNumber> {
        self.subject_hpr
    }

    /// The person whom it concerns, if the journal knows one.
    pub fn subject_person(&self) -> Option<PersonId> {
        self.subject_person
    }

    /// The moment for which it is given.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Whether a read needs a line in the log: not of what is one's own, nor of figures that are published and nobody's.
    pub fn is_logged(&self) -> bool {
        let own = matches!(self.basis, Basis::Login | Basis::Oneself | Basis::Enrolment);
        let published = matches!(
            self.about,
            About::Municipality(_) | About::County(_) | About::Country
        ) && !self.act.shows_people();
        self.act.is_write() || !(own || published)
    }
}

impl Basis {
    /// All, in the order of the table's columns.
    pub const ALL: [Basis; 14] = [
        Basis::Login,
        Basis::Professional,
        Basis::Oneself,
        Basis::Membership,
        Basis::Enrolment,
        Basis::Guardian,
        Basis::Share,
        Basis::GroupLeader,
        Basis::NursingHomeLeader,
        Basis::OutOfHoursLeader,
        Basis::ChiefDoctor,
        Basis::Operator,
        Basis::Researcher,
        Basis::Verb,
    ];

    /// The word in the log.
    pub fn word(self) -> &'static str {
        match self {
            Basis::Login => "login",
            Basis::Professional => "professional",
            Basis::Oneself => "oneself",
            Basis::Membership => "membership",
            Basis::Enrolment => "enrolment",
            Basis::Guardian => "guardian",
            Basis::Share => "share",
            Basis::GroupLeader => RoleKind::GroupLeader.word(),
            Basis::NursingHomeLeader => RoleKind::NursingHomeLeader.word(),
            Basis::OutOfHoursLeader => RoleKind::OutOfHoursLeader.word(),
            Basis::ChiefDoctor => RoleKind::ChiefDoctor.word(),
            Basis::Operator => RoleKind::Operator.word(),
            Basis::Researcher => RoleKind::Researcher.word(),
            Basis::Verb => "verb",
        }
    }
}

impl Reason {
    /// The word in the log.
    pub fn word(self) -> &'static str {
        match self {
            Reason::WrongObject => "wrong_object",
            Reason::NoStanding => "no_standing",
            Reason::NotInForce => "not_in_force",
            Reason::NotShared => "not_shared",
            Reason::NotOnShelf => "not_on_shelf",
            Reason::Age => "age",
            Reason::Closed => "closed",
            Reason::OwnMatter => "own_matter",
            Reason::SamePerson => "same_person",
            Reason::Settled => "settled",
            Reason::Expired => "expired",
            Reason::EnoughOperators => "enough_operators",
        }
    }
}

impl Reply {
    /// The status of the page.
    pub fn status(self) -> u16 {
        match self {
            Reply::NotThere => 404,
            Reply::Forbidden => 403,
        }
    }
}
