//! Signing a message.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::events::Event;
use thiserror::Error;

use super::canonical::{self, Form};
use super::certificate::{Certificate, MIN_KEY_BITS};
use super::fault::SignatureFault;
use super::profile::{self, DSIG, ENVELOPED, EXCLUSIVE, RSA_SHA256, SHA256 as SHA256_URI};
use crate::xml::Document;

/// A private key and its certificate.
pub struct SigningKey {
    key: RsaKeyPair,
    pkcs8: Vec<u8>,
    /// The signer's certificate first, DER.
    certificates: Vec<Vec<u8>>,
    valid: (Timestamp, Timestamp),
}

/// A key cannot be used for signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// The key is not an RSA key in PKCS #8.
    #[error(
        "the private key is not an RSA key in PKCS #8; convert it (openssl pkcs8 -topk8 -nocrypt)"
    )]
    Key,
    /// There is no certificate, or it cannot be used.
    #[error("the certificate cannot be used for signing; give a signing certificate in DER")]
    Certificate(#[source] SignatureFault),
    /// The certificate is another key's.
    #[error(
        "the certificate does not belong to the private key; give the pair that was issued together"
    )]
    Pair,
}

/// A message cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SigningError {
    /// The message is not one.
    #[error("the message cannot be signed; write it whole, with MsgHead outermost")]
    Message(#[source] SignatureFault),
    /// The bytes are not UTF-8, or `MsgHead` is empty.
    #[error("the message is not UTF-8 or has nothing in it; write it whole and in UTF-8")]
    Encoding,
    /// There is a signature already.
    #[error("the message is already signed; a signed message is never changed")]
    Signed,
    /// The certificate is not valid at the time of signing.
    #[error("the certificate is not valid at the time of signing; use a valid one")]
    Validity,
    /// The library refused.
    #[error("the private key cannot sign; use another key")]
    Key,
}

impl SigningKey {
    /// Takes a private key (RSA, PKCS #8, DER) and its certificate with those between it and the authority, if any (DER).
    pub fn new(pkcs8: &[u8], certificates: Vec<Vec<u8>>) -> Result<Self, KeyError> {
        let key = RsaKeyPair::from_pkcs8(pkcs8).map_err(|_| KeyError::Key)?;
        let first = certificates
            .first()
            .ok_or(KeyError::Certificate(SignatureFault::NoCertificate))?;
        let certificate = Certificate::read(first).map_err(KeyError::Certificate)?;
        certificate
            .check_key(MIN_KEY_BITS)
            .map_err(KeyError::Certificate)?;
        if !certificate.may_sign() {
            return Err(KeyError::Certificate(SignatureFault::Usage));
        }
        if key.public_key().as_ref() != certificate.key() {
            return Err(KeyError::Pair);
        }
        let valid = certificate.valid();
        Ok(Self {
            key,
            pkcs8: pkcs8.to_vec(),
            certificates,
            valid,
        })
    }

    /// The signer's certificate, DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificates[0]
    }

    /// The private key as it was given, PKCS #8: to write it where only its owner reads.
    pub fn private_key(&self) -> &[u8] {
        &self.pkcs8
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// Signs a whole message (`MsgHead`): gives it back with `Signature` as its last element, every other byte as it was.
///
/// # Errors
///
/// The message is not readable, is signed already, or the certificate is not valid at that time.
pub fn sign(message: &[u8], key: &SigningKey, at: Timestamp) -> Result<Vec<u8>, SigningError> {
    if !(key.valid.0..=key.valid.1).contains(&at) {
        return Err(SigningError::Validity);
    }
    let document = Document::read(message)
        .map_err(|it| SigningError::Message(SignatureFault::Document(it)))?;
    profile::root(&document).map_err(SigningError::Message)?;
    if profile::is_signed(&document) {
        return Err(SigningError::Signed);
    }
    let canonical =
        canonical::whole(&document, None, Form::Exclusive).map_err(SigningError::Message)?;
    let signature = signature_element(&canonical, key)?;
    let end = end_tag(message).ok_or(SigningError::Encoding)?;
    let (before, after) = message.split_at(end);
    Ok([before, signature.as_bytes(), after].concat())
}

/// Where the outermost element's end tag begins; `None` if it has none, or the bytes are not UTF-8.
fn end_tag(message: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(message).ok()?;
    let unmarked = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = Reader::from_str(unmarked);
    let mut end = None;
    loop {
        let at = reader.buffer_position();
        match reader.read_event().ok()? {
            Event::End(_) => end = Some(at),
            Event::Eof => break,
            _ => {}
        }
    }
    Some(usize::try_from(end?).ok()? + text.len() - unmarked.len())
}

fn signature_element(canonical: &[u8], key: &SigningKey) -> Result<String, SigningError> {
    let digest = STANDARD.encode(digest(&SHA256, canonical));
    // Already in canonical form: no white space, every end tag written, the namespace where it begins.
    let inner = format!(
        "<CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\"></CanonicalizationMethod>\
         <SignatureMethod Algorithm=\"{RSA_SHA256}\"></SignatureMethod>\
         <Reference URI=\"\"><Transforms>\
         <Transform Algorithm=\"{ENVELOPED}\"></Transform>\
         <Transform Algorithm=\"{EXCLUSIVE}\"></Transform></Transforms>\
         <DigestMethod Algorithm=\"{SHA256_URI}\"></DigestMethod>\
         <DigestValue>{digest}</DigestValue></Reference>"
    );
    let info = format!("<SignedInfo xmlns=\"{DSIG}\">{inner}</SignedInfo>");
    let mut value = vec![0; key.key.public_modulus_len()];
    key.key
        .sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            info.as_bytes(),
            &mut value,
        )
        .map_err(|_| SigningError::Key)?;
    let value = STANDARD.encode(value);
    let certificates: String = key
        .certificates
        .iter()
        .map(|it| format!("<X509Certificate>{}</X509Certificate>", STANDARD.encode(it)))
        .collect();
    Ok(format!(
        "<Signature xmlns=\"{DSIG}\"><SignedInfo>{inner}</SignedInfo><SignatureValue>{value}</SignatureValue>\
         <KeyInfo><X509Data>{certificates}</X509Data></KeyInfo></Signature>"
    ))
}
