//! Where the kernel's rows come from.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

use riktig_codes::Month;

use super::KernelError;
use crate::store::{
    Admissions, Antibiotics, Contacts, Dataset, Dictionaries, Inhabitants, Lake, MISSING,
    PracticeLists, SegmentEntry, SegmentReader, SegmentRows,
};

/// Which of a month's contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactPart {
    /// With an infection diagnosis, or all others.
    pub infection: bool,
    /// Only row groups of the last ten days, which the next month links to.
    pub tail: bool,
}

/// A lake's segments, or anything that can play them (rows in memory, raw delivery files).
pub trait Input: Sync {
    /// What the ids in the rows mean.
    fn dictionaries(&self) -> &Dictionaries;

    /// A month's antibiotics, in any order; empty where there are none.
    ///
    /// # Errors
    /// When they cannot be read.
    fn antibiotics(&self, month: Month) -> Result<Antibiotics, KernelError>;

    /// Takes back the rows of a month that is done, whose memory another may use.
    fn done_with(&self, _rows: Antibiotics) {}

    /// Shows a month's contacts in batches, best sorted by patient within a batch.
    ///
    /// # Errors
    /// When they cannot be read.
    fn contacts(
        &self,
        month: Month,
        part: ContactPart,
        visit: &mut dyn FnMut(&Contacts),
    ) -> Result<(), KernelError>;

    /// Shows all of a month's contacts, or all of its tail, each batch with whether it is of infections.
    ///
    /// An input that cannot read the two apart does it in one go here.
    ///
    /// # Errors
    /// When they cannot be read.
    fn all_contacts(
        &self,
        month: Month,
        tail: bool,
        visit: &mut dyn FnMut(bool, &Contacts),
    ) -> Result<(), KernelError> {
        for infection in [true, false] {
            let part = ContactPart { infection, tail };
            self.contacts(month, part, &mut |rows| visit(infection, rows))?;
        }
        Ok(())
    }

    /// A month's practice lists.
    ///
    /// # Errors
    /// When they cannot be read.
    fn practice_lists(&self, month: Month) -> Result<PracticeLists, KernelError>;

    /// A month's admissions to hospital, in any order; empty where there are none.
    ///
    /// # Errors
    /// When they cannot be read.
    fn admissions(&self, month: Month) -> Result<Admissions, KernelError>;

    /// Where computed months may be kept, and what names everything that a month's part is made from: its rows and the
    /// contacts of the month before. `None`: compute anew every time.
    fn kept(&self, _month: Month) -> Option<(PathBuf, String)> {
        None
    }

    /// Every inhabitants row.
    ///
    /// # Errors
    /// When they cannot be read.
    fn inhabitants(&self) -> Result<Inhabitants, KernelError>;

    /// Lets go of whatever it keeps between months to read them faster: all months have been read.
    fn rest(&self) {}
}

/// What links and sums look at; `line` and `area` of contacts are not read.
const CONTACT_COLUMNS: [&str; 12] = [
    "event",
    "patient",
    "prescriber",
    "day",
    "minute",
    "setting",
    "form",
    "diagnosis_1",
    "diagnosis_2",
    "diagnosis_3",
    "age",
    "sex",
];
/// The day of prescribing is of use beside `waiting` only, see [`PRESCRIBED_COLUMNS`].
const ANTIBIOTIC_COLUMNS: [&str; 13] = [
    "event",
    "patient",
    "prescriber",
    "day",
    "drug",
    "items",
    "ddd_milli",
    "units_milli",
    "diagnosis",
    "age",
    "sex",
    "area",
    "waiting",
];
/// Read of a month in which prescriptions say whether they were to wait.
const PRESCRIBED_COLUMNS: [&str; 1] = ["prescribed"];
const LIST_COLUMNS: [&str; 6] = [
    "prescriber",
    "practice",
    "age_from",
    "age_to",
    "sex",
    "patients",
];
const ADMISSION_COLUMNS: [&str; 5] = ["patient", "day", "diagnosis_1", "diagnosis_2", "acute"];

/// The segments of a lake.
pub struct LakeInput<'a> {
    lake: &'a Lake,
    dictionaries: Dictionaries,
    /// Room for a row group of contacts, one for each thread that has read some: a national year has a hundred groups.
    room: Mutex<Vec<Contacts>>,
    /// The same for a month's antibiotics.
    antibiotics: Mutex<Vec<Antibiotics>>,
}

