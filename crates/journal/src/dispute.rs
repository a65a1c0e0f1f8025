//! "This is not mine" (innsigelse): rows of a report that its doctor says are another's, and what an operator found.

use jiff::Timestamp;
use riktig_codes::{HprNumber, Month};

use crate::change::{self, ChangeError};
use crate::id::{DisputeId, PersonId};
use crate::policy::{About, Act, Basis, EditionId};
use crate::store::{Acting, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// One.
    ONE: Select = "SELECT id, hpr, edition, indicator, why, month, rows, words, opened_at, state, settled_by, settled_at, \
        reason, version FROM dispute WHERE id = $1";
    /// A doctor's, the newest first.
    OF_DOCTOR: Select = "SELECT id, hpr, edition, indicator, why, month, rows, words, opened_at, state, settled_by, settled_at, \
        reason, version FROM dispute WHERE hpr = $1 ORDER BY opened_at DESC, id DESC";
    /// Everybody's that wait, the oldest first.
    OPEN: Select = "SELECT id, hpr, edition, indicator, why, month, rows, words, opened_at, state, settled_by, settled_at, \
        reason, version FROM dispute WHERE state = 'open' ORDER BY opened_at, id";
    /// Everybody's that an operator answered or their doctor took back, since a moment, the newest first.
    SETTLED: Select = "SELECT id, hpr, edition, indicator, why, month, rows, words, opened_at, state, settled_by, settled_at, \
        reason, version FROM dispute WHERE state <> 'open' AND settled_at >= $1 ORDER BY settled_at DESC, id DESC";
    /// How many of a doctor's wait in an edition, and how many rows they name.
    COUNT: Select = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(rows), 0) AS BIGINT), \
        CAST(COUNT(*) - COUNT(rows) AS BIGINT) FROM dispute WHERE hpr = $1 AND edition = $2 AND state = 'open'";
    /// Flagged.
    ADD: Change = "INSERT INTO dispute (id, hpr, edition, indicator, why, month, rows, words, opened_at, state, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', 1)";
    /// Settled.
    SETTLE: Change = "UPDATE dispute SET state = $3, settled_by = $4, settled_at = $5, reason = $6, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'open'";
    /// Erased.
    ERASE: Change = "DELETE FROM dispute WHERE hpr = $1";
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// Whose rows.
    pub hpr: HprNumber,
    /// What is flagged, and why.
    pub flag: Flag,
    /// In which edition.
    pub edition: EditionId,
    /// When.
    pub opened_at: Timestamp,
    /// What became of it.
    pub state: State,
    /// Who settled it.
    pub settled_by: Option<PersonId>,
    /// When it was settled.
    pub settled_at: Option<Timestamp>,
    /// What the operator found, for the doctor to read.
    pub reason: Option<String>,
    /// For changes.
    pub version: i64,
}

/// What a doctor flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Which indicator; absent: rows of any.
    pub indicator: Option<String>,
    /// In which month; absent: the whole period.
    pub month: Option<Month>,
    /// How many rows; absent: all of them.
    pub rows: Option<u32>,
    /// Why they are not the doctor's.
    pub why: Why,
    /// In the doctor's own words, possibly empty. The page asks to name no patient.
    pub words: String,
}

/// Why rows are not one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A locum (vikar) worked in the doctor's name.
    Locum,
    /// Somebody else prescribed.
    WrongPrescriber,
    /// Something else, told in words.
    Other,
}

/// What became of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for an operator.
    Open,
    /// The doctor is right: corrected with a coming delivery.
    Upheld,
    /// The rows are the doctor's.
    Rejected,
    /// The doctor took it back.
    TakenBack,
}

/// What waits of a doctor's disputes in an edition: the report says how much of it is disputed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenDisputes {
    /// How many disputes.
    pub disputes: u64,
    /// How many rows those name that name a number.
    pub rows: u64,
    /// How many of them name no number: all rows of a month or period.
    pub without_number: u64,
}

/// Most rows of one dispute.
const MOST_ROWS: u32 = 100_000;

/// Flags rows of the report that the permit is about.
///
/// # Errors
/// [`ChangeError::Invalid`] for no rows, and for another reason without words.
pub async fn flag(acting: &mut Acting, flag: &Flag) -> Result<DisputeId, ChangeError> {
    let About::Report(hpr, edition) = change::about(acting.permit(), &[Act::FlagRows])?.clone()
    else {
        return Err(change::other(acting.permit()));
    };
    let indicator = flag.indicator.as_deref();
    let indicator = indicator
        .map(|id| change::line("an indicator", id))
        .transpose()?;
    let words = change::text("the words", &flag.words)?;
    if !flag.rows.iter().all(|rows| (1..=MOST_ROWS).contains(rows)) {
        let (field, rule) = ("a number of rows", "1 to 100,000");
        return Err(ChangeError::Invalid { field, rule });
    }
    if flag.why == Why::Other && words.is_empty() {
        let (field, rule) = ("the words", "another reason is told in words");
        return Err(ChangeError::Invalid { field, rule });
    }
    let (id, now) = (DisputeId::draw(acting.now())?, acting.now());
    let month = flag.month.map(Month::index);
    let (why, edition) = (flag.why.word(), edition.as_str());
    let values = params![
        id, hpr, edition, indicator, why, month, flag.rows, words, now
    ];
    acting.change(ADD, values).await?;
    Ok(id)
}

