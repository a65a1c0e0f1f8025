//! The forms of `/operator/editions/{edition}`: answer for a finding, publish, put on the shelf, take off.
//!
//! Each asks the policy first, and again in the transaction that records it: what takes seconds (opening an edition) is
//! done between the two, so that nobody waits for it.

use std::path::{Path as Folder, PathBuf};

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use riktig_codes::MonthRange;
use riktig_journal::ChangeError;
use riktig_journal::policy::{About, Act, EditionId};
use riktig_journal::shelf;
use riktig_lake::edition::{Edition, Glance, Publication, PublicationError};

use super::edition::{self, Answer, named};
use super::house::{self, InHouse, Place, State as Way};
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shelf::OnShelf;
use crate::shell::Shell;
use crate::visit::Visit;

/// Longest reason and name, as the journal has lines.
const LONGEST: usize = 200;

/// `POST /operator/editions/{edition}/accept`.
pub(crate) async fn accept(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(name): Path<String>,
    Form(form): Form<Answer>,
) -> Result<Response, Failure> {
    let name = named(&name)?;
    let about = About::Edition(name.clone());
    let mut acting = visit.act(&portal, Act::AcceptFinding, about).await?;
    let edition = in_house(&portal, &mut acting, &name).await?;
    let mut problems = read(&form, &shell);
    if problems.is_empty() {
        let (dir, at) = (folder(&portal, &edition), portal.now());
        // A name can be anybody's: under the request's id the journal's log tells who was logged in.
        let sent = Answer {
            by: format!("{} (request {})", form.by.trim(), visit.request().as_str()),
            ..form.clone()
        };
        let accepted = tokio::task::spawn_blocking(move || write_answer(&dir, &sent, at));
        match accepted.await.map_err(Failure::internal)? {
            Ok(()) => {
                acting.done().await?;
                let to = format!("/operator/editions/{name}?said=accepted");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(error) => problems = vec![mended(error, &shell)?],
        }
    }
    drop(acting);
    edition::again(&portal, &visit, shell, name, form, problems).await
}

/// `POST /operator/editions/{edition}/publish`.
pub(crate) async fn publish(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let name = named(&name)?;
    let about = About::Edition(name.clone());
    let edition = to_release(&portal, &visit, &name).await?;
    let (dir, at) = (folder(&portal, &edition), portal.now());
    // Every table is held against its hash: a damaged edition is nothing to sign.
    let whole = tokio::task::spawn_blocking({
        let dir = dir.clone();
        move || Edition::open(&dir)
    });
    let Ok(whole) = whole.await.map_err(Failure::internal)? else {
        let problems = vec![["publish".to_owned(), shell.say("operator-problem-damaged")]];
        return edition::again(&portal, &visit, shell, name, Answer::default(), problems).await;
    };
    let acting = visit.act(&portal, Act::KeepShelf, about).await?;
    let published = tokio::task::spawn_blocking(move || write_published(&dir, &whole, at));
    match published.await.map_err(Failure::internal)? {
        Ok(()) => acting.done().await?,
        Err(error) => {
            drop(acting);
            let problems = vec![mended(error, &shell)?];
            return edition::again(&portal, &visit, shell, name, Answer::default(), problems).await;
        }
    }
    let to = format!("/operator/editions/{name}?said=published");
    Ok(Redirect::to(&to).into_response())
}

/// `POST /operator/editions/{edition}/shelf`.
pub(crate) async fn put(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let name = named(&name)?;
    let about = About::Edition(name.clone());
    let edition = to_release(&portal, &visit, &name).await?;
    let refused = async |shell: Shell, said: String| {
        let problems = vec![["shelf".to_owned(), said]];
        edition::again(
            &portal,
            &visit,
            shell,
            name.clone(),
            Answer::default(),
            problems,
        )
        .await
    };
    if edition.state() != Way::Published {
        let said = shell.say("operator-problem-not-published");
        return refused(shell, said).await;
    }
    let opened = tokio::task::spawn_blocking({
        let (dir, name) = (folder(&portal, &edition), name.to_string());
        let synthetic = portal.config().editions.synthetic;
        move || OnShelf::open(&name, &dir, synthetic)
    });
    let Ok(opened) = opened.await.map_err(Failure::internal)? else {
        let said = shell.say("operator-problem-damaged");
        return refused(shell, said).await;
    };
    let mut acting = visit.act(&portal, Act::KeepShelf, about).await?;
    match shelf::put(&mut acting, &edition.folder, period(&opened)?).await {
        Ok(()) => acting.done().await?,
        // Somebody put it there, or another of its name, while it was opened.
        Err(ChangeError::Invalid { .. }) => {
            drop(acting);
            let said = shell.say("operator-problem-name-used");
            return refused(shell, said).await;
        }
        Err(other) => return Err(other.into()),
    }
    portal.shelf().stand(opened);
    let to = format!("/operator/editions/{name}?said=shelved");
    Ok(Redirect::to(&to).into_response())
}

/// `POST /operator/editions/{edition}/take-off`.
pub(crate) async fn take_off(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(name): Path<String>,
    Form(form): Form<Answer>,
) -> Result<Response, Failure> {
    let name = named(&name)?;
    let about = About::Edition(name.clone());
    let mut acting = visit.act(&portal, Act::KeepShelf, about).await?;
    match shelf::take_off(&mut acting, &form.reason).await {
        Ok(()) => acting.done().await?,
        Err(ChangeError::Invalid { .. }) => {
            drop(acting);
            let problems = vec![[
                "off-reason".to_owned(),
                shell.say("operator-problem-reason"),
            ]];
            return edition::again(&portal, &visit, shell, name, form, problems).await;
        }
        Err(other) => return Err(other.into()),
    }
    portal.shelf().take_off(name.as_str());
    let to = format!("/operator/editions/{name}?said=off");
    Ok(Redirect::to(&to).into_response())
}

/// Asks the policy, finds the edition and lets the transaction go: what comes next takes seconds.
async fn to_release(portal: &Portal, visit: &Visit, name: &EditionId) -> Result<InHouse, Failure> {
    let about = About::Edition(name.clone());
    let mut asking = visit.act(portal, Act::KeepShelf, about).await?;
    in_house(portal, &mut asking, name).await
}

async fn in_house(
    portal: &Portal,
    acting: &mut riktig_journal::Acting,
    name: &EditionId,
) -> Result<InHouse, Failure> {
    let shelved = shelf::known(acting).await?;
    let folder = portal.config().editions.folder.clone();
    let edition = house::one(folder, name.clone(), shelved).await?;
    // Nothing is said any more of what was taken off.
    match edition.place {
        Place::House | Place::Shelf(_) => Ok(edition),
        Place::Off(_) => Err(Failure::NotFound),
    }
}

fn folder(portal: &Portal, edition: &InHouse) -> PathBuf {
    portal.config().editions.folder.join(&edition.folder)
}

/// The months of an edition that was opened.
fn period(opened: &OnShelf) -> Result<MonthRange, Failure> {
    let span = &opened.edition().meta().period;
    let text = format!("{}..{}", span.first, span.last);
    text.parse().map_err(Failure::internal)
}

/// The moment as the record of publications writes it: UTC, to the second.
fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn write_answer(dir: &Folder, form: &Answer, at: Timestamp) -> Result<(), PublicationError> {
    let none = || PublicationError::NoFindings {
        dir: dir.to_owned(),
    };
    let glance = Glance::of(dir).map_err(|_| none())?;
    let findings = glance.findings.as_ref().ok_or_else(none)?;
    let mut publication = Publication::of(dir)?;
    publication.accept(
        findings,
        &form.finding,
        &form.by,
        &form.reason,
        &written(at),
    )?;
    publication.save()
}

fn write_published(dir: &Folder, edition: &Edition, at: Timestamp) -> Result<(), PublicationError> {
    let findings = edition.gate().findings.as_ref();
    let findings = findings.ok_or_else(|| PublicationError::NoFindings {
        dir: dir.to_owned(),
    })?;
    let mut publication = Publication::of(dir)?;
    publication.publish(findings, &written(at))?;
    publication.save()
}

/// What must be mended in an answer.
fn read(form: &Answer, shell: &Shell) -> Vec<[String; 2]> {
    let mut problems = Vec::new();
    let long = |text: &str| text.trim().chars().count() > LONGEST;
    if !form.by.chars().any(char::is_alphabetic) || long(&form.by) {
        problems.push([
            format!("by-{}", form.finding),
            shell.say("operator-problem-by"),
        ]);
    }
    if form.reason.split_whitespace().count() < 2 || long(&form.reason) {
        let field = format!("reason-{}", form.finding);
        problems.push([field, shell.say("operator-problem-reason-two")]);
    }
    problems
}

/// What a person can mend; the rest is a fault.
fn mended(error: PublicationError, shell: &Shell) -> Result<[String; 2], Failure> {
    match error {
        PublicationError::UnknownFinding { .. } => Err(Failure::NotFound),
        PublicationError::NobodyAnswers { id, .. } => Ok([
            format!("reason-{id}"),
            shell.say("operator-problem-reason-two"),
        ]),
        PublicationError::Personal { id, .. } => Ok([
            format!("reason-{id}"),
            shell.say("operator-problem-personal"),
        ]),
        PublicationError::NoFindings { .. } => Ok([
            "publish".to_owned(),
            shell.say("operator-problem-no-findings"),
        ]),
        PublicationError::Blocked { .. } => {
            Ok(["publish".to_owned(), shell.say("operator-problem-blocked")])
        }
        other => Err(Failure::internal(other)),
    }
}
