//! Why a message is not understood.

use crate::xml::XmlFault;

/// A message that is not understood: where, why, and what its sender can do. Shows no content, which may be about a patient.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the message at line {line}, {place}: {kind}; {}", kind.remedy())]
pub struct MessageFault {
    /// The line, counted from 1; behind a `›` in the place, the line within the attachment.
    pub line: u32,
    /// The element, by the names around it; an attachment's number before it.
    pub place: String,
    /// What is wrong there.
    pub kind: MessageFaultKind,
}

/// What is wrong with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageFaultKind {
    /// It is not XML that is read.
    #[error("{}", .0.kind)]
    Xml(#[from] XmlFault),
    /// The outermost element is not the one that was asked for.
    #[error("the outermost element is not {0}")]
    NotThis(&'static str),
    /// An element that the schema requires is not there.
    #[error("the element is missing")]
    Missing,
    /// A code without a value.
    #[error("the code is missing or empty (attribute V)")]
    NoCode,
    /// Not a date.
    #[error("the text is not a date")]
    NotADate,
    /// Not a date and time.
    #[error("the text is not a date with a time")]
    NotAMoment,
    /// Not a number.
    #[error("the text is not a number")]
    NotANumber,
    /// Neither true nor false.
    #[error("the text is neither true nor false")]
    NotATruth,
    /// Not a message's number.
    #[error("the text is not the number of a message")]
    NotAnId,
    /// Not Base64.
    #[error("the text is not Base64")]
    NotBase64,
    /// Two attachments say different things where one is to be said.
    #[error("two attachments, or two elements of one, say different things")]
    Contradiction,
    /// Something that may stand once stands more than once: one reader would take the first, another the last.
    #[error("the element stands more than once where it may stand once")]
    Repeated,
    /// None of the elements of which one must be there.
    #[error("none of the elements is there of which one must be")]
    NoneOf,
}

impl MessageFaultKind {
    /// What the sender can do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Xml(fault) => fault.kind.remedy(),
            Self::NotThis(_) => "send one message a file, with the outermost element of its schema",
            Self::Missing | Self::NoneOf => "write what the message's schema requires here",
            Self::Contradiction => "send one attachment of the kind",
            Self::Repeated => "write it once; a second drug is a prescription of its own",
            Self::NoCode => "write the code in V; leave an element without a value out",
            Self::NotADate => "write it as YYYY-MM-DD, for example 2026-01-31",
            Self::NotAMoment => "write it as YYYY-MM-DDThh:mm:ss+hh:mm",
            Self::NotANumber => "write digits, with a dot before decimals",
            Self::NotATruth => "write true or false",
            Self::NotAnId => "write a UUID in lower case, without blanks",
            Self::NotBase64 => "write the attachment's bytes as Base64",
        }
    }
}

impl From<XmlFault> for MessageFault {
    fn from(fault: XmlFault) -> Self {
        Self {
            line: fault.line,
            place: "the document".to_owned(),
            kind: MessageFaultKind::Xml(fault),
        }
    }
}
