//! Whole-binary tests: what a person does with `riktig`, and what they see.
//!
//! One program for all of them, so that it is linked once. Each file is a person; each test is something that person does.

mod advised;
mod bad_input;
mod certifier;
mod clinician;
mod country;
mod course;
mod dispenser;
mod doctor;
mod english_practices;
mod keeper;
mod measuring;
mod newcomer;
mod operator;
mod prescriptions;
mod publisher;
mod riktig;
mod statistician;
mod vendor;
mod visitor;
