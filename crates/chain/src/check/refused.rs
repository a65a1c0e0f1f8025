//! What an intermediary and a registry refuse, as far as one message tells.

use riktig_eresept::check::Code;
use riktig_eresept::message::M10;
use riktig_eresept::prescription::{Event, NotAnEvent, PharmacyId, Refusal};
use riktig_eresept::{Body, Message};
use riktig_journal::chain::{LONGEST_MESSAGE, MessageId};

use super::{Looking, Receiver, first};
use crate::address::{ANOTHER_RECEIVER, Numbers};
use crate::intermediary::{MOST_REFERENCES, bounds, lists, prescribe, steps};
use crate::registry::alone;
use crate::{ambiguous, dispensed, kept};

/// What is told where nobody who may send such a message is named.
const NO_SENDER: &str = "the envelope names no sender who may send such a message; write the prescriber's HPR number, or the pharmacy's HER-id, as Ident";

fn code(own: &'static str, receipt: &'static str) -> Option<Code> {
    Some(Code { own, receipt })
}

impl Looking {
    pub(super) fn refused(
        &mut self,
        message: &Message,
        bytes: &[u8],
        (receiver, intermediary): (Receiver, &Numbers),
    ) {
        if receiver == Receiver::Another {
            return;
        }
        let head = || first(message, &["MsgHead"]);
        if bytes.len() > LONGEST_MESSAGE {
            let words = format!(
                "the message has more than {LONGEST_MESSAGE} bytes, and is answered with HTTP 413; send less"
            );
            self.fault(None, head(), &words);
        }
        if let Some(place) = ambiguous::place(message) {
            self.fault(code("RIKTIG-I18", "T02"), place, ambiguous::WORDS);
        }
        if kept::key::<MessageId>(message.envelope().id.as_str()).is_none() {
            let words = "the message's id has 1 to 100 visible characters; send a UUID";
            let place = first(message, &["MsgId"]);
            self.fault(code("RIKTIG-I04", "E10"), place, words);
        }
        match receiver {
            Receiver::Registry => self.registry(message),
            _ => {
                if intermediary.are_anothers(message) {
                    let place = first(message, &["Receiver"]);
                    self.fault(code("RIKTIG-I26", "E21"), place, ANOTHER_RECEIVER);
                }
                self.intermediary(message, bytes);
            }
        }
    }

    fn registry(&mut self, message: &Message) {
        let today = message.envelope().generated.day_in_norway();
        let Some(refusal) = alone::refusal(message, today) else {
            return;
        };
        // Another diagnosis was found where it stands.
        let mut known = self.findings.iter().filter_map(|it| it.code);
        if refusal.of_diagnosis && known.any(|it| it.own == refusal.code) {
            return;
        }
        let place = first(message, refusal.places);
        self.fault(code(refusal.code, "X99"), place, &refusal.words);
    }

    fn intermediary(&mut self, message: &Message, bytes: &[u8]) {
        if let Err(((own, receipt), words)) = bounds::of_message(message, bytes) {
            let names = match own {
                "RIKTIG-I22" => ["GenDate"],
                _ => ["MsgHead"],
            };
            self.fault(code(own, receipt), first(message, &names), &words);
        }
        let references: &[String] = match message.body() {
            Body::M91(m91) => &m91.reference_numbers,
            Body::M95(m95) => &m95.reference_numbers,
            _ => &[],
        };
        if references.len() > MOST_REFERENCES {
            let place = first(message, &["RefNr"]);
            self.fault(code("RIKTIG-I20", "T02"), place, lists::GUESSING);
        }
        match message.body() {
            Body::M1(_) => self.somebody(message),
            Body::M91(m91) => self.whose(message, lists::number(m91.patient.as_ref()).is_some()),
            Body::M95(m95) => self.whose(message, lists::number(m95.patient.as_ref()).is_some()),
            _ => {}
        }
        self.sender(message);
        if let Body::M5(_) | Body::M93(_) | Body::M10(_) = message.body() {
            self.happens(message);
        }
    }

