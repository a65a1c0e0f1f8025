//! Limits of age (lagringstid): what is past its time goes by itself.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::HprNumber;

use crate::erasure::{self, Name};
use crate::id::PersonId;
use crate::policy::{About, Act, Actor, Facts, decide};
use crate::session::{Limits, PENDING_FOR};
use crate::store::{Acting, Change, Journal, JournalError, Reading, Select, params, statements};

statements! {
    /// At their last moment.
    SESSIONS: Change = "DELETE FROM session WHERE ends_at <= $1";
    /// Idle.
    IDLE_SESSIONS: Change = "DELETE FROM session WHERE seen_at <= $1";
    /// Nobody came back.
    PENDING: Change = "DELETE FROM pending_login WHERE began_at <= $1";
    /// Refused for their age.
    ONCE: Change = "DELETE FROM used_once WHERE until_at < $1";
    /// Taken back.
    SHARES: Change = "DELETE FROM share WHERE withdrawn_at <= $1";
    /// Taken back.
    WAIVERS: Change = "DELETE FROM visit_waiver WHERE taken_back_at <= $1";
    /// Sent, or given up.
    MAILED: Change = "DELETE FROM mailing_recipient WHERE mailing IN (SELECT id FROM mailing WHERE made_at <= $1)";
    /// Settled.
    DISPUTES: Change = "DELETE FROM dispute WHERE settled_at <= $1";
    /// Opened last.
    FETCHED: Change = "DELETE FROM fetched WHERE COALESCE(last_opened_at, 0) <= $1 AND COALESCE(last_downloaded_at, 0) <= $1";
    /// Said long ago.
    SHOWN: Change = "DELETE FROM advice_shown WHERE at <= $1";
    /// Told long ago.
    FEEDBACK: Change = "DELETE FROM advice_feedback WHERE noted_at <= $1";
    /// Of courses long past.
    ATTENDANCE: Change = "DELETE FROM attendance WHERE course IN (SELECT id FROM course WHERE made_at <= $1)";
    /// Of courses long past.
    TESTS: Change = "DELETE FROM test_result WHERE course IN (SELECT id FROM course WHERE made_at <= $1)";
    /// Of courses long past.
    ENROLMENTS: Change = "DELETE FROM enrolment WHERE course IN (SELECT id FROM course WHERE made_at <= $1)";
    /// Of courses long past.
    COHORTS: Change = "DELETE FROM cohort_doctor WHERE course IN (SELECT id FROM course WHERE made_at <= $1)";
    /// Delivered.
    OUTBOX: Change = "DELETE FROM chain_outbox WHERE settled_at <= $1";
    /// Closed, with their events.
    PRESCRIPTIONS: Change = "DELETE FROM chain_prescription WHERE closed_at <= $1";
    /// Messages that brought no prescription which is still there.
    MESSAGES: Change = "DELETE FROM chain_message WHERE at <= $1 AND NOT EXISTS \
        (SELECT 1 FROM chain_prescription p WHERE p.link = chain_message.link AND p.message = chain_message.id)";
    /// Whom nothing is about any more, not even a line.
    PATIENTS: Change = "DELETE FROM chain_patient WHERE known_at <= $1 \
        AND NOT EXISTS (SELECT 1 FROM chain_prescription p WHERE p.patient = chain_patient.id) \
        AND NOT EXISTS (SELECT 1 FROM chain_message m WHERE m.patient = chain_patient.id) \
        AND NOT EXISTS (SELECT 1 FROM audit_subject s WHERE s.person = chain_patient.id)";
    /// Ended.
    MEMBERSHIPS: Change = "DELETE FROM membership WHERE until_at <= $1";
    /// Who has not been here, with no appointment in force. An empty row is as one who came when it was emptied.
    AWAY: Select = "SELECT id, hpr FROM person WHERE COALESCE(last_login_at, known_at) <= $1 \
        AND NOT EXISTS (SELECT 1 FROM appointment WHERE (appointee = id OR appointee_hpr = hpr) AND ended_at IS NULL AND until_at > $2) \
        ORDER BY id LIMIT $3";
    /// Who did something long ago.
    OLD_ACTORS: Select = "SELECT w.line FROM audit a JOIN audit_actor w ON w.line = a.line WHERE a.at <= $1 ORDER BY w.line LIMIT $2";
    /// Whom something was about long ago.
    OLD_SUBJECTS: Select = "SELECT s.line FROM audit a JOIN audit_subject s ON s.line = a.line WHERE a.at <= $1 ORDER BY s.line LIMIT $2";
}

const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);

/// Shares and waivers that were taken back are kept for a year: who could read what is asked about afterwards.
pub const TAKEN_BACK_FOR: SignedDuration = YEAR;
/// Recipients of mailings, settled disputes, what was advised, and who has fetched which report: five years, the longest time that uptake is shown.
pub const SETTLED_FOR: SignedDuration = SignedDuration::from_hours(5 * 24 * 365);
/// Whoever has not logged in for five years, and has no appointment in force, is erased.
pub const AWAY_FOR: SignedDuration = SETTLED_FOR;
/// Attendance, tests, enrolments and ended memberships: ten years, two periods of a specialist's renewal (five years each).
pub const COURSES_FOR: SignedDuration = SignedDuration::from_hours(10 * 24 * 365);
/// Names beside the log: ten years. The lines themselves stay.
pub const NAMES_FOR: SignedDuration = COURSES_FOR;

/// Prescriptions after they were closed, and messages: a year, so that a receiver that was away long still gets the answer of
/// then, and a patient can ask what was dispensed. Who runs a link by law sets the law's own time.
pub const CHAIN_FOR: SignedDuration = YEAR;