impl<'a> LakeInput<'a> {
    /// Loads the dictionaries.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn new(lake: &'a Lake) -> Result<LakeInput<'a>, KernelError> {
        Ok(LakeInput {
            lake,
            dictionaries: lake.dictionaries()?,
            room: Mutex::default(),
            antibiotics: Mutex::default(),
        })
    }

    fn open<R: SegmentRows>(
        &self,
        entry: &SegmentEntry,
        columns: &[&str],
    ) -> Result<SegmentReader<R>, KernelError> {
        Ok(SegmentReader::open(
            &self.lake.path_of(entry.current()),
            columns,
        )?)
    }

    fn room(&self) -> MutexGuard<'_, Vec<Contacts>> {
        self.room
            .lock()
            .expect("no thread panics while it holds the lock")
    }

    fn spare(&self) -> MutexGuard<'_, Vec<Antibiotics>> {
        self.antibiotics
            .lock()
            .expect("no thread panics while it holds the lock")
    }

    /// All rows of a dataset and month.
    pub(crate) fn rows<R: SegmentRows>(
        &self,
        dataset: Dataset,
        month: Option<Month>,
        columns: &[&str],
    ) -> Result<R, KernelError> {
        let mut rows = R::default();
        self.append(dataset, month, columns, &mut rows)?;
        Ok(rows)
    }

    fn append<R: SegmentRows>(
        &self,
        dataset: Dataset,
        month: Option<Month>,
        columns: &[&str],
        rows: &mut R,
    ) -> Result<(), KernelError> {
        for entry in self.lake.manifest().segments_of(dataset, month) {
            let reader = self.open(entry, columns)?;
            for group in 0..reader.row_groups().len() {
                reader.append(group, rows)?;
            }
        }
        Ok(())
    }

    /// All rows of a dataset, whatever its months.
    pub(crate) fn register<R: SegmentRows>(&self, dataset: Dataset) -> Result<R, KernelError> {
        let mut rows = R::default();
        for entry in self.lake.manifest().segments_in(dataset) {
            let reader = self.open(entry, &[])?;
            for group in 0..reader.row_groups().len() {
                reader.append(group, &mut rows)?;
            }
        }
        Ok(rows)
    }
}

impl Input for LakeInput<'_> {
    fn dictionaries(&self) -> &Dictionaries {
        &self.dictionaries
    }

    fn antibiotics(&self, month: Month) -> Result<Antibiotics, KernelError> {
        let mut rows = self.spare().pop().unwrap_or_default();
        rows.clear();
        let months = Some(month);
        self.append(Dataset::Antibiotics, months, &ANTIBIOTIC_COLUMNS, &mut rows)?;
        if rows.waiting.iter().any(|waiting| *waiting != MISSING) {
            self.append(Dataset::Antibiotics, months, &PRESCRIBED_COLUMNS, &mut rows)?;
        } else {
            rows.waiting.clear();
        }
        Ok(rows)
    }

    fn done_with(&self, rows: Antibiotics) {
        self.spare().push(rows);
    }

    fn contacts(
        &self,
        month: Month,
        part: ContactPart,
        visit: &mut dyn FnMut(&Contacts),
    ) -> Result<(), KernelError> {
        let dataset = if part.infection {
            Dataset::InfectionContacts
        } else {
            Dataset::OtherContacts
        };
        let mut rows = self.room().pop().unwrap_or_default();
        for entry in self.lake.manifest().segments_of(dataset, Some(month)) {
            let reader = self.open(entry, &CONTACT_COLUMNS)?;
            for (at, group) in reader.row_groups().iter().enumerate() {
                if group.tail || !part.tail {
                    reader.read(at, &mut rows)?;
                    visit(&rows);
                }
            }
        }
        self.room().push(rows);
        Ok(())
    }

    fn practice_lists(&self, month: Month) -> Result<PracticeLists, KernelError> {
        self.rows(Dataset::PracticeLists, Some(month), &LIST_COLUMNS)
    }

    fn admissions(&self, month: Month) -> Result<Admissions, KernelError> {
        self.rows(Dataset::Admissions, Some(month), &ADMISSION_COLUMNS)
    }

    fn kept(&self, month: Month) -> Option<(PathBuf, String)> {
        let own = [
            Dataset::Antibiotics,
            Dataset::InfectionContacts,
            Dataset::OtherContacts,
            Dataset::PracticeLists,
        ];
        let contacts_before = [Dataset::InfectionContacts, Dataset::OtherContacts];
        let wanted = own
            .map(|dataset| (dataset, month))
            .into_iter()
            .chain(contacts_before.map(|dataset| (dataset, month.prev())));
        let mut names = String::new();
        for (dataset, month) in wanted {
            for entry in self.lake.manifest().segments_of(dataset, Some(month)) {
                names.push_str(&format!("{dataset} {month} {}\n", entry.current().sha256));
            }
        }
        Some((self.lake.root().join("derived").join("kernel"), names))
    }

    fn inhabitants(&self) -> Result<Inhabitants, KernelError> {
        self.register(Dataset::Inhabitants)
    }

    fn rest(&self) {
        *self.room() = Vec::new();
        *self.spare() = Vec::new();
    }
}
