//! A goal (mål) and plan of a doctor's own for one indicator. Every version is kept.

use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::id::GoalId;
use crate::policy::{About, Act, EditionId};
use crate::store::{Acting, JournalError, Looking, Row, params, statements};

statements! {
    /// Where a goal stands.
    ONE: Select = "SELECT id, version FROM goal WHERE hpr = $1 AND indicator = $2";
    /// A doctor's goals as they stand.
    OF_DOCTOR: Select = "SELECT g.id, g.indicator, v.version, v.edition, v.target, v.plan, v.given_up, v.set_at \
        FROM goal g JOIN goal_version v ON v.goal = g.id AND v.version = g.version WHERE g.hpr = $1 ORDER BY g.indicator";
    /// Every version of one.
    VERSIONS: Select = "SELECT g.id, g.indicator, v.version, v.edition, v.target, v.plan, v.given_up, v.set_at \
        FROM goal g JOIN goal_version v ON v.goal = g.id WHERE g.hpr = $1 AND g.indicator = $2 ORDER BY v.version DESC";
    /// A new goal.
    ADD: Change = "INSERT INTO goal (id, hpr, indicator, version) VALUES ($1, $2, $3, 1)";
    /// The next version.
    NEXT: Change = "UPDATE goal SET version = version + 1 WHERE id = $1 AND version = $2";
    /// What the version says.
    ADD_VERSION: Change = "INSERT INTO goal_version (goal, version, edition, target, plan, given_up, set_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Erased: first the versions, …
    ERASE_VERSIONS: Change = "DELETE FROM goal_version WHERE goal IN (SELECT id FROM goal WHERE hpr = $1)";
    /// … then the goals.
    ERASE: Change = "DELETE FROM goal WHERE hpr = $1";
}

/// One version of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its id, the same in all versions.
    pub id: GoalId,
    /// The indicator's id.
    pub indicator: String,
    /// 1 for the first; 0 is "none yet" in [`set`].
    pub version: i64,
    /// The edition whose report the doctor looked at.
    pub edition: EditionId,
    /// What to reach, in thousandths of the indicator's unit; absent: a plan without a figure.
    pub target_thousandths: Option<i64>,
    /// What to do, in the doctor's own words; possibly empty.
    pub plan: String,
    /// Whether it was given up with this version.
    pub given_up: bool,
    /// When.
    pub set_at: Timestamp,
}

/// What a doctor writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The indicator's id.
    pub indicator: String,
    /// The edition whose report the doctor looks at.
    pub edition: EditionId,
    /// As in [`Goal`].
    pub target_thousandths: Option<i64>,
    /// As in [`Goal`].
    pub plan: String,
    /// As in [`Goal`].
    pub given_up: bool,
}

/// The largest target: a million of any unit.
const LARGEST_TARGET: i64 = 1_000_000_000;

/// Sets a goal as the next version after `version` (0: there is none yet), and tells the new one.
///
/// # Errors
/// [`ChangeError::Conflict`] where another version stands: it was set in another window or on another machine.
pub async fn set(acting: &mut Acting, wish: &Wish, version: i64) -> Result<i64, ChangeError> {
    let About::Prescriber(hpr) = *change::about(acting.permit(), &[Act::SetGoal])? else {
        return Err(change::other(acting.permit()));
    };
    let indicator = change::line("an indicator", &wish.indicator)?;
    let plan = change::text("a plan", &wish.plan)?;
    let fits = |target: &i64| (0..=LARGEST_TARGET).contains(target);
    if !wish.target_thousandths.iter().all(fits) {
        let (field, rule) = ("a target", "0 to a million");
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    let stands = acting.row(ONE, params![hpr, indicator.as_str()]).await?;
    let current = stands.as_ref().map_or(Ok(0), |row| row.get(1))?;
    if current != version {
        return Err(ChangeError::Conflict { current });
    }
    let id = match stands {
        Some(row) => {
            let id: GoalId = row.get(0)?;
            acting.change(NEXT, params![id, version]).await?;
            id
        }
        None => {
            let id = GoalId::draw(now)?;
            acting.change(ADD, params![id, hpr, indicator]).await?;
            id
        }
    };
    let (edition, target, next) = (wish.edition.as_str(), wish.target_thousandths, version + 1);
    let values = params![id, next, edition, target, plan, wish.given_up, now];
    acting.change(ADD_VERSION, values).await?;
    Ok(next)
}

/// The asker's own goals as they stand, by indicator, with those given up.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Goal>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_DOCTOR, params![hpr]).await?;
    Ok(rows.iter().map(goal).collect::<Result<_, _>>()?)
}

/// Every version of the asker's own goal for an indicator, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own_versions(
    looking: &mut Looking,
    indicator: &str,
) -> Result<Vec<Goal>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(VERSIONS, params![hpr, indicator]).await?;
    Ok(rows.iter().map(goal).collect::<Result<_, _>>()?)
}

/// Erases a doctor's goals with all their versions.
pub(crate) async fn erase(acting: &mut Acting, hpr: HprNumber) -> Result<(), JournalError> {
    acting.change(ERASE_VERSIONS, params![hpr]).await?;
    acting.change(ERASE, params![hpr]).await.map(drop)
}

fn goal(row: &Row) -> Result<Goal, JournalError> {
    Ok(Goal {
        id: row.get(0)?,
        indicator: row.get(1)?,
        version: row.get(2)?,
        edition: row.get(3)?,
        target_thousandths: row.get(4)?,
        plan: row.get(5)?,
        given_up: row.get(6)?,
        set_at: row.get(7)?,
    })
}
