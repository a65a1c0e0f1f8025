//! No text makes the reader of patient contexts panic, and no patient who can be written makes the guideline panic, or say more than
//! three things.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use riktig_guideline::{ContextDocument, Guideline};

static GUIDELINE: LazyLock<&Guideline> = LazyLock::new(Guideline::shipped);

fuzz_target!(|text: &str| {
    let document = match serde_json::from_str::<ContextDocument>(text) {
        Ok(document) => document,
        Err(_) => match toml::from_str(text) {
            Ok(document) => document,
            Err(_) => return,
        },
    };
    let Ok(patient) = document.read(GUIDELINE.findings()) else {
        return;
    };
    let answer = GUIDELINE.advise(&patient);
    assert!(answer.advice.len() <= 3);
    assert_eq!(
        GUIDELINE.advise(&patient),
        answer,
        "the same patient, the same answer"
    );
});
