//! AppRec 1.0: the answer that a message was taken, or why not.

use crate::envelope::{Envelope, Organisation};
use crate::fault::{MessageFault, MessageFaultKind};
use crate::parts::{Making, Parts};
use crate::value::{Coded, Ident, MessageId, Moment, system};
use crate::xml::{Document, Element};

const NAMESPACE: &str = "http://www.kith.no/xmlstds/apprec/2004-11-21";
const VERSION: &str = "1.0 2004-11-21";

/// An application receipt (applikasjonskvittering).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppRec {
    /// Its own number.
    pub id: MessageId,
    /// When it was made.
    pub generated: Moment,
    /// Who answers.
    pub sender: Party,
    /// Who is answered.
    pub receiver: Party,
    /// What became of the message.
    pub outcome: Outcome,
    /// The message's kind.
    pub original_kind: Coded,
    /// When the message was made.
    pub original_generated: Moment,
    /// The message's number.
    pub original: MessageId,
}

/// What became of a message (list 8258).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Taken (`1`).
    Taken,
    /// Refused (`2`), and why.
    Refused(Vec<ReceiptError>),
    /// Taken, with faults in parts of it (`3`).
    TakenInPart(Vec<ReceiptError>),
}

/// One reason (list 8221 where nothing else is agreed).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptError(pub Coded);

/// Who answers or is answered: an institution's name and number. `Debug` of the number shows its kind only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Name.
    pub name: Option<String>,
    /// Number; the kinds are those of [`Ident`].
    pub ident: Option<Ident>,
    /// Other numbers.
    pub other_idents: Vec<Ident>,
}

/// The codes of list 8221 with their names.
const ERRORS: [(&str, &str); 21] = [
    ("E10", "Ugyldig meldingsidentifikator"),
    ("E20", "Lege finnes ikke"),
    ("E21", "Mottaker finnes ikke"),
    ("E30", "Pasientens fødselsnummer mangler"),
    ("E31", "Pasientens fødselsnummer er feil"),
    ("E32", "Pasientens navn mangler"),
    ("E33", "Pasientens etternavn mangler"),
    ("E34", "Pasientens fornavn mangler"),
    ("E35", "Pasienten finnes ikke i mottakersystemet"),
    ("E36", "Pasientopplysninger er utilstrekkelige"),
    (
        "E53",
        "Pasientens fødselsnummer eller D-nummer finnes ikke registrert i Folkeregisteret.",
    ),
    (
        "E54",
        "Pasientens fødselsnummer er ikke registrert i mottagersystemet",
    ),
    ("S01", "Feil på signatur"),
    ("S02", "Ugyldig sertifikat"),
    ("S03", "Tilbaketrukket sertifikat"),
    ("S99", "Annen feil på signatur eller sertifikat"),
    ("T01", "Ikke XML / ikke 'well formed' / uleselig"),
    ("T02", "XML validerer ikke"),
    ("T10", "Støtter ikke meldingsformatet"),
    ("T99", "Annen feil på format"),
    ("X99", "Annen feil"),
];

impl ReceiptError {
    /// A code of list 8221 with its name, and what is wrong in plain words (`OT`); none where the list has no such code.
    pub fn of(code: &str, explanation: Option<&str>) -> Option<Self> {
        let (code, name) = ERRORS.iter().find(|(known, _)| *known == code)?;
        Some(Self(Coded {
            original: explanation.map(str::to_owned),
            ..Coded::of(system::RECEIPT_ERROR, code, name)
        }))
    }
}

impl Outcome {
    /// Why it was refused, wholly or in part.
    pub fn errors(&self) -> &[ReceiptError] {
        match self {
            Self::Taken => &[],
            Self::Refused(errors) | Self::TakenInPart(errors) => errors,
        }
    }

    fn status(&self) -> Coded {
        match self {
            Self::Taken => Coded::simple("1", "OK"),
            Self::Refused(_) => Coded::simple("2", "Avvist"),
            Self::TakenInPart(_) => Coded::simple("3", "OK, feil i delmelding"),
        }
    }
}

impl From<&Organisation> for Party {
    fn from(organisation: &Organisation) -> Self {
        let mut idents = organisation.idents.iter().cloned();
        Self {
            name: organisation.name.clone(),
            ident: idents.next(),
            other_idents: idents.collect(),
        }
    }
}

impl AppRec {
    /// The answer to a message: its parties change places.
    pub fn answering(
        message: &Envelope,
        id: MessageId,
        generated: Moment,
        outcome: Outcome,
    ) -> Self {
        Self {
            id,
            generated,
            sender: Party::from(&message.receiver),
            receiver: Party::from(&message.sender),
            outcome,
            original_kind: message.kind.clone(),
            original_generated: message.generated,
            original: message.id.clone(),
        }
    }

