//! Who calls: a client with a token, or in the demo whoever is on this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::http::header;
use axum::http::request::Parts;
use riktig_fhir::{Recognition, Version};
use riktig_helseid::HookRefusal;
use riktig_journal::cds_client;
use riktig_journal::id::ClientId;

use super::advising::Advising;
use super::outcome::Problem;
use super::standing::{Client, Stands};
use crate::portal::Portal;

/// Who calls, and what stands at the moment.
pub(super) struct Caller {
    /// Absent: an unsigned call in the demo.
    pub(super) client: Option<Arc<Client>>,
    pub(super) stands: Arc<Stands>,
}

impl Caller {
    /// Lets the call in.
    pub(super) async fn of(portal: &Portal, parts: &Parts) -> Result<Caller, Problem> {
        let advising = portal.advising();
        let stands = advising
            .standing
            .now(portal)
            .await
            .ok_or(Problem::NOT_NOW)?;
        if portal.login().is_demo() && is_on_this_machine(parts) {
            return Ok(Caller {
                client: None,
                stands,
            });
        }
        let headers = parts.headers.get_all(header::AUTHORIZATION);
        let authorization: Vec<&[u8]> = headers.iter().map(|value| value.as_bytes()).collect();
        let url = portal.config().server.public_url.join(parts.uri.path());
        let url = url.map_err(|_| Problem::NOT_FOUND)?;
        let checked = advising
            .door
            .check(&authorization, &url, &stands.trusted, portal.now())
            .await;
        advising.noting.note_tokens(portal, advising.used.take());
        let checked = checked.inspect_err(|refusal| portal.metrics().hook_refused(refusal.name()));
        let issuer = &checked?.issuer;
        let client = stands.client(issuer).ok_or(HookRefusal::UnknownClient)?;
        Ok(Caller {
            client: Some(client),
            stands,
        })
    }

    pub(super) fn id(&self) -> Option<ClientId> {
        self.client.as_ref().map(|client| client.row.id)
    }

    /// In which version it is answered.
    pub(super) fn version(&self) -> Version {
        match &self.client {
            Some(client) if client.row.terms.newer => Version::V3,
            _ => Version::V2,
        }
    }

    /// Whether it gets what is worked out for it.
    pub(super) fn is_shown(&self) -> bool {
        let mode = self.client.as_ref().map(|client| client.row.mode);
        mode.is_none_or(|mode| mode == cds_client::Mode::Showing)
    }

    /// By what its drugs are recognised: names only in the demo.
    pub(super) fn recognition<'p>(&self, advising: &'p Advising) -> Recognition<'p> {
        Recognition {
            names: self.client.is_none(),
            fest: advising.products.as_ref(),
        }
    }
}

fn is_on_this_machine(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.is_some_and(|peer| peer.0.ip().is_loopback())
}
