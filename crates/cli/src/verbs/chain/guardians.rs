//! `riktig chain guardians`: who is whose parent or appointed guardian, as the population register says.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use riktig_codes::NationalId;
use riktig_journal::Journal;
use riktig_journal::chain::{Guardianship, replace_guardians};
use riktig_journal::policy::{About, Act, Actor, GuardianKind};

use super::setup::text;
use crate::clock::now;
use crate::failure::advise;
use crate::verbs::serve::{read, runtime};

/// Put the population register's parents and guardians into a portal's journal, in the place of those before
///
/// A parent sees a child's prescriptions by the rules of age, an appointed guardian (verge) those of a ward; the patient reads that they have looked.
/// The file has the columns ward;guardian;kind, where kind is parent or appointed. It is taken whole or not at all, and it is
/// the whole register: who does not stand in it is nobody's guardian afterwards. The journal keeps keyed hashes of the numbers.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig chain guardians guardians.csv --config riktig.toml\n\n\
                  The file:\n  ward;guardian;kind\n  NUMBER OF THE CHILD;NUMBER OF THE MOTHER;parent"
)]
pub(super) struct Arguments {
    /// The register, by semicolons; its first line names the columns
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

/// The first line of the file.
const COLUMNS: &str = "ward;guardian;kind";

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let all = parse(&text(&arguments.file)?)
        .with_context(|| format!("cannot take \"{}\"", arguments.file.display()))?;
    let config = read(arguments.config.as_deref())?;
    runtime()?.block_on(async {
        let journal = config.open_journal().await?;
        replace(&journal, &all).await?;
        journal.close().await;
        anyhow::Ok(())
    })?;
    let text = format!("{} parents and guardians are in the journal\n", all.len());
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

/// Puts them in the place of those before, with its line in the log.
pub(crate) async fn replace(journal: &Journal, all: &[Guardianship]) -> Result<()> {
    let verb = Actor::verb("chain-guardians");
    let asked = journal.ask_to_act(&verb, Act::Maintain, About::Journal, now());
    let mut acting = asked.await?;
    replace_guardians(&mut acting, journal, all).await?;
    Ok(acting.done().await?)
}

/// The lines of the register. An error names the line and never a number.
fn parse(text: &str) -> Result<Vec<Guardianship>> {
    let mut lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let first = lines.next().map(|(_, line)| line.trim_end());
    if first != Some(COLUMNS) {
        let hint = format!("write {COLUMNS} in the first line");
        return Err(advise("the first line does not name the columns", hint));
    }
    let filled = lines.filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(number, line)| {
            line_of(line).ok_or_else(|| {
                advise(
                    format!("line {number} is none of the register"),
                    "write two different identity numbers and parent or appointed, with semicolons between",
                )
            })
        })
        .collect()
}

fn line_of(line: &str) -> Option<Guardianship> {
    let mut columns = line.split(';').map(str::trim);
    let mut next = || columns.next();
    let (ward, guardian, kind) = (next()?, next()?, next()?);
    if columns.next().is_some() || ward == guardian {
        return None;
    }
    let number = |text| NationalId::parse(text).ok()?.known();
    Some(Guardianship {
        ward: number(ward)?,
        guardian: number(guardian)?,
        kind: GuardianKind::from_word(kind)?,
    })
}

#[cfg(test)]
mod tests {
    use riktig_codes::{Day, Sex};

    use super::*;

    fn number(serial: u32) -> String {
        let born = Day::from_ymd(2015, 1, 1).unwrap();
        let number = NationalId::synthetic_tenor(born, Sex::Female, serial).unwrap();
        String::from_utf8(number.reveal_digits().to_vec()).unwrap()
    }

    #[test]
    fn a_register_is_read_and_a_line_that_is_none_is_named_without_its_numbers() {
        let (child, mother) = (number(1), number(2));
        let good = format!(
            "{COLUMNS}\n{child};{mother};parent\n\n{child};{};appointed\n",
            number(3)
        );
        let all = parse(&good).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].kind, GuardianKind::Appointed);
        for bad in [
            format!("{child};{mother};parent\n"),
            format!("{COLUMNS}\n{child};{mother};aunt\n"),
            format!("{COLUMNS}\n{child};{child};parent\n"),
            format!("{COLUMNS}\n{child};{mother};parent;x\n"),
            format!("{COLUMNS}\n12345678901;{mother};parent\n"),
        ] {
            let said = format!("{:?}", parse(&bad).unwrap_err());
            assert!(!said.contains(&mother) && !said.contains(&child), "{said}");
        }
    }
}
