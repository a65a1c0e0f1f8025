//! Our tables beside the collected facts they were written from.

use std::collections::{BTreeMap, BTreeSet};

use riktig_codes::{AtcCode, Codebook, DoseUnit, Icd10Code, Icpc2Code, Route};

use crate::shared_text;

/// A row of the collected drug facts.
struct Fact(BTreeMap<String, String>);

impl Fact {
    fn get(&self, column: &str) -> &str {
        &self.0[column]
    }
}

fn drug_facts() -> Option<Vec<Fact>> {
    let text = shared_text("clinical/drugs.csv")?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    Some(reader.deserialize().map(|row| Fact(row.unwrap())).collect())
}

fn thousandths(decimal: &str) -> u32 {
    (decimal.parse::<f64>().unwrap() * 1000.0).round() as u32
}

#[test]
fn substances_and_routes_are_exactly_those_of_the_facts() {
    let Some(facts) = drug_facts() else { return };
    let expected: BTreeSet<(String, String)> = facts
        .iter()
        .map(|fact| (fact.get("atc").to_owned(), fact.get("route").to_owned()))
        .collect();
    let ours: BTreeSet<(String, String)> = Codebook::embedded()
        .antibiotics()
        .flat_map(|drug| {
            drug.doses
                .iter()
                .map(|dose| (drug.atc.to_string(), dose.route.to_string()))
        })
        .collect();
    assert_eq!(ours, expected);
    assert_eq!(
        Codebook::embedded()
            .antibiotics()
            .map(|drug| drug.doses.len())
            .sum::<usize>(),
        facts.len()
    );
}

#[test]
fn defined_daily_doses_agree_to_the_thousandth() {
    let Some(facts) = drug_facts() else { return };
    for fact in &facts {
        let drug = Codebook::embedded()
            .antibiotic(fact.get("atc").parse().unwrap())
            .unwrap();
        let route: Route = fact.get("route").parse().unwrap();
        let amounts: Vec<_> = drug
            .doses
            .iter()
            .filter(|dose| dose.route == route)
            .map(|dose| dose.amount)
            .collect();
        let expected = (!fact.get("ddd").is_empty()).then(|| {
            let unit = if fact.get("ddd_unit") == "g" {
                DoseUnit::Gram
            } else {
                DoseUnit::UnitDose
            };
            (thousandths(fact.get("ddd")), unit)
        });
        let found = amounts
            .iter()
            .any(|amount| amount.map(|amount| (amount.thousandths, amount.unit)) == expected);
        assert!(
            found,
            "{} {}: {expected:?} is not among {amounts:?}",
            drug.atc, route
        );
    }
}

#[test]
fn names_groups_and_totals_agree() {
    let Some(facts) = drug_facts() else { return };
    let group = |words: &[(&str, &str)], word: &str| {
        words
            .iter()
            .find(|(theirs, _)| *theirs == word)
            .map_or_else(|| word.to_owned(), |(_, ours)| (*ours).to_owned())
    };
    for fact in &facts {
        let drug = Codebook::embedded()
            .antibiotic(fact.get("atc").parse().unwrap())
            .unwrap();
        let name = fact.get("name_no").split(" (").next().unwrap();
        assert_eq!(
            (drug.names.nb.as_str(), drug.names.en.as_str()),
            (name, fact.get("name_en").trim_end_matches(", eye"))
        );
        let indications = [
            ("LVI", "airway"),
            ("UVI", "urinary"),
            ("akne", "acne"),
            ("hud", "skin"),
            ("andre", "other"),
            ("ikke_J01_eller_ekskludert", "excluded"),
        ];
        assert_eq!(
            drug.indication.as_str(),
            group(&indications, fact.get("fhi_indication_group")),
            "{}",
            drug.atc
        );
        let breadths = [
            ("smal", "narrow"),
            ("bred", "broad"),
            ("andre", "other"),
            ("ekskludert", "excluded"),
        ];
        assert_eq!(
            drug.breadth.as_str(),
            group(&breadths, fact.get("fhi_narrow_broad")),
            "{}",
            drug.atc
        );
        let project = group(
            &[("antiseptic_prophylaxis", "antiseptic")],
            fact.get("project_group"),
        );
        assert_eq!(drug.project_group.as_str(), project, "{}", drug.atc);
        assert_eq!(
            drug.counts_in_total,
            fact.get("counts_in_j01_excl_methenamine") == "ja",
            "{}",
            drug.atc
        );
    }
}

