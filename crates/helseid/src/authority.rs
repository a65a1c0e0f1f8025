//! The issuer as we know it: its metadata and keys, fetched when they are needed and kept for a day.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use tokio::sync::Mutex;
use url::Url;

use crate::connection::Connection;
use crate::jose::KeySet;
use crate::metadata::Metadata;
use crate::{Algorithm, Endpoint, IssuerError, Problem, PublicKey};

/// Metadata and keys are fetched again after a day (HelseID, functional requirement 2).
const FRESH_SECONDS: i64 = 24 * 60 * 60;

/// When they cannot be fetched again, the old ones serve for one more day, so that a login does not hang on one failure.
const STALE_SECONDS: i64 = 2 * FRESH_SECONDS;

/// A token with an unknown `kid` makes us fetch the keys at once, because the issuer may have changed them; but not more
/// often than this, because anybody can send such a token.
const REFETCH_SECONDS: i64 = 60;

/// When there is nothing to serve with and the issuer does not answer, the others that wait are told so, too, instead of
/// each trying in turn.
const RETRY_SECONDS: i64 = 2;

pub(crate) struct Authority {
    issuer: String,
    connection: Connection,
    metadata: RwLock<Option<Fetched<Metadata>>>,
    keys: RwLock<Option<Fetched<KeySet>>>,
    /// Held while something is fetched, so that it is fetched once.
    fetching: Mutex<Attempts>,
}

/// When something was asked for last, and what came of it.
#[derive(Default)]
struct Attempts {
    metadata: Option<Attempt>,
    keys: Option<Attempt>,
}

struct Attempt {
    at: Timestamp,
    failure: Option<Problem>,
}

impl Attempt {
    fn is_within(&self, seconds: i64, now: Timestamp) -> bool {
        (0..seconds).contains(&(now.as_second() - self.at.as_second()))
    }

    /// The failure of an attempt that was made just now.
    fn fresh_failure(attempt: Option<&Self>, now: Timestamp) -> Option<Problem> {
        let attempt = attempt.filter(|attempt| attempt.is_within(RETRY_SECONDS, now))?;
        attempt.failure.clone()
    }
}

struct Fetched<T> {
    what: Arc<T>,
    at: Timestamp,
}

impl<T> Fetched<T> {
    /// What is younger than that; nothing from the future, where a clock has been set back.
    fn younger_than(&self, seconds: i64, now: Timestamp) -> Option<Arc<T>> {
        let age = now.as_second() - self.at.as_second();
        (0..seconds).contains(&age).then(|| Arc::clone(&self.what))
    }
}

fn known<T>(cache: &RwLock<Option<Fetched<T>>>, seconds: i64, now: Timestamp) -> Option<Arc<T>> {
    let cache = cache.read().unwrap_or_else(PoisonError::into_inner);
    cache.as_ref()?.younger_than(seconds, now)
}

fn keep<T>(cache: &RwLock<Option<Fetched<T>>>, what: T, at: Timestamp) -> Arc<T> {
    let what = Arc::new(what);
    let fetched = Fetched {
        what: Arc::clone(&what),
        at,
    };
    *cache.write().unwrap_or_else(PoisonError::into_inner) = Some(fetched);
    what
}

