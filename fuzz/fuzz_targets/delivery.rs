//! No file makes an intake's readers (CSV, Parquet, Behandlerkrav) panic.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("written");
    let _rows_or_why_not = riktig_lake::intake::count_rows(file.path(), None);
});
