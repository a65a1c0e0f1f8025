//! What is wrong with a message, where, and what its sender can do.
//!
//! Checked is what can be said without the national schemas: the XML, the envelope, the typed body of the kinds that are known, the
//! attachments, and the codes that every receiver looks at. Elements and attachments of kinds not known here are no fault. The order
//! of elements and the contents of other kinds are for a validator with the schemas.

mod whole;

use crate::apprec::AppRec;
use crate::envelope::{Content, Enclosure, NAMESPACE};
use crate::fault::MessageFault;
use crate::message::{Body, M1, Message};
use crate::show::in_base64;
use crate::value::Coded;
use crate::xml::{Document, Element};

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The kind on the envelope; none where there is no envelope.
    pub kind: Option<Coded>,
    /// What was found, in the document's order as far as it can be told.
    pub findings: Vec<Finding>,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub weight: Weight,
    /// The line, counted from 1; in an attachment, the line within it.
    pub line: u32,
    /// The element, by the names around it; an attachment's number before it.
    pub place: String,
    /// What is wrong there.
    pub what: String,
    /// What the sender can do.
    pub remedy: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Worth knowing; a receiver may take the message.
    Note,
    /// A receiver must refuse the message or cannot understand it.
    Fault,
}

impl Checked {
    /// Whether there is a fault. Notes are none.
    pub fn has_faults(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.weight == Weight::Fault)
    }
}

/// Looks at a message, a receipt or a body that stands alone, and at everything in it.
///
/// ```
/// use riktig_eresept::check::check;
/// let checked = check(b"<MsgHead xmlns='http://www.kith.no/xmlstds/msghead/2006-05-24'>\n</MsgHead>");
/// assert!(checked.has_faults());
/// assert_eq!((checked.findings[0].line, checked.findings[0].place.as_str()), (1, "MsgHead/MsgInfo"));
/// // What nobody here has heard of is no fault.
/// assert!(!check(b"<unheard-of/>").has_faults());
/// ```
pub fn check(bytes: &[u8]) -> Checked {
    let mut checking = Checking::default();
    let mut kind = None;
    match Document::read(bytes) {
        Ok(document) => kind = checking.document(document, ""),
        Err(fault) => checking.fault(&fault.into(), ""),
    }
    Checked {
        kind,
        findings: checking.findings,
    }
}

/// How many attachments deep is looked at.
const MAX_OPENED: usize = 6;

#[derive(Default)]
struct Checking {
    findings: Vec<Finding>,
    opened: usize,
}

