//! `GET /report/sharing` and its two forms: the doctor shows a leader the report, and takes that back.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::group::{self, Group};
use riktig_journal::policy::{About, Act, Audience, EditionId, ServiceCode};
use riktig_journal::share::{self, Share};
use riktig_reports::text::{Arg, Key};
use serde::Deserialize;

use super::choice::{self, Asked, Chosen, Found};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// Who sees the report.
#[derive(Debug, Template)]
#[template(path = "mine/sharing.html")]
pub(crate) struct Sharing {
    shell: Shell,
    notice: String,
    audiences: Vec<With>,
    /// The report that one can share by itself: its edition and `Bare rapporten for 2025`.
    one: Option<[String; 2]>,
    before: Vec<String>,
}

/// One leader whom the doctor can share with.
#[derive(Debug)]
struct With {
    /// `group` or `service`, and which: what the form sends back.
    audience: String,
    heading: String,
    /// What is shared now; empty: nothing.
    standing: Vec<String>,
    give: String,
    withdraw: String,
    /// Only a member, or who works there, is offered to share; what is shared can always be taken back.
    can_give: bool,
}

impl Framed for Sharing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// What a page says on top.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Said {
    /// `given` or `withdrawn`.
    said: Option<String>,
}

/// What the forms send.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    /// `group:…` or `service:…`.
    audience: String,
    /// An edition, or `every`.
    #[serde(default)]
    what: String,
}

/// `GET /report/sharing`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(said): Query<Said>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let about = About::Prescriber(doctor);
    let mut looking = visit.look(&portal, Act::SeeOwn, about).await?;
    let groups = group::own(&mut looking).await?;
    let shares = share::own(&mut looking).await?;
    drop(looking);
    let chosen = match choice::found(&portal, doctor, &Asked::default())? {
        Found::Report(chosen) => Some(chosen),
        Found::NotIn { .. } | Found::Nowhere(_) => None,
    };
    let notice = match said.said.as_deref() {
        Some("given") => shell.say("mine-share-given"),
        Some("withdrawn") => shell.say("mine-share-withdrawn"),
        _ => String::new(),
    };
    let teller = Teller {
        portal: &portal,
        shell: &shell,
        groups: &groups,
        service: chosen.as_ref().and_then(service),
    };
    let before = shares.iter().filter_map(|share| teller.before(share));
    let page = Sharing {
        notice,
        audiences: teller.audiences(&shares),
        one: chosen.as_ref().map(|chosen| teller.one(chosen)),
        before: before.collect(),
        shell,
    };
    Ok(Page::new(page).into_response())
}

/// `POST /report/sharing`.
pub(crate) async fn give(
    State(portal): State<Portal>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let edition = match sent.what.as_str() {
        "every" => None,
        name => Some(own_edition(&portal, doctor, name)?),
    };
    let about = About::Shared(doctor, audience(&sent.audience)?);
    let mut acting = visit.act(&portal, Act::GiveShare, about).await?;
    share::give(&mut acting, edition.as_ref()).await?;
    acting.done().await?;
    Ok(Redirect::to("/report/sharing?said=given").into_response())
}

/// `POST /report/sharing/withdraw`.
pub(crate) async fn withdraw(
    State(portal): State<Portal>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let about = About::Shared(doctor, audience(&sent.audience)?);
    let mut acting = visit.act(&portal, Act::WithdrawShare, about).await?;
    share::withdraw(&mut acting).await?;
    acting.done().await?;
    Ok(Redirect::to("/report/sharing?said=withdrawn").into_response())
}

/// An edition that holds a report of the doctor: nobody shares what is not there.
fn own_edition(portal: &Portal, doctor: HprNumber, name: &str) -> Result<EditionId, Failure> {
    let open = portal.shelf().named(name).ok_or(Failure::NotFound)?;
    let held = open.edition().prescriber(&doctor.to_string()).is_some();
    let open = held.then_some(open).ok_or(Failure::NotFound)?;
    choice::name_of(&open)
}

fn audience(text: &str) -> Result<Audience, Failure> {
    let (kind, which) = text.split_once(':').ok_or(Failure::Invalid)?;
    match kind {
        "group" => which.parse().map(Audience::Group).ok(),
        "service" => which.parse().map(Audience::Service).ok(),
        _ => None,
    }
    .ok_or(Failure::NotFound)
}

fn sent_back(audience: &Audience) -> String {
    match audience {
        Audience::Group(group) => format!("group:{group}"),
        Audience::Service(service) => format!("service:{service}"),
    }
}

