//! A mailing (utsending): a notice that a report is there. What is sent names no person, no figure and no finding; who was
//! to be reached stands here, and how it went.

use std::collections::BTreeSet;

use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::fetch;
use crate::id::{MailingId, PersonId};
use crate::policy::{About, Act, EditionId};
use crate::store::{Acting, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// All, the newest first, with how they went.
    ALL: Select = "SELECT m.id, m.edition, m.notice, m.made_by, m.made_at, \
        CAST(COUNT(CASE WHEN r.result = 'waits' THEN 1 END) AS BIGINT), \
        CAST(COUNT(CASE WHEN r.result = 'sent' THEN 1 END) AS BIGINT), \
        CAST(COUNT(CASE WHEN r.result = 'failed' THEN 1 END) AS BIGINT), \
        CAST(COUNT(CASE WHEN r.result = 'no_address' THEN 1 END) AS BIGINT) \
        FROM mailing m LEFT JOIN mailing_recipient r ON r.mailing = m.id \
        GROUP BY m.id, m.edition, m.notice, m.made_by, m.made_at ORDER BY m.made_at DESC, m.id DESC";
    /// Those of which something waits, the oldest first, with how they went.
    UNSENT: Select = "SELECT m.id, m.edition, m.notice, m.made_by, m.made_at, \
        CAST(COUNT(CASE WHEN r.result = 'waits' THEN 1 END) AS BIGINT), \
        CAST(COUNT(CASE WHEN r.result = 'sent' THEN 1 END) AS BIGINT), \
        CAST(COUNT(CASE WHEN r.result = 'failed' THEN 1 END) AS BIGINT), \
        CAST(COUNT(CASE WHEN r.result = 'no_address' THEN 1 END) AS BIGINT) \
        FROM mailing m JOIN mailing_recipient r ON r.mailing = m.id \
        GROUP BY m.id, m.edition, m.notice, m.made_by, m.made_at \
        HAVING COUNT(CASE WHEN r.result = 'waits' THEN 1 END) > 0 ORDER BY m.made_at, m.id";
    /// Whether it was made.
    KNOWN: Select = "SELECT 1 FROM mailing WHERE id = $1";
    /// What waits.
    WAITING: Select = "SELECT hpr, tries FROM mailing_recipient WHERE mailing = $1 AND result = 'waits' ORDER BY tries, hpr";
    /// The notices to a doctor.
    OF_DOCTOR: Select = "SELECT m.edition, m.notice, r.result, r.tried_at FROM mailing_recipient r \
        JOIN mailing m ON m.id = r.mailing WHERE r.hpr = $1 ORDER BY m.made_at DESC, m.id DESC";
    /// Who was written to of an edition, or is about to be, and when last.
    WRITTEN_TO: Select = "SELECT r.hpr, MAX(m.made_at) FROM mailing_recipient r JOIN mailing m ON m.id = r.mailing \
        WHERE m.edition = $1 AND r.result IN ('waits', 'sent') GROUP BY r.hpr";
    /// Made.
    ADD: Change = "INSERT INTO mailing (id, edition, notice, made_by, made_at) VALUES ($1, $2, $3, $4, $5)";
    /// To whom.
    ADD_RECIPIENT: Change = "INSERT INTO mailing_recipient (mailing, hpr, result, tries) VALUES ($1, $2, 'waits', 0) \
        ON CONFLICT (mailing, hpr) DO NOTHING";
    /// How it went.
    NOTE: Change = "UPDATE mailing_recipient SET result = $3, tried_at = $4, tries = tries + 1 \
        WHERE mailing = $1 AND hpr = $2 AND result = 'waits'";
    /// Erased.
    ERASE: Change = "DELETE FROM mailing_recipient WHERE hpr = $1";
}

/// Which notice. Its words are the portal's, the same for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Your report is ready.
    ReportReady,
    /// Your report still waits for you.
    ReportWaits,
}

/// How sending a notice to one doctor went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// It waits to be sent, for the first time or again.
    Waits,
    /// The channel took it.
    Sent,
    /// The channel refused it for good.
    Failed,
    /// The channel knows no address.
    NoAddress,
}