impl Authority {
    pub(crate) fn new(issuer: String, connection: Connection) -> Self {
        Self {
            issuer,
            connection,
            metadata: RwLock::new(None),
            keys: RwLock::new(None),
            fetching: Mutex::default(),
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The metadata if they have been fetched at all, however old.
    pub(crate) fn last_metadata(&self) -> Option<Arc<Metadata>> {
        let cache = self.metadata.read().unwrap_or_else(PoisonError::into_inner);
        cache.as_ref().map(|fetched| Arc::clone(&fetched.what))
    }

    pub(crate) async fn metadata(&self, now: Timestamp) -> Result<Arc<Metadata>, IssuerError> {
        if let Some(metadata) = known(&self.metadata, FRESH_SECONDS, now) {
            return Ok(metadata);
        }
        let mut attempts = self.fetching.lock().await;
        if let Some(metadata) = known(&self.metadata, FRESH_SECONDS, now) {
            return Ok(metadata); // somebody fetched them while we waited
        }
        let endpoint = Endpoint::Metadata;
        let fetched = match Attempt::fresh_failure(attempts.metadata.as_ref(), now) {
            Some(problem) => Err(IssuerError { endpoint, problem }),
            None => self.fetch_metadata().await,
        };
        attempts.metadata = Some(Attempt {
            at: now,
            failure: fetched.as_ref().err().map(|error| error.problem.clone()),
        });
        let fetched = fetched.map(|metadata| keep(&self.metadata, metadata, now));
        fetched.or_else(|error| serve_stale(&self.metadata, error, now))
    }

    async fn fetch_metadata(&self) -> Result<Metadata, IssuerError> {
        let endpoint = Endpoint::Metadata;
        let failed = |problem| IssuerError { endpoint, problem };
        let issuer = self.issuer.trim_end_matches('/');
        let url = format!("{issuer}/.well-known/openid-configuration");
        let url = Url::parse(&url).map_err(|_| failed(Problem::Unreadable))?;
        let document = self.connection.get(endpoint, &url).await?;
        Metadata::read(&document, &self.issuer).map_err(failed)
    }

    /// All keys, not older than a day.
    pub(crate) async fn keys(&self, now: Timestamp) -> Result<Arc<KeySet>, IssuerError> {
        match known(&self.keys, FRESH_SECONDS, now) {
            Some(keys) => Ok(keys),
            None => self.fetch_keys(now, |_| false).await,
        }
    }

    /// The key with this name; `None` when the issuer does not have it.
    pub(crate) async fn key(
        &self,
        kid: &str,
        algorithm: Algorithm,
        now: Timestamp,
    ) -> Result<Option<PublicKey>, IssuerError> {
        let mut keys = self.keys(now).await?;
        if keys.find(kid, algorithm).is_none() {
            keys = self
                .fetch_keys(now, |keys| keys.find(kid, algorithm).is_some())
                .await?;
        }
        Ok(keys.find(kid, algorithm).cloned())
    }

    /// Fetches the keys, unless somebody else just did and `enough` says that theirs will do, or it is too early.
    async fn fetch_keys(
        &self,
        now: Timestamp,
        enough: impl Fn(&KeySet) -> bool,
    ) -> Result<Arc<KeySet>, IssuerError> {
        let jwks = self.metadata(now).await?.keys.clone();
        let mut attempts = self.fetching.lock().await;
        if let Some(keys) = known(&self.keys, FRESH_SECONDS, now) {
            let last = attempts.keys.as_ref();
            let too_early = last.is_some_and(|last| last.is_within(REFETCH_SECONDS, now));
            if too_early || enough(&keys) {
                return Ok(keys);
            }
        }
        let endpoint = Endpoint::Keys;
        let failed = |problem| IssuerError { endpoint, problem };
        let fetched = match Attempt::fresh_failure(attempts.keys.as_ref(), now) {
            Some(problem) => Err(failed(problem)),
            None => self.connection.get(endpoint, &jwks).await,
        };
        let fetched =
            fetched.and_then(|document| KeySet::read(&document).ok_or(failed(Problem::Unreadable)));
        attempts.keys = Some(Attempt {
            at: now,
            failure: fetched.as_ref().err().map(|error| error.problem.clone()),
        });
        let fetched = fetched.map(|keys| keep(&self.keys, keys, now));
        fetched.or_else(|error| serve_stale(&self.keys, error, now))
    }
}

fn serve_stale<T>(
    cache: &RwLock<Option<Fetched<T>>>,
    error: IssuerError,
    now: Timestamp,
) -> Result<Arc<T>, IssuerError> {
    tracing::warn!(%error, "cannot fetch again what the issuer says about itself");
    known(cache, STALE_SECONDS, now).ok_or(error)
}
