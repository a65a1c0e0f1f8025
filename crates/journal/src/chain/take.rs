//! One message in a transaction: seen before, or decided on and written with all that follows.

use std::collections::BTreeMap;

use riktig_codes::NationalId;

use super::ahead::{Ahead, Needs};
use super::prescription::{self, By, place, row};
use super::unwritten::Unwritten;
use super::{
    Decision, Effect, Held, Incoming, LONGEST_MESSAGE, LONGEST_WITH_ANSWER, Link, MessageId,
    PatientId, PrescriptionId, Present, Sender, Taken,
};
use super::{choice, inbox, log, outbox, patient};
use crate::audit::End;
use crate::identity::Sealed;
use crate::store::{
    Asked, Journal, JournalError, Reading, Row, Value, Writing, params, statements,
};

statements! {
    /// The answers that were given before, and to whom.
    SEEN: Select = "SELECT digest, key, answer, hpr, organisation, patient, id FROM chain_message WHERE link = $1 AND id IN ($2)";
    /// It is taken.
    ADD: Change = "INSERT INTO chain_message (link, id, digest, kind, hpr, organisation, patient, at, line, result, key, sealed, answer) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
}

/// The log's word for a message that was taken before and is answered as it was.
const AGAIN: &str = "again";
/// The log's word for a message whose id was taken with other bytes.
const OTHER_BYTES: &str = "refused other_bytes";
/// The log's word for a message that somebody else sent before.
const OTHER_SENDER: &str = "refused other_sender";
/// The log's word for a message that is too long, alone or with its answer.
const TOO_LONG: &str = "refused too_long";

/// Why one message was not taken, while others may be.
#[derive(Debug)]
pub(super) enum OneError {
    /// Its id was taken with other bytes.
    OtherBytes,
    /// It was taken from another sender.
    OtherSender,
    /// It or its answer is too long.
    TooLong,
    /// The caller's decision panicked, before anything was written.
    Panicked,
    /// The journal could not do it.
    Journal(JournalError),
}

impl From<JournalError> for OneError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

/// Where it is written: a transaction, and the log's end in it.
pub(super) struct Within<'a> {
    pub(super) writing: &'a mut Writing,
    pub(super) end: &'a mut End,
    pub(super) later: &'a mut Unwritten,
    pub(super) ahead: &'a mut Ahead,
    pub(super) journal: &'a Journal,
    pub(super) link: Link,
}

/// Those of the messages that were taken before.
pub(super) async fn seen(
    reading: &mut Reading,
    link: Link,
    ids: &[Value],
) -> Result<BTreeMap<MessageId, Row>, JournalError> {
    let rows = reading.rows_in(SEEN, params![link], ids).await?;
    let with_id = |row: Row| Ok((row.get(6)?, row));
    rows.into_iter().map(with_id).collect()
}

/// Writes messages that were taken.
pub(super) async fn write(writing: &mut Writing, rows: &[Vec<Value>]) -> Result<(), JournalError> {
    writing.add_all(ADD, rows).await?;
    Ok(())
}

/// Takes a message.
pub(super) async fn message(
    within: &mut Within<'_>,
    message: &Incoming,
    decide: &(dyn Fn(&Present) -> Option<Decision> + Send + Sync),
) -> Result<Taken, OneError> {
    if message.bytes.len() > LONGEST_MESSAGE {
        note(within, message, None, TOO_LONG)?;
        return Err(OneError::TooLong);
    }
    let digest = message.digest();
    if let Some(seen) = within.ahead.seen(&message.id).cloned() {
        return again(within, message, (&seen, digest));
    }
    let present = present(within, message).await?;
    let decision = decide(&present).ok_or(OneError::Panicked)?;
    let patient = match &message.patient {
        Some(pid) => Some(know(within, pid, message.now).await?),
        // About whom the prescriptions are that it names.
        None => present.prescriptions.first().map(|held| held.patient),
    };
    if message.bytes.len() + decision.answer.len() > LONGEST_WITH_ANSWER {
        note(within, message, patient, TOO_LONG)?;
        return Err(OneError::TooLong);
    }
    let entry = log::of_message(
        message.sender,
        patient,
        (message.kind, message.id.as_str()),
        &decision.result,
    );
    let line = within
        .later
        .lines
        .add(within.end, &entry, &asked(message))?;
    keep(within, message, digest, (patient, line, &decision))?;
    let by = By {
        link: within.link,
        message: Some(&message.id),
        line,
        now: message.now,
    };
    let then = (&*present.prescriptions, &*decision.effects);
    follow(within, by, patient, then)?;
    let (ahead, needs) = (&mut *within.ahead, Needs::of(message));
    ahead.touch(within.journal, &needs, &decision.effects);
    Ok(Taken {
        answer: decision.answer,
        again: false,
    })
}

