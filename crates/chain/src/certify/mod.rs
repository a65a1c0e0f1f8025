//! Certifying somebody else's system: the rest of the chain is played against it, and each thing that it must do is a check
//! with a name, what was sent, what was expected and what came.
//!
//! How the messages travel is the caller's: `send` is given the bytes and tells what came back and how long it took. Intermediary and registry are
//! asked; a prescriber and a pharmacy begin messages themselves, so that [`Played`] listens to them while whoever has them is told what to do.

mod attack;
mod intermediary;
mod pharmacy;
mod played;
mod prescriber;
mod refused;
mod registry;
mod step;

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::time::Duration;

use riktig_eresept::{AppRec, Message, Outcome};
use serde::Serialize;

use attack::Attack;
use intermediary::BUSY;

pub use intermediary::{NUMBERS, intermediary};
pub use pharmacy::pharmacy;
pub use played::{Heard, Played};
pub use prescriber::{Patience, prescriber};
pub use registry::registry;
pub use step::Step;

/// What came back for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it was.
    pub what: Came,
    /// From the first byte sent to the last received.
    pub took: Duration,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// An answer with status 200.
    Answer(Vec<u8>),
    /// Another status.
    Status(u16),
    /// No answer, and why.
    Nothing(String),
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does what it must.
    Passed,
    /// It does not.
    Failed,
    /// Both ways are right, and this is the one it takes.
    Told,
    /// It was not tried, and why.
    NotTried,
}

/// A check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Its name, the same from version to version.
    pub name: &'static str,
    /// What came of it.
    pub verdict: Verdict,
    /// What was sent.
    pub sent: &'static str,
    /// What must come.
    pub expected: String,
    /// What came.
    pub came: String,
    /// How long the answer took, in milliseconds.
    pub milliseconds: u128,
}

/// Why a message is refused: Riktig's own code, and that of list 8221 which any system has.
pub(crate) type Reasons = &'static [(&'static str, &'static str)];

/// What is wrong with the form or the signature of an attack; the roles that take M6 and M8.1 have codes of their own for it.
const FORM: [(&str, &str); 11] = [
    ("RIKTIG-I01", "S01"),
    ("RIKTIG-I01", "S02"),
    ("RIKTIG-I01", "S99"),
    ("RIKTIG-F01", "S01"),
    ("RIKTIG-F01", "S02"),
    ("RIKTIG-F01", "S99"),
    ("RIKTIG-I18", "T02"),
    ("RIKTIG-I23", "X99"),
    ("", "T01"),
    ("", "T02"),
    ("", "T99"),
];

/// Longest part of an answer's words in a report, in characters.
const SHOWN: usize = 160;

impl Reply {
    /// The receipt that it is.
    pub(crate) fn receipt(&self) -> Option<AppRec> {
        match &self.what {
            Came::Answer(bytes) => AppRec::read(bytes).ok(),
            _ => None,
        }
    }

    /// The message that it is.
    pub(crate) fn message(&self) -> Option<Message> {
        match &self.what {
            Came::Answer(bytes) => Message::read(bytes).ok(),
            _ => None,
        }
    }

    /// Taken, perhaps with warnings, by a receipt for this message.
    pub(crate) fn is_taken(&self, id: &str) -> bool {
        self.receipt().is_some_and(|receipt| {
            receipt.original.as_str() == id && !matches!(receipt.outcome, Outcome::Refused(_))
        })
    }

    /// Refused by a receipt for one of these reasons. A system of somebody else has codes of list 8221 only; where Riktig's own stands before
    /// the words, it must be the one that goes with it.
    pub(crate) fn is_refused_for(&self, reasons: Reasons) -> bool {
        let outcome = self.receipt().map(|receipt| receipt.outcome);
        let Some(Outcome::Refused(errors)) = outcome else {
            return false;
        };
        errors.iter().any(|error| {
            let words = error.0.original.as_deref().unwrap_or_default();
            let own = words
                .split(':')
                .next()
                .filter(|it| it.starts_with("RIKTIG-"));
            reasons
                .iter()
                .any(|(reason, code)| *code == error.0.code && own.is_none_or(|own| own == *reason))
        })
    }

