//! `GET /area/…/figures.csv`: what an area's page shows, as rows.

use std::iter;

use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use riktig_reports::model::Measure;
use riktig_reports::{AreaRow, render_area_csv};

use super::choice::{self, Asked, Chosen};
use super::figures::{self, Told};
use super::place::Place;
use super::{beside, show};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// `GET /area/figures.csv` and the same of a county and a municipality.
pub(crate) async fn give(
    State(portal): State<Portal>,
    visit: Visit,
    place: Place,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    place.ask(&portal, &visit).await?;
    let chosen = choice::chosen(&portal, place, &asked)?.ok_or(Failure::NotFound)?;
    if !show::is_known(visit.logged_in()?, &portal, &chosen, place) {
        return Err(Failure::NotFound);
    }
    let code = match place {
        Place::Country => "counties".to_owned(),
        Place::County(number) => format!("{number:02}"),
        Place::Municipality(number) => number.to_string(),
    };
    let name = format!(
        "attachment; filename=\"antibiotika-{code}-{}.csv\"",
        chosen.open.name()
    );
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(name).map_err(Failure::internal)?,
        ),
    ];
    Ok((headers, csv(&shell, &chosen, place)).into_response())
}

/// The page's three parts, each figure once: all indicators of the area and of those around it, the chosen one of the parts
/// beside each other, and of every other edition.
fn csv(shell: &Shell, chosen: &Chosen, place: Place) -> String {
    let measure = chosen.measure();
    let mut told: Vec<(&OnShelf, Measure, Told)> = Vec::new();
    for measure in &chosen.measures {
        let chain = figures::chain(shell, chosen, place, measure).into_iter();
        told.extend(chain.map(|it| (&*chosen.open, measure.clone(), it)));
    }
    let others = beside::all(shell, chosen, place).into_iter();
    let others = others.filter(|it| it.place != place);
    told.extend(others.map(|it| (&*chosen.open, measure.clone(), it)));
    let editions = chosen.all.iter();
    for open in editions.filter(|open| open.name() != chosen.open.name()) {
        let Some(measure) = open.reports().measures().find(|it| it.id == measure.id) else {
            continue;
        };
        let country = Some(Place::Country).filter(|country| *country != place);
        for place in iter::once(place).chain(country) {
            let it = Told {
                name: figures::name(shell, chosen, place),
                figure: figures::figure(open, place, &measure),
                place,
            };
            told.push((&**open, measure.clone(), it));
        }
    }
    let codes: Vec<[String; 2]> = told.iter().map(|(_, _, it)| code(it.place)).collect();
    let rows: Vec<AreaRow<'_>> = told
        .iter()
        .zip(&codes)
        .map(|((open, measure, it), [kind, number])| row(open, measure, it, [kind, number]))
        .collect();
    render_area_csv(&rows, shell.lang)
}

fn row<'a>(
    open: &'a OnShelf,
    measure: &'a Measure,
    told: &'a Told,
    [kind, number]: [&'a str; 2],
) -> AreaRow<'a> {
    let meta = open.edition().meta();
    let period = &meta.period;
    AreaRow {
        edition: [open.name(), &period.first, &period.last, &meta.input],
        area: [kind, number, &told.name],
        measure,
        told: &told.figure,
    }
}

/// Kind and number.
fn code(place: Place) -> [String; 2] {
    let (kind, code) = match place {
        Place::Country => ("country", String::new()),
        Place::County(number) => ("county", format!("{number:02}")),
        Place::Municipality(number) => ("municipality", number.to_string()),
    };
    [kind.to_owned(), code]
}
