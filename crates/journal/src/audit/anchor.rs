//! An anchor: the end of the log at a moment, signed, to be kept apart from the database.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::HEAD;
use super::chain::Hash;
use crate::store::{Journal, JournalError, params};

/// The end of the log at a moment, signed with the journal's key. Who cuts lines off the end of the log, or writes it
/// anew, cannot make an anchor that fits without the key; [`verify`](super::verify()) holds the log against those that were
/// kept apart.
///
/// Its text is one line: `riktig-anchor-1`, the number of the last line, its hash, the moment, the number of the key and
/// the signature (HMAC-SHA256 over what stands before it), with a space between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    line: i64,
    hash: Hash,
    at: Timestamp,
    key: u32,
    signature: [u8; 32],
}

/// The text is no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot read an anchor of the log: it is six words on a line, beginning with {FORM}")]
pub struct AnchorError;

const FORM: &str = "riktig-anchor-1";

/// The end of the log at the moment, or nothing where it is empty.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn anchor(journal: &Journal, now: Timestamp) -> Result<Option<Anchor>, JournalError> {
    let Some(head) = journal.reading().await?.row(HEAD, params![]).await? else {
        return Ok(None);
    };
    let (line, hash) = (head.get(0)?, head.get(1)?);
    let (key, signature) = journal
        .keys()
        .sign_anchor(signed(line, &hash, now).as_bytes());
    Ok(Some(Anchor {
        line,
        hash,
        at: now,
        key,
        signature,
    }))
}

impl Anchor {
    /// The line that was the last.
    pub fn line(&self) -> i64 {
        self.line
    }

    /// Its hash.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// When it was the last.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    pub(super) fn is_ours(&self, journal: &Journal) -> bool {
        let text = signed(self.line, &self.hash, self.at);
        journal
            .keys()
            .anchor_is_ours(self.key, text.as_bytes(), &self.signature)
    }
}

fn signed(line: i64, hash: &Hash, at: Timestamp) -> String {
    format!("{FORM} {line} {} {at}", hex(hash))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 64 || !text.bytes().all(lower) {
        return None;
    }
    let mut bytes = [0; 32];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(bytes)
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = signed(self.line, &self.hash, self.at);
        write!(f, "{text} {} {}", self.key, hex(&self.signature))
    }
}

impl FromStr for Anchor {
    type Err = AnchorError;
    fn from_str(text: &str) -> Result<Self, AnchorError> {
        let words: Vec<&str> = text.split(' ').collect();
        let [FORM, line, hash, at, key, signature] = words[..] else {
            return Err(AnchorError);
        };
        let read = || {
            let line = line.parse().ok().filter(|line| *line > 0)?;
            let (hash, signature) = (from_hex(hash)?, from_hex(signature)?);
            Some(Self {
                line,
                hash,
                at: at.parse().ok()?,
                key: key.parse().ok()?,
                signature,
            })
        };
        read().ok_or(AnchorError)
    }
}
