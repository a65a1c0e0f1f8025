//! What lies in the envelope: the message itself, and attachments.

use super::NAMESPACE;
use crate::fault::MessageFault;
use crate::parts::{Making, Parts, base64};
use crate::value::Coded;
use crate::xml::{Document, Element, XmlFault};

/// The namespace of the container for bytes.
pub(crate) const BASE64_NAMESPACE: &str = "http://www.kith.no/xmlstds/base64container";

/// One `Document` of the envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// What it is to the others.
    pub connection: Option<Connection>,
    /// What it holds (`ContentDescription`): the agreed name of an extension.
    pub description: Option<String>,
    /// What sort of content it is (`MsgType`, list 8114).
    pub kind: Coded,
    /// The content's type.
    pub mime: Option<String>,
    /// The content's name (`Description`).
    pub name: Option<String>,
    /// The content.
    pub content: Content,
    /// Its line in the message; 0 where it was made here.
    pub line: u32,
}

/// What an enclosed document is to the others (list 8257).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// `H`: the main document.
    Main,
    /// `A`: an additional document, which is where extensions lie.
    Additional,
    /// Anything else, such as `V`, an attachment.
    Other(Coded),
}

/// The content of an enclosed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Elements, as they stand in the message: one in every known kind.
    Elements(Vec<Element>),
    /// Bytes that stood in the message as Base64.
    Bytes(Vec<u8>),
    /// A place where the content is to be found. Nothing is ever fetched.
    Reference(String),
    /// Nothing.
    Empty,
}

impl Content {
    /// The content as a document: the element, or the bytes where they are XML.
    ///
    /// # Errors
    /// The bytes are not XML that is read. They may be something else, an image for instance.
    pub fn open(&self) -> Option<Result<Document, XmlFault>> {
        match self {
            Self::Elements(elements) => match elements.as_slice() {
                [element] => Some(Ok(Document::new(element.clone()))),
                _ => None,
            },
            Self::Bytes(bytes) => Some(Document::read(bytes)),
            Self::Reference(_) | Self::Empty => None,
        }
    }
}

impl Enclosure {
    /// The message itself, around its element.
    pub(crate) fn main(element: Element) -> Self {
        Self::of(Connection::Main, Content::Elements(vec![element]))
    }

    fn of(connection: Connection, content: Content) -> Self {
        Self {
            connection: Some(connection),
            description: None,
            kind: Coded::simple("XML", "XML-instans"),
            mime: None,
            name: None,
            content,
            line: 0,
        }
    }

    /// A whole signed message that goes along, byte for byte, as M9.4, M9.6 and M8.1 carry the M1.
    pub fn message(bytes: Vec<u8>) -> Self {
        let attached = Connection::Other(Coded::simple("V", "Vedlegg"));
        Self::of(attached, Content::Bytes(bytes))
    }

    /// An extension: a document of its own that goes along with a message, by the pattern of the national extension of M1.
    pub fn extension(description: &str, name: &str, document: &Document) -> Self {
        Self {
            description: Some(description.to_owned()),
            kind: Coded::simple("A", "Vedlegg"),
            mime: Some("application/xml".to_owned()),
            name: Some(name.to_owned()),
            ..Self::of(Connection::Additional, Content::Bytes(document.write()))
        }
    }

    pub(crate) fn read(element: &Element) -> Result<Self, MessageFault> {
        let outer = Parts(element);
        let inner = Parts(outer.element("RefDoc")?);
        Ok(Self {
            connection: outer
                .some_coded("DocumentConnection")?
                .map(Connection::from),
            description: outer.some_text("ContentDescription"),
            kind: inner.coded("MsgType")?,
            mime: inner.some_text("MimeType"),
            name: inner.some_text("Description"),
            content: read_content(inner)?,
            line: element.line(),
        })
    }

    pub(crate) fn write(&self) -> Element {
        let content = match &self.content {
            Content::Elements(elements) => {
                Some(Element::new(NAMESPACE, "Content").with_all(elements.iter().cloned()))
            }
            Content::Bytes(bytes) => {
                let container =
                    Element::new(BASE64_NAMESPACE, "Base64Container").with_text(&base64(bytes));
                Some(Element::new(NAMESPACE, "Content").with(container))
            }
            Content::Reference(place) => {
                Some(Element::new(NAMESPACE, "FileReference").with_text(place))
            }
            Content::Empty => None,
        };
        let inner = Making::new(NAMESPACE, "RefDoc")
            .simple("MsgType", &self.kind)
            .some_text("MimeType", self.mime.as_ref())
            .some_text("Description", self.name.as_ref())
            .with_all(content);
        Making::new(NAMESPACE, "Document")
            .some_simple(
                "DocumentConnection",
                self.connection.clone().map(Coded::from).as_ref(),
            )
            .some_text("ContentDescription", self.description.as_ref())
            .with(inner.element)
            .element
    }
}

fn read_content(inner: Parts<'_>) -> Result<Content, MessageFault> {
    if let Some(place) = inner.some_text("FileReference") {
        return Ok(Content::Reference(place));
    }
    let Some(content) = inner.0.child("Content") else {
        return Ok(Content::Empty);
    };
    let elements: Vec<Element> = content.elements().cloned().collect();
    match elements.as_slice() {
        [] => Ok(Content::Empty),
        [only] if only.is(BASE64_NAMESPACE, "Base64Container") => {
            Parts(only).own_bytes().map(Content::Bytes)
        }
        _ => Ok(Content::Elements(elements)),
    }
}

impl From<Coded> for Connection {
    fn from(coded: Coded) -> Self {
        match coded.code.as_str() {
            "H" => Self::Main,
            "A" => Self::Additional,
            _ => Self::Other(coded),
        }
    }
}

impl From<Connection> for Coded {
    fn from(connection: Connection) -> Self {
        match connection {
            Connection::Main => Self::simple("H", "Hoveddokument"),
            Connection::Additional => Self::simple("A", "Andre tilleggsdokument"),
            Connection::Other(coded) => coded,
        }
    }
}
