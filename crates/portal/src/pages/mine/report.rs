//! `GET /report`: the doctor's own report.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use riktig_codes::HprNumber;
use riktig_journal::dispute::{self, Dispute};
use riktig_journal::fetch::{self, Fetch, How};
use riktig_journal::goal::{self, Goal};
use riktig_journal::group::{self, Group};
use riktig_journal::policy::{About, Act, Audience};
use riktig_journal::share::{self, Share};
use riktig_reports::text::{Arg, Key};

use super::choice::{self, Asked, Choice, Chosen, Found};
use super::held::{self, Held};
use super::parts::{self, Parts};
use super::section::{self, Effort};
use super::{not_mine, nothing};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The report as a page.
#[derive(Debug, Template)]
#[template(path = "mine/report.html")]
pub(crate) struct ReportPage {
    shell: Shell,
    parts: Parts,
    periods: Vec<Choice>,
    comparisons: Vec<Choice>,
    older: bool,
    edition: String,
    goals: Vec<Held>,
    effort: Vec<Effort>,
    shared: Vec<String>,
    disputed: String,
}

impl Framed for ReportPage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What the journal holds of the doctor that a report shows.
#[derive(Debug, Default)]
struct Own {
    goals: Vec<Goal>,
    shares: Vec<Share>,
    groups: Vec<Group>,
    disputes: Vec<Dispute>,
    fetches: Vec<Fetch>,
}

/// `GET /report`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let own = own(&portal, &visit, doctor).await?;
    let chosen = match choice::found(&portal, doctor, &asked)? {
        Found::Report(chosen) => chosen,
        Found::NotIn { edition, others } => return Ok(nothing::not_in(shell, &edition, &others)),
        Found::Nowhere(newest) => return Ok(nothing::nowhere(shell, newest.as_deref())),
    };
    let about = About::Report(doctor, chosen.edition.clone());
    visit.look(&portal, Act::ReadOwnReport, about).await?;
    note(&portal, &visit, (doctor, &chosen), &own.fetches).await?;
    Ok(Page::new(page(shell, &chosen, &own)).into_response())
}

async fn own(portal: &Portal, visit: &Visit, doctor: HprNumber) -> Result<Own, Failure> {
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(portal, Act::SeeOwn, about).await?;
    Ok(Own {
        goals: goal::own(&mut looking).await?,
        shares: share::own(&mut looking).await?,
        groups: group::own(&mut looking).await?,
        disputes: dispute::own(&mut looking).await?,
        fetches: fetch::own(&mut looking).await?,
    })
}

/// Notes that the report was opened. Once a day is enough: uptake asks for the first time, and the log need not hold every
/// click.
async fn note(
    portal: &Portal,
    visit: &Visit,
    (doctor, chosen): (HprNumber, &Chosen),
    fetches: &[Fetch],
) -> Result<(), Failure> {
    let now = portal.now();
    let of_edition = fetches.iter().find(|it| it.edition == chosen.edition);
    let last: Option<Timestamp> = of_edition.and_then(|it| it.opened.map(|(_, last)| last));
    if last.is_some_and(|last| moment::same_day(last, now)) {
        return Ok(());
    }
    let about = About::Report(doctor, chosen.edition.clone());
    let mut acting = visit.act(portal, Act::FetchOwnReport, about).await?;
    fetch::note(&mut acting, How::Opened).await?;
    Ok(acting.done().await?)
}

fn page(shell: Shell, chosen: &Chosen, own: &Own) -> ReportPage {
    let report = chosen.report();
    let lang = shell.lang;
    let goals = held::held(&report, &own.goals, &shell);
    let newest = shell.say("mine-newest");
    ReportPage {
        parts: parts::parts(chosen, &report, (&goals, chosen.query()), &shell),
        periods: choice::periods(chosen, lang, &newest),
        comparisons: choice::comparisons(chosen, &report, lang),
        older: chosen.is_older(),
        edition: chosen.open.name().to_owned(),
        effort: section::effort(&report, &goals, &shell),
        shared: shared(&shell, chosen, own),
        disputed: not_mine::told(&shell, &chosen.edition, &own.disputes),
        goals,
        shell,
    }
}

/// With whose leader this report is shared now.
fn shared(shell: &Shell, chosen: &Chosen, own: &Own) -> Vec<String> {
    let reaches = |share: &&Share| {
        share.withdrawn.is_none()
            && share
                .edition
                .as_ref()
                .is_none_or(|only| *only == chosen.edition)
    };
    let name = |share: &Share| match &share.audience {
        Audience::Group(id) => {
            let group = own.groups.iter().find(|group| group.id == *id);
            group.map(|group| group.name.clone())
        }
        Audience::Service(code) => Some(code.to_string()),
    };
    let mut names: Vec<String> = own.shares.iter().filter(reaches).filter_map(name).collect();
    names.sort();
    names.dedup();
    let line = |name: &String| {
        let key = Key("mine-sharing-leader");
        shell.lang.fill(key, &[("group", Arg::Text(name))])
    };
    names.iter().map(line).collect()
}
