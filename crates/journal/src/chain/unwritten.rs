//! Rows that several messages leave behind and that are written together: a statement for many rows instead of one for each.

use super::{outbox, patient, prescription, take};
use crate::audit::Lines;
use crate::store::{JournalError, Value, Writing};

/// Rows that are not written yet, table by table, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    pub(super) lines: Lines,
    pub(super) patients: Vec<Vec<Value>>,
    pub(super) messages: Vec<Vec<Value>>,
    pub(super) prescriptions: Vec<Vec<Value>>,
    pub(super) changes: Vec<Vec<Value>>,
    pub(super) events: Vec<Vec<Value>>,
    pub(super) outgoing: Vec<Vec<Value>>,
}

impl Unwritten {
    /// Writes all of it, what others refer to first.
    pub(super) async fn write(mut self, writing: &mut Writing) -> Result<(), JournalError> {
        self.lines.write(writing).await?;
        patient::write(writing, &self.patients).await?;
        take::write(writing, &self.messages).await?;
        prescription::write(writing, &self).await?;
        outbox::write(writing, &self.outgoing).await
    }
}
