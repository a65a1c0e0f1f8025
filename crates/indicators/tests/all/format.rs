//! The format: every key of the reference is read, and no text at all makes the reader panic.

use proptest::prelude::*;
use riktig_indicators::{CodeFacts, Definition, Plan, SHIPPED_FILES, describe, worked_examples};

const GOOD: &str = include_str!("../../../../content/indicators/P-CYST-3D.toml");

/// The good file with the filters of its numerator and denominator replaced.
fn with_filters(numerator: &str, denominator: &str) -> Definition {
    let head = &GOOD[..GOOD.find("[numerator]").unwrap()];
    let words = "words.nb = { one = \"a\", many = \"b\" }\nwords.nn = { one = \"a\", many = \"b\" }\n\
                 words.en = { one = \"a\", many = \"b\" }\n";
    let example = "[[example]]\ntitle = \"nothing\"\nnumerator = 0\ndenominator = 0\n";
    let text = format!(
        "{head}[numerator]\n{words}{numerator}\n[denominator]\n{words}{denominator}\n{example}"
    );
    Definition::parse("test.toml", &text).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn every_filter_of_the_reference_is_read() {
    let definition = with_filters(
        r#"count = "dispensings"
           atc = ["J01C", "J01EA01"]
           not_atc = ["J01CR"]
           code = ["bnf:0501"]
           not_code = ["bnf:050109"]
           aware = ["access", "watch"]
           group = ["uti_preferred"]
           route = ["oral"]
           course = { at_most_units = { J01CA08 = 10, J01 = 12.5 } }
           diagnoses = ["U70..U72", "ICD-10:N30.0"]
           not_diagnoses = ["W84"]
           diagnosis_groups = ["CYSTITIS"]
           linked = "yes"
           settings = ["gp", "nursing_home"]
           sex = "female"
           age = { from = 15, to = 65 }"#,
        r#"count = "dispensings"
           course = { at_most_ddd = { J01CA08 = 3.4 } }
           linked = "no"
           age = { from = 80 }"#,
    );
    let words = describe(&definition);
    assert_eq!(
        words.numerator,
        "dispensed items: drugs J01C, J01EA01, bnf:0501; not J01CR, bnf:050109; AWaRe access, watch; group uti_preferred; \
         route oral; diagnosis in CYSTITIS; diagnosis ICD-10 N300, ICPC-2 U70, ICPC-2 U71, ICPC-2 U72; \
         no diagnosis ICPC-2 W84; setting gp, nursing_home; female; age 15–65; \
         at most J01 12.500 units, J01CA08 10.000 units; with a known diagnosis"
    );
    assert_eq!(
        words.denominator,
        "dispensed items: setting unknown, gp; age 80 or more; at most J01CA08 3.400 DDD; without a known diagnosis"
    );
    assert_eq!(
        words.requires,
        [
            "persons with age and sex",
            "diagnoses",
            "contacts",
            "defined daily doses",
            "dispensed quantity",
            "drug codes in atc",
            "drug codes in bnf"
        ]
    );
}

#[test]
fn two_ways_of_writing_the_same_part_are_one_term() {
    let definition = with_filters(
        "count = \"contacts\"\ndiagnoses = [\"R01..R03\"]\nforms = [\"home_visit\", \"consultation\"]",
        "count = \"contacts\"\nforms = [\"consultation\", \"home_visit\"]\ndiagnoses = [\"R03\", \"R02\", \"R01\", \"R01\"]",
    );
    let plan = Plan::compile(&[definition], &CodeFacts::default()).unwrap();
    assert_eq!(plan.terms().len(), 1);
}

#[test]
fn the_shipped_definitions_share_terms_and_fit_in_one_pass_with_room_to_spare() {
    let definitions = riktig_indicators::shipped();
    let plan = Plan::compile(&definitions, &CodeFacts::default()).unwrap();
    assert!(
        plan.terms().len() < 2 * definitions.len(),
        "{}",
        plan.terms().len()
    );
    assert!(plan.terms().len() <= 96, "{}", plan.terms().len());
}

proptest! {
    #[test]
    fn a_file_with_a_piece_torn_out_is_read_or_refused_and_never_panics(
        file in 0..SHIPPED_FILES.len(), from in 0usize..4000, length in 0usize..60, patch in "[ -~æøå\n]{0,12}",
    ) {
        let text: Vec<char> = SHIPPED_FILES[file].1.chars().collect();
        let from = from.min(text.len());
        let to = (from + length).min(text.len());
        let torn: String = text[..from].iter().copied().chain(patch.chars()).chain(text[to..].iter().copied()).collect();
        match Definition::parse("torn.toml", &torn) {
            Ok(definition) => {
                let _outcomes = worked_examples(&definition, &CodeFacts::none());
            }
            Err(refusal) => {
                let lines = torn.lines().count().max(1) + 1;
                prop_assert!(refusal.problems.iter().all(|it| (1..=lines).contains(&it.line)), "{}", refusal);
            }
        }
    }
}
