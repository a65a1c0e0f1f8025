//! A message that somebody who is logged in sends in their own name: the policy is asked, the message kept and both written into the log in one
//! transaction, and both lines concern the patient.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use riktig_codes::NationalId;

use super::ahead::{Ahead, Needs};
use super::take::{self, OneError, Within};
use super::unwritten::Unwritten;
use super::{Decision, Incoming, Link, PostError, Present, Taken, patient};
use crate::ask::{AskError, weigh};
use crate::audit::End;
use crate::policy::{About, Act, Actor};
use crate::store::{Asked, Journal, JournalError};

/// Who sends something, by which act, and in which request.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Who is logged in.
    pub actor: Actor,
    /// What the policy is asked for.
    pub act: Act,
    /// When, and in which request.
    pub asked: Asked,
}

/// Why such a message was not taken. Nothing was written but, where the policy refused, its line.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The policy said no, or the journal could not answer.
    #[error(transparent)]
    Asked(#[from] AskError),
    /// It cannot be taken.
    #[error(transparent)]
    Post(#[from] PostError),
}

impl From<JournalError> for TakeError {
    fn from(error: JournalError) -> Self {
        Self::Asked(error.into())
    }
}

/// Takes a message of somebody's own about a patient, as [`Post::take`](super::Post::take) does for who signs at the other end of a wire. One at a time:
/// people do not prescribe by the hundred a second.
///
/// # Errors
/// The policy refuses, the id was taken with other bytes, or the journal cannot do it.
pub async fn take_asked(
    journal: &Journal,
    link: Link,
    (asking, patient): (&Asking, &NationalId),
    message: Incoming,
    decide: impl Fn(&Present) -> Decision + Send + Sync,
) -> Result<Taken, TakeError> {
    let Asking { actor, act, asked } = asking;
    let mut deciding = journal.deciding(asked.clone()).await?;
    let now = deciding.now();
    let known = patient::find(&mut deciding, journal, patient).await?;
    let mut later = Unwritten::default();
    let whom = (deciding.writing(), &mut later);
    let patient = patient::know(whom, journal, (patient, known), now).await?;
    later.write(deciding.writing()).await?;
    // In whose name it is: not who asks, or the policy would be asked about nothing.
    let about = match message.sender.hpr {
        Some(doctor) => About::Prescribed(doctor, patient),
        None => About::Patient(patient),
    };
    let mut acting = match weigh(&mut deciding, journal, actor, *act, &about, now).await? {
        Ok(permit) => deciding.act(permit).await?,
        Err(refusal) => {
            deciding.refused(actor, &about, refusal).await?;
            return Err(AskError::Refused(refusal).into());
        }
    };
    let writing = acting.writing();
    let mut end = End::find(writing).await?;
    let mut ahead = Ahead::read(writing, journal, link, &[Needs::of(&message)]).await?;
    let mut later = Unwritten::default();
    let mut within = Within {
        writing,
        end: &mut end,
        later: &mut later,
        ahead: &mut ahead,
        journal,
        link,
    };
    let decide = |present: &Present| catch_unwind(AssertUnwindSafe(|| decide(present))).ok();
    // What is not taken takes the act's line back with it: nothing was done.
    let taken = take::message(&mut within, &message, &decide).await;
    let taken = taken.map_err(|error| match error {
        OneError::OtherBytes => PostError::OtherBytes,
        OneError::OtherSender => PostError::OtherSender,
        OneError::TooLong => PostError::TooLong,
        OneError::Panicked => PostError::Undecided,
        OneError::Journal(error) => PostError::Journal(Arc::new(error)),
    })?;
    later.write(acting.writing()).await?;
    acting.done().await?;
    Ok(taken)
}
