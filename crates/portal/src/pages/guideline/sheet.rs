//! `GET /guideline/{condition}/sheet`: what the patient takes home instead of a prescription, or with one that waits.

use askama::Template;
use axum::extract::{Path, State};
use riktig_guideline::{Condition, Indication, PatientContext, Stance, Withheld};

use crate::failure::Failure;
use crate::moment::day;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;

/// One sheet of A4.
#[derive(Debug, Template)]
#[template(path = "guideline/sheet.html")]
pub(crate) struct SheetPage {
    shell: Shell,
    id: String,
    name: String,
    /// Each rule is about patients who have the condition; otherwise the sheet says only that it was thought of.
    has_it: bool,
    /// The doctor ticks what holds for this patient; nothing is ticked before, and only what is ticked is printed.
    none: Vec<String>,
    /// Drops or ointment instead of tablets: nothing is said of antibiotics as such.
    local: Vec<String>,
    wait: Vec<String>,
    facts: Vec<String>,
}

impl Framed for SheetPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /guideline/{condition}/sheet`. A condition in which the guideline always gives an antibiotic has none.
pub(crate) async fn show(
    State(portal): State<Portal>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Page<SheetPage>, Failure> {
    let guideline = super::as_it_stands(&portal).await?;
    let condition = super::of(&guideline, &id)?;
    let patient = PatientContext::unknown(day(portal.now()));
    if !says_something(condition, &patient) {
        return Err(Failure::NotFound);
    }
    let lang = shell.lang;
    let facts = condition
        .facts
        .iter()
        .filter(|it| it.to_patient && it.provenance.is_advice_on(patient.on));
    let (local, none): (Vec<_>, Vec<_>) = rules(condition, &patient, Stance::NoAntibiotic)
        .into_iter()
        .partition(|it| it.withheld == Withheld::Systemic);
    let told = |rules: Vec<&Indication>| {
        let told = rules
            .into_iter()
            .map(|it| it.plain.as_ref().unwrap_or(&it.told));
        told.map(|it| lang.of_told(it).to_owned())
            .collect::<Vec<_>>()
    };
    Ok(Page::new(SheetPage {
        name: {
            let name = condition.plain_name.as_ref().unwrap_or(&condition.name);
            lang.of_told(name).to_owned()
        },
        has_it: none.iter().all(|it| it.withheld == Withheld::Antibiotic),
        none: told(none),
        local: told(local),
        wait: told(rules(condition, &patient, Stance::Wait)),
        facts: facts
            .map(|it| {
                lang.of_told(it.plain.as_ref().unwrap_or(&it.told))
                    .to_owned()
            })
            .collect(),
        id,
        shell,
    }))
}

/// Whether the guideline says that there are patients who should have none, or wait.
pub(super) fn says_something(condition: &Condition, patient: &PatientContext) -> bool {
    [Stance::NoAntibiotic, Stance::Wait]
        .into_iter()
        .any(|stance| !rules(condition, patient, stance).is_empty())
}

/// Whether the guideline says that there are patients *with this condition* who should have none, or wait.
pub(super) fn goes_without(condition: &Condition, patient: &PatientContext) -> bool {
    let none = rules(condition, patient, Stance::NoAntibiotic);
    let mut both = none
        .into_iter()
        .chain(rules(condition, patient, Stance::Wait));
    both.any(|it| it.withheld != Withheld::NotThis)
}

fn rules<'c>(
    condition: &'c Condition,
    patient: &PatientContext,
    stance: Stance,
) -> Vec<&'c Indication> {
    let of_it = |it: &&Indication| it.stance == stance && it.provenance.is_advice_on(patient.on);
    condition.indications.iter().filter(of_it).collect()
}
