//! `riktig build`: from a lake to an edition.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_codes::MonthRange;
use riktig_indicators::{CodeFacts, Definition};
use riktig_lake::edition::{
    self, Built, Edition, EditionMeta, Existing, Progress, Request, Thresholds,
};
use riktig_lake::kernel::Options;
use riktig_lake::store::Lake;

use crate::definition_files;
use crate::progress;
use crate::table::{Table, grouped, percent};

/// Link, compute and compare: an edition of a period
///
/// Links every dispensed antibiotic to the contact that caused it (docs/decisions/0001-linkage.md), sums all indicators in
/// one pass, compares prescribers with their peers, and writes the edition: an immutable folder that reports are made
/// from. The same lake and definitions give the same bytes. The months before the period, as many as it has, are summed
/// too where the lake holds them: a report shows both.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig build --lake lake --period 2024-01..2024-12 --out edition\n\n\
                        You get: the edition's folder, and a summary of who gets a report and how antibiotics were linked."
)]
pub(crate) struct Arguments {
    /// The lake's folder
    #[arg(long, value_name = "DIR")]
    lake: PathBuf,
    /// The months to report on, both included
    #[arg(long, value_name = "YYYY-MM..YYYY-MM")]
    period: MonthRange,
    /// Where the edition goes; must not exist
    #[arg(long, value_name = "EDITION")]
    out: PathBuf,
    /// Definition files or folders of them, instead of those that ship with this program
    #[arg(long, value_name = "FILE", num_args = 1..)]
    indicators: Vec<PathBuf>,
    /// Replace the edition that is there
    #[arg(long)]
    replace: bool,
    /// The edition published before, of the year before or of the same period: jumps between the two become findings
    #[arg(long, value_name = "EDITION")]
    previous: Option<PathBuf>,
    /// Read antibiotics and contacts from these Parquet deliveries instead of the lake's segments (for benchmarks)
    #[arg(long, hide = true, value_name = "DIR")]
    deliveries: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let definitions = definition_files::read(&arguments.indicators)?;
    // Read before the work, so that a bad folder is told at once; it may be the one that --replace replaces.
    let previous = arguments.previous.as_deref().map(Edition::open);
    let previous = previous.transpose()?;
    let existing = if arguments.replace {
        Existing::Replace
    } else {
        Existing::Refuse
    };
    let built = build_from(
        &arguments.lake,
        arguments.deliveries.as_deref(),
        arguments.period,
        &arguments.out,
        &definitions,
        existing,
        previous.as_ref(),
    )?;
    let mut text = summary(&built.meta)?;
    // How much of what could be said of groups may leave (decision 0007).
    writeln!(
        text,
        "figures of groups: {} told to others, {} kept back",
        grouped(built.groups.told),
        grouped(built.groups.kept_back)
    )?;
    if let Some(found) = &built.findings {
        write!(text, "\n{}", crate::words::findings(found, |_| false))?;
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

/// Builds with a bar that counts months.
pub(crate) fn build(
    lake: &Path,
    period: MonthRange,
    out: &Path,
    definitions: &[(Definition, String)],
    existing: Existing,
) -> Result<()> {
    build_from(lake, None, period, out, definitions, existing, None).map(drop)
}

fn build_from(
    lake: &Path,
    deliveries: Option<&Path>,
    period: MonthRange,
    out: &Path,
    definitions: &[(Definition, String)],
    existing: Existing,
    previous: Option<&Edition>,
) -> Result<Built> {
    let lake = Lake::open(lake)?;
    let (definitions, left_out) = valid_at_the_end(definitions, period);
    let request = Request {
        period,
        definitions: &definitions,
        facts: &CodeFacts::default(),
        thresholds: Thresholds::of_months(u32::try_from(period.len()).unwrap_or(u32::MAX)),
        options: Options::default(),
        existing,
        previous,
    };
    let bar = progress::counting("building", 1, "months");
    let show = |step| match step {
        Progress::Months(months) => bar.set_length(months as u64),
        Progress::Month(_) => bar.inc(1),
        Progress::Writing => bar.set_message("comparing"),
    };
    let built = match deliveries {
        None => edition::build(&lake, &request, out, &show),
        Some(folder) => edition::build_from_deliveries(&lake, folder, &request, out, &show),
    };
    bar.finish_and_clear();
    let built = built?;
    if !left_out.is_empty() {
        // A closed error stream is no reason to stop.
        let _ = writeln!(
            std::io::stderr().lock(),
            "note: not valid on {}, left out: {}",
            period.last().last_day(),
            left_out.join(", ")
        );
    }
    Ok(built)
}

/// The definitions that hold on the period's last day, and the ids of the others.
fn valid_at_the_end(
    definitions: &[(Definition, String)],
    period: MonthRange,
) -> (Vec<(Definition, String)>, Vec<String>) {
    let day = period.last().last_day();
    let (valid, others): (Vec<_>, Vec<_>) = definitions
        .iter()
        .cloned()
        .partition(|(definition, _)| definition.is_valid_on(day));
    let left_out = others.into_iter().map(|(it, _)| it.id).collect();
    (valid, left_out)
}

/// Who got in, how it was linked, what is missing. Rows are linked, so rows are counted: in a monthly sum per practice one
/// row is many items.
fn summary(meta: &EditionMeta) -> Result<String> {
    let links = &meta.linkage;
    let mut text = format!(
        "period {}..{}, data cut {}\n{} of {} prescribers seen get a report, with {} of the rows of antibiotics\n\n",
        meta.period.first,
        meta.period.last,
        meta.data_cut,
        grouped(u64::from(meta.qualification.qualified)),
        grouped(u64::from(meta.qualification.seen)),
        percent(meta.qualification.dispensings_covered, links.dispensings),
    );
    let mut table = Table::new(&["antibiotics", "rows>", "share>"]);
    let rows = [
        ("dispensed in the period", links.dispensings),
        ("diagnosis on the prescription", links.by_prescription),
        ("linked to a contact", links.by_contact),
        ("unlinked", links.unlinked),
        ("a contact within 3 days", links.sensitivity.within_3_days),
        (
            "a contact within 7 days (the rule)",
            links.sensitivity.within_7_days,
        ),
        ("a contact within 10 days", links.sensitivity.within_10_days),
        (
            "another prescriber's contact only",
            links.sensitivity.other_prescriber,
        ),
    ];
    for (what, number) in rows {
        table.row([
            what.to_owned(),
            grouped(number),
            percent(number, links.dispensings),
        ]);
    }
    write!(text, "{table}")?;
    for limit in &meta.limits {
        writeln!(text, "note: {}", crate::words::limit(*limit))?;
    }
    Ok(text)
}
