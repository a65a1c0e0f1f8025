//! Which of the doctor's reports is looked at, and whom it is held against: two choices of a form without script.

use std::sync::Arc;

use riktig_codes::HprNumber;
use riktig_journal::policy::EditionId;
use riktig_lake::edition::{Prescriber, Span};
use riktig_reports::model::{Period, Report};
use riktig_reports::{Against, Lang};
use serde::Deserialize;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::shelf::OnShelf;

/// What the address asks for; nothing of it must be there.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
    against: Option<String>,
    /// Of pages about one number: the indicator's id.
    pub(in crate::pages) indicator: Option<String>,
}

impl Asked {
    /// For this edition.
    pub(in crate::pages) fn of_edition(name: &str) -> Asked {
        Asked {
            edition: Some(name.to_owned()),
            ..Asked::default()
        }
    }
}

/// What there is for the doctor.
#[derive(Debug)]
pub(in crate::pages) enum Found {
    /// A report.
    Report(Chosen),
    /// The edition that was asked for holds no report of the doctor; these do.
    NotIn {
        edition: Arc<OnShelf>,
        others: Vec<Arc<OnShelf>>,
    },
    /// No edition holds one; the newest, if there is any.
    Nowhere(Option<Arc<OnShelf>>),
}

/// The report that is looked at.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Chosen {
    /// Its edition.
    pub(in crate::pages) open: Arc<OnShelf>,
    /// The edition's name.
    pub(in crate::pages) edition: EditionId,
    /// Editions with a report of the doctor, the newest first.
    pub(in crate::pages) mine: Vec<Arc<OnShelf>>,
    hpr: String,
    against: Option<Against>,
}

/// The doctor's report that is asked for; the newest where none is.
///
/// # Errors
/// [`Failure::NotFound`] for an edition that is not on the shelf.
pub(in crate::pages) fn found(
    portal: &Portal,
    doctor: HprNumber,
    asked: &Asked,
) -> Result<Found, Failure> {
    found_among(portal, doctor, asked, |_| true)
}

/// The same among the editions that somebody may see.
///
/// # Errors
/// As [`found`].
pub(in crate::pages) fn found_among(
    portal: &Portal,
    doctor: HprNumber,
    asked: &Asked,
    may_see: impl Fn(&OnShelf) -> bool,
) -> Result<Found, Failure> {
    let hpr = doctor.to_string();
    let all = portal.shelf().all();
    let newest = all.first().cloned();
    let holds = |open: &Arc<OnShelf>| may_see(open) && open.edition().prescriber(&hpr).is_some();
    let named = match asked.edition.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => {
            let open = all.iter().find(|open| open.name() == name);
            Some(open.cloned().ok_or(Failure::NotFound)?)
        }
        None => None,
    };
    let mine: Vec<Arc<OnShelf>> = all.into_iter().filter(holds).collect();
    let Some(latest) = mine.first().cloned() else {
        return Ok(Found::Nowhere(newest));
    };
    let open = named.unwrap_or(latest);
    if !holds(&open) {
        return Ok(Found::NotIn {
            edition: open,
            others: mine,
        });
    }
    let against = asked.against.as_deref();
    let against = match against.filter(|word| !word.is_empty()) {
        Some(word) => Some(Against::from_word(word).ok_or(Failure::NotFound)?),
        None => None,
    };
    Ok(Found::Report(Chosen {
        edition: name_of(&open)?,
        open,
        mine,
        hpr,
        against,
    }))
}

/// The edition's name for the journal.
pub(in crate::pages) fn name_of(open: &OnShelf) -> Result<EditionId, Failure> {
    open.name().parse().map_err(Failure::internal)
}

impl Chosen {
    /// The doctor in the edition.
    pub(in crate::pages) fn prescriber(&self) -> &Prescriber {
        let found = self.open.edition().prescriber(&self.hpr);
        found.expect("chosen among editions that hold the doctor")
    }

    /// The doctor's report.
    pub(in crate::pages) fn report(&self) -> Report {
        self.open.reports().of(self.prescriber())
    }

    /// Whom it is held against: the doctor's choice, else the country.
    pub(in crate::pages) fn against(&self) -> Against {
        self.against.unwrap_or(Against::Country)
    }

    /// Whether a newer report is there.
    pub(in crate::pages) fn is_older(&self) -> bool {
        let newest = self.mine.first();
        newest.is_some_and(|newest| newest.name() != self.open.name())
    }

    /// The choice as the query of a link.
    pub(in crate::pages) fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("edition", self.open.name());
        if let Some(against) = self.against {
            query.append_pair("against", against.word());
        }
        query.finish()
    }
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) chosen: bool,
}

/// The reports to choose from.
pub(in crate::pages) fn periods(chosen: &Chosen, lang: Lang, newest: &str) -> Vec<Choice> {
    let several = chosen.mine.len() > 1;
    let choice = |(index, open): (usize, &Arc<OnShelf>)| {
        let period = period(open, lang);
        Choice {
            value: open.name().to_owned(),
            name: if several && index == 0 {
                format!("{period} ({newest})")
            } else {
                period
            },
            chosen: open.name() == chosen.open.name(),
        }
    };
    chosen.mine.iter().enumerate().map(choice).collect()
}

/// Whom to choose from.
pub(in crate::pages) fn comparisons(chosen: &Chosen, report: &Report, lang: Lang) -> Vec<Choice> {
    let choice = |against: Against| Choice {
        value: against.word().to_owned(),
        name: against.name(lang),
        chosen: against == chosen.against(),
    };
    let offered = Against::offered(report);
    offered.into_iter().map(choice).collect()
}

/// The months of an edition in words.
pub(in crate::pages) fn period(open: &OnShelf, lang: Lang) -> String {
    let Span { first, last, .. } = open.edition().meta().period.clone();
    lang.period(&Period { first, last })
}
