//! No bytes make the CSV reader panic or hand out a row wider than its limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_lake::delivery::{CsvReader, Fields, MOST_COLUMNS};

fuzz_target!(|bytes: &[u8]| {
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
