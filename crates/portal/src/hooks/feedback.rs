//! `POST /cds-services/riktig-antibiotics/feedback`: what was done with cards.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use riktig_fhir::{Feedback, FeedbackKind, Refusal};
use riktig_guideline::OverrideReason;
use riktig_journal::advised::{self, Outcome, Told};
use uuid::Uuid;

use super::call::arrived;
use super::caller::Caller;
use super::outcome::Problem;
use crate::portal::Portal;

/// Notes it before it says so: what was acknowledged is counted, also when the client sends it again.
pub(super) async fn take(
    State(portal): State<Portal>,
    Path(service): Path<String>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(&portal, &parts).await?;
    let body = arrived(&portal, &service, &parts, body).await?;
    let now = portal.now();
    let told = Feedback::read(&body)?
        .iter()
        .map(|entry| told(entry, now))
        .collect::<Result<Vec<_>, _>>()?;
    let noted = advised::tell(portal.journal(), caller.id(), &told, now).await;
    noted.map_err(|error| {
        tracing::error!(cause = %error, "what was done with cards cannot be noted");
        Problem::NOT_NOW
    })?;
    Ok(StatusCode::OK)
}

fn told(entry: &Feedback, now: Timestamp) -> Result<Told, Refusal> {
    let card = Uuid::try_parse(&entry.card).map_err(|_| Refusal::Field {
        field: "feedback.card",
        kind: "the uuid of a card",
    })?;
    let at = entry
        .at
        .as_deref()
        .and_then(|at| at.parse::<Timestamp>().ok());
    Ok(Told {
        card: card.into_bytes(),
        outcome: match &entry.kind {
            FeedbackKind::Accepted { .. } => Outcome::Accepted,
            FeedbackKind::Overridden { reason, .. } => {
                Outcome::Overridden(reason.map(OverrideReason::as_str))
            }
        },
        // A clock that goes ahead must not have the last word for ever.
        at: at.unwrap_or(now).min(now),
    })
}
