//! Erasure (sletting): what the journal holds about a person goes, and the log's chain stays whole.
//!
//! What goes and what stays, and why, is the table in `docs/reference/journal.md`. In short: everything about the person
//! goes; what they did to others keeps their HPR number, because it is the others' log. The person's row stays as an
//! empty one that nothing leads to, because appointments and settled disputes point at it.

use std::collections::BTreeSet;

use aws_lc_rs::rand;
use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::audit::Gone;
use crate::id::PersonId;
use crate::policy::{About, Act, Actor, Facts, decide};
use crate::store::{Acting, Asked, Change, Journal, JournalError, Reading, params, statements};

statements! {
    /// Lines about somebody, and which of them they wrote themselves.
    LINES: Select = "SELECT s.line, CASE WHEN w.person = $1 THEN 1 ELSE 0 END FROM audit_subject s \
        LEFT JOIN audit_actor w ON w.line = s.line WHERE s.person = $1 OR s.hpr = $2 ORDER BY s.line";
    /// Lines about nobody else that they wrote.
    OWN_LINES: Select = "SELECT w.line FROM audit_actor w LEFT JOIN audit_subject s ON s.line = w.line \
        LEFT JOIN audit_erased e ON e.line = w.line AND e.part = 'subject' \
        WHERE w.person = $1 AND s.line IS NULL AND e.line IS NOT NULL";
    /// The next line's number.
    NEXT: Select = "SELECT COALESCE(MAX(line), 0) + 1 FROM audit";
    /// The HPR number of a person.
    HPR: Select = "SELECT hpr FROM person WHERE id = $1";
    /// A name goes.
    GOES: Change = "INSERT INTO audit_erased (part, line, upon) VALUES ($1, $2, $3)";
    /// It has gone.
    NO_ACTORS: Change = "DELETE FROM audit_actor WHERE line IN (SELECT line FROM audit_erased WHERE part = 'actor' AND upon = $1)";
    /// It has gone.
    NO_SUBJECTS: Change = "DELETE FROM audit_subject WHERE line IN (SELECT line FROM audit_erased WHERE part = 'subject' AND upon = $1)";
    /// An empty row stays, with a hash of nothing.
    EMPTY: Change = "UPDATE person SET pid = $2, hpr = NULL, seen_hpr = NULL, language = NULL, known_at = $3, first_login_at = NULL, last_login_at = NULL, \
        version = version + 1 WHERE id = $1";
    /// What is in force ends.
    END_APPOINTMENTS: Change = "UPDATE appointment SET ended_at = $3, ended_by = $1 \
        WHERE (appointee = $1 OR appointee_hpr = $2) AND ended_at IS NULL AND until_at > $3";
    /// Appointments by HPR number point at the empty row from now on.
    HIDE_APPOINTMENTS: Change = "UPDATE appointment SET appointee = $1, appointee_hpr = NULL WHERE appointee_hpr = $2";
    IDENTITY: Change = "DELETE FROM identity WHERE person = $1";
    SESSIONS: Change = "DELETE FROM session WHERE person = $1";
    CHOICES: Change = "DELETE FROM chain_choice WHERE person = $1";
    GOAL_VERSIONS: Change = "DELETE FROM goal_version WHERE goal IN (SELECT id FROM goal WHERE hpr = $1)";
    GOALS: Change = "DELETE FROM goal WHERE hpr = $1";
    SHARES: Change = "DELETE FROM share WHERE hpr = $1";
    DISPUTES: Change = "DELETE FROM dispute WHERE hpr = $1";
    FETCHED: Change = "DELETE FROM fetched WHERE hpr = $1";
    MAILED: Change = "DELETE FROM mailing_recipient WHERE hpr = $1";
    WAIVERS: Change = "DELETE FROM visit_waiver WHERE hpr = $1";
    ATTENDANCE: Change = "DELETE FROM attendance WHERE hpr = $1";
    TESTS: Change = "DELETE FROM test_result WHERE hpr = $1";
    ENROLMENTS: Change = "DELETE FROM enrolment WHERE hpr = $1";
    COHORTS: Change = "DELETE FROM cohort_doctor WHERE hpr = $1";
    /// What was said is kept, without to whom.
    SHOWN: Change = "UPDATE advice_shown SET hpr = NULL WHERE hpr = $1";
    MEMBERSHIPS: Change = "DELETE FROM membership WHERE hpr = $1";
}

/// By person, in an order in which nothing is left pointing at what has gone.
const OF_PERSON: [Change; 3] = [IDENTITY, SESSIONS, CHOICES];
/// By HPR number.
const OF_HPR: [Change; 13] = [
    GOAL_VERSIONS,
    GOALS,
    SHARES,
    DISPUTES,
    FETCHED,
    MAILED,
    WAIVERS,
    ATTENDANCE,
    TESTS,
    ENROLMENTS,
    COHORTS,
    SHOWN,
    MEMBERSHIPS,
];

