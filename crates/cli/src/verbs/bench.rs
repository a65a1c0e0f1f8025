//! `riktig bench`: what our own steps cost, each measured as a process of its own.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::failure::Hint;
use crate::measure::Cost;
use crate::progress;
use crate::table::Table;

/// Measure our own steps: seconds, CPU seconds, peak memory and bytes read
///
/// Makes what it needs with `simulate`, runs every step as a process of its own and lets each read its account from the
/// kernel at its end. The figures are printed as a table and written to DIR/figures.json. Nothing is warmed up or
/// repeated: files that the step before wrote are in the page cache, as they are in real use.
///
/// `cargo xtask bench NAME` runs the same and adds DuckDB and Polars on the same files.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig bench demo --dir figures\n\n\
                        A national year needs about 20 GB of disk; --inhabitants makes it smaller.")]
pub(crate) struct Arguments {
    /// What to measure
    #[arg(value_name = "NAME")]
    name: Name,
    /// Where deliveries, lake, edition and reports go; must be new or a benchmark's folder
    #[arg(long, value_name = "DIR", default_value = "bench")]
    dir: PathBuf,
    /// People in the synthetic nation (default: what the benchmark is about)
    #[arg(long, value_name = "N")]
    inhabitants: Option<u32>,
    /// Seed of the synthetic nation
    #[arg(long, value_name = "S", default_value_t = 2023)]
    seed: u64,
}

/// What can be measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// The small country of `riktig demo`, 24 months: every step
    Demo,
    /// 5.6 million people, one year: simulate, intake, build, report
    NationalYear,
    /// 5.6 million people: one new month into a lake that holds the month before, and the build after it
    IntakeMonth,
    /// 5,500 prescribers' reports in each format, from the edition of a national year
    Reports,
}

const NORWAY: u32 = 5_600_000;
const DEMO: u32 = 120_000;

/// One process to run and the name of its row.
struct Step {
    name: String,
    arguments: Vec<OsString>,
}

#[derive(Serialize)]
struct Figure {
    step: String,
    #[serde(flatten)]
    cost: Cost,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    prepare(&arguments.dir)?;
    let bench = Bench {
        dir: &arguments.dir,
        seed: arguments.seed,
        inhabitants: arguments.inhabitants,
    };
    let figures = match arguments.name {
        Name::Demo => bench.whole_way(DEMO, "2023-01", 24, "2024-01..2024-12"),
        Name::NationalYear => bench.whole_way(NORWAY, "2024-01", 12, "2024-01..2024-12"),
        Name::IntakeMonth => bench.new_month(),
        Name::Reports => bench.reports(),
    }?;
    let path = arguments.dir.join("figures.json");
    fs::write(&path, serde_json::to_string_pretty(&figures)?)
        .with_context(|| format!("cannot write \"{}\"", path.display()))?;
    write!(std::io::stdout().lock(), "{}", table(&figures)).context("cannot print")
}

/// A new folder, or one that an earlier benchmark made and that may be emptied.
fn prepare(dir: &Path) -> Result<()> {
    let mark = dir.join("figures.json");
    if dir.exists() && !mark.exists() && fs::read_dir(dir)?.next().is_some() {
        return Err(crate::failure::advise(
            format!(
                "folder \"{}\" holds something else than a benchmark",
                dir.display()
            ),
            "name a new folder with --dir",
        ));
    }
    if mark.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("cannot empty \"{}\"", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("cannot make \"{}\"", dir.display()))?;
    // The mark comes first, so that an interrupted benchmark can be run again.
    fs::write(&mark, "[]").with_context(|| format!("cannot write \"{}\"", mark.display()))
}

struct Bench<'a> {
    dir: &'a Path,
    seed: u64,
    inhabitants: Option<u32>,
}

