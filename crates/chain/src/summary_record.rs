//! The summary record (kjernejournal): is told of every dispensing with M8.1, which carries the prescription whole.

use std::sync::Arc;

use riktig_codes::{Day, NationalId, OrganisationNumber};
use riktig_eresept::message::M81;
use riktig_eresept::signature::{Holder, Trust, verify};
use riktig_eresept::{Body, Message};
use riktig_journal::Journal;
use riktig_journal::chain::{
    Change, Decision, Effect, Held, Incoming, Link, NewPrescription, OfPatient, Post, PostError,
    Present, Sender, Standing, Wants,
};
use serde::{Deserialize, Serialize};

use crate::wording::{Refused, Wording};
use crate::{Answer, At};

/// A summary record on a journal. A clone is the same.
#[derive(Debug, Clone)]
pub struct SummaryRecord {
    journal: Journal,
    post: Post,
    trust: Arc<Trust>,
    intermediary: OrganisationNumber,
}

/// What the record keeps of a prescription beside the message that brought it: JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    form: u32,
    pub(crate) dispensed: Vec<Report>,
}

/// A report of a dispensing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    /// The pharmacy's report (M10).
    report: String,
    pub(crate) day: Day,
    pub(crate) pharmacy: String,
    /// Nothing more can be dispensed.
    ended: bool,
}

/// The form of this text.
const FORM: u32 = 1;

impl SummaryRecord {
    /// Opens the record's post on a journal, within a Tokio runtime. Messages are taken from this intermediary only.
    pub fn open(journal: Journal, trust: Trust, intermediary: OrganisationNumber) -> Self {
        Self {
            post: Post::open(journal.clone(), Link::SummaryRecord),
            journal,
            trust: Arc::new(trust),
            intermediary,
        }
    }

    /// The journal that it is on.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Receives a message and answers when it is on the disk.
    pub async fn receive(&self, bytes: Vec<u8>, at: At) -> Answer {
        let verified = match verify(&bytes, &self.trust, at.now) {
            Ok(verified) => verified,
            Err(fault) => {
                return match Message::read(&bytes) {
                    Ok(message) => refuse(
                        &message,
                        at,
                        ("RIKTIG-K01", fault.code()),
                        &fault.to_string(),
                    ),
                    Err(_) => Answer::NotAMessage(fault.to_string()),
                };
            }
        };
        let message = match Message::read(verified.signed()) {
            Ok(message) => message,
            Err(fault) => return Answer::NotAMessage(fault.to_string()),
        };
        let from_intermediary = matches!(
            verified.signer.holder,
            Holder::Organisation { number } if number == self.intermediary
        );
        if !from_intermediary {
            let why = "a summary record takes what the intermediary has signed";
            return refuse(&message, at, ("RIKTIG-K01", "S01"), why);
        }
        let Body::M81(m81) = message.body() else {
            let why = "a summary record takes M8.1";
            return refuse(&message, at, ("RIKTIG-K02", "T10"), why);
        };
        let (Some(pid), Some(m1)) = (patient_of(&message), enclosed(&message)) else {
            let why =
                "M8.1 names the patient by identity number and carries the M1 that was dispensed";
            return refuse(&message, at, ("RIKTIG-K03", "T02"), why);
        };
        if m1.envelope().id != m81.dispensing.prescription {
            let why = "the M1 that goes along is not the prescription that was dispensed";
            return refuse(&message, at, ("RIKTIG-K04", "T02"), why);
        }
        let m81 = (**m81).clone();
        self.take(message, (m81, m1), (pid, bytes), at).await
    }

    async fn take(
        &self,
        message: Message,
        (m81, m1): (M81, Message),
        (pid, bytes): (NationalId, Vec<u8>),
        at: At,
    ) -> Answer {
        let ids = (
            message.envelope().id.as_str().parse(),
            m81.dispensing.prescription.as_str().parse(),
        );
        let (Ok(id), Ok(prescription)) = ids else {
            let why = "ids have 1 to 100 visible characters; send UUIDs";
            return refuse(&message, at, ("RIKTIG-K05", "E10"), why);
        };
        let incoming = Incoming {
            id,
            kind: "M8.1",
            sender: Sender {
                hpr: None,
                organisation: Some(self.intermediary),
            },
            patient: Some(pid),
            bytes,
            wants: Wants {
                prescriptions: vec![prescription],
                of_patient: OfPatient::None,
                bytes: false,
                choices: false,
            },
            now: at.now,
        };
        let told = message.clone();
        let decide = move |present: &Present| decide(present, (&told, &m81, &m1), at);
        match self.post.take(incoming, decide).await {
            Ok(taken) => Answer::Message(taken.answer),
            Err(PostError::OtherBytes | PostError::OtherSender) => {
                let why = "a message with this id and other content was taken before; send it with a new id";
                refuse(&message, at, ("RIKTIG-K06", "E10"), why)
            }
            Err(error) => Answer::TryAgain(error),
        }
    }
}

