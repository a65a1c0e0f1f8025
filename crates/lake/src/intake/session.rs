//! Takes deliveries into a lake, one after the other.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use hashbrown::HashSet;
use riktig_codes::{Codebook, Day, Month};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::checks::{Checked, Checker, Subject};
use super::disk::Disk;
use super::identity::{Identity, rules};
use super::lock::LakeLock;
use super::open::{Opened, open};
use super::pseudonym::{PatientIndex, PseudonymKey};
use super::write::{SegmentSink, write_staged};
use super::{IntakeError, IntakeOptions, Outcome, Progress, cancel, patients, repeated};
use crate::delivery::{Kind, Period, masked, unfit};
use crate::store::hex;
use crate::store::{
    Counts, DeliveryRecord, Dictionaries, Dictionary, Entry, FileEntry, Lake, MANIFEST, Manifest,
    SegmentEntry, StoreError, sha256_of,
};

/// Rows between two reports of progress.
const ROWS_PER_REPORT: u64 = 1 << 16;

/// A lake opened for intake. Nobody else can take in while it lives.
pub struct Intake {
    lake: Lake,
    key: PseudonymKey,
    options: IntakeOptions,
    disk: Disk,
    patients: PatientIndex,
    dictionaries: Dictionaries,
    codebook: &'static Codebook,
    _lock: LakeLock,
}

impl Intake {
    /// Opens the lake (or makes it) and loads what it knows of people and codes.
    ///
    /// # Errors
    /// When the folder is no lake, another intake is at work, or the key is not the lake's.
    pub fn open(
        root: &Path,
        key: PseudonymKey,
        mut options: IntakeOptions,
    ) -> Result<Self, IntakeError> {
        let share = options.largest_refused_share;
        if !(0.0..=1.0).contains(&share) {
            return Err(IntakeError::BadShare(share * 100.0));
        }
        Lake::prepare(root)?;
        let lock = LakeLock::take(root)?;
        let lake = Lake::open_or_create_locked(root)?;
        if lake
            .manifest()
            .key_fingerprint
            .as_ref()
            .is_some_and(|known| *known != key.fingerprint())
        {
            return Err(IntakeError::WrongKey);
        }
        let disk = Disk::new(root, options.before_file_operation.take());
        let patients = patients::load(&lake)?;
        let dictionaries = lake.dictionaries()?;
        let codebook = Codebook::embedded();
        Ok(Intake {
            lake,
            key,
            options,
            disk,
            patients,
            dictionaries,
            codebook,
            _lock: lock,
        })
    }

    /// The lake as it is after the last intake.
    #[must_use]
    pub fn lake(&self) -> &Lake {
        &self.lake
    }

