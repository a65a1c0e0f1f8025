//! `GET /goals`: the doctor's goals, what the report proposes, and what else can be chosen.

use askama::Template;
use axum::extract::State;
use riktig_journal::goal::{self, Goal};
use riktig_journal::policy::{About, Act};
use riktig_reports::model::{Indicator, Report};
use riktig_reports::{own_in_words, takes_goal};

use super::choice::{self, Asked, Found};
use super::held::{self, Held};
use super::section::{self, Effort};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// All goals.
#[derive(Debug, Template)]
#[template(path = "mine/goals.html")]
pub(crate) struct Goals {
    shell: Shell,
    goals: Vec<Held>,
    /// Laid aside: indicator's id and name.
    aside: Vec<[String; 2]>,
    proposed: Vec<Effort>,
    /// Id, name, number of now.
    others: Vec<[String; 3]>,
    has_report: bool,
}

impl Framed for Goals {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /goals`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Page<Goals>, Failure> {
    let doctor = visit.doctor()?;
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(&portal, Act::SeeOwn, about).await?;
    let goals = goal::own(&mut looking).await?;
    // Given back before another is asked for: who holds one and waits for one can wait for ever.
    drop(looking);
    let report = match choice::found(&portal, doctor, &Asked::default())? {
        Found::Report(chosen) => {
            let about = About::Report(doctor, chosen.edition.clone());
            visit.look(&portal, Act::ReadOwnReport, about).await?;
            Some(chosen.report())
        }
        Found::NotIn { .. } | Found::Nowhere(_) => None,
    };
    Ok(Page::new(page(shell, &goals, report.as_ref())))
}

fn page(shell: Shell, goals: &[Goal], report: Option<&Report>) -> Goals {
    let held = report.map_or_else(Vec::new, |report| held::held(report, goals, &shell));
    let proposed = report.map_or_else(Vec::new, |report| section::effort(report, &held, &shell));
    let is_told = |id: &str| {
        held.iter().any(|it| it.indicator == id) || proposed.iter().any(|it| it.indicator == id)
    };
    let lang = shell.lang;
    let name = |id: &str| {
        let indicator = report.and_then(|report| report.indicator(id));
        indicator.map_or_else(|| id.to_owned(), |it| lang.of(&it.name).to_owned())
    };
    let other = |it: &Indicator| {
        let chosen = takes_goal(it) && !is_told(&it.id);
        chosen.then(|| [it.id.clone(), name(&it.id), own_in_words(it, lang)])
    };
    let indicators = report.map_or(&[][..], |report| &report.indicators);
    let aside = goals.iter().filter(|goal| goal.given_up);
    Goals {
        aside: aside
            .map(|goal| [goal.indicator.clone(), name(&goal.indicator)])
            .collect(),
        others: indicators.iter().filter_map(other).collect(),
        proposed: proposed.into_iter().filter(|it| !it.has_goal).collect(),
        has_report: report.is_some(),
        goals: held,
        shell,
    }
}
