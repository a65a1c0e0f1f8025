//! `POST /cds-services/riktig-antibiotics/feedback`: what was done with cards.

use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use jiff::Timestamp;
use riktig_fhir::{Feedback, FeedbackKind, Names, Refusal};
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
        .filter_map(|entry| told(&portal, entry, now).transpose())
        .collect::<Result<Vec<_>, _>>()?;
    if told.is_empty() {
        return Ok(StatusCode::OK);
    }
    let noted = advised::tell(portal.journal(), caller.id(), &told, now).await;
    noted.map_err(|error| {
        tracing::error!(cause = %error, "what was done with cards cannot be noted");
        Problem::NOT_NOW
    })?;
    Ok(StatusCode::OK)
}

/// What is noted of an entry; nothing where it says that something was taken which the card never suggested. That is answered as feedback
/// on a card that is not there: the client has told, and it counts for nothing.
fn told(portal: &Portal, entry: &Feedback, now: Timestamp) -> Result<Option<Told>, Refusal> {
    let card = Uuid::try_parse(&entry.card).map_err(|_| Refusal::Field {
        field: "feedback.card",
        kind: "the uuid of a card",
    })?;
    let at = entry
        .at
        .as_deref()
        .and_then(|at| at.parse::<Timestamp>().ok());
    let outcome = match &entry.kind {
        FeedbackKind::Accepted { suggestions } => {
            if !suggestions.iter().any(|it| had(portal, card, it)) {
                portal.metrics().feedback_ignored();
                return Ok(None);
            }
            Outcome::Accepted
        }
        FeedbackKind::Overridden { reason, .. } => {
            Outcome::Overridden(reason.map(OverrideReason::as_str))
        }
    };
    Ok(Some(Told {
        card: card.into_bytes(),
        outcome,
        // A clock that goes ahead must not have the last word for ever.
        at: at.unwrap_or(now).min(now),
    }))
}

/// Whether a card has had a suggestion: named by the key of now, or by one of before if the keys were changed meanwhile.
fn had(portal: &Portal, card: Uuid, suggestion: &str) -> bool {
    let Ok(suggestion) = Uuid::try_parse(suggestion) else {
        return false;
    };
    portal.journal().name_keys().any(|key| {
        let keyed = |text: &[u8]| key.hash(text);
        Names::new(&keyed).is_suggestion_of(suggestion.as_u128(), card.as_u128())
    })
}
