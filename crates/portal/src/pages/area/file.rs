//! `GET /area/…/figures.csv`: what an area's page shows, as rows.

use axum::extract::{Path, Query, State};
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

/// `GET /area/figures.csv`.
pub(crate) async fn home(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let place = Place::home(visit.logged_in()?, &portal);
    give(&portal, &visit, &shell, (place, &asked)).await
}

/// `GET /area/county/{county}/figures.csv`.
pub(crate) async fn county(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(county): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let place = Place::county(&county)?;
    give(&portal, &visit, &shell, (place, &asked)).await
}

/// `GET /area/municipality/{municipality}/figures.csv`.
pub(crate) async fn municipality(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(municipality): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let place = Place::municipality(&municipality)?;
    give(&portal, &visit, &shell, (place, &asked)).await
}

async fn give(
    portal: &Portal,
    visit: &Visit,
    shell: &Shell,
    (place, asked): (Place, &Asked),
) -> Result<Response, Failure> {
    place.ask(portal, visit).await?;
    let chosen = choice::chosen(portal, place, asked)?.ok_or(Failure::NotFound)?;
    if !show::is_known(visit.logged_in()?, portal, &chosen, place) {
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
    Ok((headers, csv(shell, &chosen, place)).into_response())
}

/// The page's three parts, each figure once: all indicators of the area and of those around it, the chosen one of the parts
/// beside each other, and of every other edition.
fn csv(shell: &Shell, chosen: &Chosen, place: Place) -> String {
    let mut told: Vec<(&OnShelf, Measure, Told)> = Vec::new();
    for measure in &chosen.measures {
        let chain = figures::chain(shell, chosen, place, measure);
        told.extend(
            chain
                .into_iter()
                .map(|it| (&*chosen.open, measure.clone(), it)),
        );
    }
    let others = beside::all(shell, chosen, place).into_iter();
    let others = others.filter(|it| it.place != place);
    told.extend(others.map(|it| (&*chosen.open, chosen.measure().clone(), it)));
    for open in chosen
        .all
        .iter()
        .filter(|open| open.name() != chosen.open.name())
    {
        let mut measures = open.reports().measures();
        let Some(measure) = measures.find(|it| it.id == chosen.measure().id) else {
            continue;
        };
        let mut places = vec![place];
        places.extend(Some(Place::Country).filter(|country| *country != place));
        for place in places {
            let it = Told {
                name: figures::name(shell, chosen, place),
                figure: figures::figure(open, place, &measure),
                place,
            };
            told.push((&**open, measure.clone(), it));
        }
    }
    let rows: Vec<(Vec<String>, usize)> = told
        .iter()
        .enumerate()
        .map(|(index, (_, _, it))| (code(it.place), index))
        .collect();
    let rows: Vec<AreaRow<'_>> = rows
        .iter()
        .map(|(code, index)| {
            let (open, measure, it) = &told[*index];
            let meta = open.edition().meta();
            AreaRow {
                edition: [
                    open.name(),
                    &meta.period.first,
                    &meta.period.last,
                    &meta.input,
                ],
                area: [&code[0], &code[1], &it.name],
                measure,
                told: &it.figure,
            }
        })
        .collect();
    render_area_csv(&rows, shell.lang)
}

/// Kind and number.
fn code(place: Place) -> Vec<String> {
    let (kind, code) = match place {
        Place::Country => ("country", String::new()),
        Place::County(number) => ("county", format!("{number:02}")),
        Place::Municipality(number) => ("municipality", number.to_string()),
    };
    vec![kind.to_owned(), code]
}
