//! No file makes the reader of back-ups panic, and no text the readers of keys and anchors.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_journal::audit::Anchor;
use riktig_journal::backup;
use riktig_journal::identity::Keys;

/// Keys of nobody: a fuzzer cannot sign, and what comes after the signature is little.
const KEYS: &str = "
lookup 1 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
field 1 AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=
anchor 1 AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=
";

fuzz_target!(|bytes: &[u8]| {
    let keys = Keys::parse(KEYS).expect("they are keys");
    let _summary_or_why_not = backup::check(bytes, &keys);
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _keys_or_why_not = Keys::parse(text);
        if let Ok(anchor) = text.parse::<Anchor>() {
            assert_eq!(anchor.to_string().parse(), Ok(anchor));
        }
    }
});
