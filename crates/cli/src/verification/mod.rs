//! Checking that a lake or an edition is still what it says it is.

pub(crate) mod edition;
pub(crate) mod lake;

use sha2::{Digest, Sha256};

/// What was looked at and what was wrong with it.
#[derive(Default)]
pub(crate) struct Findings {
    /// Checks made, by what they look at, in the order they were made.
    pub(crate) checks: Vec<(&'static str, u64)>,
    /// One sentence for each fault.
    pub(crate) faults: Vec<String>,
    /// What is harmless but worth knowing.
    pub(crate) notes: Vec<String>,
}

impl Findings {
    fn check(&mut self, what: &'static str, fault: Option<String>) {
        match self.checks.iter_mut().find(|(name, _)| *name == what) {
            Some((_, count)) => *count += 1,
            None => self.checks.push((what, 1)),
        }
        self.faults.extend(fault);
    }
}

/// SHA-256 of bytes in lowercase hex.
pub(crate) fn sha256_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
