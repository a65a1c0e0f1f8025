//! Pseudonyms on disk: one immutable file per intake that met new people.

use super::disk::Disk;
use super::pseudonym::PatientIndex;
use crate::store::{FileEntry, Lake, Patients, RowGroupPlan, SegmentReader, StoreError};

/// Loads all pseudonyms of a lake.
pub(crate) fn load(lake: &Lake) -> Result<PatientIndex, StoreError> {
    let mut index = PatientIndex::default();
    for file in &lake.manifest().patient_files {
        let path = lake.path_of(file);
        let reader = SegmentReader::<Patients>::open(&path, &[])?;
        let mut rows = Patients::default();
        for group in 0..reader.row_groups().len() {
            reader.read(group, &mut rows)?;
            for (high, low) in rows.high.iter().zip(&rows.low) {
                let mut pseudonym = [0u8; 16];
                pseudonym[..8].copy_from_slice(&high.to_le_bytes());
                pseudonym[8..].copy_from_slice(&low.to_le_bytes());
                index.intern_pseudonym(pseudonym);
            }
        }
    }
    if index.len() as u64 != u64::from(lake.manifest().patients) {
        let path = lake.root().join("patients");
        let what = format!(
            "{} pseudonyms where the manifest says {}",
            index.len(),
            lake.manifest().patients
        );
        return Err(StoreError::Damaged { path, what });
    }
    Ok(index)
}

/// Writes the pseudonyms given since the index had `from` of them.
pub(crate) fn write(
    disk: &Disk,
    delivery: &str,
    index: &PatientIndex,
    from: usize,
) -> Result<Option<FileEntry>, StoreError> {
    let new = index.since(from);
    if new.is_empty() {
        return Ok(None);
    }
    let half = |pseudonym: &[u8; 16], at: usize| {
        let mut bytes = [0u8; 8];
        bytes.copy_from_slice(&pseudonym[at..at + 8]);
        i64::from_le_bytes(bytes)
    };
    let rows = Patients {
        high: new.iter().map(|pseudonym| half(pseudonym, 0)).collect(),
        low: new.iter().map(|pseudonym| half(pseudonym, 8)).collect(),
    };
    let plan = RowGroupPlan::new(new.len(), new.len());
    let path = format!("patients/{delivery}.parquet");
    disk.write_segment(&path, "patients", &rows, None, &plan)
        .map(Some)
}
