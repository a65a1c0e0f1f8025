//! The log: one line an event on standard error, without a person in it.

use std::io;

use riktig_portal::config::Log;
use tracing_subscriber::EnvFilter;

/// Begins to log as configured. Libraries under ours speak of what goes wrong only: their finer words may repeat what
/// came over the network.
pub(crate) fn begin(log: &Log) {
    let ours = [
        "riktig",
        "riktig_portal",
        "riktig_journal",
        "riktig_helseid",
    ]
    .map(|room| format!("{room}={}", log.level))
    .join(",");
    let filter = EnvFilter::new(format!("warn,{ours}"));
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
