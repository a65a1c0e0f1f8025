//! Certificates for tests and demonstrations: an authority, and persons and organisations under it.
//!
//! Every name says that it is a test, `Trust::new` refuses the authority, and `Trust::for_tests` refuses all others: a test
//! certificate is believed only where tests are run. The subjects are built as those of Buypass (`docs/reference/signatures.md`).

use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::{Timestamp, ToSpan};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PKCS_RSA_SHA256, RsaKeySize,
};
use riktig_codes::{HprNumber, OrganisationNumber};
use thiserror::Error;

use super::certificate::HPR_UNIT;
use super::signing::{KeyError, SigningKey};

/// The organisation in the name of every authority that is made here.
pub const TEST_ORGANISATION: &str = "Riktig TEST - not for real use";
const AUTHORITY: &str = "Riktig TEST CA";
/// How long test certificates of persons and organisations are valid, in hours: three years, as cards are.
const LEAF_HOURS: i64 = 3 * 365 * 24;
/// How long a test authority is valid, in hours: longer than any certificate that it issues in its first seven years.
const AUTHORITY_HOURS: i64 = 10 * 365 * 24;

/// Test certificates cannot be made.
#[derive(Debug, Error)]
pub enum PkiError {
    /// The library refused.
    #[error("a test certificate cannot be made; try another name")]
    Made(#[from] rcgen::Error),
    /// The result cannot be used.
    #[error("the test certificate that was made cannot be used; try another key")]
    Key(#[from] KeyError),
    /// The time is outside what certificates can say.
    #[error("a certificate cannot begin at that time; give one between 1970 and 2900")]
    Time,
}

/// An authority for tests, with its private key.
pub struct TestAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Vec<u8>,
}

impl TestAuthority {
    /// Makes an authority that is valid for ten years from a time.
    pub fn new(from: Timestamp) -> Result<Self, PkiError> {
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
        let params = authority(from)?;
        let certificate = params.self_signed(&key)?.der().to_vec();
        let issuer = Issuer::new(params, key);
        Ok(Self {
            issuer,
            certificate,
        })
    }

    /// The authority that was written down before: its private key (PKCS #8) and its certificate, both DER.
    pub fn restore(private_key: &[u8], certificate: Vec<u8>) -> Result<Self, PkiError> {
        let key = KeyPair::try_from(private_key)?;
        // Only the name and the key are used for issuing; the days are those of the certificate that exists.
        let issuer = Issuer::new(authority(Timestamp::UNIX_EPOCH)?, key);
        Ok(Self {
            issuer,
            certificate,
        })
    }

    /// Its certificate, DER: what `Trust::for_tests` takes.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Its private key, PKCS #8: to write it where only its owner reads.
    pub fn private_key(&self) -> &[u8] {
        self.issuer.key().serialized_der()
    }

    /// A key and certificate for a person, valid for three years from a time.
    ///
    /// The subject is as on a Buypass card (country, common name, serial number `9578-…`), and has the HPR number as its unit, which
    /// real cards do not have.
    pub fn person(
        &self,
        name: &str,
        hpr: Option<HprNumber>,
        from: Timestamp,
    ) -> Result<SigningKey, PkiError> {
        self.issue(from, |subject, number| {
            if let Some(hpr) = hpr {
                subject.push(DnType::OrganizationalUnitName, format!("{HPR_UNIT}{hpr}"));
            }
            subject.push(DnType::CommonName, format!("{name} TEST"));
            subject.push(serial_number(), format!("9578-0000-{number:09}"));
        })
    }

    /// A key and certificate for an organisation, valid for three years from a time; its number is the subject's serial number.
    pub fn organisation(
        &self,
        name: &str,
        number: OrganisationNumber,
        from: Timestamp,
    ) -> Result<SigningKey, PkiError> {
        self.issue(from, |subject, _| {
            subject.push(DnType::OrganizationName, format!("{name} TEST"));
            subject.push(DnType::CommonName, format!("{name} TEST"));
            subject.push(serial_number(), number.to_string());
        })
    }

    fn issue(
        &self,
        from: Timestamp,
        name: impl FnOnce(&mut DistinguishedName, u32),
    ) -> Result<SigningKey, PkiError> {
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048)?;
        let hash = digest(&SHA256, key.public_key_raw());
        let number = hash.as_ref()[..4]
            .iter()
            .fold(0, |sum, it| sum << 8 | u32::from(*it));
        let mut params = lasting(from, LEAF_HOURS)?;
        params.distinguished_name.push(DnType::CountryName, "NO");
        name(&mut params.distinguished_name, number % 1_000_000_000);
        params.use_authority_key_identifier_extension = true;
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
        let certificate = params.signed_by(&key, &self.issuer)?;
        let der = certificate.der().to_vec();
        Ok(SigningKey::new(key.serialized_der(), vec![der])?)
    }
}

fn serial_number() -> DnType {
    DnType::CustomDnType(vec![2, 5, 4, 5])
}

fn authority(from: Timestamp) -> Result<CertificateParams, PkiError> {
    let mut params = lasting(from, AUTHORITY_HOURS)?;
    let subject = &mut params.distinguished_name;
    subject.push(DnType::CountryName, "NO");
    subject.push(DnType::OrganizationName, TEST_ORGANISATION);
    subject.push(DnType::CommonName, AUTHORITY);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

/// Parameters with days, and nothing else.
fn lasting(from: Timestamp, hours: i64) -> Result<CertificateParams, PkiError> {
    let until = from
        .checked_add(hours.hours())
        .map_err(|_| PkiError::Time)?;
    let time = |at: Timestamp| {
        let seconds = u64::try_from(at.as_second()).ok()?;
        // Later years do not fit the form of a date in a certificate.
        let fits = seconds < 30_000_000_000;
        fits.then(|| rcgen::date_time_ymd(1970, 1, 1) + Duration::from_secs(seconds))
    };
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.not_before = time(from).ok_or(PkiError::Time)?;
    params.not_after = time(until).ok_or(PkiError::Time)?;
    Ok(params)
}
