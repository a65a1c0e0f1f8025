//! The log of who did what (innsynslogg): append-only, each line bound to the one before by a hash.
//!
//! A line tells the act, its basis, what it was about, the moment, the result and the request. Who did it and about whom
//! stands beside the line, in rows that can be erased; the line itself holds a salted hash of each, so that the chain
//! stays whole when a name must go. Format and a worked example: `docs/reference/journal.md`.

mod anchor;
mod chain;
mod entry;
mod own;
#[cfg(test)]
mod tests;
mod verify;

use crate::store::statements;

pub use anchor::{Anchor, AnchorError, anchor};
pub(crate) use chain::{End, Lines, append};
pub(crate) use entry::{Entry, Party};
#[cfg(test)]
pub(crate) use own::STATEMENTS as OF_OWN;
pub use own::{By, LINES_ON_A_PAGE, LogLine, LogPage, about_oneself, done_by_oneself};
#[cfg(test)]
pub(crate) use verify::STATEMENTS as OF_VERIFY;
pub use verify::{Break, Verified, VerifyError, verify};
pub(crate) use verify::{Gone, walk};

statements! {
    /// The last line.
    HEAD: Select = "SELECT line, hash FROM audit ORDER BY line DESC LIMIT 1";
    /// A line.
    LINE: Change = "INSERT INTO audit (line, previous, at, actor, act, basis, subject, kind, object, result, request, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Who did it.
    ACTOR: Change = "INSERT INTO audit_actor (line, salt, verb, person, hpr, organisation) VALUES ($1, $2, $3, $4, $5, $6)";
    /// About whom.
    SUBJECT: Change = "INSERT INTO audit_subject (line, salt, verb, person, hpr, organisation) VALUES ($1, $2, $3, $4, $5, $6)";
}
