//! The door of an API: who calls, and may they?

use riktig_codes::{HprNumber, NationalId, OrganisationNumber};
use url::Url;

use crate::{
    ClaimRefusal, IssuerError, ProofRefusal, ReplayError, Secret, SecurityLevel, TokenRefusal,
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
}

impl ApiGuard {
    pub(crate) fn new(rules: ApiRules) -> Self {
        Self { rules }
    }

    /// Admits a call, or says why not.
    ///
    /// # Errors
    /// See [`ApiRefusal`].
    pub async fn check(
        &self,
        _request: &ApiRequest<'_>,
        _now: jiff::Timestamp,
    ) -> Result<Caller, ApiRefusal> {
        let _ = &self.rules;
        Err(ApiRefusal::NoToken)
    }
}
