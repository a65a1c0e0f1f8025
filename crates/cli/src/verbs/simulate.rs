//! `riktig simulate`: a synthetic nation's deliveries.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use riktig_codes::Month;
use riktig_lake::delivery::FileFormat;
use riktig_nation::calibration::{Calibration, calibrate};
use riktig_nation::{Nation, NationSpec, Summary};

use crate::failure::{Hint, advise};
use crate::progress;
use crate::table::{Table, grouped};

/// Write the deliveries of a synthetic nation
///
/// Invents places, doctors and people who behave like the published Norwegian figures, and writes what registries would
/// deliver about them, in the real formats, with the faults that real deliveries have. The same seed gives the same
/// bytes. What was planted (extreme prescribers, a course that works, duplicates, dirty rows) stands in OUT/truth.json.
/// All identity numbers are of the range set aside for tests: nobody can have one.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig simulate --inhabitants 20000 --from 2023-01 --months 24 --seed 7 --out country\n\n\
                        You get: country/*.csv (and .xml claim messages) and country/truth.json."
)]
pub(crate) struct Arguments {
    /// People alive on the first day: 2000 to 6000000
    #[arg(long, value_name = "N", default_value_t = 120_000)]
    inhabitants: u32,
    /// First month
    #[arg(long, value_name = "YYYY-MM", default_value = "2023-01")]
    from: Month,
    /// Number of months, 1 to 120
    #[arg(long, value_name = "N", default_value_t = 24)]
    months: u32,
    /// The same seed gives the same bytes
    #[arg(long, value_name = "S", default_value_t = 2023)]
    seed: u64,
    /// Share of the prescriptions after a contact that carry its diagnosis and say whether they were to wait, 0 to 1; at 0
    /// few carry one, and none says anything of waiting
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    diagnosis_share: f64,
    /// Folder for the deliveries
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Form of the deliveries
    #[arg(long, value_enum, default_value_t = Form::Csv)]
    format: Form,
    /// Count published Norwegian figures in the written files (csv) and print them beside their sources
    #[arg(long)]
    calibration: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text, as registries export it
    Csv,
    /// Columns, packed
    Parquet,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let spec = NationSpec {
        inhabitants: arguments.inhabitants,
        from: arguments.from,
        months: arguments.months,
        seed: arguments.seed,
        coded_milli: milli(arguments.diagnosis_share)?,
        ..NationSpec::demo()
    };
    let format = match arguments.format {
        Form::Csv => FileFormat::Csv,
        Form::Parquet => FileFormat::Parquet,
    };
    refuse_a_used_folder(&arguments.out)?;
    let summary = simulate(spec, &arguments.out, format)?;
    let mut shown = text(&summary, &arguments.out)?;
    if arguments.calibration {
        let counted = calibrate(&arguments.out)
            .hint(|| "leave out --format parquet: the figures are counted in csv files".into())?;
        shown.push_str(&calibration(&counted)?);
    }
    std::io::stdout()
        .lock()
        .write_all(shown.as_bytes())
        .context("cannot print")
}

/// A share in thousandths.
fn milli(share: f64) -> Result<u32> {
    if !(0.0..=1.0).contains(&share) {
        return Err(advise(
            format!("cannot give {share} of the prescriptions a diagnosis"),
            "name a share between 0 and 1, as in --diagnosis-share 0.4",
        ));
    }
    Ok((share * 1000.0).round() as u32)
}

/// Files of two countries in one folder would look like one.
fn refuse_a_used_folder(out: &Path) -> Result<()> {
    let used = std::fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
    if used {
        return Err(advise(
            format!("folder \"{}\" holds files already", out.display()),
            "name a new folder, or empty this one first",
        ));
    }
    Ok(())
}

/// Writes the deliveries with a bar that counts steps of people and months.
pub(crate) fn simulate(spec: NationSpec, out: &Path, format: FileFormat) -> Result<Summary> {
    let bar = progress::counting("simulating", 1, "steps");
    let nation = Nation::new(spec).hint(|| "`riktig simulate --help` says what fits".into())?;
    let written = nation.write_deliveries(out, format, &mut |step| {
        bar.set_length(step.of);
        bar.set_position(step.done);
        bar.set_message(step.month.to_string());
    });
    bar.finish_and_clear();
    written.hint(|| "check that the folder may be written to and that the disk has room".into())
}

/// Every figure beside its published value. A distribution has a line for each part.
fn calibration(counted: &Calibration) -> Result<String> {
    let mut table = Table::new(&[
        "figure",
        "part",
        "published>",
        "year",
        "simulated>",
        "within>",
        "",
        "source",
    ]);
    for figure in &counted.figures {
        let verdict = match (figure.published, figure.within) {
            (false, _) => "not published",
            (true, true) => "yes",
            (true, false) => "no",
        };
        table.row([
            figure.what.to_owned(),
            figure.part.to_owned(),
            figure.target.to_string(),
            figure.year.to_owned(),
            figure
                .simulated
                .map_or_else(|| "too small".to_owned(), |value| format!("{value:.2}")),
            format!("{:.0} %", figure.tolerance * 100.0),
            verdict.to_owned(),
            figure.source.to_owned(),
        ]);
    }
    let tally = counted.tally();
    let mut text = format!("\n{table}");
    writeln!(
        text,
        "\n{} of {} published figures are within their tolerance, {} of them distributions",
        tally.within, tally.published, tally.distributions_within
    )?;
    Ok(text)
}

fn text(summary: &Summary, out: &Path) -> Result<String> {
    let mut table = Table::new(&["in the deliveries", "number>"]);
    let rows = [
        ("people", summary.people),
        ("prescribers", summary.prescribers),
        ("of these GPs with a list", summary.gps),
        ("dispensings", summary.dispensings),
        ("of these antibiotics for people", summary.antibiotics),
        ("contacts", summary.contacts),
        ("admissions", summary.admissions),
    ];
    for (what, number) in rows {
        table.row([what.to_owned(), grouped(number)]);
    }
    let mut text = table.to_string();
    writeln!(
        text,
        "\n{} files and truth.json in \"{}\"",
        summary.files.len(),
        out.display()
    )?;
    Ok(text)
}
