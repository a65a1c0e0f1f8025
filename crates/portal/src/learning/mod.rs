//! E-learning: modules with a short test, read from `content/learning`, and when a course is fulfilled.
//!
//! It stands in the portal because nothing else shows or scores it: an edition, a report and a delivery know of no module.
//! The format: `docs/reference/learning.md`.

mod fulfilment;
mod module;
mod read;

use std::sync::LazyLock;

use riktig_codes::Day;

pub use fulfilment::{Fulfilled, Missing, Passed, fulfilment};
pub use module::{Answer, Line, Module, Question, Score, Section, Source};
pub use read::{BadModule, read};

/// Name and text of every shipped file.
pub const SHIPPED_FILES: [(&str, &str); 3] = [
    (
        "airways.toml",
        include_str!("../../../../content/learning/airways.toml"),
    ),
    (
        "urinary.toml",
        include_str!("../../../../content/learning/urinary.toml"),
    ),
    (
        "choice.toml",
        include_str!("../../../../content/learning/choice.toml"),
    ),
];

static SHIPPED: LazyLock<Vec<Module>> = LazyLock::new(|| {
    let files = SHIPPED_FILES.iter();
    files
        .map(|(_, text)| read(text).expect("a test reads every shipped module"))
        .collect()
});

/// Every shipped module, valid or not.
#[must_use]
pub fn shipped() -> &'static [Module] {
    &SHIPPED
}

/// The modules that may be shown on a day, in their order.
pub fn valid_on(day: Day) -> impl Iterator<Item = &'static Module> {
    shipped()
        .iter()
        .filter(move |module| module.is_valid_on(day))
}
