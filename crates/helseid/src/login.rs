//! A login: begun, under way, done.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};
use serde::{Deserialize, Serialize};

use crate::claims::SKEW_SECONDS;
use crate::{LoginError, OAuthError, PENDING_SECONDS, PrivateKey, Secret};

/// What may be asked of the issuer for one login, beside what the [`Settings`](crate::Settings) ask for always.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// Who is expected; issuers of tests finish the login by it.
    pub login_hint: Option<String>,
    /// Languages in the order of preference, `nn nb en`.
    pub ui_locales: Option<String>,
    /// The person shall prove who they are again, even if the issuer knows them already (`prompt=login`); checked by
    /// the `auth_time` of the ID token.
    pub anew: bool,
}

/// What we have to remember while the person is at the issuer.
///
/// Holds secrets: it is kept encrypted, found by the browser's own cookie (so that nobody can be made to finish
/// somebody else's login), and removed when it has been used once.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    pub(crate) issuer: String,
    pub(crate) state: Secret,
    pub(crate) nonce: Secret,
    pub(crate) verifier: Secret,
    pub(crate) key: Secret,
    pub(crate) anew: bool,
    pub(crate) begun_second: i64,
}

impl Pending {
    /// The `state` that comes back with the person: what a pending login is found by.
    #[must_use]
    pub fn state(&self) -> &Secret {
        &self.state
    }

    /// When it was begun, in seconds since 1970; [`PENDING_SECONDS`](crate::PENDING_SECONDS) later it is too late.
    #[must_use]
    pub fn begun_second(&self) -> i64 {
        self.begun_second
    }

    pub(crate) fn new(issuer: &str, ask: &Ask, now: Timestamp) -> Self {
        Self {
            issuer: issuer.to_owned(),
            state: Secret::random(),
            nonce: Secret::random(),
            verifier: Secret::random(),
            key: PrivateKey::generate(),
            anew: ask.anew,
            begun_second: now.as_second(),
        }
    }

    /// S256 of the verifier (RFC 7636, 4.2).
    pub(crate) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest(&SHA256, self.verifier.reveal().as_bytes()))
    }

    /// Begun at this issuer, and not too long ago. A clock may have been set back a little in between.
    pub(crate) fn is_for(&self, issuer: &str, now: Timestamp) -> Result<(), LoginError> {
        if self.issuer != issuer {
            return Err(LoginError::OtherIssuer);
        }
        let age = now.as_second().saturating_sub(self.begun_second);
        match (-SKEW_SECONDS..=PENDING_SECONDS).contains(&age) {
            true => Ok(()),
            false => Err(LoginError::TooLate),
        }
    }

    pub(crate) fn proof_key(&self) -> Option<PrivateKey> {
        PrivateKey::from_jwk(self.key.reveal()).ok()
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pending(begun {})", self.begun_second)
    }
}

/// What the browser brings back: the query of the redirect URI.
#[derive(Clone, Default, Deserialize)]
pub struct Callback {
    /// The authorisation code.
    pub code: Option<Secret>,
    /// Ours, see [`Pending::state`].
    pub state: Option<Secret>,
    /// Who sent the person back (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

impl Callback {
    /// The code, if it is for this login: `state`, then `iss`, then `error`.
    pub(crate) fn code_for(
        &self,
        pending: &Pending,
        issuer_names_itself: bool,
    ) -> Result<&Secret, LoginError> {
        let state = self.state.as_ref().map(Secret::reveal);
        if !state.is_some_and(|state| pending.state.is(state)) {
            return Err(LoginError::State);
        }
        match self.iss.as_deref() {
            Some(issuer) if issuer == pending.issuer => {}
            None if !issuer_names_itself => {}
            _ => return Err(LoginError::OtherIssuer),
        }
        if let Some(error) = self.error.as_deref() {
            return Err(LoginError::Ended(OAuthError::read(error)));
        }
        let code = self.code.as_ref();
        code.filter(|code| !code.reveal().is_empty())
            .ok_or(LoginError::NoCode)
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback(…)")
    }
}

/// Somebody has logged in, at security level 4.
#[derive(Debug, Clone)]
pub struct Login {
    /// The national identity number (`pid`); nothing prints it.
    pub pid: NationalId,
    /// The number in the register of health personnel; `None`: not health personnel, or not registered.
    pub hpr: Option<HprNumber>,
    /// How sure the issuer is.
    pub level: SecurityLevel,
    /// The legal entity on whose behalf, if the issuer says so.
    pub organisation_parent: Option<OrganisationNumber>,
    /// The sub-unit on whose behalf, if the issuer says so.
    pub organisation_child: Option<OrganisationNumber>,
    /// The issuer's own name for the person (a pseudonym of `pid`, so it is as secret).
    pub sub: Secret,
    /// The issuer's session: what a back-channel logout names.
    pub sid: Option<Secret>,
    /// When the person proved who they are, if the issuer says so.
    pub auth_time: Option<Timestamp>,
    /// Goes back to the issuer with the logout. Holds `pid`: kept encrypted or not at all.
    pub id_token: Secret,
}

/// Security level (*sikkerhetsnivå*) of the login; 4 is `high`. Lower ones are refused, so there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityLevel {
    /// BankID, Buypass, Commfides, or ID-porten at its highest.
    Four,
}

/// The issuer says that a session has ended (OpenID Connect Back-Channel Logout 1.0). All sessions of ours with this
/// `sid`, or where there is none, with this `sub`, are over.
#[derive(Debug, Clone)]
pub struct LogoutToken {
    /// The session that ended.
    pub sid: Option<Secret>,
    /// Whose.
    pub sub: Option<Secret>,
    /// The token's own name; each counts once.
    pub jti: Secret,
}
