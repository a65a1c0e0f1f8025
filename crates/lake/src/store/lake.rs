//! The folder.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::{Dictionaries, Dictionary, Entry, FileEntry, Manifest, StoreError};

/// An opened lake: a folder and the manifest as it was when the lake was opened.
///
/// A lake that is open for reading stays what it was while an intake replaces the manifest: files are
/// immutable and old ones are removed only by `riktig verify --prune`.
#[derive(Debug, Clone)]
pub struct Lake {
    root: PathBuf,
    manifest: Manifest,
}

/// Name of the manifest in the folder.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The next manifest, until it is renamed.
const MANIFEST_NEW: &str = "manifest.json.new";
/// Name of the file that an intake holds.
pub(crate) const LOCK: &str = "lock";

/// A lake holds pseudonyms of patients: its folders and files are its owner's alone.
pub(crate) const PRIVATE_FOLDER: u32 = 0o700;
const PRIVATE_FILE: u32 = 0o600;

/// Makes a file of the lake, or empties it where it is there.
pub(crate) fn private_file(path: &Path) -> io::Result<fs::File> {
    fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(PRIVATE_FILE)
        .open(path)
}

fn failed(act: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { act, path, source }
}

impl Lake {
    /// Opens an existing lake.
    ///
    /// # Errors
    /// When the folder is no lake, or its manifest cannot be read or is of an unknown format.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(MANIFEST);
        let manifest = match Manifest::read(&path) {
            Err(StoreError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::NotALake(root.to_owned()));
            }
            read => read?,
        };
        Ok(Lake {
            root: root.to_owned(),
            manifest,
        })
    }

    /// Makes an empty lake in a new or empty folder.
    ///
    /// # Errors
    /// When the folder holds something or cannot be written, or an intake is making a lake there now.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        Lake::prepare(root)?;
        let _lock = crate::intake::LakeLock::take(root)?;
        Lake::create_locked(root)
    }

    /// Makes the folder where there is none, and refuses one that holds something else than a lake or what an
    /// intake leaves that was killed while it made one.
    pub(crate) fn prepare(root: &Path) -> Result<(), StoreError> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(PRIVATE_FOLDER)
            .create(root)
            .map_err(failed("create", root))?;
        if root.join(MANIFEST).exists() {
            return Ok(());
        }
        for entry in fs::read_dir(root).map_err(failed("read", root))? {
            let name = entry.map_err(failed("read", root))?.file_name();
            if name != LOCK && name != MANIFEST_NEW {
                return Err(StoreError::NotEmpty(root.to_owned()));
            }
        }
        Ok(())
    }

    /// Writes the manifest of an empty lake, whole or not at all; the caller holds the lock.
    fn create_locked(root: &Path) -> Result<Self, StoreError> {
        if root.join(MANIFEST).exists() {
            return Err(StoreError::NotEmpty(root.to_owned()));
        }
        let lake = Lake {
            root: root.to_owned(),
            manifest: Manifest::new(),
        };
        let path = root.join(MANIFEST);
        let text =
            serde_json::to_vec_pretty(&lake.manifest).map_err(|source| StoreError::Json {
                path: path.clone(),
                source,
            })?;
        // Killed before the rename, the folder is still no lake; after it, a whole one.
        let new = root.join(MANIFEST_NEW);
        private_file(&new)
            .and_then(|mut file| {
                file.write_all(&text)?;
                file.sync_all()
            })
            .map_err(failed("write", &new))?;
        fs::rename(&new, &path).map_err(failed("rename", &new))?;
        fs::File::open(root)
            .and_then(|folder| folder.sync_all())
            .map_err(failed("write", root))?;
        Ok(lake)
    }

    /// Opens the lake, or makes it where there is none; the caller holds the lock, so that of two first intakes
    /// one makes the lake.
    pub(crate) fn open_or_create_locked(root: &Path) -> Result<Self, StoreError> {
        match Lake::open(root) {
            Err(StoreError::NotALake(_)) => Lake::create_locked(root),
            other => other,
        }
    }

    /// The folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The state when the lake was opened.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where a listed file lies.
    #[must_use]
    pub fn path_of(&self, file: &FileEntry) -> PathBuf {
        self.root.join(&file.path)
    }

    /// Loads all dictionaries.
    ///
    /// # Errors
    /// When a dictionary cannot be read.
    pub fn dictionaries(&self) -> Result<Dictionaries, StoreError> {
        Ok(Dictionaries {
            drugs: self.dictionary("drugs")?,
            diagnoses: self.dictionary("diagnoses")?,
            prescribers: self.dictionary("prescribers")?,
            areas: self.dictionary("areas")?,
            practices: self.dictionary("practices")?,
            groups: self.dictionary("groups")?,
            specialties: self.dictionary("specialties")?,
            guideline_codes: self.dictionary("guideline_codes")?,
        })
    }

    fn dictionary<E: Entry + DeserializeOwned>(
        &self,
        name: &str,
    ) -> Result<Dictionary<E>, StoreError> {
        let Some(file) = self.manifest.dictionaries.files.get(name) else {
            return Ok(Dictionary::default());
        };
        let path = self.path_of(file);
        let text = fs::read(&path).map_err(|source| StoreError::Io {
            act: "read",
            path: path.clone(),
            source,
        })?;
        let entries: Vec<E> =
            serde_json::from_slice(&text).map_err(|source| StoreError::Json { path, source })?;
        Ok(entries.into_iter().collect())
    }
}
