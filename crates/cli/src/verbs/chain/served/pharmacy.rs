//! The pharmacy as a process: lists, downloads, dispenses and takes back what is asked for on standard input.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use riktig_chain::http_client::{HttpClient, Url};
use riktig_chain::pharmacy::{Counter, Doing, Handed, PharmacySetup, ReasonOfTreatment};
use riktig_chain::prescriber::PrescriptionNumber;
use riktig_chain::{At, Pharmacy, address};
use riktig_eresept::envelope::Organisation;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::{Ident, MessageId, Withheld};
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use riktig_portal::chain::{Receive, Received};
use serde::Deserialize;
use serde_json::{Value, json};

use super::acting::{self, Acts};
use super::prescriber::number;
use super::{Serve, address_of, own};
use crate::clock::{demo_now, demo_today};
use crate::failure::advise;
use crate::verbs::chain::setup::{setup, signing_key_of};

/// What it can be asked for. `message` is the number of the message that the act becomes: the same act under the same number is done once.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
enum Asked {
    /// The patient's list (M9.1).
    List {
        patient: String,
        #[serde(default)]
        references: Vec<String>,
        message: Option<String>,
    },
    /// One prescription, to dispense it (M9.3).
    Download {
        id: String,
        reference: Option<String>,
        message: Option<String>,
    },
    /// So many packs of what was downloaded (M10).
    Dispense {
        id: String,
        packs: u64,
        #[serde(default = "yes")]
        last: bool,
        message: Option<String>,
    },
    /// A dispensing never happened (M10).
    Annul {
        id: String,
        report: String,
        message: Option<String>,
    },
}

fn yes() -> bool {
    true
}

struct Acting {
    pharmacy: Pharmacy,
    client: HttpClient,
    intermediary: Url,
    registry: Option<Url>,
    /// What was downloaded since the process began.
    counters: BTreeMap<String, Counter>,
}

/// Opens it with what it does beside answering. Nothing is sent to a pharmacy: it asks.
pub(super) fn open(
    serve: &Serve,
    journal: &Journal,
) -> Result<(Receive, Vec<tokio::task::JoinHandle<()>>)> {
    let party = own(serve)?;
    let Some(organisation) = party.organisation else {
        return Err(advise(
            "a pharmacy signs as an organisation",
            "name its number with --organisation",
        ));
    };
    let named = |name: &str| Organisation {
        name: Some(name.to_owned()),
        ..Organisation::default()
    };
    // Its answers are believed by its signature.
    let intermediary = Organisation {
        idents: vec![
            Ident::organisation(super::intermediary(serve)?),
            Ident::her(&serve.intermediary_her.to_string()),
        ],
        ..named("Reseptformidler")
    };
    let setup = PharmacySetup {
        own: Organisation {
            idents: vec![
                Ident::organisation(organisation),
                Ident::her(&party.her.to_string()),
            ],
            ..named(&party.name)
        },
        intermediary,
        registry: address::registry(),
        key: signing_key_of(serve)?,
        trust: setup(serve)?.trust,
    };
    let acting = Acting {
        pharmacy: Pharmacy::open(journal.clone(), setup)?,
        client: HttpClient::new()?,
        intermediary: address_of(serve, Link::Intermediary)?,
        registry: address_of(serve, Link::Registry).ok(),
        counters: BTreeMap::new(),
    };
    let receive: Receive = std::sync::Arc::new(|_| {
        let why = "nothing is sent to a pharmacy: it asks";
        Box::pin(async move { Received::NotAMessage(why.to_owned()) })
    });
    Ok((receive, vec![tokio::spawn(acting::run(acting))]))
}

