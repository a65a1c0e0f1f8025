//! Our own intermediary, certified as anybody else's is.

use std::time::Duration;

use jiff::Timestamp;
use riktig_chain::certify::{Came, Check, NUMBERS, Reply, Verdict, intermediary};
use riktig_chain::rehearsal::Rehearsal;
use riktig_chain::{Answer, At, Intermediary, Setup};
use riktig_codes::Day;
use riktig_codes::fest::{FestReader, FestRegister};
use riktig_eresept::control::{Action, Control};
use riktig_eresept::{AppRec, Outcome, ReceiptError};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

async fn reply(intermediary: Intermediary, bytes: Vec<u8>) -> Reply {
    let what = match intermediary.receive(bytes, at()).await {
        Answer::Message(answer) | Answer::Refused(answer) => Came::Answer(answer),
        Answer::NotAMessage(_) => Came::Status(400),
        Answer::TryAgain(error) => Came::Nothing(error.to_string()),
    };
    Reply {
        what,
        took: Duration::ZERO,
    }
}

async fn journal(folder: &tempfile::TempDir, name: &str) -> Journal {
    let address = format!("sqlite:{}", folder.path().join(name).display());
    let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
    Journal::open(&address, keys).await.unwrap()
}

async fn opened(
    parties: &Rehearsal,
    lenient: &[Control],
    folder: &tempfile::TempDir,
) -> Intermediary {
    let journal = journal(folder, "journal.db").await;
    let mut setup = parties.setup();
    for control in lenient {
        setup.policy = setup.policy.with(*control, Action::Pass);
    }
    Intermediary::open(journal, setup)
}

#[tokio::test]
async fn our_intermediary_passes_every_check_and_passes_again_with_other_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Rehearsal::new(at()).unwrap();
    let ours = opened(&parties, &[], &folder).await;
    for first in [0, NUMBERS] {
        let send = |bytes| reply(ours.clone(), bytes);
        let checks = intermediary(&parties, first, None, send).await.unwrap();
        let failed: Vec<_> = checks
            .iter()
            .filter(|check| check.verdict == Verdict::Failed)
            .collect();
        assert!(failed.is_empty(), "{failed:#?}");
        let passed = checks
            .iter()
            .filter(|check| check.verdict == Verdict::Passed);
        assert_eq!(passed.count(), checks.len() - 3, "{checks:#?}");
        let early = checks
            .iter()
            .find(|it| it.name == "dispensing_before_download");
        let came = &early.expect("it is a check").came;
        assert!(came.contains("RIKTIG-L03"), "{came}");
    }
}

/// A drug register with one pack, of simvastatin.
fn fest() -> FestRegister {
    let text = "<FEST><OppfLegemiddelpakning><Id>E1</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V=\"A\"/><Legemiddelpakning>\
        <Atc V=\"C10AA01\"/><Id>P1</Id><Varenr>555555</Varenr></Legemiddelpakning></OppfLegemiddelpakning></FEST>";
    FestRegister::read(FestReader::new(text.as_bytes())).unwrap()
}

#[tokio::test]
async fn an_intermediary_with_the_drug_register_is_tried_with_an_item_of_another_drug() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Rehearsal::new(at()).unwrap();
    for (register, expected) in [(Some(fest()), Verdict::Passed), (None, Verdict::Failed)] {
        let name = if register.is_some() {
            "with.db"
        } else {
            "without.db"
        };
        let setup = Setup {
            fest: register,
            ..parties.setup()
        };
        let ours = Intermediary::open(journal(&folder, name).await, setup);
        let send = |bytes| reply(ours.clone(), bytes);
        let checks = intermediary(&parties, 0, Some("555555"), send)
            .await
            .unwrap();
        let item = checks.iter().find(|it| it.name == "item_of_another_drug");
        assert_eq!(
            item.expect("it is a check").verdict,
            expected,
            "{checks:#?}"
        );
    }
}

#[tokio::test]
async fn a_lenient_intermediary_and_one_that_says_yes_to_everything_are_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Rehearsal::new(at()).unwrap();
    let lenient = opened(&parties, &[Control::DiagnosisMissing], &folder).await;
    let send = |bytes| reply(lenient.clone(), bytes);
    let checks = intermediary(&parties, 0, None, send).await.unwrap();
    let failed = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Failed);
    let failed: Vec<_> = failed.map(|check| check.name).collect();
    assert_eq!(failed, ["antibiotic_without_diagnosis"]);

    let strict = opened(&parties, &[], &tempfile::tempdir().unwrap()).await;
    let yes = |bytes: Vec<u8>| async {
        let reply = reply(strict.clone(), bytes).await;
        match reply.what {
            Came::Answer(answer) => {
                let says = AppRec::read(&answer).map(|receipt| AppRec {
                    outcome: Outcome::Taken,
                    ..receipt
                });
                let answer = says.map_or(answer, |says| says.write());
                Reply {
                    what: Came::Answer(answer),
                    took: reply.took,
                }
            }
            what => Reply { what, ..reply },
        }
    };
    let checks = intermediary(&parties, 0, None, yes).await.unwrap();
    for check in checks {
        let must_refuse = check.expected.starts_with("a receipt: refused");
        let judged = check.verdict == Verdict::Failed || check.verdict == Verdict::NotTried;
        assert!(!must_refuse || judged, "{check:#?}");
    }
}

#[tokio::test]
async fn a_refusal_for_another_reason_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let parties = Rehearsal::new(at()).unwrap();
    let strict = opened(&parties, &[], &folder).await;
    let no = |bytes: Vec<u8>| async {
        let reply = reply(strict.clone(), bytes).await;
        let Some(receipt) = (match &reply.what {
            Came::Answer(answer) => AppRec::read(answer).ok(),
            _ => None,
        }) else {
            return reply;
        };
        let another = ReceiptError::of("E35", Some("unknown patient")).unwrap();
        let answer = AppRec {
            outcome: Outcome::Refused(vec![another]),
            ..receipt
        };
        Reply {
            what: Came::Answer(answer.write()),
            took: reply.took,
        }
    };
    let checks = intermediary(&parties, 0, None, no).await.unwrap();
    let must_refuse = |check: &&Check| check.expected.starts_with("a receipt: refused");
    let passed = checks.iter().filter(must_refuse);
    let passed: Vec<_> = passed
        .filter(|check| check.verdict == Verdict::Passed)
        .collect();
    assert!(passed.is_empty(), "{passed:#?}");
    let policy = checks
        .iter()
        .find(|check| check.name == "diagnosis_on_another_drug");
    assert_eq!(policy.expect("it is a check").verdict, Verdict::Failed);
}
