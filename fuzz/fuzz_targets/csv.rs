//! No bytes make the readers of preambles and of CSV panic or hand out a row wider than its limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_lake::delivery::{CsvReader, Fields, Header, MOST_COLUMNS};

fuzz_target!(|bytes: &[u8]| {
    if let Some(line) = bytes.split(|byte| *byte == b'\n').next() {
        let _header_or_why_not = Header::parse(&String::from_utf8_lossy(line));
    }
    let Ok(mut reader) = CsvReader::new(bytes, b';', false) else {
        return;
    };
    let mut fields = Fields::default();
    while let Ok(Some(count)) = reader.next_row(&mut fields) {
        assert!(count <= MOST_COLUMNS);
        for at in 0..count {
            assert!(std::str::from_utf8(reader.field(&fields, at)).is_ok());
        }
    }
});