    /// Refused for its form or its signature, or turned away before it was read as a message.
    pub(crate) fn is_turned_away(&self) -> bool {
        self.is_refused_for(&FORM) || matches!(self.what, Came::Status(400..=499))
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.what, self.receipt()) {
            (_, Some(receipt)) => {
                let errors = receipt.outcome.errors().iter();
                let errors: Vec<_> = errors
                    .map(|error| {
                        let words = error.0.original.as_deref().unwrap_or_default();
                        let words: String = words.chars().take(SHOWN).collect();
                        format!("{} {words}", error.0.code)
                    })
                    .collect();
                let outcome = match receipt.outcome {
                    Outcome::Taken => "taken",
                    Outcome::Refused(_) => "refused: ",
                    Outcome::TakenInPart(_) => "taken, with warnings: ",
                };
                write!(f, "{outcome}{}", errors.join("; "))
            }
            (Came::Answer(bytes), None) => match self.message() {
                Some(message) => {
                    let kind = &message.envelope().kind.code;
                    write!(f, "a message ({kind}) of {} bytes", bytes.len())
                }
                None => write!(f, "{} bytes that are no message", bytes.len()),
            },
            (Came::Status(status), _) => write!(f, "HTTP {status}"),
            (Came::Nothing(why), _) => write!(f, "no answer: {why}"),
        }
    }
}

/// What must come where something is refused for one of these reasons.
pub(crate) fn refused_for(reasons: Reasons) -> String {
    let codes: BTreeSet<&str> = reasons.iter().map(|(_, code)| *code).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    format!(
        "a receipt: refused (2) with the code {}",
        codes.join(" or ")
    )
}

/// Sends, and keeps the checks.
pub(crate) struct Sheet<S> {
    send: S,
    checks: Vec<Check>,
}

/// The words of a check: its name, what was sent, what must come.
pub(crate) type Words = (&'static str, &'static str, &'static str);

impl<F: Future<Output = Reply>, S: Fn(Vec<u8>) -> F> Sheet<S> {
    pub(crate) async fn send(&self, bytes: Vec<u8>) -> Reply {
        (self.send)(bytes).await
    }

    /// Sends and judges what comes.
    pub(crate) async fn check(
        &mut self,
        words: Words,
        bytes: Vec<u8>,
        holds: impl FnOnce(&Reply) -> bool,
    ) -> Reply {
        let reply = self.send(bytes).await;
        let verdict = match holds(&reply) {
            true => Verdict::Passed,
            false => Verdict::Failed,
        };
        self.note(words, verdict, &reply);
        reply
    }

    /// Sends what must be refused for one of these reasons.
    pub(crate) async fn refuses(
        &mut self,
        (name, sent): (&'static str, &'static str),
        reasons: Reasons,
        bytes: Vec<u8>,
    ) {
        let reply = self.send(bytes).await;
        let verdict = match reply.is_refused_for(reasons) {
            true => Verdict::Passed,
            false => Verdict::Failed,
        };
        self.note((name, sent, refused_for(reasons)), verdict, &reply);
    }

    /// Attacks on whatever reads a good message of this kind.
    pub(crate) async fn attacks(&mut self, good: &[u8], attacks: &[Attack]) {
        for (words, attack) in attacks {
            let holds = |reply: &Reply| reply.is_turned_away() && reply.took < BUSY;
            self.check(*words, attack(good), holds).await;
        }
    }
}

impl<S> Sheet<S> {
    pub(crate) fn new(send: S) -> Self {
        Self {
            send,
            checks: Vec::new(),
        }
    }

    /// Notes what was seen rather than answered.
    pub(crate) fn told(
        &mut self,
        (name, sent, expected): (&'static str, &'static str, impl Into<String>),
        verdict: Verdict,
        came: impl Into<String>,
    ) {
        self.checks.push(Check {
            name,
            verdict,
            sent,
            expected: expected.into(),
            came: came.into(),
            milliseconds: 0,
        });
    }

    pub(crate) fn note(
        &mut self,
        (name, sent, expected): (&'static str, &'static str, impl Into<String>),
        verdict: Verdict,
        reply: &Reply,
    ) {
        self.checks.push(Check {
            name,
            verdict,
            sent,
            expected: expected.into(),
            came: reply.to_string(),
            milliseconds: reply.took.as_millis(),
        });
    }

    pub(crate) fn not_tried(
        &mut self,
        words: (&'static str, &'static str, impl Into<String>),
        why: &str,
    ) {
        self.told(words, Verdict::NotTried, why);
    }

    pub(crate) fn checks(self) -> Vec<Check> {
        self.checks
    }
}
