//! `GET /report/file/{kind}`: the doctor's report as a file.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use riktig_codes::HprNumber;
use riktig_journal::fetch::{self, How};
use riktig_journal::policy::{About, Act};
use riktig_reports::model::Report;
use riktig_reports::{Lang, ReportError, render_csv, render_json, render_pdf};

use super::choice::{self, Asked, Chosen, Found};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Csv,
    Json,
}

impl Kind {
    fn of(word: &str) -> Option<Kind> {
        match word {
            "pdf" => Some(Kind::Pdf),
            "csv" => Some(Kind::Csv),
            "json" => Some(Kind::Json),
            _ => None,
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Csv => "csv",
            Kind::Json => "json",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Csv => "text/csv; charset=utf-8",
            Kind::Json => "application/json",
        }
    }

    fn bytes(self, report: &Report, lang: Lang) -> Result<Vec<u8>, ReportError> {
        match self {
            Kind::Pdf => render_pdf(report, lang),
            Kind::Csv => Ok(render_csv(report, lang).into_bytes()),
            Kind::Json => Ok(render_json(report)?.into_bytes()),
        }
    }
}

/// `GET /report/file/{kind}`, `kind` one of `pdf`, `csv`, `json`.
pub(crate) async fn file(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let doctor = visit.doctor()?;
    let kind = Kind::of(&kind).ok_or(Failure::NotFound)?;
    let Found::Report(chosen) = choice::found(&portal, doctor, &asked)? else {
        return Err(Failure::NotFound);
    };
    let about = About::Report(doctor, chosen.edition.clone());
    visit.look(&portal, Act::ReadOwnReport, about).await?;
    let (lang, name) = (shell.lang, name(&chosen, kind));
    // Some ten milliseconds of work for a PDF: not on the threads that answer everybody.
    let bytes = tokio::task::spawn_blocking({
        let chosen = chosen.clone();
        move || kind.bytes(&chosen.report(), lang)
    });
    let bytes = bytes.await.map_err(Failure::internal)?;
    let bytes = bytes.map_err(Failure::internal)?;
    note(&portal, &visit, doctor, &chosen).await?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(kind.media_type()),
        ),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

/// Every download is noted: a file lives on outside of the portal.
async fn note(
    portal: &Portal,
    visit: &Visit,
    doctor: HprNumber,
    chosen: &Chosen,
) -> Result<(), Failure> {
    let about = About::Report(doctor, chosen.edition.clone());
    let mut acting = visit.act(portal, Act::FetchOwnReport, about).await?;
    fetch::note(&mut acting, How::Downloaded).await?;
    Ok(acting.done().await?)
}

/// The edition is in the file's name and the HPR number is not: it would stand in every list of downloads.
fn name(chosen: &Chosen, kind: Kind) -> HeaderValue {
    let name = format!(
        "attachment; filename=\"antibiotikarapport-{}.{}\"",
        chosen.edition,
        kind.extension()
    );
    HeaderValue::try_from(name).expect("an edition's name is of a-z, 0-9 and -")
}
