//! Identity numbers become keyed pseudonyms, and pseudonyms become dense ids.
//!
//! `docs/reference/pseudonyms.md` says what that protects against and how a key is changed.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hashbrown::HashTable;

use super::IntakeError;

/// The secret that turns identity numbers into pseudonyms: 32 bytes. Never printed, never in the lake.
#[derive(Clone)]
pub struct PseudonymKey([u8; 32]);

impl fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PseudonymKey(secret)")
    }
}

impl PseudonymKey {
    /// A key from bytes, for tests and for the synthetic nation.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        PseudonymKey(bytes)
    }

    /// Reads a key file: 64 hexadecimal digits.
    ///
    /// # Errors
    /// When the file cannot be read, holds something else, or may be read or changed by others than its owner.
    pub fn read(path: &Path) -> Result<Self, IntakeError> {
        let failed = |source| IntakeError::KeyFile {
            act: "read",
            path: path.to_owned(),
            source,
        };
        let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(IntakeError::BadKey {
                path: path.to_owned(),
                what: "may be read or changed by others than its owner (chmod 600)",
            });
        }
        let text = fs::read_to_string(path).map_err(failed)?;
        let bad = || IntakeError::BadKey {
            path: path.to_owned(),
            what: "does not hold 64 hexadecimal digits",
        };
        let digits = text.trim().as_bytes();
        let mut key = [0u8; 32];
        if digits.len() != 64 {
            return Err(bad());
        }
        for (at, pair) in digits.chunks_exact(2).enumerate() {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
                return Err(bad());
            };
            key[at] = (high * 16 + low) as u8;
        }
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(IntakeError::BadKey {
                path: path.to_owned(),
                what: "holds one byte repeated, which anybody can guess",
            });
        }
        Ok(PseudonymKey(key))
    }

    /// Makes a new key of the system's randomness in a new file that only its owner may read.
    ///
    /// # Errors
    /// When the file exists or cannot be made.
    pub fn create(path: &Path) -> Result<Self, IntakeError> {
        let failed = |source| IntakeError::KeyFile {
            act: "create",
            path: path.to_owned(),
            source,
        };
        let mut key = [0u8; 32];
        File::open("/dev/urandom")
            .and_then(|mut random| random.read_exact(&mut key))
            .map_err(failed)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(failed)?;
        let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        file.write_all(text.as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .map_err(failed)?;
        file.sync_all().map_err(failed)?;
        Ok(PseudonymKey(key))
    }

    /// Reads the key, or makes it where the file is missing. The file must not lie inside the lake: whoever
    /// copies the lake would copy the key with it.
    ///
    /// # Errors
    /// As [`PseudonymKey::read`] and [`PseudonymKey::create`].
    pub fn read_or_create(path: &Path, lake: &Path) -> Result<Self, IntakeError> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        if let (Ok(folder), Ok(lake)) = (folder.canonicalize(), lake.canonicalize())
            && folder.starts_with(lake)
        {
            return Err(IntakeError::BadKey {
                path: path.to_owned(),
                what: "lies inside the lake",
            });
        }
        if path.exists() {
            PseudonymKey::read(path)
        } else {
            PseudonymKey::create(path)
        }
    }

    /// What a lake remembers of its key: enough to notice another key, useless to find this one.
    pub(crate) fn fingerprint(&self) -> String {
        let hash = blake3::keyed_hash(&self.0, b"riktig key fingerprint");
        hash.to_hex()[..16].to_owned()
    }

    /// A key for one purpose, so that hashes of different things can never be compared.
    pub(crate) fn derive(&self, purpose: &str) -> [u8; 32] {
        *blake3::keyed_hash(&self.0, purpose.as_bytes()).as_bytes()
    }
}

