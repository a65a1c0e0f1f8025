//! What can be wrong with a token, and with what it says of a person.

/// Why a signed token counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// Longer than any token of ours is.
    #[error("it is too long")]
    TooLong,
    /// Not three parts of base64url.
    #[error("it is not a signed token")]
    NotSigned,
    /// The header is not the JSON that belongs there.
    #[error("its header cannot be read")]
    Header,
    /// The header demands something that we do not know (`crit`).
    #[error("its header demands an extension")]
    Extension,
    /// Another kind of token.
    #[error("it is another kind of token")]
    Kind,
    /// `none`, a shared secret, or another algorithm that is not on the list.
    #[error("its algorithm is not accepted")]
    Algorithm,
    /// No `kid`, or one that the issuer does not have.
    #[error("the issuer has no such key")]
    UnknownKey,
    /// The key is for another algorithm or another use.
    #[error("the key is not for this")]
    WrongKey,
    /// The signature is not the key's.
    #[error("its signature is wrong")]
    Signature,
    /// The claims are not the JSON that belongs there.
    #[error("its claims cannot be read")]
    Claims,
    /// A claim that must be there is not.
    #[error("it has no {0}")]
    Missing(&'static str),
    /// `iss` is another.
    #[error("it is another issuer's")]
    Issuer,
    /// `aud` is not us, or not us alone.
    #[error("it is for somebody else")]
    Audience,
    /// `azp` is not us.
    #[error("it was asked for by somebody else")]
    AuthorisedParty,
    /// `exp` has passed.
    #[error("it has expired")]
    Expired,
    /// `nbf` or `iat` is yet to come.
    #[error("it is not valid yet")]
    NotYet,
    /// `iat` is too long ago for a token that is made on the spot.
    #[error("it was made too long ago")]
    TooOld,
    /// `auth_time` is from before the person was asked to prove who they are.
    #[error("the person was not asked anew")]
    NotAnew,
    /// `nonce` is not the one of this login.
    #[error("it belongs to another login")]
    Nonce,
    /// A `nonce` where none may be.
    #[error("it has a nonce")]
    HasNonce,
    /// `at_hash` is not the access token's.
    #[error("it belongs to another access token")]
    AccessTokenHash,
    /// No event of back-channel logout in it.
    #[error("it does not say that a session has ended")]
    Event,
}

impl TokenRefusal {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLong => "token_too_long",
            Self::NotSigned => "token_not_signed",
            Self::Header => "token_header",
            Self::Extension => "token_extension",
            Self::Kind => "token_kind",
            Self::Algorithm => "token_algorithm",
            Self::UnknownKey => "token_unknown_key",
            Self::WrongKey => "token_wrong_key",
            Self::Signature => "token_signature",
            Self::Claims => "token_claims",
            Self::Missing(_) => "token_missing_claim",
            Self::Issuer => "token_issuer",
            Self::Audience => "token_audience",
            Self::AuthorisedParty => "token_authorised_party",
            Self::Expired => "token_expired",
            Self::NotYet => "token_not_yet",
            Self::TooOld => "token_too_old",
            Self::NotAnew => "token_not_anew",
            Self::Nonce => "token_nonce",
            Self::HasNonce => "token_has_nonce",
            Self::AccessTokenHash => "token_access_token_hash",
            Self::Event => "token_event",
        }
    }
}

/// Why what a token says of a person is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefusal {
    /// No `pid`.
    #[error("it does not say who the person is")]
    NoPid,
    /// `pid` is not a valid identity number.
    #[error("the identity number is not valid")]
    Pid,
    /// Nothing about the security level.
    #[error("it does not say how sure the issuer is")]
    NoLevel,
    /// Another security level than 4, or an `assurance_level` that is not `high`.
    #[error("the security level is below 4")]
    Level,
    /// An HPR number is demanded, and there is none.
    #[error("it has no HPR number")]
    NoHpr,
    /// The HPR number is not one.
    #[error("the HPR number is not valid")]
    Hpr,
    /// An organisation number is not one.
    #[error("an organisation number is not valid")]
    Organisation,
    /// The organisation is not the one on whose behalf we asked.
    #[error("it is for another organisation")]
    OtherOrganisation,
}

impl ClaimRefusal {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPid => "no_pid",
            Self::Pid => "pid",
            Self::NoLevel => "no_level",
            Self::Level => "level",
            Self::NoHpr => "no_hpr",
            Self::Hpr => "hpr",
            Self::Organisation => "organisation",
            Self::OtherOrganisation => "other_organisation",
        }
    }
}
