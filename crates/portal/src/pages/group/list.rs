//! `GET /group`: where one is a member, and what one leads.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_journal::group::{self, Group};
use riktig_journal::policy::{About, Act, Role, ServiceCode};
use riktig_reports::text::{Arg, Key};

use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The list, where there is not exactly one to go to.
#[derive(Debug, Template)]
#[template(path = "group/list.html")]
pub(crate) struct Groups {
    shell: Shell,
    entries: Vec<Entry>,
}

/// One group or service.
#[derive(Debug)]
struct Entry {
    path: String,
    name: String,
    /// Member, leader or both.
    standing: String,
}

impl Framed for Groups {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /group`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(&portal, Act::SeeOwn, about).await?;
    let own = group::own(&mut looking).await?;
    drop(looking);
    let (mut led, mut services) = (Vec::new(), Vec::new());
    for role in visit.logged_in()?.roles(portal.now()) {
        match role {
            Role::GroupLeader(group) if !led.contains(group) => led.push(*group),
            Role::NursingHomeLeader(code) | Role::OutOfHoursLeader(code)
                if !services.contains(code) =>
            {
                services.push(code.clone());
            }
            _ => {}
        }
    }
    let mut entries: Vec<Entry> = Vec::new();
    for group in &own {
        let standing = if led.contains(&group.id) {
            Key("group-is-leader-and-member")
        } else {
            Key("group-is-member")
        };
        entries.push(entry(group, shell.lang.say(standing)));
    }
    for id in led.iter().filter(|id| own.iter().all(|it| it.id != **id)) {
        let mut looking = visit
            .look(&portal, Act::SeeGroup, About::Group(*id))
            .await?;
        let group = group::see(&mut looking).await?;
        entries.push(entry(&group, shell.say("group-is-leader")));
    }
    entries.extend(services.iter().map(|code| service(code, &shell)));
    if let [only] = entries.as_slice() {
        return Ok(Redirect::to(&only.path).into_response());
    }
    Ok(Page::new(Groups { entries, shell }).into_response())
}

fn entry(group: &Group, standing: String) -> Entry {
    Entry {
        path: format!("/group/{}", group.id),
        name: group.name.clone(),
        standing,
    }
}

fn service(code: &ServiceCode, shell: &Shell) -> Entry {
    let name = [("name", Arg::Text(code.as_str()))];
    Entry {
        path: path_of(code),
        name: shell.lang.fill(Key("group-service"), &name),
        standing: shell.say("group-is-leader"),
    }
}

/// The address of a service's page.
pub(in crate::pages) fn path_of(code: &ServiceCode) -> String {
    let mut url = url::Url::parse("http://localhost/service").expect("an address");
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.push(code.as_str());
    }
    url.path().to_owned()
}
