//! Which ID tokens and logout tokens count.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::claims::{Claims, SKEW_SECONDS};
use crate::{
    HprDemand, Login, LoginError, LogoutToken, Mark, Organisation, PublicKey, Secret, Token,
    TokenRefusal,
};

/// ID and logout tokens are made on the spot and come straight from the issuer: five minutes is generous.
const MADE_WITHIN_SECONDS: i64 = 5 * 60;

/// The event that a logout token tells of (OpenID Connect Back-Channel Logout 1.0, 2.4).
const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What an ID token has to fit.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who must have made it.
    pub issuer: &'a str,
    /// Our name: its only audience.
    pub client_id: &'a str,
    /// The one of this login.
    pub nonce: &'a Secret,
    /// What came with it.
    pub access_token: &'a Secret,
    /// In seconds since 1970: the person had to prove who they are after this moment.
    pub asked_anew_at: Option<i64>,
    /// On whose behalf we asked.
    pub organisation: Organisation,
}

impl Login {
    /// Checks an ID token, without any connection: the key is the one that the issuer has under the token's name for it.
    ///
    /// # Errors
    /// [`LoginError::Token`], in this order: kind, signature, claims, `iss`, `aud`, `azp`, `exp`, `iat` and `nbf`,
    /// `nonce`, `at_hash`, `auth_time`, `sub`; then [`LoginError::Person`]: level, identity number, HPR number,
    /// organisation.
    pub fn check(
        token: &Token<'_>,
        key: &PublicKey,
        expected: &Expected<'_>,
        now: Timestamp,
    ) -> Result<Self, LoginError> {
        let claims = check_id_token(token, key, expected, now).map_err(LoginError::Token)?;
        let person = claims.person(HprDemand::Optional);
        let person = person.map_err(LoginError::Person)?;
        let admitted = expected.organisation.admits(person.parent, person.child);
        admitted.map_err(LoginError::Person)?;
        let auth_time = claims.auth_time;
        Ok(Self {
            pid: person.pid,
            hpr: person.hpr,
            level: person.level,
            organisation_parent: person.parent,
            organisation_child: person.child,
            sub: Secret::new(claims.sub.unwrap_or_default()),
            sid: claims.sid.map(Secret::new),
            auth_time: auth_time.and_then(|moment| Timestamp::from_second(moment.0).ok()),
            id_token: Secret::new(token.text()),
        })
    }
}

/// OpenID Connect Core 1.0, 3.1.3.7.
fn check_id_token(
    token: &Token<'_>,
    key: &PublicKey,
    expected: &Expected<'_>,
    now: Timestamp,
) -> Result<Claims, TokenRefusal> {
    if token.header().kind.is_some() && !token.is_kind("jwt") {
        return Err(TokenRefusal::Kind);
    }
    let claims: Claims = token.verify(key)?;
    claims.is_issued_by(expected.issuer)?;
    claims.is_only_for(expected.client_id)?;
    let azp = claims.azp.as_deref();
    if azp.is_some_and(|azp| azp != expected.client_id) {
        return Err(TokenRefusal::AuthorisedParty);
    }
    claims.counts_at(now)?;
    claims.was_made_within(MADE_WITHIN_SECONDS, now)?;
    match claims.nonce.as_deref() {
        None => return Err(TokenRefusal::Missing("nonce")),
        Some(nonce) if expected.nonce.is(nonce) => {}
        Some(_) => return Err(TokenRefusal::Nonce),
    }
    if let Some(hash) = claims.at_hash.as_deref() {
        is_hash_of(hash, expected.access_token.reveal(), token)?;
    }
    if let Some(asked) = expected.asked_anew_at {
        let proved = claims.auth_time.ok_or(TokenRefusal::Missing("auth_time"))?;
        if proved.0 < asked - SKEW_SECONDS {
            return Err(TokenRefusal::NotAnew);
        }
    }
    if claims.sub.as_deref().is_none_or(str::is_empty) {
        return Err(TokenRefusal::Missing("sub"));
    }
    Ok(claims)
}

/// The left half of the digest that the token's own algorithm uses (OpenID Connect Core 1.0, 3.1.3.6).
fn is_hash_of(hash: &str, access_token: &str, token: &Token<'_>) -> Result<(), TokenRefusal> {
    let algorithm = token.header().algorithm.digest();
    let digest = aws_lc_rs::digest::digest(algorithm, access_token.as_bytes());
    let half = &digest.as_ref()[..digest.as_ref().len() / 2];
    match hash == URL_SAFE_NO_PAD.encode(half) {
        true => Ok(()),
        false => Err(TokenRefusal::AccessTokenHash),
    }
}

impl LogoutToken {
    /// Checks a logout token, without any connection (OpenID Connect Back-Channel Logout 1.0, 2.6). Whether it is used
    /// for the first time is the caller's to find out, by its mark.
    ///
    /// # Errors
    /// In this order: kind, signature, claims, `iss`, `aud`, `iat`, `nbf` and where there is one `exp`, `events`, a
    /// `nonce`, neither `sub` nor `sid`, `jti`.
    pub fn check(
        token: &Token<'_>,
        key: &PublicKey,
        issuer: &str,
        client_id: &str,
        now: Timestamp,
    ) -> Result<Self, TokenRefusal> {
        let claims = check_logout_token(token, key, (issuer, client_id), now)?;
        Ok(Self {
            sid: claims.sid.map(Secret::new),
            sub: claims.sub.map(Secret::new),
            jti: Secret::new(claims.jti.unwrap_or_default()),
        })
    }

    /// The token's mark, and how long it has to be remembered.
    #[must_use]
    pub fn mark(&self, issuer: &str, now: Timestamp) -> (Mark, Timestamp) {
        let seconds = MADE_WITHIN_SECONDS + 2 * SKEW_SECONDS;
        let until = Timestamp::from_second(now.as_second().saturating_add(seconds));
        let mark = Mark::new("logout", issuer, self.jti.reveal());
        (mark, until.unwrap_or(Timestamp::MAX))
    }
}

fn check_logout_token(
    token: &Token<'_>,
    key: &PublicKey,
    (issuer, client_id): (&str, &str),
    now: Timestamp,
) -> Result<Claims, TokenRefusal> {
    // Explicit typing is recommended only; what tells it from an ID token is the event, and that it has no nonce.
    if token.header().kind.is_some() && !token.is_kind("logout+jwt") && !token.is_kind("jwt") {
        return Err(TokenRefusal::Kind);
    }
    let claims: Claims = token.verify(key)?;
    claims.is_issued_by(issuer)?;
    claims.is_only_for(client_id)?;
    match claims.exp {
        Some(_) => claims.counts_at(now)?,
        None => claims.has_begun_at(now)?,
    }
    claims.was_made_within(MADE_WITHIN_SECONDS, now)?;
    let event = claims.events.as_ref();
    let event = event.and_then(|events| events.get(LOGOUT_EVENT));
    if !event.is_some_and(serde_json::Value::is_object) {
        return Err(TokenRefusal::Event);
    }
    if claims.nonce.is_some() {
        return Err(TokenRefusal::HasNonce);
    }
    let named = |name: &Option<String>| name.as_deref().is_some_and(|name| !name.is_empty());
    if !named(&claims.sid) && !named(&claims.sub) {
        return Err(TokenRefusal::Missing("sid"));
    }
    if !named(&claims.jti) {
        return Err(TokenRefusal::Missing("jti"));
    }
    Ok(claims)
}