/// Roles that are held at a service (legevakt, sykehjem), as deliveries name them.
const AT_A_SERVICE: [&str; 2] = ["ooh", "nursing_home"];

/// The service that was the doctor's latest place of work in the report. With a list of patients that place is a practice,
/// which has no leader here.
fn service(chosen: &Chosen) -> Option<ServiceCode> {
    let doctor = chosen.prescriber();
    let has = |word: &str| doctor.roles.iter().any(|role| role == word);
    let works_there = AT_A_SERVICE.into_iter().any(has) && !has("gp");
    let code = doctor.practice.as_ref().filter(|_| works_there)?;
    code.parse().ok()
}

/// Tells shares in words.
struct Teller<'a> {
    portal: &'a Portal,
    shell: &'a Shell,
    groups: &'a [Group],
    /// Where the doctor works, if it is a service with a leader of its own kind.
    service: Option<ServiceCode>,
}

impl Teller<'_> {
    /// The groups of the doctor, the service where the doctor works, and whoever else something is shared with now.
    fn audiences(&self, shares: &[Share]) -> Vec<With> {
        let own = self.groups.iter().map(|group| Audience::Group(group.id));
        let service = self.service.iter().cloned().map(Audience::Service);
        let mut audiences: Vec<Audience> = own.chain(service).collect();
        for share in shares.iter().filter(|share| share.withdrawn.is_none()) {
            if !audiences.contains(&share.audience) {
                audiences.push(share.audience.clone());
            }
        }
        let with = |audience: &Audience| self.with(audience, shares);
        audiences.iter().map(with).collect()
    }

    fn with(&self, audience: &Audience, shares: &[Share]) -> With {
        let name = self.name(audience);
        let named = |key| self.shell.lang.fill(key, &[("group", Arg::Text(&name))]);
        let stands = |share: &&Share| share.withdrawn.is_none() && share.audience == *audience;
        With {
            audience: sent_back(audience),
            heading: named(Key("mine-share-with")),
            standing: shares
                .iter()
                .filter(stands)
                .map(|it| self.standing(it))
                .collect(),
            give: named(Key("mine-share-give-with")),
            withdraw: named(Key("mine-share-withdraw-from")),
            can_give: match audience {
                Audience::Group(id) => self.groups.iter().any(|group| group.id == *id),
                Audience::Service(code) => self.service.as_ref() == Some(code),
            },
        }
    }

    fn name(&self, audience: &Audience) -> String {
        let lang = self.shell.lang;
        match audience {
            Audience::Group(id) => match self.groups.iter().find(|group| group.id == *id) {
                Some(group) => group.name.clone(),
                None => lang.say(Key("mine-share-former-group")),
            },
            Audience::Service(code) => lang.fill(
                Key("mine-share-service"),
                &[("name", Arg::Text(code.as_str()))],
            ),
        }
    }

    fn standing(&self, share: &Share) -> String {
        let lang = self.shell.lang;
        let since = moment::moment(lang, share.given);
        match &share.edition {
            None => lang.fill(
                Key("mine-share-standing-every"),
                &[("moment", Arg::Text(&since))],
            ),
            Some(edition) => lang.fill(
                Key("mine-share-standing-one"),
                &[
                    ("period", Arg::Text(&self.period(edition))),
                    ("moment", Arg::Text(&since)),
                ],
            ),
        }
    }

    /// A share that was taken back, as a line of the history.
    fn before(&self, share: &Share) -> Option<String> {
        let lang = self.shell.lang;
        let withdrawn = moment::moment(lang, share.withdrawn?);
        let given = moment::moment(lang, share.given);
        let what = match &share.edition {
            None => lang.say(Key("mine-share-every-brief")),
            Some(edition) => self.period(edition),
        };
        Some(lang.fill(
            Key("mine-share-before-line"),
            &[
                ("group", Arg::Text(&self.name(&share.audience))),
                ("what", Arg::Text(&what)),
                ("given", Arg::Text(&given)),
                ("withdrawn", Arg::Text(&withdrawn)),
            ],
        ))
    }

    fn one(&self, chosen: &Chosen) -> [String; 2] {
        let lang = self.shell.lang;
        let period = choice::period(&chosen.open, lang);
        let said = lang.fill(Key("mine-share-one"), &[("period", Arg::Text(&period))]);
        [chosen.open.name().to_owned(), said]
    }

    /// An edition's months; its name where it stands on the shelf no more.
    fn period(&self, edition: &EditionId) -> String {
        let open = self.portal.shelf().named(edition.as_str());
        open.map_or_else(
            || edition.to_string(),
            |open| choice::period(&open, self.shell.lang),
        )
    }
}
