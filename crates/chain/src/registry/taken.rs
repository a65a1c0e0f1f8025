//! What the registry has taken, read again.

use riktig_eresept::signature::Trust;
use riktig_journal::chain::{Link, MessageId, after, bytes};
use riktig_journal::{Journal, JournalError, Reading};

use super::{NotAReport, Reported};

/// Why what was taken cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum TakenError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A report that was taken is none for this program.
    #[error(
        "cannot read the report {id} that was taken; name the authorities whose signatures were believed then"
    )]
    Report {
        /// Which message.
        id: MessageId,
        /// Why.
        source: NotAReport,
    },
}

/// Every report that a registry has taken, in the order in which they came; what it refused is left out.
///
/// # Errors
/// Where the journal cannot be read, or a report that it holds cannot: nothing is left out in silence.
pub async fn taken(
    reading: &mut Reading,
    journal: &Journal,
    trust: &Trust,
) -> Result<Vec<Reported>, TakenError> {
    let (mut reports, mut last) = (Vec::new(), None);
    loop {
        let page = after(reading, Link::Registry, last.as_ref()).await?;
        let Some(end) = page.last().cloned() else {
            return Ok(reports);
        };
        for received in page
            .iter()
            .filter(|one| one.kind == "M10" && one.result == "done")
        {
            let read = bytes(reading, journal, Link::Registry, &received.id).await?;
            let reported = Reported::read(&read.unwrap_or_default(), trust);
            reports.push(reported.map_err(|source| TakenError::Report {
                id: received.id.clone(),
                source,
            })?);
        }
        last = Some(end);
    }
}