async fn know(
    within: &mut Within<'_>,
    pid: &NationalId,
    now: jiff::Timestamp,
) -> Result<PatientId, JournalError> {
    let known = within.ahead.patient(within.journal, pid);
    let rows = (&mut *within.writing, &mut *within.later);
    patient::know(rows, within.journal, (pid, known), now).await
}

/// The answer that was given before, to the one to whom it was given; or why not. Either leaves a line.
fn again(
    within: &mut Within<'_>,
    message: &Incoming,
    (seen, digest): (&Row, [u8; 32]),
) -> Result<Taken, OneError> {
    if seen.get::<[u8; 32]>(0)? != digest {
        note(within, message, None, OTHER_BYTES)?;
        return Err(OneError::OtherBytes);
    }
    let first = Sender {
        hpr: seen.get(3)?,
        organisation: seen.get(4)?,
    };
    let patient = seen.get(5)?;
    if first != message.sender {
        note(within, message, patient, OTHER_SENDER)?;
        return Err(OneError::OtherSender);
    }
    let sealed = Sealed {
        key: seen.get(1)?,
        bytes: seen.get(2)?,
    };
    let at = row(within.link, message.id.as_str());
    let answer = sealed.open(within.journal.keys(), place("chain_message", "answer", &at));
    let answer = answer.ok_or(JournalError::Sealed { key: sealed.key })?;
    note(within, message, patient, AGAIN)?;
    Ok(Taken {
        answer,
        again: true,
    })
}

/// A line for a message that changes nothing.
fn note(
    within: &mut Within<'_>,
    message: &Incoming,
    patient: Option<PatientId>,
    result: &'static str,
) -> Result<(), JournalError> {
    let what = (message.kind, message.id.as_str());
    let entry = log::of_message(message.sender, patient, what, result);
    let asked = asked(message);
    within.later.lines.add(within.end, &entry, &asked)?;
    Ok(())
}

fn asked(message: &Incoming) -> Asked {
    Asked::from(message.now)
}

/// What the message wants to be decided on.
async fn present(within: &mut Within<'_>, message: &Incoming) -> Result<Present, JournalError> {
    let (journal, link, wants) = (within.journal, within.link, &message.wants);
    let mut prescriptions = Vec::<Held>::new();
    let mut in_all = None;
    for id in &wants.prescriptions {
        prescriptions.extend(within.ahead.prescription(id).cloned());
    }
    if let Some(which) = wants.of_patient.as_statement()
        && let Some(pid) = &message.patient
        && let Some(patient) = within.ahead.patient(journal, pid)
    {
        let part = prescription::part(within.writing, journal, link, (patient, which)).await?;
        prescriptions.extend(part.held);
        in_all = part.in_all;
    }
    prescriptions.sort_by(|one, other| one.id.cmp(&other.id));
    prescriptions.dedup_by(|one, other| one.id == other.id);
    if wants.bytes {
        with_bytes(within, &mut prescriptions).await?;
    }
    Ok(Present {
        now: message.now,
        closed_to_sender: is_closed(within, message, &prescriptions).await?,
        prescriptions,
        in_all,
    })
}

