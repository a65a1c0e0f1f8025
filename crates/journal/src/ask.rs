//! Asking: facts, decision, line and transaction in one call.

use jiff::Timestamp;

use crate::policy::{About, Act, Actor, Permit, Refusal, decide};
use crate::store::{Acting, Asked, Journal, JournalError, Looking, Reading};
use crate::{facts, person};

/// Why there is nothing to act or look with.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The policy said no; the log has it.
    #[error(transparent)]
    Refused(Refusal),
    /// The journal could not answer.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Journal {
    /// Asks to do something. Facts are read, weighed and acted on in one transaction, which nobody else writes in;
    /// the line of the log is in it. Nothing has happened before [`Acting::done`].
    ///
    /// # Errors
    /// [`AskError::Refused`], which is in the log when this returns.
    pub async fn ask_to_act(
        &self,
        actor: &Actor,
        act: Act,
        about: About,
        asked: impl Into<Asked>,
    ) -> Result<Acting, AskError> {
        let mut deciding = self.deciding(asked).await?;
        let now = deciding.now();
        match weigh(&mut deciding, self, actor, act, &about, now).await? {
            Ok(permit) => Ok(deciding.act(permit).await?),
            Err(refusal) => {
                deciding.refused(actor, &about, refusal).await?;
                Err(AskError::Refused(refusal))
            }
        }
    }

    /// Asks to read something. What is one's own, or published and nobody's, is read without a line in the log and
    /// without waiting for a writer.
    ///
    /// # Errors
    /// [`AskError::Refused`], which is in the log when this returns.
    pub async fn ask_to_look(
        &self,
        actor: &Actor,
        act: Act,
        about: About,
        asked: impl Into<Asked>,
    ) -> Result<Looking, AskError> {
        let asked = asked.into();
        let mut reading = self.reading().await?;
        if let Ok(permit) = weigh(&mut reading, self, actor, act, &about, asked.now).await?
            && !permit.is_logged()
        {
            return Ok(Looking::unlogged(reading, permit, asked.now));
        }
        drop(reading);
        let mut deciding = self.deciding(asked).await?;
        let now = deciding.now();
        match weigh(&mut deciding, self, actor, act, &about, now).await? {
            Ok(permit) => Ok(deciding.look(permit).await?),
            Err(refusal) => {
                deciding.refused(actor, &about, refusal).await?;
                Err(AskError::Refused(refusal))
            }
        }
    }
}

/// Decides upon what the journal holds now: the asker's appointments are read again, too.
pub(crate) async fn weigh(
    reading: &mut Reading,
    journal: &Journal,
    actor: &Actor,
    act: Act,
    about: &About,
    now: Timestamp,
) -> Result<Result<Permit, Refusal>, JournalError> {
    let actor = person::refreshed(reading, actor).await?;
    let facts = facts::read(reading, journal, &actor, act, about, now).await?;
    Ok(decide(&actor, act, about.clone(), &facts, now))
}
