//! The door of an API: who calls, and may they?

use std::sync::Arc;

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};
use url::Url;

use crate::authority::Authority;
use crate::claims::{Claims, Scope};
use crate::client::signing_key;
use crate::proof::Request;
use crate::{
    ClaimRefusal, IssuerError, Proof, ProofRefusal, Replay, ReplayError, Secret, SecurityLevel,
    Token, TokenRefusal,
};

/// What is demanded of whoever calls.
#[derive(Debug, Clone)]
pub struct ApiRules {
    /// What the issuer calls this API; the token's only audience.
    pub audience: String,
    /// Scopes that the token must all have.
    pub scopes: Vec<String>,
    /// Whether only health personnel may call.
    pub hpr: HprDemand,
}

/// Whether an HPR number is demanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HprDemand {
    /// A token without one is refused.
    Required,
    /// A token without one is accepted; one that is not valid is not.
    Optional,
}

/// What of a request the guard looks at.
#[derive(Clone)]
pub struct ApiRequest<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// The address as the caller wrote it: public scheme and host, not those behind a proxy.
    pub url: &'a Url,
    /// Every `Authorization` header.
    pub authorization: Vec<&'a [u8]>,
    /// Every `DPoP` header.
    pub proof: Vec<&'a [u8]>,
}

/// Somebody who may call.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The national identity number; nothing prints it.
    pub pid: NationalId,
    /// The number in the register of health personnel.
    pub hpr: Option<HprNumber>,
    /// How sure the issuer is.
    pub level: SecurityLevel,
    /// The legal entity on whose behalf.
    pub organisation_parent: Option<OrganisationNumber>,
    /// The sub-unit on whose behalf.
    pub organisation_child: Option<OrganisationNumber>,
    /// The issuer's own name for the person.
    pub sub: Secret,
    /// The program that calls.
    pub client_id: String,
    /// What the token allows.
    pub scopes: Vec<String>,
}

