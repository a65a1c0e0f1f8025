//! No text makes a reader of what clinicians and operators edit panic: the guideline's files, indicators, an intermediary's policy,
//! code lists and an intermediary's registers.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use riktig_chain::Register;
use riktig_codes::{CodeLists, Day};
use riktig_eresept::control::Policy;
use riktig_guideline::safety::SafetyTables;
use riktig_guideline::{FINDINGS, Findings, Guideline, SAFETY};
use riktig_indicators::Definition;

static VOCABULARY: LazyLock<Findings> =
    LazyLock::new(|| Findings::from_toml(FINDINGS).expect("the shipped one"));

fuzz_target!(|text: &str| {
    let _ = Findings::from_toml(text);
    let _ = SafetyTables::from_toml(text, &VOCABULARY);
    let is_toml = toml::from_str::<toml::Table>(text).is_ok(); // the vocabulary is read each time: not for nothing
    if is_toml
        && let Ok(guideline) = Guideline::from_files(FINDINGS, SAFETY, [("topic.toml", text)])
    {
        let _ = guideline.check(Day::from_epoch_days(20_000));
        let _ = guideline.with_dangers(text);
    }
    let _ = Definition::parse("indicator.toml", text);
    let _ = Policy::parse("policy.toml", text);
    let _ = CodeLists::default().with_icpc2(text);
    let _ = CodeLists::default().with_icd10(text);
    let _ = Register::default().with_prescribers(text);
    let _ = Register::default().with_pharmacies(text);
});