impl Acts for Acting {
    async fn act(&mut self, line: &str) -> Result<Value> {
        let asked: Asked = serde_json::from_str(line).context("cannot read what is asked for")?;
        match asked {
            Asked::List {
                patient,
                references,
                message,
            } => {
                let (doing, patient) = (doing(message)?, number(&patient)?);
                let asked = (&patient, true);
                let (send, pharmacy) = (self.sending(), &self.pharmacy);
                let listed = pharmacy.list(&doing, asked, &references, send).await?;
                let ids = listed.iter().map(|one| one.prescription.as_str());
                Ok(json!({ "listed": ids.collect::<Vec<_>>() }))
            }
            Asked::Download {
                id,
                reference,
                message,
            } => self.download(id, reference, doing(message)?).await,
            Asked::Dispense {
                id,
                packs,
                last,
                message,
            } => {
                let doing = doing(message)?;
                let handed = handed(packs, last);
                let counter = self.counter(&id)?;
                self.pharmacy.dispense(&doing, counter, &handed).await?;
                self.reported(&doing).await
            }
            Asked::Annul {
                id,
                report,
                message,
            } => {
                let doing = doing(message)?;
                let report =
                    MessageId::parse(&report).context("cannot read the report's number")?;
                let counter = self.counter(&id)?;
                self.pharmacy.annul(&doing, counter, &report).await?;
                self.reported(&doing).await
            }
        }
    }

    async fn deliver(&mut self) {
        if let Err(error) = self.round().await {
            tracing::error!(cause = %error, "what waits cannot be delivered");
        }
    }
}

impl Acting {
    fn sending(&self) -> impl Fn(Link, Vec<u8>) -> Sending + use<> {
        let (client, intermediary) = (self.client.clone(), self.intermediary.clone());
        let registry = self.registry.clone();
        move |to, bytes| {
            let url = match to {
                Link::Registry => registry.clone(),
                _ => Some(intermediary.clone()),
            };
            let client = client.clone();
            Box::pin(async move { client.answer(&url?, bytes).await })
        }
    }

    async fn download(
        &mut self,
        id: String,
        reference: Option<String>,
        doing: Doing,
    ) -> Result<Value> {
        let prescription = id.parse().context("cannot read the number")?;
        let (send, reference) = (self.sending(), reference.as_deref());
        let downloaded = self
            .pharmacy
            .download(&doing, &prescription, reference, send);
        let counter = downloaded.await?;
        let reason = match &counter.reason {
            ReasonOfTreatment::Given(diagnosis) => Some(diagnosis.coded().code.clone()),
            ReasonOfTreatment::NotGiven => None,
        };
        self.counters.insert(id, counter);
        Ok(json!({ "reason": reason, "signature": "holds" }))
    }

    fn counter(&self, id: &str) -> Result<&Counter> {
        let counter = self.counters.get(id);
        counter.context("it was not downloaded since the pharmacy began; download it")
    }

    /// To the intermediary, whose receipt lets the report to the registry go.
    async fn reported(&mut self, doing: &Doing) -> Result<Value> {
        let (first, second) = (self.round().await?, self.round().await?);
        Ok(json!({
            "message": doing.message.as_str(),
            "taken": first.taken + second.taken,
            "refused": first.refused + second.refused,
            "waiting": first.later + second.later,
        }))
    }

    async fn round(&mut self) -> Result<riktig_chain::deliver::Round> {
        let send = self.sending();
        Ok(self.pharmacy.deliver_due(at(), send).await?)
    }
}

/// An answer on its way.
type Sending = std::pin::Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>>;

fn at() -> At {
    At {
        now: demo_now(),
        today: demo_today(),
    }
}

fn doing(message: Option<String>) -> Result<Doing> {
    let at = at();
    let message = match message {
        Some(message) => MessageId::parse(&message).context("cannot use the message's number")?,
        None => PrescriptionNumber::draw(at.now)?,
    };
    Ok(Doing {
        message,
        employee: Withheld::new("1"),
        hpr: None,
        at,
    })
}

fn handed(packs: u64, last: bool) -> Handed {
    Handed {
        on: demo_today(),
        amount: Amount {
            thousandths: packs.saturating_mul(1000),
            unit: AmountUnit::Packs,
        },
        exchanged: None,
        batch: None,
        last,
        interventions: Vec::new(),
        customer_refuses_exchange: false,
        regular_doctor_not_told: false,
    }
}
