//! Why a change was not made, and the checks that every noun shares.

use riktig_codes::HprNumber;

use crate::policy::{About, Act, Basis, Permit};
use crate::store::JournalError;

/// Why a change was not made. Dropping the [`Acting`](crate::Acting) takes its line back.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Somebody changed it meanwhile: the version that stands now. Never tried again in silence.
    #[error("cannot change it: version {current} stands there now")]
    Conflict {
        /// The version that stands.
        current: i64,
    },
    /// What is to be changed is not there.
    #[error("cannot change {of}: it is not there")]
    NotThere {
        /// What.
        of: &'static str,
    },
    /// A value is not in the allowed form.
    #[error("cannot use this as {field}: {rule}")]
    Invalid {
        /// Which value.
        field: &'static str,
        /// What is allowed.
        rule: &'static str,
    },
    /// The permit is for something else: a fault of the program.
    #[error("cannot change it upon a permit to {}", act.word())]
    OtherPermit {
        /// What the permit is for.
        act: Act,
    },
    /// The journal could not do it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// What a permit for one of these acts is about.
pub(crate) fn about<'a>(permit: &'a Permit, acts: &[Act]) -> Result<&'a About, ChangeError> {
    if acts.contains(&permit.act()) {
        Ok(permit.about())
    } else {
        Err(other(permit))
    }
}

/// Whose own it is, where the permit is for what is one's own.
pub(crate) fn own(permit: &Permit) -> Result<HprNumber, ChangeError> {
    let own = (permit.basis() == Basis::Oneself).then(|| permit.about().prescriber());
    own.flatten().ok_or_else(|| other(permit))
}

/// The permit is not what the change needs.
pub(crate) fn other(permit: &Permit) -> ChangeError {
    ChangeError::OtherPermit { act: permit.act() }
}

/// Most characters of a line: a title, a place, a name.
pub(crate) const LINE_LENGTH: usize = 200;
/// Most characters of a text: a plan, a reason.
pub(crate) const TEXT_LENGTH: usize = 4_000;

/// A line that somebody wrote: trimmed, not empty, without control characters.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String, ChangeError> {
    let text = text.trim();
    let fits = (1..=LINE_LENGTH).contains(&text.chars().count());
    if fits && !text.chars().any(char::is_control) {
        return Ok(text.to_owned());
    }
    let rule = "one line of 1 to 200 characters";
    Err(ChangeError::Invalid { field, rule })
}

/// A text that somebody wrote, possibly empty: trimmed, with no control characters but ends of lines.
pub(crate) fn text(field: &'static str, text: &str) -> Result<String, ChangeError> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    let fits = text.chars().count() <= TEXT_LENGTH;
    if fits && !text.chars().any(|c| c.is_control() && c != '\n') {
        return Ok(text.to_owned());
    }
    let rule = "at most 4,000 characters";
    Err(ChangeError::Invalid { field, rule })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_trimmed_and_bounded_and_texts_keep_their_line_ends() {
        assert_eq!(line("a title", "  Møte 1 ").ok().as_deref(), Some("Møte 1"));
        for bad in ["", "  ", "a\nb", "a\0b", &"x".repeat(201)] {
            assert!(line("a title", bad).is_err(), "{bad:?}");
        }
        assert_eq!(text("a plan", "a\r\nb\n").ok().as_deref(), Some("a\nb"));
        assert!(text("a plan", &"æ".repeat(4_000)).is_ok());
        assert!(text("a plan", &"æ".repeat(4_001)).is_err());
    }
}
