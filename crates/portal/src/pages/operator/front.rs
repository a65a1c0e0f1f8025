//! `GET /operator`: what waits for the operator, each with a number and the way to it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act, Actor};
use riktig_journal::shelf::{self, Shelved};
use riktig_journal::{appointment, dispute, group, mailing};
use riktig_lake::store::DeliveryRecord;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use super::appointments::{Standing, is_own_proposal, standing};
use super::house::{self, State as Way};
use super::{delivered, deliveries, telling};
use crate::failure::Failure;
use crate::moment;
use crate::page::{Framed, Page};
use crate::pages::advice;
use crate::portal::Portal;
use crate::route::ROUTES;
use crate::shell::Shell;
use crate::visit::Visit;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "operator/front.html")]
pub(crate) struct Front {
    shell: Shell,
    waits: Vec<Task>,
    delivery: String,
    on_shelf: Vec<String>,
    groups: String,
    /// There is a page of how many have fetched their report.
    uptake: bool,
}

/// Something that may wait.
#[derive(Debug)]
struct Task {
    path: &'static str,
    number: String,
    words: String,
    waits: bool,
}

impl Framed for Front {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /operator`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
) -> Result<Response, Failure> {
    let mut looking = visit
        .look(&portal, Act::SeeDeliveries, About::Country)
        .await?;
    let shelved = shelf::all(&mut looking).await?;
    let groups = group::all(&mut looking).await?;
    drop(looking);
    let lang = shell.lang;
    let waits = vec![
        disputes(&portal, &visit, lang).await?,
        appointments(&portal, &visit, lang).await?,
        findings(&portal, &shelved, lang).await?,
        mailings(&portal, &visit, lang).await?,
        review(&portal, lang),
        systems(&portal, &visit, lang).await?,
    ];
    let manifest = deliveries::manifest(&portal).await?;
    let newest = manifest.as_ref().and_then(|(it, _)| it.deliveries.last());
    let standing = shelved.iter().filter(|it| it.withdrawn_at.is_none());
    let page = Front {
        waits,
        delivery: newest.map_or_else(String::new, |it| delivery(it, lang)),
        on_shelf: standing.map(|it| on_shelf(it, lang)).collect(),
        groups: telling::many(lang, Key("operator-front-groups"), groups.len() as u64),
        uptake: has_uptake(),
        shell,
    };
    Ok(Page::new(page).into_response())
}

/// Whether there is a page of how many have fetched their report.
fn has_uptake() -> bool {
    ROUTES.iter().any(|route| route.path == "/uptake")
}

fn task(path: &'static str, key: Key, number: usize, lang: Lang) -> Task {
    Task {
        path,
        number: telling::count(lang, number as u64),
        words: telling::many(lang, key, number as u64),
        waits: number > 0,
    }
}

async fn disputes(portal: &Portal, visit: &Visit, lang: Lang) -> Result<Task, Failure> {
    let mut looking = visit.look(portal, Act::SeeDisputes, About::Country).await?;
    let open = dispute::open(&mut looking).await?.len();
    Ok(task(
        "/operator/disputes",
        Key("operator-waits-disputes"),
        open,
        lang,
    ))
}

/// What this operator may confirm; what they proposed themselves waits for another.
async fn appointments(portal: &Portal, visit: &Visit, lang: Lang) -> Result<Task, Failure> {
    let about = About::Country;
    let mut looking = visit.look(portal, Act::SeeAppointments, about).await?;
    let all = appointment::all(&mut looking).await?;
    let (asker, now) = (visit.logged_in()?, portal.now());
    let for_asker = |it: &&appointment::Appointment| {
        standing(it, now) == Standing::Waits && !is_own_proposal(it, asker) && !is_for(it, asker)
    };
    let waiting = all.iter().filter(for_asker).count();
    Ok(task(
        "/operator/appointments",
        Key("operator-waits-appointments"),
        waiting,
        lang,
    ))
}

fn is_for(appointment: &appointment::Appointment, asker: &Actor) -> bool {
    let own = appointment.appointee_hpr;
    own.is_some_and(|hpr| asker.is_own_matter(hpr))
        || (appointment.appointee.is_some() && appointment.appointee == asker.person())
}

/// Topics of the guideline that must be read again before long, or give no advice any more.
fn review(portal: &Portal, lang: Lang) -> Task {
    let due = advice::show::due(portal).len();
    task("/operator/advice", Key("hooks-waits"), due, lang)
}

/// Systems that ask for advice and wait for this operator as the second person.
async fn systems(portal: &Portal, visit: &Visit, lang: Lang) -> Result<Task, Failure> {
    let waiting = advice::show::waiting(portal, visit).await?;
    let (path, key) = ("/operator/advice#clients", Key("hooks-waits-second"));
    Ok(task(path, key, waiting, lang))
}

/// Findings that keep editions in the house from leaving it.
async fn findings(portal: &Portal, shelved: &[Shelved], lang: Lang) -> Result<Task, Failure> {
    let folder = portal.config().editions.folder.clone();
    let found = house::all(folder, shelved.to_vec()).await?;
    let open = found.iter().flatten().map(|it| match it.state() {
        Way::Blocked(open) => open,
        _ => 0,
    });
    Ok(task(
        "/operator/editions",
        Key("operator-waits-findings"),
        open.sum(),
        lang,
    ))
}

async fn mailings(portal: &Portal, visit: &Visit, lang: Lang) -> Result<Task, Failure> {
    let mut looking = visit.look(portal, Act::SeeMailings, About::Country).await?;
    let all = mailing::all(&mut looking).await?;
    let waiting: u64 = all.iter().map(|it| it.waiting).sum();
    let waiting = usize::try_from(waiting).unwrap_or(usize::MAX);
    Ok(task(
        "/operator/mailings",
        Key("operator-waits-mailings"),
        waiting,
        lang,
    ))
}

/// The delivery that was taken in last.
fn delivery(delivery: &DeliveryRecord, lang: Lang) -> String {
    let rows = telling::count(lang, delivery.counts.rows);
    let refused = telling::count(lang, delivery.counts.refused);
    let kind = lang.say(delivered::kind(delivery.kind));
    let args = [
        ("delivery", Arg::Text(&delivery.id)),
        ("kind", Arg::Text(&kind)),
        ("source", Arg::Text(&delivery.source)),
        ("rows", Arg::Text(&rows)),
        ("refused", Arg::Text(&refused)),
    ];
    lang.fill(Key("operator-front-delivery"), &args)
}

fn on_shelf(shelved: &Shelved, lang: Lang) -> String {
    let period = telling::range(lang, shelved.period);
    let since = moment::on_day(lang, shelved.published_at);
    let args = [("period", Arg::Text(&period)), ("day", Arg::Text(&since))];
    lang.fill(Key("operator-front-shelf-line"), &args)
}
