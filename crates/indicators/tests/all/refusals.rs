//! What a clinician reads when a definition is wrong: file, line, and what to write instead.

use riktig_indicators::{CodeFacts, Definition, Plan, shipped, worked_examples};

const GOOD: &str = include_str!("../../../../content/indicators/RAK-PENV.toml");

/// The refusal of the good file with one thing changed.
fn refusal(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from:?} is not in the file");
    Definition::parse("RAK-PENV.toml", &GOOD.replacen(from, to, 1))
        .expect_err("the change is a mistake")
        .to_string()
}

#[test]
fn a_misspelt_key_is_named_with_the_one_that_was_meant() {
    assert_eq!(
        refusal("direction = ", "dirction = "),
        "RAK-PENV.toml:1: direction is missing; write direction = \"lower\", \"higher\" or \"neutral\"\n\
         RAK-PENV.toml:11: unknown key \"dirction\"; did you mean \"direction\"?"
    );
    assert_eq!(
        refusal("atc = [\"J01CE02\"]", "atcs = [\"J01CE02\"]"),
        "RAK-PENV.toml:25: unknown key \"atcs\" in numerator; did you mean \"atc\"?"
    );
}

#[test]
fn a_missing_language_is_asked_for_where_it_is_missing() {
    assert_eq!(
        refusal("nn = \"Penicillin V blant luftvegsantibiotika\"\n", ""),
        "RAK-PENV.toml:13: nn in name is missing; write nn = \"på nynorsk\""
    );
    assert_eq!(
        refusal(
            "en = { one = \"penicillin V dispensing\", many = \"penicillin V dispensings\" }\n",
            ""
        ),
        "RAK-PENV.toml:26: en in words in numerator is missing; write [en] with one, many"
    );
    assert_eq!(
        refusal(
            "nb = \"Penicillin V blant luftveisantibiotika\"",
            "nb = \" \""
        ),
        "RAK-PENV.toml:14: nb in name is empty; write nb = \"på bokmål\""
    );
}

#[test]
fn a_validity_that_runs_backwards_is_refused() {
    assert_eq!(
        refusal(
            "valid_from = 2016-01-01",
            "valid_from = 2016-01-01\nvalid_to = 2015-12-31"
        ),
        "RAK-PENV.toml:4: valid_to 2015-12-31 is before valid_from 2016-01-01; \
         write a later day, or leave valid_to out while the definition is in use"
    );
    assert_eq!(
        refusal("valid_from = 2016-01-01", "valid_from = \"January\""),
        "RAK-PENV.toml:3: valid_from is January; write valid_from = 2024-01-31"
    );
}

#[test]
fn code_lists_take_whole_levels_and_known_shapes() {
    assert_eq!(
        refusal("atc = [\"J01CE02\"]", "atc = [\"J01CE0*\"]"),
        "RAK-PENV.toml:25: \"J01CE0*\" is no ATC code; \
         write a whole level, as in \"J01\", \"J01C\", \"J01CE\" or \"J01CE02\", without asterisk"
    );
    assert_eq!(
        refusal("atc = [\"J01CE02\"]", "code = [\"0501\"]"),
        "RAK-PENV.toml:25: \"0501\" does not name its code system; \
         write SYSTEM:BEGINNING in small letters, as in \"bnf:0501\"; ATC codes go under atc"
    );
    assert_eq!(
        refusal("atc = [\"J01CE02\"]", "diagnoses = [\"R05..S01\"]"),
        "RAK-PENV.toml:25: \"R05..S01\" is no diagnosis code; \
         write an ICPC-2 code (\"R78\"), a range in one chapter (\"R01..R05\") or an ICD-10 code (\"ICD-10:J20\")"
    );
}

#[test]
fn a_range_of_diagnoses_runs_over_whole_rubrics_of_one_chapter() {
    for range in [
        "R05..R01",
        "R01..S01",
        "R991..R992",
        "R01..",
        "..R05",
        "R01-R05",
    ] {
        let message = refusal("atc = [\"J01CE02\"]", &format!("diagnoses = [\"{range}\"]"));
        assert!(
            message.contains(&format!("\"{range}\" is no diagnosis code")),
            "{message}"
        );
    }
}

#[test]
fn a_filter_that_cannot_apply_is_refused_rather_than_ignored() {
    assert_eq!(
        refusal(
            "count = \"dispensings\"\natc = [\"J01AA02\"",
            "count = \"contacts\"\natc = [\"J01AA02\""
        ),
        "RAK-PENV.toml:7: unit is \"percent\" but dispensings are no part of contacts; \
         write \"per_1000\", \"per_100\" or \"ratio\"\n\
         RAK-PENV.toml:33: atc in denominator does not fit count = \"contacts\"; \
         count dispensings, ddd, patients or treated_contacts, or leave it out"
    );
    assert_eq!(
        refusal("atc = [\"J01CE02\"]", "forms = [\"home_visit\"]"),
        "RAK-PENV.toml:25: forms in numerator does not fit count = \"dispensings\"; \
         count contacts or treated_contacts, or leave it out"
    );
    assert_eq!(
        refusal(
            "atc = [\"J01CE02\"]",
            "course = { at_most_days = 3, known = true }"
        ),
        "RAK-PENV.toml:25: course in numerator says 2 rules; write one of at_most_days = 3, \
         at_most_ddd = { J01CA08 = 3.3 }, at_most_units = { J01CA08 = 10 }, more_than_ddd = { J01CA08 = 3.4 }, known = true"
    );
}

