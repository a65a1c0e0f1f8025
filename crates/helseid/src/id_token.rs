//! Which ID tokens and logout tokens count.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::claims::{Claims, SKEW_SECONDS};
use crate::{Mark, PublicKey, Token, TokenRefusal};

/// ID and logout tokens are made on the spot and come straight from the issuer: five minutes is generous.
const MADE_WITHIN_SECONDS: i64 = 5 * 60;

/// The event that a logout token tells of (OpenID Connect Back-Channel Logout 1.0, 2.4).
const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What a token has to fit.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) access_token: &'a str,
    /// The person had to prove who they are after this moment.
    pub(crate) asked_anew_at: Option<i64>,
}

/// OpenID Connect Core 1.0, 3.1.3.7.
///
/// # Errors
/// In this order: kind, signature, claims, `iss`, `aud`, `azp`, `exp`, `iat` and `nbf`, `nonce`, `at_hash`, `auth_time`.
pub(crate) fn check_id_token(
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
        Some(nonce) if nonce == expected.nonce => {}
        Some(_) => return Err(TokenRefusal::Nonce),
    }
    if let Some(hash) = claims.at_hash.as_deref() {
        is_hash_of(hash, expected.access_token, token)?;
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

/// OpenID Connect Back-Channel Logout 1.0, 2.6.
///
/// # Errors
/// In this order: kind, signature, claims, `iss`, `aud`, `iat` and `nbf`, `exp` where there is one, `events`, a `nonce`,
/// neither `sub` nor `sid`, `jti`.
pub(crate) fn check_logout_token(
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

/// The mark of a logout token, and how long it has to be remembered.
pub(crate) fn logout_mark(issuer: &str, jti: &str, now: Timestamp) -> (Mark, Timestamp) {
    let seconds = MADE_WITHIN_SECONDS + 2 * SKEW_SECONDS;
    let until = now.as_second().saturating_add(seconds);
    let until = Timestamp::from_second(until).unwrap_or(Timestamp::MAX);
    (Mark::new("logout", issuer, jti), until)
}
