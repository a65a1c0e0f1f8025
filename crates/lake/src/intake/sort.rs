//! The order of a segment: by patient, day and event, the last days of a month after the others.

use hashbrown::HashSet;
use riktig_codes::Month;

use super::checks::MOST_ROWS;
use crate::store::{RowGroupPlan, SegmentRows, Values};

/// Days at the end of a month that form their own row groups: the longest window a link may look back.
const TAIL_DAYS: i32 = 10;
/// Bits of the row number in a sort key.
const ROW_BITS: u32 = MOST_ROWS.trailing_zeros();
/// Bits of the day of the month.
const DAY_BITS: u32 = 5;

/// Row numbers in segment order, without rows whose event is in `cancelled`, and the row groups.
///
/// Days must lie in the month. The key packs tail, patient, day and row number into 64 bits, so that the sort
/// compares plain integers; rows of one patient and day are put in order of event afterwards.
pub(crate) fn segment_order<R: SegmentRows>(
    rows: &R,
    month: Month,
    has_tail: bool,
    cancelled: &HashSet<i64>,
) -> (Vec<u32>, RowGroupPlan) {
    let events = wide(rows, "event");
    let (patients, days) = (narrow(rows, "patient"), narrow(rows, "day"));
    let (first_day, tail_from) = (
        month.first_day().epoch_days(),
        month.last_day().epoch_days() - TAIL_DAYS,
    );
    let mut keys: Vec<u64> = Vec::with_capacity(events.len());
    for (row, ((event, patient), day)) in events.iter().zip(patients).zip(days).enumerate() {
        if !cancelled.is_empty() && cancelled.contains(event) {
            continue;
        }
        let tail = u64::from(has_tail && *day > tail_from);
        let patient = (i64::from(*patient) + 1) as u64;
        let day = (day - first_day) as u64;
        keys.push((((tail << 32 | patient) << DAY_BITS) | day) << ROW_BITS | row as u64);
    }
    keys.sort_unstable();
    let row_of = |key: &u64| (key & (MOST_ROWS - 1)) as u32;
    let head = keys.partition_point(|key| key >> (ROW_BITS + DAY_BITS + 32) == 0);
    let mut order: Vec<u32> = keys.iter().map(row_of).collect();
    let mut start = 0;
    for run in keys.chunk_by(|a, b| a >> ROW_BITS == b >> ROW_BITS) {
        let end = start + run.len();
        if run.len() > 1 {
            order[start..end].sort_unstable_by_key(|row| events[*row as usize]);
        }
        start = end;
    }
    let plan = RowGroupPlan::new(head, order.len());
    (order, plan)
}

/// A 64-bit column by name.
pub(crate) fn wide<'a, R: SegmentRows>(rows: &'a R, name: &str) -> &'a [i64] {
    match R::position(name).map(|at| rows.column(at)) {
        Some(Values::Wide(values)) => values,
        _ => &[],
    }
}

/// A 32-bit column by name.
pub(crate) fn narrow<'a, R: SegmentRows>(rows: &'a R, name: &str) -> &'a [i32] {
    match R::position(name).map(|at| rows.column(at)) {
        Some(Values::Narrow(values)) => values,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Contacts;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_packed_sort_agrees_with_a_plain_one(
            rows in proptest::collection::vec((0i64..40, -1i32..6, 0i32..31), 0..60),
            cancelled in proptest::collection::vec(0i64..40, 0..4),
        ) {
            let month = Month::from_index(648);
            let first = month.first_day().epoch_days();
            let mut contacts = Contacts::default();
            for (event, patient, day) in &rows {
                contacts.event.push(*event);
                contacts.patient.push(*patient);
                contacts.day.push(first + day);
            }
            let cancelled: HashSet<i64> = cancelled.into_iter().collect();
            let mut plain: Vec<_> = rows.iter().filter(|row| !cancelled.contains(&row.0))
                .map(|(event, patient, day)| (*day > 20, *patient, first + day, *event)).collect();
            plain.sort_unstable();
            let (order, plan) = segment_order(&contacts, month, true, &cancelled);
            let packed: Vec<_> = order.iter().map(|row| *row as usize).map(|row| {
                (contacts.day[row] > first + 20, contacts.patient[row], contacts.day[row], contacts.event[row])
            }).collect();
            prop_assert_eq!(&packed, &plain);
            let head = plain.iter().filter(|row| !row.0).count();
            prop_assert_eq!(plan, RowGroupPlan::new(head, plain.len()));
        }
    }
}
