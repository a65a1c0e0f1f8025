//! Builds, checks, benches.
fn main() {}
