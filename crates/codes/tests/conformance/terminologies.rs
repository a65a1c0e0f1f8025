//! Published code lists.

use riktig_codes::{Codebook, Icd10Code, Icpc2Code};

use crate::shared_text;

fn published_codes(path: &str) -> Option<Vec<String>> {
    let list: serde_json::Value = serde_json::from_str(&shared_text(path)?).unwrap();
    Some(
        list.as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["code"].as_str().unwrap().to_owned())
            .collect(),
    )
}

#[test]
fn every_norwegian_icpc_2_code_is_read_and_written_back() {
    let Some(codes) = published_codes("interop/diagnosekoder/ICPC2.json") else {
        return;
    };
    assert!(codes.len() > 700);
    for text in codes {
        assert_eq!(Icpc2Code::parse(&text).unwrap().as_str(), text);
    }
}

#[test]
fn every_norwegian_icd_10_code_is_read_with_and_without_its_dot() {
    let Some(codes) = published_codes("interop/diagnosekoder/ICD10.json") else {
        return;
    };
    assert!(codes.len() > 19_000);
    for text in codes {
        let code = Icd10Code::parse(&text).unwrap();
        assert_eq!(code.as_str(), text);
        assert_eq!(Icd10Code::parse(&code.dotted().to_string()).unwrap(), code);
    }
}

#[test]
fn the_codes_of_our_groups_exist_in_the_published_lists() {
    let (Some(icpc2), Some(icd10)) = (
        published_codes("interop/diagnosekoder/ICPC2.json"),
        published_codes("interop/diagnosekoder/ICD10.json"),
    ) else {
        return;
    };
    for group in Codebook::embedded().diagnosis_groups() {
        // The range R07-R29 that the source of RTI writes spans rubrics that ICPC-2 does not have.
        let missing: Vec<_> = group
            .icpc2()
            .map(|code| code.to_string())
            .filter(|code| !icpc2.contains(code))
            .collect();
        if group.id == "RTI" {
            assert!(
                missing
                    .iter()
                    .all(|code| code.as_str() > "R09" && code.as_str() < "R29"),
                "{missing:?}"
            );
        } else {
            assert!(missing.is_empty(), "{}: {missing:?}", group.id);
        }
        // ICD-10 ranges span categories that do not exist either; every stated code must hold something.
        for code in group.icd10().filter(|code| code.as_str().len() > 3) {
            let holds = |text: &String| Icd10Code::parse(text).unwrap().is_within(code);
            assert!(icd10.iter().any(holds), "{}: {code}", group.id);
        }
        let real = |text: &&String| group.contains_icd10(Icd10Code::parse(text).unwrap());
        assert_eq!(
            group.icd10().next().is_some(),
            icd10.iter().any(|text| real(&text)),
            "{}",
            group.id
        );
    }
}
