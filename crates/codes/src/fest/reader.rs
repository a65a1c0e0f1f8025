//! The walk through the document.

use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::conversion;
use super::element::Element;
use super::limited::{EventTooLarge, Limited};
use super::{FestEntry, FestError};

/// The deepest nesting that is followed. FEST needs about ten levels.
pub const MAX_DEPTH: usize = 64;
/// The largest tag or text. The longest texts of FEST (conditions, warnings) are a few thousand bytes.
pub const MAX_EVENT_BYTES: usize = 256 * 1024;
/// The largest entry that is kept while it is looked at. The largest packs are some tens of thousands of bytes.
pub const MAX_ENTRY_BYTES: usize = 1024 * 1024;

/// The entries that are handed out; all others are passed over.
const WANTED: [&str; 7] = [
    "OppfLegemiddelpakning",
    "OppfLegemiddelMerkevare",
    "OppfLegemiddeldose",
    "OppfLegemiddelVirkestoff",
    "OppfVirkestoff",
    "OppfVilkar",
    "OppfInteraksjon",
];

/// Reads FEST entry by entry. After an error the iterator ends.
#[derive(Debug)]
pub struct FestReader<R> {
    xml: Reader<Limited<R>>,
    buffer: Vec<u8>,
    /// Names are not kept, only how deep we are outside entries.
    depth: usize,
    is_fest: bool,
    fetched: Option<String>,
    finished: bool,
}

/// What one step through the document brought.
enum Step {
    Open { element: Element, is_empty: bool },
    Text(String),
    Close,
    Nothing,
    End,
}

impl<R: BufRead> FestReader<R> {
    /// Reads from a source of plain XML. A zip file has to be opened by the caller.
    pub fn new(source: R) -> Self {
        let mut xml = Reader::from_reader(Limited::new(source, MAX_EVENT_BYTES));
        xml.config_mut().check_end_names = true;
        Self {
            xml,
            buffer: Vec::new(),
            depth: 0,
            is_fest: false,
            fetched: None,
            finished: false,
        }
    }

    /// When the file was made (`HentetDato`), once the reader has passed it.
    pub fn fetched(&self) -> Option<&str> {
        self.fetched.as_deref()
    }

    /// Bytes that the reader holds for the current piece of XML, for tests of its modesty.
    pub fn buffered_bytes(&self) -> usize {
        self.buffer.capacity()
    }

    /// Bytes read so far, for progress.
    pub fn bytes_read(&self) -> u64 {
        self.xml.buffer_position()
    }

    fn step(&mut self) -> Result<Step, FestError> {
        self.buffer.clear();
        self.xml.get_mut().restart();
        let position = self.xml.buffer_position();
        let event = match self.xml.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(xml_error(error, self.xml.error_position())),
        };
        match event {
            Event::Start(start) => Ok(Step::Open {
                element: element(&start, position)?,
                is_empty: false,
            }),
            Event::Empty(start) => Ok(Step::Open {
                element: element(&start, position)?,
                is_empty: true,
            }),
            Event::End(_) => Ok(Step::Close),
            Event::Text(text) => Ok(Step::Text(text.xml10_content().into_owned())),
            Event::CData(text) => Ok(Step::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(reference) => referenced(&reference, position).map(Step::Text),
            Event::DocType(_) => Err(FestError::Entity { position }),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => Ok(Step::Nothing),
            Event::Eof => Ok(Step::End),
        }
    }

    /// The next wanted entry outside of any entry; `None` at the end of the document.
    fn next_entry(&mut self) -> Result<Option<FestEntry>, FestError> {
        loop {
            match self.step()? {
                Step::Open { element, is_empty } => {
                    self.is_fest |= self.depth == 0
                        && (element.name == "FEST" || element.name.starts_with("Oppf"));
                    if WANTED.contains(&element.name.as_str()) {
                        let entry = if is_empty {
                            element
                        } else {
                            self.whole(element)?
                        };
                        if let Some(entry) = conversion::entry(&entry, self.bytes_read())? {
                            return Ok(Some(entry));
                        }
                    } else if element.name == "HentetDato" && !is_empty {
                        self.fetched = Some(self.whole(element)?.text.trim().to_owned());
                    } else if !is_empty {
                        self.descend()?;
                    }
                }
                Step::Close => self.depth = self.depth.saturating_sub(1),
                Step::Text(_) | Step::Nothing => {}
                Step::End => return self.end().map(|()| None),
            }
        }
    }

