//! `GET /operator/disputes`: rows that doctors say are not theirs: what waits, and what was answered lately.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use riktig_journal::dispute::{self, Dispute, State as Settled, Why};
use riktig_journal::policy::{About, Act};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::telling::{self, Said};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What was settled stands on the page for so long.
pub(super) const TOLD_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Most settled ones on the page.
const MOST_TOLD: usize = 100;

/// What waits, and what was answered.
#[derive(Debug, Template)]
#[template(path = "operator/disputes.html")]
pub(crate) struct Disputes {
    shell: Shell,
    notice: String,
    waiting: Vec<Row>,
    settled: Vec<Row>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) edition: String,
    pub(super) indicator: String,
    pub(super) month: String,
    pub(super) rows: String,
    pub(super) why: String,
    pub(super) sent: String,
    /// Open, or what became of it and when.
    pub(super) state: String,
    pub(super) reason: String,
}

impl Framed for Disputes {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator/disputes`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let mut looking = visit
        .look(&portal, Act::SeeDisputes, About::Country)
        .await?;
    let waiting = dispute::open(&mut looking).await?;
    let since = looking.now() - TOLD_FOR;
    let settled = dispute::settled_since(&mut looking, since).await?;
    drop(looking);
    let notice = match said.said.as_deref() {
        Some("upheld") => shell.say("operator-said-upheld"),
        Some("rejected") => shell.say("operator-said-rejected"),
        Some("settled") => shell.say("operator-said-settled"),
        _ => String::new(),
    };
    let tell = |it: &Dispute| row(&portal, shell.lang, it);
    let page = Disputes {
        notice,
        waiting: waiting.iter().map(tell).collect(),
        settled: settled.iter().take(MOST_TOLD).map(tell).collect(),
        shell,
    };
    Ok(Page::new(page).into_response())
}

/// A dispute in words: what it is about, without the doctor.
pub(super) fn row(portal: &Portal, lang: Lang, dispute: &Dispute) -> Row {
    let flag = &dispute.flag;
    let open = portal.shelf().named(dispute.edition.as_str());
    let indicator = flag.indicator.as_deref();
    let name = indicator.and_then(|id| open.as_ref()?.reports().name_of(id, lang));
    Row {
        id: dispute.id.to_string(),
        edition: open.as_ref().map_or_else(
            || dispute.edition.to_string(),
            |open| telling::span(lang, &open.edition().meta().period),
        ),
        indicator: match (name, indicator) {
            (Some(name), _) => name.to_owned(),
            (None, Some(id)) => id.to_owned(),
            (None, None) => lang.say(Key("operator-dispute-any")),
        },
        month: flag.month.map_or_else(
            || lang.say(Key("operator-dispute-whole")),
            |month| telling::month(lang, month),
        ),
        rows: flag.rows.map_or_else(
            || lang.say(Key("operator-dispute-all-rows")),
            |rows| telling::many(lang, Key("operator-dispute-rows"), rows.into()),
        ),
        why: lang.say(match flag.why {
            Why::Locum => Key("operator-dispute-locum"),
            Why::WrongPrescriber => Key("operator-dispute-wrong"),
            Why::Other => Key("operator-dispute-other"),
        }),
        sent: moment::moment(lang, dispute.opened_at),
        state: state(lang, dispute),
        reason: dispute.reason.clone().unwrap_or_default(),
    }
}

fn state(lang: Lang, dispute: &Dispute) -> String {
    let key = match dispute.state {
        Settled::Open => return lang.say(Key("operator-dispute-open")),
        Settled::Upheld => Key("operator-dispute-upheld"),
        Settled::Rejected => Key("operator-dispute-rejected"),
        Settled::TakenBack => Key("operator-dispute-taken-back"),
    };
    let moment = dispute.settled_at.map(|at| moment::moment(lang, at));
    lang.fill(key, &[("moment", Arg::Text(&moment.unwrap_or_default()))])
}
