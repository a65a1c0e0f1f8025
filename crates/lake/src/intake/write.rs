//! Writes the staged rows of a delivery as segments.

use hashbrown::HashSet;
use riktig_codes::Month;

use super::Progress;
use super::disk::Disk;
use super::sort::segment_order;
use super::staged::Staged;
use crate::store::{Dataset, RowGroupPlan, SegmentEntry, SegmentRows, StoreError};

/// Where the segments of a delivery go.
pub(crate) struct SegmentSink<'a> {
    pub(crate) disk: &'a Disk,
    pub(crate) delivery: &'a str,
    pub(crate) entries: Vec<SegmentEntry>,
    /// Whether a segment has an optional column.
    pub(crate) optional: bool,
    pub(crate) progress: &'a mut dyn FnMut(Progress),
}

/// Path of a segment below the lake.
pub(crate) fn segment_path(dataset: Dataset, month: Option<Month>, delivery: &str) -> String {
    let month = month.map_or("register".to_owned(), |month| month.to_string());
    format!("segments/{dataset}/{month}/{delivery}.parquet")
}

/// Path of what later cancellations left of a segment. A folder of its own: no delivery id holds a `/`, so whatever a
/// delivery is called, its segment is never a live one.
pub(crate) fn live_path(dataset: Dataset, month: Month, delivery: &str, sequence: u64) -> String {
    format!("segments/{dataset}/{month}/live/{delivery}-{sequence}.parquet")
}

/// Writes everything staged, without the events that the delivery itself cancels and those refused as repeated.
pub(crate) fn write_staged(
    sink: &mut SegmentSink<'_>,
    staged: &mut Staged,
) -> Result<(), StoreError> {
    let cancelled = staged.cancellations.event.iter();
    let own: HashSet<i64> = cancelled.chain(&staged.repeated).copied().collect();
    for (month, rows) in staged.take_months() {
        // Moved out one by one, so that each gives its memory back before the next is sorted.
        sink.events(Dataset::Ballast, month, rows.ballast, &own)?;
        sink.events(Dataset::Antibiotics, month, rows.antibiotics, &own)?;
        sink.events(
            Dataset::InfectionContacts,
            month,
            rows.infection_contacts,
            &own,
        )?;
        sink.events(Dataset::OtherContacts, month, rows.other_contacts, &own)?;
        sink.events(Dataset::Admissions, month, rows.admissions, &own)?;
    }
    for (month, rows) in std::mem::take(&mut staged.practice_lists) {
        sink.register(Dataset::PracticeLists, Some(month), &rows)?;
    }
    for (month, rows) in std::mem::take(&mut staged.inhabitants) {
        sink.register(Dataset::Inhabitants, Some(month), &rows)?;
    }
    for (month, rows) in std::mem::take(&mut staged.advice) {
        sink.register(Dataset::Advice, Some(month), &rows)?;
    }
    sink.register(Dataset::Prescribers, None, &staged.prescribers)?;
    sink.register(Dataset::CourseGroups, None, &staged.course_groups)?;
    sink.register(Dataset::Cancellations, None, &staged.cancellations)
}

impl SegmentSink<'_> {
    fn events<R: SegmentRows>(
        &mut self,
        dataset: Dataset,
        month: Month,
        rows: R,
        cancelled: &HashSet<i64>,
    ) -> Result<(), StoreError> {
        if rows.rows() == 0 {
            return Ok(());
        }
        let (order, plan) = segment_order(&rows, month, dataset.has_tail(), cancelled);
        self.add(dataset, Some(month), &rows, Some(&order), &plan)
    }

    /// Registers keep the order of the delivery.
    fn register<R: SegmentRows>(
        &mut self,
        dataset: Dataset,
        month: Option<Month>,
        rows: &R,
    ) -> Result<(), StoreError> {
        let count = rows.rows();
        if count == 0 {
            return Ok(());
        }
        self.add(dataset, month, rows, None, &RowGroupPlan::new(count, count))
    }

    fn add<R: SegmentRows>(
        &mut self,
        dataset: Dataset,
        month: Option<Month>,
        rows: &R,
        order: Option<&[u32]>,
        plan: &RowGroupPlan,
    ) -> Result<(), StoreError> {
        let path = segment_path(dataset, month, self.delivery);
        let delivered = self
            .disk
            .write_segment(&path, dataset.name(), rows, order, plan)?;
        self.optional |= rows.has_optional();
        let delivery = self.delivery.to_owned();
        self.entries.push(SegmentEntry {
            dataset,
            month,
            delivery,
            delivered,
            live: None,
        });
        (self.progress)(Progress::Writing {
            segments: self.entries.len() as u64,
        });
        Ok(())
    }
}
