//! What a pharmacy's system must do, from the outside: it is told what to dispense, and Riktig is the chain around it.

use std::time::Duration;

use riktig_eresept::message::M10;
use riktig_eresept::{Body, Message, MessageId};
use riktig_journal::chain::Link;

use super::played::{Heard, Played, in_order, judge, signer};
use super::prescriber::Patience;
use super::{Check, Sheet, Step};
use crate::At;
use crate::rehearsal::{Terms, digits, id, identity};

/// What a check is called, what was sent, what must come.
type Words = super::Words;

/// Plays intermediary and registry around a pharmacy's system, with what a doctor has signed. `tell` asks for a step. Nothing is sent to a pharmacy: it
/// asks. Takes the numbers from `first` on, as many as [`NUMBERS`](super::NUMBERS).
pub async fn pharmacy(
    played: &Played,
    (first, at): (u32, At),
    patience: Patience,
    tell: impl Fn(Step),
) -> Vec<Check> {
    let mut sheet = Sheet::new(());
    let trial = Trial {
        played,
        at,
        patience,
    };
    let good = played.parties().prescription(first, Terms::default());
    let forged = played.parties().prescription(first + 1, Terms::default());
    for m1 in [&good, &forged] {
        played.answer(Link::Intermediary, m1.clone(), at).await;
    }
    trial.asked(&mut sheet, first, &tell).await;
    if let Some(report) = trial.reported(&mut sheet, first, &tell).await {
        trial.registry(&mut sheet, &report, &good).await;
        trial.annulled(&mut sheet, first, &report, &tell).await;
    }
    trial.forged(&mut sheet, first + 1, &tell).await;
    sheet.checks()
}

struct Trial<'a> {
    played: &'a Played,
    at: At,
    patience: Patience,
}

fn said(result: Result<String, String>) -> (bool, String) {
    (result.is_ok(), result.unwrap_or_else(|why| why))
}

/// A dispensing that this message reports, or takes back.
fn m10(message: &Message) -> Option<&M10> {
    match message.body() {
        Body::M10(m10) => Some(m10),
        _ => None,
    }
}

