//! Which files of a folder count, and which of their rows are taken back.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use hashbrown::{HashMap, HashSet};
use parquet::arrow::arrow_reader::{RowSelection, RowSelector};
use parquet::file::reader::{FileReader, SerializedFileReader};
use riktig_codes::Month;

use super::columns::{self, Columns};
use crate::delivery::{Header, Kind};
use crate::kernel::{KernelError, Options, on_threads};
use crate::store::StoreError;

/// The Parquet deliveries of events, by month. A corrected delivery is replaced by its correction.
pub(super) struct Files {
    pub(super) dispensings: BTreeMap<Month, PathBuf>,
    pub(super) contacts: BTreeMap<Month, PathBuf>,
    /// By the first month that they cover.
    pub(super) admissions: BTreeMap<Month, PathBuf>,
}

impl Files {
    pub(super) fn list(folder: &Path) -> Result<Files, KernelError> {
        let io = |source| StoreError::Io {
            act: "read",
            path: folder.to_owned(),
            source,
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(io)? {
            paths.push(entry.map_err(io)?.path());
        }
        paths.retain(|path| {
            path.extension()
                .is_some_and(|extension| extension == "parquet")
        });
        paths.sort();
        let mut headers = BTreeMap::new();
        for path in paths {
            let header = header(&path)?;
            headers
                .entry(header.delivery.clone())
                .or_insert((header, path));
        }
        let corrected: HashSet<String> = headers
            .values()
            .filter_map(|(header, _)| header.corrects.clone())
            .collect();
        let mut files = Files {
            dispensings: BTreeMap::new(),
            contacts: BTreeMap::new(),
            admissions: BTreeMap::new(),
        };
        for (delivery, (header, path)) in headers {
            let months = match header.kind {
                Kind::Dispensings => &mut files.dispensings,
                Kind::Contacts => &mut files.contacts,
                Kind::Admissions => &mut files.admissions,
                _ => continue,
            };
            if let Some(period) = header.period.filter(|_| !corrected.contains(&delivery)) {
                months.insert(Month::from_index(period.first), path);
            }
        }
        Ok(files)
    }

    /// The events that any delivery takes back.
    pub(super) fn cancelled(
        &self,
        files: &BTreeMap<Month, PathBuf>,
        id: &str,
        status: &str,
        options: &Options,
    ) -> Result<HashSet<i64>, KernelError> {
        let months: Vec<Month> = files.keys().copied().collect();
        let events = on_threads(&months, options.threads, &|month| {
            taken_back(&files[&month], id, status)
        })?;
        Ok(events.into_iter().flatten().collect())
    }
}

/// Finds the rows by their status alone, and then reads the ids of those rows.
fn taken_back(path: &Path, id: &str, status: &str) -> Result<Vec<i64>, KernelError> {
    let mut columns = Columns::open(path, &["status"], None)?;
    let mut selectors: Vec<RowSelector> = Vec::new();
    let mut passed = 0;
    while let Some(batch) = columns.next()? {
        let found = batch.texts("status", false, |word| word == status)?;
        for row in 0..batch.rows() {
            if found.get(row) {
                selectors.push(RowSelector::skip(passed));
                selectors.push(RowSelector::select(1));
                passed = 0;
            } else {
                passed += 1;
            }
        }
    }
    let mut events = Vec::new();
    if selectors.is_empty() {
        return Ok(events);
    }
    let mut columns = Columns::open(path, &[id], Some(RowSelection::from(selectors)))?;
    while let Some(batch) = columns.next()? {
        let ids = batch.identifiers(id)?;
        events.extend(
            (0..batch.rows())
                .filter_map(|row| columns::bytes(ids, row))
                .map(columns::event),
        );
    }
    Ok(events)
}

fn header(path: &Path) -> Result<Header, KernelError> {
    let io = |source| StoreError::Io {
        act: "read",
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(io)?;
    let reader = SerializedFileReader::new(file).map_err(|source| columns::failed(path, source))?;
    let pairs = reader.metadata().file_metadata().key_value_metadata();
    let pairs: HashMap<&str, &str> = pairs
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair.key.strip_prefix("riktig.")?, pair.value.as_deref()?)))
        .collect();
    Header::from_pairs(|key| pairs.get(key).copied()).map_err(|error| {
        let text = format!("it is no delivery: {error}");
        columns::failed(path, parquet::errors::ParquetError::General(text))
    })
}
