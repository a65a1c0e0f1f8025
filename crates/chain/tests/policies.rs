//! What each policy for diagnoses does is counted at a real intermediary, and the reference prints what was counted.

use jiff::Timestamp;
use riktig_chain::At;
use riktig_chain::rehearsal::{Mix, Rehearsal};
use riktig_codes::Day;
use riktig_eresept::control::{Action, Control};
use riktig_journal::Journal;
use riktig_journal::chain::{Link, taken};
use riktig_journal::identity::Keys;

const REFERENCE: &str = include_str!("../../../docs/reference/prescription-chain.md");

#[tokio::test]
async fn every_prescription_is_refused_warned_of_or_passed_as_the_reference_prints() {
    let at = At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    };
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("journal.db").display());
    let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
    let journal = Journal::open(&address, keys).await.unwrap();
    let rehearsal = Rehearsal::new(at).unwrap();
    let counted = rehearsal.policies(&journal, Mix::default()).await.unwrap();
    let rows: Vec<String> = counted.iter().map(|it| it.row()).collect();
    assert!(
        REFERENCE.contains(&rows.join("\n")),
        "docs/reference/prescription-chain.md should print\n{}",
        rows.join("\n")
    );
    for one in &counted {
        assert_eq!(one.refused + one.warned + one.passed, one.sent, "{one:?}");
        let of_this = match one.control {
            Control::DiagnosisMissing => one.terms.antibiotic && !one.terms.diagnosis,
            _ => !one.terms.antibiotic && one.terms.diagnosis,
        };
        if of_this {
            let told = match one.action {
                Action::Block => one.refused,
                Action::Warn => one.warned,
                Action::Pass => one.passed,
            };
            assert_eq!(told, one.sent, "{one:?}");
        }
    }
    let first = taken(&journal, Link::Intermediary, None).await.unwrap();
    assert!(!first.is_empty(), "they were real messages");
}
