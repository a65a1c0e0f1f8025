//! What the links' journals say about each prescription.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use jiff::Timestamp;
use riktig_eresept::{Body, Message};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, Received, taken, taken_bytes, trace};
use riktig_portal::chain::{Followed, FollowedStep};

use super::processes::LINKS;
use super::steps::open;

#[derive(Default)]
struct Way {
    title: String,
    steps: Vec<(Timestamp, FollowedStep)>,
    stands: Vec<(String, String)>,
}

/// Every prescription that came to the intermediary, refused ones too, in the order of their ids.
pub(super) async fn all(dir: &Path) -> Result<Vec<Followed>> {
    let mut ways = BTreeMap::new();
    for link in LINKS {
        let journal = open(dir, link).await?;
        at_link(&journal, link, &mut ways).await?;
        journal.close().await;
    }
    Ok(in_order(ways))
}

/// The same where all links are on one journal.
pub(crate) async fn on_one_journal(journal: &Journal) -> Result<Vec<Followed>> {
    let mut ways = BTreeMap::new();
    for link in LINKS {
        at_link(journal, link, &mut ways).await?;
    }
    Ok(in_order(ways))
}

async fn at_link(journal: &Journal, link: Link, ways: &mut Ways) -> Result<()> {
    for received in messages(journal, link).await? {
        step(journal, link, &received, ways).await?;
    }
    for (id, way) in ways {
        let id = id.parse()?;
        if let Some(trace) = trace(journal, link, &id).await? {
            let status = trace.held.standing.status;
            way.stands.push((link.word().to_owned(), status));
        }
    }
    Ok(())
}

/// The way of each prescription by its id.
type Ways = BTreeMap<String, Way>;

fn in_order(ways: Ways) -> Vec<Followed> {
    let followed = ways.into_iter().map(|(id, mut way)| {
        way.steps
            .sort_by_key(|(at, step)| (at.as_second(), place(&step.link, &step.kind)));
        Followed {
            id,
            title: way.title,
            steps: way.steps.into_iter().map(|(_, step)| step).collect(),
            stands: way.stands,
        }
    });
    followed.collect()
}

async fn messages(journal: &Journal, link: Link) -> Result<Vec<Received>> {
    let mut all: Vec<Received> = Vec::new();
    loop {
        let page = taken(journal, link, all.last()).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

async fn step(journal: &Journal, link: Link, received: &Received, ways: &mut Ways) -> Result<()> {
    let bytes = taken_bytes(journal, link, &received.id).await?;
    let Some(message) = bytes.and_then(|bytes| Message::read(&bytes).ok()) else {
        return Ok(());
    };
    let Some(id) = about(&message) else {
        return Ok(());
    };
    let way = ways.entry(id).or_default();
    if let Body::M1(_) = message.body() {
        way.title = title(&message);
    }
    way.steps.push((
        received.at,
        FollowedStep {
            at: received.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            link: link.word().to_owned(),
            kind: received.kind.clone(),
            result: received.result.clone(),
        },
    ));
    Ok(())
}

/// Its place on a prescription's way, within a second: a pharmacy notes an answer at the moment at which it asked.
fn place(link: &str, kind: &str) -> usize {
    const WAY: [&str; 8] = ["M1", "M5", "M9.3", "M9.4", "M9.7", "M10", "M8.1", "M6"];
    let place = WAY.iter().position(|on_it| *on_it == kind);
    let place = place.unwrap_or(WAY.len());
    2 * place + usize::from(link == Link::Registry.word())
}

/// The prescription that a message is about; none of a patient's list.
fn about(message: &Message) -> Option<String> {
    let id = match message.body() {
        Body::M1(_) => &message.envelope().id,
        Body::M5(m5) => &m5.prescription,
        Body::M93(m93) => m93.prescription.as_ref()?,
        Body::M97(m97) => &m97.prescription,
        Body::M10(m10) => &m10.dispensing.prescription,
        Body::M6(m6) => &m6.dispensing.prescription,
        Body::M81(m81) => &m81.dispensing.prescription,
        Body::M94(_) => {
            let enclosed = message.enclosed_messages().next()?;
            let enclosed = Message::read(enclosed).ok()?;
            return Some(enclosed.envelope().id.as_str().to_owned());
        }
        _ => return None,
    };
    Some(id.as_str().to_owned())
}

/// Drug and diagnosis.
fn title(message: &Message) -> String {
    let drug = match message.body() {
        Body::M1(m1) => m1.line.medicine().and_then(|it| it.order.product.name()),
        _ => None,
    };
    let drug = drug.unwrap_or_else(|| "a prescription".to_owned());
    match message.diagnosis() {
        Ok(Some(diagnosis)) => format!("{drug}, {}", diagnosis.coded().code),
        _ => format!("{drug}, without a diagnosis"),
    }
}
