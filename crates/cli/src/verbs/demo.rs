//! `riktig demo`: the whole way in one go, and the result to look at.

mod cast;
mod chain;
mod course;
mod fetched;
mod journal;
mod operation;
mod portal;

pub(crate) use journal::operator;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use riktig_codes::MonthRange;
use riktig_lake::delivery::FileFormat;
use riktig_lake::edition::{Edition, Existing, Prescriber};
use riktig_lake::intake::IntakeOptions;
use riktig_lake::store::{Lake, sha256_of};
use riktig_nation::NationSpec;
use riktig_reports::{IndexEntry, Lang, Reports, render_index};

use super::{build, intake, report, simulate};
use crate::definition_files;
use crate::failure::{Hint, advise};
use crate::report_files::{self, Format};
use crate::table::{Table, grouped, percent};

/// Make a small synthetic country and every prescriber's report, and open the portal to this machine
///
/// Two counties, twenty municipalities, about 120,000 people, 110 GPs in 12 course groups, two out-of-hours services and 24
/// months: simulated, taken in, built and rendered. Then the portal is at http://127.0.0.1:8080, for this machine alone,
/// until Ctrl-C: log in as a doctor who prescribes much, as the leader of the doctor's group, as the municipality's chief
/// doctor, as an operator or a researcher, as a patient or a child's mother. Doctors prescribe there (/prescribe) through an intermediary, a pharmacy,
/// a registry and a summary record of the demo's own. Running it again makes the same files again, and a new journal.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig demo\n  riktig demo --no-serve --dir tiny --inhabitants 12000 --seed 7\n\n\
                        You get, in DIR: country/ (deliveries and truth.json), lake/, lake.key, edition/, 2023/ and reports/;\n                        with the portal journal.db, journal.keys and parties/."
)]
pub(crate) struct Arguments {
    /// Stop after the files are written
    #[arg(long)]
    no_serve: bool,
    /// Folder for everything; must be new, empty or an earlier demo's
    #[arg(long, value_name = "DIR", default_value = "demo")]
    dir: PathBuf,
    /// Port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// People alive on the first day: 2000 to 6000000
    #[arg(long, value_name = "N", default_value_t = 120_000)]
    inhabitants: u32,
    /// The same seed gives the same country
    #[arg(long, value_name = "S", default_value_t = 2023)]
    seed: u64,
    /// The moment at which the portal's clock begins, such as 2024-12-10T09:00:00Z; else it is now
    ///
    /// A card of advice of December 2024 falls in the year that the demo's reports are about.
    #[arg(long, value_name = "MOMENT", conflicts_with = "no_serve")]
    at: Option<Timestamp>,
}

/// A folder with this file in it was made by the demo and may be made again.
const MARK: &str = "made-by-riktig-demo.txt";
/// What the demo makes in its folder.
const PARTS: [&str; 14] = [
    "country",
    "lake",
    "lake.key",
    "edition",
    "edition.publication.json",
    EARLIER,
    "2023.publication.json",
    "reports",
    "journal.db",
    "journal.db-wal",
    "journal.db-shm",
    "journal.keys",
    portal::PEOPLE,
    chain::PARTIES,
];
/// The edition of the year before: in the house, built while a delivery was missing, and not let out.
const EARLIER: &str = "2023";
/// The delivery that came late.
const LATE: &str = "contacts-2023-06.csv";
/// The year that reports are about; the year before gives each doctor's own comparison.
const PERIOD: &str = "2024-01..2024-12";

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let server = if arguments.no_serve {
        None
    } else {
        Some(arguments.port)
    };
    if let Some(port) = server.filter(|port| *port != 0) {
        // Before the work, not after it.
        TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .hint(|| port_hint(port))
            .context("cannot serve")?;
    }
    if let Some(moment) = arguments.at {
        crate::clock::begin_demo_at(moment);
    }
    prepare(&arguments.dir)?;
    let demo = Demo {
        dir: &arguments.dir,
    };
    let summary = demo.make(arguments)?;
    print(&summary)?;
    match server {
        Some(port) => demo.serve(port),
        None => print(&format!(
            "\nOpen {}\n",
            demo.part("reports").join("index.html").display()
        )),
    }
}

fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .context("cannot print")
}

fn port_hint(port: u16) -> String {
    format!(
        "port {port} is taken by another program; choose one with --port, or --port 0 for any free one"
    )
}

/// Empties an earlier demo's folder; leaves anything else alone.
fn prepare(dir: &Path) -> Result<()> {
    let cannot = |act: &str| format!("cannot {act} \"{}\"", dir.display());
    let mark = dir.join(MARK);
    if mark.exists() {
        for part in PARTS {
            let path = dir.join(part);
            let removed = if path.is_dir() {
                fs::remove_dir_all(&path)
            } else {
                fs::remove_file(&path)
            };
            if path.exists() {
                removed.with_context(|| cannot("empty"))?;
            }
        }
    } else if dir.exists()
        && fs::read_dir(dir)
            .with_context(|| cannot("list"))?
            .next()
            .is_some()
    {
        return Err(advise(
            format!(
                "folder \"{}\" holds something else than a demo",
                dir.display()
            ),
            "name a new folder with --dir",
        ));
    }
    fs::create_dir_all(dir)
        .with_context(|| cannot("make"))
        .hint(|| "name another folder with --dir".into())?;
    let text = "Everything here is invented and may be deleted. `riktig demo` makes it again.\n";
    fs::write(&mark, text)
        .with_context(|| cannot("write to"))
        .hint(|| "name another folder with --dir".into())
}

/// The key follows from the seed, so that the demo gives the same files again. A real key is made of the system's randomness
/// by `riktig intake`.
fn write_key(path: &Path, seed: u64) -> Result<()> {
    let key = sha256_of(format!("the demo's pseudonym key, seed {seed}").as_bytes());
    report_files::write(path, format!("{key}\n").as_bytes())
}

struct Demo<'a> {
    dir: &'a Path,
}

impl Demo<'_> {
    fn part(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// The whole way, and the table about it.
    fn make(&self, arguments: &Arguments) -> Result<String> {
        let mut clock = Clock::default();
        let spec = NationSpec {
            inhabitants: arguments.inhabitants,
            seed: arguments.seed,
            ..NationSpec::demo()
        };
        let country = clock.step("simulate", || {
            simulate::simulate(spec, &self.part("country"), FileFormat::Csv)
        })?;
        write_key(&self.part("lake.key"), arguments.seed)?;
        let (late, files): (Vec<_>, Vec<_>) = country.files.iter().partition(|name| *name == LATE);
        clock.step("intake", || self.intake(&files))?;
        clock.step("build", || {
            let year =
                MonthRange::year_before(PERIOD.parse().context("cannot read the demo's period")?);
            self.build(year, EARLIER)
        })?;
        clock.step("intake", || self.intake(&late))?;
        clock.step("build", || {
            let period: MonthRange = PERIOD.parse().context("cannot read the demo's period")?;
            self.build(period, "edition")
        })?;
        let edition = Edition::open(&self.part("edition"))?;
        let files = clock.step("report", || self.report(&edition))?;
        summary(&edition, &Lake::open(&self.part("lake"))?, files, &clock)
    }

    fn intake(&self, names: &[&String]) -> Result<()> {
        let files: Vec<PathBuf> = names
            .iter()
            .map(|name| self.part("country").join(name))
            .collect();
        let (lake, key) = (self.part("lake"), self.part("lake.key"));
        let options = IntakeOptions::default();
        intake::intake(&files, &lake, &key, options, &mut intake::Taken::default())
    }

    fn build(&self, period: MonthRange, name: &str) -> Result<()> {
        let definitions = definition_files::read(&[])?;
        let (lake, out) = (self.part("lake"), self.part(name));
        build::build(&lake, period, &out, &definitions, Existing::Refuse)
    }

    /// Every prescriber's report in three forms, and the list of them.
    fn report(&self, edition: &Edition) -> Result<usize> {
        let out = self.part("reports");
        let formats = vec![Format::Html, Format::Pdf, Format::Json];
        let order = report::Order {
            formats,
            lang: Lang::Nb,
            synthetic: true,
        };
        let everybody: Vec<&Prescriber> = edition.prescribers().iter().collect();
        let files = order.render(edition, &everybody, &out)?;
        let reports = Reports::new(edition, true)?;
        let entries: Vec<IndexEntry> = everybody
            .iter()
            .map(|prescriber| entry(&reports, prescriber))
            .collect();
        report_files::write(
            &out.join("index.html"),
            render_index(&entries, true, Lang::Nb).as_bytes(),
        )?;
        Ok(files)
    }

    /// Serves the portal until Ctrl-C.
    fn serve(&self, port: u16) -> Result<()> {
        let period: MonthRange = PERIOD.parse().context("cannot read the demo's period")?;
        portal::serve(self.dir, port, period, |address, follow| {
            print(&format!(
                "\nThe portal is at {address} until Ctrl-C.\n\
                 Advice is at {address}/cds-services: unsigned calls of this machine are answered.\n\
                 Prescriptions are followed through the chain at {follow}\n"
            ))
        })?;
        // Whoever read our output may be gone already.
        let _ = writeln!(std::io::stdout(), "\nstopped; the files stay");
        Ok(())
    }
}

