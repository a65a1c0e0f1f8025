//! Every definition that ships, held against what it says of itself.

use riktig_indicators::{CodeFacts, Definition, SHIPPED_FILES, worked_examples};

#[test]
fn every_shipped_definition_reads_and_its_examples_come_out_as_written() {
    let mut wrong = Vec::new();
    for (file, text) in SHIPPED_FILES {
        match Definition::parse(file, text) {
            Err(refusal) => wrong.push(refusal.to_string()),
            Ok(definition) => {
                let outcomes = worked_examples(&definition, &CodeFacts::default());
                wrong.extend(
                    outcomes
                        .iter()
                        .filter(|it| !it.holds())
                        .map(ToString::to_string),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_is_named_after_its_id() {
    for (file, text) in SHIPPED_FILES {
        let definition = Definition::parse(file, text).unwrap();
        assert_eq!(*file, format!("{}.toml", definition.id));
    }
}

#[test]
fn the_reference_is_written_from_the_definitions() {
    let written = include_str!("../../../../docs/reference/indicators.md");
    let now = riktig_indicators::reference(
        &riktig_indicators::shipped(),
        &riktig_indicators::not_built(),
    );
    assert!(
        written == now,
        "docs/reference/indicators.md is out of date; write it with \
         `cargo run -p riktig-cli -- indicators reference > docs/reference/indicators.md`"
    );
}

#[test]
fn what_is_not_built_is_not_there_and_says_why() {
    let built: Vec<String> = riktig_indicators::shipped()
        .into_iter()
        .map(|it| it.id)
        .collect();
    let mut ids: Vec<String> = Vec::new();
    for row in riktig_indicators::not_built() {
        assert!(!built.contains(&row.id), "{} is built", row.id);
        assert!(row.reason.ends_with('.'), "{}: a sentence", row.id);
        ids.push(row.id);
    }
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(ids, sorted, "in order, and each once");
}

#[test]
fn every_foreign_or_municipal_yardstick_shows_the_surprising_case_too() {
    let one_example: Vec<String> = riktig_indicators::shipped()
        .into_iter()
        .filter(|it| it.relevance == riktig_indicators::Relevance::Reference)
        .filter(|it| it.examples.len() < 2)
        .map(|it| it.id)
        .collect();
    assert!(one_example.is_empty(), "{one_example:?}");
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/indicators");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let embedded: Vec<&str> = SHIPPED_FILES.iter().map(|(file, _)| *file).collect();
    assert_eq!(files, embedded);
}

/// Everything of a definition that a reader sees in nynorsk.
fn nynorsk(definition: &Definition) -> Vec<&str> {
    let phrases = [&definition.numerator.phrase, &definition.denominator.phrase];
    let mut words = vec![&definition.name, &definition.why];
    words.extend(&definition.note);
    words.extend(definition.target.as_ref().map(|target| &target.text));
    words.extend(
        phrases
            .into_iter()
            .flat_map(|phrase| [&phrase.one, &phrase.many]),
    );
    words.into_iter().map(|it| it.nn.as_str()).collect()
}

#[test]
fn nynorsk_is_not_bokmål_copied() {
    const BOKMÅL: [&str; 14] = [
        "ikke",
        "hvor",
        "uten",
        "fra",
        "mer",
        "hva",
        "noen",
        "noe",
        "bare",
        "kun",
        "innbyggere",
        "kontakter",
        "leger",
        "behandlet",
    ];
    for (file, text) in SHIPPED_FILES {
        let definition = Definition::parse(file, text).unwrap();
        for text in nynorsk(&definition) {
            let word = text
                .split(|letter: char| !letter.is_alphabetic())
                .find(|word| BOKMÅL.contains(&word.to_lowercase().as_str()));
            assert_eq!(word, None, "{file}: {text:?}");
        }
    }
}

#[test]
fn a_dual_role_doctors_items_of_unknown_setting_are_kept_out_of_rates_and_stay_in_shares() {
    let kept_out: Vec<String> = riktig_indicators::shipped()
        .into_iter()
        .filter(|it| it.numerator.filter.without_dual_role_unknown)
        .map(|it| it.id)
        .collect();
    assert_eq!(kept_out, ["EN-STARPU", "EN-VOL", "RAK-VOL", "SKIL-AB1"]);
}