/// A first dispensing brings the prescription, each later one its report; one that annuls takes a report away.
fn decide(present: &Present, (message, m81, m1): (&Message, &M81, &Message), at: At) -> Decision {
    let wording = Wording {
        envelope: message.envelope(),
        at,
        key: None,
    };
    let held = present.prescriptions.first();
    let Some(before) = held.map_or(Some(Told::nothing()), told) else {
        return wording.refused(&[Refused {
            code: "RIKTIG-K07",
            receipt_code: "X99",
            words: "what is kept of this prescription cannot be read; another program wrote it",
        }]);
    };
    let Ok(Some(prescription)) = m1.prescription() else {
        return wording.refused(&[Refused {
            code: "RIKTIG-K03",
            receipt_code: "T02",
            words: "the M1 that goes along is no prescription for a person",
        }]);
    };
    let after = before.after(m81);
    let standing = Standing {
        status: if after.dispensed.iter().any(|report| report.ended) {
            "R".to_owned()
        } else {
            "E".to_owned()
        },
        state: serde_json::to_string(&after).expect("texts and numbers are JSON"),
        expires: prescription.expires,
        locked: prescription.locked,
        reserved: m81.hidden_from_guardians.unwrap_or(false) || prescription.guardian_reservation,
        closed: false,
    };
    let event = if m81.dispensing.annuls {
        "annulled"
    } else {
        "dispensed"
    };
    let event = event.to_owned();
    let effect = match held {
        None => {
            let id = m81.dispensing.prescription.as_str().parse();
            Effect::Prescribe(NewPrescription {
                id: id.expect("it was read before"),
                standing,
                event,
            })
        }
        Some(held) => Effect::Change(Change {
            id: held.id.clone(),
            version: held.version,
            standing,
            event,
        }),
    };
    wording.taken(vec![effect])
}

impl Told {
    fn nothing() -> Self {
        Self {
            form: FORM,
            dispensed: Vec::new(),
        }
    }

    fn after(mut self, m81: &M81) -> Self {
        let dispensing = &m81.dispensing;
        let annulled = dispensing.annulled.as_ref().map(|id| id.as_str());
        self.dispensed
            .retain(|report| !(dispensing.annuls && Some(report.report.as_str()) == annulled));
        if !dispensing.annuls {
            self.dispensed.push(Report {
                report: m81.report.as_str().to_owned(),
                day: dispensing.dispensed,
                pharmacy: dispensing.pharmacy_name.clone(),
                ended: dispensing.ended.as_ref().is_some_and(|it| it.code == "1"),
            });
        }
        self
    }
}

/// What the record keeps of a prescription; nothing where another program wrote it.
pub(crate) fn told(held: &Held) -> Option<Told> {
    let told: Told = serde_json::from_str(&held.standing.state).ok()?;
    (told.form == FORM).then_some(told)
}

/// The prescription that goes along.
pub(crate) fn enclosed(message: &Message) -> Option<Message> {
    let read = |bytes: &[u8]| Message::read(bytes).ok();
    let mut all = message.enclosed_messages().filter_map(read);
    all.find(|message| matches!(message.body(), Body::M1(_)))
}

fn patient_of(message: &Message) -> Option<NationalId> {
    let number = message.envelope().patient.as_ref()?.number()?;
    number.national_id().ok().flatten()
}

fn refuse(message: &Message, at: At, (code, receipt_code): (&str, &str), words: &str) -> Answer {
    let wording = Wording {
        envelope: message.envelope(),
        at,
        key: None,
    };
    let refused = Refused {
        code,
        receipt_code,
        words,
    };
    Answer::Refused(wording.refused(&[refused]).answer)
}