    /// The document may end only where all is closed, and only if it was FEST.
    fn end(&self) -> Result<(), FestError> {
        match (self.depth, self.is_fest) {
            (0, true) => Ok(()),
            (0, false) => Err(FestError::NotFest),
            _ => Err(FestError::Truncated {
                position: self.bytes_read(),
            }),
        }
    }

    fn descend(&mut self) -> Result<(), FestError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            Err(self.too_deep())
        } else {
            Ok(())
        }
    }

    fn too_deep(&self) -> FestError {
        FestError::TooLarge {
            position: self.bytes_read(),
            what: "the nesting",
            limit: "64 levels",
        }
    }

    /// The element with everything inside, up to its end tag.
    fn whole(&mut self, root: Element) -> Result<Element, FestError> {
        let mut open = vec![root];
        let mut bytes = 0;
        loop {
            match self.step()? {
                Step::Open { element, is_empty } => {
                    bytes += element.name.len() + size_of::<Element>();
                    match open.last_mut() {
                        Some(parent) if is_empty => parent.children.push(element),
                        _ => open.push(element),
                    }
                    if open.len() > MAX_DEPTH {
                        return Err(self.too_deep());
                    }
                }
                Step::Text(text) => {
                    bytes += text.len();
                    if let Some(parent) = open.last_mut() {
                        parent.text.push_str(&text);
                    }
                }
                Step::Close => {
                    let Some(closed) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(closed),
                        None => return Ok(closed),
                    }
                }
                Step::Nothing => {}
                Step::End => {
                    return Err(FestError::Truncated {
                        position: self.bytes_read(),
                    });
                }
            }
            if bytes > MAX_ENTRY_BYTES {
                let position = self.bytes_read();
                return Err(FestError::TooLarge {
                    position,
                    what: "an entry",
                    limit: "1 MiB",
                });
            }
        }
    }
}

impl<R: BufRead> Iterator for FestReader<R> {
    type Item = Result<FestEntry, FestError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        let next = self.next_entry().transpose();
        self.finished = !matches!(next, Some(Ok(_)));
        next
    }
}

fn element(start: &BytesStart<'_>, position: u64) -> Result<Element, FestError> {
    let mut element = Element {
        name: start.local_name().as_ref().to_owned(),
        ..Element::default()
    };
    // Without the check for repeated attributes, which takes quadratic time.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| xml_error(error.into(), position))?;
        let place = match attribute.key.local_name().as_ref() {
            "V" => &mut element.v,
            "DN" => &mut element.dn,
            "S" => &mut element.s,
            "U" => &mut element.u,
            _ => continue,
        };
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| xml_error(error, position))?;
        *place = Some(value.into_owned());
    }
    Ok(element)
}

/// The character behind `&#248;` or one of the five names that XML itself knows.
fn referenced(reference: &BytesRef<'_>, position: u64) -> Result<String, FestError> {
    if let Some(character) = reference
        .resolve_char_ref()
        .map_err(|error| xml_error(error, position))?
    {
        return Ok(character.to_string());
    }
    let predefined =
        quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).map(str::to_owned);
    predefined.ok_or(FestError::Entity { position })
}

fn xml_error(error: quick_xml::Error, position: u64) -> FestError {
    let too_large = |error: &std::io::Error| {
        error
            .get_ref()
            .is_some_and(|inner| inner.is::<EventTooLarge>())
    };
    match error {
        quick_xml::Error::Io(io) if too_large(&io) => FestError::TooLarge {
            position,
            what: "a tag or a text",
            limit: "256 KiB",
        },
        quick_xml::Error::Escape(_) => FestError::Entity { position },
        source => FestError::Xml { position, source },
    }
}
