//! What an act is about.

use std::fmt;
use std::str::FromStr;

use riktig_codes::{HprNumber, MunicipalityNumber};

use super::RuleName;
use crate::id::{
    AppointmentId, ClientId, CourseId, DisputeId, GroupId, MailingId, PatientId, PersonId,
};
use crate::store::{FromValue, Value};

/// What an act is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The person who asks, whoever it is.
    Oneself,
    /// A doctor's report in one edition, with all that stands in it.
    Report(HprNumber, EditionId),
    /// A doctor, apart from one edition: goals, shares, notices.
    Prescriber(HprNumber),
    /// What a doctor shares or takes back, and with whom.
    Shared(HprNumber, Audience),
    /// A course group.
    Group(GroupId),
    /// One member of a course group, or somebody who is to become one.
    Member(GroupId, HprNumber),
    /// A course of a group.
    Course(GroupId, CourseId),
    /// One doctor in a course: enrolment, attendance, certificate.
    Attendee(GroupId, CourseId, HprNumber),
    /// A nursing home, an out-of-hours service or a practice.
    Service(ServiceCode),
    /// A municipality.
    Municipality(MunicipalityNumber),
    /// A county: its number, 1 to 99.
    County(u8),
    /// The whole country: its aggregates, deliveries, mailings as a whole.
    Country,
    /// An edition in the house or on the shelf.
    Edition(EditionId),
    /// An appointment that is proposed or in force.
    Appointment(AppointmentId),
    /// A dispute about rows.
    Dispute(DisputeId),
    /// A mailing.
    Mailing(MailingId),
    /// Rules of the guideline, by the name of a switch.
    Rule(RuleName),
    /// A system that asks for advice.
    Client(ClientId),
    /// A person by id.
    Person(PersonId),
    /// Somebody whom prescriptions of the chain are for.
    Patient(PatientId),
    /// What a doctor has prescribed, or is to prescribe, to somebody: the line concerns both.
    Prescribed(HprNumber, PatientId),
    /// The journal itself: its chain, its back-up, its limits of age.
    Journal,
}

/// With whom a doctor shares: the leader or leaders of this, nobody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Of a course group.
    Group(GroupId),
    /// Of a nursing home or an out-of-hours service.
    Service(ServiceCode),
}

/// A name that is not in the allowed form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot use this as the name of {of}: {rule}")]
pub struct NameError {
    pub(super) of: &'static str,
    pub(super) rule: &'static str,
}

/// Name of an edition in the portal: 1 to 64 of `a–z`, `0–9`, `-`, beginning with a letter or digit. It is a part of
/// addresses and never a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(String);

/// Code of a nursing home, an out-of-hours service or a practice, as editions name it: 1 to 64 visible characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceCode(String);

/// Longest name of either.
const NAME_LENGTH: usize = 64;

impl EditionId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ServiceCode {
    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EditionId {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let fits = (1..=NAME_LENGTH).contains(&text.len())
            && !text.starts_with('-')
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        fits.then(|| Self(text.to_owned())).ok_or(NameError {
            of: "an edition",
            rule: "1 to 64 of a-z, 0-9 and -, beginning with a letter or digit",
        })
    }
}

impl FromStr for ServiceCode {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Self, NameError> {
        let length = text.chars().count();
        let fits = (1..=NAME_LENGTH).contains(&length)
            && !text.chars().any(|c| c.is_control() || c.is_whitespace());
        fits.then(|| Self(text.to_owned())).ok_or(NameError {
            of: "a service",
            rule: "1 to 64 characters without spaces",
        })
    }
}

impl FromValue for EditionId {
    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}

impl fmt::Display for EditionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl About {
    /// The doctor whom it is about, if it is about one: the log is found by it.
    pub fn prescriber(&self) -> Option<HprNumber> {
        match self {
            About::Report(hpr, _)
            | About::Prescriber(hpr)
            | About::Shared(hpr, _)
            | About::Member(_, hpr)
            | About::Attendee(_, _, hpr)
            | About::Prescribed(hpr, _) => Some(*hpr),
            _ => None,
        }
    }

    /// The person whom it is about, where that is not who asks: the log is found by it. A patient is one of them.
    pub(crate) fn other_person(&self) -> Option<PersonId> {
        match self {
            About::Person(person) => Some(*person),
            About::Patient(patient) | About::Prescribed(_, patient) => {
                Some(PersonId::from_bytes(*patient.as_bytes()))
            }
            _ => None,
        }
    }

    /// The word for its kind, as it stands in the log.
    pub fn word(&self) -> &'static str {
        match self {
            About::Oneself => "oneself",
            About::Report(..) => "report",
            About::Prescriber(_) => "prescriber",
            About::Shared(..) => "share",
            About::Group(_) => "group",
            About::Member(..) => "member",
            About::Course(..) => "course",
            About::Attendee(..) => "attendee",
            About::Service(_) => "service",
            About::Municipality(_) => "municipality",
            About::County(_) => "county",
            About::Country => "country",
            About::Edition(_) => "edition",
            About::Appointment(_) => "appointment",
            About::Dispute(_) => "dispute",
            About::Mailing(_) => "mailing",
            About::Rule(_) => "rule",
            About::Client(_) => "client",
            About::Person(_) => "person",
            About::Patient(_) => "patient",
            About::Prescribed(..) => "prescribed",
            About::Journal => "journal",
        }
    }

    /// Which one of its kind, without the doctor (who has a column of their own in the log): empty where there is one only.
    pub fn object(&self) -> String {
        match self {
            About::Report(_, edition) | About::Edition(edition) => edition.to_string(),
            About::Shared(_, Audience::Group(group))
            | About::Group(group)
            | About::Member(group, _) => group.to_string(),
            About::Shared(_, Audience::Service(code)) | About::Service(code) => code.to_string(),
            About::Course(group, course) | About::Attendee(group, course, _) => {
                format!("{group}/{course}")
            }
            About::Municipality(number) => number.to_string(),
            About::County(number) => format!("{number:02}"),
            About::Appointment(id) => id.to_string(),
            About::Dispute(id) => id.to_string(),
            About::Mailing(id) => id.to_string(),
            About::Rule(name) => name.to_string(),
            About::Client(id) => id.to_string(),
            About::Person(id) => id.to_string(),
            // Whose they are has a column of its own, which goes when the name does.
            About::Oneself
            | About::Prescriber(_)
            | About::Patient(_)
            | About::Prescribed(..)
            | About::Country
            | About::Journal => String::new(),
        }
    }
}
