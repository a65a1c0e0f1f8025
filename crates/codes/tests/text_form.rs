//! How checked values appear in JSON and TOML: as their text, read through the same checks.

use riktig_codes::*;

fn round_trip<T>(text: &str)
where
    T: serde::Serialize
        + serde::de::DeserializeOwned
        + std::str::FromStr<Err = CodeError>
        + PartialEq
        + std::fmt::Debug,
{
    let value: T = text.parse().unwrap();
    let json = serde_json::to_string(&value).unwrap();
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), value);
    let refusal = serde_json::from_str::<T>("\"?\"").unwrap_err().to_string();
    assert!(refusal.contains("cannot read \"?\""), "{refusal}");
}

#[test]
fn every_type_is_its_text_and_a_wrong_text_is_refused() {
    round_trip::<Age>("42");
    round_trip::<AgeBand>("80+");
    round_trip::<AtcCode>("J01CE");
    round_trip::<Day>("2024-02-29");
    round_trip::<HprNumber>("9144897");
    round_trip::<Icd10Code>("N300");
    round_trip::<Icpc2Code>("R991");
    round_trip::<Month>("2024-01");
    round_trip::<MonthRange>("2024-01..2024-12");
    round_trip::<MunicipalityNumber>("0301");
    round_trip::<OrganisationNumber>("974760673");
    round_trip::<Route>("oral");
    round_trip::<Sex>("female");
}

#[test]
fn values_serve_as_keys_of_maps() {
    let map = std::collections::BTreeMap::from([("2024-01".parse::<Month>().unwrap(), 1)]);
    let json = serde_json::to_string(&map).unwrap();
    assert_eq!(json, r#"{"2024-01":1}"#);
    assert_eq!(
        serde_json::from_str::<std::collections::BTreeMap<Month, i32>>(&json).unwrap(),
        map
    );
}

#[test]
fn text_with_escapes_is_read_like_any_other() {
    assert_eq!(
        serde_json::from_str::<Route>(r#""\u006fral""#).unwrap(),
        Route::Oral
    );
}
