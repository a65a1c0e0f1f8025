//! The key sets of systems that ask for advice: fetched from where operators said they are, and from nowhere else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::connection::Connection;
use crate::jose::KeySet;
use crate::{Algorithm, Endpoint, Problem, PublicKey};

/// Keys are fetched again after a quarter of an hour, so that one that was taken back does not count for long.
const FRESH_SECONDS: i64 = 15 * 60;

/// When they cannot be fetched again, the old ones serve for an hour more.
const STALE_SECONDS: i64 = FRESH_SECONDS + 60 * 60;

/// A token with an unknown `kid` makes us fetch at once, but not more often than this: anybody can send one.
const REFETCH_SECONDS: i64 = 60;

/// A doctor waits for the answer: so long for a connection, and for the whole key set.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(500), Duration::from_millis(1_500));

/// What is known of every address that was asked.
#[derive(Default)]
pub(crate) struct KeySets {
    sets: Mutex<BTreeMap<String, Arc<OneSet>>>,
}

struct OneSet {
    connection: Connection,
    url: Url,
    known: RwLock<Option<(Arc<KeySet>, Timestamp)>>,
    /// When it was asked for last. Held while it is fetched, so that it is fetched once.
    asked: tokio::sync::Mutex<Option<Timestamp>>,
}

impl KeySets {
    /// The key with this name at this address; `None` when it is not there.
    ///
    /// # Errors
    /// Where the keys cannot be had.
    pub(crate) async fn key(
        &self,
        url: &Url,
        kid: &str,
        algorithm: Algorithm,
        now: Timestamp,
    ) -> Result<Option<PublicKey>, Problem> {
        let set = self.set(url)?;
        if let Some(keys) = set.younger_than(FRESH_SECONDS, now)
            && let Some(key) = keys.find(kid, algorithm)
        {
            return Ok(Some(key.clone()));
        }
        let keys = set.fetched(kid, algorithm, now).await?;
        Ok(keys.find(kid, algorithm).cloned())
    }

    fn set(&self, url: &Url) -> Result<Arc<OneSet>, Problem> {
        let mut sets = self.sets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = sets.get(url.as_str()) {
            return Ok(Arc::clone(set));
        }
        let connection =
            Connection::open_within(url, PATIENCE).map_err(|_| Problem::Unreachable)?;
        let set = Arc::new(OneSet {
            connection,
            url: url.clone(),
            known: RwLock::new(None),
            asked: tokio::sync::Mutex::new(None),
        });
        sets.insert(url.to_string(), Arc::clone(&set));
        Ok(set)
    }
}

impl OneSet {
    fn younger_than(&self, seconds: i64, now: Timestamp) -> Option<Arc<KeySet>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let (keys, at) = known.as_ref()?;
        let age = now.as_second() - at.as_second();
        (0..seconds).contains(&age).then(|| Arc::clone(keys))
    }

    /// Fetches the keys, unless somebody just did and theirs will do, or it is too early to ask again.
    async fn fetched(
        &self,
        kid: &str,
        algorithm: Algorithm,
        now: Timestamp,
    ) -> Result<Arc<KeySet>, Problem> {
        let mut asked = self.asked.lock().await;
        let known = self.younger_than(FRESH_SECONDS, now);
        let waited = asked.map(|at| now.as_second() - at.as_second());
        let too_early = waited.is_some_and(|waited| (0..REFETCH_SECONDS).contains(&waited));
        if let Some(keys) = known
            && (too_early || keys.find(kid, algorithm).is_some())
        {
            return Ok(keys);
        }
        let stale = self.younger_than(STALE_SECONDS, now);
        if too_early {
            return stale.ok_or(Problem::Unreachable);
        }
        *asked = Some(now);
        let answer = self.connection.get(Endpoint::Keys, &self.url).await;
        let read = answer
            .map_err(|error| error.problem)
            .and_then(|document| KeySet::read(&document).ok_or(Problem::Unreadable));
        match read {
            Ok(keys) => {
                let keys = Arc::new(keys);
                let kept = Some((Arc::clone(&keys), now));
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = kept;
                Ok(keys)
            }
            Err(problem) => {
                tracing::warn!(%problem, "cannot fetch a client's key set");
                stale.ok_or(problem)
            }
        }
    }
}
