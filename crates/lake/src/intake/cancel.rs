//! Cancellations across deliveries.
//!
//! The rule is free of order: a row counts if its delivery is part of the lake and no delivery that is part of the
//! lake cancels it. So a cancellation may come before the row it cancels, and a correction that no longer cancels
//! brings the row back. `delivered` holds what a delivery gave, `live` what the others left of it.

use hashbrown::HashSet;

use super::disk::Disk;
use super::sort::{segment_order, wide};
use super::write::live_path;
use crate::delivery::Kind;
use crate::store::{
    Admissions, Antibiotics, Ballast, Cancellations, Contacts, Dataset, FileEntry, Manifest,
    SegmentEntry, SegmentReader, SegmentRows, StoreError,
};

/// The datasets whose rows a delivery of this kind can cancel.
fn cancelled_by(kind: Kind) -> &'static [Dataset] {
    match kind {
        Kind::Dispensings => &[Dataset::Antibiotics, Dataset::Ballast],
        Kind::Contacts | Kind::Behandlerkrav => {
            &[Dataset::InfectionContacts, Dataset::OtherContacts]
        }
        Kind::Admissions => &[Dataset::Admissions],
        _ => &[],
    }
}

/// Events that a delivery cancels.
pub(crate) fn cancellations_of(
    disk: &Disk,
    manifest: &Manifest,
    delivery: &str,
) -> Result<HashSet<i64>, StoreError> {
    let mut events = HashSet::new();
    for entry in manifest
        .segments_in(Dataset::Cancellations)
        .filter(|entry| entry.delivery == delivery)
    {
        let path = disk.root().join(&entry.delivered.path);
        events.extend(
            SegmentReader::<Cancellations>::open(&path, &["event"])?
                .read_all()?
                .event,
        );
    }
    Ok(events)
}

/// Brings the live rows of all segments in line with the cancellations that are part of the manifest.
///
/// `changed` are the events that the new delivery cancels and those that a replaced one no longer does: only
/// segments of `new` and segments holding a changed event are written anew.
pub(crate) fn refresh(
    disk: &Disk,
    manifest: &mut Manifest,
    kind: Kind,
    new: &str,
    changed: &HashSet<i64>,
) -> Result<(), StoreError> {
    let mut all = HashSet::new();
    for entry in manifest.segments_in(Dataset::Cancellations) {
        let path = disk.root().join(&entry.delivered.path);
        all.extend(
            SegmentReader::<Cancellations>::open(&path, &["event"])?
                .read_all()?
                .event,
        );
    }
    if all.is_empty() && changed.is_empty() {
        return Ok(());
    }
    let sequence = manifest.sequence;
    for entry in &mut manifest.segments {
        if !cancelled_by(kind).contains(&entry.dataset)
            || (entry.delivery != new && changed.is_empty())
        {
            continue;
        }
        let concerns = if entry.delivery == new { &all } else { changed };
        let refreshed = match entry.dataset {
            Dataset::Antibiotics => live::<Antibiotics>(disk, entry, concerns, &all, sequence)?,
            Dataset::Ballast => live::<Ballast>(disk, entry, concerns, &all, sequence)?,
            Dataset::Admissions => live::<Admissions>(disk, entry, concerns, &all, sequence)?,
            _ => live::<Contacts>(disk, entry, concerns, &all, sequence)?,
        };
        if let Some(live) = refreshed {
            entry.live = live;
        }
    }
    Ok(())
}

/// The live file of a segment: `None` when it need not change, `Some(None)` when all delivered rows count.
fn live<R: SegmentRows>(
    disk: &Disk,
    entry: &SegmentEntry,
    concerns: &HashSet<i64>,
    all: &HashSet<i64>,
    sequence: u64,
) -> Result<Option<Option<FileEntry>>, StoreError> {
    let Some(month) = entry.month else {
        return Ok(None);
    };
    let path = disk.root().join(&entry.delivered.path);
    let events = SegmentReader::<R>::open(&path, &["event"])?;
    let mut group_rows = R::default();
    let mut concerned = false;
    for group in 0..events.row_groups().len() {
        events.read(group, &mut group_rows)?;
        concerned |= wide(&group_rows, "event")
            .iter()
            .any(|event| concerns.contains(event));
    }
    if !concerned {
        return Ok(None);
    }
    let rows = SegmentReader::<R>::open(&path, &[])?.read_all()?;
    let (order, plan) = segment_order(&rows, month, entry.dataset.has_tail(), all);
    if order.len() == rows.rows() {
        return Ok(Some(None));
    }
    let path = live_path(entry.dataset, month, &entry.delivery, sequence);
    disk.write_segment(&path, entry.dataset.name(), &rows, Some(&order), &plan)
        .map(|file| Some(Some(file)))
}

/// Counts again what is left of every delivery: `cancelled` is what is neither kept nor ballast nor refused.
pub(crate) fn recount(manifest: &mut Manifest) {
    let Manifest {
        segments,
        deliveries,
        ..
    } = manifest;
    for record in deliveries
        .iter_mut()
        .filter(|record| record.replaced_by.is_none())
    {
        if cancelled_by(record.kind).is_empty() {
            continue;
        }
        let rows = |is_ballast: bool| -> u64 {
            let of_record = segments
                .iter()
                .filter(|entry| entry.delivery == record.id && entry.dataset.holds_events());
            of_record
                .filter(|entry| (entry.dataset == Dataset::Ballast) == is_ballast)
                .map(|e| e.current().rows)
                .sum()
        };
        // Totals are counted as ballast and not stored.
        let totals = record.ballast.get("total").copied().unwrap_or(0);
        let counts = &mut record.counts;
        counts.kept = rows(false);
        counts.ballast = rows(true) + totals;
        counts.cancelled = counts.rows - counts.kept - counts.ballast - counts.refused;
    }
}
