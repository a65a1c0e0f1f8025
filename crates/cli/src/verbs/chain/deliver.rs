//! `riktig chain deliver`: what a registry was told becomes a delivery of dispensings.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use riktig_chain::registry::{HandedOut, Reported, taken};
use riktig_codes::{DiagnosisCode, MonthRange};
use riktig_eresept::Diagnosis;
use riktig_eresept::signature::Trust;
use riktig_journal::Journal;
use riktig_journal::policy::{About, Act, Actor};
use riktig_lake::delivery::rows::DispensingRow;
use riktig_lake::delivery::{DeliveryWriter, Field, FileFormat, Kind, PrescribedRow};

use super::runtime;

use crate::clock::{now, today};
use crate::delivery_file::{header, private};
use crate::failure::{Hint as _, advise};

/// Write what a registry was told as a delivery of dispensings
///
/// One row for each drug that was dispensed in these months, with the prescription's diagnosis, and one that takes it back where the pharmacy
/// did. `riktig intake` takes the file in. It holds identity numbers: whoever runs this is the registry.
#[derive(Args)]
#[command(
    after_help = "Example:\n  riktig chain deliver --journal sqlite:registry.db --keys registry.keys --authority ca.der \\\n    \
                  --months 2026-03..2026-03 --out dispensings.csv\n\n\
                  You get: a file that `riktig intake` takes in."
)]
pub(crate) struct Arguments {
    /// The registry's journal: sqlite:FILE or postgres://…
    #[arg(long, value_name = "URL")]
    pub(super) journal: String,
    /// The journal's keys
    #[arg(long, value_name = "FILE")]
    pub(super) keys: PathBuf,
    /// A certificate of an authority whose signers are believed (DER); as often as there are authorities
    #[arg(long, value_name = "FILE", required = true)]
    pub(super) authority: Vec<PathBuf>,
    /// The authorities are test authorities of this project
    #[arg(long)]
    pub(super) test_authorities: bool,
    /// Months of dispensing; only such as are over
    #[arg(long, value_name = "YYYY-MM..YYYY-MM")]
    pub(super) months: MonthRange,
    /// The delivery; a file that is there stays as it is
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// The delivery that this one replaces
    #[arg(long, value_name = "DELIVERY")]
    pub(super) corrects: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.months.last() >= today().month() {
        return Err(advise(
            format!("cannot deliver {}: it is not over", arguments.months),
            "name months that are over, or dispensings that are still to come would be missing",
        ));
    }
    if arguments.out.exists() {
        return Err(advise(
            format!("\"{}\" is there already", arguments.out.display()),
            "name a new file with --out",
        ));
    }
    let reports = runtime()?.block_on(reports(arguments))?;
    let written = write(arguments, &reports)
        .hint(|| "name a file with --out that this user may write".to_owned())?;
    let mut text = format!(
        "{}: {} dispensings, {} of them taken back\n",
        arguments.out.display(),
        written.dispensed,
        written.annulled
    );
    if written.without_substance > 0 {
        text += &format!(
            "{} dispensings of what has no ATC code are not in it\n",
            written.without_substance
        );
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

async fn reports(arguments: &Arguments) -> Result<Vec<Reported>> {
    let trust = super::setup::trust(&arguments.authority, arguments.test_authorities, None)?;
    let keys = super::setup::journal_keys(&arguments.keys)?;
    let journal = Journal::open(&arguments.journal, keys).await?;
    let reports = read(&journal, &trust).await;
    journal.close().await;
    reports
}

async fn read(journal: &Journal, trust: &Trust) -> Result<Vec<Reported>> {
    let verb = Actor::verb("chain-deliver");
    let mut looking = journal
        .ask_to_look(&verb, Act::Maintain, About::Journal, now())
        .await?;
    Ok(taken(&mut looking, journal, trust).await?)
}

/// What is in a delivery.
#[derive(Debug, Default, PartialEq, Eq)]
struct Written {
    dispensed: u64,
    annulled: u64,
    without_substance: u64,
}

fn write(arguments: &Arguments, reports: &[Reported]) -> Result<Written> {
    let format = match arguments.out.extension() {
        Some(end) if end == "parquet" => FileFormat::Parquet,
        _ => FileFormat::Csv,
    };
    private(&arguments.out)?;
    let mut writer = DeliveryWriter::<PrescribedRow<'static>>::create(
        &arguments.out,
        &header(
            Kind::Dispensings,
            "chain",
            arguments.months,
            arguments.corrects.as_ref(),
        ),
        format,
    )?;
    let mut written = Written::default();
    // By the day of dispensing: what takes back belongs to the month of what it takes back.
    let mut inside = BTreeMap::new();
    for reported in reports
        .iter()
        .filter(|one| !one.annulled && arguments.months.contains_day(one.dispensed))
    {
        let Some((out, atc)) = reported
            .handed_out
            .as_ref()
            .and_then(|out| Some((out, out.atc?)))
        else {
            written.without_substance += 1;
            continue;
        };
        let patient =
            std::str::from_utf8(reported.patient.reveal_digits()).context("digits are text")?;
        let diagnosis = reported.diagnosis.as_ref().map(named);
        let municipality = reported.municipality.map(|it| it.to_string());
        writer.write_borrowed(&row(
            reported,
            (out, atc.as_str()),
            (patient, municipality.as_deref()),
            diagnosis.as_ref(),
        ))?;
        written.dispensed += 1;
        inside.insert(reported.id.as_str(), ());
    }
    for back in reports
        .iter()
        .filter(|one| one.annulled && inside.contains_key(one.id.as_str()))
    {
        writer.write_borrowed(&PrescribedRow {
            row: DispensingRow {
                dispensing_id: Field::Text(&back.id),
                status: Field::Text("annulled"),
                ..DispensingRow::default()
            },
            waiting: Field::Missing,
        })?;
        written.annulled += 1;
    }
    writer.finish()?;
    Ok(written)
}

fn row<'a>(
    reported: &'a Reported,
    (out, atc): (&'a HandedOut, &'a str),
    (patient, municipality): (&'a str, Option<&'a str>),
    diagnosis: Option<&'a (String, String)>,
) -> PrescribedRow<'a> {
    // A number that is no varenummer would refuse the row, and the dispensing with it.
    let item = out.item_number.as_deref();
    let item = item.filter(|it| it.len() == 6 && it.bytes().all(|digit| digit.is_ascii_digit()));
    let units = out
        .units_thousandths
        .and_then(|units| i64::try_from(units).ok());
    let row = DispensingRow {
        dispensing_id: Field::Text(&reported.id),
        status: Field::Text("dispensed"),
        receiver: Field::Text("human"),
        patient_id: Field::Text(patient),
        patient_municipality: municipality.map_or(Field::Missing, Field::Text),
        prescriber_hpr: Field::Whole(reported.prescriber.value().into()),
        prescribed_date: Field::Day(reported.prescribed.epoch_days()),
        dispensed_date: Field::Day(reported.dispensed.epoch_days()),
        item_number: item.map_or(Field::Missing, Field::Text),
        atc: Field::Text(atc),
        route: out
            .route
            .map_or(Field::Missing, |it| Field::Text(it.as_str())),
        // One report is one line; how many packs it is stands in the units.
        items: Field::Whole(1),
        units: units.map_or(Field::Missing, Field::Milli),
        diagnosis_system: diagnosis.map_or(Field::Missing, |it| Field::Text(&it.0)),
        diagnosis: diagnosis.map_or(Field::Missing, |it| Field::Text(&it.1)),
        ..DispensingRow::default()
    };
    // What the prescriber's system does not say is missing, which is not *no*.
    let said = |waits| Field::Text(if waits { "yes" } else { "no" });
    PrescribedRow {
        row,
        waiting: reported.waiting.map_or(Field::Missing, said),
    }
}

/// System and code as a delivery has them. What is no code of a known system goes as it is: the intake says what is wrong with it, and a
/// diagnosis that was sent is not told as none.
fn named(diagnosis: &Diagnosis) -> (String, String) {
    match diagnosis.code() {
        Ok(code @ DiagnosisCode::Icpc2(_)) => ("ICPC-2".to_owned(), code.to_string()),
        Ok(code @ DiagnosisCode::Icd10(_)) => ("ICD-10".to_owned(), code.to_string()),
        Err(_) => {
            let coded = diagnosis.coded();
            (coded.system.clone().unwrap_or_default(), coded.code.clone())
        }
    }
}
