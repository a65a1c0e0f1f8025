//! The shelf: which editions the portal shows, since when, by whose word.

use jiff::Timestamp;
use riktig_codes::{Month, MonthRange};

use crate::change::{self, ChangeError};
use crate::id::PersonId;
use crate::policy::{About, Act, EditionId};
use crate::store::{Acting, Journal, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// What stands there, the newest period first.
    STANDING: Select = "SELECT edition, folder, first_month, last_month, published_by, published_at, withdrawn_at, reason \
        FROM shelf WHERE withdrawn_at IS NULL ORDER BY last_month DESC, first_month DESC, published_at DESC, edition";
    /// What ever stood there.
    ALL: Select = "SELECT edition, folder, first_month, last_month, published_by, published_at, withdrawn_at, reason \
        FROM shelf ORDER BY last_month DESC, first_month DESC, published_at DESC, edition";
    /// Since when it stands there.
    SINCE: Select = "SELECT published_at FROM shelf WHERE edition = $1 AND withdrawn_at IS NULL";
    /// Whether the name was ever used.
    KNOWN: Select = "SELECT 1 FROM shelf WHERE edition = $1";
    /// Put there.
    PUT: Change = "INSERT INTO shelf (edition, folder, first_month, last_month, published_by, published_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Taken off.
    TAKE_OFF: Change = "UPDATE shelf SET withdrawn_by = $2, withdrawn_at = $3, reason = $4 \
        WHERE edition = $1 AND withdrawn_at IS NULL";
}

/// An edition on the shelf, or one that stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Its name in addresses.
    pub edition: EditionId,
    /// The name of its folder beside its fellows; no path.
    pub folder: String,
    /// Its months.
    pub period: MonthRange,
    /// Who put it there; absent: a verb of the binary.
    pub published_by: Option<PersonId>,
    /// When.
    pub published_at: Timestamp,
    /// When it was taken off.
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was taken off.
    pub reason: Option<String>,
}

/// Puts the edition of the permit on the shelf. A name is used once: what was taken off does not come back under it, so
/// that nobody's notes point at other numbers.
///
/// # Errors
/// [`ChangeError::Invalid`] for a folder that is a path, or a name that was used.
pub async fn put(acting: &mut Acting, folder: &str, period: MonthRange) -> Result<(), ChangeError> {
    let edition = edition_of_permit(acting)?;
    let folder = change::line("a folder", folder)?;
    if folder.contains(['/', '\\']) || folder.starts_with('.') {
        let (field, rule) = ("a folder", "a name beside its fellows, no path");
        return Err(ChangeError::Invalid { field, rule });
    }
    let name = edition.as_str();
    if acting.row(KNOWN, params![name]).await?.is_some() {
        let (field, rule) = ("the name of an edition", "one that was never used");
        return Err(ChangeError::Invalid { field, rule });
    }
    let (first, last) = (period.first().index(), period.last().index());
    let (person, now) = (acting.permit().person(), acting.now());
    let values = params![name, folder, first, last, person, now];
    acting.change(PUT, values).await?;
    Ok(())
}

/// Takes the edition of the permit off the shelf: nobody reads it from now on.
///
/// # Errors
/// [`ChangeError::NotThere`] where it does not stand there.
pub async fn take_off(acting: &mut Acting, reason: &str) -> Result<(), ChangeError> {
    let edition = edition_of_permit(acting)?;
    let reason = change::line("the reason", reason)?;
    let (person, now) = (acting.permit().person(), acting.now());
    let values = params![edition.as_str(), person, now, reason];
    match acting.change(TAKE_OFF, values).await? {
        1 => Ok(()),
        _ => Err(ChangeError::NotThere { of: "this edition" }),
    }
}

fn edition_of_permit(acting: &Acting) -> Result<EditionId, ChangeError> {
    match change::about(acting.permit(), &[Act::KeepShelf])? {
        About::Edition(edition) => Ok(edition.clone()),
        _ => Err(change::other(acting.permit())),
    }
}

/// What stands on the shelf now, the newest period first. It is nobody's data: the server reads it before anybody asks.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn standing(journal: &Journal) -> Result<Vec<Shelved>, JournalError> {
    let mut reading = journal.reading().await?;
    let rows = reading.rows(STANDING, params![]).await?;
    rows.iter().map(shelved).collect()
}

/// All that ever stood there, with why it was taken off, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for deliveries.
pub async fn all(looking: &mut Looking) -> Result<Vec<Shelved>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeDeliveries])?;
    let rows = looking.rows(ALL, params![]).await?;
    Ok(rows.iter().map(shelved).collect::<Result<_, _>>()?)
}

/// The same within an act on an edition: which folder its name stands for.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for an edition.
pub async fn known(acting: &mut Acting) -> Result<Vec<Shelved>, ChangeError> {
    change::about(acting.permit(), &[Act::AcceptFinding, Act::KeepShelf])?;
    let rows = acting.rows(ALL, params![]).await?;
    Ok(rows.iter().map(shelved).collect::<Result<_, _>>()?)
}

/// Since when the edition stands there.
pub(crate) async fn published_at(
    reading: &mut Reading,
    edition: &EditionId,
) -> Result<Option<Timestamp>, JournalError> {
    let row = reading.row(SINCE, params![edition.as_str()]).await?;
    row.map(|row| row.get(0)).transpose()
}

fn shelved(row: &Row) -> Result<Shelved, JournalError> {
    let (first, last): (i32, i32) = (row.get(2)?, row.get(3)?);
    let period = MonthRange::new(Month::from_index(first), Month::from_index(last));
    Ok(Shelved {
        edition: row.get(0)?,
        folder: row.get(1)?,
        period: period.ok_or_else(|| row.unreadable(3))?,
        published_by: row.get(4)?,
        published_at: row.get(5)?,
        withdrawn_at: row.get(6)?,
        reason: row.get(7)?,
    })
}
