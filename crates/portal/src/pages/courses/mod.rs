//! The leader's pages of courses: make one, enrol, note attendance, follow up, issue the certificate.
//!
//! An address holds the course's id and nothing else; of which group it is the journal tells, and the policy is asked about
//! both. HPR numbers are sent in forms only.

mod address;
pub(crate) mod attendance;
pub(crate) mod certificate;
pub(crate) mod course;
pub(crate) mod enrolment;
pub(crate) mod follow_up;
pub(crate) mod list;
pub(crate) mod meetings;
mod plan;
mod words;

pub(crate) use address::course_of;
pub(crate) use words::{missing, presence};
