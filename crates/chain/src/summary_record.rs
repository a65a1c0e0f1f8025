//! The summary record (kjernejournal): is told of every dispensing with M8.1, which carries the prescription whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use riktig_codes::{Day, NationalId, OrganisationNumber};
use riktig_eresept::envelope::Envelope;
use riktig_eresept::message::M81;
use riktig_eresept::signature::{Holder, Trust, covered, verify};
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
    /// By day and report, whatever the order in which they came.
    pub(crate) dispensed: Vec<Report>,
    /// Reports that were annulled: one of them that comes after its annulment stays annulled.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    annulled: BTreeSet<String>,
    /// What the latest message says of guardians.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<Said>,
}

/// What a message says of the prescription itself. Of two, the one that was written last holds, and not the one that came last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// Seconds since 1970 at which it was written.
    written: Option<i64>,
    /// Its id: two of the same second are put in one order.
    by: String,
    reserved: bool,
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
                    Err(unread) => Answer::NotAMessage(unread.to_string()),
                };
            }
        };
        let message = match Message::read(verified.signed()) {
            Ok(message) => message,
            Err(fault) => return Answer::unread(&bytes, fault),
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
    let after = before.after(m81, message.envelope());
    let standing = Standing {
        status: if after.dispensed.iter().any(|report| report.ended) {
            "R".to_owned()
        } else {
            "E".to_owned()
        },
        state: serde_json::to_string(&after).expect("texts and numbers are JSON"),
        expires: prescription.expires,
        locked: prescription.locked,
        reserved: after.said.as_ref().is_some_and(|said| said.reserved)
            || prescription.guardian_reservation,
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
            annulled: BTreeSet::new(),
            said: None,
        }
    }

    /// The same whatever the order in which messages come: an annulment may overtake its dispensing.
    fn after(mut self, m81: &M81, envelope: &Envelope) -> Self {
        let (dispensing, report) = (&m81.dispensing, m81.report.as_str());
        match &dispensing.annulled {
            Some(annulled) if dispensing.annuls => {
                self.annulled.insert(annulled.as_str().to_owned());
            }
            _ if dispensing.annuls => {}
            _ => self.dispensed.push(Report {
                report: report.to_owned(),
                day: dispensing.dispensed,
                pharmacy: dispensing.pharmacy_name.clone(),
                ended: dispensing.ended.as_ref().is_some_and(|it| it.code == "1"),
            }),
        }
        self.dispensed
            .retain(|report| !self.annulled.contains(&report.report));
        self.dispensed
            .sort_by(|a, b| (a.day, &a.report).cmp(&(b.day, &b.report)));
        self.dispensed.dedup_by(|a, b| a.report == b.report);
        let said = Said {
            written: envelope.generated.unix_seconds(),
            by: envelope.id.as_str().to_owned(),
            reserved: m81.hidden_from_guardians.unwrap_or(false),
        };
        self.said = self.said.max(Some(said));
        self
    }
}

/// What the record keeps of a prescription; nothing where another program wrote it.
pub(crate) fn told(held: &Held) -> Option<Told> {
    let told: Told = serde_json::from_str(&held.standing.state).ok()?;
    (told.form == FORM).then_some(told)
}

/// The prescription that goes along, read from what its prescriber signed.
pub(crate) fn enclosed(message: &Message) -> Option<Message> {
    let read = |bytes: &[u8]| Message::read(&covered(bytes).ok()?).ok();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use riktig_eresept::envelope::Organisation;
    use riktig_eresept::message::Dispensing;
    use riktig_eresept::{Coded, Ident, MessageId, Moment};

    use super::*;
    use crate::rehearsal::id;

    /// A report or, with an even number, the annulment of the one before it.
    fn told_of(number: u32, seconds: i64, reserved: bool) -> (M81, Envelope) {
        let report = |number: u32| id("m10", number);
        let annuls = number.is_multiple_of(2);
        let dispensing = Dispensing {
            prescription: id("m1", 1),
            dispensed: "2026-03-02".parse::<Day>().unwrap() + i32::try_from(number / 4).unwrap(),
            annuls,
            ended: Some(Coded::yes_or_no(number == 5)),
            customer_refuses_exchange: None,
            annulled: annuls.then(|| report(number - 1)),
            batch: None,
            line: None,
            pharmacy: Ident::her("80624"),
            pharmacy_name: "Testapoteket".to_owned(),
            interventions: Vec::new(),
        };
        let m81 = M81 {
            dispensing,
            report: report(number),
            on_paper: None,
            paper_prescriber: None,
            reference_number: None,
            regular_doctor_not_told: None,
            hidden_from_guardians: Some(reserved),
        };
        let moment = Moment::from_unix_seconds(1_770_000_000 + seconds).unwrap();
        let (from, to) = (Organisation::default(), Organisation::default());
        let own: MessageId = id("m81", number);
        (m81, Envelope::between(own, moment, from, to))
    }

    fn after(messages: &[(M81, Envelope)]) -> Told {
        let all = messages.iter();
        all.fold(Told::nothing(), |told, (m81, envelope)| {
            told.after(m81, envelope)
        })
    }

    fn messages() -> impl Strategy<Value = Vec<(M81, Envelope)>> {
        let terms = proptest::collection::vec((0..4_i64, any::<bool>()), 1..9);
        terms.prop_map(|terms| {
            let all = (1..).zip(terms);
            all.map(|(number, (seconds, reserved))| told_of(number, seconds, reserved))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn any_order_and_any_repetition_of_messages_gives_the_same_record(
            (in_order, shuffled) in messages().prop_flat_map(|all| {
                let twice = [all.clone(), all.clone()].concat();
                (Just(all), Just(twice).prop_shuffle())
            })
        ) {
            let expected = after(&in_order);
            prop_assert_eq!(&after(&shuffled), &expected);
            let standing = in_order.iter().filter(|(m81, _)| !m81.dispensing.annuls).filter(|(m81, _)| {
                !in_order.iter().any(|(other, _)| other.dispensing.annulled.as_ref() == Some(&m81.report))
            });
            prop_assert_eq!(expected.dispensed.len(), standing.count());
        }
    }

    #[test]
    fn a_record_that_was_kept_before_annulments_were_remembered_is_read() {
        let kept = r#"{"form":1,"dispensed":[]}"#;
        assert_eq!(serde_json::from_str::<Told>(kept).unwrap(), Told::nothing());
    }
}
