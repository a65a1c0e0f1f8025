//! The journal's keys: a text file that the server reads and the database never sees.

use std::fmt;
use std::path::Path;

use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Length of every key in bytes.
const LENGTH: usize = 32;

/// The journal's keys.
///
/// A text file with one key a line: purpose, number, 32 bytes as Base64. `#` begins a remark. Of each purpose the highest
/// number is used for what is written; the others are kept for what was written before.
///
/// - `lookup`: hashes of identities.
/// - `field`: encryption of identities.
/// - `anchor`: the signature on the end of the log.
///
/// ```
/// use riktig_journal::identity::Keys;
/// let made = Keys::generate()?;
/// assert!(Keys::parse(&made).is_ok());
/// assert!(Keys::parse("field 1 c2hvcnQ=").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Keys {
    lookup: Vec<Key>,
    field: Vec<Key>,
    anchor: Vec<Key>,
    file: Option<String>,
}

/// A key with its number.
#[derive(Clone)]
struct Key {
    number: u32,
    bytes: [u8; LENGTH],
}

/// What can be wrong with the keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file cannot be read.
    #[error("cannot read the file of keys {path:?}")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Others than its owner may read the file.
    #[error("cannot use the file of keys {path:?}: others than its owner may read it")]
    Open {
        /// The file.
        path: String,
    },
    /// A line is not a key.
    #[error("cannot read the keys at line {line}: {rule}")]
    Line {
        /// From 1.
        line: usize,
        /// What is expected.
        rule: &'static str,
    },
    /// A purpose has no key.
    #[error("cannot use the keys: there is none for {purpose}")]
    Missing {
        /// `lookup`, `field` or `anchor`.
        purpose: &'static str,
    },
    /// The operating system gave no chance.
    #[error("cannot get random bytes from the operating system")]
    Chance,
}