#[test]
fn days_to_the_dispensing_are_asked_of_treated_contacts_and_inside_of_the_rules_window() {
    assert_eq!(
        refusal("atc = [\"J01CE02\"]", "within_days = 3"),
        "RAK-PENV.toml:25: within_days in numerator does not fit count = \"dispensings\"; \
         count treated_contacts, or leave it out"
    );
    assert!(
        refusal("atc = [\"J01CE02\"]", "within_days = 10")
            .contains("within_days in numerator is 10; write a whole number from 0 to 7")
    );
}

#[test]
fn inhabitant_days_are_a_municipalitys() {
    let message = refusal(
        "count = \"dispensings\"\natc = [\"J01AA02\"",
        "count = \"inhabitant_days\"\n# atc = [\"J01AA02\"",
    );
    assert!(
        message.contains("count in denominator does not fit the population"),
        "{message}"
    );
}

#[test]
fn a_list_based_rate_is_about_general_practice() {
    let volume = include_str!("../../../../content/indicators/RAK-VOL.toml");
    let text = volume.replacen("setting = \"gp\"", "setting = \"any\"", 1);
    assert_eq!(
        Definition::parse("RAK-VOL.toml", &text)
            .unwrap_err()
            .to_string(),
        "RAK-VOL.toml:9: a rate over list patients counts more than general practice; write setting = \"gp\"; \
         dispensings of unknown setting count, those from out-of-hours contacts do not"
    );
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_its_line() {
    let message = refusal("unit = \"percent\"", "unit = percent");
    assert!(
        message.starts_with("RAK-PENV.toml:7: the file is not TOML: "),
        "{message}"
    );
    assert!(message.ends_with(
        "check quotation marks, brackets and repeated keys on this line and the one before"
    ));
}

#[test]
fn every_problem_is_told_at_once_in_the_order_of_the_lines() {
    let refused = Definition::parse("empty.toml", "").unwrap_err();
    let missing = refused
        .problems
        .iter()
        .filter(|it| it.what.ends_with("is missing"))
        .count();
    assert!(missing >= 12, "{refused}");
    assert!(refused.problems.is_sorted());
    assert!(
        refused
            .to_string()
            .contains("empty.toml:1: there is no worked example; write [[example]]"),
        "{refused}"
    );
}

#[test]
fn an_example_that_comes_out_otherwise_says_what_it_came_to() {
    let text = GOOD.replacen("numerator = 2\n", "numerator = 3\n", 1);
    let definition = Definition::parse("RAK-PENV.toml", &text).unwrap();
    let outcomes = worked_examples(&definition, &CodeFacts::default());
    assert_eq!(outcomes.iter().filter(|it| !it.holds()).count(), 1);
    assert_eq!(
        outcomes[0].to_string(),
        "RAK-PENV.toml:39: example \"two of three airway antibiotics are penicillin V; the urinary one is not asked \
         about\" comes to 2 of 3, the file says 3 of 3; correct the rows or the numbers"
    );
}

#[test]
fn a_diagnosis_group_that_the_codebook_lacks_is_refused_when_compiled() {
    let text = GOOD.replacen(
        "atc = [\"J01CE02\"]",
        "diagnosis_groups = [\"BRONKITT\"]",
        1,
    );
    let definition = Definition::parse("RAK-PENV.toml", &text).unwrap();
    let message = Plan::compile(&[definition], &CodeFacts::default())
        .unwrap_err()
        .to_string();
    assert!(
        message.starts_with(
            "cannot compile RAK-PENV in RAK-PENV.toml: the codebook has no diagnosis group \"BRONKITT\"; it has ACNE, AOM, "
        ),
        "{message}"
    );
}

#[test]
fn the_same_id_twice_is_refused_and_too_many_terms_too() {
    let definition = Definition::parse("RAK-PENV.toml", GOOD).unwrap();
    let facts = CodeFacts::default();
    let twice = Plan::compile(&[definition.clone(), definition.clone()], &facts).unwrap_err();
    assert_eq!(
        twice.to_string(),
        "cannot compile RAK-PENV twice: RAK-PENV.toml and RAK-PENV.toml are both given; choose one version by its validity"
    );
    let many: Vec<_> = (0..65)
        .map(|at| {
            let mut one = definition.clone();
            one.id = format!("AGE-{at}");
            one.numerator.filter.age = Some(riktig_indicators::Span { from: at, to: None });
            one.denominator.filter.age = Some(riktig_indicators::Span {
                from: 0,
                to: Some(at),
            });
            one
        })
        .collect();
    assert!(Plan::compile(&many[..64], &facts).is_ok());
    assert_eq!(
        Plan::compile(&many, &facts).unwrap_err().to_string(),
        "cannot compile 65 definitions in one pass: they need 130 terms and a pass has 128"
    );
    assert!(Plan::compile(&shipped(), &facts).is_ok());
}
