//! Numbers of new messages.

use jiff::Timestamp;
use riktig_eresept::MessageId;
use uuid::Uuid;

/// The number of a message that is about to be written, and so of the prescription that it carries: a UUID.
pub struct PrescriptionNumber;

/// The operating system gave no chance.
#[derive(Debug, thiserror::Error)]
#[error("cannot draw a number: the operating system gives no random bytes")]
pub struct NoChance;

impl PrescriptionNumber {
    /// A new number: version 7, of the moment and ten bytes of chance.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn draw(now: Timestamp) -> Result<MessageId, NoChance> {
        let mut chance = [0; 10];
        aws_lc_rs::rand::fill(&mut chance).map_err(|_| NoChance)?;
        let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(milliseconds, &chance).into_uuid();
        Ok(MessageId::parse(&hyphenated(id)).expect("a UUID is a number of a message"))
    }
}

fn hyphenated(id: Uuid) -> String {
    id.hyphenated().to_string()
}
