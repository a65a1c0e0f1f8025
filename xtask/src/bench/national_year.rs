//! The national year beside DuckDB and Polars: the same work on the same files, and the same results.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::cost::{self, Cost, Entry};
use super::{Course, succeed};
use crate::{python, workspace};

const PERIOD: &str = "2024-01..2024-12";
const ENGINES: [&str; 2] = ["duckdb", "polars"];
/// People of the whole nation, and the month that is delivered as text.
const NORWAY: f64 = 5_600_000.0;
const MONTH: &str = "2024-01";

/// Builds from segments, builds from deliveries, and an intake of a month, each in turns and with the results beside ours.
pub(crate) fn beside_peers(course: &Course) -> Result<()> {
    let peers = Peers {
        course,
        python: python::interpreter(&python::ENGINES)?,
    };
    peers.race(
        "build from our own segments",
        &|| peers.own_build(None),
        &|engine| peers.build(engine, "build", "edition", None),
    )?;
    peers.check("build", "edition")?;
    let country = course.dir.join("country");
    peers.race(
        "build from delivery Parquet",
        &|| peers.own_build(Some(&country)),
        &|engine| peers.build(engine, "raw", "edition-raw", Some(&country)),
    )?;
    peers.check("raw", "edition-raw")?;
    peers.one_month()?;
    peers.race(
        "intake of one month of text",
        &|| peers.own_intake(),
        &|engine| peers.intake(engine),
    )
}

struct Peers<'a> {
    course: &'a Course,
    python: PathBuf,
}

impl Peers<'_> {
    /// Everybody in turns, so that a busy quarter of an hour hits all of them; then the table.
    fn race(
        &self,
        title: &str,
        ours: &dyn Fn() -> Result<Cost>,
        theirs: &dyn Fn(&str) -> Result<Cost>,
    ) -> Result<()> {
        let entry = |name: &str| Entry {
            name: name.to_owned(),
            runs: Vec::new(),
        };
        let mut entries = vec![entry("riktig")];
        entries.extend(ENGINES.map(entry));
        for run in 1..=self.course.runs {
            eprintln!("{title}: run {run} of {}", self.course.runs);
            entries[0].runs.push(ours()?);
            for (at, engine) in (1..).zip(ENGINES) {
                entries[at].runs.push(theirs(engine)?);
            }
        }
        cost::print(&format!("{title}, 2 threads each, medians:"), &entries);
        Ok(())
    }

    /// A build of ours that finds nothing prepared: the lake's derived files are caches and are removed first.
    fn own_build(&self, deliveries: Option<&Path>) -> Result<Cost> {
        let dir = &self.course.dir;
        let (lake, out) = (
            dir.join("lake"),
            dir.join(if deliveries.is_some() {
                "edition-raw"
            } else {
                "edition"
            }),
        );
        for folder in [lake.join("derived"), out.clone()] {
            remove(&folder)?;
        }
        let mut build = Command::new(&self.course.riktig);
        build
            .args(["build", "--period", PERIOD, "--lake"])
            .arg(&lake)
            .arg("--out")
            .arg(&out)
            .arg("--indicators")
            .args(definitions_of_reports()?);
        if let Some(folder) = deliveries {
            build.arg("--deliveries").arg(folder);
        }
        self.measured(&mut build, "riktig build")
    }

    fn own_intake(&self) -> Result<Cost> {
        let lake = self.course.dir.join("month").join("lake");
        remove(&lake)?;
        let mut intake = Command::new(&self.course.riktig);
        intake
            .arg("intake")
            .args(self.month_files())
            .arg("--lake")
            .arg(&lake);
        self.measured(&mut intake, "riktig intake")
    }

    fn measured(&self, command: &mut Command, what: &str) -> Result<Cost> {
        let account = self.course.dir.join("account.json");
        succeed(
            command.arg("--measure").arg(&account).stdout(Stdio::null()),
            what,
        )?;
        Cost::read(&account)
    }

    /// One build by a peer; from deliveries where there are some.
    fn build(
        &self,
        engine: &str,
        script: &str,
        edition: &str,
        deliveries: Option<&Path>,
    ) -> Result<Cost> {
        let out = self.out(script, engine)?;
        let mut build = self.script(&format!("{script}_{engine}.py"));
        build.args(deliveries).arg(self.course.dir.join("lake"));
        build.arg(self.course.dir.join(edition)).arg(&out);
        self.twice(&mut build, engine)?;
        Cost::read(&out.join("account.json"))
    }

    fn intake(&self, engine: &str) -> Result<Cost> {
        let out = self.out("intake", engine)?;
        let mut intake = self.script(&format!("intake_{engine}.py"));
        intake.args(self.month_files()).arg(&out);
        self.twice(&mut intake, engine)?;
        Cost::read(&out.join("account.json"))
    }

    /// DuckDB 2.0.0 stops now and then with an internal error; it is never wrong, so it gets a second try, said aloud.
    fn twice(&self, command: &mut Command, engine: &str) -> Result<()> {
        succeed(command, engine).or_else(|error| {
            eprintln!("{error}; once more");
            succeed(command, engine)
        })
    }

    fn script(&self, name: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(python::scripts().join(name));
        command
    }

    fn out(&self, script: &str, engine: &str) -> Result<PathBuf> {
        let out = self.course.dir.join("peers").join(script).join(engine);
        fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        Ok(out)
    }

    /// The peers' results beside an edition of ours.
    fn check(&self, script: &str, edition: &str) -> Result<()> {
        println!("\nresults of {script} beside {edition}:");
        let mut equality = self.script("equality.py");
        equality
            .arg(self.course.dir.join("lake"))
            .arg(self.course.dir.join(edition));
        for engine in ENGINES {
            equality.arg(self.out(script, engine)?);
        }
        succeed(
            &mut equality,
            "the equality check: the results are not equal",
        )
    }

    /// One month of the same nation, delivered as text.
    fn one_month(&self) -> Result<()> {
        let folder = self.course.dir.join("month");
        remove(&folder)?;
        let inhabitants = (NORWAY * self.course.scale).round().to_string();
        let mut simulate = Command::new(&self.course.riktig);
        simulate.args([
            "simulate", "--months", "1", "--format", "csv", "--from", MONTH,
        ]);
        simulate
            .args(["--inhabitants", &inhabitants, "--out"])
            .arg(folder.join("country"));
        succeed(simulate.stdout(Stdio::null()), "riktig simulate")
    }

    fn month_files(&self) -> [PathBuf; 2] {
        let country = self.course.dir.join("month").join("country");
        ["dispensings", "contacts"].map(|kind| country.join(format!("{kind}-{MONTH}.csv")))
    }
}

/// The definitions of a doctor's report. The others are left out of the race, because all of them need more terms than the 62
/// bits of a mask that the peers can add up.
fn definitions_of_reports() -> Result<Vec<PathBuf>> {
    let folder = workspace::root().join("content").join("indicators");
    let mut files = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let definition: toml::Table = text
            .parse()
            .with_context(|| format!("cannot read {} as TOML", path.display()))?;
        if definition.get("relevance").and_then(toml::Value::as_str) != Some("reference") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
