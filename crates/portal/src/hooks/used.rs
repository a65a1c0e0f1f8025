//! Which tokens were used: by this server, by others on the same journal, and before they were started.
//!
//! A used token is known here at once, and is in the journal with what was advised, a tenth of a second later, because no answer waits for the disk.
//! What the journal says is asked before each answer. So a token that is sent to two servers within that tenth may count twice, and one that
//! was used in the last tenth before a process died once more; both are within the five minutes that it counts, and then it is refused for its age.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use riktig_helseid::{FirstTime, Mark, Memory, Replay, ReplayError};
use riktig_journal::Journal;
use riktig_journal::session::{self, Used};

/// How long a call waits for the journal to say whether its token was used. Then nobody can tell, and it is refused.
const PATIENCE: Duration = Duration::from_secs(1);

/// What was used.
pub(super) struct UsedTokens {
    journal: Journal,
    memory: Memory,
    /// Used, and on their way to the journal with the next answer.
    fresh: Mutex<Vec<Used>>,
}

impl UsedTokens {
    pub(super) fn new(journal: Journal) -> Self {
        Self {
            journal,
            memory: Memory::default(),
            fresh: Mutex::default(),
        }
    }

    /// Those that are to be noted now.
    pub(super) fn take(&self) -> Vec<Used> {
        let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *fresh)
    }

    async fn was_noted(&self, mark: [u8; 32]) -> Result<bool, ReplayError> {
        let asked = session::was_used(&self.journal, mark);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(used)) => Ok(used),
            Ok(Err(error)) => {
                tracing::error!(cause = %error, "whether a token was used cannot be read");
                Err(ReplayError::Unavailable)
            }
            Err(_) => {
                tracing::error!("whether a token was used cannot be read in time");
                Err(ReplayError::Unavailable)
            }
        }
    }
}

impl Replay for UsedTokens {
    fn first_time(&self, mark: Mark, until: Timestamp, now: Timestamp) -> FirstTime<'_> {
        Box::pin(async move {
            if !self.memory.note(mark, until, now)? || self.was_noted(*mark.bytes()).await? {
                return Ok(false);
            }
            let mut fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner);
            fresh.push(Used {
                mark: *mark.bytes(),
                until,
            });
            Ok(true)
        })
    }
}
