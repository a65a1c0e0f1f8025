//! A pharmacy whose dispensings reach the edition with their diagnosis: from the prescriber's signed message to the link, no hand between.

use std::path::Path;

use jiff::Timestamp;
use riktig_chain::pharmacy::{Doing, Handed};
use riktig_chain::rehearsal::{Rehearsal, Terms, id};
use riktig_chain::{Answer, At, Intermediary, Pharmacy, Registry};
use riktig_codes::Day;
use riktig_eresept::Withheld;
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_journal::Journal;
use riktig_journal::chain::Link;
use riktig_journal::identity::Keys;
use riktig_lake::edition::Edition;

use crate::riktig::riktig;

/// The parties on journals in a folder.
struct Chain {
    rehearsal: Rehearsal,
    intermediary: Intermediary,
    pharmacy: Pharmacy,
    registry: Registry,
    at: At,
}

impl Chain {
    async fn new(folder: &Path) -> Self {
        let at = At {
            now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
            today: "2026-03-02".parse::<Day>().unwrap(),
        };
        let rehearsal = Rehearsal::new(at).unwrap();
        let keys = Keys::generate().unwrap();
        std::fs::write(folder.join("chain.keys"), keys.as_bytes()).unwrap();
        private(&folder.join("chain.keys"));
        std::fs::write(folder.join("ca.der"), rehearsal.authority()).unwrap();
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.join(name).display());
            Journal::open(&address, Keys::parse(&keys).unwrap())
                .await
                .unwrap()
        };
        Self {
            intermediary: Intermediary::open(journal("intermediary.db").await, rehearsal.setup()),
            pharmacy: Pharmacy::open(journal("pharmacy.db").await, rehearsal.pharmacy()).unwrap(),
            registry: Registry::open(journal("registry.db").await, rehearsal.registry()),
            rehearsal,
            at,
        }
    }

    async fn wire(&self, to: Link, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let answer = match to {
            Link::Registry => self.registry.receive(bytes, self.at).await,
            _ => self.intermediary.receive(bytes, self.at).await,
        };
        match answer {
            Answer::Message(answer) => Some(answer),
            other => panic!("{other:?}"),
        }
    }

    fn doing(&self, what: &str, number: u32) -> Doing {
        Doing {
            message: id(what, number),
            employee: Withheld::new("1"),
            hpr: None,
            at: self.at,
        }
    }

    /// Prescribed, downloaded, dispensed and told to the registry; taken back where `back` says so.
    async fn dispensed(&self, number: u32, terms: Terms, back: bool) {
        let m1 = self.rehearsal.prescription(number, terms);
        self.wire(Link::Intermediary, m1).await.unwrap();
        let wire = |to, bytes| self.wire(to, bytes);
        let prescription = id("m1", number).as_str().parse().unwrap();
        let download = self.doing("download", number);
        let counter = self
            .pharmacy
            .download(&download, &prescription, None, wire)
            .await
            .unwrap();
        let handed = Handed {
            on: self.at.today,
            amount: Amount {
                thousandths: 1000,
                unit: AmountUnit::Packs,
            },
            exchanged: None,
            batch: None,
            last: true,
            interventions: Vec::new(),
            customer_refuses_exchange: false,
            regular_doctor_not_told: false,
        };
        self.pharmacy
            .dispense(&self.doing("dispense", number), &counter, &handed)
            .await
            .unwrap();
        self.deliver().await;
        if back {
            let annul = self.doing("annul", number);
            self.pharmacy
                .annul(&annul, &counter, &id("dispense", number))
                .await
                .unwrap();
            self.deliver().await;
        }
    }

    /// To the intermediary, and what it took to the registry.
    async fn deliver(&self) {
        for _ in 0..2 {
            let round = self
                .pharmacy
                .deliver_due(self.at, |to, bytes| self.wire(to, bytes))
                .await
                .unwrap();
            assert!(
                round.taken > 0 && round.refused + round.later == 0,
                "{round:?}"
            );
        }
    }
}

/// Keys are read from a file that is their owner's alone.
fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Two months of a country whose prescriptions carry no diagnosis, and an edition of the second.
fn built(folder: &Path, with: Option<&str>) -> Edition {
    let name = if with.is_some() { "with" } else { "without" };
    riktig(folder, ["intake", "country", "--lake", name]).succeeded();
    if let Some(delivery) = with {
        riktig(folder, ["intake", delivery, "--lake", name]).succeeded();
    }
    let edition = format!("edition-{name}");
    riktig(
        folder,
        [
            "build",
            "--lake",
            name,
            "--period",
            "2026-03..2026-03",
            "--out",
            &edition,
        ],
    )
    .succeeded();
    Edition::open(&folder.join(edition)).unwrap()
}

const DELIVER: &str = "chain deliver --journal sqlite:registry.db --keys chain.keys --authority ca.der --test-authorities --out chain.csv --months";

#[tokio::test(flavor = "multi_thread")]
async fn a_prescription_with_sinusitis_is_linked_by_its_diagnosis_in_the_edition() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let chain = Chain::new(folder).await;
    chain.dispensed(1, Terms::default(), false).await;
    chain.dispensed(2, Terms::default(), true).await;
    let statin = Terms {
        antibiotic: false,
        diagnosis: false,
        ..Terms::default()
    };
    chain.dispensed(3, statin, false).await;

    let deliver = |months| DELIVER.split(' ').chain([months]);
    let early = riktig(folder, deliver("2026-03..2126-04")).failed();
    assert!(early.stderr.contains("it is not over"), "{}", early.seen());
    let run = riktig(folder, deliver("2026-03..2026-03")).succeeded();
    assert_eq!(
        run.stdout,
        "chain.csv: 3 dispensings, 1 of them taken back\n"
    );
    let text = std::fs::read_to_string(folder.join("chain.csv")).unwrap();
    assert_eq!(
        text.matches(";J01CE02;;1;40;;ICPC-2;R75").count(),
        2,
        "{text}"
    );
    assert_eq!(
        text.matches(";C10AA01;;1;40;;;").count(),
        1,
        "no diagnosis where none was given: {text}"
    );
    let again = riktig(folder, deliver("2026-03..2026-03")).failed();
    assert!(
        again.stderr.contains("is there already"),
        "{}",
        again.seen()
    );

    let simulate = "simulate --inhabitants 3000 --from 2026-02 --months 2 --seed 4 --out country";
    riktig(folder, simulate.split(' ')).succeeded();
    let (without, with) = (built(folder, None), built(folder, Some("chain.csv")));
    let linked = |edition: &Edition| edition.meta().linkage.by_prescription;
    assert_eq!(
        linked(&with),
        linked(&without) + 1,
        "the one that was not taken back"
    );
}