/// A name beside the log: line, and which of the two. Actors sort before subjects.
pub(crate) type Name = (i64, &'static str);

/// Erases what the journal holds about the one who asks. Their sessions end, their appointments too. A login after it is a
/// new person's.
///
/// Who has never logged in is nobody here; what an edition holds is not the journal's.
///
/// # Errors
/// Where the journal cannot be written; nothing has gone then.
pub async fn erase_oneself(
    journal: &Journal,
    actor: &Actor,
    asked: impl Into<Asked>,
) -> Result<(), JournalError> {
    let Some(person) = actor.person() else {
        return Ok(());
    };
    let mut deciding = journal.deciding(asked).await?;
    let now = deciding.now();
    let permit = decide(
        actor,
        Act::EraseOwnData,
        About::Oneself,
        &Facts::default(),
        now,
    );
    let permit = permit.expect("whoever is logged in may have their own data erased");
    // The number of the journal's own row, too: the login may have brought another since.
    let hprs = hprs(&mut deciding, person, actor.hpr()).await?;
    let mut names = BTreeSet::new();
    for hpr in &hprs {
        names_of(&mut deciding, person, *hpr, &mut names).await?;
    }
    let own: i64 = next_line(&mut deciding).await?;
    names.extend([(own, "actor"), (own, "subject")]);
    let mut acting = deciding.act_saying(permit, said(&names)).await?;
    for hpr in hprs {
        erase_rows(&mut acting, person, hpr).await?;
    }
    take_names(&mut acting, &names).await?;
    acting.done().await
}

async fn next_line(reading: &mut Reading) -> Result<i64, JournalError> {
    let row = reading.row(NEXT, params![]).await?;
    row.map_or(Ok(1), |row| row.get(0))
}

/// The HPR numbers under which the person is known: of the row, and of the login.
async fn hprs(
    reading: &mut Reading,
    person: PersonId,
    login: Option<HprNumber>,
) -> Result<Vec<Option<HprNumber>>, JournalError> {
    let row = reading.row(HPR, params![person]).await?;
    let known: Option<HprNumber> = row.map_or(Ok(None), |row| row.get(0))?;
    let mut all = vec![known];
    if login.is_some() && login != known {
        all.push(login);
    }
    Ok(all)
}

/// Adds the names that go with a person.
pub(crate) async fn names_of(
    reading: &mut Reading,
    person: PersonId,
    hpr: Option<HprNumber>,
    names: &mut BTreeSet<Name>,
) -> Result<(), JournalError> {
    for row in reading.rows(LINES, params![person, hpr]).await? {
        let line = row.get(0)?;
        names.insert((line, "subject"));
        if row.get(1)? {
            names.insert((line, "actor"));
        }
    }
    // Where their name as the subject went before them, with its time, they may still stand as who did it.
    for row in reading.rows(OWN_LINES, params![person]).await? {
        names.insert((row.get(0)?, "actor"));
    }
    Ok(())
}

/// What the line says that names go upon; nothing, where none go.
pub(crate) fn said(names: &BTreeSet<Name>) -> String {
    if names.is_empty() {
        return String::new();
    }
    let mut gone = Gone::default();
    for (line, part) in names {
        gone.add(part, *line);
    }
    gone.said()
}

/// Takes the names away upon the act's line, which says so.
pub(crate) async fn take_names(
    acting: &mut Acting,
    names: &BTreeSet<Name>,
) -> Result<(), JournalError> {
    let upon = acting.line();
    for (line, part) in names {
        acting.change(GOES, params![*part, *line, upon]).await?;
    }
    acting.change(NO_ACTORS, params![upon]).await?;
    acting.change(NO_SUBJECTS, params![upon]).await?;
    Ok(())
}

/// Takes away what is about a person, and leaves the empty row.
pub(crate) async fn erase_rows(
    acting: &mut Acting,
    person: PersonId,
    hpr: Option<HprNumber>,
) -> Result<(), JournalError> {
    let now: Timestamp = acting.now();
    acting
        .change(END_APPOINTMENTS, params![person, hpr, now])
        .await?;
    for change in OF_PERSON {
        acting.change(change, params![person]).await?;
    }
    if let Some(hpr) = hpr {
        acting
            .change(HIDE_APPOINTMENTS, params![person, hpr])
            .await?;
        for change in OF_HPR {
            acting.change(change, params![hpr]).await?;
        }
    }
    let mut nobody = [0; 32];
    rand::fill(&mut nobody).map_err(|_| JournalError::Chance)?;
    acting.change(EMPTY, params![person, nobody, now]).await?;
    Ok(())
}
