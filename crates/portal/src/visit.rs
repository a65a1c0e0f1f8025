//! Who visits: the person that the session belongs to, and what they were allowed in this request.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use riktig_journal::policy::{Act, Actor, RoleKind};

use crate::layers::record::RequestId;
use crate::shell::{Reader, Section};

/// One request of one person: what a handler takes, and asks in its first line.
#[derive(Debug, Clone)]
pub struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    who: Option<Visitor>,
    request: RequestId,
    permitted: Mutex<Vec<Act>>,
}

/// Somebody who is logged in.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) actor: Actor,
    /// The hash by which the journal knows the session.
    pub(crate) session: [u8; 32],
    /// What the frame calls the person.
    pub(crate) name: String,
}

impl Visit {
    pub(crate) fn new(who: Option<Visitor>, request: RequestId) -> Visit {
        Visit(Arc::new(Inner {
            who,
            request,
            permitted: Mutex::default(),
        }))
    }

    /// Who is logged in.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        self.0.who.as_ref().map(|who| &who.actor)
    }

    /// The request's id, as it stands in the server's log and in the journal's.
    #[must_use]
    pub fn request(&self) -> &RequestId {
        &self.0.request
    }

    pub(crate) fn session_hash(&self) -> Option<[u8; 32]> {
        self.0.who.as_ref().map(|who| who.session)
    }

    /// Whether the policy has allowed this act in this request.
    pub(crate) fn was_permitted(&self, act: Act) -> bool {
        let permitted = self.0.permitted.lock();
        permitted.is_ok_and(|acts| acts.contains(&act))
    }

    /// What the frame shows of the person.
    pub(crate) fn reader(&self, now: Timestamp) -> Option<Reader> {
        let who = self.0.who.as_ref()?;
        Some(Reader {
            name: who.name.clone(),
            sections: sections(&who.actor, now),
        })
    }
}

/// Where a person can go. A link that is shown is no right: every page asks for itself.
fn sections(actor: &Actor, now: Timestamp) -> Vec<Section> {
    let doctor = actor.hpr().is_some();
    let has = |kind| actor.has(kind, now);
    let aggregates = has(RoleKind::Operator) || has(RoleKind::Researcher);
    let shown = |section: &Section| match section {
        Section::Report | Section::Goals | Section::Group | Section::Learning => doctor,
        Section::Courses => has(RoleKind::GroupLeader),
        Section::Area => has(RoleKind::ChiefDoctor) || aggregates,
        Section::Uptake => aggregates,
        Section::Operator => has(RoleKind::Operator),
        Section::Research => has(RoleKind::Researcher),
        Section::Log => true,
    };
    Section::ALL.into_iter().filter(shown).collect()
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Infallible> {
        let visit = parts.extensions.get::<Visit>().cloned();
        Ok(visit.expect("the layer of visits stands before every handler"))
    }
}
