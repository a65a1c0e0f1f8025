//! Checking that a lake or an edition is still what it says it is.

pub(crate) mod edition;
pub(crate) mod journal;
pub(crate) mod lake;

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
