//! What was advised, and what was done with it: the rules a card rests on, and what its client told of it.
//!
//! Neither holds a patient or a free text. They are noted in batches and without a line in the log of who did what: they are
//! themselves a record of what a machine answered, and hundreds a second would bury what people did.

use std::collections::BTreeMap;

use jiff::Timestamp;
use riktig_codes::HprNumber;

use crate::change::{self, ChangeError};
use crate::id::ClientId;
use crate::policy::Act;
use crate::store::{Journal, JournalError, Looking, params, statements};

statements! {
    /// A card's rule. A card of the client's that is there is the same card.
    SHOWN: Change = "INSERT INTO advice_shown (card, rule, client, at, hook, instance, kind, content, shown, hpr) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (client, card, rule) DO NOTHING";
    /// What was done with a card: what was told of the latest moment stands.
    TOLD: Change = "INSERT INTO advice_feedback (client, card, outcome, reason, told_at, noted_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (client, card) DO UPDATE SET outcome = $3, reason = $4, told_at = $5, noted_at = $6 \
        WHERE advice_feedback.told_at < $5";
    /// How often each rule's advice was given since a moment, and to how many prescribers who are known.
    GIVEN: Select = "SELECT rule, shown, CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT hpr) AS BIGINT) FROM advice_shown \
        WHERE at >= $1 GROUP BY rule, shown ORDER BY rule, shown";
    /// What was done with cards that were shown since a moment.
    MET: Select = "SELECT s.rule, f.outcome, f.reason, CAST(COUNT(*) AS BIGINT) FROM advice_shown s \
        JOIN advice_feedback f ON f.client = s.client AND f.card = s.card WHERE s.at >= $1 AND s.shown = 1 \
        GROUP BY s.rule, f.outcome, f.reason ORDER BY s.rule, f.outcome, f.reason";
    /// What was shown to a doctor since a moment, and what came of it.
    OF_DOCTOR: Select = "SELECT s.at, s.rule, s.kind, f.outcome, f.reason FROM advice_shown s \
        LEFT JOIN advice_feedback f ON f.client = s.client AND f.card = s.card \
        WHERE s.hpr = $1 AND s.shown = 1 ORDER BY s.at DESC, s.card, s.rule LIMIT $2";
}

/// An override is told of a rule only where nobody knows who it was, or this many prescribers at least could be.
pub const FEWEST_PRESCRIBERS: u64 = 5;

/// Most of one's own that are listed.
const MOST_OWN: i64 = 1_000;

/// A rule that a card rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The card's uuid.
    pub card: [u8; 16],
    /// The rule.
    pub rule: String,
    /// To whom; absent: an unsigned call of the demo.
    pub client: Option<ClientId>,
    /// When.
    pub at: Timestamp,
    /// `patient-view`, `order-select` or `order-sign`.
    pub hook: &'static str,
    /// Digest of the client's name for its call.
    pub instance: [u8; 32],
    /// The word for what it said.
    pub kind: &'static str,
    /// Which text of the rule: the digest of the content.
    pub content: String,
    /// Whether the client got it; else it was only measured.
    pub shown: bool,
    /// The prescriber, where the client told.
    pub hpr: Option<HprNumber>,
}

/// What was done with a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The card's uuid.
    pub card: [u8; 16],
    /// What.
    pub outcome: Outcome,
    /// When, by the client's clock.
    pub at: Timestamp,
}

/// What a doctor did with a card. Of one that was passed over nothing is told, and nothing follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Took a suggestion.
    Accepted,
    /// Chose otherwise: with a coded reason, or none.
    Overridden(Option<&'static str>),
}

/// How a rule's advice was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Cards that clients got.
    pub shown: u64,
    /// Cards that were only measured.
    pub measured: u64,
    /// What was done with those shown; absent: of so few known prescribers that it would tell of one.
    pub answers: Option<Answers>,
}

/// What was told of a rule's cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// A suggestion was taken.
    pub accepted: u64,
    /// Chosen otherwise.
    pub overridden: u64,
    /// Of those overridden, by reason; an empty word: none that is on the list.
    pub reasons: Vec<(String, u64)>,
}

/// One of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// When.
    pub at: Timestamp,
    /// Which rule.
    pub rule: String,
    /// What it said.
    pub kind: String,
    /// `accepted` or `overridden`; absent: nothing was told.
    pub outcome: Option<String>,
    /// Why it was overridden.
    pub reason: Option<String>,
}

/// Notes what was advised, all or nothing.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn note(journal: &Journal, shown: &[Shown]) -> Result<(), JournalError> {
    let mut writing = journal.writing().await?;
    for one in shown {
        let values = params![
            one.card,
            one.rule.as_str(),
            of(one.client),
            one.at,
            one.hook,
            one.instance,
            one.kind,
            one.content.as_str(),
            one.shown,
            one.hpr,
        ];
        writing.change(SHOWN, values).await?;
    }
    writing.commit().await
}

/// Notes what a client tells of its cards. Told twice it is told once; of the same card the latest by the client's clock
/// stands, in whatever order it comes. A card is looked for among the client's own only.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn tell(
    journal: &Journal,
    client: Option<ClientId>,
    told: &[Told],
    now: Timestamp,
) -> Result<(), JournalError> {
    let mut writing = journal.writing().await?;
    for one in told {
        let (outcome, reason) = match one.outcome {
            Outcome::Accepted => ("accepted", None),
            Outcome::Overridden(reason) => ("overridden", reason),
        };
        let values = params![of(client), one.card, outcome, reason, one.at, now];
        writing.change(TOLD, values).await?;
    }
    writing.commit().await
}

/// The sixteen bytes of a client; zeros for the demo's unsigned calls.
fn of(client: Option<ClientId>) -> [u8; 16] {
    client.map_or([0; 16], |client| *client.as_bytes())
}

/// How each rule's advice was met since a moment, for operators. A card that nobody told of is not an accepted one.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for advice.
pub async fn met(
    looking: &mut Looking,
    since: Timestamp,
) -> Result<BTreeMap<String, Met>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeAdvice])?;
    let mut rules = BTreeMap::<String, Met>::new();
    for row in looking.rows(GIVEN, params![since]).await? {
        let (rule, is_shown, cards, prescribers): (String, bool, u64, u64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let met = rules.entry(rule).or_default();
        if is_shown {
            met.shown = cards;
            let few = (1..FEWEST_PRESCRIBERS).contains(&prescribers);
            met.answers = (!few).then(Answers::default);
        } else {
            met.measured = cards;
        }
    }
    for row in looking.rows(MET, params![since]).await? {
        let (rule, outcome): (String, String) = (row.get(0)?, row.get(1)?);
        let (reason, cards): (Option<String>, u64) = (row.get(2)?, row.get(3)?);
        let answers = rules.get_mut(&rule).and_then(|met| met.answers.as_mut());
        let Some(answers) = answers else { continue };
        if outcome == "accepted" {
            answers.accepted += cards;
        } else {
            answers.overridden += cards;
            answers.reasons.push((reason.unwrap_or_default(), cards));
        }
    }
    Ok(rules)
}

/// What was shown to the asker, the newest first.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<Vec<Own>, ChangeError> {
    let hpr = change::own(looking.permit())?;
    let rows = looking.rows(OF_DOCTOR, params![hpr, MOST_OWN]).await?;
    let own = |row: &crate::store::Row| {
        Ok(Own {
            at: row.get(0)?,
            rule: row.get(1)?,
            kind: row.get(2)?,
            outcome: row.get(3)?,
            reason: row.get(4)?,
        })
    };
    Ok(rows.iter().map(own).collect::<Result<_, JournalError>>()?)
}
