//! What the summary record is told, and what people are shown of it.

use jiff::Timestamp;
use riktig_chain::rehearsal::{Rehearsal, Terms, identity};
use riktig_chain::shown::{self, ShownDiagnosis, ShownList, Viewer};
use riktig_chain::{Answer, At, Intermediary, SummaryRecord, deliver};
use riktig_codes::Day;
use riktig_eresept::prescription::Status;
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::chain::{Choice, Link, choose, due, patient_with};
use riktig_journal::identity::Keys;
use riktig_journal::person::{LogIn, actor, log_in};
use riktig_journal::policy::{About, Act};
use riktig_journal::{Journal, Looking};

struct World {
    rehearsal: Rehearsal,
    intermediary: Intermediary,
    record: SummaryRecord,
    at: At,
    _folder: tempfile::TempDir,
}

fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

impl World {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::generate().unwrap();
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let keys = Keys::parse(&keys).unwrap();
            Journal::open(&address, keys).await.unwrap()
        };
        let rehearsal = Rehearsal::new(at()).unwrap();
        Self {
            intermediary: Intermediary::open(journal("rf.db").await, rehearsal.setup()),
            record: SummaryRecord::open(
                journal("kj.db").await,
                rehearsal.trust(),
                rehearsal.intermediary(),
            ),
            rehearsal,
            at: at(),
            _folder: folder,
        }
    }

    async fn send(&self, bytes: Vec<u8>) {
        let answer = self.intermediary.receive(bytes, self.at).await;
        assert!(matches!(answer, Answer::Message(_)), "{answer:?}");
    }

    /// Hands over what the intermediary must send to the record, `times` times each, and tells how many were taken.
    async fn deliver(&self, times: usize) -> u64 {
        let send = |to: Link, bytes: Vec<u8>| async move {
            if to != Link::SummaryRecord {
                return None;
            }
            let mut last = None;
            for _ in 0..times {
                last = match self.record.receive(bytes.clone(), self.at).await {
                    Answer::Message(answer) | Answer::Refused(answer) => Some(answer),
                    _ => None,
                };
            }
            last
        };
        let round = deliver::round(
            self.intermediary.journal(),
            Link::Intermediary,
            self.at.now,
            send,
        );
        round.await.unwrap().taken
    }

    async fn prescribed(&self, number: u32, terms: Terms) {
        self.send(self.rehearsal.prescription(number, terms)).await;
        self.send(self.rehearsal.download(number, terms.locked, 0))
            .await;
        self.send(self.rehearsal.dispensing(number)).await;
    }

    /// Somebody who looks with a permit, whoever it is: what is shown depends on the viewer that the page says.
    async fn looking(&self, journal: &Journal, number: u32) -> Looking {
        let pid = identity(number);
        let login = LogIn {
            pid: &pid,
            hpr: None,
            organisation: None,
        };
        let person = log_in(journal, login, self.at.now).await.unwrap();
        let actor = actor(journal, person, None).await.unwrap().unwrap();
        let look = journal.ask_to_look(
            &actor,
            Act::SeeOwnPrescriptions,
            About::Oneself,
            self.at.now,
        );
        look.await.unwrap()
    }

    async fn shown(&self, link: Link, number: u32, viewer: Viewer) -> ShownList {
        let journal = match link {
            Link::SummaryRecord => self.record.journal(),
            _ => self.intermediary.journal(),
        };
        let patient = patient_with(journal, &identity(number))
            .await
            .unwrap()
            .unwrap();
        let mut looking = self.looking(journal, number).await;
        shown::of_patient(
            &mut looking,
            journal,
            link,
            (patient, viewer),
            self.at.today,
        )
        .await
        .unwrap()
    }
}

#[tokio::test]
async fn a_dispensing_reaches_the_record_with_its_diagnosis_once_however_often_it_is_sent() {
    let world = World::new().await;
    world.prescribed(1, Terms::default()).await;
    assert_eq!(world.deliver(3).await, 1);
    let list = world
        .shown(Link::SummaryRecord, 1, Viewer::ForTreatment)
        .await;
    let [one] = list.prescriptions.as_slice() else {
        panic!("{list:?}");
    };
    assert_eq!(one.dispensed.len(), 1);
    assert_eq!(one.dispensed[0].0, world.at.today);
    let ShownDiagnosis::Given(diagnosis) = &one.diagnosis else {
        panic!("{one:?}");
    };
    assert_eq!(diagnosis.coded().code, "R75");
    assert!(one.drug.contains("Apocillin") || !one.drug.is_empty());
}

#[tokio::test]
async fn an_annulled_dispensing_is_taken_away_and_the_prescription_stays() {
    let world = World::new().await;
    world.prescribed(1, Terms::default()).await;
    world.deliver(1).await;
    world.send(world.rehearsal.annulment(1)).await;
    assert_eq!(world.deliver(2).await, 1);
    let list = world.shown(Link::SummaryRecord, 1, Viewer::Opened).await;
    assert_eq!(list.prescriptions.len(), 1);
    assert!(list.prescriptions[0].dispensed.is_empty());
}

