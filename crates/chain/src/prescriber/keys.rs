//! The keys that doctors sign with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use riktig_codes::HprNumber;
use riktig_eresept::signature::{KeyError, SigningKey};

/// Each doctor's own key: a prescription is signed by the person who prescribes, never by the system.
#[derive(Debug, Clone, Default)]
pub struct Keys(BTreeMap<HprNumber, Arc<SigningKey>>);

/// A folder of keys that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file cannot be read.
    #[error("cannot read the signing keys at \"{}\"; it is a folder of pairs NUMBER.key and NUMBER.cer", file.display())]
    Read {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A pair is none.
    #[error("cannot use the signing key \"{}\" with the certificate beside it", file.display())]
    Key {
        /// Which.
        file: PathBuf,
        /// Why.
        source: KeyError,
    },
    /// A file's name is no HPR number.
    #[error("cannot tell whose signing key \"{}\" is; name it by the HPR number", file.display())]
    Name {
        /// Which.
        file: PathBuf,
    },
}

impl Keys {
    /// With the key of one doctor more.
    #[must_use]
    pub fn with(mut self, doctor: HprNumber, key: SigningKey) -> Self {
        self.0.insert(doctor, Arc::new(key));
        self
    }

    /// The keys of a folder: for each doctor `NUMBER.key` (RSA, PKCS #8, DER) and `NUMBER.cer` (DER), named by the HPR number.
    ///
    /// # Errors
    /// The folder or a file cannot be read, or a pair cannot be used.
    pub fn open(folder: &Path) -> Result<Self, KeysError> {
        let unread = |file: &Path, source| KeysError::Read {
            file: file.to_owned(),
            source,
        };
        let mut keys = Self::default();
        let entries = std::fs::read_dir(folder).map_err(|source| unread(folder, source))?;
        for entry in entries {
            let file = entry.map_err(|source| unread(folder, source))?.path();
            if file.extension().is_none_or(|it| it != "key") {
                continue;
            }
            let read = |file: &Path| std::fs::read(file).map_err(|source| unread(file, source));
            let (key, certificate) = (read(&file)?, read(&file.with_extension("cer"))?);
            let stem = file.file_stem().and_then(|it| it.to_str());
            let doctor = stem.and_then(|it| HprNumber::parse(it).ok()?.known());
            let doctor = doctor.ok_or_else(|| KeysError::Name { file: file.clone() })?;
            let key = SigningKey::new(&key, vec![certificate]);
            let key = key.map_err(|source| KeysError::Key { file, source })?;
            keys = keys.with(doctor, key);
        }
        Ok(keys)
    }

    /// Whether this doctor has a key here.
    pub fn has(&self, doctor: HprNumber) -> bool {
        self.0.contains_key(&doctor)
    }

    pub(super) fn of(&self, doctor: HprNumber) -> Option<Arc<SigningKey>> {
        self.0.get(&doctor).cloned()
    }
}
