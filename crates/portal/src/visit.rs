//! Who visits: the person that the session belongs to, and what they were allowed in this request.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use riktig_codes::HprNumber;
use riktig_journal::chain::Asking;
use riktig_journal::policy::{About, Act, Actor, RoleKind};
use riktig_journal::{Acting, Asked, Looking, erasure};

use crate::failure::Failure;
use crate::layers::record::RequestId;
use crate::portal::Portal;
use crate::route::ROUTES;
use crate::shell::{Reader, Section};

/// One request of one person: what a handler takes, and asks in its first line.
#[derive(Debug, Clone)]
pub struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    who: Who,
    request: RequestId,
    permitted: Mutex<Vec<Act>>,
}

/// Who is there, as far as the cookie and the journal tell.
#[derive(Debug)]
pub(crate) enum Who {
    /// Nobody is logged in.
    Nobody,
    /// Somebody is, by a session that holds.
    Somebody {
        /// Who acts, with the appointments of the moment.
        actor: Actor,
        /// What the frame calls the person.
        name: String,
    },
    /// It cannot be told: the journal did not answer.
    Unknown,
}

impl Visit {
    pub(crate) fn new(who: Who, request: RequestId) -> Visit {
        Visit(Arc::new(Inner {
            who,
            request,
            permitted: Mutex::default(),
        }))
    }

    /// Who is logged in.
    #[must_use]
    pub fn actor(&self) -> Option<&Actor> {
        match &self.0.who {
            Who::Somebody { actor, .. } => Some(actor),
            Who::Nobody | Who::Unknown => None,
        }
    }

    /// Asks the policy to look at something, and gives the journal to read it from. What it says about another person is
    /// in the log before this returns.
    ///
    /// # Errors
    /// The policy says no, nobody is logged in, or the journal does not answer.
    pub async fn look(&self, portal: &Portal, act: Act, about: About) -> Result<Looking, Failure> {
        let actor = self.logged_in()?;
        let asked = self.asked(portal.now());
        let looking = portal
            .journal()
            .ask_to_look(actor, act, about, asked)
            .await?;
        self.permitted(act);
        Ok(looking)
    }

    /// Asks the policy to change something, and gives the transaction to change it in. Nothing has happened before
    /// [`Acting::done`].
    ///
    /// # Errors
    /// The policy says no, nobody is logged in, or the journal does not answer.
    pub async fn act(&self, portal: &Portal, act: Act, about: About) -> Result<Acting, Failure> {
        let actor = self.logged_in()?;
        let asked = self.asked(portal.now());
        let acting = portal
            .journal()
            .ask_to_act(actor, act, about, asked)
            .await?;
        self.permitted(act);
        Ok(acting)
    }

    /// Erases everything that the journal holds about who is logged in: the journal asks the policy and writes the line by
    /// itself, because the names in the line go with it. Their sessions are over when this returns.
    ///
    /// # Errors
    /// Nobody is logged in, or the journal does not answer; nothing has gone then.
    pub async fn erase_oneself(&self, portal: &Portal) -> Result<(), Failure> {
        let actor = self.logged_in()?;
        let asked = self.asked(portal.now());
        erasure::erase_oneself(portal.journal(), actor, asked).await?;
        self.permitted(Act::EraseOwnData);
        Ok(())
    }

    /// Who asks for `act` and in which request, for what asks the policy in a transaction of its own. Whoever has been let through says so with
    /// [`Visit::was_let`].
    ///
    /// # Errors
    /// Nobody is logged in, or it cannot be told.
    pub(crate) fn asking(&self, portal: &Portal, act: Act) -> Result<Asking, Failure> {
        Ok(Asking {
            actor: self.logged_in()?.clone(),
            act,
            asked: self.asked(portal.now()),
        })
    }

    /// The policy has allowed this, and its line is written.
    pub(crate) fn was_let(&self, asking: &Asking) {
        self.permitted(asking.act);
    }

    /// Who is logged in.
    ///
    /// # Errors
    /// Nobody is, or it cannot be told.
    pub fn logged_in(&self) -> Result<&Actor, Failure> {
        match &self.0.who {
            Who::Somebody { actor, .. } => Ok(actor),
            Who::Nobody => Err(Failure::LoggedOut),
            Who::Unknown => Err(Failure::Unavailable("who visits is not known".into())),
        }
    }

    /// The doctor who is logged in: the only one whose own pages can be asked for.
    ///
    /// # Errors
    /// Nobody is logged in, or the login carries no HPR number: such a person has no pages of their own, as if there were none.
    pub fn doctor(&self) -> Result<HprNumber, Failure> {
        self.logged_in()?.hpr().ok_or(Failure::NotFound)
    }

    /// When and in which request something is asked, as the journal's log tells it.
    #[must_use]
    pub fn asked(&self, now: Timestamp) -> Asked {
        Asked {
            now,
            request: self.0.request.as_str().to_owned(),
        }
    }

    fn permitted(&self, act: Act) {
        let mut permitted = self
            .0
            .permitted
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        permitted.push(act);
    }

    /// The request's id, as it stands in the server's log and in the journal's.
    #[must_use]
    pub fn request(&self) -> &RequestId {
        &self.0.request
    }

    /// Whether the policy has allowed this act in this request.
    pub(crate) fn was_permitted(&self, act: Act) -> bool {
        let permitted = self
            .0
            .permitted
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        permitted.contains(&act)
    }

    /// What the frame shows of the person.
    pub(crate) fn reader(&self, portal: &Portal) -> Option<Reader> {
        let Who::Somebody { actor, name } = &self.0.who else {
            return None;
        };
        Some(Reader {
            name: name.clone(),
            sections: sections(actor, portal),
        })
    }
}

/// Where a person can go: what there is a page for. A link that is shown is no right: every page asks for itself.
fn sections(actor: &Actor, portal: &Portal) -> Vec<Section> {
    let pharmacist = actor.hpr().is_some_and(|it| portal.is_pharmacist(it));
    let doctor = actor.hpr().is_some() && !pharmacist;
    let looks_up = actor.hpr().is_some_and(|it| portal.may_look_up(it));
    let has = |kind| actor.has(kind, portal.now());
    let aggregates = has(RoleKind::Operator) || has(RoleKind::Researcher);
    let shown = |section: &Section| match section {
        Section::Report | Section::Goals | Section::Group | Section::Learning => doctor,
        Section::Guideline => doctor,
        Section::Prescribe => doctor && portal.prescriber().is_some(),
        Section::LookUp => looks_up && portal.prescriber().is_some(),
        Section::Pharmacy => pharmacist,
        Section::Courses => has(RoleKind::GroupLeader),
        Section::Area => has(RoleKind::ChiefDoctor) || aggregates,
        Section::Uptake => aggregates,
        Section::Operator => has(RoleKind::Operator),
        Section::Research => has(RoleKind::Researcher),
        Section::Log => true,
    };
    let is_built = |section: &Section| ROUTES.iter().any(|route| route.path == section.path());
    Section::ALL
        .into_iter()
        .filter(is_built)
        .filter(shown)
        .collect()
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Infallible> {
        let visit = parts.extensions.get::<Visit>().cloned();
        Ok(visit.expect("the layer of visits stands before every handler"))
    }
}
