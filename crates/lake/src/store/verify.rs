//! Proves that a lake is what its manifest says.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{
    Admissions, Advice, Antibiotics, Ballast, Cancellations, Contacts, CourseGroups, Dataset,
    Dictionaries, FileEntry, Inhabitants, Lake, Manifest, Patients, PracticeLists, PrescriberRoles,
    SegmentEntry, SegmentReader, SegmentRows, StoreError, Values,
};
use crate::delivery::Kind;

/// Something in a lake that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, below the lake; `manifest.json` for what concerns several.
    pub path: String,
    /// What is wrong.
    pub what: String,
}

/// What a check of a lake found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verification {
    /// Files compared with their SHA-256.
    pub files: u64,
    /// Rows of segments read.
    pub rows: u64,
    /// Faults. A lake without any is sound.
    pub findings: Vec<Finding>,
    /// Files that the manifest does not list: left by an interrupted or a correcting intake, never read.
    pub orphans: Vec<PathBuf>,
}

/// Reads every byte of a lake: hashes, row counts, dictionary ids, order, sums of every delivery, and orphans.
///
/// `progress` gets the number of files done and the number of all.
///
/// # Errors
/// When the folder is no lake. Faults inside a lake are findings.
pub fn verify(root: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<Verification, StoreError> {
    let lake = Lake::open(root)?;
    let mut check = Check {
        lake: &lake,
        result: Verification::default(),
        dictionaries: Dictionaries::default(),
    };
    let listed = listed_files(lake.manifest());
    for (at, file) in listed.iter().enumerate() {
        check.file(file);
        progress(at as u64 + 1, listed.len() as u64);
    }
    match lake.dictionaries() {
        Ok(dictionaries) => check.dictionaries = dictionaries,
        Err(error) => check.found("manifest.json", error.to_string()),
    }
    check.distinct_codes();
    check.deliveries();
    for entry in &lake.manifest().segments {
        check.segment(entry);
    }
    check.patients();
    let known: BTreeSet<PathBuf> = listed.iter().map(|file| lake.path_of(file)).collect();
    let mut orphans = Vec::new();
    for folder in ["segments", "dictionaries", "patients", "refusals"] {
        unlisted(&root.join(folder), &known, &mut orphans);
    }
    orphans.sort();
    check.result.orphans = orphans;
    Ok(check.result)
}

/// Removes files that nothing lists. Nobody may take in meanwhile; readers of an older state lose its files.
///
/// # Errors
/// When the lake is locked by an intake, or a file cannot be removed.
pub fn prune(root: &Path) -> Result<u64, StoreError> {
    let _lock = crate::intake::LakeLock::take(root)?;
    let orphans = verify(root, &mut |_, _| {})?.orphans;
    for path in &orphans {
        fs::remove_file(path).map_err(|source| StoreError::Io {
            act: "remove",
            path: path.clone(),
            source,
        })?;
    }
    Ok(orphans.len() as u64)
}

/// Every file that a manifest lists, once.
fn listed_files(manifest: &Manifest) -> Vec<FileEntry> {
    let segments = manifest
        .segments
        .iter()
        .flat_map(|entry| [Some(&entry.delivered), entry.live.as_ref()]);
    let refusals = manifest
        .deliveries
        .iter()
        .map(|record| record.refusals.as_ref());
    let mut files: Vec<FileEntry> = segments
        .chain(refusals)
        .flatten()
        .chain(manifest.dictionaries.files.values())
        .chain(&manifest.patient_files)
        .cloned()
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup();
    files
}

struct Check<'a> {
    lake: &'a Lake,
    result: Verification,
    dictionaries: Dictionaries,
}

