//! No bytes make the reader of identity numbers panic, and no number it accepts is ever printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_codes::NationalId;

fuzz_target!(|bytes: &[u8]| {
    let outcome = NationalId::parse_bytes(bytes);
    assert!(!format!("{outcome:?}").contains(|c: char| c.is_ascii_digit()));
    let Some(number) = outcome.ok().and_then(|read| read.known()) else {
        return;
    };
    assert_eq!(number.reveal_digits().as_slice(), bytes);
    assert_eq!(number.sex().is_some(), number.birth_date().is_some());
});
