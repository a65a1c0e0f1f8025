//! `riktig intake`: deliveries into the lake.

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_codes::Day;
use riktig_lake::intake::{Intake, IntakeOptions, IntakeTable, Outcome, Progress, PseudonymKey};
use riktig_lake::source::Source;
use riktig_lake::store::DeliveryRecord;

use crate::failure::{Hint, advise};
use crate::progress;

/// Check deliveries, replace identities with pseudonyms, and add them to the lake
///
/// A delivery is one file, described in docs/reference/deliveries.md. It is taken whole or not at all: the lake is as before
/// or as after, whatever happens. The same bytes twice are one delivery; a delivery that corrects another replaces it. Each
/// row is kept, set apart (other drugs, animals, practice stock), refused with reason and line, or cancelled.
///
/// Identity numbers become keyed pseudonyms. The key lies in a file outside the lake, is made on first use, and must be
/// kept: without it no later delivery fits the lake.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig intake lmr-2024-03.csv kpr-2024-03.parquet --lake lake\n  \
                        riktig intake country --lake lake\n  \
                        riktig intake epd_201709.csv --lake nhs --source content/sources/nhs-england.toml\n\n\
                        You get: a table of rows in, kept, set apart, refused and cancelled, for each delivery."
)]
pub(crate) struct Arguments {
    /// Delivered files; a folder stands for its .csv, .parquet and .xml files in order of name
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The lake's folder; made where there is none
    #[arg(long, value_name = "DIR")]
    lake: PathBuf,
    /// Description of a foreign format (docs/reference/sources.md)
    #[arg(long, value_name = "SOURCE.toml")]
    source: Option<PathBuf>,
    /// The pseudonym key [default: the lake's name with .key, beside the lake]
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Refuse rows dated after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    data_cut: Option<Day>,
    /// Refuse the whole delivery when more than this share of its rows is refused, in per cent
    #[arg(long, value_name = "PERCENT", default_value_t = 5.0)]
    max_refused: f64,
    /// The source's code map, where it does not lie beside its description
    #[arg(long, value_name = "FILE", requires = "source")]
    code_map: Option<PathBuf>,
    /// The delivery that a foreign file replaces
    #[arg(long, value_name = "DELIVERY", requires = "source")]
    corrects: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let key = arguments
        .key
        .clone()
        .unwrap_or_else(|| beside(&arguments.lake));
    let is_new_key = !key.exists();
    let source = match &arguments.source {
        Some(path) => Some(
            Source::read(path)
                .with_context(|| format!("cannot use source \"{}\"", path.display()))?,
        ),
        None => None,
    };
    let files = files(&arguments.files, &code_maps(source.as_ref()))?;
    let options = IntakeOptions {
        largest_refused_share: arguments.max_refused / 100.0,
        data_cut: arguments.data_cut,
        source,
        code_map: arguments.code_map.clone(),
        corrects: arguments.corrects.clone(),
        ..IntakeOptions::default()
    };
    let mut taken = Taken::default();
    let outcome = intake(&files, &arguments.lake, &key, options, &mut taken);
    print(&taken)?;
    if is_new_key && key.exists() {
        eprintln!(
            "note: made the pseudonym key \"{}\"; keep it safe, and apart from the lake",
            key.display()
        );
    }
    outcome
}

/// What became of the files so far.
#[derive(Default)]
pub(crate) struct Taken {
    records: Vec<DeliveryRecord>,
    already_there: Vec<(PathBuf, String)>,
}

/// Takes the files in, one after the other; the first one that is refused ends the work, those before it stay.
pub(crate) fn intake(
    files: &[PathBuf],
    lake: &Path,
    key: &Path,
    options: IntakeOptions,
    taken: &mut Taken,
) -> Result<()> {
    let key = PseudonymKey::read_or_create(key, lake)?;
    let mut intake = Intake::open(lake, key, options)?;
    let bar = progress::counting("intake", files.len() as u64, "files");
    for file in files {
        let name = file
            .file_name()
            .unwrap_or(file.as_os_str())
            .to_string_lossy()
            .into_owned();
        let outcome = intake.take(file, &mut |step| bar.set_message(message(&name, step)));
        match outcome {
            Ok(Outcome::Taken(record)) => taken.records.push(*record),
            Ok(Outcome::AlreadyThere { delivery }) => {
                taken.already_there.push((file.clone(), delivery))
            }
            Err(error) => {
                bar.finish_and_clear();
                return Err(error.into());
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

fn message(file: &str, step: Progress) -> String {
    match step {
        Progress::Checking { rows, .. } => format!("{file}: {rows} rows"),
        Progress::Writing { segments } => format!("{file}: {segments} segments written"),
        Progress::Committed => file.to_owned(),
    }
}

fn print(taken: &Taken) -> Result<()> {
    let mut text = String::new();
    if !taken.records.is_empty() {
        text.push_str(&IntakeTable::of_records(taken.records.clone()).to_string());
    }
    for (file, delivery) in &taken.already_there {
        text.push_str(&format!(
            "\"{}\" is in the lake already, as {delivery}\n",
            file.display()
        ));
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

/// `lake` → `lake.key`
fn beside(lake: &Path) -> PathBuf {
    let mut name = lake
        .file_name()
        .map_or_else(|| OsString::from("riktig"), OsString::from);
    name.push(".key");
    lake.with_file_name(name)
}

/// The tables that a source reads codes with: they lie beside its deliveries and are none.
fn code_maps(source: Option<&Source>) -> Vec<String> {
    let specs = source.map_or(&[][..], |source| &source.files);
    specs
        .iter()
        .filter_map(|spec| Some(spec.code_map.as_ref()?.file.clone()))
        .collect()
}

/// Files as named; folders opened up, without the files of these names.
fn files(named: &[PathBuf], but: &[String]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let mut found = deliveries_in(path)?;
        found.retain(|file| !but.iter().any(|name| file.ends_with(name)));
        if found.is_empty() {
            return Err(advise(
                format!("folder \"{}\" holds no delivery", path.display()),
                "a delivery is a .csv, .parquet or .xml file",
            ));
        }
        files.extend(found);
    }
    Ok(files)
}

fn deliveries_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("cannot list \"{}\"", folder.display()))
        .hint(|| "check who may read the folder".into())?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    files.retain(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ["csv", "parquet", "xml"].contains(&ending))
    });
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_lies_beside_the_lake_and_not_in_it() {
        assert_eq!(beside(Path::new("data/lake/")), Path::new("data/lake.key"));
    }

    #[test]
    fn a_folder_stands_for_its_deliveries_in_order_of_name() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.csv", "a.xml", "truth.json", "c.parquet", "codes.csv"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let found = files(&[folder.path().to_path_buf()], &["codes.csv".to_owned()]).unwrap();
        let names: Vec<_> = found
            .iter()
            .filter_map(|file| file.file_name()?.to_str())
            .collect();
        assert_eq!(names, ["a.xml", "b.csv", "c.parquet"]);
    }
}
