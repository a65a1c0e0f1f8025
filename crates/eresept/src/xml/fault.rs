//! Why a document is not read.

/// A document that is not read: where, why, and what its sender can do. Shows nothing of the content, which may be about a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the XML at line {line}: {kind}; {}", kind.remedy())]
pub struct XmlFault {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong there.
    pub kind: XmlFaultKind,
}

/// What is wrong with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum XmlFaultKind {
    /// More bytes than [`Limits::bytes`](super::Limits::bytes).
    #[error("the document is larger than a message may be")]
    TooManyBytes,
    /// Deeper than [`Limits::depth`](super::Limits::depth).
    #[error("elements stand in one another deeper than in any message")]
    TooDeep,
    /// More than [`Limits::attributes`](super::Limits::attributes) on one element.
    #[error("an element has more attributes than in any message")]
    TooManyAttributes,
    /// Longer than [`Limits::attribute_bytes`](super::Limits::attribute_bytes), or a name longer than any.
    #[error("an attribute or a name is longer than in any message")]
    AttributeTooLong,
    /// More than [`Limits::nodes`](super::Limits::nodes).
    #[error("the document has more parts than a message may have")]
    TooManyNodes,
    /// More than [`Limits::namespaces`](super::Limits::namespaces) at one place.
    #[error("more namespaces are declared than in any message")]
    TooManyNamespaces,
    /// A `<!DOCTYPE`.
    #[error("the document has a document type (DOCTYPE)")]
    DocumentType,
    /// An entity that is not one of XML's five.
    #[error("the text names an entity that XML does not have")]
    UnknownEntity,
    /// An encoding that is not read.
    #[error("the document declares an encoding that is not read here")]
    UnknownEncoding,
    /// The bytes are not what the declaration or the byte order mark says.
    #[error("the bytes are not in the encoding that the document declares")]
    WrongEncoding,
    /// The XML declaration is not one.
    #[error("the XML declaration is wrong or not at the very start")]
    Declaration,
    /// A character that XML 1.0 does not allow.
    #[error("a character is used that XML does not allow")]
    ForbiddenCharacter,
    /// A name that is not a namespaced name.
    #[error("a name is not a name of XML with namespaces")]
    BadName,
    /// Attributes that are not `name="value"`, or `<` in a value.
    #[error("an attribute is not written as name=\"value\"")]
    BadAttribute,
    /// The same attribute twice, by its name or by its namespace.
    #[error("an element has the same attribute twice")]
    AttributeTwice,
    /// A prefix that no declaration binds.
    #[error("a prefix is used that no xmlns declares")]
    UnboundPrefix,
    /// A declaration that binds what may not be bound.
    #[error("a namespace declaration binds what may not be bound")]
    BadDeclaration,
    /// Start and end do not match, or the document ends too early.
    #[error("an element is not closed, or another is closed in its place")]
    Unbalanced,
    /// Text outside of the outermost element, or a second one.
    #[error("there is not exactly one outermost element")]
    NotOneRoot,
    /// Anything else that is not well formed.
    #[error("the markup is not well formed")]
    NotWellFormed,
}

impl XmlFaultKind {
    /// What the sender can do.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::TooManyBytes
            | Self::TooDeep
            | Self::TooManyAttributes
            | Self::AttributeTooLong
            | Self::TooManyNodes
            | Self::TooManyNamespaces => "send it as several messages, each as the schema has it",
            Self::DocumentType => "leave the document type out and write the text itself",
            Self::UnknownEntity => {
                "use &amp; &lt; &gt; &quot; &apos; or a character reference such as &#230;"
            }
            Self::UnknownEncoding | Self::WrongEncoding => {
                "write it in UTF-8 and declare that, or leave the declaration out"
            }
            Self::Declaration => {
                "begin with <?xml version=\"1.0\" encoding=\"UTF-8\"?> and nothing before it"
            }
            Self::ForbiddenCharacter => "leave control characters out of text and values",
            Self::UnboundPrefix | Self::BadDeclaration => {
                "declare every prefix with xmlns on the element or around it"
            }
            Self::BadName
            | Self::BadAttribute
            | Self::AttributeTwice
            | Self::Unbalanced
            | Self::NotOneRoot
            | Self::NotWellFormed => "write it with an XML library and hold it against the schema",
        }
    }
}
