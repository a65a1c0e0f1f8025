//! A pharmacy whose pharmacists dispense from the portal's pages: its role in the chain, who works there, and the ways to the other links.

mod open;
mod pharmacists;

use std::time::Duration;

use jiff::Timestamp;
use riktig_chain::wire::Wire;
use riktig_chain::{At, Pharmacy};
use riktig_codes::HprNumber;
use riktig_journal::chain::Link;

pub use open::DispensingError;
pub use pharmacists::{Pharmacists, PharmacistsError};

use crate::moment;

/// How long a page waits for reports to be answered before it is shown all the same; they are sent again later.
const PATIENCE: Duration = Duration::from_secs(3);

/// A pharmacy behind the portal's pages.
pub struct Dispensary {
    pharmacy: Pharmacy,
    name: String,
    pharmacists: Pharmacists,
    intermediary: Wire,
    registry: Option<Wire>,
}

impl std::fmt::Debug for Dispensary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dispensary")
            .field("pharmacy", &self.pharmacy)
            .finish_non_exhaustive()
    }
}

impl Dispensary {
    /// A pharmacy of this name. Without a way to the registry, reports to it wait.
    pub fn new(
        (pharmacy, name): (Pharmacy, String),
        pharmacists: Pharmacists,
        (intermediary, registry): (Wire, Option<Wire>),
    ) -> Self {
        Self {
            pharmacy,
            name,
            pharmacists,
            intermediary,
            registry,
        }
    }

    /// The role in the chain.
    pub(crate) fn pharmacy(&self) -> &Pharmacy {
        &self.pharmacy
    }

    /// As messages and labels have it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether this is a pharmacist who works here.
    pub(crate) fn is_pharmacist(&self, hpr: HprNumber) -> bool {
        self.pharmacists.has(hpr)
    }

    /// The way to another link.
    pub(crate) async fn send(&self, to: Link, message: Vec<u8>) -> Option<Vec<u8>> {
        match (to, &self.registry) {
            (Link::Intermediary, _) => (self.intermediary)(message).await,
            (Link::Registry, Some(registry)) => registry(message).await,
            _ => None,
        }
    }

    /// Sends what waits to be sent: reports to the intermediary, and those that it took to the registry.
    pub(crate) async fn deliver_due(&self, now: Timestamp) {
        let at = At {
            now,
            today: moment::day(now),
        };
        let send = |to, message| self.send(to, message);
        if let Err(error) = self.pharmacy.deliver_due(at, send).await {
            tracing::error!(cause = %error, "a pharmacy's reports that wait cannot be sent");
        }
    }

    /// The same after an act, so that its page can tell what was answered; no longer than a person waits.
    pub(crate) async fn deliver_now(&self, now: Timestamp) {
        // What is cut off is in the outbox and is sent again, answered as before.
        let _ = tokio::time::timeout(PATIENCE, self.deliver_due(now)).await;
    }
}
