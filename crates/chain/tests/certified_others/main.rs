//! Our own registry, prescriber and pharmacy, certified as anybody else's are; and planted faulty ones, which must be found out.

mod pharmacy;
mod prescriber;

use std::time::Duration;

use jiff::Timestamp;
use riktig_chain::certify::{Came, Check, Patience, Played, Reply, Verdict, registry};
use riktig_chain::rehearsal::{Parties, Rehearsal};
use riktig_chain::{Answer, At, Registry};
use riktig_codes::{Day, NationalId};
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::signature::SigningKey;
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use riktig_journal::identity::Keys as JournalKeys;

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

/// A moment later than all that waits.
fn later() -> At {
    At {
        now: "2026-03-02T11:00:00Z".parse().unwrap(),
        ..at()
    }
}

async fn journal(folder: &tempfile::TempDir, name: &str) -> Journal {
    let address = format!("sqlite:{}", folder.path().join(name).display());
    let keys = JournalKeys::parse(&JournalKeys::generate().unwrap()).unwrap();
    Journal::open(&address, keys).await.unwrap()
}

fn came(answer: Answer) -> Came {
    match answer {
        Answer::Message(answer) | Answer::Refused(answer) => Came::Answer(answer),
        Answer::NotAMessage(_) => Came::Status(400),
        Answer::TryAgain(error) => Came::Nothing(error.to_string()),
    }
}

fn at_once(what: Came) -> Reply {
    Reply {
        what,
        took: Duration::ZERO,
    }
}

fn failed(checks: &[Check]) -> Vec<&'static str> {
    let failed = checks.iter().filter(|it| it.verdict == Verdict::Failed);
    failed.map(|it| it.name).collect()
}

/// The outcome turned into its opposite where it refuses.
fn yes(answer: Vec<u8>) -> Vec<u8> {
    match AppRec::read(&answer) {
        Ok(receipt) => AppRec {
            outcome: Outcome::Taken,
            ..receipt
        }
        .write(),
        Err(_) => answer,
    }
}

#[tokio::test]
async fn our_registry_passes_every_check_and_one_that_says_yes_to_everything_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Rehearsal::new(at()).unwrap();
    let ours = Registry::open(journal(&folder, "r.db").await, parties.registry());
    let ask = |bytes| {
        let ours = ours.clone();
        async move { at_once(came(ours.receive(bytes, at()).await)) }
    };
    let checks = registry(&parties, 0, ask).await.unwrap();
    assert_eq!(failed(&checks), Vec::<&str>::new(), "{checks:#?}");
    assert!(checks.len() > 20, "{}", checks.len());

    let gullible = Registry::open(journal(&folder, "y.db").await, parties.registry());
    let ask = |bytes| {
        let gullible = gullible.clone();
        async move {
            at_once(match came(gullible.receive(bytes, at()).await) {
                Came::Answer(answer) => Came::Answer(yes(answer)),
                other => other,
            })
        }
    };
    let checks = registry(&parties, 0, ask).await.unwrap();
    for name in [
        "unsigned",
        "another_diagnosis",
        "reported_twice",
        "annulled_once",
    ] {
        assert!(failed(&checks).contains(&name), "{name}: {checks:#?}");
    }
}

fn played(parties: Parties, journal: &Journal) -> Played {
    let parties = Rehearsal::of(parties, at());
    let setup = parties.setup();
    Played::open(parties, setup, journal)
}

/// The same parties twice: the certifier's and the other system's.
fn twice() -> (Parties, Parties) {
    let one = Parties::new(at().now).unwrap();
    let again = |key: &SigningKey| {
        SigningKey::new(key.private_key(), vec![key.certificate().to_vec()]).unwrap()
    };
    let other = Parties {
        authority: one.authority.clone(),
        doctor: again(&one.doctor),
        pharmacy: again(&one.pharmacy),
        intermediary: again(&one.intermediary),
        expired: again(&one.expired),
        others: Vec::new(),
    };
    (one, other)
}

/// Time enough for what is done within this process, and a short quiet: nothing here comes late.
const PATIENCE: Patience = Patience {
    step: Duration::from_secs(20),
    quiet: Duration::from_millis(300),
};

fn number(text: &str) -> NationalId {
    NationalId::parse(text).unwrap().known().unwrap()
}

const ONE_PACK: Amount = Amount {
    thousandths: 1000,
    unit: AmountUnit::Packs,
};

#[tokio::test]
async fn a_played_chain_leaves_the_first_try_of_an_act_unanswered_and_answers_the_second() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, _) = twice();
    let played = played(ours, &journal(&folder, "played.db").await);
    let m1 = played.parties().prescription(1, Default::default());
    let first = played.receive(Link::Intermediary, m1.clone(), at()).await;
    assert_eq!(first, Came::Status(503));
    let Came::Answer(answer) = played.receive(Link::Intermediary, m1.clone(), at()).await else {
        panic!("it is answered now");
    };
    assert_eq!(AppRec::read(&answer).unwrap().outcome, Outcome::Taken);
    assert_eq!(played.heard().len(), 2);
    let nothing = played
        .receive(Link::Intermediary, b"<a/>".to_vec(), at())
        .await;
    assert_eq!(nothing, Came::Status(400));
}
