//! The intermediary on its port, attacked as [`riktig_chain::certify`] attacks anybody's.

use std::net::Ipv4Addr;

use jiff::Timestamp;
use riktig_chain::certify::{Verdict, intermediary as certify};
use riktig_chain::http_client::{HttpClient, Url};
use riktig_chain::rehearsal::Rehearsal;
use riktig_chain::{At, Intermediary};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

use crate::chain::{intermediary, listen};

/// What all attacks together may add to the most memory that this process has had, in kilobytes.
const MORE: u64 = 400_000;

fn clock() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// The most memory that this process has had, in kilobytes; nothing where the system does not tell.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn every_attack_is_turned_away_at_the_port_in_bounded_time_and_memory() {
    riktig_helseid::install_cryptography();
    let at = At {
        now: clock(),
        today: "2026-03-02".parse().unwrap(),
    };
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite:{}", folder.path().join("journal.db").display());
    let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
    let journal = Journal::open(&address, keys).await.unwrap();
    let parties = Rehearsal::new(at).unwrap();
    let role = intermediary(Intermediary::open(journal, parties.setup()), clock);
    let listening = listen((Ipv4Addr::LOCALHOST, 0).into(), role).await.unwrap();
    let endpoint = format!("http://{}/messages", listening.address().unwrap());
    let endpoint: Url = endpoint.parse().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(listening.run(async move {
        let _ = stopped.await;
    }));
    let before = most_memory();
    let wire = HttpClient::new().unwrap();
    let checks = certify(&parties, 0, None, |bytes| wire.send(&endpoint, bytes)).await;
    let checks = checks.unwrap();
    let failed: Vec<_> = checks
        .iter()
        .filter(|check| check.verdict == Verdict::Failed)
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let names: Vec<_> = checks.iter().map(|check| check.name).collect();
    for name in [
        "entity_bomb",
        "signature_wrapping",
        "wrong_encoding",
        "well_after_attacks",
    ] {
        assert!(names.contains(&name), "{name} was not tried");
    }
    if let (Some(before), Some(after)) = (before, most_memory()) {
        assert!(
            after < before + MORE,
            "{before} kB before, {after} kB after"
        );
    }
    stop.send(()).unwrap();
    served.await.unwrap().unwrap();
}
