//! The release build that the commands of README.md begin with, made with what the tests leave of the processor.
//!
//! Tests wait for disks, databases and each other; from nothing this is worth several minutes. The build has the lowest priority, and a
//! folder and a lock of its own.

use std::process::{Child, Command, Stdio};

use crate::workspace;

/// A build under way; ended when it is dropped.
pub(crate) struct ReleaseBuild(Option<Child>);

impl ReleaseBuild {
    /// Begins it where there is `nice`; elsewhere the first command builds, as it does for a reader.
    pub(crate) fn begin() -> Self {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let build = Command::new("nice")
            .args(["-n", "19"])
            .arg(cargo)
            .args(["build", "--release", "--quiet"])
            .current_dir(workspace::root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(build.ok())
    }

    /// Waits for its end. What went wrong is told by the first command that needs it.
    pub(crate) fn finish(mut self) {
        if let Some(mut build) = self.0.take() {
            let _told_later = build.wait();
        }
    }
}

impl Drop for ReleaseBuild {
    fn drop(&mut self) {
        if let Some(build) = &mut self.0 {
            let _ended_already = build.kill();
            let _ended_already = build.wait();
        }
    }
}
