//! What each benchmark does, step by step.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{Bench, Figure, Step};
use crate::failure::Hint;

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Course {
    /// The small country of `riktig demo`, 24 months: every step
    Demo,
    /// 5.6 million people, one year: simulate, intake, build, report, and then one new month
    NationalYear,
    /// 5.6 million people: one month delivered as text, into an empty lake
    IntakeMonth,
    /// Statistics, not time: coverage and false alarms of `riktig follow-up` over synthetic doctors
    FollowUp,
    /// The portal with a country's edition: what a page costs, how long doctors wait, what breaks first (needs wrk)
    Portal,
    /// Calls for advice by CDS Hooks: what each costs, and how long doctors wait (needs wrk)
    Advice,
    /// The prescription chain: durable messages a second through the intermediary, and how long a prescriber waits
    Chain,
}

const NORWAY: u32 = 5_600_000;
const DEMO: u32 = 120_000;
/// The month after the national year: delivered with it, taken in after it.
const NEW_MONTH: &str = "2025-01";

impl Bench {
    pub(super) fn steps_of(&self, course: Course) -> Result<Vec<Figure>> {
        match course {
            Course::Demo => self.demo(),
            Course::NationalYear => self.national_year(),
            Course::IntakeMonth => self.intake_month(),
            Course::Portal => self.edition(),
            // Not costs of steps: the verb prints them.
            Course::FollowUp | Course::Advice | Course::Chain => Ok(Vec::new()),
        }
    }

    fn demo(&self) -> Result<Vec<Figure>> {
        let mut figures = vec![
            self.measure(&self.simulate(DEMO, "2023-01", 24, "csv"))?,
            self.measure(&self.intake("intake", &[self.country()]))?,
            self.measure(&self.build("build", "2024-01..2024-12", "edition"))?,
        ];
        for format in ["html", "pdf"] {
            figures.push(self.report(format)?);
        }
        Ok(figures)
    }

    /// The year before the new month, everything rendered, and then what an operator waits for every month.
    fn national_year(&self) -> Result<Vec<Figure>> {
        let mut figures = vec![self.measure(&self.simulate(NORWAY, "2024-01", 13, "parquet"))?];
        let (new, year) = split_by_name(&self.country(), NEW_MONTH)?;
        figures.push(self.measure(&self.intake("intake of the year", &year))?);
        figures.push(self.measure(&self.build(
            "build of the year",
            "2024-01..2024-12",
            "edition",
        ))?);
        for format in ["html", "pdf"] {
            figures.push(self.report(format)?);
        }
        figures.push(self.measure(&self.intake("intake of a new month", &new))?);
        figures.push(self.measure(&self.build(
            "build after it",
            "2024-02..2025-01",
            "edition-after",
        ))?);
        Ok(figures)
    }

    /// An edition of the whole country.
    fn edition(&self) -> Result<Vec<Figure>> {
        Ok(vec![
            self.measure(&self.simulate(NORWAY, "2024-01", 12, "parquet"))?,
            self.measure(&self.intake("intake", &[self.country()]))?,
            self.measure(&self.build("build", "2024-01..2024-12", "edition"))?,
        ])
    }

    fn intake_month(&self) -> Result<Vec<Figure>> {
        Ok(vec![
            self.measure(&self.simulate(NORWAY, "2024-01", 1, "csv"))?,
            self.measure(&self.intake("intake of a month", &[self.country()]))?,
        ])
    }

    fn country(&self) -> PathBuf {
        self.dir.join("country")
    }

    fn simulate(&self, inhabitants: u32, from: &str, months: u32, format: &str) -> Step {
        let inhabitants = (f64::from(inhabitants) * self.scale).round().to_string();
        let (months, seed) = (months.to_string(), self.seed.to_string());
        let out = self.country();
        Step::new(
            "simulate",
            [
                "simulate".as_ref(),
                "--inhabitants".as_ref(),
                inhabitants.as_ref(),
                "--from".as_ref(),
                from.as_ref(),
                "--months".as_ref(),
                months.as_ref(),
                "--seed".as_ref(),
                seed.as_ref(),
                "--format".as_ref(),
                format.as_ref(),
                "--out".as_ref(),
                out.as_os_str(),
            ],
        )
    }

    fn intake(&self, name: &str, files: &[PathBuf]) -> Step {
        let mut arguments: Vec<OsString> = vec!["intake".into()];
        arguments.extend(files.iter().map(OsString::from));
        arguments.extend(["--lake".into(), self.dir.join("lake").into()]);
        Step::new(name, arguments)
    }

    fn build(&self, name: &str, period: &str, edition: &str) -> Step {
        let (lake, out) = (self.dir.join("lake"), self.dir.join(edition));
        let arguments: [OsString; 7] = [
            "build".into(),
            "--lake".into(),
            lake.into(),
            "--period".into(),
            period.into(),
            "--out".into(),
            out.into(),
        ];
        Step::new(name, arguments)
    }

    /// Renders every prescriber of the edition and counts the files, because a nation has more prescribers than GPs.
    fn report(&self, format: &str) -> Result<Figure> {
        let (edition, out) = (
            self.dir.join("edition"),
            self.dir.join("reports").join(format),
        );
        let arguments: [OsString; 8] = [
            "report".into(),
            "--all".into(),
            "--edition".into(),
            edition.into(),
            "--format".into(),
            format.into(),
            "--out".into(),
            out.clone().into(),
        ];
        let mut figure = self.measure(&Step::new(&format!("report {format}"), arguments))?;
        figure.files = Some(count_files(&out, format)?);
        Ok(figure)
    }
}

/// Files whose name holds `word`, and the others, each in order of name.
fn split_by_name(folder: &Path, word: &str) -> Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list \"{}\"", folder.display()));
    let entries = entries.hint(|| "`riktig simulate` should have made it".into())?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<PathBuf>>>()?;
    files.retain(|path| path.extension().is_some_and(|kind| kind != "json"));
    files.sort();
    let holds = |path: &PathBuf| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().contains(word))
    };
    Ok(files.into_iter().partition(holds))
}

/// Files with this extension below a folder.
fn count_files(folder: &Path, extension: &str) -> Result<u64> {
    let mut count = 0;
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot list \"{}\"", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            count += count_files(&path, extension)?;
        } else if path.extension().is_some_and(|found| found == extension) {
            count += 1;
        }
    }
    Ok(count)
}
