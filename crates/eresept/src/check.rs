//! What is wrong with a message, where, and what its sender can do.
//!
//! Checked is what can be said without the national schemas: the XML, the envelope, the typed body of the kinds that are known, the
//! attachments, the codes that every receiver looks at, and of a prescription everything that the controls of the shipped policy look at
//! ([`crate::control`], the same functions), as if it came on the day on which it was written. Elements and attachments of kinds not
//! known here are no fault. The order of elements and the contents of other kinds are for a validator with the schemas.
//!
//! **What one message cannot tell is not looked at**: signatures, registers (of health personnel, pharmacies, drugs, whole lists of codes), the clock,
//! and whatever came before, such as other prescriptions of the patient or the same number.

mod controlled;
mod whole;

use std::fmt;

use crate::apprec::AppRec;
use crate::envelope::{Content, Enclosure, NAMESPACE};
use crate::fault::MessageFault;
use crate::message::{Body, Message};
use crate::show::{in_base64, without_numbers};
use crate::value::Coded;
use crate::xml::{Document, Element};

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The kind on the envelope, also of a message that is not understood otherwise; that of a receipt; none where there is no envelope.
    pub kind: Option<Coded>,
    /// What was found, in the document's order as far as it can be told.
    pub findings: Vec<Finding>,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub weight: Weight,
    /// With which code it is refused, or warned of where it is a note; none where no receiver here has a code for it.
    pub code: Option<Code>,
    /// The line, counted from 1; behind a `›` in the place, the line within the attachment.
    pub line: u32,
    /// The element, by the names around it; an attachment's number before it.
    pub place: String,
    /// What is wrong there.
    pub what: String,
    /// What the sender can do.
    pub remedy: String,
}

impl Finding {
    /// Without what may be the number of a person, which also a code, an element's name or a namespace can be made of.
    #[must_use]
    pub fn without_numbers(self) -> Self {
        Self {
            place: without_numbers(&self.place),
            what: without_numbers(&self.what),
            remedy: without_numbers(&self.remedy),
            ..self
        }
    }
}

/// The code that a receiver answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Riktig's own: `RIKTIG-C01`.
    pub own: &'static str,
    /// That of list 8221 beside it.
    pub receipt: &'static str,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.own, self.receipt)
    }
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
/// // Without its envelope nothing is a message.
/// assert!(check(b"<unheard-of/>").has_faults());
/// ```
pub fn check(bytes: &[u8]) -> Checked {
    let mut checking = Checking::default();
    let mut kind = None;
    match Document::read(bytes) {
        Ok(document) => {
            kind = kind_of(document.root());
            checking.document(document, "");
        }
        Err(fault) => checking.fault(&fault.into(), ""),
    }
    Checked {
        kind,
        findings: checking.findings,
    }
}

