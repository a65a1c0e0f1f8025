//! Who visits: from the cookie to the person.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use riktig_journal::{JournalError, person, session, shelf};
use riktig_reports::text::{Arg, Key};

use super::record::RequestId;
use crate::language::language;
use crate::login::{self, Way};
use crate::portal::Portal;
use crate::shell::Surroundings;
use crate::visit::{Visit, Who};

/// Finds out who visits before anything else asks.
pub(crate) async fn visit(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let id = id.expect("the outermost layer gives every request its id");
    let who = if is_about_nobody(request.uri().path()) {
        Who::Nobody
    } else {
        let found = who(&portal, request.headers()).await;
        found.unwrap_or_else(|error| {
            tracing::error!(request = id.as_str(), cause = %error, "who visits cannot be told");
            Who::Unknown
        })
    };
    let visit = Visit::new(who, id);
    let around = Surroundings {
        reader: visit.reader(&portal),
        demo: portal.login().is_demo(),
        operator: portal.operator(),
    };
    request.extensions_mut().insert(visit);
    request.extensions_mut().insert(around.clone());
    let mut response = next.run(request).await;
    // An error page further out stands in the same frame.
    response.extensions_mut().insert(around);
    response
}

/// What is the same for everybody, whoever asks: no look into the journal for it.
fn is_about_nobody(path: &str) -> bool {
    path.starts_with("/assets/") || path.starts_with("/health/")
}

/// What another process has taken off the shelf is shown to nobody from now on.
async fn follow_shelf(portal: &Portal) -> Result<(), JournalError> {
    let before = portal.shelf().all();
    if before.is_empty() {
        return Ok(());
    }
    let standing = shelf::standing(portal.journal()).await?;
    let stands = |name: &str| standing.iter().any(|it| it.edition.as_str() == name);
    portal.shelf().follow(&before, stands);
    Ok(())
}

/// The person of the session that the cookie names.
async fn who(portal: &Portal, headers: &HeaderMap) -> Result<Who, JournalError> {
    let (journal, now) = (portal.journal(), portal.now());
    let Some(token) = login::token(headers, portal.is_https()) else {
        return Ok(Who::Nobody);
    };
    let Some(session) = session::find(journal, &token, login::limits(portal), now).await? else {
        return Ok(Who::Nobody);
    };
    let actor = person::actor(journal, session.person, session.organisation).await?;
    follow_shelf(portal).await?;
    let Some(actor) = actor else {
        return Ok(Who::Nobody);
    };
    let invented = match portal.login() {
        Way::Demo(people) => {
            let id = session.id_token(journal);
            people
                .iter()
                .find(|one| Some(&one.persona.id) == id.as_ref())
        }
        Way::HelseId { .. } | Way::Nobody => None,
    };
    let lang = language(headers);
    let name = match (invented, actor.hpr()) {
        (Some(one), _) => one.persona.name.clone(),
        (None, Some(hpr)) => {
            let number = hpr.to_string();
            lang.fill(Key("visit-reader-hpr"), &[("number", Arg::Text(&number))])
        }
        (None, None) => lang.say(Key("visit-reader-appointed")),
    };
    Ok(Who::Somebody { actor, name })
}