/// The 63-bit keyed hash of a delivered id; never -1.
pub(crate) fn event_hash(key: &[u8; 32], id: &[u8]) -> i64 {
    let hash = blake3::keyed_hash(key, id);
    let mut first = [0u8; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    (u64::from_le_bytes(first) >> 1) as i64
}

/// Pseudonyms in the order of their dense ids, with look-up.
#[derive(Debug, Clone, Default)]
pub(crate) struct PatientIndex {
    pseudonyms: Vec<[u8; 16]>,
    table: HashTable<u32>,
}

fn hash_of(pseudonym: &[u8; 16]) -> u64 {
    // Already uniform: the first half of a keyed hash is as good as any hash of it.
    let mut first = [0u8; 8];
    first.copy_from_slice(&pseudonym[..8]);
    u64::from_le_bytes(first)
}

impl PatientIndex {
    /// The dense id of an identity number, new or old.
    pub(crate) fn intern(&mut self, key: &[u8; 32], digits: &[u8; 11]) -> i32 {
        let hash = blake3::keyed_hash(key, digits);
        let mut pseudonym = [0u8; 16];
        pseudonym.copy_from_slice(&hash.as_bytes()[..16]);
        self.intern_pseudonym(pseudonym)
    }

    pub(crate) fn intern_pseudonym(&mut self, pseudonym: [u8; 16]) -> i32 {
        let PatientIndex { pseudonyms, table } = self;
        let hash = hash_of(&pseudonym);
        let entry = table.entry(
            hash,
            |id| pseudonyms[*id as usize] == pseudonym,
            |id| hash_of(&pseudonyms[*id as usize]),
        );
        match entry {
            hashbrown::hash_table::Entry::Occupied(entry) => *entry.get() as i32,
            hashbrown::hash_table::Entry::Vacant(entry) => {
                let id = pseudonyms.len() as u32;
                entry.insert(id);
                pseudonyms.push(pseudonym);
                id as i32
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.pseudonyms.len()
    }

    /// Pseudonyms given since the index had `from` of them.
    pub(crate) fn since(&self, from: usize) -> &[[u8; 16]] {
        &self.pseudonyms[from..]
    }

    /// Forgets the ids given since the index had `len` of them.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.table.retain(|id| (*id as usize) < len);
        self.pseudonyms.truncate(len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_keeps_the_id_and_another_key_gives_another_pseudonym() {
        let (one, two) = (
            PseudonymKey::from_bytes([1; 32]),
            PseudonymKey::from_bytes([2; 32]),
        );
        let mut index = PatientIndex::default();
        let key = one.derive("patients");
        assert_eq!(index.intern(&key, b"13097248022"), 0);
        assert_eq!(index.intern(&key, b"30108299920"), 1);
        assert_eq!(index.intern(&key, b"13097248022"), 0);
        assert_eq!(index.intern(&two.derive("patients"), b"13097248022"), 2);
        index.truncate(1);
        assert_eq!((index.intern(&key, b"30108299920"), index.len()), (1, 2));
        assert_ne!(one.fingerprint(), two.fingerprint());
    }

    #[test]
    fn a_key_is_made_once_readable_by_its_owner_alone_and_never_inside_the_lake() {
        let folder = tempfile::tempdir().expect("a folder");
        let lake = folder.path().join("lake");
        fs::create_dir(&lake).expect("made");
        let path = folder.path().join("key");
        let made = PseudonymKey::read_or_create(&path, &lake).expect("made");
        let read = PseudonymKey::read_or_create(&path, &lake).expect("read");
        assert_eq!(made.fingerprint(), read.fingerprint());
        assert_eq!(
            fs::metadata(&path).expect("there").permissions().mode() & 0o777,
            0o600
        );
        assert!(!format!("{made:?}").contains(&fs::read_to_string(&path).expect("text")[..8]));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("changed");
        let open = PseudonymKey::read(&path).expect_err("refused");
        assert!(open.to_string().contains("by others than its owner"));
        let zeros = folder.path().join("zeros");
        fs::write(&zeros, "0".repeat(64)).expect("written");
        fs::set_permissions(&zeros, fs::Permissions::from_mode(0o600)).expect("changed");
        assert!(matches!(
            PseudonymKey::read(&zeros),
            Err(IntakeError::BadKey { .. })
        ));
        let inside = PseudonymKey::read_or_create(&lake.join("key"), &lake);
        assert!(matches!(inside, Err(IntakeError::BadKey { .. })));
    }
}
