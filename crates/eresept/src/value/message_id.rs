//! The number of a message.

use std::fmt;

/// A message's number (`MsgId`), which is also the number of the prescription that an M1 carries (`ReseptId`): a UUID in every message
/// of today; kept as written, because others refer to it as written.
///
/// ```
/// use riktig_eresept::MessageId;
/// assert!(MessageId::parse("ef36537f-563b-4fb1-b93d-1681170f9817").is_some_and(|id| id.is_uuid()));
/// // Old examples refer to conversations in words. That is read, and is no UUID.
/// assert!(MessageId::parse("a conversation").is_some_and(|id| !id.is_uuid()));
/// assert!(MessageId::parse(" ").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(Box<str>);

/// The longest number that is read.
const MAX_BYTES: usize = 100;

impl MessageId {
    /// Reads a number: any text without control characters, at most 100 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let right = (1..=MAX_BYTES).contains(&text.len()) && !text.contains(char::is_control);
        right.then(|| Self(text.into()))
    }

    /// Whether it has the form of a UUID. The live intermediary wants one (reject code E10).
    pub fn is_uuid(&self) -> bool {
        let hyphens = [8, 13, 18, 23];
        self.0.len() == 36
            && self.0.bytes().enumerate().all(|(place, byte)| {
                if hyphens.contains(&place) {
                    byte == b'-'
                } else {
                    byte.is_ascii_hexdigit()
                }
            })
    }

    /// As two of them are compared: a UUID in capitals is the same number.
    pub fn compared(&self) -> String {
        match self.is_uuid() {
            true => self.0.to_ascii_lowercase(),
            false => self.0.to_string(),
        }
    }

    /// The number as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
