//! What is done, step by step, and what comes of it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use riktig_chain::rehearsal::{Parties, id, identity};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, trace};
use riktig_journal::identity::Keys;
use serde_json::{Value, json};

use super::processes::{Processes, journal};
use crate::say::say;

/// How often it is looked whether a message has arrived.
const PULSE: Duration = Duration::from_millis(200);
/// Looks before it is given up.
const LOOKS: u32 = 100;

/// Opens a link's journal.
pub(super) async fn open(dir: &Path, link: Link) -> Result<Journal> {
    let keys = Keys::read(&dir.join("parties").join("journal.keys"))?;
    let opened = Journal::open(&journal(dir, link), keys).await;
    opened.with_context(|| format!("cannot open the journal of the {}", link.word()))
}

/// Three prescriptions; the first goes all the way.
pub(super) async fn walk(dir: &Path, processes: &mut Processes) -> Result<()> {
    for order in &ORDERS {
        let told = processes.ask(Link::Prescriber, &order.asked())?;
        let what = order.what;
        say(format_args!(
            "prescriber -> intermediary: M1, {what}: {}",
            sent(&told["sent"])
        ))?;
    }
    dispense(processes)?;
    arrived(dir, Link::Registry).await?;
    say(format_args!(
        "pharmacy -> registry: M10 with the signed M1: taken"
    ))?;
    arrived(dir, Link::SummaryRecord).await?;
    say(format_args!(
        "intermediary -> summary record: M8.1 with the signed M1: taken"
    ))?;
    let day = told_prescriber(processes).await?;
    say(format_args!(
        "intermediary -> prescriber: M6: the doctor sees that it was dispensed on {day}"
    ))?;
    Ok(())
}

struct Order {
    number: u32,
    what: &'static str,
    atc: &'static str,
    drug: &'static str,
    diagnosis: Option<&'static str>,
}

const ORDERS: [Order; 3] = [
    Order {
        number: 1,
        what: "phenoxymethylpenicillin with R75",
        atc: "J01CE02",
        drug: "Apocillin tabletter 660 mg",
        diagnosis: Some("R75"),
    },
    Order {
        number: 2,
        what: "phenoxymethylpenicillin without a diagnosis",
        atc: "J01CE02",
        drug: "Apocillin tabletter 660 mg",
        diagnosis: None,
    },
    Order {
        number: 3,
        what: "simvastatin with R75",
        atc: "C10AA01",
        drug: "Simvastatin tabletter 20 mg",
        diagnosis: Some("R75"),
    },
];

impl Order {
    fn asked(&self) -> Value {
        json!({
            "act": "prescribe",
            "id": id("m1", self.number).as_str(),
            "doctor": doctor(),
            "patient": patient(self.number),
            "atc": self.atc,
            "drug": self.drug,
            "dosage": "1 tablett 4 ganger daglig i 5 dager",
            "use": "Mot bihulebetennelse",
            "packs": 1,
            "diagnosis": self.diagnosis,
            "diagnosis_name": self.diagnosis.map(|_| "Bihulebetennelse"),
        })
    }
}

fn doctor() -> String {
    Parties::doctor_number().to_string()
}

/// Invented: it may be written down.
fn patient(number: u32) -> String {
    String::from_utf8_lossy(identity(number).reveal_digits()).into_owned()
}

fn sent(sent: &Value) -> String {
    let reasons = |told: &Value| {
        let told = told.as_array().into_iter().flatten();
        let one =
            |it: &Value| [&it[0], &it[1]].map(|it| it.as_str().unwrap_or_default().to_owned());
        told.map(|it| one(it).join(" "))
            .collect::<Vec<_>>()
            .join("; ")
    };
    if !sent["refused"].is_null() {
        return format!("refused: {}", reasons(&sent["refused"]));
    }
    match &sent["taken"] {
        Value::Null => "no answer yet; it is sent again".to_owned(),
        Value::Array(warnings) if warnings.is_empty() => "taken".to_owned(),
        warnings => format!("taken, with warnings: {}", reasons(warnings)),
    }
}

/// The pharmacy lists, downloads and dispenses the first, and reports it to the intermediary and then to the registry.
fn dispense(processes: &mut Processes) -> Result<()> {
    let prescription = id("m1", 1);
    let prescription = prescription.as_str();
    let list = json!({ "act": "list", "patient": patient(1) });
    let listed = processes.ask(Link::Pharmacy, &list)?;
    let listed = listed["listed"].as_array().map_or(0, Vec::len);
    say(format_args!(
        "pharmacy -> intermediary: M9.1, the patient's list: {listed} prescriptions"
    ))?;
    let download = json!({ "act": "download", "id": prescription });
    let counter = processes.ask(Link::Pharmacy, &download)?;
    let reason = counter["reason"].as_str().unwrap_or("not given");
    say(format_args!(
        "pharmacy -> intermediary: M9.3, download: reason of treatment {reason}, signature holds"
    ))?;
    let dispense = json!({ "act": "dispense", "id": prescription, "packs": 1 });
    let reported = processes.ask(Link::Pharmacy, &dispense)?;
    if reported["taken"] != 2 {
        bail!("the reports of the dispensing were not taken: {reported}");
    }
    say(format_args!(
        "pharmacy -> intermediary: M10, one pack dispensed: taken"
    ))?;
    Ok(())
}

/// Waits until a link has the first prescription.
async fn arrived(dir: &Path, link: Link) -> Result<()> {
    let journal = open(dir, link).await?;
    let prescription = id("m1", 1).as_str().parse().context("a UUID is an id")?;
    for _ in 0..LOOKS {
        if trace(&journal, link, &prescription).await?.is_some() {
            journal.close().await;
            return Ok(());
        }
        tokio::time::sleep(PULSE).await;
    }
    bail!(
        "the {} has not heard of the dispensing; its log is in the folder",
        link.word()
    )
}

/// Waits until the prescriber was told of the dispensing (M6), and gives its day.
async fn told_prescriber(processes: &mut Processes) -> Result<String> {
    let (first, written) = (
        id("m1", 1),
        json!({ "act": "written", "doctor": doctor(), "patient": patient(1) }),
    );
    for _ in 0..LOOKS {
        let all = processes.ask(Link::Prescriber, &written)?;
        let mut all = all.as_array().into_iter().flatten();
        let one = all.find(|it| it["id"] == first.as_str());
        if let Some(day) = one.and_then(|it| it["dispensed"][0].as_str()) {
            return Ok(day.to_owned());
        }
        tokio::time::sleep(PULSE).await;
    }
    bail!("the prescriber has not heard of the dispensing; its log is in the folder")
}
