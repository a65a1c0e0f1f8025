//! What a call did not send, read from the client's own server within a time budget.

use riktig_fhir::{HookRequest, json_once};
use serde_json::Value;

use super::caller::Caller;
use super::outcome::Problem;
use crate::portal::Portal;

/// Rounds of reading: the first pages, and twice what comes after them.
const ROUNDS: usize = 3;

/// Reads what is missing, if the client's server is the one that operators wrote down and the call brings a token for it. What
/// cannot be had in time is not known; a card then says so.
pub(super) async fn what_is_missing(
    portal: &Portal,
    caller: &Caller,
    call: &mut HookRequest,
) -> Result<(), Problem> {
    let budget = portal.config().hooks.fetch;
    let Some(server) = caller
        .client
        .as_ref()
        .and_then(|client| client.fhir_server.as_ref())
    else {
        return Ok(());
    };
    let is_known = call
        .fhir_server
        .as_deref()
        .is_some_and(|base| server.is(base));
    let Some(authorization) = call.authorization.clone().filter(|_| is_known) else {
        return Ok(());
    };
    let token = authorization.access_token;
    let until = tokio::time::Instant::now() + budget;
    for _ in 0..ROUNDS {
        let missing = call.plan_fetches();
        if missing.is_empty() {
            break;
        }
        let mut reads = tokio::task::JoinSet::new();
        for fetch in missing {
            let client = caller.client.clone();
            let token = token.clone();
            reads.spawn(async move {
                let server = client
                    .as_ref()
                    .and_then(|client| client.fhir_server.as_ref())?;
                let body = server.read(&fetch.url, &token).await.ok()?;
                let value: Value = json_once(&body).ok()?;
                Some((fetch.key, value))
            });
        }
        let mut any = false;
        // Dropping the set when the time is over ends what is under way.
        while let Ok(Some(read)) = tokio::time::timeout_at(until, reads.join_next()).await {
            if let Ok(Some((key, value))) = read {
                call.supply(key, &value)?;
                any = true;
            }
        }
        if !any || tokio::time::Instant::now() >= until {
            break;
        }
    }
    Ok(())
}
