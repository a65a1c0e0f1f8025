//! The small values that every message is made of.

mod coded;
mod decimal;
mod ident;
mod message_id;
mod moment;
mod quantity;
mod withheld;

pub use coded::{Coded, system};
pub use decimal::Decimal;
pub use ident::{Ident, PersonNumber};
pub use message_id::MessageId;
pub use moment::Moment;
pub use quantity::Quantity;
pub use withheld::Withheld;
