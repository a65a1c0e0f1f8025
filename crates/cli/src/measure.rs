//! What a run cost, read from the kernel's own account of this process (Linux only).
//!
//! A process measures itself at its end, threads and all; the benchmark that started it reads the file. That needs no
//! sampling, no second process and no unsafe call.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// `utime` and `stime` are counted in hundredths of a second on every Linux (`USER_HZ`).
pub(crate) const TICKS_PER_SECOND: f64 = 100.0;

/// The cost of one process from start to now.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) seconds: f64,
    /// Seconds of all threads in user code and in the kernel, to a hundredth.
    pub(crate) cpu_seconds: f64,
    /// The most memory that was resident at once, in bytes.
    pub(crate) peak_memory_bytes: u64,
    /// Bytes asked for by read calls, from disk or from the page cache.
    pub(crate) read_bytes: u64,
    /// Bytes handed to write calls.
    pub(crate) written_bytes: u64,
}

impl Cost {
    /// Reads the account of this process.
    ///
    /// # Errors
    /// Where `/proc` is missing or not as documented in proc(5).
    pub(crate) fn of_this_process(elapsed: Duration) -> Result<Self> {
        Self::of("self", elapsed)
    }

    /// Reads the account of another process of the same user.
    ///
    /// # Errors
    /// As [`Cost::of_this_process`], and when there is no such process.
    pub(crate) fn of_process(id: u32, elapsed: Duration) -> Result<Self> {
        Self::of(&id.to_string(), elapsed)
    }

    fn of(process: &str, elapsed: Duration) -> Result<Self> {
        let folder = Path::new("/proc").join(process);
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read_to_string(&path)
                .with_context(|| format!("cannot read {}", path.display()))
        };
        let (stat, status, io) = (read("stat")?, read("status")?, read("io")?);
        Ok(Cost {
            seconds: elapsed.as_secs_f64(),
            cpu_seconds: cpu_ticks(&stat).context("cannot understand /proc/PID/stat")? as f64
                / TICKS_PER_SECOND,
            peak_memory_bytes: field(&status, "VmHWM:").context("no VmHWM in /proc/PID/status")?
                * 1024,
            read_bytes: field(&io, "rchar:").context("no rchar in /proc/PID/io")?,
            written_bytes: field(&io, "wchar:").context("no wchar in /proc/PID/io")?,
        })
    }
}

/// Fields 14 and 15, counted after the command's name, which may itself hold spaces and brackets.
fn cpu_ticks(stat: &str) -> Option<u64> {
    let mut after_name = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let user: u64 = after_name.next()?.parse().ok()?;
    let system: u64 = after_name.next()?.parse().ok()?;
    Some(user + system)
}

fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_name_with_brackets_does_not_shift_the_fields() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 1";
        assert_eq!(cpu_ticks(stat), Some(300));
    }

    #[test]
    fn this_process_has_used_memory() {
        let cost = Cost::of_this_process(Duration::from_secs(1)).unwrap();
        assert!(cost.peak_memory_bytes > 100_000 && cost.read_bytes > 0);
    }
}
