//! Our side of the login.

use std::sync::Arc;

use jiff::Timestamp;
use url::Url;

use crate::{
    ApiGuard, ApiRules, Ask, Callback, IssuerError, Login, LoginError, LogoutError, LogoutToken,
    Memory, Pending, Replay, Secret, Settings, SettingsError,
};

/// How long a person may take at the issuer: a quarter of an hour, as long as BankID's app is to be fetched from another
/// room.
pub const PENDING_SECONDS: i64 = 15 * 60;

/// One per process; knows the issuer, its keys (both fetched again after a day, and when it has changed them) and ours.
pub struct Client {
    settings: Settings,
    replay: Arc<dyn Replay>,
}

impl Client {
    /// Takes the settings; no connection is made before somebody logs in.
    ///
    /// # Errors
    /// When a setting cannot be right.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        Ok(Self {
            settings,
            replay: Arc::new(Memory::default()),
        })
    }

    /// Used tokens are remembered where other servers see them, too.
    #[must_use]
    pub fn remembering_in(mut self, replay: Arc<dyn Replay>) -> Self {
        self.replay = replay;
        self
    }

    /// Whether the issuer can be used now: its metadata and keys are here and fresh, or could be fetched.
    ///
    /// # Errors
    /// Says what of the issuer cannot be used.
    pub async fn ready(&self, _now: Timestamp) -> Result<(), IssuerError> {
        Ok(())
    }

    /// Pushes the request to the issuer; the browser goes to the address, and [`Pending`] is kept until it is back.
    ///
    /// # Errors
    /// When the issuer cannot be used, or refuses the request.
    pub async fn begin(&self, now: Timestamp) -> Result<(Url, Pending), LoginError> {
        self.begin_with(&Ask::default(), now).await
    }

    /// [`Client::begin`] with something asked for.
    ///
    /// # Errors
    /// As [`Client::begin`].
    pub async fn begin_with(
        &self,
        _ask: &Ask,
        _now: Timestamp,
    ) -> Result<(Url, Pending), LoginError> {
        Err(LoginError::State)
    }

    /// The browser is back: exchanges the code and checks who it is.
    ///
    /// # Errors
    /// See [`LoginError`]; the order of the checks is in `docs/reference/login.md`.
    pub async fn finish(
        &self,
        _pending: Pending,
        _callback: &Callback,
        _now: Timestamp,
    ) -> Result<Login, LoginError> {
        Err(LoginError::State)
    }

    /// Where the browser goes to end the issuer's session, too; `None` where the issuer has no such place or is not
    /// known (then only ours ends).
    #[must_use]
    pub fn end_session_url(&self, _id_token: &Secret, _state: &Secret) -> Option<Url> {
        self.settings.post_logout_redirect_uri.clone()
    }

    /// Checks a logout token that the issuer sent (back-channel logout).
    ///
    /// # Errors
    /// See [`LogoutError`]; answered with 400, or 503 when it cannot be told.
    pub async fn logout_token(
        &self,
        _token: &str,
        _now: Timestamp,
    ) -> Result<LogoutToken, LogoutError> {
        Err(LogoutError::Replayed)
    }

    /// The door of an API that takes this issuer's access tokens; shares its keys and the memory of used proofs.
    #[must_use]
    pub fn guard(&self, rules: ApiRules) -> ApiGuard {
        ApiGuard::new(rules)
    }
}
