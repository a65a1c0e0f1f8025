//! What is done, step by step, and what comes of it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use riktig_chain::pharmacy::{Doing, Handed, ReasonOfTreatment};
use riktig_chain::rehearsal::{Rehearsal, Terms, id, identity};
use riktig_chain::{At, Pharmacy};
use riktig_eresept::Withheld;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, trace};
use riktig_journal::identity::Keys;

use super::processes::{Processes, journal};
use crate::clock::{now, today};
use riktig_chain::http_client::HttpClient;

/// How often the summary record is looked at.
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
pub(super) async fn walk(dir: &Path, parties: &Rehearsal, processes: &Processes) -> Result<()> {
    let wire = HttpClient::new()?;
    let prescribed = [
        (1, "phenoxymethylpenicillin with R75", Terms::default()),
        (
            2,
            "phenoxymethylpenicillin without a diagnosis",
            Terms {
                diagnosis: false,
                ..Terms::default()
            },
        ),
        (
            3,
            "simvastatin with R75",
            Terms {
                antibiotic: false,
                ..Terms::default()
            },
        ),
    ];
    let intermediary = processes.of(Link::Intermediary).context("it was begun")?;
    for (number, what, terms) in prescribed {
        let reply = wire
            .send(&intermediary, parties.prescription(number, terms))
            .await;
        println!("prescriber -> intermediary: M1, {what}: {reply}");
    }
    let pharmacy = Pharmacy::open(open(dir, Link::Pharmacy).await?, parties.pharmacy())?;
    let send = |to, bytes| {
        let (url, wire) = (processes.of(to), wire.clone());
        async move { wire.answer(&url?, bytes).await }
    };
    let at = At {
        now: now(),
        today: today(),
    };
    dispense(&pharmacy, at, send).await?;
    told(dir, Link::Registry).await?;
    println!("pharmacy -> registry: M10 with the signed M1: taken");
    told(dir, Link::SummaryRecord).await?;
    println!("intermediary -> summary record: M8.1 with the signed M1: taken");
    println!("intermediary -> prescriber: M6 waits; no prescriber listens in this demonstration");
    Ok(())
}

/// The pharmacy lists, downloads and dispenses the first, and reports it to the intermediary and then to the registry.
async fn dispense<F: Future<Output = Option<Vec<u8>>>>(
    pharmacy: &Pharmacy,
    at: At,
    send: impl Fn(Link, Vec<u8>) -> F,
) -> Result<()> {
    let doing = |act: &str| Doing {
        message: id(act, 1),
        employee: Withheld::new("1"),
        at,
    };
    let patient = identity(1);
    let listed = pharmacy
        .list(&doing("demo-list"), (&patient, true), &[], &send)
        .await?;
    println!(
        "pharmacy -> intermediary: M9.1, the patient's list: {} prescriptions",
        listed.len()
    );
    let prescription = id("m1", 1);
    let prescription = prescription.as_str().parse().context("a UUID is an id")?;
    let download = doing("demo-download");
    let counter = pharmacy
        .download(&download, &prescription, None, &send)
        .await?;
    let reason = match &counter.reason {
        ReasonOfTreatment::Given(diagnosis) => diagnosis.coded().code.clone(),
        ReasonOfTreatment::NotGiven => "not given".to_owned(),
    };
    println!(
        "pharmacy -> intermediary: M9.3, download: reason of treatment {reason}, signature holds"
    );
    let handed = Handed {
        on: at.today,
        amount: Amount {
            thousandths: 1000,
            unit: AmountUnit::Packs,
        },
        exchanged: None,
        batch: None,
        last: true,
        interventions: Vec::new(),
        customer_refuses_exchange: false,
        regular_doctor_not_told: false,
    };
    pharmacy
        .dispense(&doing("demo-dispense"), &counter, &handed)
        .await?;
    // The intermediary's receipt lets the report to the registry go.
    let (first, second) = (
        pharmacy.deliver_due(at, &send).await?,
        pharmacy.deliver_due(at, &send).await?,
    );
    if first.taken + second.taken != 2 {
        bail!("the reports of the dispensing were not taken: {first:?}, {second:?}");
    }
    println!("pharmacy -> intermediary: M10, one pack dispensed: taken");
    Ok(())
}

/// Waits until a link has the first prescription.
async fn told(dir: &Path, link: Link) -> Result<()> {
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
