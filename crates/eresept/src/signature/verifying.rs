//! Checking a signed message.

use std::fmt;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use jiff::Timestamp;

use super::canonical::{self, Form};
use super::certificate::{Certificate, MIN_KEY_BITS};
use super::fault::SignatureFault;
use super::profile::{self, Claim, Hash};
use super::signer::Signer;
use super::trust::Trust;
use crate::xml::Document;

/// A message whose signature was checked. `Debug` shows nothing of what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    /// Who signed.
    pub signer: Signer,
    /// How strong the signature is.
    pub strength: Strength,
    /// Whether something was put inside `Signature` after the signing (`Object`), as the real intermediary does with its time
    /// stamp and its look-up of the prescriber. Nobody has checked it, and it is not in `signed`.
    pub has_unsigned_objects: bool,
    signed: Vec<u8>,
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("signer", &self.signer)
            .field("strength", &self.strength)
            .finish_non_exhaustive()
    }
}

impl Verified {
    /// What was signed: the message in canonical form, without its signature. **Read the message from these bytes and from no
    /// others**; then whatever else stood in what was sent cannot be taken for signed.
    pub fn signed(&self) -> &[u8] {
        &self.signed
    }

    /// The same, to keep.
    pub fn into_signed(self) -> Vec<u8> {
        self.signed
    }
}

/// The shortest key of a message that is only looked at: those of 2003 had 1024 bits.
const OLD_KEY_BITS: usize = 1024;

/// How strong a signature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// RSA-SHA256 over exclusive canonical XML: what is made and asked for today.
    Sound,
    /// RSA-SHA1 or inclusive canonical XML: examples from before 2020 and some organisations. SHA-1 no longer shows that a message is the one that
    /// was signed.
    Legacy,
}

/// Checks a signed message at a time: unchanged, signed as a whole by one certificate that was believed then.
///
/// ```
/// use riktig_eresept::signature::{self, SignatureFault, Trust};
/// # use riktig_eresept::signature::pki::TestAuthority;
/// # let at: jiff::Timestamp = "2026-03-01T10:00:00Z".parse()?;
/// # let authority = TestAuthority::new(at)?;
/// # let key = authority.person("Ola Testlege", None, at)?;
/// let message = br#"<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24"><Document>1</Document></MsgHead>"#;
/// let signed = signature::sign(message, &key, at)?;
/// let trust = Trust::for_tests(&[authority.certificate().to_vec()])?;
///
/// let verified = signature::verify(&signed, &trust, at)?;
/// assert_eq!(verified.signed(), message);
///
/// let changed = String::from_utf8(signed)?.replace(">1<", ">2<");
/// let fault = signature::verify(changed.as_bytes(), &trust, at).unwrap_err();
/// assert_eq!((fault, fault.code()), (SignatureFault::Changed, "S01"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The first reason not to believe it. A message that was changed is told from one whose certificate is not believed: the message
/// is checked first.
pub fn verify(message: &[u8], trust: &Trust, at: Timestamp) -> Result<Verified, SignatureFault> {
    let checked = checked(message, MIN_KEY_BITS)?;
    if checked.strength == Strength::Legacy && !trust.takes_legacy() {
        return Err(SignatureFault::Legacy);
    }
    let certificate = Certificate::read(&checked.certificates[0])?;
    trust.check(&checked.certificates, at)?;
    Ok(Verified {
        signer: certificate.signer(trust.vouches_for_hpr())?,
        strength: checked.strength,
        has_unsigned_objects: checked.has_objects,
        signed: checked.signed,
    })
}

/// A message that is unchanged since it was signed; **by whom is not shown**, since anybody can make a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspected {
    /// Whom the certificate names.
    pub claimed: Signer,
    /// How strong the signature is.
    pub strength: Strength,
}

/// Looks at a signature without trusting anybody: for showing messages and testing systems, never for acting on them.
///
/// # Errors
///
/// As `verify`, without what concerns trust.
pub fn inspect(message: &[u8]) -> Result<Inspected, SignatureFault> {
    let checked = checked(message, OLD_KEY_BITS)?;
    let claimed = Certificate::read(&checked.certificates[0])?.signer(false)?;
    Ok(Inspected {
        claimed,
        strength: checked.strength,
    })
}

/// What the signature covers of a message that was verified when it came and lies where it was kept: read it from these bytes and
/// from no others. That it is unchanged since it was signed is looked at again; who signed, and whether they are believed, is not.
///
/// # Errors
///
/// It has no signature of the one shape that is taken, or was changed.
pub fn covered(message: &[u8]) -> Result<Vec<u8>, SignatureFault> {
    let document = Document::read(message).map_err(SignatureFault::Document)?;
    unchanged(&document, &profile::read(&document)?)
}

/// What is signed, if it is what the signature says.
fn unchanged(document: &Document, claim: &Claim<'_>) -> Result<Vec<u8>, SignatureFault> {
    let signed = canonical::whole(document, Some(claim.signature), claim.message_form)?;
    let algorithm = match claim.hash {
        Hash::Sha256 => &SHA256,
        Hash::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
    };
    if digest(algorithm, &signed).as_ref() != claim.digest {
        return Err(SignatureFault::Changed);
    }
    Ok(signed)
}

/// What the checks of message and signature leave for trust to judge.
struct Checked {
    certificates: Vec<Vec<u8>>,
    has_objects: bool,
    signed: Vec<u8>,
    strength: Strength,
}

fn checked(message: &[u8], min_bits: usize) -> Result<Checked, SignatureFault> {
    let document = Document::read(message).map_err(SignatureFault::Document)?;
    let claim = profile::read(&document)?;
    let strength = match (claim.hash, claim.info_form, claim.message_form) {
        (Hash::Sha256, Form::Exclusive, Form::Exclusive) => Strength::Sound,
        _ => Strength::Legacy,
    };
    let signed = unchanged(&document, &claim)?;
    let around = [document.root(), claim.signature];
    let info = canonical::part(claim.signed_info, &around, claim.info_form)?;
    let certificate = Certificate::read(&claim.certificates[0])?;
    certificate.check_key(min_bits)?;
    certificate.verify(claim.hash, &info, &claim.value)?;
    Ok(Checked {
        has_objects: claim.has_objects,
        certificates: claim.certificates,
        signed,
        strength,
    })
}
