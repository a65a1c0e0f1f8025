//! Counts at the end, on the files as they lie there.

use std::collections::BTreeMap;
use std::fmt;

use riktig_chain::rehearsal::identity;
use riktig_eresept::{AppRec, Body, Message, Outcome};
use riktig_journal::Journal;
use riktig_journal::audit::verify;
use riktig_journal::chain::{self, ChainLine, Link, MessageId, Received};
use riktig_journal::person::{LogIn, log_in};

use crate::life::open;
use crate::model::{Model, NOT_THERE, TAKEN};
use crate::script::{Script, What};
use crate::world::{Which, World, at};

/// What was found right.
pub(crate) struct Counted {
    messages: usize,
    taken: usize,
    copies: usize,
    told: usize,
    by_status: BTreeMap<&'static str, usize>,
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (messages, taken) = (self.messages, self.taken);
        write!(
            f,
            "{messages} messages acknowledged ({taken} taken), {} late copies, {} told, by status {:?}",
            self.copies, self.told, self.by_status
        )
    }
}

type Answers = BTreeMap<Which, String>;

pub(crate) fn count(world: &World) -> Counted {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let (answers, copies, faults) = world.end();
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(answers.len(), world.messages(), "all is answered");
        let answers: Answers = answers
            .iter()
            .map(|(which, answer)| (*which, answer.result.clone()))
            .collect();
        let journal = open(&world.intermediary, &world.keys).await;
        verify(&journal, &[]).await.unwrap();
        taken_once(world, &journal, &answers).await;
        let mut counted = Counted {
            messages: answers.len(),
            taken: answers.values().filter(|result| *result == TAKEN).count(),
            copies,
            told: 0,
            by_status: BTreeMap::new(),
        };
        for script in &world.scripts {
            let status = as_the_model_says(&journal, script, &answers).await;
            *counted.by_status.entry(status).or_default() += 1;
        }
        counted.told = told_once(world, &answers).await;
        counted
    })
}

/// The log's word for an answer.
pub(crate) fn result(answer: &[u8]) -> String {
    match AppRec::read(answer).map(|receipt| receipt.outcome) {
        Ok(Outcome::Refused(errors)) => {
            let words = errors[0].0.original.clone().unwrap_or_default();
            format!("refused {}", words.split(':').next().unwrap_or_default())
        }
        _ => TAKEN.to_owned(),
    }
}

async fn inbox(journal: &Journal, link: Link) -> Vec<Received> {
    let mut all: Vec<Received> = Vec::new();
    loop {
        let page = chain::taken(journal, link, all.last()).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// What was acknowledged is in the journal once, with the outcome that its sender was told and the bytes that were sent;
/// and nothing else is there.
async fn taken_once(world: &World, journal: &Journal, answers: &Answers) {
    let held = inbox(journal, Link::Intermediary).await;
    assert_eq!(held.len(), answers.len(), "none lost, none doubled");
    let held: BTreeMap<_, _> = held.iter().map(|one| (one.id.as_str(), one)).collect();
    for script in &world.scripts {
        for what in &script.messages {
            let id = script.id(*what);
            let one = held.get(id.as_str()).expect("acknowledged, so taken");
            assert_eq!(one.result, answers[&(script.number, *what)], "{id:?}");
            if script.number % 16 == 0 {
                let bytes = chain::taken_bytes(journal, Link::Intermediary, &one.id);
                let sent = script.bytes(*what, &world.parties);
                assert_eq!(bytes.await.unwrap(), Some(sent), "byte for byte");
            }
        }
    }
}

/// Messages about a patient in the order in which they were taken, as the patient reads them.
async fn log(journal: &Journal, number: u32) -> Vec<ChainLine> {
    let pid = identity(number);
    let login = LogIn {
        pid: &pid,
        hpr: None,
        organisation: None,
    };
    let person = log_in(journal, login, at().now).await.unwrap();
    let log = chain::own_log(journal, person, None).await.unwrap();
    assert!(log.before.is_none(), "one page");
    let mut lines = log.lines;
    // What came again was answered as before; that is in the log, too.
    lines.retain(|line| line.act == "chain_message" && line.result != "again");
    lines.reverse();
    lines
}

/// Feeds the model with the patient's messages in the order of the journal.
async fn as_the_model_says(journal: &Journal, script: &Script, answers: &Answers) -> &'static str {
    let lines = log(journal, script.number).await;
    let by_id: BTreeMap<String, What> = script
        .messages
        .iter()
        .map(|what| (script.id(*what).as_str().to_owned(), *what))
        .collect();
    let (mut model, mut in_log) = (Model::default(), 0);
    for line in &lines {
        let what = by_id[&line.object];
        assert_eq!(
            model.take(what, script.terms),
            line.result,
            "{script:?}\n{lines:#?}"
        );
        in_log += 1;
    }
    // What named a prescription that was not there is about nobody: not in the patient's log, and it has changed nothing.
    let about_nobody = script.messages.iter();
    let about_nobody = about_nobody
        .filter(|what| answers[&(script.number, **what)] == NOT_THERE)
        .count();
    assert_eq!(in_log + about_nobody, script.messages.len(), "{script:?}");
    assert!(
        about_nobody == 0 || script.hasty || !model.there,
        "{script:?}"
    );
    let id = script.id(What::Prescription);
    let id = id.as_str().parse().expect("a UUID is an id");
    let traced = chain::trace(journal, Link::Intermediary, &id)
        .await
        .unwrap();
    let stands = traced.as_ref().map(|one| one.held.standing.status.as_str());
    assert_eq!(stands, model.status(), "{script:?}");
    let events: Vec<_> = traced
        .into_iter()
        .flat_map(|one| one.events)
        .map(|event| by_id[event.message.expect("by a message").as_str()])
        .collect();
    assert_eq!(events, model.events, "{script:?}");
    model.status().unwrap_or("refused")
}

/// Of every dispensing and every annulment that was taken, the prescriber and the summary record know exactly once.
async fn told_once(world: &World, answers: &Answers) -> usize {
    let taken = answers.iter().filter(|((_, what), result)| {
        matches!(what, What::Dispensing | What::Annulment) && *result == TAKEN
    });
    let mut expected: Vec<_> = taken
        .map(|((number, what), _)| world.scripts[*number as usize].id(*what))
        .map(|id| id.as_str().to_owned())
        .collect();
    expected.sort();
    let journal = open(&world.told, &world.keys).await;
    for link in [Link::Prescriber, Link::SummaryRecord] {
        let mut reports = Vec::new();
        for one in inbox(&journal, link).await {
            reports.push(report(&journal, link, &one.id).await);
        }
        reports.sort();
        assert!(
            reports == expected,
            "{link:?}: {} of {}",
            reports.len(),
            expected.len()
        );
    }
    2 * expected.len()
}

/// The dispensing that a message tells of.
async fn report(journal: &Journal, link: Link, id: &MessageId) -> String {
    let bytes = chain::taken_bytes(journal, link, id).await.unwrap();
    let message = Message::read(&bytes.expect("it is in the inbox")).unwrap();
    match message.body() {
        Body::M6(m6) => m6.report.as_str().to_owned(),
        Body::M81(m81) => m81.report.as_str().to_owned(),
        other => panic!("{other:?}"),
    }
}
