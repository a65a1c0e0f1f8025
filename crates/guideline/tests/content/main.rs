//! The shipped content.

mod collected_facts;
mod course_doses;
mod mutation;

use riktig_guideline::{CONDITIONS, DANGERS, FINDINGS, Guideline, SAFETY};

#[test]
fn every_shipped_file_is_read_and_every_worked_example_comes_out_as_written() {
    let guideline = Guideline::from_files(FINDINGS, SAFETY, CONDITIONS.iter().copied())
        .and_then(|it| it.with_dangers(DANGERS))
        .unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)));
    let wrong: Vec<_> = guideline
        .examples()
        .iter()
        .filter_map(|example| example.check(&guideline).err())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
