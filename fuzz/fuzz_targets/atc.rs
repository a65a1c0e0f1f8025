//! Whatever is accepted as an ATC code is written back unchanged and lies within each of its own groups.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_codes::AtcCode;

fuzz_target!(|bytes: &[u8]| {
    let Ok(code) = AtcCode::parse_bytes(bytes) else {
        return;
    };
    assert_eq!(code.as_str().as_bytes(), bytes);
    for level in 1..=code.level() {
        let group = code
            .at_level(level)
            .expect("a code has a group at each level above its own");
        assert!(code.is_within(group));
    }
});