#[tokio::test]
async fn the_patient_sees_at_the_intermediary_what_is_not_dispensed_too() {
    let world = World::new().await;
    world
        .send(world.rehearsal.prescription(1, Terms::default()))
        .await;
    let list = world.shown(Link::Intermediary, 1, Viewer::Oneself).await;
    assert_eq!(list.prescriptions[0].status, Some(Status::Dispensable));
    assert!(matches!(
        list.prescriptions[0].diagnosis,
        ShownDiagnosis::Given(_)
    ));
    assert_eq!(list.unreadable, 0);
}

#[tokio::test]
async fn a_locked_prescription_is_shown_with_consent_and_not_for_a_treatment() {
    let world = World::new().await;
    let locked = Terms {
        locked: true,
        ..Terms::default()
    };
    world.prescribed(1, locked).await;
    world.deliver(1).await;
    let of = async |viewer| {
        world
            .shown(Link::SummaryRecord, 1, viewer)
            .await
            .prescriptions
            .len()
    };
    assert_eq!(
        (of(Viewer::ForTreatment).await, of(Viewer::Guardian).await),
        (0, 0)
    );
    assert_eq!(
        (of(Viewer::Opened).await, of(Viewer::Oneself).await),
        (1, 1)
    );
}

#[tokio::test]
async fn a_diagnosis_that_is_hidden_from_guardians_is_withheld_from_them_alone_and_so_is_what_it_is_for()
 {
    let world = World::new().await;
    let journal = world.intermediary.journal();
    for diagnosis in [true, false] {
        let number = 1 + u32::from(diagnosis);
        let terms = Terms {
            diagnosis,
            antibiotic: diagnosis,
            locked: false,
            hidden_from_guardians: false,
        };
        world
            .send(world.rehearsal.prescription(number, terms))
            .await;
        drop(world.looking(journal, number).await);
        let pid = identity(number);
        let login = LogIn {
            pid: &pid,
            hpr: None,
            organisation: None,
        };
        let person = log_in(journal, login, world.at.now).await.unwrap();
        let owner = actor(journal, person, None).await.unwrap().unwrap();
        let mut acting = journal
            .ask_to_act(&owner, Act::KeepOwnChoices, About::Oneself, world.at.now)
            .await
            .unwrap();
        choose(&mut acting, Choice::HideDiagnosis, true)
            .await
            .unwrap();
        acting.done().await.unwrap();
        let seen = world
            .shown(Link::Intermediary, number, Viewer::Guardian)
            .await
            .prescriptions;
        assert_eq!(
            seen[0].diagnosis,
            ShownDiagnosis::Withheld,
            "with a diagnosis or without"
        );
        assert_eq!(seen[0].use_text, None);
        let own = world
            .shown(Link::Intermediary, number, Viewer::Oneself)
            .await
            .prescriptions;
        assert_eq!(
            matches!(own[0].diagnosis, ShownDiagnosis::Given(_)),
            diagnosis
        );
    }
}

#[tokio::test]
async fn a_record_refuses_what_the_intermediary_has_not_signed_and_what_is_no_report() {
    let world = World::new().await;
    let refused = async |bytes: Vec<u8>| match world.record.receive(bytes, world.at).await {
        Answer::Refused(answer) => match AppRec::read(&answer).unwrap().outcome {
            Outcome::Refused(errors) => format!("{errors:?}"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let m1 = world.rehearsal.prescription(1, Terms::default());
    let words = refused(m1.clone()).await;
    assert!(
        words.contains("RIKTIG-K01") && words.contains("S01"),
        "{words}"
    );
    let text = String::from_utf8(m1).unwrap();
    let words = refused(
        text.replace("R75", "R74")
            .replace("ERM1", "ERM2")
            .into_bytes(),
    )
    .await;
    assert!(words.contains("RIKTIG-K01"), "{words}");
}

#[tokio::test]
async fn an_annulment_that_overtakes_its_dispensing_is_kept_until_that_comes() {
    let (early, late) = (World::new().await, World::new().await);
    let mut seen = Vec::new();
    for (world, backwards) in [(&early, true), (&late, false)] {
        world.prescribed(1, Terms::default()).await;
        world.send(world.rehearsal.annulment(1)).await;
        let due = due(
            world.intermediary.journal(),
            Link::Intermediary,
            world.at.now,
            10,
        );
        let mut told = due.await.unwrap();
        told.retain(|one| one.to == Link::SummaryRecord);
        assert_eq!(told.len(), 2);
        if backwards {
            told.reverse();
        }
        for one in told {
            let answer = world
                .record
                .receive(one.bytes.expect("it opens"), world.at)
                .await;
            assert!(matches!(answer, Answer::Message(_)), "{answer:?}");
        }
        let list = world.shown(Link::SummaryRecord, 1, Viewer::Opened).await;
        let [shown] = list.prescriptions.as_slice() else {
            panic!("{list:?}");
        };
        assert!(shown.dispensed.is_empty(), "{shown:?}");
        seen.push((shown.reserved, shown.locked, shown.drug.clone()));
    }
    assert_eq!(seen[0], seen[1]);
}
