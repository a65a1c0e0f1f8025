//! Whole messages: envelope, body and what goes along.

mod dispensing;
mod download;
mod draft;
mod m1;
mod m5;
mod medicine;
mod once;
mod pharmacy_list;
mod prescriber_dispensings;
mod prescriber_list;
mod prescription;
mod reports;

use crate::attachment::{Carried, Diagnosis, read_carried};
use crate::envelope::{Content, Enclosure, Envelope, NAMESPACE};
use crate::fault::{MessageFault, MessageFaultKind};
use crate::show::without_numbers;
use crate::value::Coded;
use crate::xml::{Document, Element};

pub use dispensing::{Dispensing, Intervention};
pub use download::{M93, M94};
pub use draft::Draft;
pub use m1::M1;
pub use m5::M5;
pub use medicine::{Line, Medicine, Order, Pack, PrintedPack, Product};
pub use pharmacy_list::{M91, M92, PharmacyListed};
pub use prescriber_dispensings::{M97, M98};
pub use prescriber_list::{ListedDispensing, ListedEnd, M95, M96, PrescriberListed};
pub(crate) use prescription::amount;
pub use reports::{M6, M10, M81};

/// The namespace of prescriptions (M1) and of what is prescribed.
pub(crate) const PRESCRIPTION_NAMESPACE: &str = "http://www.kith.no/xmlstds/eresept/m1/2013-10-08";
/// The namespace of how a drug is used (Forskrivning).
pub(crate) const ORDER_NAMESPACE: &str =
    "http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08";

