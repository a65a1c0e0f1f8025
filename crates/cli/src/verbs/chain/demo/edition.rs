//! The end of the way: what the registry was told becomes a delivery, and an edition links it by its diagnosis.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use riktig_codes::{Month, MonthRange};
use riktig_journal::chain::Link;
use riktig_lake::delivery::FileFormat;
use riktig_lake::edition::{Edition, Existing};
use riktig_lake::intake::IntakeOptions;
use riktig_nation::NationSpec;

use super::super::deliver;
use super::processes::journal;
use crate::definition_files;
use crate::say::say;
use crate::table::{Table, grouped};
use crate::verbs::{build, intake, simulate};

/// A country around the one prescription, as small as one may be and still have doctors to compare.
const INHABITANTS: u32 = 3000;

/// Two editions of the month: of a country whose prescriptions carry no diagnosis, and of the same country with the delivery of the chain.
pub(super) fn print(dir: &Path, month: Month) -> Result<()> {
    let months = MonthRange::new(month, month).context("a month is a period")?;
    let chain = dir.join("dispensings.csv");
    deliver::run(&deliver::Arguments {
        journal: journal(dir, Link::Registry),
        keys: dir.join("parties/journal.keys"),
        authority: vec![dir.join("parties/authority.der")],
        test_authorities: true,
        months,
        out: chain.clone(),
        corrects: None,
    })?;
    let spec = NationSpec {
        inhabitants: INHABITANTS,
        from: month.prev(),
        months: 2,
        ..NationSpec::demo()
    };
    let country = dir.join("country");
    let written = simulate::simulate(spec, &country, FileFormat::Csv)?;
    let mut files: Vec<PathBuf> = written.files.iter().map(|it| country.join(it)).collect();
    let without = edition(dir, "edition-without", &files, months)?;
    files.push(chain);
    let with = edition(dir, "edition", &files, months)?;
    let mut table = Table::new(&[
        "edition",
        "dispensings>",
        "linked by diagnosis>",
        "by contact>",
    ]);
    for (name, edition) in [("without the chain", &without), ("with it", &with)] {
        let linkage = &edition.meta().linkage;
        table.row([
            name.to_owned(),
            grouped(linkage.dispensings),
            grouped(linkage.by_prescription),
            grouped(linkage.dispensings - linkage.unlinked - linkage.by_prescription),
        ]);
    }
    say(format_args!(
        "\nthe edition of {month}, in a country of {INHABITANTS} invented people:\n{table}"
    ))?;
    Ok(())
}

fn edition(dir: &Path, name: &str, files: &[PathBuf], months: MonthRange) -> Result<Edition> {
    let lake = dir.join(format!("lake-{name}"));
    let out = dir.join(name);
    // Made again: the demonstration's own.
    let _ = fs::remove_dir_all(&lake);
    let key = dir.join(format!("lake-{name}.key"));
    let mut taken = intake::Taken::default();
    intake::intake(files, &lake, &key, IntakeOptions::default(), &mut taken)?;
    let definitions = definition_files::read(&[])?;
    build::build(&lake, months, &out, &definitions, Existing::Replace)?;
    Ok(Edition::open(&out)?)
}
