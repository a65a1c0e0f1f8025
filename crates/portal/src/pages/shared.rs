//! A report that its doctor shows to a leader: the same report, without goals, log and what was flagged.

use askama::Template;
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act, Actor, Audience, Role};
use riktig_journal::share::Share;
use riktig_reports::text::{Arg, Key};

use super::mine::choice::{self, Asked, Choice, Chosen, Found};
use super::mine::parts::{self, Parts};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The shared report as a page.
#[derive(Debug, Template)]
#[template(path = "report/shared.html")]
pub(crate) struct SharedReport {
    shell: Shell,
    parts: Parts,
    /// Where it is shown, and the page that leads to it.
    here: String,
    back: String,
    /// Who shares it since when.
    since: String,
    periods: Vec<Choice>,
    comparisons: Vec<Choice>,
}

impl Framed for SharedReport {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A share as the leader's list has it.
#[derive(Debug)]
pub(crate) struct Line {
    /// Where the report is read.
    pub(crate) path: String,
    pub(crate) who: String,
    /// What is shared since when.
    pub(crate) what: String,
}

/// What is shared with the audience, as far as it opens to the one who looks: a share from before the leader's time is for
/// the leader before. Below `path`.
pub(super) fn lines(
    (portal, visit): (&Portal, &Visit),
    shell: &Shell,
    shares: &[Share],
    path: &str,
) -> Result<Vec<Line>, Failure> {
    let (actor, lang, now) = (visit.logged_in()?, shell.lang, portal.now());
    let line = |share: &Share| {
        let since = moment::moment(lang, share.given);
        let hpr = share.hpr.to_string();
        let what = match &share.edition {
            None => lang.fill(Key("group-share-every"), &[("moment", Arg::Text(&since))]),
            Some(edition) => {
                let open = portal.shelf().named(edition.as_str())?;
                let period = choice::period(&open, lang);
                lang.fill(
                    Key("group-share-one"),
                    &[
                        ("period", Arg::Text(&period)),
                        ("moment", Arg::Text(&since)),
                    ],
                )
            }
        };
        Some(Line {
            path: format!("{path}/shared/{}", share.id),
            who: lang.fill(Key("group-hpr"), &[("hpr", Arg::Text(&hpr))]),
            what,
        })
    };
    let opens = shares.iter().filter(|share| opens(actor, share, now));
    Ok(opens.filter_map(line).collect())
}

/// Whether the share was given to the leader who looks. Which link is shown is no right: the policy is asked for the report.
fn opens(actor: &Actor, share: &Share, now: jiff::Timestamp) -> bool {
    let leads = |role: &Role| match (role, &share.audience) {
        (Role::GroupLeader(led), Audience::Group(group)) => led == group,
        (
            Role::NursingHomeLeader(led) | Role::OutOfHoursLeader(led),
            Audience::Service(service),
        ) => led == service,
        _ => false,
    };
    let standings = actor.standings().iter();
    standings
        .filter(|it| it.is_in_force(now) && it.from() <= share.given)
        .any(|it| leads(it.role()))
}

/// The report of a share that stands, in the edition that is asked for.
///
/// # Errors
/// [`Failure::NotFound`] where the share is none of these, or reaches no edition on the shelf.
pub(super) async fn page(
    (portal, visit): (&Portal, &Visit),
    shell: Shell,
    (shares, id): (&[Share], &str),
    (path, asked): (&str, &Asked),
) -> Result<Response, Failure> {
    let share = shares.iter().find(|share| share.id.to_string() == id);
    let share = share.ok_or(Failure::NotFound)?;
    let covers = |name: &str| {
        let only = share.edition.as_ref();
        only.is_none_or(|only| only.as_str() == name)
    };
    let found = choice::found_among(portal, share.hpr, asked, |open| covers(open.name()))?;
    let Found::Report(chosen) = found else {
        return Err(Failure::NotFound);
    };
    let about = About::Report(share.hpr, chosen.edition.clone());
    visit.look(portal, Act::ReadSharedReport, about).await?;
    let page = told(shell, &chosen, share, path);
    Ok(Page::new(page).into_response())
}

fn told(shell: Shell, chosen: &Chosen, share: &Share, path: &str) -> SharedReport {
    let (report, lang) = (chosen.report(), shell.lang);
    let since = moment::moment(lang, share.given);
    let newest = shell.say("mine-newest");
    SharedReport {
        parts: parts::without_own(chosen, &report, &shell),
        here: format!("{path}/shared/{}", share.id),
        back: path.to_owned(),
        since: lang.fill(Key("group-shared-since"), &[("moment", Arg::Text(&since))]),
        periods: choice::periods(chosen, lang, &newest),
        comparisons: choice::comparisons(chosen, &report, lang),
        shell,
    }
}
