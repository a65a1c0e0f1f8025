//! Proof that whoever sends a token has its key (DPoP, RFC 9449).

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::claims::{Moment, SKEW_SECONDS};
use crate::{Mark, PrivateKey, PublicKey, Secret, Token, TokenRefusal};

/// How long a proof counts, beside the skew of clocks: it is made for one request on the spot.
pub(crate) const PROOF_SECONDS: i64 = 60;

/// The longest name (`jti`) of a proof; ours have 43 letters, UUIDs 36.
const LONGEST_NAME: usize = 256;

/// What a proof is to prove.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `GET`, `POST` …, letter by letter.
    pub method: &'a str,
    /// The address; query and fragment are not part of the proof.
    pub url: &'a Url,
    /// The access token that it comes with, if any.
    pub access_token: Option<&'a str>,
}

/// A proof that holds for a request. Whether it is used for the first time is the caller's to find out, by its mark.
#[derive(Debug, Clone)]
pub struct Proof {
    /// SHA-256 of the key (RFC 7638).
    pub thumbprint: String,
    /// The proof's own name, and whose.
    pub mark: Mark,
    /// The last moment at which this proof is accepted: it has to be remembered as long.
    pub until: Timestamp,
    /// The nonce in it, if any.
    pub nonce: Option<Secret>,
}

#[derive(Deserialize)]
struct Claims {
    jti: Option<String>,
    htm: Option<String>,
    htu: Option<String>,
    iat: Option<Moment>,
    ath: Option<String>,
    nonce: Option<String>,
}

impl Proof {
    /// Signs a proof for one request.
    #[must_use]
    pub fn sign(
        key: &PrivateKey,
        request: Request<'_>,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> String {
        let header = json!({ "typ": "dpop+jwt", "jwk": key.bare_public_jwk() });
        let mut claims = json!({
            "jti": Secret::random().reveal(),
            "htm": request.method,
            "htu": without_query(request.url).as_str(),
            "iat": now.as_second(),
        });
        if let Some(token) = request.access_token {
            claims["ath"] = hash(token).into();
        }
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        key.sign(&header, &claims)
    }

    /// Checks a proof against the request that it came with.
    ///
    /// # Errors
    /// In this order: form and algorithm; `typ`; the key in the header, and that it is only the public half; signature
    /// and claims; `htm`; `htu`; `iat`; `ath`; `jti`.
    pub fn check(text: &str, request: Request<'_>, now: Timestamp) -> Result<Self, ProofRefusal> {
        let token = Token::read(text).map_err(ProofRefusal::Token)?;
        if !token.is_kind("dpop+jwt") {
            return Err(ProofRefusal::Token(TokenRefusal::Kind));
        }
        let jwk = token.header().jwk.as_ref().ok_or(ProofRefusal::NoKey)?;
        if PublicKey::has_private_members(jwk) {
            return Err(ProofRefusal::PrivateKey);
        }
        let key = PublicKey::read(jwk).ok_or(ProofRefusal::NoKey)?;
        let claims: Claims = token.verify(&key).map_err(ProofRefusal::Token)?;
        if claims.htm.as_deref() != Some(request.method) {
            return Err(ProofRefusal::Method);
        }
        if !claims
            .htu
            .as_deref()
            .is_some_and(|htu| is_at(htu, request.url))
        {
            return Err(ProofRefusal::Address);
        }
        let until = claims.until(now).map_err(ProofRefusal::Token)?;
        let expected = request.access_token.map(hash);
        if expected.is_some() && claims.ath != expected {
            return Err(ProofRefusal::AccessToken);
        }
        let name = claims.jti.as_deref().unwrap_or_default();
        if !(1..=LONGEST_NAME).contains(&name.len()) {
            return Err(ProofRefusal::Name);
        }
        Ok(Self {
            thumbprint: key.thumbprint().to_owned(),
            mark: Mark::new("proof", key.thumbprint(), name),
            until,
            nonce: claims.nonce.map(Secret::new),
        })
    }
}

impl Claims {
    fn until(&self, now: Timestamp) -> Result<Timestamp, TokenRefusal> {
        let made = self.iat.ok_or(TokenRefusal::Missing("iat"))?.0;
        if made > now.as_second() + SKEW_SECONDS {
            return Err(TokenRefusal::NotYet);
        }
        let until = made + PROOF_SECONDS + SKEW_SECONDS;
        if until < now.as_second() {
            return Err(TokenRefusal::TooOld);
        }
        Timestamp::from_second(until).map_err(|_| TokenRefusal::TooOld)
    }
}

/// SHA-256 as base64url: `ath`.
fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, token.as_bytes()))
}

fn without_query(url: &Url) -> Url {
    let mut bare = url.clone();
    bare.set_query(None);
    bare.set_fragment(None);
    bare
}

/// Whether both are the same address but for query and fragment, in the form that the URL standard gives them: letters
/// of scheme and host small, default ports and dots left out (RFC 9449, 4.3).
fn is_at(htu: &str, url: &Url) -> bool {
    Url::parse(htu).is_ok_and(|htu| without_query(&htu) == without_query(url))
}

/// Why a DPoP proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefusal {
    /// Its form, algorithm, signature or time.
    #[error("{0}")]
    Token(TokenRefusal),
    /// No public key in its header, or none that we can use.
    #[error("it has no key")]
    NoKey,
    /// The private key is in its header: it is nobody's secret any more.
    #[error("its key is not secret any more")]
    PrivateKey,
    /// For another method.
    #[error("it is for another method")]
    Method,
    /// For another address.
    #[error("it is for another address")]
    Address,
    /// For another access token, or for none.
    #[error("it is for another access token")]
    AccessToken,
    /// The access token is bound to another key.
    #[error("the access token is bound to another key")]
    OtherKey,
    /// Its name is empty or longer than we remember.
    #[error("its name cannot be remembered")]
    Name,
    /// It has been used before.
    #[error("it was used before")]
    Replayed,
}

impl ProofRefusal {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Token(refusal) => refusal.name(),
            Self::NoKey => "no_key",
            Self::PrivateKey => "private_key",
            Self::Method => "method",
            Self::Address => "address",
            Self::AccessToken => "access_token",
            Self::OtherKey => "other_key",
            Self::Name => "name",
            Self::Replayed => "replayed",
        }
    }
}
