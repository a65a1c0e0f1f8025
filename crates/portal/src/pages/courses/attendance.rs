//! `POST /courses/{course}/attendance`: who was at which meeting, the whole table at once.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use riktig_codes::HprNumber;
use riktig_journal::course::{self, Attendee, Presence};
use riktig_journal::policy::{About, Act};
use riktig_reports::text::{Arg, Key};

use super::course::{Again, Matter, from_word};
use super::words::presence;
use crate::failure::Failure;
use crate::portal::Portal;
use crate::shell::Shell;
use crate::visit::Visit;

/// What the table sends: `now-2-9144900` is what was chosen for meeting 2, `was-2-9144900` what stood there when the page was made.
type Fields = BTreeMap<String, String>;

/// A note to be written.
struct Change {
    hpr: HprNumber,
    meeting: usize,
    presence: Presence,
}

/// `POST /courses/{course}/attendance`.
pub(crate) async fn note(
    State(portal): State<Portal>,
    visit: Visit,
    shell: Shell,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let matter = Matter::read(&portal, &visit, &id).await?;
    let (mut changes, again) = read(&matter, &fields, &shell);
    // One's own comes first, so that nothing is written before the policy refuses it.
    changes.sort_by_key(|change| Some(change.hpr) != matter.own);
    if !again.conflicts.is_empty() {
        return Ok(matter.mended(shell, StatusCode::CONFLICT, again));
    }
    let others = |one: &&Attendee| Some(one.hpr) != matter.own;
    let Some(first) = matter.attendees.iter().find(others) else {
        return Err(Failure::Invalid);
    };
    let about = |hpr| About::Attendee(matter.group, matter.id, hpr);
    if changes.is_empty() {
        // Nothing to write; the policy is asked all the same.
        drop(
            visit
                .act(&portal, Act::NoteAttendance, about(first.hpr))
                .await?,
        );
    }
    for of_one in changes.chunk_by(|one, other| one.hpr == other.hpr) {
        let Some(who) = of_one.first().map(|change| change.hpr) else {
            continue;
        };
        let mut acting = visit.act(&portal, Act::NoteAttendance, about(who)).await?;
        for change in of_one {
            let meeting = u32::try_from(change.meeting).map_err(Failure::internal)?;
            course::note(&mut acting, meeting, change.presence).await?;
        }
        acting.done().await?;
    }
    Ok(Redirect::to(&format!("/courses/{id}?said=noted")).into_response())
}

/// What is to be written, doctor by doctor; and what somebody else has noted otherwise since the page was made.
fn read(matter: &Matter, fields: &Fields, shell: &Shell) -> (Vec<Change>, Again) {
    let (mut changes, mut again) = (Vec::new(), Again::default());
    for attendee in &matter.attendees {
        for (meeting, stands) in (1..).zip(attendee.meetings) {
            let hpr = attendee.hpr;
            let field = |kind: &str| {
                let value = fields.get(&format!("{kind}-{meeting}-{hpr}"))?;
                from_word(value)
            };
            let (Some(now), Some(was)) = (field("now"), field("was")) else {
                continue;
            };
            again.chosen.insert((hpr, meeting), now);
            if now == was || now == stands || !matter.is_held(meeting) {
                // What one did not touch stays as it stands, whoever noted it.
                if now == was {
                    again.chosen.remove(&(hpr, meeting));
                }
                continue;
            }
            if stands != was {
                again.conflicts.push(conflict(shell, hpr, meeting, stands));
                continue;
            }
            changes.push(Change {
                hpr,
                meeting,
                presence: now,
            });
        }
    }
    (changes, again)
}

fn conflict(shell: &Shell, hpr: HprNumber, meeting: usize, stands: Presence) -> String {
    let (hpr, meeting) = (hpr.to_string(), meeting.to_string());
    let stands = presence(shell.lang, stands);
    shell.lang.fill(
        Key("course-conflict-line"),
        &[
            ("hpr", Arg::Text(&hpr)),
            ("number", Arg::Text(&meeting)),
            ("stands", Arg::Text(&stands)),
        ],
    )
}