/// What the envelope says, whether or not the rest can be read.
fn kind_of(root: &Element) -> Option<Coded> {
    if AppRec::is(root) {
        return Some(Coded::simple("APPREC", "Applikasjonskvittering"));
    }
    let head = Some(root).filter(|root| root.is(NAMESPACE, "MsgHead"))?;
    let kind = Coded::read(head.child("MsgInfo")?.child("Type")?)?;
    let code = without_numbers(&kind.code);
    (!code.is_empty()).then_some(Coded { code, ..kind })
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
        self.put(Finding {
            weight,
            code: None,
            line,
            place,
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    /// What two readers of the same attachment find is one finding.
    fn put(&mut self, finding: Finding) {
        let finding = finding.without_numbers();
        let same = |known: &Finding| {
            (known.line, &known.place, &known.what) == (finding.line, &finding.place, &finding.what)
        };
        if !self.findings.iter().any(same) {
            self.findings.push(finding);
        }
    }

    fn fault(&mut self, fault: &MessageFault, inside: &str) {
        self.coded_fault(fault, inside, None);
    }

    fn coded_fault(&mut self, fault: &MessageFault, inside: &str, code: Option<Code>) {
        self.put(Finding {
            weight: Weight::Fault,
            code,
            line: fault.line,
            place: format!("{inside}{}", fault.place),
            what: fault.kind.to_string(),
            remedy: fault.kind.remedy().to_owned(),
        });
    }

    fn document(&mut self, document: Document, inside: &str) {
        self.empty_codes(document.root(), inside);
        let root = document.root();
        if AppRec::is(root) {
            if let Err(fault) = AppRec::of(&document) {
                self.fault(&fault, inside);
            }
            return;
        }
        if root.is(NAMESPACE, "MsgHead") {
            match Message::of(document) {
                Ok(message) => self.message(&message, inside),
                Err(fault) => self.fault(&fault, inside),
            }
            return;
        }
        if inside.is_empty() {
            self.without_envelope(root);
        }
        if let Err(fault) = Body::read(root) {
            self.fault(&fault, inside);
        }
        self.base64_parts(root, inside);
    }

    fn message(&mut self, message: &Message, inside: &str) {
        self.envelope(message, inside);
        self.main_document(message, inside);
        let places = controlled::Places { message, inside };
        self.diagnosis(message, &places);
        if let Body::M1(_) = message.body() {
            self.controlled(message, &places);
        }
        if let Body::Other(Some(element)) = message.body() {
            self.base64_parts(element, inside);
        }
        for (index, enclosure) in message.enclosures().iter().enumerate() {
            let attachment = format!("{inside}attachment {}", index + 1);
            self.passed_over(enclosure, &attachment);
            self.enclosure(enclosure, &attachment);
        }
    }

    fn envelope(&mut self, message: &Message, inside: &str) {
        let envelope = message.envelope();
        let root = message.document().root();
        let info = format!("{inside}MsgHead/MsgInfo");
        let line = |local| root.find(local).map_or(1, Element::line);
        self.kind_agrees(message, inside);
        if !envelope.id.is_uuid() {
            let what = "the message's number is not a UUID";
            self.add(
                Weight::Note,
                line("MsgId"),
                format!("{info}/MsgId"),
                what,
                "write a UUID: the national intermediary refuses others (E10)",
            );
        }
        // Of a prescription the controls say it, with their own codes.
        let is_controlled = inside.is_empty() && matches!(message.body(), Body::M1(_));
        let person = envelope.patient.as_ref().filter(|_| !is_controlled);
        let number = person.and_then(|patient| patient.number());
        if let Some(Err(wrong)) = number.map(|number| number.national_id()) {
            // What goes along was taken before: its number is for whoever took it.
            let weight = if inside.is_empty() {
                Weight::Fault
            } else {
                Weight::Note
            };
            let remedy = "write the number as the population register has it (E31)";
            let place = format!("{info}/Patient/Ident");
            self.add(weight, line("Patient"), place, wrong.to_string(), remedy);
        }
    }

    fn diagnosis(&mut self, message: &Message, places: &controlled::Places<'_>) {
        match message.diagnosis() {
            Err(fault) => {
                let refused = places.inside.is_empty() && matches!(message.body(), Body::M1(_));
                let code = Code {
                    own: "RIKTIG-I07",
                    receipt: "T02",
                };
                self.coded_fault(&fault, places.inside, refused.then_some(code));
            }
            Ok(Some(diagnosis)) => {
                // Of a prescription the controls say it.
                if let Err(wrong) = diagnosis.code()
                    && !matches!(message.body(), Body::M1(_))
                {
                    let remedy = "write a code of ICPC-2, ICPC-2B or ICD-10 without the dot, and its system's OID in S";
                    let (line, place) = places.diagnosis();
                    self.add(Weight::Fault, line, place, wrong.to_string(), remedy);
                }
                self.diagnosis_agrees(message, &diagnosis, places);
            }
            Ok(None) => {}
        }
    }

    fn enclosure(&mut self, enclosure: &Enclosure, attachment: &str) {
        match &enclosure.content {
            Content::Bytes(bytes) => {
                let inside = format!("{attachment} › ");
                self.opened(bytes, &inside, says_xml(enclosure));
            }
            Content::Elements(elements) => {
                for element in elements {
                    self.base64_parts(element, &format!("{attachment}/"));
                }
            }
            Content::Reference(_) | Content::Empty => {}
        }
    }

    /// What stood in Base64, with whether it says that it is XML.
    fn opened(&mut self, bytes: &[u8], inside: &str, is_xml: bool) {
        if self.opened >= MAX_OPENED {
            return;
        }
        self.opened += 1;
        match Document::read(bytes) {
            Ok(document) => self.document(document, inside),
            Err(fault) if is_xml => self.fault(&fault.into(), inside),
            Err(_something_else) => {}
        }
        self.opened -= 1;
    }

    /// Drugs in Base64 within lists of drugs.
    fn base64_parts(&mut self, element: &Element, inside: &str) {
        if let Some(bytes) = in_base64(element, &element.text()) {
            let name = element.local_name();
            let place = format!("{inside}{name} (line {}) › ", element.line());
            // A container may hold anything, a picture for instance; what is named for Base64 holds XML.
            self.opened(&bytes, &place, name != "Base64Container");
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