/// Rules that need a line: what goes when it is older than this.
const RULES: [(&str, Change, SignedDuration); 16] = [
    ("share", SHARES, TAKEN_BACK_FOR),
    ("visit_waiver", WAIVERS, TAKEN_BACK_FOR),
    ("mailing_recipient", MAILED, SETTLED_FOR),
    ("dispute", DISPUTES, SETTLED_FOR),
    ("fetched", FETCHED, SETTLED_FOR),
    ("advice_shown", SHOWN, SETTLED_FOR),
    ("advice_feedback", FEEDBACK, SETTLED_FOR),
    ("attendance", ATTENDANCE, COURSES_FOR),
    ("test_result", TESTS, COURSES_FOR),
    ("enrolment", ENROLMENTS, COURSES_FOR),
    ("cohort_doctor", COHORTS, COURSES_FOR),
    ("membership", MEMBERSHIPS, COURSES_FOR),
    ("chain_outbox", OUTBOX, CHAIN_FOR),
    ("chain_prescription", PRESCRIPTIONS, CHAIN_FOR),
    ("chain_message", MESSAGES, CHAIN_FOR),
    ("chain_patient", PATIENTS, NAMES_FOR),
];

/// People and names in one sweep, so that it holds the writers' lock for a moment only; the next sweep takes the next.
const AT_A_TIME: i64 = 1000;

/// What a sweep took away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Table and rows, where there were any.
    pub rows: Vec<(&'static str, u64)>,
    /// People erased.
    pub people: u64,
    /// Names beside the log.
    pub names: u64,
    /// There was more than one sweep takes: sweep again.
    pub more: bool,
}

/// Takes away what is past its time at `now`. Sessions and logins under way go without a line in the log; everything else
/// goes upon one line.
///
/// # Errors
/// Where the journal cannot be written; nothing has gone then.
pub async fn sweep(
    journal: &Journal,
    limits: Limits,
    now: Timestamp,
) -> Result<Swept, JournalError> {
    let mut swept = Swept::default();
    of_the_hour(journal, limits, now, &mut swept).await?;
    let mut deciding = journal.deciding(now).await?;
    let verb = Actor::verb("sweep");
    let permit = decide(&verb, Act::Maintain, About::Journal, &Facts::default(), now);
    let permit = permit.expect("a verb may tend the journal");
    let (mut names, mut people) = (BTreeSet::new(), Vec::<(PersonId, Option<HprNumber>)>::new());
    for row in deciding
        .rows(AWAY, params![before(now, AWAY_FOR), now, AT_A_TIME])
        .await?
    {
        let (person, hpr) = (row.get(0)?, row.get(1)?);
        erasure::names_of(&mut deciding, person, hpr, &mut names).await?;
        people.push((person, hpr));
    }
    let full = old_names(&mut deciding, now, &mut names).await?;
    let mut acting = deciding.act_saying(permit, erasure::said(&names)).await?;
    for (person, hpr) in &people {
        erasure::erase_rows(&mut acting, *person, *hpr).await?;
    }
    erasure::take_names(&mut acting, &names).await?;
    by_the_rules(&mut acting, now, &mut swept).await?;
    swept.people = people.len() as u64;
    swept.names = names.len() as u64;
    swept.more = full || people.len() as i64 == AT_A_TIME;
    let logged = !swept.rows.iter().all(|(table, _)| is_of_the_hour(table))
        || swept.people + swept.names > 0;
    // Where nothing went, the line is taken back with the transaction.
    if logged {
        acting.done().await?;
    }
    Ok(swept)
}

async fn of_the_hour(
    journal: &Journal,
    limits: Limits,
    now: Timestamp,
    swept: &mut Swept,
) -> Result<(), JournalError> {
    let mut writing = journal.writing().await?;
    for (table, change, moment) in [
        ("session", SESSIONS, now),
        ("session", IDLE_SESSIONS, before(now, limits.idle)),
        ("pending_login", PENDING, before(now, PENDING_FOR)),
        ("used_once", ONCE, now),
    ] {
        let rows = writing.change(change, params![moment]).await?;
        if rows > 0 {
            swept.rows.push((table, rows));
        }
    }
    writing.commit().await
}

fn is_of_the_hour(table: &str) -> bool {
    crate::store::LEFT_OUT.contains(&table)
}

async fn by_the_rules(
    acting: &mut Acting,
    now: Timestamp,
    swept: &mut Swept,
) -> Result<(), JournalError> {
    for (table, change, age) in RULES {
        let rows = acting.change(change, params![before(now, age)]).await?;
        if rows > 0 {
            swept.rows.push((table, rows));
        }
    }
    Ok(())
}

/// Adds names past their time; tells whether there may be more.
async fn old_names(
    reading: &mut Reading,
    now: Timestamp,
    names: &mut BTreeSet<Name>,
) -> Result<bool, JournalError> {
    let mut full = false;
    let of: [(Select, &'static str); 2] = [(OLD_ACTORS, "actor"), (OLD_SUBJECTS, "subject")];
    for (select, part) in of {
        let rows = reading
            .rows(select, params![before(now, NAMES_FOR), AT_A_TIME])
            .await?;
        full |= rows.len() as i64 == AT_A_TIME;
        for row in rows {
            names.insert((row.get(0)?, part));
        }
    }
    Ok(full)
}

fn before(now: Timestamp, age: SignedDuration) -> Timestamp {
    now.saturating_sub(age).expect("a duration only")
}
