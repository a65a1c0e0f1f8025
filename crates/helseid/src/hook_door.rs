//! The door for systems that ask for advice (CDS Hooks 2.0.1, "Trusting CDS Clients"): a token signed by the system for
//! every call, with a key that operators know.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::claims::{Audience, Claims, SKEW_SECONDS};
use crate::key_sets::KeySets;
use crate::{
    Algorithm, KeySet, Mark, Problem, PublicKey, Replay, ReplayError, Token, TokenRefusal,
};

/// The longest life of a token: the specification's five minutes.
const LONGEST_SECONDS: i64 = 5 * 60;

/// The longest name of a token (`jti`) that is remembered.
const LONGEST_NAME: usize = 256;

/// A system that may ask.
#[derive(Debug, Clone)]
pub struct TrustedClient {
    /// Who signs (`iss`), letter by letter.
    pub issuer: String,
    /// With which keys.
    pub keys: TrustedKeys,
}

/// Where a system's keys are.
#[derive(Debug, Clone)]
pub enum TrustedKeys {
    /// At this address. A token may name it (`jku`); one that names another is refused.
    At(Url),
    /// Known here.
    Here(Arc<KeySet>),
}

/// Why a system's call is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HookRefusal {
    /// Nobody says who they are.
    #[error(
        "cannot admit the call: it has no token; send Authorization: Bearer with a signed token"
    )]
    NoToken,
    /// More than one `Authorization` header.
    #[error("cannot admit the call: it has more than one token")]
    SeveralTokens,
    /// Another scheme than `Bearer`.
    #[error("cannot admit the call: another scheme than Bearer")]
    Scheme,
    /// The token is not what it must be.
    #[error("cannot accept the token: {0}")]
    Token(TokenRefusal),
    /// A right token of a system that may not ask here.
    #[error("cannot admit the call: this issuer is not known here")]
    UnknownClient,
    /// The token names another key set than the one that is known.
    #[error("cannot accept the token: its key set is not the one that is known here")]
    OtherKeySet,
    /// It counts for longer than five minutes.
    #[error("cannot accept the token: it counts for longer than five minutes")]
    TooLong,
    /// Without a name (`jti`), or with one that cannot be remembered.
    #[error("cannot accept the token: it has no jti of 1 to 256 bytes")]
    Name,
    /// It was used before.
    #[error("cannot accept the token: it was used before")]
    Replayed,
    /// The system's keys cannot be had.
    #[error("cannot check the token: the key set: {0}")]
    Keys(Problem),
    /// The memory of used tokens cannot be asked.
    #[error("cannot check the token: {0}")]
    Memory(ReplayError),
}

/// The door.
pub struct HookDoor {
    algorithms: Vec<Algorithm>,
    key_sets: KeySets,
    replay: Arc<dyn Replay>,
}

impl HookDoor {
    /// The algorithms that the specification recommends.
    pub const RECOMMENDED: [Algorithm; 2] = [Algorithm::ES384, Algorithm::RS384];

    /// A door for these algorithms, all of key pairs.
    #[must_use]
    pub fn new(algorithms: Vec<Algorithm>, replay: Arc<dyn Replay>) -> Self {
        Self {
            algorithms,
            key_sets: KeySets::default(),
            replay,
        }
    }

