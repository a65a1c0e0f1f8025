//! An issuer like HelseID on a free port of this machine: what a login needs, and what can go wrong with it.
//!
//! It demands what HelseID demands (pushed requests, PKCE with S256, `private_key_jwt`, DPoP), checks digests with a
//! library of its own, and misbehaves on demand. A page lets a person choose who they are; `login_hint` chooses without.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! use riktig_helseid::{Callback, Client, Secret};
//! use riktig_testkit::issuer::Issuer;
//! let now = jiff::Timestamp::from_second(1_800_000_000).unwrap();
//! let issuer = Issuer::start(now).await;
//! let client = Client::new(issuer.settings("https://portal.example.org/callback")).unwrap();
//! let (url, pending) = client.begin(now).await.unwrap();
//! let login = client.finish(pending, &issuer.log_in(&url, "doctor"), now).await.unwrap();
//! assert_eq!(login.hpr.unwrap().to_string(), "9144897");
//! # });
//! ```

mod answer;
mod endpoint;
mod fault;
mod persona;
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use riktig_helseid::{Callback, ClientKeys, PrivateKey, Secret, Settings};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

pub use fault::{Answer, Fault, Spoiled, level_three, no_hpr};
pub use persona::Persona;

/// The name of the one client that a new issuer knows.
pub const CLIENT_ID: &str = "riktig-in-tests";

/// The audience of the access tokens that are handed out with a login.
pub const AUDIENCE: &str = "riktig:api";

/// A running issuer; it ends when it is dropped.
pub struct Issuer {
    url: String,
    state: Shared,
    server: JoinHandle<()>,
}

type Shared = Arc<Mutex<State>>;

/// What the issuer knows and does.
struct State {
    url: String,
    now: Box<dyn Fn() -> Timestamp + Send>,
    keys: Vec<PrivateKey>,
    client_keys: Vec<PrivateKey>,
    personas: Vec<Persona>,
    faults: Vec<Fault>,
    requests: BTreeMap<String, BTreeMap<String, String>>,
    codes: BTreeMap<String, Granted>,
    used_names: BTreeSet<String>,
    asked: BTreeMap<String, u32>,
    nonce: u32,
}

/// A code that has been given out, and for what.
struct Granted {
    request: BTreeMap<String, String>,
    persona: Persona,
}

impl Issuer {
    /// Starts on a free port, at a moment that stands still until [`Issuer::set_time`].
    ///
    /// # Panics
    /// Outside of tokio, and when no port is free.
    pub async fn start(now: Timestamp) -> Self {
        Self::start_by(move || now).await
    }

    /// Starts on a free port, by a clock that goes.
    ///
    /// # Panics
    /// Outside of tokio, and when no port is free.
    pub async fn start_by(clock: impl Fn() -> Timestamp + Send + 'static) -> Self {
        riktig_helseid::install_cryptography();
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("the port that was taken");
        let url = format!("http://{address}");
        let state = State {
            url: url.clone(),
            now: Box::new(clock),
            keys: vec![new_key("key 1")],
            client_keys: Vec::new(),
            personas: persona::first(),
            faults: Vec::new(),
            requests: BTreeMap::new(),
            codes: BTreeMap::new(),
            used_names: BTreeSet::new(),
            asked: BTreeMap::new(),
            nonce: 0,
        };
        let state = Arc::new(Mutex::new(state));
        let router = endpoint::router(Arc::clone(&state));
        let server = tokio::spawn(async move {
            let _ended = axum::serve(listener, router).await;
        });
        Self { url, state, server }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Its own name, and where it is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Settings of a client that is registered here, with a new key.
    ///
    /// # Panics
    /// When `redirect_uri` is not an address.
    #[must_use]
    pub fn settings(&self, redirect_uri: &str) -> Settings {
        let key = new_key("client key 1");
        self.register(&key);
        let redirect_uri = redirect_uri.parse().expect("an address");
        Settings::new(
            self.url.clone(),
            CLIENT_ID,
            ClientKeys::one(key),
            redirect_uri,
        )
    }

    /// From now on the client may sign with this key, too.
    pub fn register(&self, key: &PrivateKey) {
        self.state().client_keys.push(key.clone());
    }

    /// The client's key with this name does not count any more.
    pub fn unregister(&self, kid: &str) {
        self.state().client_keys.retain(|key| key.kid() != kid);
    }

    /// Somebody more who can log in.
    pub fn know(&self, persona: Persona) {
        self.state().personas.push(persona);
    }

    /// The moment is this one from now on.
    pub fn set_time(&self, now: Timestamp) {
        self.state().now = Box::new(move || now);
    }

    /// Does this wrong, beside what it does wrong already.
    pub fn misbehave(&self, fault: Fault) {
        self.state().faults.push(fault);
    }

    /// Does nothing wrong any more.
    pub fn behave(&self) {
        self.state().faults.clear();
    }

    /// Signs with a new key, and publishes only that.
    pub fn change_key(&self) {
        let mut state = self.state();
        let kid = format!("key {}", state.asked.len() + state.keys.len() + 1);
        state.keys = vec![new_key(&kid)];
    }

    /// How often an endpoint was asked, by the last part of its path.
    #[must_use]
    pub fn asked(&self, endpoint: &str) -> u32 {
        self.state().asked.get(endpoint).copied().unwrap_or(0)
    }

    /// What the page does when the person chooses who they are: where the browser goes.
    ///
    /// # Panics
    /// When nobody is called so, or the address is not one of this issuer's.
    #[must_use]
    pub fn approve(&self, authorize: &Url, hint: &str) -> Url {
        let uri = query(authorize, "request_uri").expect("an address of a pushed request");
        let url = self.state().approve(&uri, hint);
        url.expect("a pushed request that nobody has used, and a known person")
    }

    /// [`Issuer::approve`], taken apart as the redirect URI receives it.
    #[must_use]
    pub fn log_in(&self, authorize: &Url, hint: &str) -> Callback {
        let url = self.approve(authorize, hint);
        Callback {
            code: query(&url, "code").map(Secret::new),
            state: query(&url, "state").map(Secret::new),
            iss: query(&url, "iss"),
            error: query(&url, "error"),
        }
    }

    /// A token of this issuer with this `typ` and these claims, beside `iss`, `iat` and `exp`, which can be replaced.
    #[must_use]
    pub fn sign(&self, kind: &str, claims: &serde_json::Value) -> String {
        self.state().sign(kind, claims)
    }

    /// An access token of a persona for [`AUDIENCE`], bound to a key; `changes` replace claims, or with `null` leave them
    /// out.
    ///
    /// # Panics
    /// When nobody is called so.
    #[must_use]
    pub fn access_token(
        &self,
        hint: &str,
        thumbprint: &str,
        changes: &serde_json::Value,
    ) -> String {
        let state = self.state();
        let persona = state.persona(hint).expect("a known person").clone();
        state.access_token(&persona, thumbprint, changes)
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// A new key under a name.
///
/// # Panics
/// Never: the key was made here.
#[must_use]
pub fn new_key(kid: &str) -> PrivateKey {
    riktig_helseid::install_cryptography();
    let jwk = PrivateKey::generate();
    let mut jwk: serde_json::Value = serde_json::from_str(jwk.reveal()).expect("a key of ours");
    jwk["kid"] = kid.into();
    PrivateKey::from_jwk(&jwk.to_string()).expect("a key of ours")
}

fn lock(state: &Shared) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn query(url: &Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}