/// A message: what is on the envelope, what it says, what goes along, and the tree that all of it was read from.
///
/// The typed parts are a view. What they do not know is in the tree, and attachments that nobody here has heard of are kept:
///
/// ```
/// use riktig_eresept::{Message, envelope::Content};
/// # let written = {
/// #     use riktig_eresept::{Body, Draft, Envelope, MessageId, Moment, envelope::{Enclosure, Organisation}, message::M98, xml::{Document, Element}};
/// #     let id = MessageId::parse("ef36537f-563b-4fb1-b93d-1681170f9817").unwrap();
/// #     let envelope = Envelope::between(id, Moment::from_unix_seconds(1_790_000_000).unwrap(), Organisation::default(), Organisation::default());
/// #     let unheard_of = Document::new(Element::new("urn:vendor", "Seen").with_text("by nobody"));
/// #     Draft { envelope, body: Body::M98(M98::Dispensings(0)), enclosures: vec![Enclosure::extension("vendor/1.0.0", "Seen", &unheard_of)] }.write()
/// # };
/// // `written` is an M9.8 with an attachment of some vendor's own.
/// let message = Message::read(&written)?;
/// let attachment = &message.enclosures()[0];
/// assert_eq!(attachment.description.as_deref(), Some("vendor/1.0.0"));
/// let opened = attachment.content.open().expect("it holds something")?;
/// assert!(opened.root().is("urn:vendor", "Seen"));
/// // Written again, the message is what it was, attachment included.
/// assert_eq!(message.document().write(), written);
/// # Ok::<(), riktig_eresept::MessageFault>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    envelope: Envelope,
    body: Body,
    enclosures: Vec<Enclosure>,
    document: Document,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A prescription.
    M1(Box<M1>),
    /// A recall.
    M5(M5),
    /// The prescriber is told of a dispensing.
    M6(Box<M6>),
    /// The summary record is told of a dispensing.
    M81(Box<M81>),
    /// A pharmacy asks for a list.
    M91(Box<M91>),
    /// The list for a pharmacy.
    M92(M92),
    /// A pharmacy asks for a prescription.
    M93(M93),
    /// The prescription for a pharmacy.
    M94(Box<M94>),
    /// A prescriber asks for a list.
    M95(M95),
    /// The list for a prescriber.
    M96(M96),
    /// A prescriber asks what was dispensed.
    M97(M97),
    /// What was dispensed, for a prescriber.
    M98(M98),
    /// A pharmacy reports a dispensing.
    M10(Box<M10>),
    /// A message of another kind, as it stands; nothing where the envelope holds no element.
    Other(Option<Element>),
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// It is not XML that is read, not a MsgHead, or of a kind that is known and not as its schema has it.
    pub fn read(bytes: &[u8]) -> Result<Self, MessageFault> {
        Self::of(Document::read(bytes)?)
    }

    /// The message of a tree: what a signature was found to cover.
    ///
    /// # Errors
    /// It is not a MsgHead, or of a kind that is known and not as its schema has it.
    pub fn of(document: Document) -> Result<Self, MessageFault> {
        let head = document.root();
        if !head.is(NAMESPACE, "MsgHead") {
            return Err(MessageFault {
                line: head.line(),
                place: without_numbers(head.local_name()),
                kind: MessageFaultKind::NotThis("MsgHead"),
            });
        }
        let envelope = Envelope::read(head)?;
        let mut documents = head.children_in(NAMESPACE, "Document");
        let first = documents.next().map(Enclosure::read).transpose()?;
        let main = first.as_ref().and_then(only_element);
        let main = main.map(Body::read).transpose()?;
        let mut enclosures = Vec::new();
        if main.is_none() {
            enclosures.extend(first);
        }
        for document in documents {
            let number = enclosures.len() + 1;
            let read = Enclosure::read(document).map_err(|fault| MessageFault {
                place: format!("attachment {number}/{}", fault.place),
                ..fault
            });
            enclosures.push(read?);
        }
        let body = main.unwrap_or(Body::Other(None));
        second_body(&body, &enclosures)?;
        Ok(Self {
            envelope,
            body,
            enclosures,
            document,
        })
    }

    /// What stands on the envelope.
    pub fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// What goes along: extensions, whole messages, anything.
    pub fn enclosures(&self) -> &[Enclosure] {
        &self.enclosures
    }

    /// The tree it was read from.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Whole messages that go along: the M1 of an M9.4, an M9.6, an M8.1, as the bytes that were signed.
    pub fn enclosed_messages(&self) -> impl Iterator<Item = &[u8]> {
        self.enclosures
            .iter()
            .filter_map(|enclosure| match &enclosure.content {
                Content::Bytes(bytes) if enclosure.description.is_none() => Some(bytes.as_slice()),
                _ => None,
            })
    }

    /// The diagnosis that goes along with a prescription (M1) or a dispensing (M10); none where none goes along.
    ///
    /// # Errors
    /// An attachment says that it is the extension that carries the diagnosis and is not.
    pub fn diagnosis(&self) -> Result<Option<Diagnosis>, MessageFault> {
        self.carried().map(|carried| carried.diagnosis)
    }

    /// What the extension of a prescription (M1) or a dispensing (M10) carries; nothing where there is none.
    ///
    /// # Errors
    /// An attachment says that it is the extension and is not, or two say different things.
    pub fn carried(&self) -> Result<Carried, MessageFault> {
        read_carried(&self.body, &self.enclosures)
    }

    /// The message as a draft, to be written anew. What the typed parts do not know is left behind.
    pub fn to_draft(&self) -> Draft {
        Draft {
            envelope: self.envelope.clone(),
            body: self.body.clone(),
            enclosures: self.enclosures.clone(),
        }
    }
}

/// The message itself: the first document, where it is one element.
fn only_element(first: &Enclosure) -> Option<&Element> {
    match &first.content {
        Content::Elements(elements) => match elements.as_slice() {
            [element] => Some(element),
            _ => None,
        },
        _ => None,
    }
}

/// A second main document beside one that is read: another reader might take that one.
fn second_body(body: &Body, enclosures: &[Enclosure]) -> Result<(), MessageFault> {
    if matches!(body, Body::Other(_)) {
        return Ok(());
    }
    let is_body = |element: &Element| !matches!(Body::read(element), Ok(Body::Other(_)));
    let second = enclosures
        .iter()
        .find(|enclosure| match &enclosure.content {
            Content::Elements(elements) => elements.iter().any(is_body),
            _ => false,
        });
    match second {
        Some(second) => Err(MessageFault {
            line: second.line,
            place: "MsgHead/Document".to_owned(),
            kind: MessageFaultKind::Repeated,
        }),
        None => Ok(()),
    }
}

