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
use crate::session::{Used, note_used};
use crate::store::{Journal, JournalError, Looking, params, statements};

statements! {
    /// A card's rule. A card of the client's that is there is the same card.
    SHOWN: Change = "INSERT INTO advice_shown (card, rule, client, at, hook, instance, kind, content, shown, hpr) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (client, card, rule) DO NOTHING";
    /// What was done with a card: what was told of the latest moment stands.
    TOLD: Change = "INSERT INTO advice_feedback (client, card, outcome, reason, told_at, noted_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (client, card) DO UPDATE SET outcome = $3, reason = $4, told_at = $5, noted_at = $6 \
        WHERE advice_feedback.told_at < $5";
    /// How often each rule's advice was given since a moment.
    GIVEN: Select = "SELECT rule, shown, CAST(COUNT(*) AS BIGINT) FROM advice_shown \
        WHERE at >= $1 GROUP BY rule, shown ORDER BY rule, shown";
    /// How many known prescribers each rule's answers are from.
    ANSWERED_BY: Select = "SELECT s.rule, CAST(COUNT(DISTINCT s.hpr) AS BIGINT) FROM advice_shown s \
        JOIN advice_feedback f ON f.client = s.client AND f.card = s.card WHERE s.at >= $1 AND s.shown = 1 \
        GROUP BY s.rule ORDER BY s.rule";
    /// What was done with cards that were shown since a moment.
    MET: Select = "SELECT s.rule, f.outcome, f.reason, CAST(COUNT(*) AS BIGINT) FROM advice_shown s \
        JOIN advice_feedback f ON f.client = s.client AND f.card = s.card WHERE s.at >= $1 AND s.shown = 1 \
        GROUP BY s.rule, f.outcome, f.reason ORDER BY s.rule, f.outcome, f.reason";
    /// What was worked out for a doctor, shown or not, and what came of it.
    OF_DOCTOR: Select = "SELECT s.at, s.rule, s.kind, s.shown, f.outcome, f.reason FROM advice_shown s \
        LEFT JOIN advice_feedback f ON f.client = s.client AND f.card = s.card \
        WHERE s.hpr = $1 ORDER BY s.at DESC, s.card, s.rule LIMIT $2";
}

/// Answers are told of a rule where this many known prescribers at least gave them. Where the client does not tell who answers,
/// nobody knows how many they are (decision 0015).
pub const FEWEST_PRESCRIBERS: u64 = 5;

/// Most of one's own that are listed: ten a working day for as long as they are kept, and as many again.
const MOST_OWN: usize = 25_000;

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
    /// What was done with those shown; absent: told of by fewer than [`FEWEST_PRESCRIBERS`] known prescribers, or by none.
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

/// One's own, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnAdvice {
    /// A rule that a card rested on each; at most 25,000.
    pub events: Vec<Own>,
    /// Whether older ones are left out.
    pub is_cut_off: bool,
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
    /// Whether it was shown; else it was only measured.
    pub shown: bool,
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
    // Nothing was used, so no clock is asked for what to forget.
    note_with_tokens(journal, shown, (&[], Timestamp::MIN))
        .await
        .map(drop)
}

/// As [`note`], and with it the tokens of the calls, so that they count once wherever they are sent next. Tells how many of them were noted
/// before.
///
/// # Errors
/// Where the journal cannot be written.
pub async fn note_with_tokens(
    journal: &Journal,
    shown: &[Shown],
    (tokens, now): (&[Used], Timestamp),
) -> Result<u64, JournalError> {
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
    let before = note_used(&mut writing, tokens, now).await?;
    writing.commit().await?;
    Ok(before)
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
        let (rule, is_shown, cards): (String, bool, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let met = rules.entry(rule).or_default();
        if is_shown {
            met.shown = cards;
        } else {
            met.measured = cards;
        }
    }
    for row in looking.rows(ANSWERED_BY, params![since]).await? {
        let (rule, prescribers): (String, u64) = (row.get(0)?, row.get(1)?);
        if let Some(met) = rules.get_mut(&rule) {
            met.answers = (prescribers >= FEWEST_PRESCRIBERS).then(Answers::default);
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

/// What was worked out for the asker, shown or only measured: everything that the journal holds of them and advice.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for one's own.
pub async fn own(looking: &mut Looking) -> Result<OwnAdvice, ChangeError> {
    let hpr = change::own(looking.permit())?;
    // One more than is listed tells that there are older ones.
    let limit = i64::try_from(MOST_OWN + 1).expect("a list is short");
    let rows = looking.rows(OF_DOCTOR, params![hpr, limit]).await?;
    let own = |row: &crate::store::Row| {
        Ok(Own {
            at: row.get(0)?,
            rule: row.get(1)?,
            kind: row.get(2)?,
            shown: row.get(3)?,
            outcome: row.get(4)?,
            reason: row.get(5)?,
        })
    };
    let events = rows.iter().take(MOST_OWN).map(own);
    Ok(OwnAdvice {
        events: events.collect::<Result<_, JournalError>>()?,
        is_cut_off: rows.len() > MOST_OWN,
    })
}
