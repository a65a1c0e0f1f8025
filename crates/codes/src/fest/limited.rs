//! A reader that gives up instead of letting one XML event fill the memory.

use std::io::{self, BufRead, Read};

/// Counts the bytes taken since the last [`restart`](Self::restart) and fails beyond the limit.
#[derive(Debug)]
pub(super) struct Limited<R> {
    inner: R,
    taken: usize,
    limit: usize,
}

/// What the failure carries, so that it can be told from a failure of the disk.
#[derive(Debug, thiserror::Error)]
#[error("one XML event is too large")]
pub(super) struct EventTooLarge;

impl<R> Limited<R> {
    pub(super) fn new(inner: R, limit: usize) -> Self {
        Self {
            inner,
            taken: 0,
            limit,
        }
    }

    pub(super) fn restart(&mut self) {
        self.taken = 0;
    }
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let length = available.len().min(buffer.len());
        buffer[..length].copy_from_slice(&available[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Limited<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > self.limit {
            return Err(io::Error::other(EventTooLarge));
        }
        // A source that is one large slice must not slip past the limit in one piece.
        let available = self.inner.fill_buf()?;
        Ok(&available[..available.len().min(self.limit + 1)])
    }

    fn consume(&mut self, amount: usize) {
        self.taken += amount;
        self.inner.consume(amount);
    }
}
