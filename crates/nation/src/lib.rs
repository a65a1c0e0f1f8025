//! A synthetic country that behaves like the published one and writes its registry deliveries.
//!
//! [`Nation`] founds places, prescribers and people from a [`NationSpec`] and writes deliveries in the formats of
//! `riktig_lake::delivery`, with the faults that real deliveries have. What was planted stands in `truth.json`
//! ([`truth::Truth`]). [`calibration`] counts the written files again, with code that knows nothing of the simulator,
//! and puts each figure beside the published Norwegian one.
//!
//! How it works: people fall ill by age, sex, season and frailty; they meet their list's doctor, a locum, a colleague
//! or the doctor on duty; the doctor decides by habit; the patient collects or not. A person takes 24 bytes for the
//! whole period and everything else is made month by month from random streams that depend on (seed, month, block of
//! 4,096 people) alone. So the same seed gives the same bytes on any machine, with any number of threads, and memory
//! grows with people, never with months.
//!
//! All identity numbers carry the Tenor mark (month + 80): nobody can have one. Places and names are invented.

pub mod calibration;
mod care;
mod chance;
mod deliver;
mod doctor_months;
mod nation;
mod spec;
mod world;

pub use deliver::truth;
pub use doctor_months::{Chosen, Counts, DoctorMonths, DoctorMonthsSpec};
pub use nation::{Nation, NationError, Progress, Summary};
pub use spec::{NationSpec, SpecError};
