//! Why a signature is not believed.

use thiserror::Error;

use crate::xml::XmlFault;

/// Why a signed message was refused. Nothing of the message stands in it: it may go into logs and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SignatureFault {
    /// The bytes are not an XML document that is taken in here.
    #[error(
        "the message is not readable XML; send it as the schema has it, in UTF-8 and without a document type"
    )]
    Document(#[source] XmlFault),
    /// A limit was passed: the document could only have been made to be expensive.
    #[error("the message is larger than what is taken in: {what}; send a smaller message")]
    TooLarge {
        /// Which limit.
        what: &'static str,
    },
    /// The outermost element is not `MsgHead`.
    #[error("the outermost element is not MsgHead; sign and send the whole message")]
    NotAMessage,
    /// Nobody signed.
    #[error("the message carries no signature; sign it")]
    NoSignature,
    /// More than one signature.
    #[error(
        "the message carries more than one signature; send one, as the last element of MsgHead"
    )]
    SecondSignature,
    /// The signature is not the last child of `MsgHead`.
    #[error("the signature is not the last element of MsgHead; put it there")]
    MovedSignature,
    /// The signature's own elements are not as the standard has them.
    #[error("the signature is not built as XML-DSig asks: {what}; write it as the standard has it")]
    Structure {
        /// What was found.
        what: &'static str,
    },
    /// What is signed is not the whole message.
    #[error(
        "the signature is not over the whole message (one Reference with URI=\"\"); sign the whole message"
    )]
    Reference,
    /// Other transforms than enveloped signature and exclusive canonical XML without comments.
    #[error(
        "the signature has other transforms than enveloped-signature and exclusive C14N without comments; use these two"
    )]
    Transform,
    /// A method that is not taken: HMAC, other hashes, other keys.
    #[error("the signature's method is not RSA with SHA-256; use it")]
    Method,
    /// RSA with SHA-1, or inclusive canonical XML, where it is not taken any more.
    #[error(
        "the signature is of the old kind (RSA-SHA1), which is not taken; sign with RSA-SHA256"
    )]
    Legacy,
    /// The message was changed after it was signed, or the signature belongs to another message.
    #[error("the message is not the one that was signed; send it unchanged")]
    Changed,
    /// The signature was not made with the certificate's key.
    #[error("the signature was not made with the key of its certificate; sign again")]
    WrongKey,
    /// No certificate in `KeyInfo`.
    #[error("the signature carries no certificate; put the X.509 certificate into KeyInfo")]
    NoCertificate,
    /// The certificate cannot be read.
    #[error("the certificate cannot be read: {what}; send the certificate as it was issued")]
    Certificate {
        /// What was found.
        what: &'static str,
    },
    /// The key is too short, too long or of another kind than RSA, or its exponent is not one that is used.
    #[error("the certificate's key is not an RSA key of {min} to {max} bits with a usual exponent; use another certificate",
        min = super::certificate::MIN_KEY_BITS, max = super::certificate::MAX_KEY_BITS)]
    WeakKey,
    /// The certificate may not sign: no `nonRepudiation` and no `digitalSignature`.
    #[error("the certificate is not one to sign with (key usage); use the signing certificate")]
    Usage,
    /// Not issued under a trusted authority.
    #[error(
        "the certificate was not issued by an authority that is trusted here; use one from such an authority"
    )]
    Foreign,
    /// After the certificate's last day.
    #[error("the certificate has expired; use a valid one")]
    Expired,
    /// Before the certificate's first day.
    #[error("the certificate is not yet valid; use a valid one")]
    NotYetValid,
    /// The issuer took the certificate back.
    #[error("the certificate is revoked; use a valid one")]
    Revoked,
}

impl SignatureFault {
    /// The code for the application receipt (AppRec, code list 8221): `S01` the signature is wrong, `S02` the certificate is not
    /// valid, `S03` it is revoked, `S99` the message could not be read far enough to tell.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Document(_) | Self::TooLarge { .. } | Self::NotAMessage => "S99",
            Self::NoSignature
            | Self::SecondSignature
            | Self::MovedSignature
            | Self::Structure { .. }
            | Self::Reference
            | Self::Transform
            | Self::Method
            | Self::Legacy
            | Self::Changed
            | Self::WrongKey => "S01",
            Self::NoCertificate
            | Self::Certificate { .. }
            | Self::WeakKey
            | Self::Usage
            | Self::Foreign
            | Self::Expired
            | Self::NotYetValid => "S02",
            Self::Revoked => "S03",
        }
    }
}
