//! The folder.

use std::fs;
use std::io;
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

impl Lake {
    /// Opens an existing lake.
    ///
    /// # Errors
    /// When the folder is no lake, or its manifest cannot be read or is of an unknown format.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let path = root.join(MANIFEST);
        let text = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => StoreError::NotALake(root.to_owned()),
            _ => StoreError::Io {
                act: "read",
                path: path.clone(),
                source,
            },
        })?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|source| StoreError::Json { path, source })?;
        if manifest.format != Manifest::FORMAT {
            return Err(StoreError::UnknownFormat {
                found: manifest.format,
                known: Manifest::FORMAT,
            });
        }
        Ok(Lake {
            root: root.to_owned(),
            manifest,
        })
    }

    /// Makes an empty lake in a new or empty folder.
    ///
    /// # Errors
    /// When the folder holds something, or cannot be written.
    pub fn create(root: &Path) -> Result<Self, StoreError> {
        let failed = |act, path: &Path| {
            let path = path.to_owned();
            move |source| StoreError::Io { act, path, source }
        };
        fs::create_dir_all(root).map_err(failed("create", root))?;
        if fs::read_dir(root)
            .map_err(failed("read", root))?
            .next()
            .is_some()
        {
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
        fs::write(&path, text).map_err(failed("write", &path))?;
        Ok(lake)
    }

    /// Opens the lake, or makes it where there is none.
    ///
    /// # Errors
    /// As [`Lake::open`] and [`Lake::create`].
    pub fn open_or_create(root: &Path) -> Result<Self, StoreError> {
        match Lake::open(root) {
            Err(StoreError::NotALake(_)) => Lake::create(root),
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
