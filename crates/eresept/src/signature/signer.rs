//! Who signed.

use std::fmt;

use riktig_codes::{HprNumber, OrganisationNumber};

/// Whose certificate made a signature.
///
/// The names of people stand in it: it is shown to those who may see the message, and its `Debug` form, which ends in logs,
/// has only the certificate's serial number and issuer.
#[derive(Clone, PartialEq, Eq)]
pub struct Signer {
    /// The subject's common name: a person's or an organisation's.
    pub name: String,
    /// The subject's `serialNumber`: of an organisation its number, of a person the issuer's own number for them
    /// (`9578-4050-…` of Buypass), which only the issuer can turn into an identity number.
    pub identifier: Option<String>,
    /// A person or an organisation.
    pub holder: Holder,
    /// The certificate's serial number in hexadecimal.
    pub serial: String,
    /// The issuer's common name.
    pub issuer: String,
    /// The issuer's organisation.
    pub issuer_organisation: Option<String>,
}

/// Who holds a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A person (personlig sertifikat).
    Person {
        /// The HPR number, where the certificate carries one and its issuer is trusted to vouch for it: test certificates
        /// of this project do, the health sector's own do not (the number is looked up by `Signer::identifier`).
        hpr: Option<HprNumber>,
    },
    /// An organisation (virksomhetssertifikat).
    Organisation {
        /// Its number in the Central Coordinating Register.
        number: OrganisationNumber,
    },
    /// It names an organisation without a number.
    Unknown,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("serial", &self.serial)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}
