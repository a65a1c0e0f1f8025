//! Whose certificates are believed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use thiserror::Error;
use webpki::{EndEntityCert, ExtendedKeyUsageValidator, KeyPurposeIdIter, aws_lc_rs};

use super::certificate::Certificate;
use super::fault::SignatureFault;
use super::pki;

/// The extended key usages that a signing certificate may have: client authentication, protection of e-mail, signing of
/// documents (RFC 9336), any. The certificates that were seen have none or the first two; a time stamp authority's has another.
const PURPOSES: [&[usize]; 4] = [
    &[1, 3, 6, 1, 5, 5, 7, 3, 2],
    &[1, 3, 6, 1, 5, 5, 7, 3, 4],
    &[1, 3, 6, 1, 5, 5, 7, 3, 36],
    &[2, 5, 29, 37, 0],
];

/// How issuers may have signed certificates: RSA with SHA-2.
const ISSUERS_SIGN_WITH: [&dyn SignatureVerificationAlgorithm; 3] = [
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA384,
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA512,
];

/// The authorities, the certificates taken back, and whether old signatures count.
///
/// Made once and used for many messages: the authorities are read when it is made.
#[derive(Debug, Clone)]
pub struct Trust {
    anchors: Vec<TrustAnchor<'static>>,
    intermediates: Vec<CertificateDer<'static>>,
    revoked: BTreeSet<(Vec<u8>, Vec<u8>)>,
    /// Serial numbers taken back whoever issued them.
    revoked_serials: BTreeSet<Vec<u8>>,
    takes_legacy: bool,
    for_tests: bool,
}

/// An authority cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TrustError {
    /// The bytes are not a certificate.
    #[error("authority number {number} cannot be read as an X.509 certificate; give its DER bytes")]
    Unreadable {
        /// Counted from 1.
        number: usize,
    },
    /// A certificate of somebody who signs, such as a pharmacy's own: whoever it vouched for would not be believed.
    #[error(
        "authority number {number} is no authority's certificate (basic constraints); give that of the authority that issued it"
    )]
    NotAnAuthority {
        /// Counted from 1.
        number: usize,
    },
    /// A test authority where only real ones belong, or the other way round.
    #[error(
        "authority number {number} is {what}; real and test authorities are never trusted together"
    )]
    Mixed {
        /// Counted from 1.
        number: usize,
        /// What it is.
        what: &'static str,
    },
}

/// A line of a list of certificates taken back that is no serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "line {line} is no serial number of a certificate; write it in hexadecimal, two digits a byte"
)]
pub struct NotASerial {
    /// Counted from 1.
    pub line: usize,
}

impl Trust {
    /// Trusts real authorities (DER), by preference the issuing ones (Buypass Class 3 CA, Commfides CPN Person): messages carry
    /// only the signer's certificate. An authority that this project made for tests is refused.
    pub fn new(authorities: &[Vec<u8>]) -> Result<Self, TrustError> {
        Self::of(authorities, false)
    }

    /// Trusts test authorities that this project made (`pki::TestAuthority`), and no other; their word on HPR numbers is taken.
    pub fn for_tests(authorities: &[Vec<u8>]) -> Result<Self, TrustError> {
        Self::of(authorities, true)
    }

    fn of(authorities: &[Vec<u8>], for_tests: bool) -> Result<Self, TrustError> {
        let mut anchors = Vec::new();
        for (bytes, number) in authorities.iter().zip(1..) {
            let unreadable = TrustError::Unreadable { number };
            let certificate = CertificateDer::from(bytes.as_slice());
            let anchor = webpki::anchor_from_trusted_cert(&certificate).map_err(|_| unreadable)?;
            let read = Certificate::read(bytes).map_err(|_| unreadable)?;
            if !read.is_authority() {
                return Err(TrustError::NotAnAuthority { number });
            }
            let signer = read.signer(false).map_err(|_| unreadable)?;
            let is_test = signer.issuer_organisation.as_deref() == Some(pki::TEST_ORGANISATION);
            if is_test != for_tests {
                let what = if is_test {
                    "a test authority"
                } else {
                    "a real authority"
                };
                return Err(TrustError::Mixed { number, what });
            }
            anchors.push(anchor.to_owned());
        }
        Ok(Self {
            anchors,
            intermediates: Vec::new(),
            revoked: BTreeSet::new(),
            revoked_serials: BTreeSet::new(),
            takes_legacy: false,
            for_tests,
        })
    }

    /// Adds certificates between signers and authorities (DER) that messages may leave out. They are not trusted by themselves.
    #[must_use]
    pub fn with_intermediates(mut self, certificates: &[Vec<u8>]) -> Self {
        let owned = certificates
            .iter()
            .map(|it| CertificateDer::from(it.clone()));
        self.intermediates.extend(owned);
        self
    }

    /// Takes signatures of the old kind (RSA-SHA1) too and reports them as `Strength::Legacy`. A live intermediary does not.
    #[must_use]
    pub fn taking_legacy(mut self) -> Self {
        self.takes_legacy = true;
        self
    }

