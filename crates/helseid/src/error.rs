//! Why a login, a logout or a call is refused. Nothing here repeats what came in.

use crate::{ClaimRefusal, TokenRefusal};

/// A key of our own cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not a JSON Web Key with its members.
    #[error(
        "cannot read the private key: it is not a JSON Web Key; give the whole JSON object, with \"kty\""
    )]
    NotAKey,
    /// The private half is missing.
    #[error(
        "cannot read the private key: only its public half is there; give the file that holds \"d\""
    )]
    PublicOnly,
    /// A kind of key or an algorithm that we do not sign with.
    #[error(
        "cannot read the private key: no algorithm of ours fits; use RSA with 2048 bits or more (PS256), or EC on P-256 or P-384"
    )]
    Unsupported,
    /// The numbers do not belong together.
    #[error("cannot read the private key: its numbers do not belong together; export it anew")]
    Inconsistent,
}

/// The settings cannot be right.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The issuer, or a place to return to, is not on TLS.
    #[error(
        "cannot log in by {what}: it must begin with https:// (http only on this machine itself)"
    )]
    NotHttps {
        /// Which setting.
        what: &'static str,
    },
    /// Not an address at all, or with a query or fragment.
    #[error("cannot log in by {what}: it is not an address without query and fragment")]
    NotAnAddress {
        /// Which setting.
        what: &'static str,
    },
    /// A setting is empty or lacks what it needs.
    #[error("cannot log in: {what} is missing")]
    Missing {
        /// Which setting.
        what: &'static str,
    },
    /// No TLS on this machine.
    #[error("cannot prepare connections to the issuer")]
    Tls {
        /// What the TLS library says.
        source: reqwest::Error,
    },
}

/// The issuer, or an endpoint of it, gave no answer that can be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the issuer's {endpoint}: {problem}")]
pub struct IssuerError {
    /// Which endpoint.
    pub endpoint: Endpoint,
    /// What was wrong with the answer.
    pub problem: Problem,
}

/// What of the issuer we talk to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// `/.well-known/openid-configuration`
    Metadata,
    /// The issuer's keys.
    Keys,
    /// Pushed authorisation requests.
    PushedRequest,
    /// Codes for tokens.
    Token,
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Metadata => "metadata",
            Self::Keys => "keys",
            Self::PushedRequest => "endpoint for pushed requests",
            Self::Token => "token endpoint",
        })
    }
}

/// What was wrong with an answer of the issuer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No connection, or it broke.
    #[error("no answer came")]
    Unreachable,
    /// It took too long.
    #[error("it did not answer in time")]
    TooSlow,
    /// More bytes than such an answer can have.
    #[error("its answer is too large")]
    TooLarge,
    /// A status that says nothing more.
    #[error("it answered with status {0}")]
    Status(u16),
    /// Not the JSON that belongs there.
    #[error("its answer cannot be read")]
    Unreadable,
    /// The metadata name another issuer.
    #[error("it names another issuer")]
    OtherIssuer,
    /// An endpoint is not on TLS.
    #[error("an address in it is not on TLS")]
    NotHttps,
    /// Something that we cannot do without is not offered.
    #[error("it does not offer {0}")]
    NotOffered(&'static str),
    /// The issuer refused, by the words of OAuth 2.0.
    #[error("it refused: {0}")]
    Refused(OAuthError),
}

/// Error words of OAuth 2.0 and its kin. The description beside them is free text and is never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "they are the words of the standards, see `word`"
)]
pub enum OAuthError {
    AccessDenied,
    InvalidClient,
    InvalidDpopProof,
    InvalidGrant,
    InvalidRequest,
    InvalidScope,
    LoginRequired,
    ServerError,
    TemporarilyUnavailable,
    UnauthorizedClient,
    UseDpopNonce,
    /// A word that we do not know.
    Other,
}

impl OAuthError {
    const ALL: [Self; 11] = [
        Self::AccessDenied,
        Self::InvalidClient,
        Self::InvalidDpopProof,
        Self::InvalidGrant,
        Self::InvalidRequest,
        Self::InvalidScope,
        Self::LoginRequired,
        Self::ServerError,
        Self::TemporarilyUnavailable,
        Self::UnauthorizedClient,
        Self::UseDpopNonce,
    ];

    /// The word as it stands in the standard.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::InvalidClient => "invalid_client",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidScope => "invalid_scope",
            Self::LoginRequired => "login_required",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::Other => "another error",
        }
    }

    /// Reads a word; an unknown one is [`OAuthError::Other`], and is not repeated anywhere.
    #[must_use]
    pub fn read(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|error| error.word() == word);
        known.unwrap_or(Self::Other)
    }
}

impl std::fmt::Display for OAuthError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// Why nobody has logged in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The issuer cannot be used at the moment.
    #[error("cannot log in by the issuer")]
    Issuer(#[from] IssuerError),
    /// The pending login is too old, from another clock, or of another issuer.
    #[error("cannot finish the login: it was begun too long ago")]
    TooLate,
    /// The browser brought another `state`, or none.
    #[error("cannot finish the login: it was not begun in this browser")]
    State,
    /// Another issuer, or none, sent the browser back.
    #[error("cannot finish the login: another issuer answered")]
    OtherIssuer,
    /// The person changed their mind, or the issuer did not let them in.
    #[error("the issuer ended the login: {0}")]
    Ended(OAuthError),
    /// Neither a code nor an error came back.
    #[error("cannot finish the login: the issuer sent no code")]
    NoCode,
    /// The access token is not bound to our key.
    #[error("cannot finish the login: the tokens are not bound to our key")]
    NotBound,
    /// The ID token is not what it must be.
    #[error("cannot accept the ID token: {0}")]
    Token(TokenRefusal),
    /// What the ID token says of the person is not enough.
    #[error("cannot accept the login: {0}")]
    Person(ClaimRefusal),
}

/// Why a logout token changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum LogoutError {
    /// The issuer's keys cannot be had.
    #[error("cannot check the logout token")]
    Issuer(#[from] IssuerError),
    /// It is not what it must be.
    #[error("cannot accept the logout token: {0}")]
    Token(TokenRefusal),
    /// It has been used before.
    #[error("cannot accept the logout token: it was used before")]
    Replayed,
    /// The memory of used tokens cannot be asked.
    #[error("cannot check the logout token: {0}")]
    Replay(#[from] crate::ReplayError),
}

impl LoginError {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Issuer(_) => "issuer",
            Self::TooLate => "too_late",
            Self::State => "state",
            Self::OtherIssuer => "other_issuer",
            Self::Ended(_) => "ended",
            Self::NoCode => "no_code",
            Self::NotBound => "not_bound",
            Self::Token(refusal) => refusal.name(),
            Self::Person(refusal) => refusal.name(),
        }
    }
}

impl LogoutError {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Issuer(_) => "issuer",
            Self::Token(refusal) => refusal.name(),
            Self::Replayed => "replayed",
            Self::Replay(_) => "replay",
        }
    }

    /// The status that answers it: 400, or 503 where it cannot be told.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Token(_) | Self::Replayed => 400,
            Self::Issuer(_) | Self::Replay(_) => 503,
        }
    }
}
