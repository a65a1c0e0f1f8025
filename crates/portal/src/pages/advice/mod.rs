//! The operator's pages about advice in doctors' own systems: what must be read again, what is switched off, how rules were
//! met, and who may ask and is shown the answers.

mod client;
pub(crate) mod clients;
pub(crate) mod show;
pub(crate) mod showing;
pub(crate) mod switch;
mod table;
