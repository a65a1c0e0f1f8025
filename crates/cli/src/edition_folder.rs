//! Opening an edition and finding in it what a person named, with advice where that fails.

use std::path::Path;

use anyhow::Result;
use riktig_lake::edition::{Edition, IndicatorId, Prescriber};

use crate::failure::advise;
use crate::progress;

/// Reads the edition; a national year takes a second or two.
pub(crate) fn open(folder: &Path) -> Result<Edition> {
    let bar = progress::waiting("reading");
    let edition = Edition::open(folder);
    bar.finish_and_clear();
    Ok(edition?)
}

/// The prescriber with this number.
///
/// # Errors
/// Names only the number that was asked for: who else has a report is nobody's business here.
pub(crate) fn prescriber<'a>(edition: &'a Edition, external_id: &str) -> Result<&'a Prescriber> {
    edition.prescriber(external_id).ok_or_else(|| {
        let least = &edition.meta().qualification.thresholds;
        advise(
            format!("prescriber \"{external_id}\" has no report in edition {}", edition.dir().display()),
            format!(
                "check the number; a report needs at least {} antibiotics, {} contacts or {} months with a patient list in the \
                 period",
                least.dispensings, least.contacts, least.list_months
            ),
        )
    })
}

/// The indicator with this id.
///
/// # Errors
/// Lists the ids of the edition, which are no secret.
pub(crate) fn indicator(edition: &Edition, id: &str) -> Result<IndicatorId> {
    edition.indicator(id).ok_or_else(|| {
        let ids: Vec<&str> = edition
            .indicators()
            .map(|(_, definition)| definition.id.as_str())
            .collect();
        advise(
            format!(
                "indicator \"{id}\" is not in edition {}",
                edition.dir().display()
            ),
            format!("it has {}", ids.join(", ")),
        )
    })
}
