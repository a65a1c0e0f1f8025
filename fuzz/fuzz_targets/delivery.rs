//! No file makes an intake's readers (CSV, Parquet, Behandlerkrav) panic, described by a source or by itself.
#![no_main]

use std::io::Write;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use riktig_lake::source::Source;

/// A file without a preamble, as another country has it.
static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    let text = include_str!("../../content/sources/nhs-england.toml");
    Source::parse(text, Path::new("nhs-england.toml")).expect("the shipped description")
});

fuzz_target!(
    init: riktig_fuzz::let_panics_be_caught(),
    |bytes: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("written");
        let _rows_or_why_not = riktig_lake::intake::count_rows(file.path(), None);
        let _rows_or_why_not = riktig_lake::intake::count_rows(file.path(), Some(&SOURCE));
    }
);
