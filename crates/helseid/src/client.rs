//! Our side of the login.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use crate::assertion::{ASSERTION_TYPE, assertion};
use crate::authority::Authority;
use crate::connection::{Connection, is_safe};
use crate::id_token::Expected;
use crate::proof::Request;
use crate::{
    ApiGuard, ApiRules, Ask, Callback, Endpoint, IssuerError, Login, LoginError, LogoutError,
    LogoutToken, Memory, OAuthError, Organisation, Pending, PrivateKey, Problem, Proof, PublicKey,
    Replay, Secret, Settings, SettingsError, Token, TokenRefusal,
};

/// How long a person may take at the issuer.
pub const PENDING_SECONDS: i64 = 15 * 60;

/// One per process; knows the issuer, its keys (both fetched again after a day, the keys also when the issuer has changed
/// them) and ours.
pub struct Client {
    settings: Settings,
    authority: Arc<Authority>,
    replay: Arc<dyn Replay>,
    /// What the issuer wants to see in the next proof.
    nonce: Mutex<Option<String>>,
    /// The issuer accepted our previous key last, not the current one.
    previous_first: AtomicBool,
}

impl Client {
    /// Takes the settings; no connection is made before somebody logs in.
    ///
    /// # Errors
    /// When a setting cannot be right.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        let issuer = settings.check()?;
        let connection = Connection::open(&issuer)?;
        Ok(Self {
            authority: Arc::new(Authority::new(settings.issuer.clone(), connection)),
            settings,
            replay: Arc::new(Memory::default()),
            nonce: Mutex::new(None),
            previous_first: AtomicBool::new(false),
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
    pub async fn ready(&self, now: Timestamp) -> Result<(), IssuerError> {
        self.authority.metadata(now).await?;
        self.authority.keys(now).await?;
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
        ask: &Ask,
        now: Timestamp,
    ) -> Result<(Url, Pending), LoginError> {
        let endpoint = Endpoint::PushedRequest;
        let metadata = self.authority.metadata(now).await?;
        let pending = Pending::new(self.authority.issuer(), ask, now);
        let pushed = self.pushed_request(ask, &pending);
        let pushed: Vec<_> = pushed
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let url = &metadata.pushed_request;
        let body = self.post(endpoint, url, &pushed, None, now).await?;
        let pushed: Pushed = serde_json::from_slice(&body).map_err(|_| IssuerError {
            endpoint,
            problem: Problem::Unreadable,
        })?;
        let mut url = metadata.authorization.clone();
        url.query_pairs_mut()
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("request_uri", &pushed.request_uri);
        Ok((url, pending))
    }

    fn pushed_request(&self, ask: &Ask, pending: &Pending) -> Vec<(&'static str, String)> {
        let mut form = vec![
            ("response_type", "code".to_owned()),
            ("redirect_uri", self.settings.redirect_uri.to_string()),
            ("scope", self.settings.scopes.join(" ")),
            ("state", pending.state.reveal().to_owned()),
            ("nonce", pending.nonce.reveal().to_owned()),
            ("code_challenge", pending.challenge()),
            ("code_challenge_method", "S256".to_owned()),
        ];
        if let Some(key) = pending.proof_key() {
            form.push(("dpop_jkt", key.thumbprint().to_owned()));
        }
        let prompt = ask.anew.then(|| "login".to_owned());
        for (name, value) in [
            ("acr_values", self.settings.acr_values.clone()),
            ("login_hint", ask.login_hint.clone()),
            ("ui_locales", ask.ui_locales.clone()),
            ("prompt", prompt),
        ] {
            form.extend(value.map(|value| (name, value)));
        }
        form
    }

    /// The browser is back: exchanges the code and checks who it is. A pending login is used once, whatever comes of it.
    ///
    /// # Errors
    /// See [`LoginError`]; the order of the checks is in `docs/reference/login.md`.
    pub async fn finish(
        &self,
        pending: Pending,
        callback: &Callback,
        now: Timestamp,
    ) -> Result<Login, LoginError> {
        pending.is_for(self.authority.issuer(), now)?;
        let metadata = self.authority.metadata(now).await?;
        let code = callback.code_for(&pending, metadata.names_itself)?;
        let key = pending.proof_key().ok_or(LoginError::State)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.reveal()),
            ("redirect_uri", self.settings.redirect_uri.as_str()),
            ("code_verifier", pending.verifier.reveal()),
        ];
        let endpoint = Endpoint::Token;
        let body = self
            .post(endpoint, &metadata.token, &form, Some(&key), now)
            .await?;
        let tokens: Tokens = serde_json::from_slice(&body).map_err(|_| IssuerError {
            endpoint,
            problem: Problem::Unreadable,
        })?;
        if !tokens.token_type.eq_ignore_ascii_case("DPoP") {
            return Err(LoginError::NotBound);
        }
        self.login(&pending, tokens, now).await
    }

