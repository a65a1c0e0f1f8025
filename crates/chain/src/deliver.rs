//! Delivering what a link must send on: at least once, until its receiver has answered.

use std::future::Future;

use jiff::{SignedDuration, Timestamp};
use riktig_eresept::envelope::Envelope;
use riktig_eresept::{AppRec, Ident, Message, Outcome as Receipt};
use riktig_journal::chain::{Delivered, Due, Link, MessageId, Outcome, due, settle, unsettled};
use riktig_journal::{Journal, JournalError};

/// Messages in one round.
const AT_ONCE: u32 = 100;
/// The longest that a message waits for its next try.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(60);

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Taken by their receivers.
    pub taken: u64,
    /// Refused by their receivers: somebody has to look.
    pub refused: u64,
    /// Without an answer; they are tried again.
    pub later: u64,
}

/// Sends what is due, one after the other, and notes what came of it. `send` is given the receiver and the message, and
/// gives its answer, or nothing where there was none.
///
/// # Errors
/// Where the journal cannot be read or written. What was sent is sent again then, and its receiver takes it once.
pub async fn round<F: Future<Output = Option<Vec<u8>>>>(
    journal: &Journal,
    link: Link,
    now: Timestamp,
    send: impl Fn(Link, Vec<u8>) -> F,
) -> Result<Round, JournalError> {
    let (mut round, mut delivered) = (Round::default(), Vec::new());
    for one in due(journal, link, now, AT_ONCE).await? {
        let outcome = tried(&one, now, |bytes| send(one.to, bytes)).await;
        *match outcome {
            Outcome::Taken(_) => &mut round.taken,
            Outcome::Refused(_) => &mut round.refused,
            Outcome::Later(_) => &mut round.later,
        } += 1;
        delivered.push(Delivered {
            id: one.id,
            outcome,
        });
    }
    if !delivered.is_empty() {
        settle(journal, link, &delivered, now).await?;
    }
    Ok(round)
}

/// Sends one message that is not settled, whether it is its time or not, and notes what came of it.
///
/// # Errors
/// As [`round`].
pub async fn one<F: Future<Output = Option<Vec<u8>>>>(
    journal: &Journal,
    (link, id): (Link, &MessageId),
    now: Timestamp,
    send: impl Fn(Vec<u8>) -> F,
) -> Result<(), JournalError> {
    let Some(one) = unsettled(journal, link, id).await? else {
        return Ok(());
    };
    let outcome = tried(&one, now, send).await;
    let id = one.id;
    settle(journal, link, &[Delivered { id, outcome }], now).await
}

async fn tried<F: Future<Output = Option<Vec<u8>>>>(
    one: &Due,
    now: Timestamp,
    send: impl Fn(Vec<u8>) -> F,
) -> Outcome {
    let answer = match &one.bytes {
        Some(bytes) => send(bytes.clone()).await,
        None => {
            // The others of the round go out all the same.
            tracing::error!(message = %one.id, "a message that waits cannot be opened: its key is not there");
            None
        }
    };
    outcome(one, answer, now)
}

/// An answer that is no receipt settles nothing: something between has answered.
fn outcome(one: &Due, answer: Option<Vec<u8>>, now: Timestamp) -> Outcome {
    let receipt = answer
        .as_deref()
        .and_then(|answer| AppRec::read(answer).ok());
    let asked = one.bytes.as_deref().and_then(|it| Message::read(it).ok());
    let is_ours = |receipt: &AppRec| match &asked {
        Some(asked) => is_from_receiver(receipt, asked.envelope()),
        None => receipt.original.as_str() == one.id.as_str(),
    };
    let ours = receipt.filter(is_ours);
    match (ours.map(|receipt| receipt.outcome), answer) {
        (Some(Receipt::Taken | Receipt::TakenInPart(_)), Some(answer)) => Outcome::Taken(answer),
        (Some(Receipt::Refused(_)), Some(answer)) => Outcome::Refused(answer),
        _ => Outcome::Later(
            now.saturating_add(wait(one.tries))
                .unwrap_or(Timestamp::MAX),
        ),
    }
}

/// Whether a receipt is of this message, from whoever it was sent to: no number of a kind that both have is another. Receipts carry no signature in
/// the national format: that it is truly theirs rests on the connection.
pub(crate) fn is_from_receiver(receipt: &AppRec, message: &Envelope) -> bool {
    let sender = &receipt.sender;
    let mut idents = sender.ident.iter().chain(&sender.other_idents);
    let is_another = |ident: &Ident| {
        let asked = message.receiver.number(&ident.kind.code);
        asked.is_some_and(|asked| asked != ident.reveal())
    };
    receipt.original == message.id && !idents.any(is_another)
}

/// A second, two, four … an hour.
fn wait(tries: u32) -> SignedDuration {
    let seconds = 1i64.checked_shl(tries.min(30)).unwrap_or(i64::MAX);
    SignedDuration::from_secs(seconds).min(LONGEST_WAIT)
}
