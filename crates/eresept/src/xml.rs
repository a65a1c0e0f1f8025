//! XML without loss: a tree that keeps what a signature covers, read within bounds and written so that the canonical form is equal.
//!
//! ```
//! use riktig_eresept::xml::Document;
//! let read = Document::read(b"<a xmlns='urn:x' b = 'one&#10;two'><!-- kept --><unheard-of/></a>")?;
//! assert_eq!(read.root().attribute("b"), Some("one\ntwo"));
//! // Quotes and the place of white space inside a tag are no part of a document; everything else comes back.
//! assert_eq!(
//!     String::from_utf8(read.write()).unwrap(),
//!     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:x\" b=\"one&#10;two\"><!-- kept --><unheard-of></unheard-of></a>",
//! );
//! # Ok::<(), riktig_eresept::xml::XmlFault>(())
//! ```
//!
//! Read are namespaced XML 1.0 documents in UTF-8, UTF-16 with a byte order mark, ISO-8859-1 and windows-1252. A document type is
//! refused, and with it every entity that a document could define: what expands is never read. Everything else has a bound
//! ([`Limits`]), so a hostile document costs no more than an honest one of its size.

mod characters;
mod document;
mod element;
mod encoding;
mod fault;
mod markup;
mod names;
mod reader;
mod scope;
mod writer;

pub use document::{Aside, Document};
pub use element::{Attribute, Declaration, Element, Node};
pub use fault::{XmlFault, XmlFaultKind};
pub use reader::Limits;