impl Check<'_> {
    fn found(&mut self, path: &str, what: impl Into<String>) {
        self.result.findings.push(Finding {
            path: path.to_owned(),
            what: what.into(),
        });
    }

    fn file(&mut self, file: &FileEntry) {
        self.result.files += 1;
        match sha256_of_file(&self.lake.path_of(file)) {
            Err(error) => self.found(&file.path, format!("cannot be read: {error}")),
            Ok((_, bytes)) if bytes != file.bytes => {
                self.found(
                    &file.path,
                    format!("has {bytes} bytes where {} are listed", file.bytes),
                );
            }
            Ok((sha256, _)) if sha256 != file.sha256 => {
                self.found(&file.path, "has another content than listed")
            }
            Ok(_) => {}
        }
    }

    /// Two entries with one key would be one code with two ids.
    fn distinct_codes(&mut self) {
        let d = &self.dictionaries;
        let sizes = [
            ("drugs", d.drugs.entries().len(), d.drugs.distinct()),
            (
                "diagnoses",
                d.diagnoses.entries().len(),
                d.diagnoses.distinct(),
            ),
            (
                "prescribers",
                d.prescribers.entries().len(),
                d.prescribers.distinct(),
            ),
            ("areas", d.areas.entries().len(), d.areas.distinct()),
            (
                "practices",
                d.practices.entries().len(),
                d.practices.distinct(),
            ),
            ("groups", d.groups.entries().len(), d.groups.distinct()),
            (
                "specialties",
                d.specialties.entries().len(),
                d.specialties.distinct(),
            ),
            (
                "guideline_codes",
                d.guideline_codes.entries().len(),
                d.guideline_codes.distinct(),
            ),
        ];
        for (name, entries, distinct) in sizes {
            if entries != distinct {
                self.found(
                    "manifest.json",
                    format!("dictionary {name} has {entries} entries with {distinct} keys"),
                );
            }
        }
    }

    fn deliveries(&mut self) {
        let manifest = self.lake.manifest();
        for record in &manifest.deliveries {
            let active = record.replaced_by.is_none();
            let stored: u64 = manifest
                .segments
                .iter()
                .filter(|entry| {
                    entry.delivery == record.id && is_counted(entry.dataset, record.kind)
                })
                .map(|entry| entry.current().rows)
                .sum();
            let totals = record.ballast.get("total").copied().unwrap_or(0);
            if !record.counts.add_up() {
                self.found(
                    "manifest.json",
                    format!("delivery {}: its rows do not add up", record.id),
                );
            } else if active && stored + totals != record.counts.kept + record.counts.ballast {
                self.found(
                    "manifest.json",
                    format!(
                        "delivery {}: {stored} rows are stored, others counted",
                        record.id
                    ),
                );
            }
        }
        for entry in &manifest.segments {
            if manifest.active().all(|record| record.id != entry.delivery) {
                self.found(&entry.delivered.path, "belongs to no active delivery");
            }
        }
    }

    fn segment(&mut self, entry: &SegmentEntry) {
        for file in [Some(&entry.delivered), entry.live.as_ref()]
            .into_iter()
            .flatten()
        {
            let outcome = match entry.dataset {
                Dataset::Antibiotics => self.rows::<Antibiotics>(entry, file),
                Dataset::InfectionContacts | Dataset::OtherContacts => {
                    self.rows::<Contacts>(entry, file)
                }
                Dataset::Ballast => self.rows::<Ballast>(entry, file),
                Dataset::Admissions => self.rows::<Admissions>(entry, file),
                Dataset::PracticeLists => self.rows::<PracticeLists>(entry, file),
                Dataset::Inhabitants => self.rows::<Inhabitants>(entry, file),
                Dataset::Prescribers => self.rows::<PrescriberRoles>(entry, file),
                Dataset::CourseGroups => self.rows::<CourseGroups>(entry, file),
                Dataset::Advice => self.rows::<Advice>(entry, file),
                Dataset::Cancellations => self.rows::<Cancellations>(entry, file),
            };
            if let Err(error) = outcome {
                self.found(&file.path, error.to_string());
            }
        }
    }

    fn rows<R: SegmentRows>(
        &mut self,
        entry: &SegmentEntry,
        file: &FileEntry,
    ) -> Result<(), StoreError> {
        let reader = SegmentReader::<R>::open(&self.lake.path_of(file), &[])?;
        let mut rows = R::default();
        let mut count = 0;
        let mut last = (false, [i64::MIN; 3]);
        for group in 0..reader.row_groups().len() {
            reader.read(group, &mut rows)?;
            count += rows.rows() as u64;
            self.ids(file, &rows);
            if let Some(month) = entry.month.filter(|_| entry.dataset.holds_events()) {
                let (first, end) = (
                    month.first_day().epoch_days(),
                    month.last_day().epoch_days(),
                );
                let outside = |days: &[i32]| days.iter().any(|day| *day < first || *day > end);
                if matches!(R::position("day").map(|at| rows.column(at)), Some(Values::Narrow(days)) if outside(days))
                {
                    self.found(&file.path, "holds days of another month");
                }
                if !in_order(&rows, reader.row_groups()[group].tail, &mut last) {
                    self.found(&file.path, "is not sorted by patient, day and event");
                }
            }
        }
        self.result.rows += count;
        if count != file.rows {
            self.found(
                &file.path,
                format!("has {count} rows where {} are listed", file.rows),
            );
        }
        Ok(())
    }

    /// Every id is -1 or stands in its dictionary.
    fn ids<R: SegmentRows>(&mut self, file: &FileEntry, rows: &R) {
        let d = &self.dictionaries;
        let limit = |column: &str| match column {
            "patient" => Some(self.lake.manifest().patients as usize),
            "prescriber" => Some(d.prescribers.entries().len()),
            "drug" => Some(d.drugs.entries().len()),
            "diagnosis" | "diagnosis_1" | "diagnosis_2" | "diagnosis_3" => {
                Some(d.diagnoses.entries().len())
            }
            "area" => Some(d.areas.entries().len()),
            "practice" => Some(d.practices.entries().len()),
            "group" => Some(d.groups.entries().len()),
            "specialty" => Some(d.specialties.entries().len()),
            "rules" | "kind" | "reason" => Some(d.guideline_codes.entries().len()),
            _ => None,
        };
        let mut wrong = Vec::new();
        for (at, (column, _)) in R::COLUMNS.iter().enumerate() {
            let (Some(limit), Values::Narrow(values)) = (limit(column), rows.column(at)) else {
                continue;
            };
            if values.iter().any(|id| *id < -1 || *id >= limit as i32) {
                wrong.push(*column);
            }
        }
        for column in wrong {
            self.found(
                &file.path,
                format!("column {column} holds an id that is in no dictionary"),
            );
        }
    }

    fn patients(&mut self) {
        let mut count = 0;
        for file in &self.lake.manifest().patient_files {
            match SegmentReader::<Patients>::open(&self.lake.path_of(file), &["low"]) {
                Ok(reader) => {
                    count += reader
                        .row_groups()
                        .iter()
                        .map(|group| group.rows as u64)
                        .sum::<u64>()
                }
                Err(error) => self.found(&file.path, error.to_string()),
            }
        }
        if count != u64::from(self.lake.manifest().patients) {
            self.found(
                "manifest.json",
                format!("{count} pseudonyms are stored, others counted"),
            );
        }
    }
}

