//! What happens in a month: illness, contacts, prescriptions, dispensings.

pub(crate) mod ballast;
mod complications;
pub(crate) mod conditions;
pub(crate) mod events;
pub(crate) mod month;
pub(crate) mod prescribing;
pub(crate) mod products;
pub(crate) mod regimens;
pub(crate) mod season;