/// A mailing with how it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// Its id.
    pub id: MailingId,
    /// Of which edition.
    pub edition: EditionId,
    /// Which notice.
    pub notice: Notice,
    /// Who made it.
    pub made_by: PersonId,
    /// When.
    pub made_at: Timestamp,
    /// How many wait.
    pub waiting: u64,
    /// How many were sent.
    pub sent: u64,
    /// How many failed.
    pub failed: u64,
    /// How many have no address.
    pub without_address: u64,
}

/// A notice to the asker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Of which edition.
    pub edition: EditionId,
    /// Which notice.
    pub notice: Notice,
    /// How it went.
    pub sending: Sending,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
}

/// Doctors who would be written to once more of the same edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// How many of those who have not fetched their report got a notice of it, or will get one that waits.
    pub doctors: u64,
    /// When the last of these mailings was made.
    pub last: Timestamp,
}

/// What became of a mailing that was to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// It waits to be sent.
    Waits,
    /// Nothing was made: these would be written to again, and nobody said that this is meant.
    NotAgain(Again),
}

/// After so many tries a notice has failed.
pub const MOST_TRIES: u32 = 5;

/// An id for a mailing that is to be made.
///
/// # Errors
/// Where the operating system gives no chance.
pub fn new_id(now: Timestamp) -> Result<MailingId, JournalError> {
    MailingId::draw(now)
}

/// Makes the mailing of the permit, to those of `to` who have not fetched their report. Nothing is sent here: what waits is
/// handed over by the verb that does. Unless `again` is meant, nobody is written to a second time of the same edition: then
/// nothing is made.
///
/// # Errors
/// [`ChangeError::Conflict`] where it was made before: a form that is sent twice makes one mailing.
pub async fn make(
    acting: &mut Acting,
    edition: &EditionId,
    notice: Notice,
    to: &[HprNumber],
    again: bool,
) -> Result<Made, ChangeError> {
    let id = of_permit(acting, Act::SendMailing)?;
    if acting.row(KNOWN, params![id]).await?.is_some() {
        return Err(ChangeError::Conflict { current: 1 });
    }
    // Weighed again in this transaction: who has fetched it meanwhile is not written to.
    let left = fetch::left(acting, edition, to).await?;
    let before = written_to(acting, edition, &left).await?;
    if let Some(before) = before.filter(|_| !again) {
        return Ok(Made::NotAgain(before));
    }
    let (person, now) = (acting.permit().person(), acting.now());
    let values = params![id, edition.as_str(), notice.word(), person, now];
    acting.change(ADD, values).await?;
    for hpr in left {
        acting.change(ADD_RECIPIENT, params![id, hpr]).await?;
    }
    Ok(Made::Waits)
}

/// Who of `among` was written to of this edition before, for operators; `None`: nobody.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for mailings.
pub async fn written_before(
    looking: &mut Looking,
    edition: &EditionId,
    among: &[HprNumber],
) -> Result<Option<Again>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeMailings])?;
    Ok(written_to(looking, edition, among).await?)
}

async fn written_to(
    reading: &mut Reading,
    edition: &EditionId,
    among: &[HprNumber],
) -> Result<Option<Again>, JournalError> {
    let among: BTreeSet<&HprNumber> = among.iter().collect();
    let (mut doctors, mut last) = (0, None);
    for row in &reading.rows(WRITTEN_TO, params![edition.as_str()]).await? {
        if among.contains(&row.get::<HprNumber>(0)?) {
            doctors += 1;
            last = last.max(Some(row.get::<Timestamp>(1)?));
        }
    }
    Ok(last.map(|last| Again { doctors, last }))
}

/// The mailings of which something waits, the oldest first: for the verb that hands them over.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless a verb maintains the journal.
pub async fn unsent(looking: &mut Looking) -> Result<Vec<Mailing>, ChangeError> {
    let About::Journal = *change::about(looking.permit(), &[Act::Maintain])? else {
        return Err(change::other(looking.permit()));
    };
    let rows = looking.rows(UNSENT, params![]).await?;
    Ok(rows.iter().map(mailing).collect::<Result<_, _>>()?)
}

/// What waits of the mailing of the permit, and how often it was tried: for the verb that sends.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless a verb maintains the mailing.
pub async fn waiting(looking: &mut Looking) -> Result<Vec<(HprNumber, u32)>, ChangeError> {
    let About::Mailing(id) = *change::about(looking.permit(), &[Act::Maintain])? else {
        return Err(change::other(looking.permit()));
    };
    let rows = looking.rows(WAITING, params![id]).await?;
    let pair = |row: &Row| Ok((row.get(0)?, row.get(1)?));
    Ok(rows.iter().map(pair).collect::<Result<_, JournalError>>()?)
}

