//! `GET /group/{group}`: the group's doctors as anonymous dots, and for its leader what is shared.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act};
use riktig_journal::share;
use riktig_reports::model::{Figure, GroupNumber};
use riktig_reports::{fragment_defs, group_headlines};

use super::numbers::{self, Number};
use super::{Asked, Beside, beside, id_of, leads, periods};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::pages::mine::choice::Choice;
use crate::pages::shared::{self, Line};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The group's page.
#[derive(Debug, Template)]
#[template(path = "group/one.html")]
pub(crate) struct OneGroup {
    shell: Shell,
    id: String,
    name: String,
    period: String,
    periods: Vec<Choice>,
    /// The chosen edition, for links; empty without one.
    edition: String,
    defs: String,
    drawn: String,
    is_drawn: bool,
    leads: bool,
    shared: Vec<Line>,
    first: Vec<Number>,
    rest: Vec<Number>,
}

impl Framed for OneGroup {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /group/{group}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let group = id_of(&id)?;
    let beside = beside((&portal, &visit), group, &asked).await?;
    let leads = leads(&visit, group, portal.now())?;
    let shared = if leads {
        let about = About::Group(group);
        let mut looking = visit.look(&portal, Act::SeeRoster, about).await?;
        let shares = share::with_group(&mut looking).await?;
        drop(looking);
        let path = format!("/group/{group}");
        shared::lines((&portal, &visit), &shell, &shares, &path)?
    } else {
        Vec::new()
    };
    let numbers = beside.numbers(visit.logged_in()?.hpr());
    let page = page(&portal, shell, &beside, &numbers);
    let page = OneGroup {
        leads,
        shared,
        ..page
    };
    Ok(Page::new(page).into_response())
}

fn page(portal: &Portal, shell: Shell, beside: &Beside, numbers: &[GroupNumber]) -> OneGroup {
    let headlines = group_headlines(numbers);
    let told = |at: usize| numbers::told(&numbers[at], format!("n{at}"), &shell);
    // What no doctor of the country has, a group has not either.
    let is_somebodys = |at: &usize| {
        !matches!(
            numbers[*at].indicator.country.figure,
            Figure::Missing { .. }
        )
    };
    let rest = (0..numbers.len()).filter(|at| !headlines.contains(at));
    let mut rest: Vec<usize> = rest.filter(is_somebodys).collect();
    rest.sort_by_key(|at| numbers[*at].dots.is_err());
    let open = beside.open.as_ref();
    OneGroup {
        id: beside.group.id.to_string(),
        name: beside.group.name.clone(),
        period: beside.period(shell.lang),
        periods: open.map_or_else(Vec::new, |open| periods(portal, open, &shell)),
        edition: open.map_or_else(String::new, |open| open.name().to_owned()),
        defs: fragment_defs(),
        drawn: beside.drawn(shell.lang),
        is_drawn: beside.is_drawn(),
        leads: false,
        shared: Vec::new(),
        first: headlines.iter().map(|at| told(*at)).collect(),
        rest: rest.into_iter().map(told).collect(),
        shell,
    }
}