/// Rows that a foreign source's register gets without a row of its own are not counted as delivered.
fn is_counted(dataset: Dataset, kind: Kind) -> bool {
    match dataset {
        Dataset::Cancellations => false,
        Dataset::Prescribers => kind == Kind::Prescribers,
        _ => true,
    }
}

fn in_order<R: SegmentRows>(rows: &R, tail: bool, last: &mut (bool, [i64; 3])) -> bool {
    let column = |name: &str| R::position(name).map(|at| rows.column(at));
    let (Some(Values::Narrow(patients)), Some(Values::Narrow(days)), Some(Values::Wide(events))) =
        (column("patient"), column("day"), column("event"))
    else {
        return true;
    };
    patients
        .iter()
        .zip(days)
        .zip(events)
        .all(|((patient, day), event)| {
            let key = (tail, [i64::from(*patient), i64::from(*day), *event]);
            let good = *last <= key;
            *last = key;
            good
        })
}

/// SHA-256 of a file, and its bytes.
pub(crate) fn sha256_of_file(path: &Path) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let bytes = io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok((super::hex(&hasher.finalize()), bytes))
}

fn unlisted(folder: &Path, known: &BTreeSet<PathBuf>, orphans: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            unlisted(&path, known, orphans);
        } else if !known.contains(&path) {
            orphans.push(path);
        }
    }
}
