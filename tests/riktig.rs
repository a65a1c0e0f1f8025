//! Runs the binary and keeps what a person would see.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

/// What one run printed and how it ended.
pub(crate) struct Run {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) status: i32,
}

impl Run {
    /// Both streams and the status, as a snapshot shows them.
    pub(crate) fn seen(&self) -> String {
        format!(
            "status: {}\n--- stdout ---\n{}--- stderr ---\n{}",
            self.status, self.stdout, self.stderr
        )
    }

    /// Fails the test with everything that was printed unless the run ended well.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.status, 0, "{}", self.seen());
        self
    }

    /// Fails the test unless the run ended with status 1 and a sentence that begins with `error:`.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        assert_eq!(self.status, 1, "{}", self.seen());
        assert!(self.stderr.starts_with("error: "), "{}", self.seen());
        self
    }
}

/// The binary with its arguments, ready to be changed further; no input, no colour, no memory of the caller's settings.
pub(crate) fn command<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_riktig"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    command
        .env("NO_COLOR", "1")
        .env_remove("RUST_BACKTRACE")
        .env_remove("RUST_LIB_BACKTRACE");
    command
}

/// Runs `riktig ARGUMENTS` with `folder` as the current folder.
pub(crate) fn riktig<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Run {
    run(&mut command(folder, arguments))
}

/// Runs a prepared command to its end.
pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the binary can be started");
    Run {
        stdout: String::from_utf8(output.stdout).expect("riktig prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("riktig prints UTF-8"),
        status: output.status.code().expect("riktig is not killed"),
    }
}
