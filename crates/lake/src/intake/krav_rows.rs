//! Contacts out of a *Behandlerkrav* message (KUHR claims, message type `LOM`).
//!
//! Every `Enkeltregning` is one contact. Elements are recognised by their local name and their place; namespaces
//! and their prefixes differ between senders, names do not.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use sha2::{Digest, Sha256};

use super::IntakeError;
use super::hashed_input::FileDigest;
use super::open::{Delivered, Opened, Rows, Visited};
use crate::delivery::{Header, Kind, Raw, checked_id, masked};
use crate::store::hex;

/// The largest message. A practice's month of claims is a few megabytes, and the text is held in memory.
const LARGEST_MESSAGE: u64 = 64 << 20;
/// The deepest nesting. The message needs nine levels.
const DEEPEST: usize = 64;

pub(crate) struct KravRows {
    message: Message,
    bills: Vec<Bill>,
    digest: FileDigest,
}

/// What holds for all bills of a message.
#[derive(Debug, Default)]
struct Message {
    id: String,
    kind: String,
    organisation: String,
    sender_hpr: String,
    practice_type: String,
}

/// One bill (Enkeltregning).
#[derive(Debug, Default)]
struct Bill {
    line: u64,
    guid: String,
    number: String,
    credited: bool,
    time: String,
    sex: String,
    patient: String,
    birth: String,
    /// HPR number of the treating clinician; empty where another kind of number was given.
    clinician: Option<String>,
    /// OID of the code system, code.
    diagnoses: Vec<(String, String)>,
    tariffs: String,
}

impl KravRows {
    pub(super) fn open(path: &Path, mut file: File) -> Result<Opened, IntakeError> {
        let failed = |source| IntakeError::Io {
            path: path.to_owned(),
            source,
        };
        if file.metadata().map_err(failed)?.len() > LARGEST_MESSAGE {
            let what = "an XML file of more than 64 MB";
            let hint = "take in one Behandlerkrav message at a time";
            return Err(IntakeError::WrongFormat {
                path: path.to_owned(),
                what,
                hint,
            });
        }
        let mut bytes = Vec::new();
        file.by_ref()
            .take(LARGEST_MESSAGE)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        let digest = FileDigest {
            sha256: hex(&Sha256::digest(&bytes)),
            bytes: bytes.len() as u64,
        };
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
            IntakeError::Text {
                path: path.to_owned(),
                source: crate::delivery::TextError::NotUtf8 { line },
            }
        })?;
        let mut parser = Parser::new(path, text);
        parser.run()?;
        let Parser { message, bills, .. } = parser;
        let header = Header {
            kind: Kind::Behandlerkrav,
            delivery: checked_id(&format!("krav-{}", message.id)).map_err(|source| {
                IntakeError::Header {
                    path: path.to_owned(),
                    source,
                }
            })?,
            source: "KUHR".to_owned(),
            period: None,
            corrects: None,
        };
        let rows = KravRows {
            message,
            bills,
            digest,
        };
        Ok(Opened {
            kind: Kind::Behandlerkrav,
            header: Some(header),
            spec: None,
            without_diagnosis: false,
            rows: Rows::Krav(Box::new(rows)),
        })
    }

    pub(super) fn each(
        self,
        visit: &mut dyn FnMut(u64, Delivered<'_>) -> Visited,
    ) -> Result<FileDigest, IntakeError> {
        for bill in &self.bills {
            bill.visit(&self.message, visit)?;
        }
        Ok(self.digest)
    }
}

/// Walks the message and collects what contacts are made of.
struct Parser<'a> {
    path: PathBuf,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    counted: usize,
    line: u64,
    /// Local names of the open elements.
    open: Vec<String>,
    /// Text of the innermost element.
    content: String,
    /// `Id` of the last `Ident`, until its type is known.
    ident: String,
    message: Message,
    bills: Vec<Bill>,
    /// Sum of all `AntallRegninger`; `Some(None)` where one is no number.
    stated: Option<Option<u64>>,
    closed: bool,
}

impl<'a> Parser<'a> {
    fn new(path: &Path, text: &'a str) -> Self {
        Parser {
            path: path.to_owned(),
            text,
            reader: Reader::from_str(text),
            counted: 0,
            line: 1,
            open: Vec::new(),
            content: String::new(),
            ident: String::new(),
            message: Message::default(),
            bills: Vec::new(),
            stated: None,
            closed: false,
        }
    }

