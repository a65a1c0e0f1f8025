//! The secret that a browser holds.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::store::JournalError;

/// Bytes of chance in it: 256 bits.
const LENGTH: usize = 32;

/// The secret that a browser holds in its cookie: 256 bits of chance. It is not printed by accident.
///
/// ```
/// use riktig_journal::session::Token;
/// let text = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// let token = Token::parse(text).unwrap();
/// assert_eq!(token.reveal(), text);
/// assert_eq!(format!("{token:?}"), "Token(…)");
/// assert!(Token::parse("AAAA").is_none());
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; LENGTH]);

impl Token {
    /// A new one.
    pub(super) fn draw() -> Result<Self, JournalError> {
        let mut bytes = [0; LENGTH];
        rand::fill(&mut bytes).map_err(|_| JournalError::Chance)?;
        Ok(Self(bytes))
    }

    /// Reads the text of a cookie: 43 characters of Base64 for addresses, in their one spelling.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The text for the cookie, and for nothing else.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the journal holds of it.
    pub(super) fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let hash = digest(&SHA256, bytes);
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}
