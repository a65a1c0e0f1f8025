//! Cards of advice as they leave the journal: codes by month, with nothing that leads back to a patient or a card
//! (decision 0015).

use jiff::Timestamp;
use riktig_codes::{Day, HprNumber, Month, MonthRange};

use crate::change::{self, ChangeError};
use crate::policy::{About, Act};
use crate::store::{JournalError, Looking, Row, params, statements};

statements! {
    /// The rules of the cards that clients got in a time, a card's together, and what was told of each card.
    CARDS: Select = "SELECT s.client, s.card, s.at, s.hpr, s.rule, s.content, s.kind, f.outcome, f.reason FROM advice_shown s \
        LEFT JOIN advice_feedback f ON f.client = s.client AND f.card = s.card \
        WHERE s.at >= $1 AND s.at < $2 AND s.shown = 1 ORDER BY s.client, s.card, s.rule";
}

/// Seconds of a day (UTC).
const DAY: i64 = 24 * 60 * 60;

/// One card. Cards are sorted by what they say, so that their order tells nothing of when or to whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Card {
    /// The month in which it was shown (UTC).
    pub month: Month,
    /// The prescriber; absent where the client did not tell.
    pub hpr: Option<u32>,
    /// The rules that it rests on, with the digest of the text they stood in.
    pub rules: Vec<(String, String)>,
    /// What it said.
    pub kind: String,
    /// `accepted` or `overridden`; absent: nobody told.
    pub outcome: Option<String>,
    /// Why it was overridden.
    pub reason: Option<String>,
}

/// The cards of some months, for the verb that delivers them.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless a verb maintains the journal.
pub async fn cards(looking: &mut Looking, months: MonthRange) -> Result<Vec<Card>, ChangeError> {
    let About::Journal = *change::about(looking.permit(), &[Act::Maintain])? else {
        return Err(change::other(looking.permit()));
    };
    let from = begin(months.first());
    let until = begin(months.last().next());
    let rows = looking.rows(CARDS, params![from, until]).await?;
    let mut cards = Vec::<Card>::new();
    let mut last = None;
    for row in &rows {
        let key: (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let rule = (row.get(4)?, row.get(5)?);
        match cards.last_mut().filter(|_| last.as_ref() == Some(&key)) {
            Some(card) => card.rules.push(rule),
            None => cards.push(card(row, rule)?),
        }
        last = Some(key);
    }
    cards.sort_unstable();
    Ok(cards)
}

fn card(row: &Row, rule: (String, String)) -> Result<Card, JournalError> {
    let at: Timestamp = row.get(2)?;
    let hpr: Option<HprNumber> = row.get(3)?;
    Ok(Card {
        month: month(at),
        hpr: hpr.map(HprNumber::value),
        rules: vec![rule],
        kind: row.get(6)?,
        outcome: row.get(7)?,
        reason: row.get(8)?,
    })
}

/// The month of a moment (UTC), as the journal counts months.
#[must_use]
pub fn month(at: Timestamp) -> Month {
    Day::from_epoch_days(at.as_second().div_euclid(DAY) as i32).month()
}

/// The first moment of a month (UTC).
fn begin(month: Month) -> Timestamp {
    let days = i64::from(month.first_day().epoch_days());
    // The calendar ends in the year 9999, and so does what anybody can have noted.
    Timestamp::from_second(days * DAY).unwrap_or(Timestamp::MAX)
}