impl Trial<'_> {
    /// The first message that was answered at a link and is it.
    async fn heard(
        &self,
        to: Link,
        patience: Duration,
        is_it: impl Fn(&Message) -> bool,
    ) -> Option<Heard> {
        let found = |heard: &[Heard]| {
            let mut all = heard
                .iter()
                .filter(|one| one.to == to && one.answer.is_some());
            all.find(|one| one.message().is_some_and(|message| is_it(&message)))
                .cloned()
        };
        self.played.until(patience, found).await
    }

    fn signer<S>(&self, sheet: &mut Sheet<S>, words: Words, heard: &Heard) {
        let (holds, came) = said(signer(&heard.bytes, self.played.parties(), self.at));
        judge(sheet, words, holds, came);
    }

    /// M9.1 and M9.3.
    async fn asked<S>(&self, sheet: &mut Sheet<S>, number: u32, tell: &impl Fn(Step)) {
        let patient = identity(number);
        tell(Step::List {
            patient: digits(&patient),
        });
        let is_list = |message: &Message| match message.body() {
            Body::M91(m91) => {
                let asked = m91
                    .patient
                    .as_ref()
                    .and_then(|it| it.national_id().ok().flatten());
                asked == Some(patient)
            }
            _ => false,
        };
        let list = self
            .heard(Link::Intermediary, self.patience.step, is_list)
            .await;
        let words = (
            "list_asked_for",
            "the step, by hand",
            "M9.1 about the patient, signed by the pharmacy",
        );
        match &list {
            Some(heard) => self.signer(sheet, words, heard),
            None => judge(sheet, words, false, "nothing came"),
        }
        let prescription = id("m1", number);
        tell(Step::Download {
            id: prescription.as_str().to_owned(),
        });
        let is_download = |message: &Message| matches!(message.body(), Body::M93(m93) if m93.prescription.as_ref() == Some(&prescription));
        let download = self
            .heard(Link::Intermediary, self.patience.step, is_download)
            .await;
        let words = (
            "downloaded",
            "the step, by hand",
            "M9.3 that names the prescription, signed by the pharmacy",
        );
        match &download {
            Some(heard) => self.signer(sheet, words, heard),
            None => judge(sheet, words, false, "nothing came"),
        }
    }

    /// M10 to the intermediary.
    async fn reported<S>(
        &self,
        sheet: &mut Sheet<S>,
        number: u32,
        tell: &impl Fn(Step),
    ) -> Option<Heard> {
        const STEP: &str = "the M10 that came";
        let prescription = id("m1", number);
        tell(Step::Dispense {
            id: prescription.as_str().to_owned(),
            packs: 1,
        });
        let is_report = |message: &Message| {
            m10(message).is_some_and(|m10| {
                m10.dispensing.prescription == prescription && !m10.dispensing.annuls
            })
        };
        let report = self
            .heard(Link::Intermediary, self.patience.step, is_report)
            .await;
        let words = (
            "report_sent",
            "the step, by hand",
            "M10 within the time that was given",
        );
        judge(
            sheet,
            words,
            report.is_some(),
            if report.is_some() {
                "M10"
            } else {
                "nothing came"
            },
        );
        let report = report?;
        let tries = self.played.heard();
        let tries: Vec<_> = tries
            .iter()
            .filter(|one| one.to == Link::Intermediary && one.id() == report.id())
            .collect();
        let same = tries.len() > 1 && tries.iter().all(|one| one.bytes == report.bytes);
        let words = (
            "report_again_unchanged",
            "no answer (HTTP 503) to the first try",
            "the same M10 again, byte for byte",
        );
        judge(sheet, words, same, format!("{} tries", tries.len()));
        let words = (
            "report_signed",
            STEP,
            "the signature of the pharmacy in the envelope",
        );
        self.signer(sheet, words, &report);
        let (holds, came) = said(in_order(&report.bytes));
        judge(
            sheet,
            ("report_in_order", STEP, "no fault of riktig message check"),
            holds,
            came,
        );
        let words = (
            "report_carries_diagnosis",
            STEP,
            "R75, as the prescriber signed it",
        );
        diagnosis(sheet, words, &report);
        let reply = report.reply();
        let holds = report.id().is_some_and(|id| reply.is_taken(&id));
        let words = ("report_taken", STEP, "taken by Riktig's intermediary");
        judge(sheet, words, holds, reply.to_string());
        Some(report)
    }

    /// What the registry is told.
    async fn registry<S>(&self, sheet: &mut Sheet<S>, report: &Heard, m1: &[u8]) {
        const STEP: &str = "the report to the registry that came";
        let is_any = |message: &Message| m10(message).is_some_and(|m10| !m10.dispensing.annuls);
        let told = self.heard(Link::Registry, self.patience.step, is_any).await;
        let words = (
            "registry_told",
            "a receipt for the M10",
            "a report to the registry that follows it",
        );
        let follows = told
            .as_ref()
            .and_then(Heard::message)
            .is_some_and(|message| {
                let parent = message.envelope().conversation.as_ref();
                parent.is_some_and(|it| Some(it.parent.as_str()) == report.id().as_deref())
            });
        judge(
            sheet,
            words,
            follows,
            if told.is_some() {
                "a report"
            } else {
                "nothing came"
            },
        );
        let Some(told) = told else { return };
        let all = self.played.heard();
        let first = all.iter().position(|one| one.to == Link::Registry);
        let receipt = all
            .iter()
            .position(|one| one.answer.is_some() && one.id() == report.id());
        let words = (
            "registry_after_receipt",
            STEP,
            "it came after the intermediary's receipt",
        );
        judge(
            sheet,
            words,
            receipt < first,
            "the order in which they came",
        );
        let encloses = told
            .message()
            .is_some_and(|message| message.enclosed_messages().any(|enclosed| enclosed == m1));
        let words = (
            "registry_gets_signed_prescription",
            STEP,
            "the signed M1, byte for byte",
        );
        judge(
            sheet,
            words,
            encloses,
            if encloses {
                "that M1"
            } else {
                "another or none"
            },
        );
        let words = (
            "registry_gets_diagnosis",
            STEP,
            "R75, as the prescriber signed it",
        );
        diagnosis(sheet, words, &told);
        let reply = told.reply();
        let holds = told.id().is_some_and(|id| reply.is_taken(&id));
        let words = ("registry_takes_it", STEP, "taken by Riktig's registry");
        judge(sheet, words, holds, reply.to_string());
    }

    /// The dispensing is taken back, at both.
    async fn annulled<S>(
        &self,
        sheet: &mut Sheet<S>,
        number: u32,
        report: &Heard,
        tell: &impl Fn(Step),
    ) {
        let Some(first) = report.id().and_then(|id| MessageId::parse(&id)) else {
            return;
        };
        tell(Step::Annul {
            id: id("m1", number).as_str().to_owned(),
            report: first.as_str().to_owned(),
        });
        let is_back = |message: &Message| {
            m10(message).is_some_and(|m10| m10.dispensing.annulled.as_ref() == Some(&first))
        };
        for (to, name) in [
            (Link::Intermediary, "annulment_taken"),
            (Link::Registry, "registry_told_of_annulment"),
        ] {
            let back = self.heard(to, self.patience.step, is_back).await;
            let words = (
                name,
                "the step, by hand",
                "M10 that names the report in AnnulleringsId, taken",
            );
            match back {
                Some(back) => {
                    let reply = back.reply();
                    let holds = back.id().is_some_and(|id| reply.is_taken(&id));
                    judge(sheet, words, holds, reply.to_string());
                }
                None => judge(sheet, words, false, "nothing came"),
            }
        }
    }

    /// What the doctor did not sign is not dispensed.
    async fn forged<S>(&self, sheet: &mut Sheet<S>, number: u32, tell: &impl Fn(Step)) {
        let prescription = id("m1", number);
        self.played.forge(prescription.as_str());
        let text = prescription.as_str().to_owned();
        tell(Step::Download { id: text.clone() });
        let words = (
            "forged_prescription_not_dispensed",
            "M9.4 whose M1 was changed after its doctor signed it",
            "no M10 that dispenses it",
        );
        let is_download = |message: &Message| matches!(message.body(), Body::M93(m93) if m93.prescription.as_ref() == Some(&prescription));
        let asked = self
            .heard(Link::Intermediary, self.patience.step, is_download)
            .await;
        if asked.is_none() {
            judge(
                sheet,
                words,
                false,
                "it was not asked for: nothing can be told",
            );
            return;
        }
        tell(Step::Dispense { id: text, packs: 1 });
        let dispensed = |heard: &[Heard]| {
            let mut all = heard.iter().filter_map(Heard::message);
            all.any(|message| {
                m10(&message).is_some_and(|m10| {
                    m10.dispensing.prescription == prescription && m10.given_back.is_none()
                })
            })
            .then_some(())
        };
        let dispensed = self.played.until(self.patience.quiet, dispensed).await;
        let came = if dispensed.is_some() {
            "it was dispensed"
        } else {
            "nothing"
        };
        judge(sheet, words, dispensed.is_none(), came);
    }
}

fn diagnosis<S>(sheet: &mut Sheet<S>, words: Words, heard: &Heard) {
    let code = heard
        .message()
        .and_then(|message| message.diagnosis().ok().flatten());
    let code = code.map(|it| it.coded().code.clone());
    let came = code.clone().unwrap_or_else(|| "none".to_owned());
    judge(sheet, words, code.as_deref() == Some("R75"), came);
}
