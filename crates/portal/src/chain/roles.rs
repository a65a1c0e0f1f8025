//! The roles behind the server.

use std::sync::Arc;

use jiff::Timestamp;
use riktig_chain::{Answer, At, Intermediary};

use super::server::{Receive, Received};
use crate::moment;

/// An intermediary behind `POST /messages`; `clock` is asked once for each message.
pub fn intermediary(intermediary: Intermediary, clock: fn() -> Timestamp) -> Receive {
    Arc::new(move |bytes| {
        let intermediary = intermediary.clone();
        Box::pin(async move {
            let now = clock();
            let at = At {
                now,
                today: moment::day(now),
            };
            match intermediary.receive(bytes, at).await {
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
