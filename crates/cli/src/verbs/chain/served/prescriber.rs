//! The prescriber as a process: takes M6, and prescribes and recalls what is asked for on standard input.

use std::time::Duration;

use anyhow::{Context, Result};
use riktig_chain::http_client::{HttpClient, Url};
use riktig_chain::prescriber::{
    Keys, Order, Party, Prescriber, PrescriberInbox, PrescriptionNumber, Product, Sent, Written,
};
use riktig_codes::{HprNumber, NationalId};
use riktig_eresept::prescription::{Amount, AmountUnit, RecallReason};
use riktig_eresept::{Diagnosis, MessageId};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, PrescriptionId};
use riktig_portal::chain::{self, Receive};
use serde::Deserialize;
use serde_json::{Value, json};

use super::acting::{self, Acts};
use super::{Serve, address_of, intermediary, own};
use crate::clock::{demo_now, demo_today};
use crate::failure::advise;
use crate::verbs::chain::setup::setup;

/// Days that a prescription is valid for where nothing else is said: that of antibiotics (docs/reference/prescribing.md).
const DAYS: u16 = 10;
/// How long a receipt is waited for before what is known is told.
const PATIENCE: Duration = Duration::from_millis(200);
/// How often.
const LOOKS: u32 = 50;

/// What it can be asked for.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
enum Asked {
    /// A new prescription.
    Prescribe(Box<Prescribe>),
    /// A prescription is discontinued (M5).
    Recall {
        id: String,
        doctor: String,
        patient: String,
    },
    /// What became of what was written to a patient.
    Written { doctor: String, patient: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prescribe {
    /// The prescription's number; a new one where none is given.
    id: Option<String>,
    doctor: String,
    patient: String,
    atc: String,
    /// Name, form and strength.
    drug: String,
    dosage: String,
    /// What for, on the label.
    #[serde(rename = "use")]
    use_text: Option<String>,
    packs: u64,
    /// A code of ICPC-2.
    diagnosis: Option<String>,
    /// The diagnosis in words.
    diagnosis_name: Option<String>,
    days: Option<u16>,
}

struct Acting(Prescriber);

/// Opens it with what it does beside answering.
pub(super) fn open(
    serve: &Serve,
    journal: &Journal,
) -> Result<(Receive, Vec<tokio::task::JoinHandle<()>>)> {
    let trust = setup(serve)?.trust;
    let inbox = PrescriberInbox::open(journal.clone(), trust, intermediary(serve)?);
    let Some(folder) = &serve.signing_keys else {
        return Err(advise(
            "a prescriber signs with its doctors' keys",
            "name their folder with --signing-keys",
        ));
    };
    let (own, url) = (own(serve)?, address_of(serve, Link::Intermediary)?);
    let to = Party {
        name: "Reseptformidler".to_owned(),
        her: serve.intermediary_her,
        organisation: Some(intermediary(serve)?),
    };
    let keys = Keys::open(folder)?;
    let prescriber = Prescriber::open(journal.clone(), (own, to), keys, wire(url)?);
    let acting = tokio::spawn(acting::run(Acting(prescriber)));
    Ok((chain::prescriber(inbox, demo_now), vec![acting]))
}

fn wire(url: Url) -> Result<riktig_chain::wire::Wire> {
    let client = HttpClient::new()?;
    Ok(std::sync::Arc::new(move |bytes| {
        let (client, url) = (client.clone(), url.clone());
        Box::pin(async move { client.answer(&url, bytes).await })
    }))
}

impl Acts for Acting {
    async fn act(&mut self, line: &str) -> Result<Value> {
        let asked: Asked = serde_json::from_str(line).context("cannot read what is asked for")?;
        match asked {
            Asked::Prescribe(asked) => {
                let order = order(&asked)?;
                let (doctor, patient) = (order.prescriber, order.patient);
                let written = self.0.prescribe(&order, demo_now()).await?;
                self.settled((doctor, patient), written).await
            }
            Asked::Recall {
                id,
                doctor,
                patient,
            } => {
                let (doctor, patient) = (hpr(&doctor)?, number(&patient)?);
                let id: PrescriptionId = id.parse().context("cannot read the number")?;
                let why = (RecallReason::Discontinuation, None);
                let people = (doctor, &patient);
                let written = self.0.recall(people, &id, why, demo_now()).await?;
                self.settled((doctor, patient), written).await
            }
            Asked::Written { doctor, patient } => {
                let written = self.0.written(hpr(&doctor)?, &number(&patient)?).await?;
                Ok(Value::Array(written.iter().map(told).collect()))
            }
        }
    }

    async fn deliver(&mut self) {
        if let Err(error) = self.0.deliver_due(demo_now()).await {
            tracing::error!(cause = %error, "what waits cannot be delivered");
        }
    }
}

impl Acting {
    /// What came of it, when it was answered or patience is over.
    async fn settled(
        &mut self,
        (doctor, patient): (HprNumber, NationalId),
        mut written: Written,
    ) -> Result<Value> {
        for _ in 0..LOOKS {
            let recalled = written.kept.recalled.as_ref().map(|it| &it.sent);
            if *recalled.unwrap_or(&written.kept.sent) != Sent::Waiting {
                break;
            }
            tokio::time::sleep(PATIENCE).await;
            self.deliver().await;
            let mut all = self.0.written(doctor, &patient).await?.into_iter();
            let same = all.find(|it| it.id == written.id);
            written = same.context("what was written is there")?;
        }
        Ok(told(&written))
    }
}

fn told(written: &Written) -> Value {
    let kept = &written.kept;
    json!({
        "id": written.id.as_str(),
        "sent": sent(&kept.sent),
        "recalled": kept.recalled.as_ref().map(|it| sent(&it.sent)),
        "dispensed": kept.dispensed.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn sent(sent: &Sent) -> Value {
    match sent {
        Sent::Waiting => json!({ "waiting": true }),
        Sent::Taken { warnings } => json!({ "taken": warnings }),
        Sent::Refused { errors } => json!({ "refused": errors }),
    }
}

fn order(asked: &Prescribe) -> Result<Order> {
    let today = demo_today();
    let id = match &asked.id {
        Some(id) => MessageId::parse(id).context("cannot use the number")?,
        None => PrescriptionNumber::draw(demo_now())?,
    };
    let code = asked.diagnosis.as_deref();
    let code = code.map(|code| code.parse().context("cannot read the diagnosis as ICPC-2"));
    let diagnosis = code.transpose()?.map(|code| {
        let text: riktig_codes::Icpc2Code = code;
        let name = asked.diagnosis_name.clone();
        Diagnosis::icpc2(text, &name.unwrap_or_else(|| text.to_string()))
    });
    Ok(Order {
        id,
        patient: number(&asked.patient)?,
        prescriber: hpr(&asked.doctor)?,
        product: Product {
            atc: Some(asked.atc.parse().context("cannot read the ATC code")?),
            name: asked.drug.clone(),
            fest: None,
            item: None,
            group: 'C',
        },
        dosage: asked.dosage.clone(),
        application_area: asked.use_text.clone(),
        used: ("2", "Kur"),
        amount: Amount {
            thousandths: asked.packs.saturating_mul(1000),
            unit: AmountUnit::Packs,
        },
        reiterations: 0,
        diagnosis,
        prescribed: today,
        expires: today + i32::from(asked.days.unwrap_or(DAYS)),
        not_before: None,
        waiting: None,
        refuses_exchange: false,
        reimbursement: None,
    })
}

fn hpr(text: &str) -> Result<HprNumber> {
    let number = text.parse().ok().and_then(HprNumber::from_value);
    number.context("cannot read the doctor's HPR number")
}

/// The number itself is in no error.
pub(super) fn number(text: &str) -> Result<NationalId> {
    let read = NationalId::parse(text).ok().and_then(|read| read.known());
    read.context("cannot read the patient's identity number")
}
