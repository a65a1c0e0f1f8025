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
