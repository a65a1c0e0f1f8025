//! `/operator/groups`: course groups are made, and members taken over from the edition's course groups.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::appointment::{self, Appointment};
use riktig_journal::group::{self, Group};
use riktig_journal::id::GroupId;
use riktig_journal::policy::{About, Act, Role};
use riktig_journal::{ChangeError, JournalError, natural};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::appointments::{Standing, standing};
use super::telling::{self, Said};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// The groups.
#[derive(Debug, Template)]
#[template(path = "operator/groups.html")]
pub(crate) struct Groups {
    shell: Shell,
    notice: String,
    problems: Vec<[String; 2]>,
    rows: Vec<Row>,
    /// Of the newest edition: its name and months; empty without one.
    edition: [String; 2],
    offered: Vec<Offered>,
    /// The id of a group that may be made.
    new: String,
    name: String,
}

/// A group of the portal.
#[derive(Debug)]
struct Row {
    name: String,
    origin: String,
    members: String,
    leader: String,
    led: bool,
}

/// A course group of the edition.
#[derive(Debug)]
struct Offered {
    /// The group's id, or one that it would get.
    id: String,
    code: String,
    name: String,
    prescribers: String,
    /// It is a group of the portal already.
    here: bool,
}

impl Framed for Groups {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A new group.
#[derive(Debug, Deserialize)]
pub(crate) struct New {
    #[serde(default)]
    name: String,
}

/// Which course group of which edition.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    edition: String,
    #[serde(default)]
    code: String,
}

/// What the page is made of.
struct Known {
    groups: Vec<Group>,
    sizes: BTreeMap<GroupId, u64>,
    appointments: Vec<Appointment>,
}

/// `GET /operator/groups`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let known = known(&portal, &visit).await?;
    let mut page = page(&portal, shell, &known)?;
    page.notice = match said.said.as_deref() {
        Some("made") => page.shell.say("operator-said-group-made"),
        Some("taken") => page.shell.say("operator-said-group-taken"),
        Some("known") => page.shell.say("operator-said-group-known"),
        Some("full") => page.shell.say("operator-said-group-full"),
        _ => String::new(),
    };
    Ok(Page::new(page).into_response())
}