impl Bench<'_> {
    fn whole_way(
        &self,
        inhabitants: u32,
        from: &str,
        months: u32,
        period: &str,
    ) -> Result<Vec<Figure>> {
        let mut figures = vec![
            self.measure(&self.simulate(inhabitants, from, months))?,
            self.measure(&self.intake("intake", &[self.dir.join("country")]))?,
            self.measure(&self.build("build", period, "edition"))?,
        ];
        for format in ["html", "pdf"] {
            figures.push(self.measure(&self.report(format))?);
        }
        Ok(figures)
    }

    /// The month before is taken in first; what is measured is what an operator waits for every month.
    fn new_month(&self) -> Result<Vec<Figure>> {
        self.measure(&self.simulate(NORWAY, "2024-01", 2))?;
        let deliveries = self.dir.join("country");
        let (new, before) = split_by_name(&deliveries, "2024-02")?;
        self.measure(&self.intake("intake of the month before", &before))?;
        Ok(vec![
            self.measure(&self.intake("intake of one month", &new))?,
            self.measure(&self.build("build after it", "2024-02..2024-02", "edition"))?,
        ])
    }

    fn reports(&self) -> Result<Vec<Figure>> {
        self.measure(&self.simulate(NORWAY, "2024-01", 12))?;
        self.measure(&self.intake("intake", &[self.dir.join("country")]))?;
        self.measure(&self.build("build", "2024-01..2024-12", "edition"))?;
        ["html", "pdf", "json", "csv"]
            .into_iter()
            .map(|format| self.measure(&self.report(format)))
            .collect()
    }

    fn simulate(&self, inhabitants: u32, from: &str, months: u32) -> Step {
        let inhabitants = self.inhabitants.unwrap_or(inhabitants);
        let numbers = [
            inhabitants.to_string(),
            from.to_owned(),
            months.to_string(),
            self.seed.to_string(),
        ];
        let mut arguments = vec!["simulate".into()];
        for (flag, number) in ["--inhabitants", "--from", "--months", "--seed"]
            .into_iter()
            .zip(numbers)
        {
            arguments.extend([OsString::from(flag), number.into()]);
        }
        arguments.extend(["--out".into(), self.dir.join("country").into()]);
        Step {
            name: "simulate".into(),
            arguments,
        }
    }

    fn intake(&self, name: &str, files: &[PathBuf]) -> Step {
        let mut arguments: Vec<OsString> = vec!["intake".into()];
        arguments.extend(files.iter().map(OsString::from));
        arguments.extend(["--lake".into(), self.dir.join("lake").into()]);
        Step {
            name: name.into(),
            arguments,
        }
    }

    fn build(&self, name: &str, period: &str, edition: &str) -> Step {
        let lake = self.dir.join("lake");
        let out = self.dir.join(edition);
        let arguments: [OsString; 7] = [
            "build".into(),
            "--lake".into(),
            lake.into(),
            "--period".into(),
            period.into(),
            "--out".into(),
            out.into(),
        ];
        Step {
            name: name.into(),
            arguments: arguments.into(),
        }
    }

    fn report(&self, format: &str) -> Step {
        let mut arguments: Vec<OsString> = vec!["report".into(), "--all".into()];
        arguments.extend([
            "--edition".into(),
            self.dir.join("edition").into(),
            "--format".into(),
            format.into(),
        ]);
        arguments.extend(["--out".into(), self.dir.join("reports").into()]);
        Step {
            name: format!("report {format}"),
            arguments,
        }
    }

    /// Runs a step with this same program and reads what it says it cost.
    fn measure(&self, step: &Step) -> Result<Figure> {
        let bar = progress::waiting(&step.name);
        let cost_file = self.dir.join("cost.json");
        let program = std::env::current_exe().context("cannot find this program's own file")?;
        let output = Command::new(program)
            .args(&step.arguments)
            .arg("--measure")
            .arg(&cost_file)
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start the step \"{}\"", step.name))?;
        bar.finish_and_clear();
        if !output.status.success() {
            bail!(
                "the step \"{}\" failed:\n{}",
                step.name,
                String::from_utf8_lossy(&output.stderr).trim_end()
            );
        }
        let text = fs::read_to_string(&cost_file).context("the step did not say what it cost")?;
        fs::remove_file(&cost_file).context("cannot remove the step's account")?;
        Ok(Figure {
            step: step.name.clone(),
            cost: serde_json::from_str(&text)?,
        })
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
    files.sort();
    let holds = |path: &PathBuf| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().contains(word))
    };
    Ok(files.into_iter().partition(holds))
}

fn table(figures: &[Figure]) -> Table {
    let mut table = Table::new(&[
        "step",
        "seconds>",
        "CPU s>",
        "peak MB>",
        "read MB>",
        "written MB>",
    ]);
    for figure in figures {
        let cost = &figure.cost;
        let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
        table.row([
            figure.step.clone(),
            format!("{:.2}", cost.seconds),
            format!("{:.2}", cost.cpu_seconds),
            megabytes(cost.peak_memory_bytes),
            megabytes(cost.read_bytes),
            megabytes(cost.written_bytes),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_something_else_in_it_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thesis.txt"), "ten years of work").unwrap();
        assert!(prepare(folder.path()).is_err());
        assert!(folder.path().join("thesis.txt").exists());
    }

    #[test]
    fn a_benchmark_folder_is_emptied_and_marked() {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("bench");
        prepare(&dir).unwrap();
        fs::write(dir.join("lake"), "").unwrap();
        prepare(&dir).unwrap();
        assert!(dir.join("figures.json").exists() && !dir.join("lake").exists());
    }
}
