//! What only the whole message tells: whether what the envelope says is in it, and whether its diagnoses agree.

use riktig_codes::DiagnosisCode;

use super::{Checking, Weight};
use crate::attachment::Diagnosis;
use crate::envelope::NAMESPACE;
use crate::message::{Body, Message};
use crate::value::Coded;
use crate::xml::Element;

/// Kinds of messages (list 8279) that are read here.
const KINDS: [&str; 13] = [
    "ERM1", "ERM5", "ERM6", "ERM81", "ERM91", "ERM92", "ERM93", "ERM94", "ERM95", "ERM96", "ERM97",
    "ERM98", "ERM10",
];

impl Checking {
    /// The envelope says a kind that is known, and no message of it is inside.
    pub(super) fn main_document(&mut self, message: &Message, inside: &str) {
        let kind = &message.envelope().kind.code;
        if message.body().kind().is_some() || !KINDS.contains(&kind.as_str()) {
            return;
        }
        let head = message.document().root();
        let first = head.children_in(NAMESPACE, "Document").next();
        let line = first.map_or(head.line(), Element::line);
        let place = format!("{inside}MsgHead/Document");
        match message.body() {
            Body::Other(Some(element)) => {
                let what = format!(
                    "the envelope says {kind} and the first Document holds {} of {}, which is not known here",
                    element.local_name(),
                    element.namespace().unwrap_or("no namespace"),
                );
                let remedy = "see whether the receiver reads that edition";
                self.add(Weight::Note, line, place, what, remedy);
            }
            _ => {
                let what = format!("the envelope says {kind} and the main document is missing");
                let remedy =
                    "write the message as the one element in Content of the first Document";
                self.add(Weight::Fault, line, place, what, remedy);
            }
        }
    }

    /// A diagnosis that can be read: written as its register has it, and the same wherever it stands.
    pub(super) fn diagnosis_agrees(
        &mut self,
        message: &Message,
        diagnosis: &Diagnosis,
        inside: &str,
    ) {
        let (line, place) = (diagnose_line(message), format!("{inside}Diagnose"));
        let coded = diagnosis.coded();
        if let Ok(DiagnosisCode::Icd10(code)) = diagnosis.code()
            && coded.code.contains('.')
        {
            let what = format!(
                "{} is written with a dot, and the register (7110) has none",
                coded.code
            );
            let remedy = format!("write {}", code.as_str());
            self.add(Weight::Fault, line, place.clone(), what, remedy);
        }
        match message.body() {
            Body::M10(_) => self.as_in_the_prescription(message, coded, (line, place)),
            Body::M1(_) => self.as_reimbursed(message, diagnosis, (line, place)),
            _ => {}
        }
    }

    /// A report that carries its prescription says the prescription's diagnosis.
    fn as_in_the_prescription(&mut self, report: &Message, told: &Coded, at: (u32, String)) {
        for bytes in report.enclosed_messages() {
            let Ok(prescription) = Message::read(bytes) else {
                continue;
            };
            let (Body::M1(_), Ok(carried)) = (prescription.body(), prescription.diagnosis()) else {
                continue;
            };
            let signed = carried.as_ref().map(Diagnosis::coded);
            let same =
                signed.is_some_and(|it| (&it.system, &it.code) == (&told.system, &told.code));
            if !same {
                let signed = signed.map_or("none", |it| it.code.as_str());
                let what = format!(
                    "the report says {} and the prescription that goes along says {signed}",
                    told.code
                );
                let remedy = "write the diagnosis as the prescriber signed it: a registry refuses another (RIKTIG-R01)";
                self.add(Weight::Fault, at.0, at.1.clone(), what, remedy);
            }
        }
    }

    /// The reimbursement code and the diagnosis of one classification are about the same.
    fn as_reimbursed(&mut self, message: &Message, diagnosis: &Diagnosis, at: (u32, String)) {
        let Ok(Some(prescription)) = message.prescription() else {
            return;
        };
        let reimbursed = prescription.reimbursement.and_then(|it| it.code);
        let Some(reimbursed) = reimbursed else { return };
        let read = DiagnosisCode::read(&reimbursed.system, &reimbursed.code);
        let (Ok(one), Ok(other)) = (read, diagnosis.code()) else {
            return;
        };
        let same_system = matches!(
            (one, other),
            (DiagnosisCode::Icpc2(_), DiagnosisCode::Icpc2(_))
                | (DiagnosisCode::Icd10(_), DiagnosisCode::Icd10(_))
        );
        if same_system && !one.is_within(other) && !other.is_within(one) {
            let what = format!(
                "the diagnosis is {other} and the reimbursement code (Refusjonskode) {one}"
            );
            let remedy = "see whether both are meant: an intermediary may warn of it (RIKTIG-C22)";
            self.add(Weight::Note, at.0, at.1, what, remedy);
        }
    }
}

/// The line of the diagnosis within its attachment.
pub(super) fn diagnose_line(message: &Message) -> u32 {
    let opened = message.enclosures().iter().filter_map(|enclosure| {
        let document = enclosure.content.open()?.ok()?;
        document.root().child("Diagnose").map(Element::line)
    });
    opened.take(1).next().unwrap_or(1)
}
