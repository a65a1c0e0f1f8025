//! How an error reaches a person: what failed, why, and what to do about it.
//!
//! ```text
//! error: cannot take in "kpr-2024-03.csv"
//!   because: line 1204 has 12 columns, the header has 13
//! hint: ask the sender for a whole file; nothing was changed in the lake
//! ```

use std::error::Error;
use std::fmt;
use std::io;
use std::process::ExitCode;

use riktig_journal::JournalError;
use riktig_lake::edition::{BuildError, EditionError, PublicationError};
use riktig_lake::intake::IntakeError;
use riktig_lake::kernel::KernelError;
use riktig_lake::source::SourceError;
use riktig_lake::store::StoreError;
use riktig_portal::config::ConfigError;
use riktig_portal::{OpenError, ServeError};

/// An error with advice; shows itself exactly as the error that it carries.
#[derive(Debug)]
struct Hinted {
    error: anyhow::Error,
    hint: String,
}

impl fmt::Display for Hinted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for Hinted {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// Gives an error the sentence that says what a person can do.
pub(crate) trait Hint<T> {
    /// The hint is made only when there is an error. The innermost hint is the one shown: it is nearest to the cause.
    fn hint(self, hint: impl FnOnce() -> String) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Hint<T> for Result<T, E> {
    fn hint(self, hint: impl FnOnce() -> String) -> anyhow::Result<T> {
        self.map_err(|error| {
            anyhow::Error::new(Hinted {
                error: error.into(),
                hint: hint(),
            })
        })
    }
}

/// A new error with advice.
pub(crate) fn advise(error: impl fmt::Display, hint: impl fmt::Display) -> anyhow::Error {
    anyhow::Error::new(Hinted {
        error: anyhow::anyhow!("{error}"),
        hint: hint.to_string(),
    })
}

/// Writes the error for a person and says how the process ends.
///
/// A reader of our output that went away (`riktig … | head`) is no failure.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    eprint!("{}", text(error));
    ExitCode::FAILURE
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn text(error: &anyhow::Error) -> String {
    let mut text = format!("error: {error}\n");
    for cause in error.chain().skip(1) {
        text.push_str(&format!("  because: {cause}\n"));
    }
    if let Some(hint) = hint_of(error) {
        text.push_str(&format!("hint: {hint}\n"));
    }
    text
}

fn hint_of(error: &anyhow::Error) -> Option<String> {
    error.chain().filter_map(own_hint).last()
}

fn own_hint(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(hinted) = error.downcast_ref::<Hinted>() {
        // The carried error may have been given a hint before it was wrapped.
        return Some(hint_of(&hinted.error).unwrap_or_else(|| hinted.hint.clone()));
    }
    library_hint(error)
}

/// Advice that an error of a library brings itself.
fn library_hint(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<IntakeError>() {
        return Some(error.hint()).filter(|hint| !hint.is_empty());
    }
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        return Some(error.hint());
    }
    let hint = if let Some(error) = error.downcast_ref::<EditionError>() {
        error.hint()
    } else if let Some(error) = error.downcast_ref::<JournalError>() {
        error.hint()
    } else if let Some(error) = error.downcast_ref::<OpenError>() {
        Some(error.hint())
    } else if let Some(error) = error.downcast_ref::<ServeError>() {
        Some(error.hint())
    } else if let Some(error) = error.downcast_ref::<BuildError>() {
        error.hint()
    } else if let Some(error) = error.downcast_ref::<PublicationError>() {
        error.hint()
    } else if let Some(error) = error.downcast_ref::<KernelError>() {
        error.hint()
    } else if let Some(error) = error.downcast_ref::<SourceError>() {
        Some(error.hint())
    } else {
        error.downcast_ref::<StoreError>()?.hint()
    };
    hint.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    use super::*;

    fn failing() -> Result<(), io::Error> {
        Err(io::Error::other("disk is full"))
    }

    #[test]
    fn the_chain_is_told_once_and_the_hint_last() {
        let result: anyhow::Result<()> = failing()
            .context("cannot write \"a\"")
            .hint(|| "make room".into())
            .context("cannot build");
        assert_eq!(
            text(&result.unwrap_err()),
            "error: cannot build\n  because: cannot write \"a\"\n  because: disk is full\nhint: make room\n"
        );
    }

    #[test]
    fn the_hint_nearest_to_the_cause_wins() {
        let result = failing().hint(|| "inner".into()).hint(|| "outer".into());
        assert!(text(&result.unwrap_err()).ends_with("hint: inner\n"));
    }

    #[test]
    fn a_reader_that_left_is_no_failure() {
        let gone =
            anyhow::Error::new(io::Error::from(io::ErrorKind::BrokenPipe)).context("cannot print");
        assert!(is_broken_pipe(&gone));
    }
}