/// The same in the transaction that notes how it went.
///
/// # Errors
/// As [`waiting`].
pub async fn waiting_to_note(acting: &mut Acting) -> Result<Vec<(HprNumber, u32)>, ChangeError> {
    let id = of_permit(acting, Act::Maintain)?;
    let rows = acting.rows(WAITING, params![id]).await?;
    let pair = |row: &Row| Ok((row.get(0)?, row.get(1)?));
    Ok(rows.iter().map(pair).collect::<Result<_, JournalError>>()?)
}

/// Notes how sending to one doctor went. [`Sending::Waits`] counts a try after which it waits again, until the tries are
/// used up.
///
/// # Errors
/// [`ChangeError::NotThere`] where nothing waits for this doctor: it was noted before.
pub async fn note(
    acting: &mut Acting,
    hpr: HprNumber,
    tries_before: u32,
    sending: Sending,
) -> Result<(), ChangeError> {
    let id = of_permit(acting, Act::Maintain)?;
    let used_up = sending == Sending::Waits && tries_before + 1 >= MOST_TRIES;
    let sending = if used_up { Sending::Failed } else { sending };
    let now = acting.now();
    let values = params![id, hpr, sending.word(), now];
    match acting.change(NOTE, values).await? {
        1 => Ok(()),
        _ => Err(ChangeError::NotThere { of: "this notice" }),
    }
}

fn of_permit(acting: &Acting, act: Act) -> Result<MailingId, ChangeError> {
    match *change::about(acting.permit(), &[act])? {
        About::Mailing(id) => Ok(id),
        _ => Err(change::other(acting.permit())),
    }
}

/// All mailings, the newest first, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for mailings.
pub async fn all(looking: &mut Looking) -> Result<Vec<Mailing>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeMailings])?;
    let rows = looking.rows(ALL, params![]).await?;
    Ok(rows.iter().map(mailing).collect::<Result<_, _>>()?)
}

/// The notices to the asker, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Received>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_DOCTOR, params![hpr]).await?;
    let received = |row: &Row| {
        let sending: String = row.get(2)?;
        let sending = Sending::ALL.into_iter().find(|how| how.word() == sending);
        Ok(Received {
            edition: row.get(0)?,
            notice: notice(row, 1)?,
            sending: sending.ok_or_else(|| row.unreadable(2))?,
            tried_at: row.get(3)?,
        })
    };
    Ok(rows
        .iter()
        .map(received)
        .collect::<Result<_, JournalError>>()?)
}

/// Erases that a doctor was written to.
pub(crate) async fn erase(acting: &mut Acting, hpr: HprNumber) -> Result<(), JournalError> {
    acting.change(ERASE, params![hpr]).await.map(drop)
}

fn mailing(row: &Row) -> Result<Mailing, JournalError> {
    Ok(Mailing {
        id: row.get(0)?,
        edition: row.get(1)?,
        notice: notice(row, 2)?,
        made_by: row.get(3)?,
        made_at: row.get(4)?,
        waiting: row.get(5)?,
        sent: row.get(6)?,
        failed: row.get(7)?,
        without_address: row.get(8)?,
    })
}

fn notice(row: &Row, index: usize) -> Result<Notice, JournalError> {
    let word: String = row.get(index)?;
    Notice::from_word(&word).ok_or_else(|| row.unreadable(index))
}

impl Notice {
    /// All.
    pub const ALL: [Notice; 2] = [Notice::ReportReady, Notice::ReportWaits];

    /// The word in the database and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Notice::ReportReady => "report_ready",
            Notice::ReportWaits => "report_waits",
        }
    }

    /// The notice with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.word() == word)
    }
}

impl Sending {
    /// All.
    pub const ALL: [Sending; 4] = [
        Sending::Waits,
        Sending::Sent,
        Sending::Failed,
        Sending::NoAddress,
    ];

    /// The word in the database and in the sender's answer.
    pub fn word(self) -> &'static str {
        match self {
            Sending::Waits => "waits",
            Sending::Sent => "sent",
            Sending::Failed => "failed",
            Sending::NoAddress => "no_address",
        }
    }
}
