//! No body makes the reader of prescriptions in FHIR panic; and an order that was understood whole is written, read again, as the same
//! order, understood whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktig_fhir::prescribing::Read;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let Ok(resource) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    let Ok(read) = Read::of(&resource, |_| Some(&resource)) else {
        return;
    };
    let base = "https://riktig.example.no";
    let written = [read.order.request(base), read.order.statement(base)];
    for again in written.iter().flatten() {
        let again = Read::of(again, |_| None).expect("what is written is an order");
        assert_eq!(again.unread, Vec::<&str>::new(), "of {:?}", read.order);
        if read.unread.is_empty() {
            assert_eq!(again.order, read.order);
        }
    }
});
