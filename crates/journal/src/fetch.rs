//! A fetch (henting): who has opened or downloaded the own report of an edition, and when first and last.

use std::collections::BTreeSet;

use jiff::Timestamp;
use riktig_codes::{Day, HprNumber};

use crate::change::{self, ChangeError};
use crate::policy::{About, Act, EditionId};
use crate::store::{Acting, JournalError, Looking, Reading, params, statements};
use crate::uptake::{self, Uptake};

statements! {
    /// A doctor's fetches.
    OF_DOCTOR: Select = "SELECT edition, first_opened_at, last_opened_at, first_downloaded_at, last_downloaded_at \
        FROM fetched WHERE hpr = $1 ORDER BY edition";
    /// Everybody's first of an edition.
    OF_EDITION: Select = "SELECT hpr, COALESCE(first_opened_at, first_downloaded_at), \
        COALESCE(first_downloaded_at, first_opened_at) FROM fetched WHERE edition = $1 ORDER BY hpr";
    /// Opened.
    OPENED: Change = "INSERT INTO fetched (hpr, edition, first_opened_at, last_opened_at) VALUES ($1, $2, $3, $3) \
        ON CONFLICT (hpr, edition) DO UPDATE SET last_opened_at = $3, first_opened_at = COALESCE(fetched.first_opened_at, $3)";
    /// Downloaded.
    DOWNLOADED: Change = "INSERT INTO fetched (hpr, edition, first_downloaded_at, last_downloaded_at) VALUES ($1, $2, $3, $3) \
        ON CONFLICT (hpr, edition) DO UPDATE SET last_downloaded_at = $3, \
        first_downloaded_at = COALESCE(fetched.first_downloaded_at, $3)";
    /// Erased.
    ERASE: Change = "DELETE FROM fetched WHERE hpr = $1";
}

/// How a report was fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Opened as a page.
    Opened,
    /// Downloaded as a file.
    Downloaded,
}

/// A doctor's fetches of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Which edition.
    pub edition: EditionId,
    /// The first and the last time it was opened.
    pub opened: Option<(Timestamp, Timestamp)>,
    /// The first and the last time it was downloaded.
    pub downloaded: Option<(Timestamp, Timestamp)>,
}

/// Notes that the asker fetched the report of the permit. Once a session is enough: only the first and last moment is
/// kept.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn note(acting: &mut Acting, how: How) -> Result<(), ChangeError> {
    let About::Report(hpr, edition) =
        change::about(acting.permit(), &[Act::FetchOwnReport])?.clone()
    else {
        return Err(change::other(acting.permit()));
    };
    let statement = match how {
        How::Opened => OPENED,
        How::Downloaded => DOWNLOADED,
    };
    let now = acting.now();
    let values = params![hpr, edition.as_str(), now];
    acting.change(statement, values).await?;
    Ok(())
}

/// The asker's own fetches, by edition.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Fetch>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_DOCTOR, params![hpr]).await?;
    let fetch = |row: &crate::store::Row| {
        let both = |first: Option<Timestamp>, last: Option<Timestamp>| first.zip(last);
        Ok(Fetch {
            edition: row.get(0)?,
            opened: both(row.get(1)?, row.get(2)?),
            downloaded: both(row.get(3)?, row.get(4)?),
        })
    };
    Ok(rows
        .iter()
        .map(fetch)
        .collect::<Result<_, JournalError>>()?)
}

/// How many of an edition's prescribers had fetched their report before the day on which it is asked, by county and month: two who
/// ask on one day are told the same, whoever fetches meanwhile. `prescribers` are the edition's:
/// HPR number and county.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for uptake.
pub async fn uptake(
    looking: &mut Looking,
    edition: &EditionId,
    prescribers: &[(HprNumber, u8)],
) -> Result<Uptake, ChangeError> {
    change::about(looking.permit(), &[Act::SeeUptake])?;
    let mut fetched = Vec::new();
    for row in looking.rows(OF_EDITION, params![edition.as_str()]).await? {
        let (opened, downloaded): (Timestamp, Timestamp) = (row.get(1)?, row.get(2)?);
        let first = opened.min(downloaded);
        if day(first) < day(looking.now()) {
            fetched.push((row.get(0)?, day(first).month()));
        }
    }
    Ok(uptake::count(prescribers, &fetched))
}

/// Who of `prescribers` has not fetched their report of the edition, in their order: to whom a mailing would go.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for mailings.
pub async fn not_fetched(
    looking: &mut Looking,
    edition: &EditionId,
    prescribers: &[HprNumber],
) -> Result<Vec<HprNumber>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeMailings])?;
    Ok(left(looking, edition, prescribers).await?)
}

/// Those of `prescribers` who have not fetched it, in their order.
pub(crate) async fn left(
    reading: &mut Reading,
    edition: &EditionId,
    prescribers: &[HprNumber],
) -> Result<Vec<HprNumber>, JournalError> {
    let rows = reading.rows(OF_EDITION, params![edition.as_str()]).await?;
    let fetched: Result<BTreeSet<HprNumber>, _> = rows.iter().map(|row| row.get(0)).collect();
    let fetched = fetched?;
    let left = prescribers.iter().filter(|hpr| !fetched.contains(hpr));
    Ok(left.copied().collect())
}

/// The day of a moment, in UTC: an hour or two at its ends do not change how a year went.
fn day(moment: Timestamp) -> Day {
    let days = moment.as_second().div_euclid(86_400);
    Day::from_epoch_days(i32::try_from(days).unwrap_or(i32::MAX))
}

/// Erases a doctor's fetches.
pub(crate) async fn erase(acting: &mut Acting, hpr: HprNumber) -> Result<(), JournalError> {
    acting.change(ERASE, params![hpr]).await.map(drop)
}