    async fn login(
        &self,
        pending: &Pending,
        tokens: Tokens,
        now: Timestamp,
    ) -> Result<Login, LoginError> {
        let token = Token::read(tokens.id_token.reveal()).map_err(LoginError::Token)?;
        let key = signing_key(&self.authority, &token, now).await?;
        let key = key.map_err(LoginError::Token)?;
        let expected = Expected {
            issuer: self.authority.issuer(),
            client_id: &self.settings.client_id,
            nonce: &pending.nonce,
            access_token: &tokens.access_token,
            asked_anew_at: pending.anew.then_some(pending.begun_second),
            organisation: self.settings.organisation,
        };
        Login::check(&token, &key, &expected, now)
    }

    /// Where the browser goes to end the issuer's session, too; `None` where the issuer has no such place, or has not
    /// been reached since the start (then only ours ends).
    #[must_use]
    pub fn end_session_url(&self, id_token: &Secret, state: &Secret) -> Option<Url> {
        let mut url = self.authority.last_metadata()?.end_session.clone()?;
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("id_token_hint", id_token.reveal());
            query.append_pair("client_id", &self.settings.client_id);
            if let Some(back) = &self.settings.post_logout_redirect_uri {
                query.append_pair("post_logout_redirect_uri", back.as_str());
                query.append_pair("state", state.reveal());
            }
        }
        Some(url)
    }

    /// Checks a logout token that the issuer sent (back-channel logout).
    ///
    /// # Errors
    /// See [`LogoutError`]; answered with 400, or 503 when it cannot be told.
    pub async fn logout_token(
        &self,
        text: &str,
        now: Timestamp,
    ) -> Result<LogoutToken, LogoutError> {
        let token = Token::read(text).map_err(LogoutError::Token)?;
        let key = signing_key(&self.authority, &token, now).await?;
        let key = key.map_err(LogoutError::Token)?;
        let issuer = self.authority.issuer();
        let client_id = &self.settings.client_id;
        let ended = LogoutToken::check(&token, &key, issuer, client_id, now);
        let ended = ended.map_err(LogoutError::Token)?;
        let (mark, until) = ended.mark(issuer, now);
        if !self.replay.first_time(mark, until, now).await? {
            return Err(LogoutError::Replayed);
        }
        Ok(ended)
    }

    /// The door of an API that takes this issuer's access tokens; shares its keys and the memory of used proofs.
    #[must_use]
    pub fn guard(&self, rules: ApiRules) -> ApiGuard {
        ApiGuard::new(rules, Arc::clone(&self.authority), Arc::clone(&self.replay))
    }

    /// Sends a form that says who we are. Tries our other key where the issuer does not know the first, and again with
    /// the nonce that it asks for, once each.
    async fn post(
        &self,
        endpoint: Endpoint,
        url: &Url,
        form: &[(&str, &str)],
        proof_key: Option<&PrivateKey>,
        now: Timestamp,
    ) -> Result<Vec<u8>, IssuerError> {
        let keys = self.own_keys();
        for (number, (key, is_previous)) in keys.iter().enumerate() {
            let sent = self.post_with(key, endpoint, url, form, proof_key, now);
            match sent.await {
                Err(IssuerError {
                    problem: Problem::Refused(OAuthError::InvalidClient),
                    ..
                }) if number + 1 < keys.len() => {
                    tracing::warn!(
                        kid = key.kid(),
                        "the issuer does not accept this key of ours"
                    );
                }
                answer => {
                    if answer.is_ok() {
                        self.previous_first.store(*is_previous, Ordering::Relaxed);
                    }
                    return answer;
                }
            }
        }
        let problem = Problem::Refused(OAuthError::InvalidClient);
        Err(IssuerError { endpoint, problem })
    }

    async fn post_with(
        &self,
        key: &PrivateKey,
        endpoint: Endpoint,
        url: &Url,
        form: &[(&str, &str)],
        proof_key: Option<&PrivateKey>,
        now: Timestamp,
    ) -> Result<Vec<u8>, IssuerError> {
        let organisation = match endpoint {
            Endpoint::Token => self.settings.organisation,
            _ => Organisation::Unnamed,
        };
        let client_id = self.settings.client_id.as_str();
        let mut asked_for_nonce = false;
        loop {
            let assertion = assertion(key, client_id, self.authority.issuer(), organisation, now);
            let mut form = form.to_vec();
            form.push(("client_id", client_id));
            form.push(("client_assertion_type", ASSERTION_TYPE));
            form.push(("client_assertion", &assertion));
            let proof = proof_key.map(|key| self.prove(key, url, now));
            let connection = self.authority.connection();
            let answer = connection
                .post(endpoint, url, &form, proof.as_deref())
                .await?;
            let new_nonce = self.remember_nonce(answer.nonce());
            match answer.success() {
                Ok(body) => return Ok(body.to_vec()),
                Err(Problem::Refused(OAuthError::UseDpopNonce))
                    if new_nonce && proof_key.is_some() && !asked_for_nonce =>
                {
                    asked_for_nonce = true;
                }
                Err(problem) => return Err(IssuerError { endpoint, problem }),
            }
        }
    }

    fn prove(&self, key: &PrivateKey, url: &Url, now: Timestamp) -> String {
        let nonce = self.nonce.lock().unwrap_or_else(PoisonError::into_inner);
        let request = Request {
            method: "POST",
            url,
            access_token: None,
        };
        Proof::sign(key, request, nonce.as_deref(), now)
    }

    fn remember_nonce(&self, nonce: Option<&str>) -> bool {
        if let Some(nonce) = nonce {
            let mut kept = self.nonce.lock().unwrap_or_else(PoisonError::into_inner);
            *kept = Some(nonce.to_owned());
        }
        nonce.is_some()
    }

    /// Our keys, the one that was accepted last first, and whether each is the previous one.
    fn own_keys(&self) -> Vec<(&PrivateKey, bool)> {
        let keys = &self.settings.keys;
        let mut both = vec![(&keys.current, false)];
        both.extend(keys.previous.as_ref().map(|key| (key, true)));
        if self.previous_first.load(Ordering::Relaxed) {
            both.reverse();
        }
        both
    }
}

