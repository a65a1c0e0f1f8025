//! The extensions that carry a diagnosis: of M1 (national) and of M10 (proposed here).

use riktig_codes::{DiagnosisCode, DiagnosisCodeError, Icd10Code, Icpc2Code};

use crate::envelope::{Content, Enclosure};
use crate::fault::{MessageFault, MessageFaultKind};
use crate::message::Body;
use crate::value::Coded;
use crate::xml::{Document, Element};

/// An extension: how an attachment says that it is one, and how its document begins.
struct Extension {
    /// `ContentDescription` begins with this; what follows is the edition, of which `1.0.` are compatible.
    family: &'static str,
    version: &'static str,
    name: &'static str,
    namespace: &'static str,
}

/// The national extension of M1 (e-resept 2.5 of 2022).
const OF_M1: Extension = Extension {
    family: "eresept/m1/2013-10-08/extension/",
    version: "1.0.0",
    name: "ReseptUtvidelse",
    namespace: "http://www.kith.no/xmlstds/eresept/m1/2013-10-08/extension/1",
};

/// The extension of M10 by the same pattern, proposed in docs/reference/diagnosis-on-prescriptions.md.
const OF_M10: Extension = Extension {
    family: "eresept/m10/2013-10-08/extension/",
    version: "1.0.0",
    name: "UtleveringsrapportUtvidelse",
    namespace: "http://www.kith.no/xmlstds/eresept/m10/2013-10-08/extension/1",
};

/// The namespace of what is proposed for the open slot of the extension of M1.
const WAITING_NAMESPACE: &str = "urn:riktig:eresept:waiting:1";
const WAITING: &str = "VentResept";

/// The diagnosis that a prescription is for, as it was sent.
///
/// ```
/// use riktig_eresept::Diagnosis;
/// let sinusitis = Diagnosis::icpc2("R75".parse()?, "Bihulebetennelse");
/// assert_eq!(sinusitis.code()?.to_string(), "R75");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A code that its system cannot have is still a diagnosis that somebody sent: it is read, and a control refuses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis(Coded);

/// What an extension carries along.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// The reason of treatment.
    pub diagnosis: Option<Diagnosis>,
    /// Whether it is a waiting prescription (vent-og-se-resept), to be fetched only if it does not get better; `None`: the message does not
    /// say, which is not *no*. M1 only; proposed here.
    pub waiting: Option<bool>,
}

impl Diagnosis {
    /// A diagnosis in ICPC-2.
    pub fn icpc2(code: Icpc2Code, name: &str) -> Self {
        Self(Coded::of(DiagnosisCode::ICPC2, code.as_str(), name))
    }

    /// A diagnosis in ICD-10, written without the dot.
    pub fn icd10(code: Icd10Code, name: &str) -> Self {
        Self(Coded::of(DiagnosisCode::ICD10, code.as_str(), name))
    }

    /// A diagnosis as somebody sent it.
    pub fn of(coded: Coded) -> Self {
        Self(coded)
    }

    /// As it was sent.
    pub fn coded(&self) -> &Coded {
        &self.0
    }

    /// The checked code.
    ///
    /// # Errors
    /// The system is not one of the three, or cannot have this code.
    pub fn code(&self) -> Result<DiagnosisCode, DiagnosisCodeError> {
        DiagnosisCode::read(self.0.system.as_deref().unwrap_or_default(), &self.0.code)
    }
}

fn extension_for(body: &Body) -> Option<&'static Extension> {
    match body {
        Body::M1(_) => Some(&OF_M1),
        Body::M10(_) => Some(&OF_M10),
        _ => None,
    }
}

/// The attachment that carries this with a message of this kind.
pub(crate) fn extension_of(body: &Body, carried: &Carried) -> Option<Enclosure> {
    let extension = extension_for(body)?;
    let waiting = carried.waiting.filter(|_| matches!(body, Body::M1(_)));
    if carried.diagnosis.is_none() && waiting.is_none() {
        return None;
    }
    let diagnosis = carried.diagnosis.as_ref();
    let element = Element::new(extension.namespace, extension.name)
        .with_attribute("version", extension.version)
        .with_all(diagnosis.map(|it| it.0.write(extension.namespace, "Diagnose")))
        .with_all(waiting.map(|it| {
            Element::new(WAITING_NAMESPACE, WAITING).with_text(if it { "true" } else { "false" })
        }));
    let description = format!("{}{}", extension.family, extension.version);
    Some(Enclosure::extension(
        &description,
        extension.name,
        &Document::new(element),
    ))
}

