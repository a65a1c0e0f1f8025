//! What stands in the journal and decides about every answer: who may ask, and which rules are off.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use riktig_guideline::SwitchedOff;
use riktig_helseid::{FhirServer, KeySet, TrustedClient, TrustedKeys};
use riktig_journal::cds_client::{self, CdsClient, Keys};
use riktig_journal::{JournalError, switch};
use url::Url;

use crate::portal::Portal;

/// A rule that is switched off, by whichever server of ours, gives no advice after this time at the latest.
const FRESH: Duration = Duration::from_secs(1);

/// Where the journal does not answer, what stood there serves so long. After that nobody knows which rules are off, and no
/// advice is given.
const STALE: Duration = Duration::from_secs(5);

/// How long a call waits for the journal before it goes on with what is known.
const PATIENCE: Duration = Duration::from_millis(200);

/// What stands, read again when it is older than a second.
#[derive(Default)]
pub(super) struct Standing {
    read: RwLock<Option<(Instant, Arc<Stands>)>>,
    /// Held while it is read, so that it is read once.
    reading: tokio::sync::Mutex<()>,
}

/// What stands.
pub(super) struct Stands {
    pub(super) off: SwitchedOff,
    pub(super) clients: Vec<Arc<Client>>,
    pub(super) trusted: Vec<TrustedClient>,
}

/// A client that may ask.
pub(super) struct Client {
    pub(super) row: CdsClient,
    pub(super) fhir_server: Option<FhirServer>,
    trusted: Option<TrustedClient>,
}

impl Standing {
    /// What stands now; nothing where it cannot be told.
    pub(super) async fn now(&self, portal: &Portal) -> Option<Arc<Stands>> {
        if let Some(stands) = self.younger_than(FRESH) {
            return Some(stands);
        }
        let _reading = self.reading.lock().await;
        if let Some(stands) = self.younger_than(FRESH) {
            return Some(stands); // somebody read it while we waited
        }
        let before = self.younger_than(Duration::MAX);
        let read = tokio::time::timeout(PATIENCE, read(portal, before.as_deref())).await;
        match read {
            Ok(Ok(stands)) => {
                let stands = Arc::new(stands);
                let kept = Some((Instant::now(), Arc::clone(&stands)));
                *self.read.write().unwrap_or_else(PoisonError::into_inner) = kept;
                Some(stands)
            }
            Ok(Err(error)) => {
                tracing::error!(cause = %error, "clients and switches cannot be read");
                self.younger_than(STALE)
            }
            Err(_) => {
                tracing::error!("clients and switches cannot be read in time");
                self.younger_than(STALE)
            }
        }
    }

    /// What is known is read again before the next answer.
    pub(super) fn forget(&self) {
        *self.read.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn younger_than(&self, age: Duration) -> Option<Arc<Stands>> {
        let read = self.read.read().unwrap_or_else(PoisonError::into_inner);
        let (at, stands) = read.as_ref()?;
        (at.elapsed() < age).then(|| Arc::clone(stands))
    }
}

async fn read(portal: &Portal, before: Option<&Stands>) -> Result<Stands, JournalError> {
    let switches = switch::standing(portal.journal()).await?;
    let rows = cds_client::in_force(portal.journal(), portal.now()).await?;
    let known = |row: &CdsClient| {
        let clients = before.map_or(&[][..], |before| &before.clients);
        clients.iter().find(|client| client.row == *row).cloned()
    };
    // A connection is made once, as long as what stands about its client is the same.
    let client = |row: CdsClient| known(&row).unwrap_or_else(|| Arc::new(Client::of(row)));
    let clients: Vec<_> = rows.into_iter().map(client).collect();
    Ok(Stands {
        off: switches.iter().map(|switch| switch.rule.as_str()).collect(),
        trusted: clients
            .iter()
            .filter_map(|client| client.trusted.clone())
            .collect(),
        clients,
    })
}

impl Stands {
    /// The client with this issuer.
    pub(super) fn client(&self, issuer: &str) -> Option<Arc<Client>> {
        let mut clients = self.clients.iter();
        clients
            .find(|client| client.row.terms.issuer == issuer)
            .cloned()
    }
}

impl Client {
    /// What cannot be used is left out, and told to whoever reads the log.
    fn of(row: CdsClient) -> Self {
        let keys = match &row.terms.keys {
            Keys::At(url) => Url::parse(url).ok().map(TrustedKeys::At),
            Keys::Here(set) => {
                KeySet::read(set.as_bytes()).map(|set| TrustedKeys::Here(Arc::new(set)))
            }
        };
        if keys.is_none() {
            tracing::error!(client = %row.id, "a client's keys cannot be used: it may not ask");
        }
        let fhir_server = row.terms.fhir_server.as_deref().and_then(|base| {
            let opened = FhirServer::open(base);
            let opened = opened.inspect_err(|error| {
                tracing::error!(client = %row.id, cause = %error, "a client's FHIR server cannot be used");
            });
            opened.ok()
        });
        Self {
            trusted: keys.map(|keys| TrustedClient {
                issuer: row.terms.issuer.clone(),
                keys,
            }),
            fhir_server,
            row,
        }
    }
}
