//! Pages of the prescription chain (decision 0016): prescribing. They are there where the portal has a key to sign with (`[chain]`).

mod advised;
mod asked;
mod draft;
pub(crate) mod filled;
mod meant;
mod offered;
pub(crate) mod own;
pub(crate) mod prescribe;
mod renewed;
pub(crate) mod send;
mod told;

pub(crate) use draft::last_day;
