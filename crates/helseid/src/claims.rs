//! What a token says: when and for whom it counts, and who the person is.

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId, OrganisationNumber};
use serde::{Deserialize, Deserializer};

use crate::{ClaimRefusal, HprDemand, SecurityLevel, TokenRefusal};

/// How far clocks may be apart, in seconds (FAPI 2.0 Security Profile, 5.3.2.1: at least 10, at most 60).
pub(crate) const SKEW_SECONDS: i64 = 10;

/// The claims of all our kinds of token. A claim that comes twice, or in another type, is refused when it is read.
#[derive(Deserialize)]
pub(crate) struct Claims {
    pub(crate) iss: Option<String>,
    pub(crate) sub: Option<String>,
    pub(crate) aud: Option<Audience>,
    pub(crate) azp: Option<String>,
    pub(crate) exp: Option<Moment>,
    pub(crate) nbf: Option<Moment>,
    pub(crate) iat: Option<Moment>,
    pub(crate) auth_time: Option<Moment>,
    pub(crate) jti: Option<String>,
    pub(crate) sid: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) at_hash: Option<String>,
    pub(crate) events: Option<serde_json::Map<String, serde_json::Value>>,
    pub(crate) client_id: Option<String>,
    pub(crate) scope: Option<Scope>,
    pub(crate) cnf: Option<Confirmation>,
    #[serde(rename = "helseid://claims/identity/pid")]
    pid: Option<String>,
    #[serde(rename = "helseid://claims/identity/security_level")]
    security_level: Option<Level>,
    #[serde(rename = "helseid://claims/identity/assurance_level")]
    assurance_level: Option<String>,
    #[serde(rename = "helseid://claims/hpr/hpr_number")]
    hpr_number: Option<String>,
    #[serde(rename = "helseid://claims/client/claims/orgnr_parent")]
    orgnr_parent: Option<String>,
    #[serde(rename = "helseid://claims/client/claims/orgnr_child")]
    orgnr_child: Option<String>,
}

/// One or several (RFC 7519, 4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// Separated by spaces (RFC 9068), or as a list, as Duende IdentityServer writes them.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Scope {
    Spaced(String),
    Listed(Vec<String>),
}

impl Scope {
    pub(crate) fn all(&self) -> Vec<String> {
        match self {
            Self::Spaced(text) => text.split_ascii_whitespace().map(String::from).collect(),
            Self::Listed(scopes) => scopes.clone(),
        }
    }
}

/// Which key a token is bound to (RFC 9449, 6.1).
#[derive(Deserialize)]
pub(crate) struct Confirmation {
    pub(crate) jkt: Option<String>,
}

/// HelseID writes the level as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Level {
    Text(String),
    Number(u64),
}

/// Seconds since 1970, which may have a fraction (RFC 7519, 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub(crate) i64);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let whole = number.as_i64().or_else(|| {
            let floor = number.as_f64()?.floor();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a double of this size has an integer"
            )]
            (floor.abs() < 1e15).then_some(floor as i64)
        });
        let moment = whole.filter(|second| second.abs() < 1_000_000_000_000_000);
        moment
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("not a moment"))
    }
}

/// The person behind a token.
pub(crate) struct Person {
    pub(crate) pid: NationalId,
    pub(crate) hpr: Option<HprNumber>,
    pub(crate) level: SecurityLevel,
    pub(crate) parent: Option<OrganisationNumber>,
    pub(crate) child: Option<OrganisationNumber>,
}

impl Claims {
    pub(crate) fn is_issued_by(&self, issuer: &str) -> Result<(), TokenRefusal> {
        match self.iss.as_deref() {
            None => Err(TokenRefusal::Missing("iss")),
            Some(iss) if iss == issuer => Ok(()),
            Some(_) => Err(TokenRefusal::Issuer),
        }
    }

    /// `aud` is this one name and no other.
    pub(crate) fn is_only_for(&self, name: &str) -> Result<(), TokenRefusal> {
        match self.aud.as_ref().map(Audience::all) {
            None => Err(TokenRefusal::Missing("aud")),
            Some([only]) if only == name => Ok(()),
            Some(_) => Err(TokenRefusal::Audience),
        }
    }

    /// Has begun and not ended. `exp` and `iat` must be there.
    pub(crate) fn counts_at(&self, now: Timestamp) -> Result<(), TokenRefusal> {
        let second = now.as_second();
        let exp = self.exp.ok_or(TokenRefusal::Missing("exp"))?;
        if exp.0 <= second - SKEW_SECONDS {
            return Err(TokenRefusal::Expired);
        }
        self.has_begun_at(now)
    }

    /// Neither `iat`, which must be there, nor `nbf` is yet to come.
    pub(crate) fn has_begun_at(&self, now: Timestamp) -> Result<(), TokenRefusal> {
        let latest = now.as_second() + SKEW_SECONDS;
        let iat = self.iat.ok_or(TokenRefusal::Missing("iat"))?;
        if iat.0 > latest || self.nbf.is_some_and(|nbf| nbf.0 > latest) {
            return Err(TokenRefusal::NotYet);
        }
        Ok(())
    }

    /// `iat` is not longer ago than that.
    pub(crate) fn was_made_within(&self, seconds: i64, now: Timestamp) -> Result<(), TokenRefusal> {
        let iat = self.iat.ok_or(TokenRefusal::Missing("iat"))?;
        match iat.0 < now.as_second() - seconds - SKEW_SECONDS {
            true => Err(TokenRefusal::TooOld),
            false => Ok(()),
        }
    }

    /// Who it is: level, identity number, HPR number, organisation, in this order.
    pub(crate) fn person(&self, demand: HprDemand) -> Result<Person, ClaimRefusal> {
        let level = self.level()?;
        let pid = self.pid.as_deref().ok_or(ClaimRefusal::NoPid)?;
        let pid = NationalId::parse(pid).ok().and_then(|pid| pid.known());
        let hpr = match (self.hpr_number.as_deref(), demand) {
            (None, HprDemand::Required) => return Err(ClaimRefusal::NoHpr),
            (None, HprDemand::Optional) => None,
            (Some(text), _) => Some(text.parse().map_err(|_| ClaimRefusal::Hpr)?),
        };
        Ok(Person {
            pid: pid.ok_or(ClaimRefusal::Pid)?,
            hpr,
            level,
            parent: organisation(self.orgnr_parent.as_deref())?,
            child: organisation(self.orgnr_child.as_deref())?,
        })
    }

    fn level(&self) -> Result<SecurityLevel, ClaimRefusal> {
        let four = match &self.security_level {
            None => return Err(ClaimRefusal::NoLevel),
            Some(Level::Text(text)) => text == "4",
            Some(Level::Number(number)) => *number == 4,
        };
        let high = match self.assurance_level.as_deref() {
            None => true, // HelseID is about to leave it out
            Some(level) => level == "high",
        };
        match four && high {
            true => Ok(SecurityLevel::Four),
            false => Err(ClaimRefusal::Level),
        }
    }
}

fn organisation(text: Option<&str>) -> Result<Option<OrganisationNumber>, ClaimRefusal> {
    let number = text.map(str::parse).transpose();
    number.map_err(|_| ClaimRefusal::Organisation)
}
