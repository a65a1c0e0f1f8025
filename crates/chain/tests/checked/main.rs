//! A message in a file is told the code that the live roles refuse it with: each is sent to them, too.

mod prescription;
mod report;
mod world;
