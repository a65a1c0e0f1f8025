//! Bills of a claim message that another message has already brought.
//!
//! A message sent again has another message id and other bytes, but its bills keep their `Guid`.

use hashbrown::HashSet;
use riktig_codes::Month;

use super::checks::Checked;
use super::reason::Reason;
use crate::delivery::Kind;
use crate::store::{Contacts, Dataset, Lake, SegmentReader, StoreError};

const DATASETS: [Dataset; 2] = [Dataset::InfectionContacts, Dataset::OtherContacts];

/// Refuses the staged bills whose event an active claim message already holds in the same month; they are not written.
pub(crate) fn refuse(lake: &Lake, checked: &mut Checked) -> Result<(), StoreError> {
    let cancelled: HashSet<i64> = checked.staged.cancellations.event.iter().copied().collect();
    let mut repeated: Vec<(i64, i32)> = Vec::new();
    for (month, rows) in checked.staged.each_month() {
        let known = known(lake, month)?;
        for contacts in [&rows.infection_contacts, &rows.other_contacts] {
            let bills = contacts
                .event
                .iter()
                .copied()
                .zip(contacts.line.iter().copied());
            // A bill that the message itself credits is not written anyway.
            repeated.extend(
                bills.filter(|(event, _)| known.contains(event) && !cancelled.contains(event)),
            );
        }
    }
    repeated.sort_unstable_by_key(|(_, line)| *line);
    for (event, line) in repeated {
        let line = u64::try_from(line).unwrap_or_default();
        checked.refusals.add(line, Reason::RepeatedRow.at("Guid"));
        checked.staged.repeated.insert(event);
    }
    Ok(())
}

/// The events of the month in all claim messages that are part of the lake, credited ones too.
fn known(lake: &Lake, month: Month) -> Result<HashSet<i64>, StoreError> {
    let manifest = lake.manifest();
    let claims: HashSet<&str> = manifest
        .active()
        .filter(|record| record.kind == Kind::Behandlerkrav)
        .map(|record| record.id.as_str())
        .collect();
    let mut events = HashSet::new();
    for dataset in DATASETS {
        for entry in manifest.segments_of(dataset, Some(month)) {
            if claims.contains(entry.delivery.as_str()) {
                let path = lake.path_of(&entry.delivered);
                let reader = SegmentReader::<Contacts>::open(&path, &["event"])?;
                events.extend(reader.read_all()?.event);
            }
        }
    }
    Ok(events)
}
