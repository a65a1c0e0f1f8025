//! No text makes a reader of small values panic: codes, numbers, days, and the values of messages. What is accepted is written, read
//! again, as the same value.
#![no_main]

use std::fmt::Display;
use std::str::FromStr;

use libfuzzer_sys::fuzz_target;
use riktig_codes::fest::Validity;
use riktig_codes::{
    Age, AgeBand, Day, DiagnosisCode, HprNumber, Icd10Code, Icpc2Code, Month, MonthRange,
    MunicipalityNumber, OrganisationNumber, Route, Sex,
};
use riktig_eresept::{Decimal, MessageId, Moment};

fuzz_target!(|text: &str| {
    again::<Day>(text);
    again::<Month>(text);
    again::<MonthRange>(text);
    again::<Icpc2Code>(text);
    again::<Icd10Code>(text);
    again::<MunicipalityNumber>(text);
    again::<OrganisationNumber>(text);
    again::<HprNumber>(text);
    again::<AgeBand>(text);
    let _ = (
        text.parse::<Age>(),
        text.parse::<Sex>(),
        text.parse::<Route>(),
    );
    let _ = text.parse::<Validity>();
    for system in [
        DiagnosisCode::ICPC2,
        DiagnosisCode::ICPC2B,
        DiagnosisCode::ICD10,
    ] {
        let _ = DiagnosisCode::read(system, text);
    }
    let _ = (
        Decimal::parse(text),
        MessageId::parse(text),
        Moment::parse(text),
    );
});

fn again<T: FromStr + Display + PartialEq>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let written = value.to_string();
        let read = written.parse::<T>();
        assert!(
            read.is_ok_and(|read| read == value),
            "{text:?} is written as {written:?}"
        );
    }
}