#[test]
fn aware_groups_agree_except_where_the_route_decides() {
    let Some(facts) = drug_facts() else { return };
    for fact in &facts {
        let drug = Codebook::embedded()
            .antibiotic(fact.get("atc").parse().unwrap())
            .unwrap();
        let route: Route = fact.get("route").parse().unwrap();
        let ours = drug.aware(Some(route)).unwrap().as_str();
        let intravenous_reserve =
            ["J01AA08", "J01XX01"].contains(&drug.atc.as_str()) && route == Route::Parenteral;
        let expected = match fact.get("aware_who_2023") {
            // The facts' text puts intravenous minocycline and fosfomycin into Reserve; its table has one word for both routes.
            _ if intravenous_reserve => "reserve",
            "Access" => "access",
            "Watch" | "oral Watch; IV Reserve" => "watch",
            "Reserve" => "reserve",
            "Not listed" => "not_listed",
            "Not applicable (topical)" => "not_applicable",
            other => panic!("{other}"),
        };
        assert_eq!(ours, expected, "{} {route}", drug.atc);
    }
}

/// Our own numbers beside the guideline's lines as collected: same drug, same group of diagnoses.
#[test]
fn course_doses_are_lines_of_the_guideline() {
    let Some(text) = shared_text("clinical/guideline.json") else {
        return;
    };
    let guideline: serde_json::Value = serde_json::from_str(&text).unwrap();
    let conditions = guideline["conditions"].as_array().unwrap();
    let codebook = Codebook::embedded();
    let mut compared = 0;
    for course in codebook.course_doses() {
        let Some(group) = course
            .diagnosis_group
            .as_ref()
            .and_then(|id| codebook.diagnosis_group(id))
        else {
            continue;
        };
        let of_group = |condition: &&serde_json::Value| {
            let codes = |system: &str| {
                condition["codes"][system]
                    .as_array()
                    .cloned()
                    .unwrap_or_default()
            };
            let icpc2 = codes("icpc2").iter().any(|code| {
                Icpc2Code::parse(code["code"].as_str().unwrap())
                    .is_ok_and(|code| group.contains_icpc2(code))
            });
            let icd10 = codes("icd10").iter().any(|code| {
                Icd10Code::parse(code["code"].as_str().unwrap())
                    .is_ok_and(|code| group.contains_icd10(code))
            });
            icpc2 && icd10
        };
        let lines: Vec<_> = conditions
            .iter()
            .filter(of_group)
            .flat_map(|condition| condition["recommendations"].as_array().unwrap())
            .filter(|line| line["atc"] == course.atc.as_str() && line["dose"].is_number())
            .collect();
        if course.dose.unit != DoseUnit::Gram || lines.is_empty() {
            continue;
        }
        let same_dose = |line: &&&serde_json::Value| {
            line["dose"].as_f64() == Some(f64::from(course.dose.thousandths))
                && line["times_per_day"].as_u64() == Some(u64::from(course.times_per_day))
        };
        assert!(
            lines.iter().any(|line| same_dose(&line)),
            "{} {}: {lines:#?}",
            group.id,
            course.atc
        );
        compared += 1;
    }
    assert!(compared >= 12, "only {compared} courses could be compared");
}

#[test]
fn every_drug_of_the_guideline_is_an_antibiotic_we_know() {
    let Some(text) = shared_text("clinical/guideline.json") else {
        return;
    };
    let guideline: serde_json::Value = serde_json::from_str(&text).unwrap();
    let lines = guideline["conditions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|c| c["recommendations"].as_array().unwrap());
    let unknown: BTreeSet<_> = lines
        .filter_map(|line| AtcCode::parse(line["atc"].as_str()?).ok())
        .filter(|atc| {
            atc.as_str().starts_with("J01") && Codebook::embedded().antibiotic(*atc).is_none()
        })
        .map(|atc| atc.to_string())
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
