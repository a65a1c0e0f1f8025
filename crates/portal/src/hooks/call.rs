//! `POST /cds-services/riktig-antibiotics`: a call, and its cards.

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::Response;
use riktig_fhir::{CardWords, HookRequest, HookResponse, Names, Reading, Service};
use riktig_guideline::{Answer, Guideline};
use riktig_journal::advised;
use riktig_reports::{Lang, tell_advice, tell_buttons};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::caller::Caller;
use super::fetch;
use super::outcome::{Problem, json_response};
use crate::language::language;
use crate::layers::arrival;
use crate::moment;
use crate::portal::Portal;

pub(super) async fn answer(
    State(portal): State<Portal>,
    Path(service): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let caller = Caller::of(&portal, &parts).await?;
    let body = arrived(&portal, &service, &parts, body).await?;
    let mut call = HookRequest::read(&body)?;
    drop(body);
    fetch::what_is_missing(&portal, &caller, &mut call).await?;
    let lang = language(&parts.headers);
    let answered = advise(&portal, &caller, &call, lang)?;
    let hook = call.hook.as_str();
    let said = if answered.cards.is_empty() {
        "silence"
    } else {
        "cards"
    };
    portal.metrics().advised(hook, said);
    note(&portal, &caller, &call, &answered);
    let cards = match caller.is_shown() {
        true => json!(answered),
        false => json!({ "cards": [] }),
    };
    Ok(json_response(StatusCode::OK, &cards))
}

/// The body of a call of our service, in JSON.
pub(crate) async fn arrived(
    portal: &Portal,
    service: &str,
    parts: &Parts,
    body: Body,
) -> Result<Bytes, Problem> {
    if service != Service::ID {
        return Err(Problem::NOT_FOUND);
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if kind != "application/json" && !kind.ends_with("+json") {
        return Err(Problem::NOT_JSON);
    }
    let (hooks, longest) = (&portal.config().hooks, portal.config().limits.request);
    if arrival::declared(&parts.headers).is_some_and(|long| long > hooks.body_bytes) {
        return Err(Problem::TOO_LARGE);
    }
    let place = portal.advising().arriving.try_acquire();
    let _place = place.map_err(|_| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))?;
    let read = tokio::time::timeout(longest, arrival::read(body, hooks.body_bytes)).await;
    let read = read.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT));
    read.map_err(Problem::of_status)
}

fn advise(
    portal: &Portal,
    caller: &Caller,
    call: &HookRequest,
    lang: Lang,
) -> Result<HookResponse, Problem> {
    let advising = portal.advising();
    let guideline: &Guideline = &advising.guideline;
    let today = moment::day(portal.now());
    let recognition = caller.recognition(advising);
    let reading: Reading = call.context(today, recognition, guideline.findings())?;
    for gap in &reading.gaps {
        portal.metrics().gap(gap.key, gap.reason.as_str());
    }
    let answer: Answer = guideline.advise_without(&reading.patient, &caller.stands.off);
    let told = tell_advice(lang, guideline, &answer);
    let buttons = tell_buttons(lang, guideline, &reading.patient, &answer);
    let key = portal.journal().name_key();
    let keyed = |text: &[u8]| key.hash(text);
    let words = CardWords {
        guideline,
        reading: &reading,
        answer: &answer,
        told: &told,
        buttons: &buttons,
        names: Names::new(&keyed),
    };
    Ok(call.cards(words, &service(portal), caller.version()))
}

/// Our own address, without a slash at its end.
pub(crate) fn base(portal: &Portal) -> String {
    service(portal).base
}

/// Our service under our own address.
pub(super) fn service(portal: &Portal) -> Service {
    let base = portal.config().server.public_url.as_str();
    Service {
        base: base.trim_end_matches('/').to_owned(),
    }
}

/// Puts what was said into the queue: no patient, and of the client's own texts a digest.
fn note(portal: &Portal, caller: &Caller, call: &HookRequest, answered: &HookResponse) {
    let advising = portal.advising();
    let instance: [u8; 32] = Sha256::digest(call.instance.as_bytes()).into();
    let hpr = call.prescriber();
    let mut rows = Vec::new();
    for shown in &answered.shown {
        let Ok(card) = Uuid::try_parse(&shown.uuid) else {
            continue; // a card of ours always has one
        };
        rows.extend(shown.rules.iter().map(|rule| advised::Shown {
            card: card.into_bytes(),
            rule: rule.clone(),
            client: caller.id(),
            at: portal.now(),
            hook: shown.hook,
            instance,
            kind: shown.kind,
            content: advising.content.of_rule(rule).to_owned(),
            shown: caller.is_shown(),
            hpr,
        }));
    }
    if !rows.is_empty() {
        advising.noting.note(portal, rows);
    }
}
