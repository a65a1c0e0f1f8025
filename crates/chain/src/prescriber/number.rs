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

    /// The moment at which a number was drawn, where it is one of version 7. Another system's number may say what it likes.
    ///
    /// ```
    /// use riktig_chain::prescriber::PrescriptionNumber;
    /// let at = "2026-11-22T12:00:00Z".parse().unwrap();
    /// let number = PrescriptionNumber::draw(at).unwrap();
    /// assert_eq!(PrescriptionNumber::drawn_at(number.as_str()), Some(at));
    /// assert_eq!(PrescriptionNumber::drawn_at("R-17"), None);
    /// ```
    pub fn drawn_at(number: &str) -> Option<Timestamp> {
        let id = Uuid::try_parse(number).ok()?;
        let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
        let (seconds, nanoseconds) = (
            i64::try_from(seconds).ok()?,
            i32::try_from(nanoseconds).ok()?,
        );
        let is_of_the_moment = id.get_version_num() == 7;
        let at = Timestamp::new(seconds, nanoseconds).ok();
        at.filter(|_| is_of_the_moment)
    }
}

fn hyphenated(id: Uuid) -> String {
    id.hyphenated().to_string()
}
