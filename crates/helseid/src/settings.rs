//! What has to be known before anybody can log in.

use riktig_codes::OrganisationNumber;
use url::Url;

use crate::{ClaimRefusal, PrivateKey};

/// How we are registered at the issuer, and what we ask it for.
///
/// ```
/// use riktig_helseid::{ClientKeys, PrivateKey, Settings};
/// # riktig_helseid::install_cryptography();
/// # let file = PrivateKey::generate().reveal().to_owned();
/// let key = PrivateKey::from_jwk(&file)?;
/// let settings = Settings::new(
///     "https://helseid-sts.test.nhn.no",
///     "0b9b0f5d-1b5c-4a0f-8d4c-2f6b1f0e6a77",
///     ClientKeys::one(key),
///     "https://portal.example.org/login/callback".parse()?,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Settings {
    /// The issuer as it writes itself: compared letter by letter, so no slash at the end unless it has one.
    pub issuer: String,
    /// Our name at the issuer.
    pub client_id: String,
    /// What we sign with.
    pub keys: ClientKeys,
    /// Where a person is sent back to after the login; registered at the issuer.
    pub redirect_uri: Url,
    /// Where a person is sent back to after the logout; registered at the issuer.
    pub post_logout_redirect_uri: Option<Url>,
    /// What we ask to be told, `openid` among it.
    pub scopes: Vec<String>,
    /// Which identity providers are offered; `Level4` leaves out those that do not reach security level 4.
    pub acr_values: Option<String>,
    /// On whose behalf we ask.
    pub organisation: Organisation,
}

/// What the portal needs to be told of a person, no more: the sub-scopes, not `helseid://scopes/identity/all`.
pub const SCOPES: [&str; 5] = [
    "openid",
    "helseid://scopes/identity/pid",
    "helseid://scopes/identity/security_level",
    "helseid://scopes/identity/assurance_level",
    "helseid://scopes/hpr/hpr_number",
];

impl Settings {
    /// With [`SCOPES`], level 4, no page to return to after the logout, and no organisation named.
    #[must_use]
    pub fn new(
        issuer: impl Into<String>,
        client_id: impl Into<String>,
        keys: ClientKeys,
        redirect_uri: Url,
    ) -> Self {
        Self {
            issuer: issuer.into(),
            client_id: client_id.into(),
            keys,
            redirect_uri,
            post_logout_redirect_uri: None,
            scopes: SCOPES.map(String::from).to_vec(),
            acr_values: Some("Level4".into()),
            organisation: Organisation::Unnamed,
        }
    }
}

/// Our own keys: the one in use, and while keys are being changed the one that still counts.
///
/// A new key is registered at the issuer at one moment and taken into use by us at another. So while a key is changed
/// both are here: whichever the issuer accepted last is tried first, and the other when it answers `invalid_client`.
#[derive(Debug, Clone)]
pub struct ClientKeys {
    pub(crate) current: PrivateKey,
    pub(crate) previous: Option<PrivateKey>,
}

impl ClientKeys {
    /// The everyday case.
    #[must_use]
    pub fn one(current: PrivateKey) -> Self {
        Self {
            current,
            previous: None,
        }
    }

    /// While keys are changed: the new one, and the one that still counts.
    #[must_use]
    pub fn changing(current: PrivateKey, previous: PrivateKey) -> Self {
        Self {
            current,
            previous: Some(previous),
        }
    }
}

/// On whose behalf a person logs in; goes into the client assertion as `assertion_details`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organisation {
    /// Nobody's: the issuer takes the organisation that the client is registered for.
    Unnamed,
    /// A client of one organisation: its sub-unit (*underenhet*).
    SingleTenant {
        /// The sub-unit.
        child: OrganisationNumber,
    },
    /// A client of many organisations: the legal entity (*hovedenhet*), and if known its sub-unit.
    MultiTenant {
        /// The legal entity.
        parent: OrganisationNumber,
        /// The sub-unit.
        child: Option<OrganisationNumber>,
    },
}

impl Organisation {
    /// Where the issuer says on whose behalf, it is those whom we named.
    pub(crate) fn admits(
        self,
        parent: Option<OrganisationNumber>,
        child: Option<OrganisationNumber>,
    ) -> Result<(), ClaimRefusal> {
        let (named_parent, named_child) = match self {
            Self::Unnamed => (None, None),
            Self::SingleTenant { child } => (None, Some(child)),
            Self::MultiTenant { parent, child } => (Some(parent), child),
        };
        let differs = |named: Option<OrganisationNumber>, said: Option<OrganisationNumber>| matches!((named, said), (Some(named), Some(said)) if named != said);
        match differs(named_parent, parent) || differs(named_child, child) {
            true => Err(ClaimRefusal::OtherOrganisation),
            false => Ok(()),
        }
    }
}
