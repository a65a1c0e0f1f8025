//! An answer as cards.

mod card;
mod change;
mod held_back;
mod identity;
mod invariant;
mod markdown;
mod response;
mod suggestion;

pub use card::{
    Action, Card, Indicator, Link, OverrideCoding, SelectionBehavior, Source, Suggestion,
    TopicCoding,
};
pub use identity::Names;
pub use invariant::violations;
pub use response::{CardWords, HookResponse, Shown};
