//! A switch (bryter): rules of the guideline that give no advice until somebody else has looked.

use jiff::Timestamp;

use crate::change::{self, ChangeError};
use crate::id::PersonId;
use crate::policy::{About, Act, RuleName};
use crate::store::{Acting, Journal, JournalError, Looking, Reading, Row, params, statements};

statements! {
    /// What is off now.
    STANDING: Select = "SELECT rule, off_by, off_at, reason, on_by, on_at FROM rule_switch WHERE on_at IS NULL ORDER BY rule";
    /// What is off, and what ever was, the newest first.
    ALL: Select = "SELECT rule, off_by, off_at, reason, on_by, on_at FROM rule_switch ORDER BY off_at DESC, rule";
    /// Who switched it off.
    OFF_BY: Select = "SELECT off_by FROM rule_switch WHERE rule = $1 AND on_at IS NULL";
    /// Off.
    OFF: Change = "INSERT INTO rule_switch (rule, off_by, off_at, reason) VALUES ($1, $2, $3, $4)";
    /// On again.
    ON: Change = "UPDATE rule_switch SET on_by = $2, on_at = $3 WHERE rule = $1 AND on_at IS NULL";
}

/// One time that rules were switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Which rules.
    pub rule: RuleName,
    /// By whom.
    pub off_by: PersonId,
    /// When.
    pub off_at: Timestamp,
    /// Why.
    pub reason: String,
    /// Who switched them on again: another person.
    pub on_by: Option<PersonId>,
    /// When; absent: they are off.
    pub on_at: Option<Timestamp>,
}

/// Switches the rules of the permit off. One operator is enough: silence is the safe side.
///
/// # Errors
/// [`ChangeError::Invalid`] without a reason, or where they are off already.
pub async fn off(acting: &mut Acting, reason: &str) -> Result<(), ChangeError> {
    let rule = of_permit(acting, Act::SwitchRuleOff)?;
    let reason = change::line("the reason", reason)?;
    let Some(person) = acting.permit().person() else {
        return Err(change::other(acting.permit()));
    };
    if off_by(acting, &rule).await?.is_some() {
        let (field, rule) = ("the rule", "one that is on");
        return Err(ChangeError::Invalid { field, rule });
    }
    let now = acting.now();
    let values = params![rule.as_str(), person, now, reason];
    acting.change(OFF, values).await?;
    Ok(())
}

/// Switches them on again; the policy has seen to it that another person does.
///
/// # Errors
/// [`ChangeError::NotThere`] where they are on.
pub async fn on(acting: &mut Acting) -> Result<(), ChangeError> {
    let rule = of_permit(acting, Act::SwitchRuleOn)?;
    let (person, now) = (acting.permit().person(), acting.now());
    match acting
        .change(ON, params![rule.as_str(), person, now])
        .await?
    {
        1 => Ok(()),
        _ => Err(ChangeError::NotThere { of: "this switch" }),
    }
}

fn of_permit(acting: &Acting, act: Act) -> Result<RuleName, ChangeError> {
    match change::about(acting.permit(), &[act])? {
        About::Rule(rule) => Ok(rule.clone()),
        _ => Err(change::other(acting.permit())),
    }
}

/// What is off now. It is nobody's data: the server reads it before it gives advice.
///
/// # Errors
/// Where the journal cannot be read.
pub async fn standing(journal: &Journal) -> Result<Vec<Switch>, JournalError> {
    let mut reading = journal.reading().await?;
    let rows = reading.rows(STANDING, params![]).await?;
    rows.iter().map(switch).collect()
}

/// What is off, and what ever was, the newest first, for operators.
///
/// # Errors
/// [`ChangeError::OtherPermit`] unless the permit is for advice.
pub async fn all(looking: &mut Looking) -> Result<Vec<Switch>, ChangeError> {
    change::about(looking.permit(), &[Act::SeeAdvice])?;
    let rows = looking.rows(ALL, params![]).await?;
    Ok(rows.iter().map(switch).collect::<Result<_, _>>()?)
}

/// Who switched it off, where it is off.
pub(crate) async fn off_by(
    reading: &mut Reading,
    rule: &RuleName,
) -> Result<Option<PersonId>, JournalError> {
    let row = reading.row(OFF_BY, params![rule.as_str()]).await?;
    row.map(|row| row.get(0)).transpose()
}

fn switch(row: &Row) -> Result<Switch, JournalError> {
    Ok(Switch {
        rule: row.get(0)?,
        off_by: row.get(1)?,
        off_at: row.get(2)?,
        reason: row.get(3)?,
        on_by: row.get(4)?,
        on_at: row.get(5)?,
    })
}
