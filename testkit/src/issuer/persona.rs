//! Who can log in at the issuer of tests.

use crate::person;

/// Somebody who does not exist, with a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// What `login_hint` names them by, and the page shows.
    pub hint: String,
    /// `pid`: an identity number.
    pub pid: String,
    /// The number in the register of health personnel, if they are in it.
    pub hpr: Option<String>,
}

impl Persona {
    /// A persona with the identity number of [`person`] number `number`.
    ///
    /// ```
    /// use riktig_testkit::issuer::Persona;
    /// let doctor = Persona::new("doctor", 1, Some("9144897"));
    /// assert_eq!(doctor.pid.len(), 11);
    /// ```
    #[must_use]
    pub fn new(hint: &str, number: u32, hpr: Option<&str>) -> Self {
        Self {
            hint: hint.to_owned(),
            pid: person(number).identity_number,
            hpr: hpr.map(String::from),
        }
    }

    /// The issuer's own name for them.
    #[must_use]
    pub fn sub(&self) -> String {
        format!("sub of {}", self.hint)
    }
}

/// A doctor, and an operator who is no health personnel: whom a new issuer knows.
pub(super) fn first() -> Vec<Persona> {
    vec![
        Persona::new("doctor", 1, Some("9144897")),
        Persona::new("operator", 2, None),
    ]
}
