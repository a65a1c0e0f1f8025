//! `GET /area` and below: the published figures of an area.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{Actor, Role, RoleKind};
use riktig_reports::model::{Direction, Measure};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{area_direction, area_figure, area_reason, area_unit};

use super::beside::{self, Beside};
use super::choice::{self, Asked, Choice, Chosen};
use super::figures::{self, Told};
use super::place::Place;
use super::words;
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// An area's page.
#[derive(Debug, Template)]
#[template(path = "area/place.html")]
pub(crate) struct PlacePage {
    shell: Shell,
    synthetic: bool,
    kind: String,
    name: String,
    period: String,
    path: String,
    query: String,
    /// The areas around this one that the asker may see: address, name.
    around: Vec<[String; 2]>,
    periods: Vec<Choice>,
    indicators: Vec<Choice>,
    one: One,
    beside: Beside,
    /// What the bars' picture says: the whole, and the country's number.
    beside_title: String,
    country: String,
    lines: Vec<Line>,
    /// What cannot be worked out of the edition's data anywhere.
    absent: String,
    headings: Vec<String>,
    times: Vec<Time>,
}

/// The chosen indicator.
#[derive(Debug)]
struct One {
    name: String,
    why: String,
    unit: String,
    direction: String,
    order: String,
    of_inhabitants: bool,
    cells: Vec<Cell>,
    sentences: Vec<String>,
    best: String,
}

/// The figure of one area.
#[derive(Debug)]
struct Cell {
    name: String,
    value: String,
    why: String,
    interval: String,
    middle: String,
    doctors: String,
}

/// One indicator in the table of all.
#[derive(Debug)]
struct Line {
    path: String,
    name: String,
    unit: String,
    direction: String,
    chosen: bool,
    /// Value and interval, or the reason in place of it.
    cells: Vec<[String; 2]>,
    /// Every area lacks a number for the same reason: it is said once.
    same: bool,
}

/// One edition in the table over time.
#[derive(Debug)]
struct Time {
    period: String,
    version: String,
    value: String,
    interval: String,
    country: String,
}

