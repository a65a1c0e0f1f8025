//! A showing (visning): that a system gets the advice that is worked out for it. One operator proposes it, another approves it.

use jiff::{SignedDuration, Timestamp};
use riktig_codes::HprNumber;

use crate::cds_client::{conflict, of_permit};
use crate::change::{self, ChangeError};
use crate::id::{ClientId, PersonId};
use crate::policy::{Act, ShowingFacts};
use crate::store::{Acting, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// All, the newest of each client first.
    ALL: Select = "SELECT it.client, it.number, it.proposed_by, proposer.hpr, it.proposed_at, it.until_at, it.settled_by, settler.hpr, \
        it.settled_at, it.outcome, it.reason FROM cds_showing it LEFT JOIN person proposer ON proposer.id = it.proposed_by \
        LEFT JOIN person settler ON settler.id = it.settled_by ORDER BY it.client, it.number DESC";
    /// The one that nobody has settled.
    OPEN: Select = "SELECT proposed_by, until_at FROM cds_showing WHERE client = $1 AND outcome IS NULL";
    /// One that waited too long.
    EXPIRE: Change = "UPDATE cds_showing SET outcome = 'expired', settled_at = until_at WHERE client = $1 AND outcome IS NULL AND until_at <= $2";
    /// The client as the operator saw it, for this proposal.
    TAKE: Change = "UPDATE cds_client SET version = version + 1 WHERE id = $1 AND version = $2 AND mode = 'silent' \
        AND confirmed_at IS NOT NULL AND ended_at IS NULL";
    /// Proposed.
    ADD: Change = "INSERT INTO cds_showing (client, number, proposed_by, proposed_at, until_at) VALUES ($1, $2, $3, $4, $5)";
    /// Settled.
    SETTLE: Change = "UPDATE cds_showing SET outcome = $3, settled_by = $4, settled_at = $5, reason = $6 \
        WHERE client = $1 AND number = $2 AND outcome IS NULL AND until_at > $5";
    /// From now on.
    SHOW: Change = "UPDATE cds_client SET mode = 'showing', version = version + 1 WHERE id = $1 AND version = $2 AND mode = 'silent' \
        AND confirmed_at IS NOT NULL AND ended_at IS NULL AND until_at > $3";
}

/// How long a proposal waits for its second person: numbers that somebody looked at longer ago are looked at again.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Another operator approved it: the advice was shown from then on.
    Approved,
    /// Another operator refused it, with a reason.
    Refused,
    /// Whoever proposed it took it back.
    Withdrawn,
    /// Nobody settled it in time.
    Expired,
}

/// How a proposal was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// By whom; absent: it expired.
    pub by: Option<PersonId>,
    /// Their HPR number, if they have one.
    pub hpr: Option<HprNumber>,
    /// When.
    pub at: Timestamp,
    /// How.
    pub outcome: Outcome,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// A proposal to show a client's advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Showing {
    /// Whose.
    pub client: ClientId,
    /// Which of the client's proposals: the client's version as long as this one is open.
    pub number: i64,
    /// By whom.
    pub proposed_by: PersonId,
    /// Their HPR number, if they have one.
    pub proposer_hpr: Option<HprNumber>,
    /// When.
    pub proposed_at: Timestamp,
    /// From when on it counts no more, [`OPEN_FOR`] after it was proposed.
    pub until: Timestamp,
    /// What became of it; absent: nothing was written, and it waits until its time is over.
    pub settled: Option<Settled>,
}

impl Outcome {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Approved => "approved",
            Outcome::Refused => "refused",
            Outcome::Withdrawn => "withdrawn",
            Outcome::Expired => "expired",
        }
    }

    /// The outcome that this word stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [
            Outcome::Approved,
            Outcome::Refused,
            Outcome::Withdrawn,
            Outcome::Expired,
        ];
        all.into_iter().find(|outcome| outcome.word() == word)
    }
}

impl Showing {
    /// Whether it waits for a second person at `now`.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.settled.is_none() && now < self.until
    }

    /// What became of it by `now`; an expiry counts from its moment on, whether it was written or not.
    pub fn outcome(&self, now: Timestamp) -> Option<Outcome> {
        let expired = (now >= self.until).then_some(Outcome::Expired);
        self.settled.as_ref().map(|it| it.outcome).or(expired)
    }
}

