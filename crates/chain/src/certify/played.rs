//! The rest of the chain, played for a system that begins messages itself: what it sends is heard, what must be answered is answered by Riktig's own
//! roles, and what it does when nobody answers is found out by not answering first.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use riktig_eresept::check::Weight;
use riktig_eresept::signature::{Holder, verify};
use riktig_eresept::{Body, Message};
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use tokio::sync::Notify;

use super::{Came, Reply, Sheet, Verdict, Words};
use crate::check::{Against, check};
use crate::rehearsal::Rehearsal;
use crate::{Answer, At, Intermediary, Registry};

/// A message that came.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Which link it was for.
    pub to: Link,
    /// The message.
    pub bytes: Vec<u8>,
    /// What was answered; nothing where it was left without an answer.
    pub answer: Option<Vec<u8>>,
}

/// Intermediary and registry, played. A clone is the same.
#[derive(Debug, Clone)]
pub struct Played(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    parties: Rehearsal,
    intermediary: Intermediary,
    registry: Registry,
    heard: Mutex<Vec<Heard>>,
    /// The prescription that is handed out forged.
    forged: Mutex<Option<String>>,
    news: Notify,
}

impl Heard {
    pub(super) fn message(&self) -> Option<Message> {
        Message::read(&self.bytes).ok()
    }

    pub(super) fn id(&self) -> Option<String> {
        Some(self.message()?.envelope().id.as_str().to_owned())
    }

    /// What was answered, as a check tells it.
    pub(super) fn reply(&self) -> Reply {
        let what = match &self.answer {
            Some(answer) => Came::Answer(answer.clone()),
            None => Came::Nothing("it was left without an answer".to_owned()),
        };
        Reply {
            what,
            took: Duration::ZERO,
        }
    }
}

impl Played {
    /// On a journal of its own, within a Tokio runtime.
    pub fn open(parties: Rehearsal, setup: crate::Setup, journal: &Journal) -> Self {
        let registry = crate::registry::RegistrySetup {
            trust: parties.trust(),
            register: setup.register.clone(),
        };
        Self(Arc::new(Parts {
            intermediary: Intermediary::open(journal.clone(), setup),
            registry: Registry::open(journal.clone(), registry),
            parties,
            heard: Mutex::default(),
            forged: Mutex::default(),
            news: Notify::new(),
        }))
    }

    /// The parties.
    pub fn parties(&self) -> &Rehearsal {
        &self.0.parties
    }

    /// Takes a message for a link and answers as that link does. The first time that an act comes (M1, M5, M10) nobody answers it.
    pub async fn receive(&self, to: Link, bytes: Vec<u8>, at: At) -> Came {
        let Ok(message) = Message::read(&bytes) else {
            return Came::Status(400);
        };
        let is_act = matches!(message.body(), Body::M1(_) | Body::M5(_) | Body::M10(_));
        let known = self
            .heard()
            .iter()
            .any(|one| one.to == to && one.id().as_deref() == Some(message.envelope().id.as_str()));
        if is_act && !known {
            self.note(to, bytes, None);
            return Came::Status(503);
        }
        let answer = self.answer(to, bytes.clone(), at).await;
        let answer = match (answer, message.body()) {
            (Some(answer), Body::M93(m93)) if self.is_forged(m93.prescription.as_ref()) => {
                self.0.parties.forged_download(&answer).or(Some(answer))
            }
            (answer, _) => answer,
        };
        self.note(to, bytes, answer.clone());
        match answer {
            Some(answer) => Came::Answer(answer),
            None => Came::Status(503),
        }
    }

    /// A message of the rehearsal's own, past what is heard.
    pub(super) async fn answer(&self, to: Link, bytes: Vec<u8>, at: At) -> Option<Vec<u8>> {
        let answer = match to {
            Link::Registry => self.0.registry.receive(bytes, at).await,
            _ => self.0.intermediary.receive(bytes, at).await,
        };
        match answer {
            Answer::Message(answer) | Answer::Refused(answer) => Some(answer),
            Answer::NotAMessage(_) | Answer::TryAgain(_) => None,
        }
    }

    fn note(&self, to: Link, bytes: Vec<u8>, answer: Option<Vec<u8>>) {
        let mut heard = self.0.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.push(Heard { to, bytes, answer });
        drop(heard);
        self.0.news.notify_waiters();
    }

    /// Everything that came, in order.
    pub fn heard(&self) -> Vec<Heard> {
        let heard = self.0.heard.lock();
        heard.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn forge(&self, prescription: &str) {
        let mut forged = self.0.forged.lock().unwrap_or_else(PoisonError::into_inner);
        *forged = Some(prescription.to_owned());
    }

    fn is_forged(&self, id: Option<&riktig_eresept::MessageId>) -> bool {
        let forged = self.0.forged.lock().unwrap_or_else(PoisonError::into_inner);
        id.is_some_and(|id| forged.as_deref() == Some(id.as_str()))
    }

    /// Waits until something has come, at most so long; what came.
    pub(super) async fn until<T>(
        &self,
        patience: Duration,
        found: impl Fn(&[Heard]) -> Option<T>,
    ) -> Option<T> {
        let wait = async {
            loop {
                let news = self.0.news.notified();
                tokio::pin!(news);
                // Listening before looking: nothing falls between the two.
                news.as_mut().enable();
                if let Some(found) = found(&self.heard()) {
                    return found;
                }
                news.await;
            }
        };
        tokio::time::timeout(patience, wait).await.ok()
    }
}

/// A check of something that was heard rather than answered.
pub(super) fn judge<S>(sheet: &mut Sheet<S>, words: Words, holds: bool, came: impl Into<String>) {
    let verdict = if holds {
        Verdict::Passed
    } else {
        Verdict::Failed
    };
    sheet.told(words, verdict, came);
}

/// Whether a message is signed by whom its envelope names: a person with this HPR number, or this organisation.
pub(super) fn signer(bytes: &[u8], parties: &Rehearsal, at: At) -> Result<String, String> {
    let verified = verify(bytes, &parties.trust(), at.now).map_err(|fault| fault.to_string())?;
    let message = Message::read(bytes).map_err(|fault| fault.to_string())?;
    let sender = &message.envelope().sender;
    match verified.signer.holder {
        Holder::Person { hpr: Some(hpr) } => {
            let acting = sender.acting().and_then(|it| hpr_of(&it.person));
            match acting == Some(hpr.to_string()) {
                true => Ok(format!("signed by HPR {hpr}")),
                false => Err(format!("signed by HPR {hpr}, who is not the sender")),
            }
        }
        Holder::Organisation { number } => match sender.organisation_number() == Some(number) {
            true => Ok(format!("signed by {number}")),
            false => Err(format!("signed by {number}, which is not the sender")),
        },
        Holder::Person { hpr: None } => Err("signed by somebody without an HPR number".to_owned()),
        Holder::Unknown => Err("signed by an organisation without a number".to_owned()),
    }
}

fn hpr_of(person: &riktig_eresept::envelope::Person) -> Option<String> {
    let mut idents = person.idents.iter();
    let hpr = idents.find(|ident| ident.is("HPR"))?;
    Some(hpr.reveal().to_owned())
}

/// The first fault of a message, or that there is none.
pub(super) fn in_order(bytes: &[u8]) -> Result<String, String> {
    let checked = check(bytes, Against::default());
    let mut faults = checked.findings.iter();
    match faults.find(|it| it.weight == Weight::Fault) {
        None => Ok("no fault".to_owned()),
        Some(fault) => Err(format!(
            "line {}, {}: {}",
            fault.line, fault.place, fault.what
        )),
    }
}
