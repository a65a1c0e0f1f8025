//! What may be used once.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;

/// The name of something that may be used once: a digest, so that it has one length and tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark([u8; 32]);

impl Mark {
    /// Of a thing (`kind`) made by somebody (`maker`: an issuer, a key) under a name (`jti`).
    #[must_use]
    pub fn new(kind: &str, maker: &str, name: &str) -> Self {
        let mut text = Vec::new();
        for part in [kind, maker, name] {
            text.extend_from_slice(&(part.len() as u64).to_be_bytes());
            text.extend_from_slice(part.as_bytes());
        }
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest(&SHA256, &text).as_ref());
        Self(bytes)
    }

    /// The digest, to be stored.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The memory of what has been used cannot say whether this is the first time. What cannot be told is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// More was used in a short time than is remembered.
    #[error("more proofs came in a short time than are remembered")]
    Full,
    /// The place where it is kept gives no answer.
    #[error("the memory of used proofs gives no answer")]
    Unavailable,
}

/// The answer to [`Replay::first_time`], when it comes.
pub type FirstTime<'a> = Pin<Box<dyn Future<Output = Result<bool, ReplayError>> + Send + 'a>>;

/// A memory of what has been used. One process keeps it in [`Memory`]; several servers that answer for one another
/// share one, for example in the journal's database.
pub trait Replay: Send + Sync {
    /// Notes that the thing is used, until it would be refused for its age anyway; `true` the first time.
    ///
    /// Two that ask at once for the same mark: one of them is told `true`.
    fn first_time(&self, mark: Mark, until: Timestamp, now: Timestamp) -> FirstTime<'_>;
}

/// A memory within this process.
#[derive(Debug, Default)]
pub struct Memory {
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    until: BTreeMap<Mark, Timestamp>,
    oldest_first: BTreeSet<(Timestamp, Mark)>,
}

/// Marks that are remembered, some 40 MB of them at most. A call for advice is signed anew each time, and its token remembered for its five
/// minutes and the skew: that is 780 calls a second. Proofs are remembered for little more than a minute.
const CAPACITY: usize = 250_000;

impl Memory {
    /// The same as [`Replay::first_time`], at once.
    ///
    /// # Errors
    /// [`ReplayError::Full`] rather than to forget something that could still be used again.
    pub fn note(&self, mark: Mark, until: Timestamp, now: Timestamp) -> Result<bool, ReplayError> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.forget_before(now);
        if used.until.contains_key(&mark) {
            return Ok(false);
        }
        if used.until.len() >= CAPACITY {
            return Err(ReplayError::Full);
        }
        used.until.insert(mark, until);
        used.oldest_first.insert((until, mark));
        Ok(true)
    }
}

impl Used {
    fn forget_before(&mut self, now: Timestamp) {
        while let Some(&(until, mark)) = self.oldest_first.first()
            && until < now
        {
            self.oldest_first.pop_first();
            self.until.remove(&mark);
        }
    }
}

impl Replay for Memory {
    fn first_time(&self, mark: Mark, until: Timestamp, now: Timestamp) -> FirstTime<'_> {
        let answer = self.note(mark, until, now);
        Box::pin(std::future::ready(answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_mark_counts_once_until_it_is_too_old_anyway() {
        let memory = Memory::default();
        let mark = Mark::new("proof", "key", "one");
        assert_eq!(memory.note(mark, at(60), at(0)), Ok(true));
        assert_eq!(memory.note(mark, at(60), at(60)), Ok(false));
        assert_eq!(memory.note(mark, at(121), at(61)), Ok(true));
    }

    #[test]
    fn kind_maker_and_name_cannot_be_shifted_into_each_other() {
        assert_ne!(Mark::new("a", "bc", "d"), Mark::new("a", "b", "cd"));
        assert_ne!(Mark::new("ab", "c", "d"), Mark::new("a", "bc", "d"));
    }

    #[test]
    fn a_full_memory_refuses_and_never_forgets_what_still_counts() {
        let memory = Memory::default();
        let mark = |number: usize| Mark::new("proof", "key", &number.to_string());
        for number in 0..CAPACITY {
            assert_eq!(memory.note(mark(number), at(60), at(0)), Ok(true));
        }
        assert_eq!(
            memory.note(mark(CAPACITY), at(60), at(1)),
            Err(ReplayError::Full)
        );
        assert_eq!(memory.note(mark(0), at(60), at(1)), Ok(false));
        assert_eq!(memory.note(mark(CAPACITY), at(121), at(61)), Ok(true));
    }

    proptest! {
        /// Beside a list that is never cleaned.
        #[test]
        fn it_answers_as_an_endless_list_would(asked in prop::collection::vec((0u8..6, 0i64..30, 0i64..20), 1..60)) {
            let memory = Memory::default();
            let (mut list, mut now) = (Vec::<(u8, i64)>::new(), 0);
            for (name, life, pause) in asked {
                now += pause;
                let seen = list.iter().any(|(used, until)| *used == name && *until >= now);
                let first = memory.note(Mark::new("", "", &name.to_string()), at(now + life), at(now));
                prop_assert_eq!(first, Ok(!seen));
                if !seen { list.push((name, now + life)); }
            }
        }
    }
}
