//! Which edition and which indicator: two choices of a form without script.

use std::sync::Arc;

use riktig_lake::edition::Span;
use riktig_reports::Lang;
use riktig_reports::model::{Direction, Figure, Measure, Period};
use serde::Deserialize;

use super::figures;
use super::place::Place;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shelf::OnShelf;

/// What the address asks for; nothing of it must be there.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
    indicator: Option<String>,
}

/// What is looked at.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub(super) open: Arc<OnShelf>,
    /// Every edition on the shelf, the newest first.
    pub(super) all: Vec<Arc<OnShelf>>,
    pub(super) measures: Vec<Measure>,
    /// The chosen one's place among them.
    pub(super) index: usize,
}

/// What is asked for; the newest edition and the place's first indicator with a number where nothing is. `None` without
/// an edition.
///
/// # Errors
/// [`Failure::NotFound`] for an edition or indicator that is not there.
pub(super) fn chosen(
    portal: &Portal,
    place: Place,
    asked: &Asked,
) -> Result<Option<Chosen>, Failure> {
    let all = portal.shelf().all();
    let open = match asked.edition.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => {
            let found = all.iter().find(|open| open.name() == name);
            Some(found.cloned().ok_or(Failure::NotFound)?)
        }
        None => all.first().cloned(),
    };
    let Some(open) = open else {
        return Ok(None);
    };
    let measures: Vec<Measure> = open.reports().measures().collect();
    let index = match asked.indicator.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => {
            let found = measures.iter().position(|it| it.id == id);
            found.ok_or(Failure::NotFound)?
        }
        None => first(&open, place, &measures),
    };
    Ok((!measures.is_empty()).then_some(Chosen {
        open,
        all,
        measures,
        index,
    }))
}

/// The first indicator that has a direction and a number here.
fn first(open: &OnShelf, place: Place, measures: &[Measure]) -> usize {
    let scope = place.scope(open.edition()).map(|scope| scope.id);
    let tells = |measure: &Measure| {
        let told = scope.and_then(|scope| open.reports().area(scope, &measure.id));
        told.is_some_and(|told| told.figure.value().is_some())
    };
    let wanted = |it: &Measure| it.direction != Direction::Neutral && tells(it);
    measures.iter().position(wanted).unwrap_or(0)
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

impl Chosen {
    /// The indicator.
    pub(super) fn measure(&self) -> &Measure {
        &self.measures[self.index]
    }

    /// Whether the edition's data cannot tell it of anybody.
    pub(super) fn is_absent(&self, measure: &Measure) -> bool {
        let told = figures::figure(&self.open, Place::Country, measure);
        matches!(told.figure, Figure::Missing { .. })
    }

    /// The editions to choose from.
    pub(super) fn periods(&self, lang: Lang) -> Vec<Choice> {
        let choice = |open: &Arc<OnShelf>| Choice {
            value: open.name().to_owned(),
            name: period(open, lang),
            chosen: open.name() == self.open.name(),
        };
        self.all.iter().map(choice).collect()
    }

    /// The indicators to choose from.
    pub(super) fn indicators(&self, lang: Lang) -> Vec<Choice> {
        let choice = |(index, it): (usize, &Measure)| Choice {
            value: it.id.clone(),
            name: lang.of(&it.name).to_owned(),
            chosen: index == self.index,
        };
        let measures = self.measures.iter().enumerate();
        let known = measures.filter(|(index, it)| *index == self.index || !self.is_absent(it));
        known.map(choice).collect()
    }

    /// Edition and indicator as the query of a link.
    pub(super) fn query(&self, indicator: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("edition", self.open.name());
        query.append_pair("indicator", indicator);
        query.finish()
    }
}

/// The months of an edition in words.
pub(super) fn period(open: &OnShelf, lang: Lang) -> String {
    let Span { first, last, .. } = open.edition().meta().period.clone();
    lang.period(&Period { first, last })
}