impl Body {
    pub(crate) fn read(element: &Element) -> Result<Self, MessageFault> {
        let namespace = element.namespace().unwrap_or_default();
        let one_of = |namespaces: &[&str]| namespaces.contains(&namespace);
        let body = match element.local_name() {
            "Resept" if one_of(&[PRESCRIPTION_NAMESPACE]) => Self::M1(Box::new(M1::read(element)?)),
            "Tilbakekalling" if one_of(&[m5::NAMESPACE]) => Self::M5(M5::read(element)?),
            "UtleveringsrapportRekvirent" if one_of(&[reports::M6_NAMESPACE]) => {
                Self::M6(Box::new(M6::read(element)?))
            }
            "UtleveringsrapportKjernejournal" if one_of(&[reports::M81_NAMESPACE]) => {
                Self::M81(Box::new(M81::read(element)?))
            }
            "Utleveringsrapport" if one_of(&[reports::M10_NAMESPACE]) => {
                Self::M10(Box::new(M10::read(element)?))
            }
            "ForesporselReseptUtleverer" if one_of(&pharmacy_list::M91_NAMESPACES) => {
                Self::M91(Box::new(M91::read(element)?))
            }
            "Reseptliste" if one_of(&pharmacy_list::M92_NAMESPACES) => {
                Self::M92(M92::read(element)?)
            }
            "M93" if one_of(&[download::M93_NAMESPACE]) => Self::M93(M93::read(element)?),
            "ReseptNedlasting" if one_of(&[download::M94_NAMESPACE]) => {
                Self::M94(Box::new(M94::read(element)?))
            }
            "M95" if one_of(&prescriber_list::M95_NAMESPACES) => Self::M95(M95::read(element)?),
            "M96" if one_of(&prescriber_list::M96_NAMESPACES) => Self::M96(M96::read(element)?),
            "M97" if one_of(&prescriber_dispensings::M97_NAMESPACES) => {
                Self::M97(M97::read(element)?)
            }
            "M98" if one_of(&prescriber_dispensings::M98_NAMESPACES) => {
                Self::M98(M98::read(element)?)
            }
            _ => return Ok(Self::Other(Some(element.clone()))),
        };
        match once::repeated(element) {
            Some(fault) => Err(fault),
            None => Ok(body),
        }
    }

    fn write(&self) -> Option<Element> {
        Some(match self {
            Self::M1(m1) => m1.write(),
            Self::M5(m5) => m5.write(),
            Self::M6(m6) => m6.write(),
            Self::M81(m81) => m81.write(),
            Self::M91(m91) => m91.write(),
            Self::M92(m92) => m92.write(),
            Self::M93(m93) => m93.write(),
            Self::M94(m94) => m94.write(),
            Self::M95(m95) => m95.write(),
            Self::M96(m96) => m96.write(),
            Self::M97(m97) => m97.write(),
            Self::M98(m98) => m98.write(),
            Self::M10(m10) => m10.write(),
            Self::Other(element) => element.clone()?,
        })
    }

    /// The code that stands on the envelope of this kind (list 8279); none for other kinds.
    pub fn kind(&self) -> Option<Coded> {
        let (code, name) = match self {
            Self::M1(_) => ("ERM1", "Resept"),
            Self::M5(_) => ("ERM5", "Tilbakekalling av resept"),
            Self::M6(_) => ("ERM6", "Utleveringsrapport rekvirent"),
            Self::M81(_) => ("ERM81", "Utleveringsrapport kjernejournal"),
            Self::M91(_) => (
                "ERM91",
                "Forespørsel om tilgjengelige resepter på pasient (utleverer)",
            ),
            Self::M92(_) => ("ERM92", "Reseptliste (utleverer)"),
            Self::M93(_) => ("ERM93", "Forespørsel om nedlasting av resept"),
            Self::M94(_) => ("ERM94", "Nedlasting av resept"),
            Self::M95(_) => (
                "ERM95",
                "Forespørsel om tilgjengelige resepter på pasient (rekvirent)",
            ),
            Self::M96(_) => ("ERM96", "Reseptliste (rekvirent)"),
            Self::M97(_) => ("ERM97", "Forespørsel om utleveringer på resept"),
            Self::M98(_) => ("ERM98", "Utleveringer på resept"),
            Self::M10(_) => ("ERM10", "Utleveringsrapport reseptbanken"),
            Self::Other(_) => return None,
        };
        Some(Coded::simple(code, name))
    }
}
