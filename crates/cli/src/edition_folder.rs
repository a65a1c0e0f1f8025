//! Opening an edition and finding in it what a person named, with advice where that fails.

use std::collections::BTreeSet;
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

/// Refuses an edition in which two prescribers share a number: a foreign source's code may look like an HPR number, and
/// nobody may be handed the other's report.
pub(crate) fn one_report_a_number(edition: &Edition) -> Result<()> {
    let numbers = edition.prescribers().iter();
    match first_twice(numbers.map(|prescriber| prescriber.external_id.as_str())) {
        None => Ok(()),
        Some(number) => Err(advise(
            format!(
                "two prescribers of edition {} have the number \"{number}\", in different number systems",
                edition.dir().display()
            ),
            "keep sources with numbers of their own in lakes of their own, and build an edition of each",
        )),
    }
}

fn first_twice<'a>(numbers: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = BTreeSet::new();
    numbers.into_iter().find(|number| !seen.insert(*number))
}

/// The prescriber with this number.
///
/// # Errors
/// Where two prescribers share the number, and where nobody has it.
/// Names only the number that was asked for: who else has a report is nobody's business here.
pub(crate) fn prescriber<'a>(edition: &'a Edition, external_id: &str) -> Result<&'a Prescriber> {
    one_report_a_number(edition)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_code_that_equals_a_doctors_number_is_found() {
        assert_eq!(first_twice(["8003514", "B85010"].into_iter()), None);
        assert_eq!(
            first_twice(["8003514", "B85010", "8003514"].into_iter()),
            Some("8003514")
        );
    }
}
