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
    for enclosure in enclosures {
        let Some(carried) = read_from(enclosure, extension)? else {
            continue;
        };
        if found.as_ref().is_some_and(|found| *found != carried) {
            return Err(fault(
                enclosure.line,
                extension,
                MessageFaultKind::Contradiction,
            ));
        }
        found = Some(carried);
    }
    Ok(found.unwrap_or_default())
}

fn read_from(
    enclosure: &Enclosure,
    extension: &Extension,
) -> Result<Option<Carried>, MessageFault> {
    let description = enclosure.description.as_deref().unwrap_or_default();
    let Some(edition) = description.strip_prefix(extension.family) else {
        return Ok(None);
    };
    // Another edition is another document, of which nothing is known: it is no fault, and its diagnosis is not guessed.
    if !edition.starts_with("1.") {
        return Ok(None);
    }
    let document = match &enclosure.content {
        Content::Bytes(_) | Content::Elements(_) => enclosure.content.open().transpose()?,
        Content::Reference(_) | Content::Empty => None,
    };
    let Some(document) = document else {
        return Err(fault(enclosure.line, extension, MessageFaultKind::Missing));
    };
    let root = document.root();
    if !root.is(extension.namespace, extension.name) {
        return Err(fault(
            enclosure.line,
            extension,
            MessageFaultKind::NotThis(extension.name),
        ));
    }
    let diagnoses = root
        .children_in(extension.namespace, "Diagnose")
        .map(|element| {
            Coded::read(element)
                .filter(|coded| !coded.code.is_empty())
                .map(|coded| (element.line(), Diagnosis(coded)))
                .ok_or_else(|| fault(element.line(), extension, MessageFaultKind::NoCode))
        });
    let waiting = root.children_in(WAITING_NAMESPACE, WAITING);
    let waiting = waiting.map(|element| Ok((element.line(), said(element))));
    Ok(Some(Carried {
        diagnosis: agreed(diagnoses, extension)?,
        waiting: agreed(waiting, extension)?.flatten(),
    }))
}

/// The one thing that is said, once or more often; two that differ are a fault.
fn agreed<T: PartialEq>(
    said: impl Iterator<Item = Result<(u32, T), MessageFault>>,
    extension: &Extension,
) -> Result<Option<T>, MessageFault> {
    let mut agreed = None;
    for one in said {
        let (line, one) = one?;
        if agreed.as_ref().is_some_and(|first| *first != one) {
            return Err(fault(line, extension, MessageFaultKind::Contradiction));
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

fn fault(line: u32, extension: &Extension, kind: MessageFaultKind) -> MessageFault {
    MessageFault {
        line,
        place: format!("the attachment {}", extension.name),
        kind,
    }
}