impl Framed for PlacePage {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// There is no edition to show.
#[derive(Debug, Template)]
#[template(path = "area/nothing.html")]
struct Nothing {
    shell: Shell,
}

impl Framed for Nothing {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /area`, `/area/county/{county}`, `/area/municipality/{municipality}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    place: Place,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    place.ask(&portal, &visit).await?;
    let actor = visit.logged_in()?;
    let Some(chosen) = choice::chosen(&portal, place, &asked)? else {
        return Ok(Page::new(Nothing { shell }).into_response());
    };
    let open_to = |other: Place| is_open(actor, &portal, other);
    if !is_known(actor, &portal, &chosen, place) {
        return Err(Failure::NotFound);
    }
    Ok(Page::new(page(shell, &chosen, place, open_to)).into_response())
}

/// Which links are worth showing. Every page asks the policy for itself.
fn is_open(actor: &Actor, portal: &Portal, place: Place) -> bool {
    let now = portal.now();
    if actor.has(RoleKind::Operator, now) || actor.has(RoleKind::Researcher, now) {
        return true;
    }
    is_own(actor, portal, place)
}

/// The municipality of which the asker is chief doctor, or its county.
fn is_own(actor: &Actor, portal: &Portal, place: Place) -> bool {
    actor.roles(portal.now()).any(|role| match (role, place) {
        (Role::ChiefDoctor(own), Place::Municipality(number)) => *own == number,
        (Role::ChiefDoctor(own), Place::County(number)) => own.county() == number,
        _ => false,
    })
}

/// An area of an open edition, or the asker's own, of which there may be nothing to tell.
pub(super) fn is_known(actor: &Actor, portal: &Portal, chosen: &Chosen, place: Place) -> bool {
    let holds = |open: &Arc<OnShelf>| place.scope(open.edition()).is_some();
    place == Place::Country || is_own(actor, portal, place) || chosen.all.iter().any(holds)
}

fn page(shell: Shell, chosen: &Chosen, place: Place, open_to: impl Fn(Place) -> bool) -> PlacePage {
    let (lang, measure) = (shell.lang, chosen.measure());
    let chain = figures::chain(&shell, chosen, place, measure);
    let country = chain.last().and_then(|it| it.figure.figure.value());
    let around = chain.iter().skip(1).filter(|it| open_to(it.place));
    let around = around.map(|it| {
        let path = format!("{}?{}", it.place.path(), chosen.query(&measure.id));
        [path, it.name.clone()]
    });
    let whole = figures::name(&shell, chosen, place.whole());
    PlacePage {
        synthetic: chosen.open.reports().is_synthetic(),
        kind: figures::kind(&shell, place),
        name: figures::name(&shell, chosen, place),
        period: choice::period(&chosen.open, lang),
        path: place.path(),
        query: chosen.query(&measure.id),
        around: around.collect(),
        periods: chosen.periods(lang),
        indicators: chosen.indicators(lang),
        one: one(&shell, measure, &chain),
        beside: beside::beside(&shell, chosen, place, country, open_to),
        beside_title: shell.lang.fill(
            if place.whole() == Place::Country {
                Key("area-beside-counties")
            } else {
                Key("area-beside-municipalities")
            },
            &[("name", Arg::Text(&whole))],
        ),
        country: beside::number(country, measure, lang),
        headings: chain.iter().map(|it| it.name.clone()).collect(),
        lines: lines(&shell, chosen, place),
        absent: absent(&shell, chosen),
        times: times(&shell, chosen, place),
        shell,
    }
}

fn one(shell: &Shell, measure: &Measure, chain: &[Told]) -> One {
    let lang = shell.lang;
    let mut sentences = Vec::new();
    if let Some((own, around)) = chain.split_first() {
        let beside = |other| words::beside(shell, measure, own, other);
        // An only county is the country: nothing is said of it twice.
        let twice = matches!(around, [county, country] if county.figure == country.figure);
        let others = &around[..around.len() - usize::from(twice)];
        sentences.extend(others.iter().filter_map(beside));
        if let (true, Some(county)) = (twice, others.first()) {
            let name = [("name", Arg::Text(&county.name))];
            sentences.push(lang.fill(Key("area-is-country"), &name));
        }
        if let Some(other) = figures::stand_in(chain) {
            let names = [
                ("own", Arg::Text(&own.name)),
                ("other", Arg::Text(&other.name)),
            ];
            sentences.push(lang.fill(Key("area-stands-in"), &names));
        }
    }
    let best = chain.last().and_then(|it| it.figure.benchmark);
    One {
        name: lang.of(&measure.name).to_owned(),
        why: lang.of(&measure.why).to_owned(),
        unit: area_unit(measure, lang),
        direction: area_direction(measure, lang),
        order: lang.say(match measure.direction {
            Direction::Lower => Key("area-order-lower"),
            Direction::Higher => Key("area-order-higher"),
            Direction::Neutral => Key("area-order-neutral"),
        }),
        of_inhabitants: measure.of_inhabitants,
        cells: chain.iter().map(|it| cell(shell, measure, it)).collect(),
        sentences,
        best: best.map_or_else(String::new, |best| {
            beside::number(Some(best), measure, lang)
        }),
    }
}

fn cell(shell: &Shell, measure: &Measure, told: &Told) -> Cell {
    let lang = shell.lang;
    Cell {
        name: told.name.clone(),
        value: area_figure(&told.figure.figure, measure, lang),
        why: area_reason(&told.figure.figure, lang).unwrap_or_default(),
        interval: beside::range(told.figure.interval, measure, lang),
        middle: beside::range(told.figure.middle, measure, lang),
        doctors: beside::doctors(&told.figure, lang),
    }
}

/// All indicators of the area.
fn lines(shell: &Shell, chosen: &Chosen, place: Place) -> Vec<Line> {
    let lang = shell.lang;
    let line = |(index, measure): (usize, &Measure)| {
        let cells = figures::chain(shell, chosen, place, measure);
        let cell = |told: &Told| {
            let value = area_figure(&told.figure.figure, measure, lang);
            let interval = told.figure.interval.filter(|_| told.place == place);
            let below = match area_reason(&told.figure.figure, lang) {
                Some(reason) => reason,
                None if interval.is_some() => beside::range(interval, measure, lang),
                None => String::new(),
            };
            [value, below]
        };
        let kept = |it: &Told| area_reason(&it.figure.figure, lang);
        let first = cells.first().and_then(kept);
        Line {
            same: first.is_some() && cells.iter().all(|it| kept(it) == first),
            path: format!("{}?{}", place.path(), chosen.query(&measure.id)),
            name: lang.of(&measure.name).to_owned(),
            unit: area_unit(measure, lang),
            direction: area_direction(measure, lang),
            chosen: index == chosen.index,
            cells: cells.iter().map(cell).collect(),
        }
    };
    let measures = chosen.measures.iter().enumerate();
    let known = measures.filter(|(index, it)| *index == chosen.index || !chosen.is_absent(it));
    known.map(line).collect()
}

/// The measures that the data cannot tell of anybody, by name.
fn absent(shell: &Shell, chosen: &Chosen) -> String {
    let absent = chosen.measures.iter().filter(|it| chosen.is_absent(it));
    let names: Vec<&str> = absent.map(|it| shell.lang.of(&it.name)).collect();
    if names.is_empty() {
        return String::new();
    }
    let names = names.join(", ");
    let key = Key("area-absent");
    shell.lang.fill(key, &[("names", Arg::Text(&names))])
}

/// The chosen indicator in every edition on the shelf, the oldest first.
fn times(shell: &Shell, chosen: &Chosen, place: Place) -> Vec<Time> {
    let lang = shell.lang;
    let time = |open: &Arc<OnShelf>| {
        let mut measures = open.reports().measures();
        let measure = measures.find(|it| it.id == chosen.measure().id)?;
        let told = figures::figure(open, place, &measure);
        let country = figures::figure(open, Place::Country, &measure);
        Some(Time {
            period: choice::period(open, lang),
            value: match area_reason(&told.figure, lang) {
                Some(reason) => format!("{}: {reason}", area_figure(&told.figure, &measure, lang)),
                None => area_figure(&told.figure, &measure, lang),
            },
            interval: beside::range(told.interval, &measure, lang),
            country: area_figure(&country.figure, &measure, lang),
            version: measure.version,
        })
    };
    chosen.all.iter().rev().filter_map(time).collect()
}
