//! `GET /operator/advice`.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use riktig_guideline::{Condition, Guideline, SwitchedOff};
use riktig_journal::advised;
use riktig_journal::cds_client::{self, CdsClient};
use riktig_journal::cds_showing::{self, Showing};
use riktig_journal::policy::{About, Act, Actor};
use riktig_journal::switch::{self, Switch};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::client::{Client, Next, Reader};
use super::clients::Proposal;
use super::table::{self, Choice, Row};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// A topic that must be read again within so many days stands on the page.
const SOON: i32 = 90;

/// How far back cards are counted.
const COUNTED: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The page.
#[derive(Debug, Template)]
#[template(path = "advice/operator.html")]
pub(crate) struct Advice {
    shell: Shell,
    notice: String,
    pub(super) problems: Vec<[String; 2]>,
    alarms: Vec<String>,
    off: Vec<Off>,
    choices: Vec<Choice>,
    rows: Vec<Row>,
    clients: Vec<Client>,
    /// The id of a client that may be proposed.
    new: String,
    pub(super) form: Proposal,
}

/// Rules that are off.
#[derive(Debug)]
struct Off {
    rule: String,
    /// As the form that switches off calls it.
    words: String,
    since: String,
    reason: String,
    /// The reader did it: another switches on.
    own: bool,
}

impl Framed for Advice {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What the page says on top after a form.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    said: Option<String>,
}

/// `GET /operator/advice`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let mut page = page(&portal, &visit, shell).await?;
    let shell = &page.shell;
    page.notice = match said.said.as_deref() {
        Some("off") => shell.say("hooks-said-off"),
        Some("on") => shell.say("hooks-said-on"),
        Some("proposed") => shell.say("hooks-said-proposed"),
        Some("confirmed") => shell.say("hooks-said-confirmed"),
        Some("showing-proposed") => shell.say("hooks-said-showing-proposed"),
        Some("refused") => shell.say("hooks-said-refused"),
        Some("withdrawn") => shell.say("hooks-said-withdrawn"),
        Some("silent") => shell.say("hooks-said-silent"),
        Some("showing") => shell.say("hooks-said-showing"),
        Some("ended") => shell.say("hooks-said-ended"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

pub(super) async fn page(portal: &Portal, visit: &Visit, shell: Shell) -> Result<Advice, Failure> {
    let mut looking = visit.look(portal, Act::SeeAdvice, About::Country).await?;
    let since = looking.now() - COUNTED;
    let met = advised::met(&mut looking, since).await?;
    let switches = switch::all(&mut looking).await?;
    let clients = cds_client::all(&mut looking).await?;
    let showings = cds_showing::all(&mut looking).await?;
    drop(looking);
    let (lang, today, asker) = (shell.lang, moment::day(portal.now()), visit.logged_in()?);
    let standing = switches.iter().filter(|it| it.on_at.is_none());
    let choices = table::choices(lang);
    let off: SwitchedOff = standing.clone().map(|it| it.rule.as_str()).collect();
    let shown = clients.iter().filter(|it| it.ended_at.is_none());
    let now = portal.now();
    let reader = Reader { lang, asker, now };
    let client = |it: &CdsClient| reader.client(it, newest(&showings, it));
    Ok(Advice {
        notice: String::new(),
        problems: Vec::new(),
        alarms: due(portal)
            .into_iter()
            .map(|it| alarm(lang, it, it.review_by < today))
            .collect(),
        off: standing.map(|it| told(&choices, lang, it, asker)).collect(),
        choices,
        rows: table::rows(lang, &off, &met, today),
        clients: shown.map(client).collect(),
        new: cds_client::new_id(portal.now())?.to_string(),
        form: Proposal::default(),
        shell,
    })
}

/// The last proposal to show a client.
fn newest<'s>(showings: &'s [Showing], client: &CdsClient) -> Option<&'s Showing> {
    showings.iter().find(|it| it.client == client.id)
}

/// How many systems wait for this operator as the second person: to be confirmed, or to be shown their advice.
pub(crate) async fn waiting(portal: &Portal, visit: &Visit) -> Result<usize, Failure> {
    let mut looking = visit.look(portal, Act::SeeAdvice, About::Country).await?;
    let clients = cds_client::all(&mut looking).await?;
    let showings = cds_showing::all(&mut looking).await?;
    drop(looking);
    let reader = Reader {
        lang: Lang::Nb,
        asker: visit.logged_in()?,
        now: portal.now(),
    };
    let next = |it: &CdsClient| reader.next(it, newest(&showings, it));
    let standing = clients.iter().filter(|it| it.ended_at.is_none());
    let waiting = standing.filter(|it| matches!(next(it), Next::Confirm | Next::Approve));
    Ok(waiting.count())
}

/// Topics that give advice and must be read again soon, the first first.
pub(crate) fn due(portal: &Portal) -> Vec<&'static Condition> {
    let today = moment::day(portal.now());
    let conditions = Guideline::shipped().conditions().iter();
    let mut due: Vec<_> = conditions
        .filter(|it| it.gives_advice() && it.review_by - today < SOON)
        .collect();
    due.sort_by_key(|it| it.review_by);
    due
}

fn alarm(lang: Lang, condition: &Condition, over: bool) -> String {
    let day = lang.day(&condition.review_by.to_string());
    let args = [
        ("topic", Arg::Text(lang.of_told(&condition.name))),
        ("day", Arg::Text(&day)),
    ];
    let key = if over {
        Key("hooks-alarm-over")
    } else {
        Key("hooks-alarm-soon")
    };
    lang.fill(key, &args)
}

fn told(choices: &[Choice], lang: Lang, switch: &Switch, asker: &Actor) -> Off {
    let rule = switch.rule.to_string();
    let choice = choices.iter().find(|it| it.value == rule);
    Off {
        words: choice.map_or_else(|| rule.clone(), |it| it.words.clone()),
        rule,
        since: moment::moment(lang, switch.off_at),
        reason: switch.reason.clone(),
        own: asker.person() == Some(switch.off_by),
    }
}
