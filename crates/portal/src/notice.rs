//! What a mailing says: that a report is there and where it is read. No name, no figure, no finding.

use riktig_journal::mailing::Notice;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

/// The words of a notice in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// The text, with the portal's address in it.
    pub body: String,
}

impl Letter {
    /// The words of a notice; `address` is where people log in, as they see it.
    #[must_use]
    pub fn of(notice: Notice, lang: Lang, address: &str) -> Letter {
        let (subject, body) = match notice {
            Notice::ReportReady => (
                Key("operator-notice-ready-subject"),
                Key("operator-notice-ready-body"),
            ),
            Notice::ReportWaits => (
                Key("operator-notice-waits-subject"),
                Key("operator-notice-waits-body"),
            ),
        };
        Letter {
            subject: lang.say(subject),
            body: lang.fill(body, &[("address", Arg::Text(address))]),
        }
    }
}
