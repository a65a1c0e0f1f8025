//! Typed ids: a group's id cannot be handed to somebody who asks for a person's.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use uuid::Uuid;

use crate::store::{FromValue, JournalError, Value};

/// A text that is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot read an id of {of}")]
pub struct IdError {
    of: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident of $of:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id (UUID version 7): sorts by the moment, and ten bytes of chance keep it from being guessed.
            pub fn new(now: Timestamp, chance: [u8; 10]) -> Self {
                Self(of_moment(now, chance))
            }

            /// A new id with the operating system's chance.
            pub(crate) fn draw(now: Timestamp) -> Result<Self, JournalError> {
                let mut chance = [0; 10];
                aws_lc_rs::rand::fill(&mut chance).map_err(|_| JournalError::Chance)?;
                Ok(Self::new(now, chance))
            }

            /// The id with these bytes.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The id that a database column holds, if it has sixteen bytes.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }

            /// Its sixteen bytes, as they stand in the database.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.hyphenated(), f)
            }
        }

        /// Sixteen bytes.
        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                Value::from(id.0)
            }
        }

        impl FromValue for $name {
            fn from_value(value: &Value) -> Option<Self> {
                Uuid::from_value(value).map(Self)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                // Only the one spelling that Display writes: an address has one form.
                let id = Uuid::try_parse(text).map_err(|_| IdError { of: $of })?;
                let mut written = Uuid::encode_buffer();
                (id.hyphenated().encode_lower(&mut written) == text)
                    .then_some(Self(id))
                    .ok_or(IdError { of: $of })
            }
        }
    )+};
}

ids! {
    /// A person who has logged in, or whom somebody proposed for an appointment.
    PersonId of "a person";
    /// Somebody whom prescriptions of the chain are for; another id than that of the person who logs in.
    PatientId of "a patient";
    /// An appointment (oppnevning).
    AppointmentId of "an appointment";
    /// A course group (kursgruppe, etterutdanningsgruppe).
    GroupId of "a group";
    /// A course (kurs).
    CourseId of "a course";
    /// A goal (mål) for one indicator.
    GoalId of "a goal";
    /// A share (deling) of a doctor's own report.
    ShareId of "a share";
    /// Rows that a doctor says are not theirs.
    DisputeId of "a dispute";
    /// A system that asks for advice (EPJ).
    ClientId of "a client";
    /// A mailing (utsending).
    MailingId of "a mailing";
}

fn of_moment(now: Timestamp, chance: [u8; 10]) -> Uuid {
    // Before 1970 there was no portal; such a clock is answered with the first moment.
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_and_are_read_back_in_one_spelling_only() {
        let early = GroupId::new(Timestamp::from_second(1_000).expect("a moment"), [255; 10]);
        let late = GroupId::new(Timestamp::from_second(1_001).expect("a moment"), [0; 10]);
        assert!(early < late);
        assert_eq!(early.to_string().parse(), Ok(early));
        assert_eq!(GroupId::from_slice(early.as_bytes()), Some(early));
        let upper = early.to_string().to_uppercase();
        assert!(upper == early.to_string() || upper.parse::<GroupId>().is_err());
        assert!(
            early
                .to_string()
                .replace('-', "")
                .parse::<GroupId>()
                .is_err()
        );
    }
}