/// Proposes that the advice of the permit's client, which stands at `version`, is shown. Nothing is shown yet.
///
/// # Errors
/// [`ChangeError::Conflict`] where the client was changed meanwhile.
pub async fn propose(acting: &mut Acting, version: i64) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::ProposeShowing])?;
    let (person, now) = (acting.permit().person(), acting.now());
    acting.change(EXPIRE, params![id, now]).await?;
    if acting.change(TAKE, params![id, version]).await? != 1 {
        return Err(conflict(acting, id).await?);
    }
    let values = params![id, version + 1, person, now, now + OPEN_FOR];
    acting.change(ADD, values).await?;
    Ok(())
}

/// Approves the proposal `number` of the permit's client: its advice is shown from now on. The policy has seen to it that another person
/// proposed it.
///
/// # Errors
/// [`ChangeError::Conflict`] where it was settled or the client changed meanwhile.
pub async fn approve(acting: &mut Acting, number: i64) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::ApproveShowing])?;
    settle(acting, id, number, Outcome::Approved, None).await?;
    let now = acting.now();
    match acting.change(SHOW, params![id, number, now]).await? {
        1 => Ok(()),
        _ => Err(conflict(acting, id).await?),
    }
}

/// Refuses it, with a reason that the other operators read.
///
/// # Errors
/// [`ChangeError::Invalid`] without a reason; [`ChangeError::Conflict`] where it was settled meanwhile.
pub async fn refuse(acting: &mut Acting, number: i64, reason: &str) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::RefuseShowing])?;
    let reason = change::line("the reason", reason)?;
    settle(acting, id, number, Outcome::Refused, Some(&reason)).await?;
    moved_on(acting, id, number).await
}

/// Takes one's own back.
///
/// # Errors
/// [`ChangeError::Conflict`] where it was settled meanwhile.
pub async fn withdraw(acting: &mut Acting, number: i64) -> Result<(), ChangeError> {
    let id = of_permit(acting, &[Act::WithdrawShowing])?;
    settle(acting, id, number, Outcome::Withdrawn, None).await?;
    moved_on(acting, id, number).await
}

async fn settle(
    acting: &mut Acting,
    id: ClientId,
    number: i64,
    outcome: Outcome,
    reason: Option<&str>,
) -> Result<(), ChangeError> {
    let (person, now) = (acting.permit().person(), acting.now());
    let values = params![id, number, outcome.word(), person, now, reason];
    match acting.change(SETTLE, values).await? {
        1 => Ok(()),
        _ => Err(conflict(acting, id).await?),
    }
}

/// The client's version is another from now on: no page that showed the proposal changes anything.
async fn moved_on(acting: &mut Acting, id: ClientId, number: i64) -> Result<(), ChangeError> {
    match acting.change(TAKE, params![id, number]).await? {
        1 => Ok(()),
        _ => Err(conflict(acting, id).await?),
    }
}

/// All that were ever proposed, the newest of each client first, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for advice.
pub async fn all(looking: &mut Looking) -> Result<Vec<Showing>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeAdvice])?;
    let rows = looking.rows(ALL, params![]).await?;
    Ok(rows.iter().map(showing).collect::<Result<_, _>>()?)
}

/// What the policy must know about a client's open proposal.
pub(crate) async fn facts(
    reading: &mut Reading,
    client: ClientId,
) -> Result<Option<ShowingFacts>, JournalError> {
    let row = reading.row(OPEN, params![client]).await?;
    let facts = |row: Row| {
        Ok(ShowingFacts {
            proposer: row.get(0)?,
            until: row.get(1)?,
        })
    };
    row.map(facts).transpose()
}

fn showing(row: &Row) -> Result<Showing, JournalError> {
    let outcome: Option<String> = row.get(9)?;
    let settled = match outcome {
        Some(word) => Some(Settled {
            by: row.get(6)?,
            hpr: row.get(7)?,
            at: row.get(8)?,
            outcome: Outcome::from_word(&word).ok_or_else(|| row.unreadable(9))?,
            reason: row.get(10)?,
        }),
        None => None,
    };
    Ok(Showing {
        client: row.get(0)?,
        number: row.get(1)?,
        proposed_by: row.get(2)?,
        proposer_hpr: row.get(3)?,
        proposed_at: row.get(4)?,
        until: row.get(5)?,
        settled,
    })
}
