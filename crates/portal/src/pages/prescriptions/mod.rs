//! A person's prescriptions: one's own and who has looked, a child's or ward's, and a doctor's look-up (decision 0019).

pub(crate) mod list;
pub(crate) mod look_up;
pub(crate) mod looked;
mod names;
pub(crate) mod own;
pub(crate) mod ward;