    /// Adds a certificate (DER) to those taken back; it is refused from now on whatever its days are.
    pub fn revoke(&mut self, certificate: &[u8]) -> Result<(), SignatureFault> {
        let certificate = Certificate::read(certificate)?;
        let (issuer, serial) = certificate.name();
        self.revoked.insert((issuer.to_vec(), serial.to_vec()));
        Ok(())
    }

    /// With certificates taken back by their serial numbers, one a line in hexadecimal, with colons or without, and anything after a semicolon.
    /// Numbers of two issuers may be the same: then both are refused, which harms nobody for long.
    ///
    /// ```
    /// use riktig_eresept::signature::Trust;
    /// let trust = Trust::new(&[])?;
    /// assert!(trust.clone().revoking("0A:1b:2C;lost card\n\n3f00").is_ok());
    /// assert_eq!(trust.revoking("0A1\n").unwrap_err().line, 1);
    /// # Ok::<(), riktig_eresept::signature::TrustError>(())
    /// ```
    ///
    /// # Errors
    /// At the first line that is no serial number.
    pub fn revoking(mut self, serials: &str) -> Result<Self, NotASerial> {
        for (line, text) in (1..).zip(serials.lines()) {
            let number = text.split(';').next().unwrap_or_default().trim();
            if number.is_empty() {
                continue;
            }
            let serial = serial(number).ok_or(NotASerial { line })?;
            self.revoked_serials.insert(serial);
        }
        Ok(self)
    }

    pub(super) fn takes_legacy(&self) -> bool {
        self.takes_legacy
    }

    pub(super) fn vouches_for_hpr(&self) -> bool {
        self.for_tests
    }

    /// Believes the first certificate or says why not.
    pub(super) fn check(
        &self,
        certificates: &[Vec<u8>],
        at: Timestamp,
    ) -> Result<(), SignatureFault> {
        let Some((first, others)) = certificates.split_first() else {
            return Err(SignatureFault::NoCertificate);
        };
        let certificate = Certificate::read(first)?;
        if !certificate.may_sign() {
            return Err(SignatureFault::Usage);
        }
        let der = CertificateDer::from(first.as_slice());
        let end_entity =
            EndEntityCert::try_from(&der).map_err(|_| SignatureFault::Certificate {
                what: "it is not an X.509 certificate of version 3",
            })?;
        let ours = self.intermediates.iter().map(|it| &**it);
        let between: Vec<CertificateDer<'_>> = ours
            .chain(others.iter().map(Vec::as_slice))
            .map(CertificateDer::from)
            .collect();
        let seconds = u64::try_from(at.as_second()).map_err(|_| SignatureFault::NotYetValid)?;
        let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
        let path = end_entity
            .verify_for_usage(
                &ISSUERS_SIGN_WITH,
                &self.anchors,
                &between,
                time,
                Purposes,
                None,
                None,
            )
            .map_err(fault)?;
        let above = path
            .intermediate_certificates()
            .map(|it| (it.issuer(), it.serial()));
        let mut chain = std::iter::once((certificate.name().0, certificate.name().1)).chain(above);
        let revoked = |(issuer, serial): (&[u8], &[u8])| {
            let positive = serial
                .strip_prefix(&[0])
                .filter(|it| !it.is_empty())
                .unwrap_or(serial);
            self.revoked_serials.contains(positive)
                || self.revoked.contains(&(issuer.to_vec(), positive.to_vec()))
        };
        if chain.any(revoked) {
            return Err(SignatureFault::Revoked);
        }
        Ok(())
    }
}

/// The bytes of a serial number in hexadecimal, without zeros in front.
fn serial(text: &str) -> Option<Vec<u8>> {
    let digits: String = text.chars().filter(|it| *it != ':').collect();
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    let bytes = bytes.filter(|bytes| rest.is_empty() && !bytes.is_empty())?;
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    Some(bytes[zeros.min(bytes.len() - 1)..].to_vec())
}

fn fault(error: webpki::Error) -> SignatureFault {
    match error {
        webpki::Error::CertExpired { .. } => SignatureFault::Expired,
        webpki::Error::CertNotValidYet { .. } => SignatureFault::NotYetValid,
        webpki::Error::RequiredEkuNotFoundContext(_) => SignatureFault::Usage,
        _ => SignatureFault::Foreign,
    }
}

/// Accepts certificates without extended key usage, and those with one that goes with signing.
struct Purposes;

impl ExtendedKeyUsageValidator for Purposes {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), webpki::Error> {
        let mut found = Vec::new();
        for purpose in purposes {
            found.push(purpose?.to_decoded_oid());
        }
        if found.is_empty() || found.iter().any(|it| PURPOSES.contains(&it.as_slice())) {
            return Ok(());
        }
        Err(webpki::Error::RequiredEkuNotFoundContext(
            webpki::RequiredEkuNotFoundContext {
                required: webpki::KeyUsage::client_auth(),
                present: found,
            },
        ))
    }
}
