//! The log: one line an event on standard error, without a person in it.

use std::io;

use riktig_portal::config::Log;
use tracing_subscriber::EnvFilter;

/// Begins to log as configured.
pub(crate) fn begin(log: &Log) {
    let filter = EnvFilter::new(log.filter());
    let to = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    // Set already where a test logs: then that one stands.
    let _ = if log.json {
        to.json()
            .flatten_event(true)
            .with_current_span(false)
            .try_init()
    } else {
        to.with_ansi(false).try_init()
    };
}
