//! Acting and looking: what is allowed, done and recorded in one transaction.

use std::ops::{Deref, DerefMut};

use jiff::Timestamp;

use super::sql::Change;
use super::value::Value;
use super::writing::Writing;
use super::{Journal, JournalError, Reading};
use crate::audit::{self, Entry};
use crate::policy::{About, Actor, Permit, Refusal};

/// When something was asked for, and in which request. A moment alone serves where there is no request.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The moment.
    pub now: Timestamp,
    /// The request's id, as it stands in the server's log; empty where there is none.
    pub request: String,
}

impl From<Timestamp> for Asked {
    fn from(now: Timestamp) -> Self {
        Self {
            now,
            request: String::new(),
        }
    }
}

/// A transaction in which it is decided whether somebody may act or look: facts are read in it, and what is done upon
/// them cannot be overtaken, because there is one writer at a time.
#[derive(Debug)]
pub struct Deciding {
    journal: Journal,
    writing: Writing,
    asked: Asked,
}

/// A transaction that changes something, for a permit. Its line stands in the log before the first change; nothing of it
/// stands before [`Acting::done`], and dropping it takes it back.
#[derive(Debug)]
pub struct Acting {
    writing: Writing,
    permit: Permit,
    now: Timestamp,
    line: i64,
}

/// A reading for a permit. Where it is about somebody else, its line in the log was committed before the first row is
/// read.
#[derive(Debug)]
pub struct Looking {
    reading: Reading,
    permit: Permit,
    now: Timestamp,
}

impl Journal {
    /// Begins to decide.
    ///
    /// # Errors
    /// [`JournalError::Busy`] where another writer does not finish in time, [`JournalError::Lost`] without a database.
    pub async fn deciding(&self, asked: impl Into<Asked>) -> Result<Deciding, JournalError> {
        let writing = self.writing().await?;
        Ok(Deciding {
            journal: self.clone(),
            writing,
            asked: asked.into(),
        })
    }

    /// Begins to act upon a permit that was given before. Where the permit depends on facts that may change meanwhile,
    /// begin with [`Journal::deciding`].
    ///
    /// # Errors
    /// Those of [`Journal::deciding`].
    pub async fn act(
        &self,
        permit: Permit,
        asked: impl Into<Asked>,
    ) -> Result<Acting, JournalError> {
        self.deciding(asked).await?.act(permit).await
    }

    /// Begins to look upon a permit that was given before.
    ///
    /// # Errors
    /// Those of [`Journal::deciding`].
    pub async fn look(
        &self,
        permit: Permit,
        asked: impl Into<Asked>,
    ) -> Result<Looking, JournalError> {
        self.deciding(asked).await?.look(permit).await
    }

    /// Records that something was refused.
    ///
    /// # Errors
    /// Those of [`Journal::deciding`].
    pub async fn refused(
        &self,
        actor: &Actor,
        about: &About,
        refusal: Refusal,
        asked: impl Into<Asked>,
    ) -> Result<(), JournalError> {
        self.deciding(asked)
            .await?
            .refused(actor, about, refusal)
            .await
    }
}

impl Deciding {
    /// The moment of the question.
    pub fn now(&self) -> Timestamp {
        self.asked.now
    }

    /// The transaction, for what must be there before it can be asked about.
    pub(crate) fn writing(&mut self) -> &mut Writing {
        &mut self.writing
    }

    /// Goes on to act.
    ///
    /// # Errors
    /// Where the line cannot be written.
    pub async fn act(self, permit: Permit) -> Result<Acting, JournalError> {
        let object = permit.about().object();
        self.act_saying(permit, object).await
    }

    /// Goes on to act, with something else in the place of which one of its kind the act is about.
    pub(crate) async fn act_saying(
        mut self,
        permit: Permit,
        object: String,
    ) -> Result<Acting, JournalError> {
        let entry = Entry {
            object,
            ..Entry::done(&permit)
        };
        let line = audit::append(&mut self.writing, &entry, &self.asked).await?;
        Ok(Acting {
            writing: self.writing,
            permit,
            now: self.asked.now,
            line,
        })
    }

    /// Goes on to look: the line is committed first.
    ///
    /// # Errors
    /// Where the line cannot be written.
    pub async fn look(mut self, permit: Permit) -> Result<Looking, JournalError> {
        audit::append(&mut self.writing, &Entry::done(&permit), &self.asked).await?;
        self.writing.commit().await?;
        let reading = self.journal.reading().await?;
        Ok(Looking {
            reading,
            permit,
            now: self.asked.now,
        })
    }

    /// Records the refusal and ends.
    ///
    /// # Errors
    /// Where the line cannot be written.
    pub async fn refused(
        mut self,
        actor: &Actor,
        about: &About,
        refusal: Refusal,
    ) -> Result<(), JournalError> {
        audit::append(
            &mut self.writing,
            &Entry::refused(actor, about, refusal),
            &self.asked,
        )
        .await?;
        self.writing.commit().await
    }
}

impl Acting {
    /// The moment of the act.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// What it is done upon.
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// Number of its line in the log.
    pub fn line(&self) -> i64 {
        self.line
    }

    /// Changes rows and tells how many.
    pub(crate) async fn change(
        &mut self,
        change: Change,
        values: &[Value],
    ) -> Result<u64, JournalError> {
        self.writing.change(change, values).await
    }

    /// The transaction, for what writes lines of its own beside the act's.
    pub(crate) fn writing(&mut self) -> &mut Writing {
        &mut self.writing
    }

    /// Commits the act and its line together: after this, and only after this, it has happened.
    ///
    /// # Errors
    /// Where it cannot be known to have happened. With [`JournalError::Lost`] it may have: the log tells.
    pub async fn done(self) -> Result<(), JournalError> {
        self.writing.commit().await
    }
}

impl Looking {
    /// A reading that needs no line: of what is the asker's own, or published and nobody's.
    pub(crate) fn unlogged(reading: Reading, permit: Permit, now: Timestamp) -> Self {
        debug_assert!(!permit.is_logged());
        Self {
            reading,
            permit,
            now,
        }
    }

    /// What it is read upon.
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// The moment of the look.
    pub fn now(&self) -> Timestamp {
        self.now
    }
}

macro_rules! lends_reading {
    ($($type:ty: $field:ident),+) => {$(
        impl Deref for $type {
            type Target = Reading;
            fn deref(&self) -> &Reading {
                &self.$field
            }
        }

        impl DerefMut for $type {
            fn deref_mut(&mut self) -> &mut Reading {
                &mut self.$field
            }
        }
    )+};
}
lends_reading!(Acting: writing, Deciding: writing, Looking: reading);
