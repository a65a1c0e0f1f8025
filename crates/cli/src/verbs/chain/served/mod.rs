//! Roles as processes: what each is opened with, and the delivery of what it must send on.

mod acting;
mod pharmacy;
mod prescriber;

use std::time::Duration;

use anyhow::{Context, Result};
use riktig_chain::prescriber::Party;
use riktig_chain::registry::RegistrySetup;
use riktig_chain::{Intermediary, Registry, SummaryRecord, deliver};
use riktig_codes::OrganisationNumber;
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use riktig_portal::chain::{self, Receive};

use super::setup::{organisation, setup};
use super::{Role, Serve, sweep};
use crate::clock::demo_now as now;
use crate::failure::advise;
use riktig_chain::http_client::{HttpClient, Url};

/// How often what waits is looked for.
const PULSE: Duration = Duration::from_secs(1);

/// Where a link's messages go.
#[derive(Debug, Clone)]
pub(super) struct To {
    link: Link,
    url: Url,
}

/// `summary-record=http://127.0.0.1:4081/messages`.
pub(super) fn to(text: &str) -> Result<To, String> {
    let (link, url) = text.split_once('=').ok_or("write LINK=URL")?;
    let words = Link::ALL.map(Link::word).join(", ");
    Ok(To {
        link: Link::from_word(link).ok_or_else(|| format!("the links are {words}"))?,
        url: url.parse().map_err(|_| format!("\"{url}\" is not a URL"))?,
    })
}

/// Opens the role that is asked for, with what it does beside answering.
pub(super) fn open(
    serve: &Serve,
    journal: &Journal,
) -> Result<(Receive, Vec<tokio::task::JoinHandle<()>>)> {
    let setup = setup(serve)?;
    Ok(match serve.role {
        Role::Prescriber => prescriber::open(serve, journal)?,
        Role::Pharmacy => pharmacy::open(serve, journal)?,
        Role::Intermediary => {
            let intermediary = Intermediary::open(journal.clone(), setup);
            let mut beside = vec![tokio::spawn(sweep(intermediary.clone()))];
            if !serve.deliver.is_empty() {
                let round = rounds(journal.clone(), HttpClient::new()?, serve.deliver.clone());
                beside.push(tokio::spawn(round));
            }
            (chain::intermediary(intermediary, now), beside)
        }
        Role::Registry => {
            let setup = RegistrySetup {
                trust: setup.trust,
                register: setup.register,
            };
            let registry = Registry::open(journal.clone(), setup);
            (chain::registry(registry, now), Vec::new())
        }
        Role::SummaryRecord => {
            let record = SummaryRecord::open(journal.clone(), setup.trust, intermediary(serve)?);
            (chain::summary_record(record, now), Vec::new())
        }
    })
}

fn intermediary(serve: &Serve) -> Result<OrganisationNumber> {
    let Some(number) = &serve.intermediary else {
        return Err(advise(
            "prescriber, pharmacy and summary record believe one intermediary",
            "name its organisation number with --intermediary",
        ));
    };
    organisation(number)
}

/// A link without an address keeps its messages waiting.
async fn rounds(journal: Journal, wire: HttpClient, to: Vec<To>) {
    let mut pulse = tokio::time::interval(PULSE);
    loop {
        pulse.tick().await;
        let send = |link, bytes| {
            let url = to
                .iter()
                .find(|to| to.link == link)
                .map(|to| to.url.clone());
            let wire = wire.clone();
            async move { wire.answer(&url?, bytes).await }
        };
        match deliver::round(&journal, Link::Intermediary, now(), send).await {
            Ok(round) if round.refused > 0 => {
                tracing::error!(messages = round.refused, "refused by their receivers");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(cause = %error, "what waits cannot be delivered"),
        }
    }
}

/// The party that a prescriber or a pharmacy is.
fn own(serve: &Serve) -> Result<Party> {
    let (Some(name), Some(her)) = (&serve.name, serve.her) else {
        return Err(advise(
            "a prescriber and a pharmacy stand in their messages by name and HER-id",
            "name them with --name and --her",
        ));
    };
    let organisation = serve.organisation.as_ref();
    let organisation = organisation.map(|number| {
        let parsed = number.parse();
        parsed.with_context(|| format!("cannot read \"{number}\" as an organisation number"))
    });
    Ok(Party {
        name: name.clone(),
        her,
        organisation: organisation.transpose()?,
    })
}

/// Where this role sends what is for a link.
fn address_of(serve: &Serve, link: Link) -> Result<Url> {
    let found = serve.deliver.iter().find(|to| to.link == link);
    let found = found.map(|to| to.url.clone());
    found.ok_or_else(|| {
        advise(
            format!("this role sends to the {}", link.word()),
            format!("name its address with --deliver {}=URL", link.word()),
        )
    })
}
