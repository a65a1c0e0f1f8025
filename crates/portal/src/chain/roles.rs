//! The roles behind the server.

use std::future::Future;
use std::sync::Arc;

use jiff::Timestamp;
use riktig_chain::prescriber::PrescriberInbox;
use riktig_chain::{Answer, At, Intermediary, Registry, SummaryRecord};

use super::server::{Receive, Received};
use crate::moment;

/// An intermediary behind `POST /messages`; `clock` is asked once for each message.
pub fn intermediary(intermediary: Intermediary, clock: fn() -> Timestamp) -> Receive {
    role(clock, move |bytes, at| {
        let intermediary = intermediary.clone();
        async move { intermediary.receive(bytes, at).await }
    })
}

/// A registry of dispensings behind `POST /messages`.
pub fn registry(registry: Registry, clock: fn() -> Timestamp) -> Receive {
    role(clock, move |bytes, at| {
        let registry = registry.clone();
        async move { registry.receive(bytes, at).await }
    })
}

/// A summary record behind `POST /messages`.
pub fn summary_record(record: SummaryRecord, clock: fn() -> Timestamp) -> Receive {
    role(clock, move |bytes, at| {
        let record = record.clone();
        async move { record.receive(bytes, at).await }
    })
}

/// A prescriber's door for what is told of dispensings (M6) behind `POST /messages`.
pub fn prescriber(inbox: PrescriberInbox, clock: fn() -> Timestamp) -> Receive {
    role(clock, move |bytes, at| {
        let inbox = inbox.clone();
        async move { inbox.receive(bytes, at).await }
    })
}

fn role<F: Future<Output = Answer> + Send + 'static>(
    clock: fn() -> Timestamp,
    receive: impl Fn(Vec<u8>, At) -> F + Send + Sync + 'static,
) -> Receive {
    Arc::new(move |bytes| {
        let now = clock();
        let at = At {
            now,
            today: moment::day(now),
        };
        let answer = receive(bytes, at);
        Box::pin(async move {
            match answer.await {
                Answer::Message(answer) | Answer::Refused(answer) => Received::Answer(answer),
                Answer::NotAMessage(why) => Received::NotAMessage(why),
                Answer::TryAgain(error) => {
                    tracing::error!(cause = %error, "a message could not be taken");
                    Received::ComeBack
                }
            }
        })
    })
}
