//! What only the whole message tells: whether what the envelope says is in it, and whether its diagnoses agree.

use riktig_codes::DiagnosisCode;

use super::controlled::Places;
use super::{Checking, Code, Finding, Weight, says_xml};
use crate::attachment::Diagnosis;
use crate::envelope::{Content, Enclosure, NAMESPACE};
use crate::message::{Body, Message};
use crate::value::Coded;
use crate::xml::{Document, Element};

/// Kinds of messages (list 8279) that an intermediary takes.
const TAKEN: [&str; 7] = ["ERM1", "ERM5", "ERM91", "ERM93", "ERM95", "ERM97", "ERM10"];

/// Kinds that are read here beside these: what an intermediary sends.
const SENT: [&str; 6] = ["ERM6", "ERM81", "ERM92", "ERM94", "ERM96", "ERM98"];

/// An intermediary takes no message of another kind, and one whose content it does not know is of another kind.
const OF_ANOTHER_KIND: Code = Code {
    own: "RIKTIG-I03",
    receipt: "T10",
};

/// What is refused whose envelope names another kind than the message in it is of.
const UNDER_ANOTHER_KIND: Code = Code {
    own: "RIKTIG-I25",
    receipt: "T02",
};

impl Checking {
    /// The envelope names the kind of the message in it. What goes along was taken before: its envelope is for whoever took it.
    pub(super) fn kind_agrees(&mut self, message: &Message, inside: &str) {
        let (named, meant) = (&message.envelope().kind.code, message.body().kind());
        let Some(meant) = meant.filter(|meant| meant.code != *named) else {
            return;
        };
        let root = message.document().root();
        let is_taken = TAKEN.contains(&meant.code.as_str()) && inside.is_empty();
        self.put(Finding {
            weight: if inside.is_empty() {
                Weight::Fault
            } else {
                Weight::Note
            },
            code: is_taken.then_some(UNDER_ANOTHER_KIND),
            line: root.find("Type").map_or(1, Element::line),
            place: format!("{inside}MsgHead/MsgInfo/Type"),
            what: format!(
                "the envelope says {named} and the message in it is of kind {}",
                meant.code
            ),
            remedy: "write the kind of the message on the envelope".to_owned(),
        });
    }

    /// Neither an envelope that is known here nor a receipt: whoever takes messages answers with HTTP 400.
    pub(super) fn without_envelope(&mut self, root: &Element) {
        let name = root.local_name();
        let what = match (name, Body::read(root).ok().and_then(|body| body.kind())) {
            ("MsgHead", _) => "this is an edition of MsgHead that is not known here".to_owned(),
            (_, Some(kind)) => format!(
                "the message, which is {}, stands without its envelope (MsgHead)",
                kind.code
            ),
            _ => "the outermost element is not MsgHead".to_owned(),
        };
        let remedy = format!(
            "write the message into MsgHead of {NAMESPACE}, as its schema has it: without, it is answered with HTTP 400"
        );
        self.add(Weight::Fault, root.line(), name.to_owned(), what, remedy);
    }

    /// An attachment that nobody here can look into is named, so that no fault is not taken for having been looked at.
    pub(super) fn passed_over(&mut self, enclosure: &Enclosure, attachment: &str) {
        let why = match &enclosure.content {
            Content::Bytes(bytes) if Document::read(bytes).is_err() && !says_xml(enclosure) => {
                "it is no XML"
            }
            Content::Reference(_) => "it stands elsewhere, and only its address is here",
            Content::Empty => "it is empty",
            Content::Bytes(_) | Content::Elements(_) => return,
        };
        let what = format!("the attachment was not looked into: {why}");
        let remedy = "see whether its receiver reads it";
        let place = attachment.to_owned();
        self.add(Weight::Note, enclosure.line, place, what, remedy);
    }

    /// The envelope says a kind that is known, and no message of it is inside.
    pub(super) fn main_document(&mut self, message: &Message, inside: &str) {
        let kind = message.envelope().kind.code.as_str();
        let is_taken = TAKEN.contains(&kind) && inside.is_empty();
        let is_known = TAKEN.contains(&kind) || SENT.contains(&kind);
        if message.body().kind().is_some() || !is_known {
            return;
        }
        let head = message.document().root();
        let first = head.children_in(NAMESPACE, "Document").next();
        let line = first.map_or(head.line(), Element::line);
        let place = format!("{inside}MsgHead/Document");
        let (weight, what, remedy) = match message.body() {
            Body::Other(Some(element)) => {
                let what = format!(
                    "the envelope says {kind} and the first Document holds {} of {}, an edition that is not known here",
                    element.local_name(),
                    element.namespace().unwrap_or("no namespace"),
                );
                let (weight, remedy) = match is_taken {
                    true => (
                        Weight::Fault,
                        "write an edition that the intermediary reads: it refuses every other",
                    ),
                    false => (Weight::Note, "see whether the receiver reads that edition"),
                };
                (weight, what, remedy)
            }
            _ => (
                Weight::Fault,
                format!("the envelope says {kind} and the main document is missing"),
                "write the message as the one element in Content of the first Document",
            ),
        };
        self.put(Finding {
            weight,
            code: is_taken.then_some(OF_ANOTHER_KIND),
            line,
            place,
            what,
            remedy: remedy.to_owned(),
        });
    }

    /// A diagnosis that can be read: written as its register has it, which the controls do not ask, and the same wherever it stands.
    pub(super) fn diagnosis_agrees(
        &mut self,
        message: &Message,
        diagnosis: &Diagnosis,
        places: &Places<'_>,
    ) {
        let at = places.diagnosis();
        let coded = diagnosis.coded();
        if let Ok(DiagnosisCode::Icd10(code)) = diagnosis.code()
            && coded.code.contains('.')
        {
            let what = format!(
                "{} is written with a dot, and the register (7110) has none",
                coded.code
            );
            let remedy = format!("write {}; the roles here read both", code.as_str());
            self.add(Weight::Note, at.0, at.1.clone(), what, remedy);
        }
        if let Body::M10(_) = message.body() {
            self.as_in_the_prescription(message, coded, at);
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
                self.put(Finding {
                    weight: Weight::Fault,
                    code: Some(Code {
                        own: "RIKTIG-R01",
                        receipt: "X99",
                    }),
                    line: at.0,
                    place: at.1.clone(),
                    what: format!(
                        "the report says {} and the prescription that goes along says {signed}",
                        told.code
                    ),
                    remedy: "write the diagnosis as the prescriber signed it: a registry refuses another".to_owned(),
                });
            }
        }
    }
}
