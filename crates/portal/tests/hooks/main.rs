//! Systems that ask for advice, at a portal that listens: what they are told, what they are refused, what is noted of it.

mod calls;
mod clients;
mod examples;
mod feedback;
mod fest;
mod knowledge;
mod refusals;
mod showing;
mod switches;
mod wire;
mod world;