    /// Takes one file in.
    ///
    /// # Errors
    /// [`IntakeError`] says why the delivery was not taken in; the lake is then what it was.
    pub fn take(
        &mut self,
        path: &Path,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, IntakeError> {
        if let Some(delivery) = self.already_there(path)? {
            return Ok(Outcome::AlreadyThere { delivery });
        }
        let known_patients = self.patients.len();
        let known_codes = self.dictionaries.clone();
        let outcome = self.take_new(path, progress);
        if outcome.is_err() {
            self.patients.truncate(known_patients);
            self.dictionaries = known_codes;
        }
        outcome
    }

    /// The delivery with the same bytes, if the lake has it. Only a file of the same size is read for that.
    fn already_there(&self, path: &Path) -> Result<Option<String>, IntakeError> {
        let failed = |source| IntakeError::Io {
            path: path.to_owned(),
            source,
        };
        let size = fs::symlink_metadata(path).map_err(failed)?.len();
        let mut same_size = self
            .lake
            .manifest()
            .deliveries
            .iter()
            .filter(|record| record.bytes == size)
            .peekable();
        if same_size.peek().is_none() || !path.is_file() {
            return Ok(None);
        }
        let mut hasher = Sha256::new();
        io::copy(&mut File::open(path).map_err(failed)?, &mut hasher).map_err(failed)?;
        let sha256 = hex(&hasher.finalize());
        Ok(same_size
            .find(|record| record.sha256 == sha256)
            .map(|record| record.id.clone()))
    }

    fn take_new(
        &mut self,
        path: &Path,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, IntakeError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if unfit(name.as_bytes()).is_some() {
            return Err(IntakeError::FileName(masked(&name)));
        }
        let opened = open(path, self.options.source.as_ref())?;
        let mut identity = Identity::new(path, &opened, &self.options)?;
        if identity.period.is_some() {
            identity.check_place(self.lake.manifest())?;
        }
        let known_patients = self.patients.len();
        let mut checked = self.check(path, opened, &identity, progress)?;
        if identity.kind == Kind::Behandlerkrav {
            repeated::refuse(&self.lake, &mut checked)?;
        }
        refuse_without_rows(path, identity.kind, checked.rows)?;
        self.refuse_too_many(path, &checked)?;
        if identity.period.is_none() {
            let months = |(first, last): (Month, Month)| Period {
                first: first.index(),
                last: last.index(),
            };
            identity.period = checked.staged.months().map(months);
            identity.check_place(self.lake.manifest())?;
        }
        let cancels = checked.staged.cancellations.event.iter().copied().collect();
        let mut sink = SegmentSink {
            disk: &self.disk,
            delivery: &identity.id,
            entries: Vec::new(),
            optional: false,
            progress: &mut *progress,
        };
        write_staged(&mut sink, &mut checked.staged)?;
        let segments = Segments {
            entries: sink.entries,
            format: if sink.optional {
                Manifest::NEWEST
            } else {
                Manifest::FORMAT
            },
        };
        let record = self.record(path, identity, checked)?;
        let record = self.commit(record, segments, &cancels, known_patients)?;
        progress(Progress::Committed);
        Ok(Outcome::Taken(Box::new(record)))
    }

    /// Reads and checks every row.
    fn check(
        &mut self,
        path: &Path,
        opened: Opened,
        identity: &Identity,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Checked, IntakeError> {
        let file_bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
        let purpose = format!("events of {} {}", identity.family(), identity.source);
        let subject = Subject {
            kind: identity.kind,
            path: path.to_owned(),
            rules: rules(path, opened.spec.as_ref(), &self.options)?,
            window: identity.window(self.options.data_cut),
            patient_key: self.key.derive("patients"),
            event_key: self.key.derive(&purpose),
        };
        let mut checker = Checker::new(
            subject,
            &mut self.patients,
            &mut self.dictionaries,
            self.codebook,
        );
        let digest = opened.rows.each(&mut |line, delivered| {
            if checker.rows.is_multiple_of(ROWS_PER_REPORT) {
                let rows = checker.rows;
                progress(Progress::Checking { rows, file_bytes });
            }
            checker.visit(line, delivered)
        })?;
        Ok(checker.checked(digest))
    }

    fn refuse_too_many(&self, path: &Path, checked: &Checked) -> Result<(), IntakeError> {
        let (refused, rows) = (checked.refusals.rows(), checked.rows);
        let limit = self.options.largest_refused_share;
        if refused as f64 <= rows as f64 * limit {
            return Ok(());
        }
        Err(IntakeError::TooManyRefused {
            path: path.to_owned(),
            refused,
            rows,
            limit: limit * 100.0,
            summary: checked.refusals.summary(),
        })
    }

    /// Writes the file of refusals and sums up what became of the rows.
    fn record(
        &self,
        path: &Path,
        identity: Identity,
        checked: Checked,
    ) -> Result<DeliveryRecord, IntakeError> {
        let refused = checked.refusals.rows();
        let refusals = match checked.refusals.file() {
            None => None,
            Some(text) => {
                let path = format!("refusals/{}.csv", identity.id);
                Some(self.disk.write(&path, text.as_bytes(), refused)?)
            }
        };
        // Rows that this or another delivery cancels are taken off when the lake counts again.
        let cancelled = checked.staged.cancellations.event.len() as u64;
        let ballast: u64 = checked.ballast.values().sum();
        let name = path.file_name().map(|name| name.to_string_lossy());
        Ok(DeliveryRecord {
            id: identity.id,
            kind: identity.kind,
            source: identity.source,
            period: identity.period,
            file_name: name.map(|name| name.into_owned()).unwrap_or_default(),
            sha256: checked.digest.sha256,
            bytes: checked.digest.bytes,
            corrects: identity.corrects,
            replaced_by: None,
            data_cut: self.options.data_cut.map(Day::epoch_days),
            counts: Counts {
                rows: checked.rows,
                kept: checked.rows - refused - ballast - cancelled,
                ballast,
                refused,
                cancelled,
            },
            ballast: owned(checked.ballast),
            refused: checked.refusals.by_name(),
            missing: owned(checked.missing),
            without_diagnosis: identity.without_diagnosis,
            refusals,
        })
    }

    /// Adds a delivery to the manifest and replaces the manifest: the one moment at which the lake changes.
    fn commit(
        &mut self,
        record: DeliveryRecord,
        segments: Segments,
        cancels: &HashSet<i64>,
        known_patients: usize,
    ) -> Result<DeliveryRecord, IntakeError> {
        let mut manifest = self.lake.manifest().clone();
        let (id, kind) = (record.id.clone(), record.kind);
        let mut changed = cancels.clone();
        if let Some(old) = record.corrects.clone() {
            changed.extend(cancel::cancellations_of(&self.disk, &manifest, &old)?);
            manifest.segments.retain(|entry| entry.delivery != old);
            manifest
                .deliveries
                .iter_mut()
                .filter(|d| d.id == old)
                .for_each(|d| d.replaced_by = Some(id.clone()));
        }
        manifest.previous = sha256_of(&fs::read(self.disk.root().join(MANIFEST)).map_err(
            |source| StoreError::Io {
                act: "read",
                path: self.disk.root().join(MANIFEST),
                source,
            },
        )?);
        manifest.sequence += 1;
        manifest.key_fingerprint = Some(self.key.fingerprint());
        manifest.deliveries.push(record);
        manifest.format = manifest.format.max(segments.format);
        manifest.segments.extend(segments.entries);
        manifest.segments.sort_by(|a, b| {
            (a.dataset, a.month, &a.delivery).cmp(&(b.dataset, b.month, &b.delivery))
        });
        cancel::refresh(&self.disk, &mut manifest, kind, &id, &changed)?;
        cancel::recount(&mut manifest);
        manifest.patient_files.extend(patients::write(
            &self.disk,
            &id,
            &self.patients,
            known_patients,
        )?);
        manifest.patients = self.patients.len() as u32;
        self.write_dictionaries(&mut manifest)?;
        let json = serde_json::to_vec_pretty(&manifest).map_err(|source| StoreError::Json {
            path: PathBuf::from(MANIFEST),
            source,
        })?;
        self.disk.replace(MANIFEST, &json)?;
        self.lake = Lake::open(self.disk.root())?;
        let record = self.lake.manifest().delivery(&id);
        Ok(record.cloned().expect("the delivery was pushed above"))
    }

    fn write_dictionaries(&self, manifest: &mut Manifest) -> Result<(), StoreError> {
        let known = &self.dictionaries;
        self.write_dictionary(manifest, "drugs", &known.drugs)?;
        self.write_dictionary(manifest, "diagnoses", &known.diagnoses)?;
        self.write_dictionary(manifest, "prescribers", &known.prescribers)?;
        self.write_dictionary(manifest, "areas", &known.areas)?;
        self.write_dictionary(manifest, "practices", &known.practices)?;
        self.write_dictionary(manifest, "groups", &known.groups)?;
        self.write_dictionary(manifest, "specialties", &known.specialties)?;
        self.write_dictionary(manifest, "guideline_codes", &known.guideline_codes)
    }

    fn write_dictionary<E: Entry + Serialize>(
        &self,
        manifest: &mut Manifest,
        name: &str,
        dictionary: &Dictionary<E>,
    ) -> Result<(), StoreError> {
        if dictionary.entries().is_empty() {
            return Ok(());
        }
        let path = PathBuf::from(name);
        let json = serde_json::to_vec(dictionary.entries())
            .map_err(|source| StoreError::Json { path, source })?;
        let sha256 = sha256_of(&json);
        if manifest
            .dictionaries
            .files
            .get(name)
            .is_some_and(|file| file.sha256 == sha256)
        {
            return Ok(());
        }
        let path = format!("dictionaries/{name}-{}.json", &sha256[..16]);
        let file: FileEntry = self
            .disk
            .write(&path, &json, dictionary.entries().len() as u64)?;
        manifest.dictionaries.files.insert(name.to_owned(), file);
        Ok(())
    }
}

/// The segments of a delivery, and the layout of the manifest that they need.
struct Segments {
    entries: Vec<SegmentEntry>,
    format: u32,
}

/// A delivery of these kinds covers its months, and an empty one would make them zero.
fn refuse_without_rows(path: &Path, kind: Kind, rows: u64) -> Result<(), IntakeError> {
    match kind {
        Kind::Dispensings | Kind::Contacts | Kind::PracticeLists if rows == 0 => {
            let path = path.to_owned();
            Err(IntakeError::NoRows { path, kind })
        }
        _ => Ok(()),
    }
}

fn owned(counts: BTreeMap<&'static str, u64>) -> BTreeMap<String, u64> {
    let counts = counts.into_iter();
    counts.map(|(name, rows)| (name.to_owned(), rows)).collect()
}