fn entry(reports: &Reports<'_>, prescriber: &Prescriber) -> IndexEntry {
    let stem = report_files::file_stem(&prescriber.external_id);
    IndexEntry {
        id: prescriber.external_id.clone(),
        roles: reports.of(prescriber).prescriber.roles,
        municipality: prescriber
            .municipality
            .as_ref()
            .map(|area| area.name.clone()),
        html: format!("html/{stem}.html"),
        pdf: Some(format!("pdf/{stem}.pdf")),
    }
}

/// Seconds by step.
#[derive(Default)]
struct Clock {
    steps: Vec<(&'static str, f64)>,
}

impl Clock {
    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let start = Instant::now();
        let result = work()?;
        let seconds = start.elapsed().as_secs_f64();
        match self.steps.iter_mut().find(|(step, _)| *step == name) {
            Some((_, sum)) => *sum += seconds,
            None => self.steps.push((name, seconds)),
        }
        Ok(result)
    }
}

fn summary(edition: &Edition, lake: &Lake, files: usize, clock: &Clock) -> Result<String> {
    let meta = edition.meta();
    let counts = lake.manifest().active().map(|delivery| delivery.counts);
    let rows = counts.fold([0; 5], |sum, counts| {
        let own = [
            counts.rows,
            counts.kept,
            counts.ballast,
            counts.refused,
            counts.cancelled,
        ];
        std::array::from_fn(|column| sum[column] + own[column])
    });
    let [rows_in, kept, ballast, refused, cancelled] = rows.map(grouped);
    let links = &meta.linkage;
    let linked = links.dispensings - links.unlinked;
    let mut table = Table::new(&["what", "number>"]);
    table.row([
        "prescribers with a report".to_owned(),
        grouped(edition.prescribers().len() as u64),
    ]);
    table.row(["report files".to_owned(), grouped(files as u64)]);
    for (what, number) in [
        ("rows in", rows_in),
        ("kept", kept),
        ("set apart", ballast),
        ("refused", refused),
        ("cancelled", cancelled),
    ] {
        table.row([what.to_owned(), number]);
    }
    table.row([
        "antibiotics in the period".to_owned(),
        grouped(links.dispensings),
    ]);
    table.row([
        "of these with a diagnosis".to_owned(),
        percent(linked, links.dispensings),
    ]);
    let mut text = format!("{table}\n");
    let mut times = Table::new(&["step", "seconds>"]);
    for (step, seconds) in &clock.steps {
        times.row([(*step).to_owned(), format!("{seconds:.1}")]);
    }
    let total: f64 = clock.steps.iter().map(|(_, seconds)| seconds).sum();
    times.row(["all".to_owned(), format!("{total:.1}")]);
    write!(text, "{times}")?;
    Ok(text)
}