/// Takes the dispute of the permit back, if it still waits.
///
/// # Errors
/// [`ChangeError::Conflict`] where it was settled meanwhile.
pub async fn take_back(acting: &mut Acting, version: i64) -> Result<(), ChangeError> {
    settle(
        acting,
        Act::TakeBackDispute,
        version,
        State::TakenBack,
        None,
    )
    .await
}

/// Settles the dispute of the permit: upheld or rejected, with a reason that its doctor reads.
///
/// # Errors
/// [`ChangeError::Conflict`] where it was settled or taken back meanwhile, [`ChangeError::Invalid`] without a reason.
pub async fn resolve(
    acting: &mut Acting,
    upheld: bool,
    reason: &str,
    version: i64,
) -> Result<(), ChangeError> {
    let state = if upheld {
        State::Upheld
    } else {
        State::Rejected
    };
    let reason = change::line("the reason", reason)?;
    settle(acting, Act::ResolveDispute, version, state, Some(reason)).await
}

async fn settle(
    acting: &mut Acting,
    act: Act,
    version: i64,
    state: State,
    reason: Option<String>,
) -> Result<(), ChangeError> {
    let About::Dispute(id) = *change::about(acting.permit(), &[act])? else {
        return Err(change::other(acting.permit()));
    };
    let (person, now) = (acting.permit().person(), acting.now());
    let values = params![id, version, state.word(), person, now, reason];
    if acting.change(SETTLE, values).await? == 1 {
        return Ok(());
    }
    let row = acting.row(ONE, params![id]).await?;
    let row = row.ok_or(ChangeError::NotThere { of: "this dispute" })?;
    Err(ChangeError::Conflict {
        current: row.get(13)?,
    })
}

/// The asker's own disputes, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Dispute>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_DOCTOR, params![hpr]).await?;
    Ok(rows.iter().map(dispute).collect::<Result<_, _>>()?)
}

/// What waits of the report that is read, one's own or a shared one.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit shows a report.
pub async fn open_in_report(looking: &mut Looking) -> Result<OpenDisputes, ChangeError> {
    let acts = [Act::ReadOwnReport, Act::ReadSharedReport];
    let About::Report(hpr, edition) = change::about(looking.permit(), &acts)?.clone() else {
        return Err(change::other(looking.permit()));
    };
    let row = looking.row(COUNT, params![hpr, edition.as_str()]).await?;
    let Some(row) = row else {
        return Ok(OpenDisputes::default());
    };
    Ok(OpenDisputes {
        disputes: row.get(0)?,
        rows: row.get(1)?,
        without_number: row.get(2)?,
    })
}

/// Everybody's that wait, the oldest first, for operators. Their own they see and do not resolve.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for disputes.
pub async fn open(looking: &mut Looking) -> Result<Vec<Dispute>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeDisputes])?;
    debug_assert_eq!(looking.permit().basis(), Basis::Operator);
    let rows = looking.rows(OPEN, params![]).await?;
    Ok(rows.iter().map(dispute).collect::<Result<_, _>>()?)
}

/// Everybody's that were settled since a moment, the newest first, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for disputes.
pub async fn settled_since(
    looking: &mut Looking,
    since: Timestamp,
) -> Result<Vec<Dispute>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeDisputes])?;
    let rows = looking.rows(SETTLED, params![since]).await?;
    Ok(rows.iter().map(dispute).collect::<Result<_, _>>()?)
}

/// Whose rows a dispute is about.
pub(crate) async fn doctor(
    reading: &mut Reading,
    id: DisputeId,
) -> Result<Option<HprNumber>, JournalError> {
    let row = reading.row(ONE, params![id]).await?;
    row.map(|row| row.get(1)).transpose()
}

/// Erases a doctor's disputes.
pub(crate) async fn erase(acting: &mut Acting, hpr: HprNumber) -> Result<(), JournalError> {
    acting.change(ERASE, params![hpr]).await.map(drop)
}

impl Why {
    /// All, in the order of the page.
    pub const ALL: [Why; 3] = [Why::Locum, Why::WrongPrescriber, Why::Other];

    /// The word in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Why::Locum => "locum",
            Why::WrongPrescriber => "wrong_prescriber",
            Why::Other => "other",
        }
    }

    /// The reason with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.word() == word)
    }
}

impl State {
    const ALL: [State; 4] = [
        State::Open,
        State::Upheld,
        State::Rejected,
        State::TakenBack,
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Upheld => "upheld",
            State::Rejected => "rejected",
            State::TakenBack => "taken_back",
        }
    }
}

fn dispute(row: &Row) -> Result<Dispute, JournalError> {
    let (why, state): (String, String) = (row.get(4)?, row.get(9)?);
    let state = State::ALL.into_iter().find(|known| known.word() == state);
    let flag = Flag {
        indicator: row.get(3)?,
        month: row.get::<Option<i32>>(5)?.map(Month::from_index),
        rows: row.get(6)?,
        why: Why::from_word(&why).ok_or_else(|| row.unreadable(4))?,
        words: row.get(7)?,
    };
    Ok(Dispute {
        id: row.get(0)?,
        hpr: row.get(1)?,
        flag,
        edition: row.get(2)?,
        opened_at: row.get(8)?,
        state: state.ok_or_else(|| row.unreadable(9))?,
        settled_by: row.get(10)?,
        settled_at: row.get(11)?,
        reason: row.get(12)?,
        version: row.get(13)?,
    })
}
