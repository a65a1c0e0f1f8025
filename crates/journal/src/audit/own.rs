//! The log about oneself, and of what one has done.

use jiff::Timestamp;
use riktig_codes::{HprNumber, OrganisationNumber};

use super::entry::DONE;
use crate::id::PersonId;
use crate::policy::{Act, Actor, Basis, Reason};
use crate::store::{Journal, JournalError, Row, params, statements};

statements! {
    /// Lines about somebody before a line, the newest first.
    ABOUT: Select = "SELECT a.line, a.at, a.act, a.basis, a.kind, a.object, a.result, w.verb, w.person, w.hpr, w.organisation \
        FROM audit_subject s JOIN audit a ON a.line = s.line LEFT JOIN audit_actor w ON w.line = s.line \
        WHERE (s.person = $1 OR s.hpr = $2) AND s.line < $3 ORDER BY s.line DESC LIMIT $4";
    /// Lines of what somebody did before a line, apart from those about themselves, the newest first.
    DONE_BY: Select = "SELECT a.line, a.at, a.act, a.basis, a.kind, a.object, a.result, s.hpr \
        FROM audit_actor w JOIN audit a ON a.line = w.line LEFT JOIN audit_subject s ON s.line = w.line \
        WHERE w.person = $1 AND w.line < $3 AND NOT EXISTS \
        (SELECT 1 FROM audit_subject o WHERE o.line = w.line AND (o.person = $1 OR o.hpr = $2)) \
        ORDER BY w.line DESC LIMIT $4";
}

/// Lines on a page of the log.
pub const LINES_ON_A_PAGE: usize = 50;

/// A page of the log, the newest line first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogPage<Other> {
    /// At most [`LINES_ON_A_PAGE`].
    pub lines: Vec<LogLine<Other>>,
    /// Where the next page begins; absent on the last.
    pub before: Option<i64>,
}

/// A line as the person reads it whom it is about, or who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine<Other> {
    /// Its number in the log.
    pub line: i64,
    /// When.
    pub at: Timestamp,
    /// What was done or asked for; absent where this program no longer knows the word.
    pub act: Option<Act>,
    /// The word of the role or right that allowed it; empty where it was refused.
    pub basis: String,
    /// The word for the kind of what it was about.
    pub kind: String,
    /// Which one of its kind.
    pub object: String,
    /// `done`, or the word for why it was refused.
    pub result: String,
    /// The other one: who did it ([`about_oneself`]), or the doctor whom it was about ([`done_by_oneself`]).
    pub other: Other,
}

/// Who did it, as told to the person whom it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The person who reads.
    Oneself,
    /// Somebody else, by the HPR number and organisation of their login.
    Other(Option<HprNumber>, Option<OrganisationNumber>),
    /// The service itself, by a verb of the binary.
    Service(String),
    /// Somebody whose name has gone from the log, after its time.
    Erased,
}

/// What stands in the log about the person who asks, before line `before` or from the end.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn about_oneself(
    journal: &Journal,
    actor: &Actor,
    before: Option<i64>,
) -> Result<LogPage<By>, JournalError> {
    let limit = i64::try_from(LINES_ON_A_PAGE + 1).expect("a page is short");
    let before = before.unwrap_or(i64::MAX);
    let values = params![actor.person(), actor.hpr(), before, limit].to_vec();
    let rows = journal.reading().await?.rows(ABOUT, &values).await?;
    page(&rows, |row| by(row, actor))
}

/// What the person who asks has done, apart from what is about themselves ([`about_oneself`]), before line `before` or from
/// the end. The other one is a doctor whose name is still in the log, where it was about one.
///
/// A look-up of prescriptions reads the same whether they were shown, there was nothing, or the patient has closed it: what the
/// page did not tell (decision 0019), the log of the one who asked does not tell either. The patient's own does.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn done_by_oneself(
    journal: &Journal,
    actor: &Actor,
    before: Option<i64>,
) -> Result<LogPage<Option<HprNumber>>, JournalError> {
    let Some(person) = actor.person() else {
        return page(&[], |row| row.get(7));
    };
    let limit = i64::try_from(LINES_ON_A_PAGE + 1).expect("a page is short");
    let values = params![person, actor.hpr(), before.unwrap_or(i64::MAX), limit].to_vec();
    let rows = journal.reading().await?.rows(DONE_BY, &values).await?;
    let mut page = page(&rows, |row| row.get(7))?;
    page.lines.iter_mut().for_each(untold);
    Ok(page)
}

/// Makes a look-up that was closed read as one that found nothing.
fn untold(line: &mut LogLine<Option<HprNumber>>) {
    let looks_up = matches!(
        line.act,
        Some(Act::LookUpForTreatment | Act::LookUpWithConsent | Act::LookUpInEmergency)
    );
    if looks_up && line.result == Reason::Closed.word() {
        Basis::Professional.word().clone_into(&mut line.basis);
        DONE.clone_into(&mut line.result);
    }
}

/// One row more than fits tells that there is another page.
fn page<Other>(
    rows: &[Row],
    other: impl Fn(&Row) -> Result<Other, JournalError>,
) -> Result<LogPage<Other>, JournalError> {
    let read = |row: &Row| {
        let word: String = row.get(2)?;
        Ok(LogLine {
            line: row.get(0)?,
            at: row.get(1)?,
            act: Act::from_word(&word),
            basis: row.get(3)?,
            kind: row.get(4)?,
            object: row.get(5)?,
            result: row.get(6)?,
            other: other(row)?,
        })
    };
    let lines = rows.iter().take(LINES_ON_A_PAGE).map(read);
    let lines = lines.collect::<Result<Vec<_>, JournalError>>()?;
    let last = lines.last().filter(|_| rows.len() > LINES_ON_A_PAGE);
    Ok(LogPage {
        before: last.map(|last| last.line),
        lines,
    })
}

fn by(row: &Row, reader: &Actor) -> Result<By, JournalError> {
    let (verb, person): (Option<String>, Option<PersonId>) = (row.get(7)?, row.get(8)?);
    let (hpr, organisation): (Option<HprNumber>, Option<OrganisationNumber>) =
        (row.get(9)?, row.get(10)?);
    Ok(match (verb, person) {
        (Some(verb), _) => By::Service(verb),
        (None, Some(person)) if Some(person) == reader.person() => By::Oneself,
        (None, None) if hpr.is_none() && organisation.is_none() => By::Erased,
        // Who signed a message is known by number only.
        (None, _) => By::Other(hpr, organisation),
    })
}
