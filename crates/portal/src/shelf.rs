//! The editions that the portal has open: each read once, shared by every request, never changed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use riktig_lake::edition::{Edition, EditionError, Publication, PublicationError};
use riktig_reports::{ReportError, Reports};

/// One open edition and the reports made of it.
#[derive(Debug)]
pub struct OnShelf {
    name: String,
    reports: Reports<'static>,
}

impl OnShelf {
    /// Opens an edition, for [`Shelf::stand`]. Reads files, a second or two of a national year: not for the threads that
    /// answer. `synthetic` marks every page made of it as invented.
    ///
    /// # Errors
    /// The folder is no edition, or a definition in it cannot be read.
    pub fn open(name: &str, folder: &Path, synthetic: bool) -> Result<OnShelf, ShelfError> {
        let cannot = |source| ShelfError::Edition {
            folder: folder.to_owned(),
            source,
        };
        let edition = Arc::new(Edition::open(folder).map_err(cannot)?);
        let reports =
            Reports::shared(edition, synthetic).map_err(|source| ShelfError::Reports {
                folder: folder.to_owned(),
                source,
            })?;
        Ok(OnShelf {
            name: name.to_owned(),
            reports,
        })
    }

    /// The name by which addresses and the journal call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The edition itself.
    #[must_use]
    pub fn edition(&self) -> &Edition {
        self.reports.edition()
    }

    /// Its last month, then its name.
    fn place(&self) -> (&str, &str) {
        (&self.edition().meta().period.last, &self.name)
    }

    /// Makes reports of it.
    #[must_use]
    pub fn reports(&self) -> &Reports<'static> {
        &self.reports
    }
}

/// Every open edition.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By their last month and name: the newest stands last.
    editions: RwLock<Vec<Arc<OnShelf>>>,
}

/// Why an edition cannot stand on the shelf.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// A folder cannot be read as an edition.
    #[error("cannot open edition \"{}\"", folder.display())]
    Edition {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        source: EditionError,
    },
    /// What was published cannot be read.
    #[error("cannot read what was published of edition \"{}\"", folder.display())]
    Record {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: PublicationError,
    },
    /// Its bytes are not those that were published.
    #[error("cannot show edition \"{}\": its edition.json is not the one that was published", folder.display())]
    NotPublished {
        /// The folder.
        folder: PathBuf,
    },
    /// A definition in the edition cannot be read.
    #[error("cannot make reports of edition \"{}\"", folder.display())]
    Reports {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        source: ReportError,
    },
}

impl Shelf {
    /// Opens an edition whose bytes are those that were published, and puts it on the shelf.
    ///
    /// # Errors
    /// Those of [`OnShelf::open`]; [`ShelfError::NotPublished`] for other bytes; the record cannot be read.
    pub fn put_published(
        &self,
        name: &str,
        folder: &Path,
        synthetic: bool,
    ) -> Result<(), ShelfError> {
        let record = Publication::of(folder).map_err(|source| ShelfError::Record {
            folder: folder.to_owned(),
            source,
        })?;
        if record.published_at().is_none() {
            return Err(ShelfError::NotPublished {
                folder: folder.to_owned(),
            });
        }
        // The tables are held against their hashes in edition.json, and that against the record.
        self.put(name, folder, synthetic)
    }

    /// Opens an edition and puts it on the shelf.
    ///
    /// # Errors
    /// Those of [`OnShelf::open`].
    pub fn put(&self, name: &str, folder: &Path, synthetic: bool) -> Result<(), ShelfError> {
        self.stand(OnShelf::open(name, folder, synthetic)?);
        Ok(())
    }

    /// Puts an open edition on the shelf, in the place of one with the same name: from now on it is read.
    pub fn stand(&self, opened: OnShelf) {
        let mut editions = self
            .editions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        editions.retain(|open| open.name != opened.name);
        editions.push(Arc::new(opened));
        editions.sort_by(|a, b| a.place().cmp(&b.place()));
    }

    /// Takes an edition off; whoever reads it at this moment reads on.
    pub fn take_off(&self, name: &str) {
        self.editions
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|open| open.name != name);
    }

    /// Takes off what was open before the journal was read and does not stand there any more. What was put there meanwhile stays.
    pub(crate) fn follow(&self, before: &[Arc<OnShelf>], stands: impl Fn(&str) -> bool) {
        let gone = |open: &Arc<OnShelf>| {
            !stands(&open.name) && before.iter().any(|old| Arc::ptr_eq(old, open))
        };
        if self.read().iter().any(gone) {
            self.editions
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .retain(|open| !gone(open));
        }
    }

    /// The edition of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Arc<OnShelf>> {
        self.read().iter().find(|open| open.name == name).cloned()
    }

    /// The newest edition.
    #[must_use]
    pub fn newest(&self) -> Option<Arc<OnShelf>> {
        self.read().last().cloned()
    }

    /// Every open edition, the newest first.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<OnShelf>> {
        self.read().iter().rev().cloned().collect()
    }

    /// Every change is one call on a whole list, so a panic elsewhere cannot leave half of one.
    fn read(&self) -> RwLockReadGuard<'_, Vec<Arc<OnShelf>>> {
        self.editions.read().unwrap_or_else(PoisonError::into_inner)
    }
}
