//! The extensions that carry a diagnosis: of M1 (national) and of M10 (proposed here).

use riktig_codes::{Icd10Code, Icpc2Code};

use crate::envelope::{Content, Enclosure};
use crate::fault::{MessageFault, MessageFaultKind};
use crate::message::Body;
use crate::value::{Coded, system};
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

/// The diagnosis that a prescription is for, as it was sent.
///
/// ```
/// use riktig_eresept::{Diagnosis, DiagnosisCode};
/// let sinusitis = Diagnosis::icpc2("R75".parse()?, "Bihulebetennelse");
/// assert!(matches!(sinusitis.code(), Some(DiagnosisCode::Icpc2(_))));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
///
/// A code that its system cannot have is still a diagnosis that somebody sent: it is read, and a control refuses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis(Coded);

/// A diagnosis in one of the systems that are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiagnosisCode {
    /// ICPC-2.
    Icpc2(Icpc2Code),
    /// ICPC-2B: the ICPC-2 code that it refines, and the whole code.
    Icpc2B {
        /// The ICPC-2 code before the dot.
        rubric: Icpc2Code,
        /// The whole code.
        code: String,
    },
    /// ICD-10, Norwegian edition.
    Icd10(Icd10Code),
}

impl Diagnosis {
    /// A diagnosis in ICPC-2.
    pub fn icpc2(code: Icpc2Code, name: &str) -> Self {
        Self(Coded::of(system::ICPC_2, code.as_str(), name))
    }

    /// A diagnosis in ICD-10, written without the dot.
    pub fn icd10(code: Icd10Code, name: &str) -> Self {
        Self(Coded::of(system::ICD_10, code.as_str(), name))
    }

    /// A diagnosis as somebody sent it.
    pub fn of(coded: Coded) -> Self {
        Self(coded)
    }

    /// As it was sent.
    pub fn coded(&self) -> &Coded {
        &self.0
    }

    /// The checked code; none where the system is not one of the three, or cannot have this code.
    pub fn code(&self) -> Option<DiagnosisCode> {
        let code = self.0.code.as_str();
        match self.0.system.as_deref()? {
            system::ICPC_2 => Icpc2Code::parse(code).ok().map(DiagnosisCode::Icpc2),
            system::ICPC_2B => icpc2b(code),
            system::ICD_10 => Icd10Code::parse(code).ok().map(DiagnosisCode::Icd10),
            _ => None,
        }
    }
}

/// An ICPC-2 code, a dot and four digits; without them it is the ICPC-2 code itself.
fn icpc2b(code: &str) -> Option<DiagnosisCode> {
    let (rubric, finer) = match code.split_once('.') {
        Some((rubric, finer)) => (rubric, Some(finer)),
        None => (code, None),
    };
    let right = |finer: &str| finer.len() == 4 && finer.bytes().all(|byte| byte.is_ascii_digit());
    finer.is_none_or(right).then_some(())?;
    Some(DiagnosisCode::Icpc2B {
        rubric: Icpc2Code::parse(rubric).ok()?,
        code: code.to_owned(),
    })
}

fn extension_for(body: &Body) -> Option<&'static Extension> {
    match body {
        Body::M1(_) => Some(&OF_M1),
        Body::M10(_) => Some(&OF_M10),
        _ => None,
    }
}

/// The attachment that carries a diagnosis with a message of this kind.
pub(crate) fn extension_of(body: &Body, diagnosis: &Diagnosis) -> Option<Enclosure> {
    let extension = extension_for(body)?;
    let element = Element::new(extension.namespace, extension.name)
        .with_attribute("version", extension.version)
        .with(diagnosis.0.write(extension.namespace, "Diagnose"));
    let description = format!("{}{}", extension.family, extension.version);
    Some(Enclosure::extension(
        &description,
        extension.name,
        &Document::new(element),
    ))
}

/// The diagnosis among the attachments of a message of this kind.
pub(crate) fn read_diagnosis(
    body: &Body,
    enclosures: &[Enclosure],
) -> Result<Option<Diagnosis>, MessageFault> {
    let Some(extension) = extension_for(body) else {
        return Ok(None);
    };
    let mut found: Option<Diagnosis> = None;
    for enclosure in enclosures {
        let Some(diagnosis) = read_from(enclosure, extension)? else {
            continue;
        };
        if found.as_ref().is_some_and(|found| found.0 != diagnosis.0) {
            return Err(fault(
                enclosure.line,
                extension,
                MessageFaultKind::Contradiction,
            ));
        }
        found = Some(diagnosis);
    }
    Ok(found)
}

fn read_from(
    enclosure: &Enclosure,
    extension: &Extension,
) -> Result<Option<Diagnosis>, MessageFault> {
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
    match root.child("Diagnose") {
        None => Ok(None),
        Some(element) => Coded::read(element)
            .filter(|coded| !coded.code.is_empty())
            .map(|coded| Some(Diagnosis(coded)))
            .ok_or_else(|| fault(element.line(), extension, MessageFaultKind::NoCode)),
    }
}

fn fault(line: u32, extension: &Extension, kind: MessageFaultKind) -> MessageFault {
    MessageFault {
        line,
        place: format!("the attachment {}", extension.name),
        kind,
    }
}
