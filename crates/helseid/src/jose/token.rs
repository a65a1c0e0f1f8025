//! A signed token in its compact form.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Algorithm, PublicKey};
use crate::TokenRefusal;

/// A token that has been taken apart; what it says is not to be believed before [`Token::verify`].
pub struct Token<'a> {
    text: &'a str,
    header: Header,
    payload: Vec<u8>,
    signed: &'a str,
    signature: &'a str,
}

/// The header of a token, as far as we look at it.
#[derive(Clone)]
pub struct Header {
    /// How it says it is signed.
    pub algorithm: Algorithm,
    /// The name of the key.
    pub kid: Option<String>,
    /// What kind of token.
    pub kind: Option<String>,
    /// The key itself, in a DPoP proof.
    pub jwk: Option<Value>,
    /// Where the signer says its keys are: believed of nobody, compared with what is known of them.
    pub jku: Option<String>,
}

/// The longest token that is looked at. HelseID's with all claims are below 4 kB.
pub(crate) const LONGEST_TOKEN: usize = 16 * 1024;

#[derive(Deserialize)]
struct RawHeader {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    jwk: Option<Value>,
    jku: Option<String>,
    crit: Option<Value>,
}

impl<'a> Token<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// In this order: too long; not three parts; a header that cannot be read; an algorithm that is not on the list; an
    /// extension that the header demands.
    pub fn read(text: &'a str) -> Result<Self, TokenRefusal> {
        if text.len() > LONGEST_TOKEN {
            return Err(TokenRefusal::TooLong);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(TokenRefusal::NotSigned)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenRefusal::NotSigned)?;
        if payload.contains('.') {
            return Err(TokenRefusal::NotSigned);
        }
        let decode = |part: &str| {
            let bytes = URL_SAFE_NO_PAD.decode(part);
            bytes.map_err(|_| TokenRefusal::NotSigned)
        };
        decode(signature)?;
        Ok(Self {
            text,
            header: Header::read(&decode(header)?)?,
            payload: decode(payload)?,
            signed,
            signature,
        })
    }

    /// The token as it came.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Who the token says has made it, to find the key with; not to be believed before [`Token::verify`].
    pub(crate) fn claimed_issuer(&self) -> Result<String, TokenRefusal> {
        #[derive(Deserialize)]
        struct Issued {
            iss: Option<String>,
        }
        let issued: Issued =
            serde_json::from_slice(&self.payload).map_err(|_| TokenRefusal::Claims)?;
        issued.iss.ok_or(TokenRefusal::Missing("iss"))
    }

    /// Whether `typ` is this; `application/` may stand before it, and letters are not told apart by size (RFC 7515,
    /// 4.1.9).
    #[must_use]
    pub fn is_kind(&self, kind: &str) -> bool {
        self.header.kind.as_deref().is_some_and(|typ| {
            let typ = typ.to_ascii_lowercase();
            typ.strip_prefix("application/").unwrap_or(&typ) == kind
        })
    }

    /// Checks the signature and reads the claims.
    ///
    /// # Errors
    /// When the key is for something else, the signature is not its, or the claims are not such JSON.
    pub fn verify<C: DeserializeOwned>(&self, key: &PublicKey) -> Result<C, TokenRefusal> {
        key.verify(self.signed, self.signature, self.header.algorithm)?;
        serde_json::from_slice(&self.payload).map_err(|_| TokenRefusal::Claims)
    }
}

impl Header {
    fn read(bytes: &[u8]) -> Result<Self, TokenRefusal> {
        let raw: RawHeader = serde_json::from_slice(bytes).map_err(|_| TokenRefusal::Header)?;
        let algorithm = Algorithm::read(&raw.alg).ok_or(TokenRefusal::Algorithm)?;
        if raw.crit.is_some() {
            return Err(TokenRefusal::Extension);
        }
        Ok(Self {
            algorithm,
            kid: raw.kid,
            kind: raw.typ,
            jwk: raw.jwk,
            jku: raw.jku,
        })
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}
