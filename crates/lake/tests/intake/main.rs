//! Deliveries go into a lake: whole or not at all.

mod advice;
mod bad_input;
mod corrections;
mod foreign_source;
mod hardened;
mod interrupted;
mod krav;
mod prescriptions;
mod refusals;
mod taking_in;
mod unfit_values;
mod world;
