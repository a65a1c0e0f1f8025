//! The intermediary with real messages on a real journal.

use jiff::{SignedDuration, Timestamp};
use riktig_chain::rehearsal::{Rehearsal, Terms, identity};
use riktig_chain::{Answer, At, Intermediary, deliver};
use riktig_codes::Day;
use riktig_eresept::control::{Action, Control, Policy};
use riktig_eresept::message::M98;
use riktig_eresept::{AppRec, Body, Message, Outcome};
use riktig_journal::audit::verify;
use riktig_journal::chain::{Link, due};
use riktig_journal::identity::Keys;
use riktig_journal::person::{LogIn, log_in};
use riktig_journal::{Journal, chain};

struct World {
    rehearsal: Rehearsal,
    intermediary: Intermediary,
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
        Self::with(Policy::shipped()).await
    }

    async fn with(policy: Policy) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("journal.db").display());
        let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
        let journal = Journal::open(&address, keys).await.unwrap();
        let rehearsal = Rehearsal::new(at()).unwrap();
        let mut setup = rehearsal.setup();
        setup.policy = policy;
        Self {
            intermediary: Intermediary::open(journal, setup),
            rehearsal,
            at: at(),
            _folder: folder,
        }
    }

    async fn send(&self, bytes: Vec<u8>) -> Answer {
        self.intermediary.receive(bytes, self.at).await
    }

    /// Sends what is answered with a message.
    async fn ask(&self, bytes: Vec<u8>) -> Message {
        match self.send(bytes).await {
            Answer::Message(answer) => Message::read(&answer).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Sends what is answered with a receipt, and tells the first code: `1` for taken.
    async fn code(&self, bytes: Vec<u8>) -> String {
        let answer = match self.send(bytes).await {
            Answer::Message(answer) | Answer::Refused(answer) => answer,
            other => panic!("{other:?}"),
        };
        match AppRec::read(&answer).unwrap().outcome {
            Outcome::Taken => "taken".to_owned(),
            Outcome::Refused(errors) => words(&errors[0]),
            Outcome::TakenInPart(errors) => format!("warned {}", words(&errors[0])),
        }
    }

    async fn due(&self) -> Vec<chain::Due> {
        due(
            self.intermediary.journal(),
            Link::Intermediary,
            self.at.now,
            100,
        )
        .await
        .unwrap()
    }
}

/// What the patient reads who logs in.
async fn own_log(journal: &Journal, number: u32) -> chain::ChainLogPage {
    let pid = identity(number);
    let login = LogIn {
        pid: &pid,
        hpr: None,
        organisation: None,
    };
    let person = log_in(journal, login, at().now).await.unwrap();
    chain::own_log(journal, person, None).await.unwrap()
}

fn words(error: &riktig_eresept::ReceiptError) -> String {
    let words = error.0.original.clone().unwrap_or_default();
    words.split(':').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_prescription_goes_from_prescriber_to_pharmacy_and_back_as_it_was_signed() {
    let world = World::new().await;
    let m1 = world.rehearsal.prescription(1, Terms::default());
    assert_eq!(world.code(m1.clone()).await, "taken");

    let list = world.ask(world.rehearsal.ask_for_list(1)).await;
    let Body::M92(m92) = list.body() else {
        panic!("{list:?}")
    };
    assert_eq!(
        (
            m92.prescriptions.len(),
            m92.prescriptions[0].status.code.as_str()
        ),
        (1, "E")
    );

    let download = world.ask(world.rehearsal.download(1, false, 0)).await;
    assert_eq!(
        download.enclosed_messages().collect::<Vec<_>>(),
        [m1.as_slice()],
        "byte for byte"
    );
    let inner = Message::read(&m1).unwrap();
    assert_eq!(inner.diagnosis().unwrap().unwrap().coded().code, "R75");

    assert_eq!(world.code(world.rehearsal.dispensing(1)).await, "taken");
    let due = world.due().await;
    let kinds: Vec<_> = due.iter().map(|one| (one.kind.as_str(), one.to)).collect();
    assert_eq!(
        kinds,
        [("M6", Link::Prescriber), ("M8.1", Link::SummaryRecord)]
    );
    let m81 = Message::read(due[1].bytes.as_deref().unwrap()).unwrap();
    assert_eq!(m81.enclosed_messages().next(), Some(m1.as_slice()));

    let dispensed = world.ask(world.rehearsal.ask_for_dispensings(1)).await;
    assert!(matches!(dispensed.body(), Body::M98(M98::Dispensings(1))));
    let all = world.ask(world.rehearsal.ask_as_doctor(1, true)).await;
    let Body::M96(m96) = all.body() else {
        panic!("{all:?}")
    };
    assert_eq!(m96.prescriptions[0].status.code, "R");
    let open = world.ask(world.rehearsal.ask_as_doctor(1, false)).await;
    assert!(matches!(open.body(), Body::M96(m96) if m96.prescriptions.is_empty()));
    assert_eq!(world.code(world.rehearsal.annulment(1)).await, "taken");
    let dispensed = world.rehearsal.download(1, false, 1);
    assert!(
        matches!(world.ask(dispensed).await.body(), Body::M94(_)),
        "annulled: it can be dispensed again"
    );
}

#[tokio::test]
async fn the_patient_finds_every_message_about_them_in_the_log() {
    let world = World::new().await;
    for bytes in [
        world.rehearsal.prescription(1, Terms::default()),
        world.rehearsal.ask_for_list(1),
        world.rehearsal.download(1, false, 0),
        world.rehearsal.dispensing(1),
        world.rehearsal.ask_as_doctor(1, true),
    ] {
        assert!(matches!(world.send(bytes).await, Answer::Message(_)));
    }
    let journal = world.intermediary.journal();
    let page = own_log(journal, 1).await;
    let kinds: Vec<_> = page.lines.iter().map(|line| line.kind.as_str()).collect();
    assert_eq!(kinds, ["M9.5", "M10", "M9.3", "M9.1", "M1"]);
    assert_eq!(
        verify(journal, &[]).await.unwrap().lines,
        6,
        "with the login"
    );
}

#[tokio::test]
async fn what_the_controls_find_is_blocked_warned_of_or_passed_as_the_policy_says() {
    let without = Terms {
        diagnosis: false,
        ..Terms::default()
    };
    let statin = Terms {
        antibiotic: false,
        ..Terms::default()
    };
    let world = World::new().await;
    assert_eq!(
        world.code(world.rehearsal.prescription(1, without)).await,
        "RIKTIG-C01"
    );
    let answers = [
        (Action::Block, "RIKTIG-C02"),
        (Action::Warn, "warned RIKTIG-C02"),
        (Action::Pass, "taken"),
    ];
    for (action, answer) in answers {
        let world = World::with(Policy::shipped().with(Control::DiagnosisNotAsked, action)).await;
        assert_eq!(
            world.code(world.rehearsal.prescription(1, statin)).await,
            answer
        );
    }
    let again = World::with(Policy::shipped().with(Control::Duplicate, Action::Block)).await;
    assert_eq!(
        again
            .code(again.rehearsal.prescription(1, Terms::default()))
            .await,
        "taken"
    );
}

#[tokio::test]
async fn a_changed_a_foreign_and_an_unsigned_message_are_refused_and_use_up_no_id() {
    let world = World::new().await;
    let m1 = world.rehearsal.prescription(1, Terms::default());
    let text = String::from_utf8(m1.clone()).unwrap();
    let changed = text.replace("R75", "R74").replace("Kari", "Karl");
    assert_eq!(world.code(changed.into_bytes()).await, "RIKTIG-I01");
    let foreign = Rehearsal::new(at())
        .unwrap()
        .prescription(1, Terms::default());
    assert_eq!(world.code(foreign).await, "RIKTIG-I01");
    assert!(matches!(
        world.send(b"<a/>".to_vec()).await,
        Answer::NotAMessage(_)
    ));
    assert!(matches!(
        world.send(b"nothing".to_vec()).await,
        Answer::NotAMessage(_)
    ));
    assert_eq!(world.code(m1).await, "taken");
}

#[tokio::test]
async fn the_same_message_is_answered_the_same_and_another_with_its_id_is_refused() {
    let world = World::new().await;
    let m1 = world.rehearsal.prescription(1, Terms::default());
    let (Answer::Message(first), Answer::Message(again)) =
        (world.send(m1.clone()).await, world.send(m1).await)
    else {
        panic!("both are taken");
    };
    assert_eq!(first, again);
    let other = world.rehearsal.prescription(
        1,
        Terms {
            locked: true,
            ..Terms::default()
        },
    );
    assert_eq!(world.code(other).await, "RIKTIG-I05");
}

#[tokio::test]
async fn a_recalled_an_expired_and_a_locked_prescription_are_not_handed_out() {
    let mut world = World::new().await;
    for number in 1..5 {
        let terms = Terms {
            locked: number == 3,
            ..Terms::default()
        };
        assert_eq!(
            world
                .code(world.rehearsal.prescription(number, terms))
                .await,
            "taken"
        );
    }
    assert_eq!(
        world.code(world.rehearsal.recall(1, Some(2))).await,
        "taken"
    );
    assert_eq!(
        world.code(world.rehearsal.recall(1, None)).await,
        "RIKTIG-I05",
        "the same id with another reason"
    );
    assert_eq!(
        world.code(world.rehearsal.download(1, false, 0)).await,
        "RIKTIG-L01"
    );

    assert_eq!(
        world.code(world.rehearsal.download(3, false, 0)).await,
        "RIKTIG-I11"
    );
    let list = world.ask(world.rehearsal.ask_for_list(3)).await;
    assert!(
        matches!(list.body(), Body::M92(m92) if m92.prescriptions.is_empty()),
        "nor said to exist"
    );
    world.ask(world.rehearsal.download(3, true, 1)).await;

    world.at = At {
        now: world.at.now + SignedDuration::from_hours(24 * 11),
        today: world.at.today + 11,
    };
    assert_eq!(
        world.code(world.rehearsal.download(2, false, 0)).await,
        "RIKTIG-L01"
    );
    assert_eq!(
        world.intermediary.sweep(world.at).await.unwrap(),
        3,
        "2, 4, and 3 which the pharmacy has"
    );
    assert_eq!(
        world.intermediary.sweep(world.at).await.unwrap(),
        1,
        "3 stays until the pharmacy is done"
    );
    let page = own_log(world.intermediary.journal(), 4).await;
    assert_eq!(
        (page.lines[0].act.as_str(), page.lines[0].service.as_deref()),
        ("chain_day", Some("expire"))
    );
}

#[tokio::test]
async fn what_goes_on_is_tried_until_its_receiver_answers() {
    let world = World::new().await;
    for bytes in [
        world.rehearsal.prescription(1, Terms::default()),
        world.rehearsal.download(1, false, 0),
        world.rehearsal.dispensing(1),
    ] {
        assert!(matches!(world.send(bytes).await, Answer::Message(_)));
    }
    let journal = world.intermediary.journal();
    let nobody = async |_: Link, _: Vec<u8>| None;
    let round = deliver::round(journal, Link::Intermediary, world.at.now, nobody)
        .await
        .unwrap();
    assert_eq!((round.taken, round.refused, round.later), (0, 0, 2));
    let answering = async |to: Link, bytes: Vec<u8>| {
        let message = Message::read(&bytes).unwrap();
        let outcome = match to {
            Link::Prescriber => Outcome::Taken,
            _ => Outcome::Refused(Vec::new()),
        };
        let receipt = AppRec::answering(
            message.envelope(),
            riktig_chain::rehearsal::id("r", 1),
            message.envelope().generated,
            outcome,
        );
        Some(receipt.write())
    };
    let later = world.at.now + SignedDuration::from_secs(5);
    let round = deliver::round(journal, Link::Intermediary, later, answering)
        .await
        .unwrap();
    assert_eq!((round.taken, round.refused, round.later), (1, 1, 0));
    assert_eq!(
        chain::waiting(journal, Link::Intermediary).await.unwrap().0,
        0
    );
}

#[tokio::test]
async fn who_may_not_prescribe_reads_nobodys_list_and_recalls_nothing() {
    for register in ["hpr;right\n9144897;none\n", "hpr;right\n9144900;all\n"] {
        let mut world = World::new().await;
        assert_eq!(
            world
                .code(world.rehearsal.prescription(1, Terms::default()))
                .await,
            "taken"
        );
        let mut setup = world.rehearsal.setup();
        setup.register = riktig_chain::Register::default()
            .with_prescribers(register)
            .unwrap();
        world.intermediary = Intermediary::open(world.intermediary.journal().clone(), setup);
        for asked in [
            world.rehearsal.ask_as_doctor(1, true),
            world.rehearsal.ask_for_dispensings(1),
            world.rehearsal.recall(1, None),
        ] {
            assert_eq!(world.code(asked).await, "RIKTIG-I16");
        }
    }
}

#[tokio::test]
async fn the_log_names_the_organisation_that_signed_and_not_what_it_says_of_itself() {
    let world = World::new().await;
    world
        .code(world.rehearsal.prescription(1, Terms::default()))
        .await;
    world.ask(world.rehearsal.ask_for_list(1)).await;
    let lines = own_log(world.intermediary.journal(), 1).await.lines;
    let asked = lines.iter().find(|line| line.kind == "M9.1").unwrap();
    assert_eq!(asked.organisation, "974760673".parse().ok());
    assert_eq!(asked.hpr, None);
    let wrote = lines.iter().find(|line| line.kind == "M1").unwrap();
    assert_eq!(
        wrote.organisation, None,
        "a doctor's certificate names none"
    );
}