impl Keys {
    /// Reads a file that its owner alone may read.
    ///
    /// # Errors
    /// Where it cannot be read, may be read by others, or [`Keys::parse`] refuses it.
    pub fn read(path: &Path) -> Result<Self, KeysError> {
        let shown = || path.display().to_string();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let about = std::fs::metadata(path);
            let about = about.map_err(|source| KeysError::Read {
                path: shown(),
                source,
            })?;
            if about.permissions().mode() & 0o077 != 0 {
                return Err(KeysError::Open { path: shown() });
            }
        }
        let text = std::fs::read_to_string(path);
        let mut keys = Self::parse(&text.map_err(|source| KeysError::Read {
            path: shown(),
            source,
        })?)?;
        keys.file = Some(shown());
        Ok(keys)
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// At the first line that is no key, where a number comes twice, and where a purpose has none.
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let mut keys = Self {
            lookup: Vec::new(),
            field: Vec::new(),
            anchor: Vec::new(),
            file: None,
        };
        for (index, line) in text.lines().enumerate() {
            let line_error = |rule| KeysError::Line {
                line: index + 1,
                rule,
            };
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            keys.take(line).map_err(line_error)?;
        }
        for (purpose, of) in [
            ("lookup", &mut keys.lookup),
            ("field", &mut keys.field),
            ("anchor", &mut keys.anchor),
        ] {
            if of.is_empty() {
                return Err(KeysError::Missing { purpose });
            }
            of.sort_by_key(|key| std::cmp::Reverse(key.number));
        }
        Ok(keys)
    }

    fn take(&mut self, line: &str) -> Result<(), &'static str> {
        let mut words = line.split_whitespace();
        let (Some(purpose), Some(number), Some(bytes), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err("a key is its purpose, its number and 32 bytes as Base64");
        };
        let of = match purpose {
            "lookup" => &mut self.lookup,
            "field" => &mut self.field,
            "anchor" => &mut self.anchor,
            _ => return Err("the purpose is lookup, field or anchor"),
        };
        let number = number
            .parse()
            .map_err(|_| "the number of a key is 1 or more")?;
        let bytes = STANDARD
            .decode(bytes)
            .ok()
            .and_then(|bytes| bytes.try_into().ok());
        let bytes = bytes.ok_or("a key has 32 bytes, written as Base64")?;
        if number == 0 || of.iter().any(|key| key.number == number) {
            return Err("a number is 1 or more and comes once for each purpose");
        }
        of.push(Key { number, bytes });
        Ok(())
    }

    /// The text of a file with one new key for each purpose.
    ///
    /// # Errors
    /// Where the operating system gives no chance.
    pub fn generate() -> Result<String, KeysError> {
        let mut text = "# Keys of the journal. Lost keys are lost identities: keep a copy apart from the database.\n".to_owned();
        for purpose in ["lookup", "field", "anchor"] {
            let mut bytes = [0; LENGTH];
            rand::fill(&mut bytes).map_err(|_| KeysError::Chance)?;
            text.push_str(&format!("{purpose} 1 {}\n", STANDARD.encode(bytes)));
        }
        Ok(text)
    }

    /// The hash by which a new identity is kept: HMAC-SHA256 over what it is of and its text.
    pub(crate) fn lookup(&self, of: &str, text: &str) -> [u8; 32] {
        mac(&self.lookup[0], of, text.as_bytes())
    }

    /// The hashes by which an identity may have been kept, the present key's first.
    pub(crate) fn lookups(&self, of: &str, text: &str) -> Vec<[u8; 32]> {
        self.lookup
            .iter()
            .map(|key| mac(key, of, text.as_bytes()))
            .collect()
    }

    /// Number and value of each key of look-up, by which a journal knows its keys: the keyed hash of a fixed text.
    pub(super) fn checks(&self) -> impl Iterator<Item = (u32, [u8; 32])> {
        self.lookup
            .iter()
            .map(|key| (key.number, mac(key, "check", b"riktig journal")))
    }

    /// The file that they were read from.
    pub(super) fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The key that names new cards.
    pub(crate) fn name(&self) -> NameKey<'_> {
        NameKey(&self.lookup[0])
    }

    /// The keys that may have named a card, the present one first.
    pub(crate) fn names(&self) -> impl Iterator<Item = NameKey<'_>> {
        self.lookup.iter().map(NameKey)
    }

    /// The key for new fields.
    pub(super) fn newest_field(&self) -> (u32, &[u8; LENGTH]) {
        (self.field[0].number, &self.field[0].bytes)
    }

    /// A field's key by its number.
    pub(super) fn field(&self, number: u32) -> Option<&[u8; LENGTH]> {
        let key = self.field.iter().find(|key| key.number == number);
        key.map(|key| &key.bytes)
    }

    /// The signature on the log's end, with the number of its key.
    pub(crate) fn sign_anchor(&self, text: &[u8]) -> (u32, [u8; 32]) {
        self.sign("anchor", text)
    }

    /// Whether a signature on the log's end is ours.
    pub(crate) fn anchor_is_ours(&self, number: u32, text: &[u8], signature: &[u8]) -> bool {
        self.is_ours("anchor", number, text, signature)
    }

    /// The signature on a back-up's checksum, with the number of its key.
    pub(crate) fn sign_backup(&self, checksum: &[u8]) -> (u32, [u8; 32]) {
        self.sign("backup", checksum)
    }

    /// Whether a signature on a back-up is ours.
    pub(crate) fn backup_is_ours(&self, number: u32, checksum: &[u8], signature: &[u8]) -> bool {
        self.is_ours("backup", number, checksum, signature)
    }

    fn sign(&self, of: &str, text: &[u8]) -> (u32, [u8; 32]) {
        (self.anchor[0].number, mac(&self.anchor[0], of, text))
    }

    fn is_ours(&self, of: &str, number: u32, text: &[u8], signature: &[u8]) -> bool {
        let key = self.anchor.iter().find(|key| key.number == number);
        key.is_some_and(|key| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, &key.bytes);
            hmac::verify(&key, &[of.as_bytes(), b"\0", text].concat(), signature).is_ok()
        })
    }
}

/// A key by which cards of advice are named: a patient's id is in the name, and without the key nobody can try ids until one fits.
pub struct NameKey<'k>(&'k Key);

impl NameKey<'_> {
    /// The keyed hash of a text.
    #[must_use]
    pub fn hash(&self, text: &[u8]) -> [u8; 16] {
        let whole = mac(self.0, "card", text);
        *whole.first_chunk().expect("HMAC-SHA256 has 32 bytes")
    }
}

/// No key is printed.
impl fmt::Debug for NameKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NameKey({})", self.0.number)
    }
}

fn mac(key: &Key, of: &str, text: &[u8]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key.bytes);
    let tag = hmac::sign(&key, &[of.as_bytes(), b"\0", text].concat());
    tag.as_ref().try_into().expect("HMAC-SHA256 has 32 bytes")
}

/// No key is printed.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lookup, field, anchor) = (self.lookup.len(), self.field.len(), self.anchor.len());
        write!(f, "Keys({lookup} lookup, {field} field, {anchor} anchor)")
    }
}
