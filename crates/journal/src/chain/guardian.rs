//! Who is whose parent or appointed guardian (foreldre, verge), by the population register.

use riktig_codes::{Age, Day, NationalId};

use super::PatientId;
use super::patient::{self, PID, digits};
use crate::change::{self, ChangeError};
use crate::id::PersonId;
use crate::policy::{About, Act, GuardianKind};
use crate::store::{
    Acting, FromValue, Journal, JournalError, Looking, Reading, Value, params, statements,
};

statements! {
    /// What somebody is to a patient.
    BETWEEN: Select = "SELECT g.kind FROM chain_guardian g JOIN person p ON p.pid = g.guardian \
        JOIN chain_patient c ON c.pid = g.ward WHERE p.id = $1 AND c.id = $2";
    /// Somebody's wards whom prescriptions are for.
    WARDS: Select = "SELECT c.id, g.kind FROM chain_guardian g JOIN person p ON p.pid = g.guardian \
        JOIN chain_patient c ON c.pid = g.ward WHERE p.id = $1 ORDER BY c.id";
    /// Whether somebody is a patient here or stands on the register. Not whether a ward has a prescription: that a guardian may not see that there is one
    /// must not be told by a door that opens.
    CONCERNED: Select = "SELECT p.id FROM person p WHERE p.id = $1 AND (EXISTS (SELECT 1 FROM chain_patient c WHERE c.pid = p.pid) \
        OR EXISTS (SELECT 1 FROM chain_guardian g WHERE g.guardian = p.pid))";
    /// All go.
    NONE: Change = "DELETE FROM chain_guardian";
    /// One.
    ADD: Change = "INSERT INTO chain_guardian (ward, guardian, kind) VALUES ($1, $2, $3)";
}

/// A line of the register: whose guardian somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guardianship {
    /// The child or the ward.
    pub ward: NationalId,
    /// The parent or the appointed guardian.
    pub guardian: NationalId,
    /// Which of the two.
    pub kind: GuardianKind,
}

impl GuardianKind {
    /// The word in the database and in the operator's file.
    pub fn word(self) -> &'static str {
        match self {
            GuardianKind::Parent => "parent",
            GuardianKind::Appointed => "appointed",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        let kinds = [GuardianKind::Parent, GuardianKind::Appointed];
        kinds.into_iter().find(|kind| kind.word() == word)
    }
}

impl FromValue for GuardianKind {
    fn from_value(value: &Value) -> Option<Self> {
        Self::from_word(&String::from_value(value)?)
    }
}

/// Puts the register's guardians in the place of those before. After a new key for look-up it is read again.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless a verb maintains the journal; [`ChangeError::Invalid`] where a pair stands twice.
pub async fn replace(
    acting: &mut Acting,
    journal: &Journal,
    all: &[Guardianship],
) -> Result<(), ChangeError> {
    let About::Journal = *change::about(acting.permit(), &[Act::Maintain])? else {
        return Err(change::other(acting.permit()));
    };
    let mut pairs: Vec<_> = all.iter().map(|it| (&it.ward, &it.guardian)).collect();
    pairs.sort_by_key(|(ward, guardian)| (ward.reveal_digits(), guardian.reveal_digits()));
    if pairs.windows(2).any(|two| two[0] == two[1]) {
        let (field, rule) = ("the guardians", "each pair once");
        return Err(ChangeError::Invalid { field, rule });
    }
    acting.change(NONE, params![]).await?;
    for one in all {
        let ward = journal.keys().lookup(PID, digits(&one.ward));
        let guardian = journal.keys().lookup(PID, digits(&one.guardian));
        let values = params![ward, guardian, one.kind.word()];
        acting.change(ADD, values).await?;
    }
    Ok(())
}

/// Somebody's child or ward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ward {
    /// Who.
    pub patient: PatientId,
    /// What the guardian is to them.
    pub kind: GuardianKind,
    /// Their age, where it can be told.
    pub age: Option<Age>,
}

/// Those for whom the one who looks at their own prescriptions is a parent or guardian, and whom any prescription is for.
/// Whether they may be looked at is asked of the policy, one by one.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless they look at their own prescriptions.
pub async fn wards(
    looking: &mut Looking,
    journal: &Journal,
    today: Day,
) -> Result<Vec<Ward>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeOwnPrescriptions])?;
    let Some(person) = looking.permit().person() else {
        return Err(change::other(looking.permit()));
    };
    let rows = looking.rows(WARDS, params![person]).await?;
    let mut wards = Vec::new();
    for row in &rows {
        let patient = row.get(0)?;
        wards.push(Ward {
            patient,
            kind: row.get(1)?,
            age: patient::age(looking, journal, patient, today).await?,
        });
    }
    Ok(wards)
}

/// Whether prescriptions concern a person: they are a patient here, or a parent or guardian on the register.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn concerned(journal: &Journal, person: PersonId) -> Result<bool, JournalError> {
    let mut reading = journal.reading().await?;
    Ok(reading.row(CONCERNED, params![person]).await?.is_some())
}

/// What somebody is to a patient.
pub(crate) async fn between(
    reading: &mut Reading,
    person: PersonId,
    patient: PatientId,
) -> Result<Option<GuardianKind>, JournalError> {
    let row = reading.row(BETWEEN, params![person, patient]).await?;
    row.map(|row| row.get(0)).transpose()
}
