//! Which edition a page of numbers of doctors is about: one choice of a form without script.

use std::sync::Arc;

use riktig_codes::HprNumber;
use riktig_journal::policy::EditionId;
use riktig_lake::edition::{Edition, Prescriber, ScopeKind, Span};
use riktig_reports::Lang;
use riktig_reports::model::Period;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shelf::OnShelf;

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// An edition on the shelf.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) open: Arc<OnShelf>,
    pub(super) id: EditionId,
    all: Vec<Arc<OnShelf>>,
}

/// The edition that is asked for, the newest where none is. `None` without any.
///
/// # Errors
/// [`Failure::NotFound`] for an edition that is not on the shelf.
pub(super) fn chosen(portal: &Portal, asked: Option<&str>) -> Result<Option<Chosen>, Failure> {
    let all = portal.shelf().all();
    let open = match asked.filter(|name| !name.is_empty()) {
        Some(name) => {
            let found = all.iter().find(|open| open.name() == name);
            Some(found.cloned().ok_or(Failure::NotFound)?)
        }
        None => all.first().cloned(),
    };
    let Some(open) = open else {
        return Ok(None);
    };
    let id = open.name().parse().map_err(Failure::internal)?;
    Ok(Some(Chosen { open, id, all }))
}

impl Chosen {
    /// The editions to choose from, the newest first.
    pub(super) fn choices(&self, lang: Lang) -> Vec<Choice> {
        let choice = |open: &Arc<OnShelf>| Choice {
            value: open.name().to_owned(),
            name: period(open, lang),
            chosen: open.name() == self.open.name(),
        };
        self.all.iter().map(choice).collect()
    }

    /// Who has a report in the edition, with the county; 0 where no county is known.
    pub(super) fn prescribers(&self) -> Vec<(HprNumber, u8)> {
        let doctor = |one: &Prescriber| {
            let number = one.external_id.parse().ok();
            Some((number.and_then(HprNumber::from_value)?, county(one)))
        };
        let all = self.open.edition().prescribers().iter();
        all.filter_map(doctor).collect()
    }
}

/// The county that came with the doctor, else that of the municipality.
fn county(doctor: &Prescriber) -> u8 {
    let own = doctor.county.as_ref().map(|area| area.code.as_str());
    let municipality = doctor.municipality.as_ref();
    let around = municipality.and_then(|area| area.code.get(..2));
    let code = own.or(around);
    code.and_then(|code| code.parse().ok()).unwrap_or(0)
}

/// What a county is called; `None` for none.
pub(super) fn county_name(edition: &Edition, number: u8) -> Option<String> {
    let code = format!("{number:02}");
    let mut scopes = edition.scopes().iter();
    let found = scopes.find(|it| it.kind == ScopeKind::County && it.area.code == code);
    let visible = found.map(|it| it.area.name.chars().filter(|c| !c.is_control()));
    match visible {
        Some(name) => Some(name.collect()),
        None => (number > 0).then_some(code),
    }
}

/// The months of an edition in words.
pub(super) fn period(open: &OnShelf, lang: Lang) -> String {
    let Span { first, last, .. } = open.edition().meta().period.clone();
    lang.period(&Period { first, last })
}
