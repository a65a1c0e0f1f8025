//! `/operator/mailings`: notices to the doctors who have not fetched their report, how they went, who needs no visit.
//!
//! The portal sends nothing and knows no address. What is made here waits until `riktig mail` hands it to the operator's
//! own sender as a file of HPR numbers and words, and takes the sender's answer back.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::id::MailingId;
use riktig_journal::mailing::{self, Again, Made, Mailing, Notice};
use riktig_journal::policy::{About, Act};
use riktig_journal::waiver::{self, Waiver};
use riktig_journal::{ChangeError, fetch};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::telling;
use crate::failure::Failure;
use crate::moment;
use crate::notice::Letter;
use crate::page::{Framed, Page};
use crate::pages::mine::choice::Choice;
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// Most waivers on the page.
const MOST_TOLD: usize = 200;

/// The mailings.
#[derive(Debug, Template)]
#[template(path = "operator/mailings.html")]
pub(crate) struct Mailings {
    shell: Shell,
    notice: String,
    problems: Vec<[String; 2]>,
    rows: Vec<Row>,
    /// The edition that a new mailing would be about; absent: none is on the shelf.
    new: Option<New>,
    editions: Vec<Choice>,
    waivers: Vec<[String; 3]>,
}

/// A mailing that may be made.
#[derive(Debug)]
struct New {
    id: String,
    edition: String,
    period: String,
    /// How many would get it, of how many.
    reach: String,
    /// Somebody would.
    anybody: bool,
    /// How many of them were written to before, and when; empty where nobody was.
    again: String,
    notices: Vec<Offered>,
}

/// A notice with its words.
#[derive(Debug)]
struct Offered {
    word: &'static str,
    chosen: bool,
    letter: Letter,
}

/// A mailing that was made.
#[derive(Debug)]
struct Row {
    made: String,
    edition: String,
    notice: String,
    /// To how many, then waiting, sent, failed, without an address.
    counts: [String; 5],
}

impl Framed for Mailings {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    edition: Option<String>,
    said: Option<String>,
}

/// What the form sends.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    edition: String,
    #[serde(default)]
    notice: String,
    /// Set where those who were written to before are meant to be written to again.
    again: Option<String>,
}

