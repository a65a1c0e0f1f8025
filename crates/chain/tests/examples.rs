//! The examples that vendors get: there is one of every kind, each is in order, signed, and as the national schemas have it.

#[expect(dead_code, reason = "the tests of messages look at files, too")]
#[path = "../../eresept/tests/messages/national.rs"]
mod national;
#[path = "../../eresept/tests/messages/schemas.rs"]
mod schemas;

use riktig_chain::At;
use riktig_chain::check::{Against, Signature, check};
use riktig_chain::rehearsal::examples::{ExampleError, KINDS, examples};
use riktig_eresept::signature::Trust;
use riktig_eresept::{Diagnosis, Message};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse().unwrap(),
        today: "2026-03-02".parse().unwrap(),
    }
}

async fn journal(folder: &tempfile::TempDir, name: &str) -> Journal {
    let address = format!("sqlite:{}", folder.path().join(name).display());
    let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
    Journal::open(&address, keys).await.unwrap()
}

#[tokio::test]
async fn there_is_an_example_of_every_kind_in_order_signed_and_valid() {
    let folder = tempfile::tempdir().unwrap();
    let cystitis = Diagnosis::icpc2("U71".parse().unwrap(), "Blærekatarr");
    let journal = journal(&folder, "a.db").await;
    let (all, authority) = examples(&journal, at(), &cystitis).await.unwrap();
    let kinds: Vec<_> = all.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, KINDS);
    let trust = Trust::for_tests(&[authority]).unwrap();
    let schemas = schemas::Schemas::find();
    for one in &all {
        let against = Against {
            trust: Some(&trust),
            ..Against::default()
        };
        let checked = check(&one.bytes, against);
        assert!(!checked.has_faults(), "{}: {checked:#?}", one.kind);
        let signature = match one.kind {
            "AppRec" => Signature::None,
            _ => Signature::Holds,
        };
        assert_eq!(checked.signature, signature, "{}", one.kind);
        if matches!(one.kind, "M1" | "M10" | "M10-registry") {
            let message = Message::read(&one.bytes).unwrap();
            assert_eq!(message.diagnosis().unwrap().as_ref(), Some(&cystitis));
        }
        if let Some(schemas) = &schemas {
            assert_eq!(
                schemas.faults(&one.bytes),
                Vec::<String>::new(),
                "{}",
                one.kind
            );
        }
    }
}

#[tokio::test]
async fn a_diagnosis_that_the_intermediary_refuses_is_told_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let coded = riktig_eresept::Coded::of("1.2.3", "R75", "of no list");
    let journal = journal(&folder, "b.db").await;
    let refused = examples(&journal, at(), &Diagnosis::of(coded)).await;
    assert!(matches!(refused, Err(ExampleError::Refused(words)) if words.contains("RIKTIG-C03")));
}
