//! What a person has chosen about their own prescriptions (decision 0019).

use jiff::Timestamp;
use riktig_codes::{HprNumber, NationalId};

use super::PatientId;
use crate::change::{self, ChangeError};
use crate::policy::{Act, PatientFacts};
use crate::store::{Acting, Journal, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// A person's own.
    OWN: Select = "SELECT choice, hpr FROM chain_choice WHERE person = $1 ORDER BY choice, hpr";
    /// Those of the person whom a patient is.
    OF_PATIENT: Select = "SELECT h.choice, h.hpr FROM chain_choice h JOIN person p ON p.id = h.person \
        JOIN chain_patient c ON c.pid = p.pid WHERE c.id = $1 ORDER BY h.choice, h.hpr";
    /// Chosen.
    ADD: Change = "INSERT INTO chain_choice (person, choice, hpr, at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (person, choice, hpr) DO NOTHING";
    /// Taken back.
    REMOVE: Change = "DELETE FROM chain_choice WHERE person = $1 AND choice = $2 AND hpr = $3";
}

/// Names that a person may close their prescriptions to.
const MOST_CLOSED_TO: usize = 50;

/// What a person may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// Guardians see the prescription without its diagnosis. Display only: nothing that was signed changes.
    HideDiagnosis,
    /// Nobody looks up for a treatment; consent and an emergency open it.
    Close,
    /// Whoever has this HPR number looks up on no ground, an emergency neither.
    CloseTo(HprNumber),
}

/// What a person has chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Whether guardians see no diagnosis.
    pub hides_diagnosis: bool,
    /// Whether the look-up is closed for everybody.
    pub closed: bool,
    /// For whom it is closed on any ground.
    pub closed_to: Vec<HprNumber>,
}

impl Choice {
    /// Its word and number in the database; 0 is no HPR number.
    fn row(self) -> (&'static str, u32) {
        match self {
            Choice::HideDiagnosis => ("hide_diagnosis", 0),
            Choice::Close => ("close", 0),
            Choice::CloseTo(hpr) => ("close_to", hpr.value()),
        }
    }
}

/// Chooses, or takes a choice back. Either said twice is said once.
///
/// # Errors
/// [`ChangeError::Invalid`] for the fifty-first number that it is to be closed to.
pub async fn choose(acting: &mut Acting, choice: Choice, on: bool) -> Result<(), ChangeError> {
    change::about(acting.permit(), &[Act::KeepOwnChoices])?;
    let Some(person) = acting.permit().person() else {
        return Err(change::other(acting.permit()));
    };
    let (word, hpr) = choice.row();
    if !on {
        acting.change(REMOVE, params![person, word, hpr]).await?;
        return Ok(());
    }
    let chosen = of_rows(&acting.rows(OWN, params![person]).await?)?;
    if matches!(choice, Choice::CloseTo(_)) && chosen.closed_to.len() >= MOST_CLOSED_TO {
        let (field, rule) = ("the number", "at most 50 numbers are closed to");
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    acting.change(ADD, params![person, word, hpr, now]).await?;
    Ok(())
}

/// What the person who looks has chosen.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless they look at their own prescriptions.
pub async fn own(looking: &mut Looking) -> Result<Choices, ChangeError> {
    change::about(looking.permit(), &[Act::SeeOwnPrescriptions])?;
    let Some(person) = looking.permit().person() else {
        return Err(change::other(looking.permit()));
    };
    Ok(of_rows(&looking.rows(OWN, params![person]).await?)?)
}

/// What a patient has chosen; who has never logged in has chosen nothing.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn of_patient(
    reading: &mut Reading,
    patient: PatientId,
) -> Result<Choices, JournalError> {
    of_rows(&reading.rows(OF_PATIENT, params![patient]).await?)
}

/// Whether a patient has closed the look-up to an HPR number, as it stands now; of whom the journal knows nothing, has closed nothing.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn is_closed_to(
    journal: &Journal,
    (patient, hpr): (&NationalId, HprNumber),
    now: Timestamp,
) -> Result<bool, JournalError> {
    let patient = super::patient_or_nobody(journal, patient, now).await?;
    let choices = of_patient(&mut journal.reading().await?, patient).await?;
    Ok(choices.closed_to.contains(&hpr))
}

/// What of it the policy asks about.
pub(crate) fn for_policy(choices: &Choices, asker: Option<HprNumber>) -> PatientFacts {
    PatientFacts {
        closed: choices.closed,
        closed_to_asker: asker.is_some_and(|asker| choices.closed_to.contains(&asker)),
        ..PatientFacts::default()
    }
}

fn of_rows(rows: &[Row]) -> Result<Choices, JournalError> {
    let mut choices = Choices::default();
    for row in rows {
        let word: String = row.get(0)?;
        match word.as_str() {
            "hide_diagnosis" => choices.hides_diagnosis = true,
            "close" => choices.closed = true,
            _ => choices.closed_to.push(row.get(1)?),
        }
    }
    Ok(choices)
}
