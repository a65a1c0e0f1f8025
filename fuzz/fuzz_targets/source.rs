//! No text makes the reader of source descriptions panic.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use riktig_lake::source::Source;

fuzz_target!(|text: &str| {
    let _description_or_why_not = Source::parse(text, Path::new("SOURCE.toml"));
});