/// The key of the issuer that a token names.
pub(crate) async fn signing_key(
    authority: &Authority,
    token: &Token<'_>,
    now: Timestamp,
) -> Result<Result<PublicKey, TokenRefusal>, IssuerError> {
    let Some(kid) = token.header().kid.as_deref() else {
        return Ok(Err(TokenRefusal::UnknownKey));
    };
    let algorithm = token.header().algorithm;
    let key = authority.key(kid, algorithm, now).await?;
    Ok(key.ok_or(TokenRefusal::UnknownKey))
}

#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: Secret,
    token_type: String,
    id_token: Secret,
}

impl Settings {
    fn check(&self) -> Result<Url, SettingsError> {
        let address = |text: &str, what: &'static str| {
            let url = Url::parse(text).map_err(|_| SettingsError::NotAnAddress { what })?;
            if url.query().is_some() || url.fragment().is_some() || url.host().is_none() {
                return Err(SettingsError::NotAnAddress { what });
            }
            match is_safe(&url) {
                true => Ok(url),
                false => Err(SettingsError::NotHttps { what }),
            }
        };
        let issuer = address(&self.issuer, "the issuer")?;
        address(self.redirect_uri.as_str(), "the address to return to")?;
        if let Some(url) = &self.post_logout_redirect_uri {
            address(url.as_str(), "the address to return to after the logout")?;
        }
        if self.client_id.is_empty() {
            return Err(SettingsError::Missing {
                what: "the client's name",
            });
        }
        if !self.scopes.iter().any(|scope| scope == "openid") {
            return Err(SettingsError::Missing {
                what: "the scope openid",
            });
        }
        Ok(issuer)
    }
}