/// `POST /operator/groups/{group}`: a new group without members.
pub(crate) async fn make(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(sent): Form<New>,
) -> Result<Response, Failure> {
    let about = About::Group(read(&id)?);
    let mut acting = visit.act(&portal, Act::KeepGroups, about).await?;
    match group::make(&mut acting, &sent.name, None).await {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Invalid { .. }) => {
            drop(acting);
            let known = known(&portal, &visit).await?;
            let mut page = page(&portal, shell, &known)?;
            page.name = sent.name;
            let said = page.shell.say("operator-problem-name");
            page.problems = vec![["name".to_owned(), said]];
            return Ok(Page::with_status(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to("/operator/groups?said=made").into_response())
}

/// `POST /operator/groups/{group}/take-over`: the members of the edition's course group come in; nobody goes out.
pub(crate) async fn take_over(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Form(from): Form<From>,
) -> Result<Response, Failure> {
    let id = read(&id)?;
    // Asked before anything is read, and again in the transaction that records it.
    let asking = visit.act(&portal, Act::KeepGroups, About::Group(id));
    drop(asking.await?);
    let known = known(&portal, &visit).await?;
    let open = portal.shelf().named(&from.edition);
    let open = open.ok_or(Failure::NotFound)?;
    let (name, members) = members(&open, &from.code).ok_or(Failure::NotFound)?;
    let here = known.groups.iter().find(|it| it.id == id);
    if here.is_some_and(|it| it.origin.as_deref() != Some(&from.code)) {
        return Err(Failure::Invalid);
    }
    let about = About::Group(id);
    let mut acting = visit.act(&portal, Act::KeepGroups, about).await?;
    let taken = async {
        if here.is_none() {
            group::make(&mut acting, &name, Some(&from.code)).await?;
        }
        group::take_over(&mut acting, &members).await
    };
    let said = match taken.await {
        Ok(()) => {
            acting.done().await?;
            "taken"
        }
        // Made by somebody else since the page was shown, or more members than a group has.
        Err(ChangeError::Invalid {
            field: "a code", ..
        }) => "known",
        Err(ChangeError::Invalid { .. }) => "full",
        Err(other) => return Err(other.into()),
    };
    Ok(Redirect::to(&format!("/operator/groups?said={said}")).into_response())
}

fn read(id: &str) -> Result<GroupId, Failure> {
    id.parse().map_err(|_| Failure::NotFound)
}

async fn known(portal: &Portal, visit: &Visit) -> Result<Known, Failure> {
    let mut looking = visit
        .look(portal, Act::SeeAppointments, About::Country)
        .await?;
    Ok(Known {
        groups: group::all(&mut looking).await?,
        sizes: group::sizes(&mut looking).await?,
        appointments: appointment::all(&mut looking).await?,
    })
}

fn page(portal: &Portal, shell: Shell, known: &Known) -> Result<Groups, Failure> {
    let lang = shell.lang;
    let newest = portal.shelf().newest();
    let (edition, offered) = match &newest {
        Some(open) => (
            [
                open.name().to_owned(),
                telling::span(lang, &open.edition().meta().period),
            ],
            offered(portal, open, &known.groups, lang)?,
        ),
        None => Default::default(),
    };
    let led: BTreeSet<GroupId> = known
        .appointments
        .iter()
        .filter(|it| standing(it, portal.now()) == Standing::InForce)
        .filter_map(|it| match it.role {
            Role::GroupLeader(group) => Some(group),
            _ => None,
        })
        .collect();
    let row = |group: &Group| {
        let members = known.sizes.get(&group.id).copied().unwrap_or_default();
        let led = led.contains(&group.id);
        Row {
            name: group.name.clone(),
            origin: group.origin.clone().unwrap_or_default(),
            members: telling::count(lang, members),
            leader: lang.say(if led {
                Key("operator-group-led")
            } else {
                Key("operator-group-not-led")
            }),
            led,
        }
    };
    Ok(Groups {
        notice: String::new(),
        problems: Vec::new(),
        rows: known.groups.iter().map(row).collect(),
        edition,
        offered,
        new: new_id(portal)?,
        name: String::new(),
        shell,
    })
}

fn new_id(portal: &Portal) -> Result<String, JournalError> {
    Ok(group::new_id(portal.now())?.to_string())
}

/// The course groups of an edition, by name.
fn offered(
    portal: &Portal,
    open: &OnShelf,
    groups: &[Group],
    lang: Lang,
) -> Result<Vec<Offered>, Failure> {
    let mut sizes: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for prescriber in open.edition().prescribers() {
        if let Some(area) = &prescriber.course_group {
            *sizes.entry((&area.name, &area.code)).or_default() += 1;
        }
    }
    let mut offered = Vec::new();
    for ((name, code), size) in sizes {
        let here = groups.iter().find(|it| it.origin.as_deref() == Some(code));
        offered.push(Offered {
            id: match here {
                Some(group) => group.id.to_string(),
                None => new_id(portal)?,
            },
            code: code.to_owned(),
            name: if name == code {
                lang.fill(Key("operator-group-code"), &[("code", Arg::Text(code))])
            } else {
                name.to_owned()
            },
            prescribers: telling::count(lang, size),
            here: here.is_some(),
        });
    }
    offered.sort_by_cached_key(|it| natural(&it.name));
    Ok(offered)
}

/// Name and members of the edition's course group; those without an HPR number cannot be members.
fn members(open: &OnShelf, code: &str) -> Option<(String, Vec<HprNumber>)> {
    let of_group = |area: &riktig_lake::edition::Area| area.code == code;
    let all = open.edition().prescribers().iter();
    let of: Vec<_> = all
        .filter(|it| it.course_group.as_ref().is_some_and(of_group))
        .collect();
    let name = of.first()?.course_group.as_ref()?.name.clone();
    let hpr = |id: &str| id.parse().ok().and_then(HprNumber::from_value);
    Some((
        name,
        of.iter().filter_map(|it| hpr(&it.external_id)).collect(),
    ))
}
