//! Runs the binary and keeps what a person would see.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
    of(&command.output().expect("the binary can be started"))
}

/// Runs a prepared command to its end with something on its standard input.
pub(crate) fn fed(command: &mut Command, input: &str) -> Run {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary can be started");
    let mut standard_input = child.stdin.take().expect("it was asked for");
    standard_input
        .write_all(input.as_bytes())
        .expect("riktig reads all before it answers");
    drop(standard_input);
    of(&child.wait_with_output().expect("the binary ends"))
}

fn of(output: &Output) -> Run {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("riktig prints UTF-8");
    Run {
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
        status: output.status.code().expect("riktig is not killed"),
    }
}