/// What the extensions of a message of this kind carry.
pub(crate) fn read_carried(body: &Body, enclosures: &[Enclosure]) -> Result<Carried, MessageFault> {
    let mut found: Option<Carried> = None;
    let Some(extension) = extension_for(body) else {
        return Ok(Carried::default());
    };
    for attachment in attachments(enclosures) {
        let Some(carried) = read_from(&attachment, extension)? else {
            continue;
        };
        if found.as_ref().is_some_and(|found| *found != carried) {
            return Err(attachment.fault(extension, MessageFaultKind::Contradiction));
        }
        found = Some(carried);
    }
    Ok(found.unwrap_or_default())
}

/// Where the first diagnosis stands: its line, and its place as faults tell it.
pub(crate) fn diagnosis_place(body: &Body, enclosures: &[Enclosure]) -> Option<(u32, String)> {
    let extension = extension_for(body)?;
    attachments(enclosures).find_map(|attachment| {
        let document = attachment.enclosure.content.open()?.ok()?;
        let root = document.root();
        let is_one = root.is(extension.namespace, extension.name);
        let diagnosis = root.child("Diagnose").filter(|_| is_one)?;
        Some((diagnosis.line(), attachment.place_of(root, "Diagnose")))
    })
}

/// An attachment with its number among a message's, from 1.
struct Attachment<'e> {
    number: usize,
    enclosure: &'e Enclosure,
}

fn attachments(enclosures: &[Enclosure]) -> impl Iterator<Item = Attachment<'_>> {
    let numbered = (1..).zip(enclosures);
    numbered.map(|(number, enclosure)| Attachment { number, enclosure })
}

impl Attachment<'_> {
    /// A fault of the attachment as a whole, at its line in the message.
    fn fault(&self, extension: &Extension, kind: MessageFaultKind) -> MessageFault {
        MessageFault {
            line: self.enclosure.line,
            place: format!("attachment {} ({})", self.number, extension.name),
            kind,
        }
    }

    /// What begins its place within: behind `›` lines are the attachment's own, behind `/` those of the message around it.
    fn begin(&self) -> String {
        let own_lines = matches!(self.enclosure.content, Content::Bytes(_));
        format!(
            "attachment {}{}",
            self.number,
            if own_lines { " › " } else { "/" }
        )
    }

    fn place_of(&self, root: &Element, local: &str) -> String {
        format!("{}{}/{local}", self.begin(), root.local_name())
    }
}

fn read_from(
    attachment: &Attachment<'_>,
    extension: &Extension,
) -> Result<Option<Carried>, MessageFault> {
    let enclosure = attachment.enclosure;
    let description = enclosure.description.as_deref().unwrap_or_default();
    let Some(edition) = description.strip_prefix(extension.family) else {
        return Ok(None);
    };
    // Another edition is another document, of which nothing is known: it is no fault, and its diagnosis is not guessed.
    if !edition.starts_with("1.") {
        return Ok(None);
    }
    let opened = enclosure.content.open().transpose();
    let document = opened.map_err(|fault| MessageFault {
        place: format!("{}the document", attachment.begin()),
        ..MessageFault::from(fault)
    })?;
    let Some(document) = document else {
        return Err(attachment.fault(extension, MessageFaultKind::Missing));
    };
    let root = document.root();
    if !root.is(extension.namespace, extension.name) {
        return Err(MessageFault {
            line: root.line(),
            place: format!("{}{}", attachment.begin(), root.local_name()),
            kind: MessageFaultKind::NotThis(extension.name),
        });
    }
    let fault = |element: &Element, kind| MessageFault {
        line: element.line(),
        place: attachment.place_of(root, element.local_name()),
        kind,
    };
    let diagnoses = root
        .children_in(extension.namespace, "Diagnose")
        .map(|element| {
            Coded::read(element)
                .filter(|coded| !coded.code.is_empty())
                .map(|coded| (element, Diagnosis(coded)))
                .ok_or_else(|| fault(element, MessageFaultKind::NoCode))
        });
    let waiting = root.children_in(WAITING_NAMESPACE, WAITING);
    let waiting = waiting.map(|element| Ok((element, said(element))));
    Ok(Some(Carried {
        diagnosis: agreed(diagnoses, fault)?,
        waiting: agreed(waiting, fault)?.flatten(),
    }))
}

/// The one thing that is said, once or more often; two that differ are a fault.
fn agreed<'e, T: PartialEq>(
    said: impl Iterator<Item = Result<(&'e Element, T), MessageFault>>,
    fault: impl Fn(&Element, MessageFaultKind) -> MessageFault,
) -> Result<Option<T>, MessageFault> {
    let mut agreed = None;
    for one in said {
        let (element, one) = one?;
        if agreed.as_ref().is_some_and(|first| *first != one) {
            return Err(fault(element, MessageFaultKind::Contradiction));
        }
        agreed = Some(one);
    }
    Ok(agreed)
}

/// What the element says; of other words nothing is known, and nothing is guessed.
fn said(waiting: &Element) -> Option<bool> {
    match waiting.text().trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