    fn wrong(&self, what: impl Into<String>) -> IntakeError {
        IntakeError::Xml {
            path: self.path.clone(),
            line: self.line,
            // The library shows names and values of the file, where anything may stand.
            what: masked(&what.into()),
        }
    }

    fn run(&mut self) -> Result<(), IntakeError> {
        loop {
            let event = self.reader.read_event();
            let position = usize::try_from(self.reader.buffer_position())
                .unwrap_or(usize::MAX)
                .min(self.text.len());
            let passed = &self.text.as_bytes()[self.counted.min(position)..position];
            self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.counted = position;
            match event
                .map_err(|error| self.wrong(format!("this is no well-formed XML ({error})")))?
            {
                Event::Start(element) => self.start(&element)?,
                Event::Empty(element) => {
                    self.start(&element)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.content.push_str(&text.xml10_content()),
                Event::CData(text) => self.content.push_str(&text.xml10_content()),
                // Declared entities can multiply a small file into a large one; a message needs none.
                Event::DocType(_) => {
                    return Err(self.wrong("a document type declaration is not allowed"));
                }
                Event::GeneralRef(reference) => self.reference(&reference)?,
                Event::Eof => break,
                _ => {}
            }
        }
        if !self.closed {
            return Err(self.wrong("the file ends inside the message: it was cut off"));
        }
        let bills = self.bills.len() as u64;
        if self.stated.is_some_and(|stated| stated != Some(bills)) {
            return Err(self.wrong(format!(
                "the message has {bills} bills, and AntallRegninger states another number: it was cut off or changed"
            )));
        }
        match self.message.kind.as_str() {
            "LOM" if self.message.id.is_empty() => Err(self.wrong("the message has no MsgId")),
            "LOM" => Ok(()),
            _ => Err(self.wrong("the message is no Behandlerkrav (MsgHead of type LOM)")),
        }
    }

    /// `&#50;` and the five entities that XML itself declares are text; no other entity is declared.
    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), IntakeError> {
        let resolved = reference.resolve_char_ref();
        match resolved
            .map_err(|error| self.wrong(format!("this is no well-formed XML ({error})")))?
        {
            Some(c) => self.content.push(c),
            None => match resolve_predefined_entity(&reference.xml10_content()) {
                Some(text) => self.content.push_str(text),
                None => return Err(self.wrong("an entity is used that is not declared")),
            },
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), IntakeError> {
        let name = element.local_name().as_ref().to_owned();
        if self.open.is_empty() && name != "MsgHead" {
            return Err(self.wrong("the message does not begin with MsgHead"));
        }
        if self.open.len() >= DEEPEST {
            return Err(self.wrong("elements are nested too deeply"));
        }
        self.open.push(name);
        self.content.clear();
        let value = attribute(element, "V").map_err(|what| self.wrong(what))?;
        if self.open_ends_with(&["Enkeltregning"]) {
            self.bills.push(Bill {
                line: self.line,
                ..Bill::default()
            });
        } else if self.open_ends_with(&["MsgInfo", "Type"]) {
            self.message.kind = value;
        } else if self.open_ends_with(&["Patient", "Sex"]) {
            self.in_bill(|bill| bill.sex = value);
        } else if self.open_ends_with(&["Behandling", "Diagnose"]) {
            let system = attribute(element, "S").map_err(|what| self.wrong(what))?;
            self.in_bill(|bill| bill.diagnoses.push((system, value)));
        } else if self.open_ends_with(&["TypeId"]) {
            self.identified(&value);
        }
        Ok(())
    }

    /// `Ident/TypeId` tells what the `Id` before it is.
    fn identified(&mut self, kind: &str) {
        let ident = std::mem::take(&mut self.ident);
        if self.open_ends_with(&["Patient", "Ident", "TypeId"]) {
            self.in_bill(|bill| bill.patient = ident);
        } else if self.open_ends_with(&["Behandlerident", "TypeId"]) {
            // An identity number of a clinician is not turned into a prescriber: it would be a person's number.
            self.in_bill(|bill| {
                bill.clinician = Some(if kind == "HPR" { ident } else { String::new() })
            });
        } else if self.open.iter().any(|name| name == "Sender") {
            match kind {
                "HPR" => self.message.sender_hpr = ident,
                "ENH" if self.message.organisation.is_empty() => self.message.organisation = ident,
                _ => {}
            }
        }
    }

    fn end(&mut self) {
        let text = self.content.trim().to_owned();
        let place: Vec<&str> = self.open.iter().rev().take(2).map(String::as_str).collect();
        match place[..] {
            // A message may hold several claims, each with its own number of bills.
            ["AntallRegninger", _] => {
                let more = text.parse::<u64>().ok();
                let sum = self.stated.unwrap_or(Some(0));
                self.stated = Some(sum.zip(more).map(|(sum, more)| sum.saturating_add(more)));
            }
            ["MsgId", "MsgInfo"] => self.message.id = text,
            ["Praksistype", _] => self.message.practice_type = text,
            ["Id", "Ident" | "Behandlerident"] => self.ident = text,
            ["Guid", "Enkeltregning"] => self.in_bill(|bill| bill.guid = text),
            ["RegningNr", "Enkeltregning"] => self.in_bill(|bill| bill.number = text),
            ["Kreditering", "Enkeltregning"] => {
                self.in_bill(|bill| bill.credited = matches!(text.as_str(), "true" | "1"));
            }
            ["DatoTid", "Enkeltregning"] => self.in_bill(|bill| bill.time = text),
            ["DateOfBirth", "Patient"] => self.in_bill(|bill| bill.birth = text),
            ["Kode", "Takst"] => self.in_bill(|bill| {
                if !bill.tariffs.is_empty() {
                    bill.tariffs.push(' ');
                }
                bill.tariffs.push_str(&text);
            }),
            _ => {}
        }
        self.open.pop();
        self.closed |= self.open.is_empty();
        self.content.clear();
    }

    fn open_ends_with(&self, tail: &[&str]) -> bool {
        self.open.len() >= tail.len() && self.open[self.open.len() - tail.len()..].iter().eq(tail)
    }

    fn in_bill(&mut self, change: impl FnOnce(&mut Bill)) {
        if let Some(bill) = self.bills.last_mut() {
            change(bill);
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<String, String> {
    let found = element
        .try_get_attribute(name)
        .map_err(|error| format!("an attribute is malformed ({error})"))?;
    match found {
        None => Ok(String::new()),
        Some(attribute) => match attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
            Ok(value) => Ok(value.trim().to_owned()),
            Err(error) => Err(format!("an attribute is malformed ({error})")),
        },
    }
}

impl Bill {
    /// Hands the bill out as a row of contacts, `diagnosis_system` last.
    fn visit(
        &self,
        message: &Message,
        visit: &mut dyn FnMut(u64, Delivered<'_>) -> Visited,
    ) -> Visited {
        let id = if self.guid.is_empty() && !self.number.is_empty() {
            format!("{}/{}", message.organisation, self.number)
        } else {
            self.guid.clone()
        };
        let clinician = self.clinician.as_ref().unwrap_or(&message.sender_hpr);
        let system = self
            .diagnoses
            .first()
            .map_or("", |(system, _)| system_of(system));
        let diagnosis = |at: usize| match self.diagnoses.get(at) {
            // ICPC-2B (7171) adds a Norwegian term number after a point to the ICPC-2 code.
            Some((oid, code)) if oid.ends_with(".7171") => {
                Raw::text(code.split('.').next().unwrap_or("").as_bytes())
            }
            Some((_, code)) => Raw::text(code.as_bytes()),
            None => Raw::Missing,
        };
        let row = [
            Raw::text(id.as_bytes()),
            Raw::Text(if self.credited {
                b"credited"
            } else {
                b"active"
            }),
            Raw::text(self.patient.as_bytes()),
            Raw::text(self.birth.as_bytes()),
            Raw::text(self.sex.as_bytes()),
            Raw::Missing,
            Raw::text(clinician.as_bytes()),
            Raw::text(self.time.as_bytes()),
            Raw::text(message.practice_type.as_bytes()),
            Raw::text(self.tariffs.as_bytes()),
            diagnosis(0),
            diagnosis(1),
            diagnosis(2),
            Raw::text(system.as_bytes()),
        ];
        visit(self.line, Delivered::Row(&row))
    }
}

/// Code systems by the last arc of their OID (2.16.578.1.12.4.1.1.N, volven.no).
fn system_of(oid: &str) -> &str {
    match oid.rsplit('.').next() {
        Some("7170" | "7171") => "ICPC-2",
        Some("7110") => "ICD-10",
        _ => oid,
    }
}