    /// Reads a receipt.
    ///
    /// # Errors
    /// It is not XML that is read, not an AppRec 1.0, or not as its schema has it.
    pub fn read(bytes: &[u8]) -> Result<Self, MessageFault> {
        Self::of(&Document::read(bytes)?)
    }

    /// The receipt of a tree.
    ///
    /// # Errors
    /// It is not an AppRec 1.0, or not as its schema has it.
    pub fn of(document: &Document) -> Result<Self, MessageFault> {
        let root = document.root();
        let parts = Parts(root);
        if !Self::is(root) {
            return Err(parts.fault("AppRec", MessageFaultKind::NotThis("AppRec")));
        }
        let errors = root
            .children_in(NAMESPACE, "Error")
            .filter_map(Coded::read)
            .map(ReceiptError);
        let errors = errors.collect();
        let outcome = match parts.coded("Status")?.code.as_str() {
            "1" => Outcome::Taken,
            "2" => Outcome::Refused(errors),
            "3" => Outcome::TakenInPart(errors),
            _ => return Err(parts.fault("Status", MessageFaultKind::NoneOf)),
        };
        let original = Parts(parts.element("OriginalMsgId")?);
        Ok(Self {
            id: parts.id("Id")?,
            generated: parts.moment("GenDate")?,
            sender: Party::read(parts.element("Sender")?)?,
            receiver: Party::read(parts.element("Receiver")?)?,
            outcome,
            original_kind: original.coded("MsgType")?,
            original_generated: original.moment("IssueDate")?,
            original: original.id("Id")?,
        })
    }

    /// Whether an element is an AppRec 1.0.
    pub(crate) fn is(root: &Element) -> bool {
        root.is(NAMESPACE, "AppRec")
    }

    /// The receipt as a tree.
    pub fn document(&self) -> Document {
        let original = Making::new(NAMESPACE, "OriginalMsgId")
            .simple("MsgType", &self.original_kind)
            .text("IssueDate", self.original_generated)
            .text("Id", &self.original);
        let errors = self
            .outcome
            .errors()
            .iter()
            .map(|error| error.0.write(NAMESPACE, "Error"));
        let receipt = Making::new(NAMESPACE, "AppRec")
            .simple(
                "MsgType",
                &Coded::simple("APPREC", "Applikasjonskvittering"),
            )
            .text("MIGversion", VERSION)
            .text("GenDate", self.generated)
            .text("Id", &self.id)
            .with(self.sender.write("Sender"))
            .with(self.receiver.write("Receiver"))
            .simple("Status", &self.outcome.status())
            .with_all(errors)
            .with(original.element);
        Document::new(receipt.element)
    }

    /// The receipt in UTF-8.
    pub fn write(&self) -> Vec<u8> {
        self.document().write()
    }
}

impl Party {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let hcp = Parts(Parts(element).element("HCP")?);
        let Some(inst) = hcp.0.child("Inst").or_else(|| hcp.0.child("HCProf")) else {
            return Err(hcp.fault("Inst", MessageFaultKind::NoneOf));
        };
        let parts = Parts(inst);
        let ident = match (parts.some_text("Id"), parts.some_coded("TypeId")?) {
            (Some(number), Some(kind)) => Some(Ident::new(&number, kind)),
            _ => None,
        };
        let others = inst.children_in(NAMESPACE, "AdditionalId").map(|other| {
            let parts = Parts(other);
            Ok::<_, MessageFault>(Ident::new(&parts.text("Id")?, parts.coded("Type")?))
        });
        Ok(Self {
            name: parts.some_text("Name"),
            ident,
            other_idents: others.collect::<Result<_, _>>()?,
        })
    }

    fn write(&self, local: &str) -> Element {
        let other = |ident: &Ident| {
            let making = Making::new(NAMESPACE, "AdditionalId").text("Id", ident.reveal());
            making.simple("Type", &ident.kind).element
        };
        let inst = Making::new(NAMESPACE, "Inst")
            .some_text("Name", self.name.as_ref())
            .some_text("Id", self.ident.as_ref().map(Ident::reveal))
            .some_simple("TypeId", self.ident.as_ref().map(|ident| &ident.kind))
            .with_all(self.other_idents.iter().map(other));
        let hcp = Making::new(NAMESPACE, "HCP").with(inst.element);
        Making::new(NAMESPACE, local).with(hcp.element).element
    }
}