/// Why a call is refused.
#[derive(Debug, thiserror::Error)]
pub enum ApiRefusal {
    /// Nobody says who they are.
    #[error("cannot admit the call: it has no access token")]
    NoToken,
    /// More than one `Authorization` header.
    #[error("cannot admit the call: it has more than one access token")]
    SeveralTokens,
    /// The token comes without proof, as `Bearer`.
    #[error("cannot admit the call: its access token is not bound to a key")]
    Bearer,
    /// Another scheme than `DPoP`.
    #[error("cannot admit the call: another scheme than DPoP")]
    Scheme,
    /// No `DPoP` header.
    #[error("cannot admit the call: it has no DPoP proof")]
    NoProof,
    /// More than one `DPoP` header.
    #[error("cannot admit the call: it has more than one DPoP proof")]
    SeveralProofs,
    /// The access token is not what it must be.
    #[error("cannot accept the access token: {0}")]
    Token(TokenRefusal),
    /// The access token is bound to no key.
    #[error("cannot accept the access token: it is not bound to a key")]
    NotBound,
    /// The proof is not what it must be.
    #[error("cannot accept the DPoP proof: {0}")]
    Proof(ProofRefusal),
    /// The token does not allow this.
    #[error("cannot admit the call: the access token lacks a scope")]
    Scope,
    /// What the token says of the person is not enough.
    #[error("cannot admit the call: {0}")]
    Person(ClaimRefusal),
    /// The issuer's keys cannot be had.
    #[error("cannot check the access token")]
    Issuer(#[from] IssuerError),
    /// The memory of used proofs cannot be asked.
    #[error("cannot check the DPoP proof: {0}")]
    Replay(#[from] ReplayError),
}

/// The door of an API; made by [`Client::guard`](crate::Client::guard).
pub struct ApiGuard {
    rules: ApiRules,
    authority: Arc<Authority>,
    replay: Arc<dyn Replay>,
}

impl ApiGuard {
    pub(crate) fn new(rules: ApiRules, authority: Arc<Authority>, replay: Arc<dyn Replay>) -> Self {
        Self {
            rules,
            authority,
            replay,
        }
    }

    /// Admits a call, or says why not.
    ///
    /// # Errors
    /// See [`ApiRefusal`]; in this order: the headers, the access token, the proof, that both belong together, that the
    /// proof is used for the first time, scopes, person.
    pub async fn check(
        &self,
        request: &ApiRequest<'_>,
        now: Timestamp,
    ) -> Result<Caller, ApiRefusal> {
        let (access_token, proof) = request.credentials()?;
        let claims = self.access_token(access_token, now).await?;
        let bound = claims.cnf.as_ref().and_then(|cnf| cnf.jkt.as_deref());
        let bound = bound.ok_or(ApiRefusal::NotBound)?;
        let asked = Request {
            method: request.method,
            url: request.url,
            access_token: Some(access_token),
        };
        let proof = Proof::check(proof, asked, now).map_err(ApiRefusal::Proof)?;
        if proof.thumbprint != bound {
            return Err(ApiRefusal::Proof(ProofRefusal::OtherKey));
        }
        if !self.replay.first_time(proof.mark, proof.until, now).await? {
            return Err(ApiRefusal::Proof(ProofRefusal::Replayed));
        }
        self.caller(claims)
    }

    async fn access_token(&self, text: &str, now: Timestamp) -> Result<Claims, ApiRefusal> {
        let token = Token::read(text).map_err(ApiRefusal::Token)?;
        if !token.is_kind("at+jwt") {
            return Err(ApiRefusal::Token(TokenRefusal::Kind)); // RFC 9068, 4
        }
        let key = signing_key(&self.authority, &token, now).await?;
        let key = key.map_err(ApiRefusal::Token)?;
        let checked = || {
            let claims: Claims = token.verify(&key)?;
            claims.is_issued_by(self.authority.issuer())?;
            claims.is_only_for(&self.rules.audience)?;
            claims.counts_at(now)?;
            Ok(claims)
        };
        checked().map_err(ApiRefusal::Token)
    }

    fn caller(&self, claims: Claims) -> Result<Caller, ApiRefusal> {
        let scopes = claims.scope.as_ref().map(Scope::all).unwrap_or_default();
        if !self.rules.scopes.iter().all(|scope| scopes.contains(scope)) {
            return Err(ApiRefusal::Scope);
        }
        let person = claims.person(self.rules.hpr).map_err(ApiRefusal::Person)?;
        let missing = |claim| ApiRefusal::Token(TokenRefusal::Missing(claim));
        Ok(Caller {
            pid: person.pid,
            hpr: person.hpr,
            level: person.level,
            organisation_parent: person.parent,
            organisation_child: person.child,
            sub: Secret::new(claims.sub.ok_or(missing("sub"))?),
            client_id: claims.client_id.ok_or(missing("client_id"))?,
            scopes,
        })
    }
}

impl ApiRequest<'_> {
    /// The access token and the proof, one of each.
    fn credentials(&self) -> Result<(&str, &str), ApiRefusal> {
        let authorization = match self.authorization[..] {
            [] => return Err(ApiRefusal::NoToken),
            [one] => std::str::from_utf8(one).map_err(|_| ApiRefusal::Scheme)?,
            _ => return Err(ApiRefusal::SeveralTokens),
        };
        let (scheme, token) = authorization.split_once(' ').ok_or(ApiRefusal::Scheme)?;
        if scheme.eq_ignore_ascii_case("Bearer") {
            return Err(ApiRefusal::Bearer);
        }
        if !scheme.eq_ignore_ascii_case("DPoP") {
            return Err(ApiRefusal::Scheme);
        }
        let unreadable = |_| ApiRefusal::Proof(ProofRefusal::Token(TokenRefusal::NotSigned));
        match self.proof[..] {
            [] => Err(ApiRefusal::NoProof),
            [one] => Ok((
                token.trim_start_matches(' '),
                std::str::from_utf8(one).map_err(unreadable)?,
            )),
            _ => Err(ApiRefusal::SeveralProofs),
        }
    }
}

impl ApiRefusal {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoToken => "no_token",
            Self::SeveralTokens => "several_tokens",
            Self::Bearer => "bearer",
            Self::Scheme => "scheme",
            Self::NoProof => "no_proof",
            Self::SeveralProofs => "several_proofs",
            Self::Token(refusal) => refusal.name(),
            Self::NotBound => "not_bound",
            Self::Proof(refusal) => refusal.name(),
            Self::Scope => "missing_scope",
            Self::Person(refusal) => refusal.name(),
            Self::Issuer(_) => "issuer",
            Self::Replay(_) => "replay",
        }
    }

    /// The status that answers it: 401, 403 where another token would be needed, 503 where it cannot be told.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Scope | Self::Person(_) => 403,
            Self::Issuer(_) | Self::Replay(_) => 503,
            _ => 401,
        }
    }

    /// The header `WWW-Authenticate` of a 401 or 403 (RFC 9449, 7.1; RFC 6750, 3.1); `None` with a 503.
    #[must_use]
    pub fn challenge(&self) -> Option<&'static str> {
        match self {
            Self::NoToken | Self::Scheme => Some(r#"DPoP algs="ES256 PS256""#),
            Self::Bearer | Self::SeveralTokens | Self::SeveralProofs => {
                Some(r#"DPoP error="invalid_request", algs="ES256 PS256""#)
            }
            Self::NoProof | Self::Proof(_) => {
                Some(r#"DPoP error="invalid_dpop_proof", algs="ES256 PS256""#)
            }
            Self::Token(_) | Self::NotBound => {
                Some(r#"DPoP error="invalid_token", algs="ES256 PS256""#)
            }
            Self::Scope | Self::Person(_) => {
                Some(r#"DPoP error="insufficient_scope", algs="ES256 PS256""#)
            }
            Self::Issuer(_) | Self::Replay(_) => None,
        }
    }
}
