//! `GET /guideline/{condition}/sheet`: what the patient takes home instead of a prescription, or with one that waits.

use askama::Template;
use axum::extract::{Path, State};
use riktig_guideline::{Condition, PatientContext, Stance};
use riktig_reports::Lang;

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
    /// The doctor ticks what holds for this patient; nothing is ticked before, and only what is ticked is printed.
    none: Vec<String>,
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
        .filter(|it| it.provenance.is_advice_on(patient.on));
    Ok(Page::new(SheetPage {
        name: lang.of_told(&condition.name).to_owned(),
        none: told(lang, condition, &patient, Stance::NoAntibiotic),
        wait: told(lang, condition, &patient, Stance::Wait),
        facts: facts.map(|it| lang.of_told(&it.told).to_owned()).collect(),
        id,
        shell,
    }))
}

/// Whether the guideline says of this condition that there are patients who should have none, or wait.
pub(super) fn says_something(condition: &Condition, patient: &PatientContext) -> bool {
    let lang = Lang::Nb;
    [Stance::NoAntibiotic, Stance::Wait]
        .iter()
        .any(|stance| !told(lang, condition, patient, *stance).is_empty())
}

fn told(
    lang: Lang,
    condition: &Condition,
    patient: &PatientContext,
    stance: Stance,
) -> Vec<String> {
    let rules = condition
        .indications
        .iter()
        .filter(|it| it.stance == stance);
    rules
        .filter(|it| it.provenance.is_advice_on(patient.on))
        .map(|it| lang.of_told(&it.told).to_owned())
        .collect()
}
