//! `GET /service/{service}`: a nursing home's (sykehjem) or an out-of-hours service's (legevakt) published figures for its leader,
//! and the reports that its doctors share.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act, ServiceCode};
use riktig_journal::share::{self, Share};
use riktig_lake::edition::ScopeKind;
use riktig_reports::model::{Figure, GroupNumber, Unit};
use riktig_reports::text::{Arg, Key};
use riktig_reports::{GroupQuestion, direction_of, told_figure};

use super::group::list::path_of;
use super::group::{Asked, edition, periods};
use super::mine::choice::{self, Choice};
use super::shared::{self, Line};
use crate::failure::Failure;
use crate::page::{Framed, Page};
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// The service's page.
#[derive(Debug, Template)]
#[template(path = "service/one.html")]
pub(crate) struct Service {
    shell: Shell,
    path: String,
    name: String,
    period: String,
    periods: Vec<Choice>,
    /// How many doctors the figures rest on, or why the edition has none of the service.
    rests_on: String,
    bars: Vec<Bars>,
    /// Names of numbers that cannot be told, by their reason.
    untold: Vec<(String, Vec<String>)>,
    shared: Vec<Line>,
}

/// One number beside the country.
#[derive(Debug)]
struct Bars {
    name: String,
    direction: String,
    /// Who, the figure in words, its value.
    rows: Vec<(String, String, f64)>,
    /// Where the bars end.
    most: f64,
}

impl Framed for Service {
    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// `GET /service/{service}`.
pub(crate) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let code: ServiceCode = code.parse().map_err(|_| Failure::NotFound)?;
    let shares = shares(&portal, &visit, &code).await?;
    let path = path_of(&code);
    let lines = shared::lines((&portal, &visit), &shell, &shares, &path)?;
    let mut page = page(&portal, shell, &code, &asked)?;
    page.shared = lines;
    Ok(Page::new(page).into_response())
}

/// `GET /service/{service}/shared/{share}`.
pub(crate) async fn shared(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path((code, id)): Path<(String, String)>,
    Query(asked): Query<choice::Asked>,
) -> Result<Response, Failure> {
    let code: ServiceCode = code.parse().map_err(|_| Failure::NotFound)?;
    let shares = shares(&portal, &visit, &code).await?;
    let path = path_of(&code);
    shared::page((&portal, &visit), shell, (&shares, &id), (&path, &asked)).await
}

async fn shares(portal: &Portal, visit: &Visit, code: &ServiceCode) -> Result<Vec<Share>, Failure> {
    let about = About::Service(code.clone());
    let mut looking = visit.look(portal, Act::SeeService, about).await?;
    Ok(share::with_service(&mut looking).await?)
}

fn page(
    portal: &Portal,
    shell: Shell,
    code: &ServiceCode,
    asked: &Asked,
) -> Result<Service, Failure> {
    let lang = shell.lang;
    let named = |key: Key| lang.fill(key, &[("name", Arg::Text(code.as_str()))]);
    let open = edition(portal, asked)?;
    let numbers = open.as_ref().map_or_else(Vec::new, |open| {
        open.reports().of_group(&GroupQuestion {
            scope: Some((ScopeKind::Practice, code.as_str())),
            ..GroupQuestion::default()
        })
    });
    let has_scope = numbers.iter().any(|it| it.figure.is_some());
    Ok(Service {
        path: path_of(code),
        name: named(Key("group-service")),
        period: open
            .as_ref()
            .map_or_else(String::new, |open| choice::period(open, lang)),
        periods: open
            .as_ref()
            .map_or_else(Vec::new, |open| periods(portal, open, &shell)),
        rests_on: match &open {
            None => shell.say("group-no-edition"),
            Some(_) if !has_scope => named(Key("group-service-no-scope")),
            Some(_) => shell.say("group-service-lead"),
        },
        bars: numbers.iter().filter_map(|it| bars(it, &shell)).collect(),
        untold: if has_scope {
            untold(&numbers, &shell)
        } else {
            Vec::new()
        },
        shared: Vec::new(),
        shell,
    })
}

/// A number that can be told of the service, beside the country.
fn bars(number: &GroupNumber, shell: &Shell) -> Option<Bars> {
    let (indicator, lang) = (&number.indicator, shell.lang);
    let service = &number.figure.as_ref()?.figure;
    let own = service.value()?;
    let country = &indicator.country.figure;
    let said = |figure: &Figure| told_figure(figure, indicator, lang);
    let mut rows = vec![(shell.say("group-service-own"), said(service), own)];
    if let Some(value) = country.value() {
        rows.push((shell.say("group-country"), said(country), value));
    }
    let largest = rows.iter().map(|row| row.2).fold(0.0, f64::max);
    Some(Bars {
        name: lang.of(&indicator.name).to_owned(),
        direction: direction_of(indicator, lang),
        most: match indicator.unit {
            Unit::Percent if largest > 80.0 => 100.0,
            _ if largest > 0.0 => largest * 1.25,
            _ => 1.0,
        },
        rows,
    })
}

/// What cannot be told, each reason once.
fn untold(numbers: &[GroupNumber], shell: &Shell) -> Vec<(String, Vec<String>)> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for number in numbers {
        let Some(figure) = number.figure.as_ref().map(|it| &it.figure) else {
            continue;
        };
        if figure.value().is_some() {
            continue;
        }
        let why = told_figure(figure, &number.indicator, shell.lang);
        let name = shell.lang.of(&number.indicator.name).to_owned();
        match reasons.iter_mut().find(|(reason, _)| *reason == why) {
            Some((_, names)) => names.push(name),
            None => reasons.push((why, vec![name])),
        }
    }
    reasons
}