impl Checking {
    fn add(
        &mut self,
        weight: Weight,
        line: u32,
        place: String,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.findings.push(Finding {
            weight,
            line,
            place,
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    fn fault(&mut self, fault: &MessageFault, inside: &str) {
        let place = format!("{inside}{}", fault.place);
        self.add(
            Weight::Fault,
            fault.line,
            place,
            fault.kind.to_string(),
            fault.kind.remedy(),
        );
    }

    fn document(&mut self, document: Document, inside: &str) -> Option<Coded> {
        self.empty_codes(document.root(), inside);
        let root = document.root();
        if AppRec::is(root) {
            if let Err(fault) = AppRec::of(&document) {
                self.fault(&fault, inside);
            }
            return None;
        }
        if root.is(NAMESPACE, "MsgHead") {
            return match Message::of(document) {
                Ok(message) => {
                    self.message(&message, inside);
                    Some(message.envelope().kind.clone())
                }
                Err(fault) => {
                    self.fault(&fault, inside);
                    None
                }
            };
        }
        match Body::read(root) {
            Err(fault) => self.fault(&fault, inside),
            Ok(Body::Other(_)) if inside.is_empty() => {
                let what = "the kind is not known here: only the XML was looked at";
                self.add(
                    Weight::Note,
                    root.line(),
                    root.local_name().to_owned(),
                    what,
                    "nothing is to be done",
                );
            }
            Ok(_) => {}
        }
        self.base64_parts(root, inside);
        None
    }

    fn message(&mut self, message: &Message, inside: &str) {
        let envelope = message.envelope();
        let info = format!("{inside}MsgHead/MsgInfo");
        let line = message
            .document()
            .root()
            .child("MsgInfo")
            .map_or(1, Element::line);
        if let Some(meant) = message
            .body()
            .kind()
            .filter(|meant| meant.code != envelope.kind.code)
        {
            let what = format!(
                "the envelope says {} and the message in it is of kind {}",
                envelope.kind.code, meant.code
            );
            self.add(
                Weight::Fault,
                line,
                format!("{info}/Type"),
                what,
                "write the kind of the message on the envelope",
            );
        }
        if !envelope.id.is_uuid() {
            let what = "the message's number is not a UUID";
            self.add(
                Weight::Note,
                line,
                format!("{info}/MsgId"),
                what,
                "write a UUID: a live intermediary refuses others (E10)",
            );
        }
        let number = envelope
            .patient
            .as_ref()
            .and_then(|patient| patient.number());
        if let Some(Err(wrong)) = number.map(|number| number.national_id()) {
            // What goes along was taken before: its number is for whoever took it.
            let weight = if inside.is_empty() {
                Weight::Fault
            } else {
                Weight::Note
            };
            let remedy = "write the number as the population register has it (E31)";
            let place = format!("{info}/Patient/Ident");
            self.add(weight, line, place, wrong.to_string(), remedy);
        }
        self.main_document(message, inside);
        self.diagnosis(message, inside);
        if let Body::M1(m1) = message.body() {
            self.prescription(message, m1, inside);
        }
        if let Body::Other(Some(element)) = message.body() {
            self.base64_parts(element, inside);
        }
        for (index, enclosure) in message.enclosures().iter().enumerate() {
            self.enclosure(enclosure, &format!("{inside}attachment {} › ", index + 1));
        }
    }

    fn diagnosis(&mut self, message: &Message, inside: &str) {
        match message.diagnosis() {
            Err(fault) => self.fault(&fault, inside),
            Ok(Some(diagnosis)) => {
                if let Err(wrong) = diagnosis.code() {
                    let remedy = "write a code of ICPC-2, ICPC-2B or ICD-10 without the dot, and its system's OID in S";
                    self.add(
                        Weight::Fault,
                        whole::diagnose_line(message),
                        format!("{inside}Diagnose"),
                        wrong.to_string(),
                        remedy,
                    );
                }
                self.diagnosis_agrees(message, &diagnosis, inside);
            }
            Ok(None) => {}
        }
    }

    fn prescription(&mut self, message: &Message, m1: &M1, inside: &str) {
        let place = format!("{inside}Resept");
        let line = |local| line_of(message.document().root(), local);
        if m1.expires < m1.prescribed {
            let what = "the prescription expires before it was prescribed";
            self.add(
                Weight::Fault,
                line("Utloper"),
                format!("{place}/Utloper"),
                what,
                "write the last day it is valid",
            );
        }
        if let Err(fault) = message.prescription()
            && message.diagnosis().is_ok()
        {
            self.fault(&fault, inside);
        }
        let Some(medicine) = m1.line.medicine() else {
            return;
        };
        if medicine.packs.is_none() && medicine.amount.is_none() {
            let what = "it is not said how much: neither Antall nor Mengde";
            self.add(
                Weight::Note,
                line("ReseptDokLegemiddel"),
                place.clone(),
                what,
                "write one of the two",
            );
        }
        if medicine.order.dosage_text.is_none() && medicine.order.dosages.is_empty() {
            let what = "it is not said how it is taken: neither DosVeiledEnkel nor Dosering";
            self.add(
                Weight::Note,
                line("Forskrivning"),
                format!("{place}/Forskrivning"),
                what,
                "write one of the two",
            );
        }
    }

    fn enclosure(&mut self, enclosure: &Enclosure, inside: &str) {
        let Content::Bytes(bytes) = &enclosure.content else {
            return;
        };
        if self.opened >= MAX_OPENED {
            return;
        }
        self.opened += 1;
        match Document::read(bytes) {
            Ok(document) => {
                self.document(document, inside);
            }
            Err(fault) if says_xml(enclosure) => self.fault(&fault.into(), inside),
            Err(_something_else) => {}
        }
        self.opened -= 1;
    }

    /// Drugs in Base64 within lists of drugs.
    fn base64_parts(&mut self, element: &Element, inside: &str) {
        if let Some(bytes) = in_base64(element, &element.text())
            && self.opened < MAX_OPENED
        {
            self.opened += 1;
            let inside = format!("{inside}{} › ", element.local_name());
            match Document::read(&bytes) {
                Ok(document) => {
                    self.document(document, &inside);
                }
                // A container may hold anything, a picture for instance; what is named for Base64 holds XML.
                Err(_) if element.local_name() == "Base64Container" => {}
                Err(fault) => self.fault(&fault.into(), &inside),
            }
            self.opened -= 1;
        }
        for child in element.elements() {
            self.base64_parts(child, inside);
        }
    }

    /// Attributes of codes that are there and empty.
    fn empty_codes(&mut self, element: &Element, inside: &str) {
        for name in ["V", "S", "DN", "U"] {
            if element.attribute(name).is_some_and(str::is_empty) {
                let what = format!("the attribute {name} is empty");
                let place = format!("{inside}{}", element.local_name());
                let remedy = "leave it out: the national intermediary refuses empty attributes";
                self.add(Weight::Note, element.line(), place, what, remedy);
            }
        }
        for child in element.elements() {
            self.empty_codes(child, inside);
        }
    }
}

/// Whether an attachment says that it is XML.
fn says_xml(enclosure: &Enclosure) -> bool {
    let mime = enclosure.mime.as_deref().unwrap_or_default();
    mime.contains("xml") || (mime.is_empty() && enclosure.kind.code == "XML")
}

/// The line of the first element with this name.
fn line_of(element: &Element, local: &str) -> u32 {
    let mut left = vec![element];
    while let Some(element) = left.pop() {
        if element.local_name() == local {
            return element.line();
        }
        left.extend(element.elements());
    }
    1
}
