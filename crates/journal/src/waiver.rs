//! A waiver (melding om at besøk ikke trengs): a doctor says that nobody needs to come and talk about the report.

use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::policy::{About, Act};
use crate::store::{Acting, JournalError, Looking, Row, params, statements};

statements! {
    /// The one that stands.
    STANDING: Select = "SELECT hpr, given_at, words FROM visit_waiver WHERE hpr = $1 AND taken_back_at IS NULL";
    /// All that stand.
    ALL: Select = "SELECT hpr, given_at, words FROM visit_waiver WHERE taken_back_at IS NULL ORDER BY given_at, hpr";
    /// Given; in the moment in which one was taken back, that one stands again.
    GIVE: Change = "INSERT INTO visit_waiver (hpr, given_at, words) VALUES ($1, $2, $3) \
        ON CONFLICT (hpr, given_at) DO UPDATE SET taken_back_at = NULL, words = $3";
    /// Taken back.
    TAKE_BACK: Change = "UPDATE visit_waiver SET taken_back_at = $2 WHERE hpr = $1 AND taken_back_at IS NULL";
    /// Erased.
    ERASE: Change = "DELETE FROM visit_waiver WHERE hpr = $1";
}

/// A waiver that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Who needs no visit.
    pub hpr: HprNumber,
    /// Since when.
    pub given_at: Timestamp,
    /// Why, in the doctor's own words; possibly empty.
    pub words: String,
}

/// Says that the one of the permit needs no visit. Said again, it is the same waiver with new words.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn give(acting: &mut Acting, words: &str) -> Result<(), ChangeError> {
    let hpr = of_permit(acting)?;
    let words = change::text("the words", words)?;
    let stands = acting.row(STANDING, params![hpr]).await?;
    let given: Timestamp = match stands {
        Some(row) => row.get(1)?,
        None => acting.now(),
    };
    acting.change(GIVE, params![hpr, given, words]).await?;
    Ok(())
}

/// Takes it back: a visit is welcome again.
///
/// # Errors
/// Where the journal cannot be written. None is nothing to take back, and no error.
pub async fn take_back(acting: &mut Acting) -> Result<(), ChangeError> {
    let hpr = of_permit(acting)?;
    let now = acting.now();
    acting.change(TAKE_BACK, params![hpr, now]).await?;
    Ok(())
}

fn of_permit(acting: &Acting) -> Result<HprNumber, ChangeError> {
    match *change::about(acting.permit(), &[Act::WaiveVisit])? {
        About::Prescriber(hpr) => Ok(hpr),
        _ => Err(change::other(acting.permit())),
    }
}

/// The asker's own.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Option<Waiver>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let row = looking.row(STANDING, params![hpr]).await?;
    Ok(row.as_ref().map(waiver).transpose()?)
}

/// All that stand, for the operators who plan visits.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for mailings.
pub async fn all(looking: &mut Looking) -> Result<Vec<Waiver>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeMailings])?;
    let rows = looking.rows(ALL, params![]).await?;
    Ok(rows.iter().map(waiver).collect::<Result<_, _>>()?)
}

/// Erases a doctor's waivers.
pub(crate) async fn erase(acting: &mut Acting, hpr: HprNumber) -> Result<(), JournalError> {
    acting.change(ERASE, params![hpr]).await.map(drop)
}

fn waiver(row: &Row) -> Result<Waiver, JournalError> {
    Ok(Waiver {
        hpr: row.get(0)?,
        given_at: row.get(1)?,
        words: row.get(2)?,
    })
}
