//! `GET /research/{edition}/file/{name}`: a published table, as it is or as CSV.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use riktig_journal::policy::{About, Act};
use riktig_lake::edition::EditionMeta;
use riktig_reports::text::Key;
use riktig_reports::{Lang, areas_csv, definitions_csv, published_csv, published_population_csv};

use super::codebook;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// A file of an edition that researchers may have. There is no other: a name that is none of these is not there, and no
/// path is made of what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Groups,
    Inhabitants,
    GroupsAsStored,
    InhabitantsAsStored,
    Areas,
    Definitions,
    Codebook,
}

impl Kind {
    pub(super) const ALL: [Kind; 7] = [
        Kind::Groups,
        Kind::Inhabitants,
        Kind::GroupsAsStored,
        Kind::InhabitantsAsStored,
        Kind::Areas,
        Kind::Definitions,
        Kind::Codebook,
    ];

    /// The file's name, in the address and on the reader's machine.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Groups => "published.csv",
            Kind::Inhabitants => "published_population.csv",
            Kind::GroupsAsStored => "published.parquet",
            Kind::InhabitantsAsStored => "published_population.parquet",
            Kind::Areas => "areas.csv",
            Kind::Definitions => "definitions.csv",
            Kind::Codebook => "codebook.csv",
        }
    }

    /// What it holds.
    pub(super) fn what(self) -> Key {
        match self {
            Kind::Groups => Key("research-file-groups"),
            Kind::Inhabitants => Key("research-file-inhabitants"),
            Kind::GroupsAsStored => Key("research-file-groups-stored"),
            Kind::InhabitantsAsStored => Key("research-file-inhabitants-stored"),
            Kind::Areas => Key("research-file-areas"),
            Kind::Definitions => Key("research-file-definitions"),
            Kind::Codebook => Key("research-file-codebook"),
        }
    }

    fn is_stored(self) -> bool {
        matches!(self, Kind::GroupsAsStored | Kind::InhabitantsAsStored)
    }
}

/// The hash of a file that lies in the edition; none of what is written at the moment, or of what an older edition lacks.
pub(super) fn stored(meta: &EditionMeta, kind: Kind) -> Option<&String> {
    meta.tables.get(kind.name())
}

/// Whether the edition has it. One from before the published tables was never audited: nothing of it leaves whole.
pub(super) fn is_offered(meta: &EditionMeta, kind: Kind) -> bool {
    let audited = stored(meta, Kind::GroupsAsStored).is_some();
    let has = !kind.is_stored() || stored(meta, kind).is_some();
    has && (audited || matches!(kind, Kind::Definitions | Kind::Codebook))
}

/// `GET /research/{edition}/file/{name}`.
pub(crate) async fn give(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path((edition, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    visit
        .look(&portal, Act::SeePublished, About::Country)
        .await?;
    let open = portal.shelf().named(&edition).ok_or(Failure::NotFound)?;
    let mut kinds = Kind::ALL.into_iter();
    let kind = kinds.find(|kind| kind.name() == name);
    let kind = kind.filter(|kind| is_offered(open.edition().meta(), *kind));
    let kind = kind.ok_or(Failure::NotFound)?;
    let lang = shell.lang;
    let attachment = format!("attachment; filename=\"{}-{}\"", open.name(), kind.name());
    // Some thousand groups: not on the threads that answer everybody.
    let bytes = tokio::task::spawn_blocking(move || bytes(&open, kind, lang));
    let bytes = bytes.await.map_err(Failure::internal)??;
    let media_type = if kind.is_stored() {
        "application/vnd.apache.parquet"
    } else {
        "text/csv; charset=utf-8"
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::try_from(attachment).map_err(Failure::internal)?,
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn bytes(open: &Arc<OnShelf>, kind: Kind, lang: Lang) -> Result<Vec<u8>, Failure> {
    let edition = open.edition();
    Ok(match kind {
        Kind::GroupsAsStored | Kind::InhabitantsAsStored => {
            std::fs::read(edition.dir().join(kind.name())).map_err(Failure::internal)?
        }
        Kind::Groups => published_csv(edition).into_bytes(),
        Kind::Inhabitants => published_population_csv(edition).into_bytes(),
        Kind::Areas => areas_csv(edition).into_bytes(),
        Kind::Definitions => definitions_csv(open.reports(), lang).into_bytes(),
        Kind::Codebook => codebook::csv(lang).into_bytes(),
    })
}
