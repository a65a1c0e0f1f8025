//! What calls share: the door, what stands in the journal, the queue of what was advised.

use std::borrow::Cow;
use std::sync::Arc;

use riktig_codes::fest::ProductNumbers;
use riktig_guideline::Guideline;
use riktig_helseid::HookDoor;
use riktig_journal::Journal;
use tokio::sync::Semaphore;

use super::content::Content;
use super::noting::Noting;
use super::standing::Standing;
use super::used::UsedTokens;
use crate::config;
use crate::layers::rate::{Rates, rates};

/// What calls share.
pub(crate) struct Advising {
    pub(super) door: HookDoor,
    pub(super) used: Arc<UsedTokens>,
    pub(super) standing: Standing,
    pub(super) noting: Noting,
    pub(super) content: Content,
    /// What answers.
    pub(super) guideline: Cow<'static, Guideline>,
    /// Which drug a product number is; absent without FEST.
    pub(super) products: Option<ProductNumbers>,
    /// Calls under way.
    pub(super) room: Semaphore,
    /// Bodies under way; with the largest body this bounds what they hold.
    pub(super) arriving: Semaphore,
    pub(super) rates: Option<Rates>,
}

impl Advising {
    pub(crate) fn new(
        config: &config::Hooks,
        guideline: Cow<'static, Guideline>,
        products: Option<ProductNumbers>,
        journal: Journal,
    ) -> Self {
        let used = Arc::new(UsedTokens::new(journal));
        Self {
            door: HookDoor::new(config.algorithms.clone(), used.clone()),
            used,
            standing: Standing::default(),
            noting: Noting::default(),
            content: Content::of(&guideline),
            guideline,
            products,
            room: Semaphore::new(config.requests_at_once),
            arriving: Semaphore::new(config.requests_at_once),
            rates: config.requests_per_minute.and_then(rates),
        }
    }

    /// What stands in the journal was changed here: it is read again before the next answer.
    pub(crate) fn changed(&self) {
        self.standing.forget();
    }

    /// Waits until everything that was advised has been noted.
    pub(crate) async fn noted(&self) {
        self.noting.flush().await;
    }
}
