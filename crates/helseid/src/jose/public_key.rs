//! The public half of a key.

use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, ThumbprintHash};
use serde_json::Value;

use super::Algorithm;
use crate::TokenRefusal;

/// A key that signatures are checked with.
#[derive(Clone)]
pub struct PublicKey {
    kid: Option<String>,
    thumbprint: String,
    kind: Kind,
    only: Option<Algorithm>,
    decoding: DecodingKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
}

/// Members of a key that nobody but its owner may have (RFC 7518, 6.2.2, 6.3.2 and 6.4).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

impl PublicKey {
    /// Reads a JSON Web Key; `None` where it is none, or for another use than signatures, or of a kind that we do not
    /// know. Private members are left out of account, see [`PublicKey::has_private_members`].
    #[must_use]
    pub fn read(jwk: &Value) -> Option<Self> {
        let text = |member: &str| jwk.get(member).and_then(Value::as_str);
        if text("use").is_some_and(|usage| usage != "sig") {
            return None;
        }
        let public = serde_json::json!({
            "kty": text("kty"), "crv": text("crv"), "x": text("x"), "y": text("y"), "n": text("n"), "e": text("e"),
        });
        let key: Jwk = serde_json::from_value(public).ok()?;
        let kind = match &key.algorithm {
            AlgorithmParameters::RSA(_) => Kind::Rsa,
            AlgorithmParameters::EllipticCurve(key) => match key.curve {
                EllipticCurve::P256 => Kind::P256,
                EllipticCurve::P384 => Kind::P384,
                _ => return None,
            },
            _ => return None,
        };
        let only = match text("alg") {
            Some(name) => Some(Algorithm::read(name)?),
            None => None,
        };
        Some(Self {
            kid: text("kid").map(String::from),
            decoding: DecodingKey::from_jwk(&key).ok()?,
            thumbprint: key.thumbprint(ThumbprintHash::SHA256).ok()?,
            kind,
            only,
        })
    }

    /// Whether somebody sends a key that only its owner may have.
    #[must_use]
    pub fn has_private_members(jwk: &Value) -> bool {
        PRIVATE_MEMBERS
            .iter()
            .any(|member| jwk.get(member).is_some())
    }

    /// What the issuer calls it.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// SHA-256 of the key in its one form, as base64url (RFC 7638): `jkt`.
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Whether the key is for this algorithm.
    pub(super) fn fits(&self, algorithm: Algorithm) -> bool {
        let kind = match algorithm {
            Algorithm::ES256 => Kind::P256,
            Algorithm::ES384 => Kind::P384,
            _ => Kind::Rsa,
        };
        self.kind == kind && self.only.is_none_or(|only| only == algorithm)
    }

    /// # Errors
    /// [`TokenRefusal::WrongKey`] when the key is not for this algorithm, [`TokenRefusal::Signature`] when the
    /// signature is not this key's.
    pub(crate) fn verify(
        &self,
        signed: &str,
        signature: &str,
        algorithm: Algorithm,
    ) -> Result<(), TokenRefusal> {
        if !self.fits(algorithm) {
            return Err(TokenRefusal::WrongKey);
        }
        let verified = jsonwebtoken::crypto::verify(
            signature,
            signed.as_bytes(),
            &self.decoding,
            algorithm.backend(),
        );
        match verified {
            Ok(true) => Ok(()),
            _ => Err(TokenRefusal::Signature),
        }
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.thumbprint)
    }
}
