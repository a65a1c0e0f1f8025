//! What the controls of the shipped policy say of a prescription, each where it stands.

use riktig_codes::{CodeLists, PrescribingRules};

use super::{Checking, Code, Finding, Weight};
use crate::attachment::diagnosis_place;
use crate::control::{
    self, Circumstances, Control, FORBIDDEN, Incoming, Policy, PrescriberStanding, Rejection,
};
use crate::message::Message;
use crate::prescription::Prescription;
use crate::xml::Element;

/// Where things stand in a message that may itself stand in another.
#[derive(Clone, Copy)]
pub(super) struct Places<'m> {
    pub(super) message: &'m Message,
    pub(super) inside: &'m str,
}

impl Places<'_> {
    /// The diagnosis within its attachment; where none can be read, the message.
    pub(super) fn diagnosis(&self) -> (u32, String) {
        let message = self.message;
        let found = diagnosis_place(message.body(), message.enclosures());
        let (line, place) = found.unwrap_or_else(|| (1, "MsgHead".to_owned()));
        (line, format!("{}{place}", self.inside))
    }

    /// The first of these elements that is there, below the first of this name; else that one itself.
    fn first(&self, around: &str, names: &[&str]) -> (u32, String) {
        let head = self.message.document().root();
        let around = head.find(around).unwrap_or(head);
        let mut path = Vec::new();
        let found = names.iter().find_map(|name| below(around, name, &mut path));
        if found.is_none() {
            path.push(around.local_name());
        }
        let line = found.unwrap_or(around).line();
        (line, format!("{}{}", self.inside, path.join("/")))
    }

    fn of_control(&self, control: Control, prescription: &Prescription) -> (u32, String) {
        let names: &[&str] = match control {
            Control::DiagnosisNotAsked
            | Control::DiagnosisSystem
            | Control::DiagnosisCode
            | Control::DiagnosisProcess
            | Control::DiagnosisNotRecommended
            | Control::Sex
            | Control::Age
                if prescription.diagnosis.is_some() =>
            {
                return self.diagnosis();
            }
            Control::IdentityMissing | Control::IdentityWrong | Control::IdentityInsufficient => {
                return self.first("MsgInfo", &["Patient"]);
            }
            Control::Dates if prescription.expires < prescription.prescribed => &["Utloper"],
            Control::Dates if prescription.prescribed > received(self.message) => {
                &["Forskrivningsdato"]
            }
            Control::Dates => &["TidligsteUtlevering"],
            Control::Expired | Control::ValidityTooLong => &["Utloper"],
            Control::LockedWithoutReference => &["LastResept"],
            Control::ForbiddenField => &FORBIDDEN,
            // A number below nothing, or too large for one, is read as none.
            Control::MissingField if prescription.amount.is_none() => {
                &["Antall", "Mengde", "ReseptDokLegemiddel"]
            }
            Control::MissingField => &["Forskrivning"],
            Control::AmountNone => &["Antall", "Mengde"],
            Control::AmountUnlikely => &["Antall", "Reiterasjon"],
            Control::ReimbursementBasis => &["RefHjemmel"],
            Control::ReimbursementCode | Control::ReimbursementAndDiagnosis => &["RefKode"],
            Control::DrugUnknown => &[
                "Atc",
                "Legemiddelpakning",
                "LegemiddelMerkevare",
                "LegemiddelVirkestoff",
            ],
            _ => &[],
        };
        self.first("Resept", names)
    }
}

/// The first element of a name at or below one, and the names on the way to it.
fn below<'e>(around: &'e Element, name: &str, path: &mut Vec<&'e str>) -> Option<&'e Element> {
    path.push(around.local_name());
    if around.local_name() == name {
        return Some(around);
    }
    let found = around
        .elements()
        .find_map(|element| below(element, name, path));
    if found.is_none() {
        path.pop();
    }
    found
}

/// The day on which it would have come: that on which it was written.
fn received(message: &Message) -> riktig_codes::Day {
    message.envelope().generated.day_in_norway()
}

impl Checking {
    pub(super) fn controlled(&mut self, message: &Message, places: &Places<'_>) {
        let is_enclosed = !places.inside.is_empty();
        let prescription = match message.prescription() {
            Ok(Some(prescription)) => prescription,
            Ok(None) => return,
            Err(fault) => {
                // What is wrong with the attachment was said.
                if message.diagnosis().is_ok() {
                    let code = Code {
                        own: "RIKTIG-I02",
                        receipt: "S01",
                    };
                    self.coded_fault(&fault, places.inside, (!is_enclosed).then_some(code));
                }
                return;
            }
        };
        let form = message.form();
        let around = Circumstances {
            received: received(message),
            // Of somebody whom the register would have to tell, a message says nothing.
            prescribers: &|_, _| PrescriberStanding::All,
            rules: PrescribingRules::embedded(),
            fest: None,
            lists: &CodeLists::default(),
            earlier: &[],
        };
        let incoming = Incoming {
            prescription: &prescription,
            form: Some(&form),
        };
        let decision = control::check(&incoming, &around, &Policy::shipped());
        let passed = "the shipped policy takes it; another may warn or refuse";
        let found = (decision.refused.iter().map(|it| (Weight::Fault, it, None)))
            .chain(decision.warnings.iter().map(|it| (Weight::Note, it, None)))
            .chain(
                decision
                    .passed
                    .iter()
                    .map(|it| (Weight::Note, it, Some(passed))),
            );
        for (weight, rejection, remedy) in found {
            let (line, place) = places.of_control(rejection.control, &prescription);
            let (what, own_remedy) = sentences(rejection);
            let code = Code {
                own: rejection.code,
                receipt: rejection.receipt_code,
            };
            self.put(Finding {
                // What goes along was looked at by whoever took it.
                weight: if is_enclosed { Weight::Note } else { weight },
                code: (!is_enclosed).then_some(code),
                line,
                place,
                what,
                remedy: remedy.map_or(own_remedy, str::to_owned),
            });
        }
    }
}

/// What the sender is told in English: the first sentence is what is wrong, the others what to do.
fn sentences(rejection: &Rejection) -> (String, String) {
    let told = rejection.words.en.trim_end_matches('.');
    let (what, remedy) = told
        .split_once(". ")
        .unwrap_or((told, "Correct it and send it again"));
    (small(what), small(remedy))
}

/// As part of a line rather than a sentence.
fn small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
