//! The way out: every message is kept before it is sent, and whoever prescribes never waits for the other end.

use std::str::FromStr as _;
use std::time::Duration;

use jiff::Timestamp;
use riktig_eresept::{AppRec, Body, Message};
use riktig_journal::JournalError;
use riktig_journal::chain::{Incoming, Link, MessageId, Present, Sender, trace};

use super::sending::{changed, decided, wanting};
use super::written::{Sent, Written, about};
use super::{PrescribeError, Prescriber};
use crate::deliver;

/// How long whoever prescribes waits for the answer before they are told that it waits: most answers are there in a fraction of it.
const A_MOMENT: Duration = Duration::from_secs(2);
/// How long a message may be under way before it counts as not answered.
const UNDER_WAY: Duration = Duration::from_secs(10);

impl Prescriber {
    /// Sends what waits to be sent, and notes what was answered. For a task that nobody waits for: an end that hangs takes its time for each message.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub async fn deliver_due(&self, now: Timestamp) -> Result<deliver::Round, PrescribeError> {
        let send = |_, bytes| self.send(bytes, now);
        Ok(deliver::round(&self.journal, Link::Prescriber, now, send).await?)
    }

    /// Sends one message in a task of its own, and waits a moment for what comes of it. What goes wrong is told to the log: it is sent again later.
    pub(super) async fn try_now(&self, id: &str, now: Timestamp) {
        let (own, id) = (self.clone(), MessageId::from_str(id));
        let sending = tokio::spawn(async move {
            let Ok(id) = id else { return };
            let send = |bytes| own.send(bytes, now);
            if let Err(error) = deliver::one(&own.journal, (Link::Prescriber, &id), now, send).await
            {
                tracing::error!(cause = %error, "what came of sending a prescription cannot be noted");
            }
        });
        // Over time: the task goes on.
        let _ = tokio::time::timeout(A_MOMENT, sending).await;
    }

    /// Gives a message to the intermediary and notes its receipt; nothing where it must go out again.
    async fn send(&self, bytes: Vec<u8>, now: Timestamp) -> Option<Vec<u8>> {
        match self.is_too_early(&bytes).await {
            Ok(false) => {}
            Ok(true) => return None,
            Err(error) => {
                tracing::error!(cause = %error, "whether a recall may go out cannot be told");
                return None;
            }
        }
        let sent = tokio::time::timeout(UNDER_WAY, (self.wire)(bytes.clone())).await;
        let answer = sent.ok()??;
        match self.receipt(&bytes, &answer, now).await {
            Ok(()) => Some(answer),
            Err(error) => {
                // Sent again later: its receiver answers as before, and the receipt is noted then.
                tracing::error!(cause = %error, "a receipt cannot be noted");
                None
            }
        }
    }

    /// Whether it is the recall of a prescription that nobody has answered yet: it would come before what it recalls.
    async fn is_too_early(&self, bytes: &[u8]) -> Result<bool, JournalError> {
        let Ok(message) = Message::read(bytes) else {
            return Ok(false);
        };
        let (Body::M5(_), Some(id)) = (message.body(), about(&message)) else {
            return Ok(false);
        };
        let trace = trace(&self.journal, Link::Prescriber, &id).await?;
        let kept = trace.and_then(|it| Written::of(&it.held));
        Ok(kept.is_some_and(|it| it.kept.sent == Sent::Waiting))
    }

    /// Notes a receipt for a message of ours. What is no receipt for it is left alone: `deliver` tries again.
    async fn receipt(
        &self,
        message: &[u8],
        answer: &[u8],
        now: Timestamp,
    ) -> Result<(), PrescribeError> {
        let (Ok(message), Ok(receipt)) = (Message::read(message), AppRec::read(answer)) else {
            return Ok(());
        };
        if !deliver::is_from_receiver(&receipt, message.envelope()) {
            return Ok(());
        }
        let Some(id) = about(&message) else {
            return Ok(());
        };
        let number = message
            .envelope()
            .patient
            .as_ref()
            .and_then(|it| it.number());
        let Some(patient) = number.and_then(|it| it.national_id().ok().flatten()) else {
            return Ok(());
        };
        let replaced = self.replaced((&patient, &id), &receipt, now).await?;
        let mut wants = wanting(&id);
        wants
            .prescriptions
            .extend(replaced.iter().map(|it| it.old.clone()));
        let receipt_id = receipt.id.as_str().to_owned();
        let incoming = Incoming {
            id: MessageId::from_str(&receipt_id).map_err(|_| PrescribeError::Number)?,
            kind: "AppRec",
            sender: Sender {
                hpr: None,
                organisation: self.intermediary.organisation,
            },
            patient: Some(patient),
            bytes: answer.to_vec(),
            wants,
            now,
        };
        let decide = move |present: &Present| {
            let mut held = present.prescriptions.iter();
            let change = held.find(|held| held.id == id).and_then(|held| {
                let kept = Written::of(held)?.kept.answered(&receipt);
                Some(changed(held, &kept, "\"answered\""))
            });
            let replaced = replaced.iter().flat_map(|it| it.effects(present));
            decided(change.into_iter().chain(replaced).collect())
        };
        self.post.take(incoming, decide).await?;
        Ok(())
    }
}