    /// Which of those that may ask has made this call of `url`, which is the address as the caller writes it.
    ///
    /// # Errors
    /// See [`HookRefusal`]; in this order: the header, the token's form and algorithm, the issuer, the key set, key and
    /// signature, for whom and how long it counts, its name, and that it is used for the first time.
    pub async fn check<'c>(
        &self,
        authorization: &[&[u8]],
        url: &Url,
        clients: &'c [TrustedClient],
        now: Timestamp,
    ) -> Result<&'c TrustedClient, HookRefusal> {
        let token = Token::read(bearer(authorization)?).map_err(HookRefusal::Token)?;
        let header = token.header();
        if !self.algorithms.contains(&header.algorithm) {
            return Err(HookRefusal::Token(TokenRefusal::Algorithm));
        }
        if header.kind.is_some() && !token.is_kind("jwt") {
            return Err(HookRefusal::Token(TokenRefusal::Kind));
        }
        let issuer = token.claimed_issuer().map_err(HookRefusal::Token)?;
        let client = clients.iter().find(|client| client.issuer == issuer);
        let client = client.ok_or(HookRefusal::UnknownClient)?;
        let key = self.key(client, &token, now).await?;
        let claims: Claims = token.verify(&key).map_err(HookRefusal::Token)?;
        let name = counts(&claims, url, now)?;
        let mark = Mark::new("hook", &issuer, name);
        let until = now.as_second() + LONGEST_SECONDS + 2 * SKEW_SECONDS;
        let until = Timestamp::from_second(until).unwrap_or(now);
        let first = self.replay.first_time(mark, until, now).await;
        match first.map_err(HookRefusal::Memory)? {
            true => Ok(client),
            false => Err(HookRefusal::Replayed),
        }
    }

    async fn key(
        &self,
        client: &TrustedClient,
        token: &Token<'_>,
        now: Timestamp,
    ) -> Result<PublicKey, HookRefusal> {
        let header = token.header();
        let unknown = HookRefusal::Token(TokenRefusal::UnknownKey);
        let kid = header.kid.as_deref().ok_or(unknown.clone())?;
        let key = match &client.keys {
            TrustedKeys::Here(keys) => keys.find(kid, header.algorithm).cloned(),
            TrustedKeys::At(url) => {
                let named = header.jku.as_deref();
                if named.is_some_and(|jku| Url::parse(jku).ok().as_ref() != Some(url)) {
                    return Err(HookRefusal::OtherKeySet);
                }
                let key = self.key_sets.key(url, kid, header.algorithm, now).await;
                key.map_err(HookRefusal::Keys)?
            }
        };
        key.ok_or(unknown)
    }
}

/// The one token of the call.
fn bearer<'a>(authorization: &[&'a [u8]]) -> Result<&'a str, HookRefusal> {
    let one = match authorization {
        [] => return Err(HookRefusal::NoToken),
        [one] => std::str::from_utf8(one).map_err(|_| HookRefusal::Scheme)?,
        _ => return Err(HookRefusal::SeveralTokens),
    };
    let (scheme, token) = one.split_once(' ').ok_or(HookRefusal::Scheme)?;
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(HookRefusal::Scheme);
    }
    Ok(token.trim_start_matches(' '))
}

/// Whether the token counts here and now; its name.
fn counts<'c>(claims: &'c Claims, url: &Url, now: Timestamp) -> Result<&'c str, HookRefusal> {
    let time = || {
        match claims.aud.as_ref().map(Audience::all) {
            None => return Err(TokenRefusal::Missing("aud")),
            Some([only]) if Url::parse(only).ok().as_ref() == Some(url) => {}
            Some(_) => return Err(TokenRefusal::Audience),
        }
        claims.counts_at(now)?;
        claims.was_made_within(LONGEST_SECONDS, now)
    };
    time().map_err(HookRefusal::Token)?;
    if let (Some(exp), Some(iat)) = (claims.exp, claims.iat)
        && exp.0 - iat.0 > LONGEST_SECONDS
    {
        return Err(HookRefusal::TooLong);
    }
    let name = claims.jti.as_deref().unwrap_or_default();
    let fits = (1..=LONGEST_NAME).contains(&name.len());
    fits.then_some(name).ok_or(HookRefusal::Name)
}

impl HookRefusal {
    /// A short name for logs, metrics and tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoToken => "no_token",
            Self::SeveralTokens => "several_tokens",
            Self::Scheme => "scheme",
            Self::Token(refusal) => refusal.name(),
            Self::UnknownClient => "unknown_client",
            Self::OtherKeySet => "other_key_set",
            Self::TooLong => "token_lives_too_long",
            Self::Name => "name",
            Self::Replayed => "replayed",
            Self::Keys(_) => "keys",
            Self::Memory(_) => "memory",
        }
    }

    /// The status that answers it: 403 for a system that may not ask, 503 where it cannot be told, else 401.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::UnknownClient | Self::OtherKeySet => 403,
            Self::Keys(_) | Self::Memory(_) => 503,
            _ => 401,
        }
    }
}

impl std::fmt::Debug for HookDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HookDoor")
            .field("algorithms", &self.algorithms)
            .finish_non_exhaustive()
    }
}