    /// Without an identity number, where the controls have not refused it for that.
    fn somebody(&mut self, message: &Message) {
        let Ok(Some(prescription)) = message.prescription() else {
            return;
        };
        let said = |own: &str| matches!(own, "RIKTIG-C15" | "RIKTIG-C16" | "RIKTIG-C17");
        let mut codes = self.findings.iter().filter_map(|it| it.code);
        let is_said = codes.any(|it| said(it.own));
        if prescription.patient.identity.number().is_none() && !is_said {
            let place = first(message, &["Patient", "MsgInfo"]);
            self.fault(code("RIKTIG-I09", "E30"), place, prescribe::NOBODY);
        }
    }

    fn whose(&mut self, message: &Message, is_told: bool) {
        if !is_told {
            let place = first(message, &["Fnr", "ForesporselReseptUtleverer", "M95"]);
            self.fault(code("RIKTIG-I15", "E31"), place, lists::WHOSE);
        }
    }

    /// Of an M1 its reader has said it.
    fn sender(&mut self, message: &Message) {
        let sender = &message.envelope().sender;
        let is_named = match message.body() {
            Body::M1(_) => true,
            Body::M91(_) | Body::M93(_) | Body::M10(_) => pharmacy(message).is_some(),
            _ => sender.acting().is_some_and(|acting| acting.hpr().is_some()),
        };
        if !is_named {
            let place = first(message, &["Sender"]);
            self.fault(code("RIKTIG-I02", "S01"), place, NO_SENDER);
        }
    }

    fn happens(&mut self, message: &Message) {
        let (about, event) = match Event::of_message(message) {
            Ok(happens) => happens,
            Err(why) => return self.nothing_happens(message, why),
        };
        let today = message.envelope().generated.day_in_norway();
        let other = steps::pharmacy_of(&event);
        if other.is_some() && pharmacy(message).is_some_and(|own| other != Some(own)) {
            let place = first(message, &["Utleverer", "Sender"]);
            self.fault(code("RIKTIG-I02", "S01"), place, steps::OTHER_PHARMACY);
        }
        match (&event, message.body()) {
            (Event::Recalled(recall), _) if recall.renewed_as.as_ref() == Some(&about) => {
                self.life(message, &Refusal::RenewedAsItself, "NyReseptId");
            }
            (Event::Dispensed(report), Body::M10(m10)) => {
                if report.on > today {
                    let refusal = Refusal::ImpossibleDay(report.on);
                    self.life(message, &refusal, "Utleveringsdato");
                }
                self.amount(message, m10, report.amount.as_ref());
            }
            _ => {}
        }
    }

    fn amount(
        &mut self,
        message: &Message,
        m10: &M10,
        amount: Option<&riktig_eresept::prescription::Amount>,
    ) {
        if !dispensed::is_an_amount(m10, amount) {
            let place = first(message, &["Antall", "Mengde"]);
            self.fault(code("RIKTIG-I21", "X99"), place, steps::NO_AMOUNT);
        }
    }

    fn life(&mut self, message: &Message, refusal: &Refusal, name: &str) {
        let place = first(message, &[name]);
        self.fault(code(refusal.code(), "X99"), place, &refusal.to_string());
    }

    /// Who sends a recall or a download was looked at before.
    fn nothing_happens(&mut self, message: &Message, why: NotAnEvent) {
        let names: &[&str] = match why {
            NotAnEvent::NoPrescriber => return,
            NotAnEvent::NoPharmacy if matches!(message.body(), Body::M93(_)) => return,
            NotAnEvent::NoPharmacy => &["Utleverer"],
            NotAnEvent::NoPrescription => &["M93"],
            NotAnEvent::UnknownReason => &["Arsak"],
            NotAnEvent::NothingAnnulled => &["Annullering"],
            NotAnEvent::GivenBackAndDispensed => &["Kanselleringskode"],
            NotAnEvent::OnPaper => &["Papirresept"],
            NotAnEvent::OtherKind => &["Document"],
        };
        let place = first(message, names);
        self.fault(code("RIKTIG-I12", "T02"), place, &why.to_string());
    }
}

/// The pharmacy that an envelope names as its sender.
fn pharmacy(message: &Message) -> Option<PharmacyId> {
    let her = message.envelope().sender.number("HER")?;
    her.parse().ok().map(PharmacyId)
}
