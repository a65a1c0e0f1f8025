//! `GET /group/{group}/roster` and its two forms: the leader enrols members and takes them out.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::ChangeError;
use riktig_journal::group::{self, Group, LARGEST_GROUP, Member};
use riktig_journal::id::GroupId;
use riktig_journal::policy::{About, Act};
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::id_of;
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Who is in the group.
#[derive(Debug, Template)]
#[template(path = "group/roster.html")]
pub(crate) struct Roster {
    shell: Shell,
    id: String,
    name: String,
    count: String,
    notice: String,
    /// Field and what must be mended.
    problems: Vec<[String; 2]>,
    /// What was typed.
    hpr: String,
    /// HPR number, since when, what its button says.
    members: Vec<[String; 3]>,
}

impl Framed for Roster {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a page says on top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// `enrolled`, `out` or `gone`.
    said: Option<String>,
}

/// What either form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    hpr: String,
}

/// `GET /group/{group}/roster`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let (group, members) = seen(&portal, &visit, id_of(&id)?).await?;
    let mut page = page(shell, &group, &members);
    page.notice = match said.said.as_deref() {
        Some("enrolled") => page.shell.say("group-roster-enrolled"),
        Some("out") => page.shell.say("group-roster-out"),
        Some("gone") => page.shell.say("group-roster-gone"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /group/{group}/roster`.
pub(crate) async fn enrol(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id = id_of(&id)?;
    let (group, members) = seen(&portal, &visit, id).await?;
    let problem = match read(&sent.hpr) {
        None => Key("group-roster-problem-hpr"),
        Some(hpr) if members.iter().any(|it| it.hpr == hpr) => Key("group-roster-problem-there"),
        Some(_) if members.len() >= LARGEST_GROUP => Key("group-roster-problem-full"),
        Some(hpr) => {
            let about = About::Member(id, hpr);
            let mut acting = visit.act(&portal, Act::KeepRoster, about).await?;
            if has_report(&portal, hpr) || group::has_logged_in(&mut acting).await? {
                group::enrol(&mut acting).await?;
                acting.done().await?;
                return Ok(back(id, "enrolled"));
            }
            Key("group-roster-problem-unknown")
        }
    };
    let mut page = page(shell, &group, &members);
    page.problems = vec![["hpr".to_owned(), page.shell.lang.say(problem)]];
    page.hpr = sent.hpr;
    Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /group/{group}/roster/take-out`.
pub(crate) async fn take_out(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let id = id_of(&id)?;
    let hpr = read(&sent.hpr).ok_or(Failure::NotFound)?;
    let about = About::Member(id, hpr);
    let mut acting = visit.act(&portal, Act::KeepRoster, about).await?;
    match group::take_out(&mut acting).await {
        Ok(()) => {
            acting.done().await?;
            Ok(back(id, "out"))
        }
        // Another window was faster.
        Err(ChangeError::NotThere { .. }) => Ok(back(id, "gone")),
        Err(other) => Err(other.into()),
    }
}

fn back(group: GroupId, said: &str) -> Response {
    Redirect::to(&format!("/group/{group}/roster?said={said}")).into_response()
}

async fn seen(
    portal: &Portal,
    visit: &Visit,
    id: GroupId,
) -> Result<(Group, Vec<Member>), Failure> {
    let about = About::Group(id);
    let mut looking = visit.look(portal, Act::SeeRoster, about).await?;
    let group = group::see(&mut looking).await?;
    let members = group::roster(&mut looking).await?;
    Ok((group, members))
}

/// Whether the number is in an edition on the shelf.
fn has_report(portal: &Portal, hpr: HprNumber) -> bool {
    let number = hpr.to_string();
    let editions = portal.shelf().all();
    let mut editions = editions.iter();
    editions.any(|open| open.edition().prescriber(&number).is_some())
}

/// An HPR number as people write it: perhaps with spaces.
fn read(text: &str) -> Option<HprNumber> {
    let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    bare.parse().ok()
}

fn page(shell: Shell, group: &Group, members: &[Member]) -> Roster {
    let lang = shell.lang;
    let count = i64::try_from(members.len()).unwrap_or(i64::MAX);
    let number = lang.count(members.len() as f64);
    let member = |member: &Member| {
        let hpr = member.hpr.to_string();
        let button = lang.fill(Key("group-roster-take-out-of"), &[("hpr", Arg::Text(&hpr))]);
        [hpr, moment::moment(lang, member.from), button]
    };
    Roster {
        id: group.id.to_string(),
        name: group.name.clone(),
        count: lang.fill(
            Key("group-roster-count"),
            &[
                ("count", Arg::Plural(count)),
                ("number", Arg::Text(&number)),
            ],
        ),
        notice: String::new(),
        problems: Vec::new(),
        hpr: String::new(),
        members: members.iter().map(member).collect(),
        shell,
    }
}
