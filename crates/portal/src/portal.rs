//! What every request shares.

use std::sync::Arc;

use jiff::Timestamp;

use crate::shelf::Shelf;

/// What a portal is made of.
pub struct Parts {
    /// The editions that may be read.
    pub shelf: Shelf,
    /// Tells the moment; a test gives one that stands still.
    pub clock: fn() -> Timestamp,
}

/// What every request shares; cheap to clone.
#[derive(Clone)]
pub struct Portal(Arc<Parts>);

impl Portal {
    /// A portal of these parts; [`Portal::router`] makes it answer.
    #[must_use]
    pub fn new(parts: Parts) -> Portal {
        Portal(Arc::new(parts))
    }

    /// The moment of this request.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    /// The open editions.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }
}