/// `GET /operator/mailings`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let sent = Sent {
        edition: asked.edition.unwrap_or_default(),
        ..Sent::default()
    };
    let mut page = page(&portal, &visit, shell, &sent).await?;
    page.notice = match asked.said.as_deref() {
        Some("made") => page.shell.say("operator-said-mailing"),
        Some("twice") => page.shell.say("operator-said-mailing-twice"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /operator/mailings/{mailing}`: made once, however often the form is sent.
pub(crate) async fn make(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id: MailingId = id.parse().map_err(|_| Failure::NotFound)?;
    let about = About::Mailing(id);
    let mut acting = visit.act(&portal, Act::SendMailing, about).await?;
    let Some(notice) = Notice::from_word(&sent.notice) else {
        drop(acting);
        let problem = ("notice", Key("operator-problem-notice"));
        return mend(&portal, &visit, shell, &sent, problem).await;
    };
    let open = portal.shelf().named(&sent.edition);
    let open = open.ok_or(Failure::NotFound)?;
    let edition = open.name().parse().map_err(Failure::internal)?;
    let meant = sent.again.is_some();
    let said = match mailing::make(&mut acting, &edition, notice, &doctors(&open), meant).await {
        Ok(Made::Waits) => {
            acting.done().await?;
            "made"
        }
        Ok(Made::NotAgain(_)) => {
            drop(acting);
            let problem = ("again", Key("operator-problem-again"));
            return mend(&portal, &visit, shell, &sent, problem).await;
        }
        Err(ChangeError::Conflict { .. }) => "twice",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/operator/mailings?said={said}")).into_response())
}

/// The page again, with what is wrong with a field.
async fn mend(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    sent: &Sent,
    (field, said): (&str, Key),
) -> Result<Response, Failure> {
    let said = shell.lang.say(said);
    let mut page = page(portal, visit, shell, sent).await?;
    page.problems = vec![[field.to_owned(), said]];
    Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Who has a report in the edition and an HPR number by which the sender finds them.
fn doctors(open: &OnShelf) -> Vec<HprNumber> {
    let all = open.edition().prescribers().iter();
    all.filter_map(|it| it.external_id.parse().ok().and_then(HprNumber::from_value))
        .collect()
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    shell: Shell,
    sent: &Sent,
) -> Result<Mailings, Failure> {
    let mut looking = visit.look(portal, Act::SeeMailings, About::Country).await?;
    let all = mailing::all(&mut looking).await?;
    let waivers = waiver::all(&mut looking).await?;
    let lang = shell.lang;
    let open = match sent.edition.as_str() {
        "" => portal.shelf().newest(),
        name => Some(portal.shelf().named(name).ok_or(Failure::NotFound)?),
    };
    let new = match &open {
        None => None,
        Some(open) => {
            let doctors = doctors(open);
            let edition = open.name().parse().map_err(Failure::internal)?;
            let left = fetch::not_fetched(&mut looking, &edition, &doctors).await?;
            let before = mailing::written_before(&mut looking, &edition, &left).await?;
            let reach = Reach {
                left: left.len() as u64,
                all: doctors.len() as u64,
                before,
            };
            Some(new(portal, open, &reach, &sent.notice, lang)?)
        }
    };
    drop(looking);
    let chosen = open.as_ref().map(|it| it.name());
    let choice = |open: &std::sync::Arc<OnShelf>| Choice {
        value: open.name().to_owned(),
        name: telling::span(lang, &open.edition().meta().period),
        chosen: Some(open.name()) == chosen,
    };
    Ok(Mailings {
        notice: String::new(),
        problems: Vec::new(),
        rows: all.iter().map(|it| row(portal, it, lang)).collect(),
        new,
        editions: portal.shelf().all().iter().map(choice).collect(),
        waivers: waivers
            .iter()
            .take(MOST_TOLD)
            .map(|it| waived(it, lang))
            .collect(),
        shell,
    })
}

/// Whom a new mailing would reach.
struct Reach {
    /// Who has not fetched the report.
    left: u64,
    /// Who has one.
    all: u64,
    /// Who of those left was written to of it before.
    before: Option<Again>,
}

fn new(
    portal: &Portal,
    open: &OnShelf,
    reach: &Reach,
    chosen: &str,
    lang: Lang,
) -> Result<New, Failure> {
    let address = portal.config().server.public_url.as_str();
    let offered = |notice: Notice| Offered {
        word: notice.word(),
        chosen: notice.word() == chosen,
        letter: Letter::of(notice, lang, address),
    };
    let (to, of) = (
        telling::count(lang, reach.left),
        telling::count(lang, reach.all),
    );
    let args = [("left", Arg::Text(&to)), ("all", Arg::Text(&of))];
    let again = reach.before.map(|before| {
        let args = [
            ("count", Arg::Plural(before.doctors.cast_signed())),
            ("doctors", Arg::Text(&telling::count(lang, before.doctors))),
            ("moment", Arg::Text(&moment::moment(lang, before.last))),
        ];
        lang.fill(Key("operator-mailing-again"), &args)
    });
    Ok(New {
        id: mailing::new_id(portal.now())?.to_string(),
        edition: open.name().to_owned(),
        period: telling::span(lang, &open.edition().meta().period),
        reach: lang.fill(Key("operator-mailing-reach"), &args),
        anybody: reach.left > 0,
        again: again.unwrap_or_default(),
        notices: Notice::ALL.into_iter().map(offered).collect(),
    })
}

fn row(portal: &Portal, mailing: &Mailing, lang: Lang) -> Row {
    let open = portal.shelf().named(mailing.edition.as_str());
    let number = |number| telling::count(lang, number);
    let all = mailing.waiting + mailing.sent + mailing.failed + mailing.without_address;
    Row {
        made: moment::moment(lang, mailing.made_at),
        edition: open.map_or_else(
            || mailing.edition.to_string(),
            |open| telling::span(lang, &open.edition().meta().period),
        ),
        notice: lang.say(match mailing.notice {
            Notice::ReportReady => Key("operator-notice-ready-subject"),
            Notice::ReportWaits => Key("operator-notice-waits-subject"),
        }),
        counts: [
            number(all),
            number(mailing.waiting),
            number(mailing.sent),
            number(mailing.failed),
            number(mailing.without_address),
        ],
    }
}

/// Who, since when, in which words.
fn waived(waiver: &Waiver, lang: Lang) -> [String; 3] {
    [
        waiver.hpr.to_string(),
        moment::on_day(lang, waiver.given_at),
        waiver.words.clone(),
    ]
}