/// Whether the patient has closed the look-up to the HPR number that signed, where the message asks for that.
async fn is_closed(
    within: &mut Within<'_>,
    message: &Incoming,
    prescriptions: &[Held],
) -> Result<bool, JournalError> {
    let (Some(hpr), Some(held), true) = (
        message.sender.hpr,
        prescriptions.first(),
        message.wants.choices,
    ) else {
        return Ok(false);
    };
    let choices = choice::of_patient(within.writing, held.patient).await?;
    Ok(choices.closed_to.contains(&hpr))
}

/// Adds the messages that brought them.
async fn with_bytes(within: &mut Within<'_>, held: &mut [Held]) -> Result<(), JournalError> {
    let (journal, link) = (within.journal, within.link);
    for one in held {
        one.bytes = match within.ahead.bytes(&one.message) {
            Some(bytes) => Some(bytes.clone()),
            None => inbox::bytes(within.writing, journal, link, &one.message).await?,
        };
    }
    Ok(())
}

fn keep(
    within: &mut Within<'_>,
    message: &Incoming,
    digest: [u8; 32],
    (patient, line, decision): (Option<PatientId>, i64, &Decision),
) -> Result<(), JournalError> {
    let at = row(within.link, message.id.as_str());
    let seal = |column, bytes: &[u8]| {
        let place = place("chain_message", column, &at);
        Sealed::seal(within.journal.keys(), place, bytes).ok_or(JournalError::Chance)
    };
    let (sealed, answer) = (
        seal("sealed", &message.bytes)?,
        seal("answer", &decision.answer)?,
    );
    let values = params![
        within.link,
        &message.id,
        digest,
        message.kind,
        message.sender.hpr,
        message.sender.organisation,
        patient,
        message.now,
        line,
        decision.result.as_str(),
        sealed.key,
        sealed.bytes,
        answer.bytes,
    ]
    .to_vec();
    within.later.messages.push(values);
    Ok(())
}

fn follow(
    within: &mut Within<'_>,
    by: By<'_>,
    patient: Option<PatientId>,
    (read, effects): (&[Held], &[Effect]),
) -> Result<(), JournalError> {
    let (later, journal) = (&mut *within.later, within.journal);
    for (number, effect) in effects.iter().enumerate() {
        match effect {
            Effect::Prescribe(new) => {
                let whose = patient.zip(by.message);
                let (patient, message) = whose.ok_or(JournalError::Conflict {
                    statement: "a prescription without patient",
                })?;
                prescription::add(later, journal, by, patient, (message, new))?;
            }
            Effect::Change(change) => prescription::change(later, journal, by, (read, change))?,
            Effect::Send(outgoing) => outbox::add(later, journal, by, (number, outgoing))?,
        }
    }
    Ok(())
}

/// Lets something happen to a prescription by the day: no message, no answer. One that is not there is left alone.
pub(super) async fn by_the_day(
    within: &mut Within<'_>,
    (id, verb, now): (&PrescriptionId, &'static str, jiff::Timestamp),
    decide: &(dyn Fn(&Present) -> Option<Decision> + Send + Sync),
) -> Result<Taken, OneError> {
    let mut held: Vec<Held> = within.ahead.prescription(id).cloned().into_iter().collect();
    with_bytes(within, &mut held).await?;
    let Some(patient) = held.first().map(|held| held.patient) else {
        return Ok(Taken::default());
    };
    let present = Present {
        now,
        prescriptions: held,
        in_all: None,
        closed_to_sender: false,
    };
    let decision = decide(&present).ok_or(OneError::Panicked)?;
    if !decision.effects.is_empty() {
        let entry = log::by_the_day(verb, patient, id.as_str(), &decision.result);
        let line = within
            .later
            .lines
            .add(within.end, &entry, &Asked::from(now))?;
        let by = By {
            link: within.link,
            message: None::<&MessageId>,
            line,
            now,
        };
        let then = (&*present.prescriptions, &*decision.effects);
        follow(within, by, Some(patient), then)?;
    }
    let (ahead, needs) = (&mut *within.ahead, Needs::by_the_day(id));
    ahead.touch(within.journal, &needs, &decision.effects);
    Ok(Taken {
        answer: decision.answer,
        again: false,
    })
}
