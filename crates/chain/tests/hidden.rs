//! What must not be told: prescriptions that are locked or closed to the one who asks.

use jiff::Timestamp;
use riktig_chain::rehearsal::{Another, Rehearsal, Terms, id, identity};
use riktig_chain::{Answer, At, Intermediary};
use riktig_codes::Day;
use riktig_eresept::message::{M96, M98};
use riktig_eresept::{AppRec, Body, Message, Outcome};
use riktig_journal::Journal;
use riktig_journal::chain::{self, Choice, choose};
use riktig_journal::id::PersonId;
use riktig_journal::identity::Keys;
use riktig_journal::person::{LogIn, actor, log_in};
use riktig_journal::policy::{About, Act};

struct World {
    rehearsal: Rehearsal,
    another: Another,
    intermediary: Intermediary,
    at: At,
    _folder: tempfile::TempDir,
}

const LOCKED: Terms = Terms {
    diagnosis: true,
    antibiotic: true,
    locked: true,
};

impl World {
    async fn new() -> Self {
        let at = At {
            now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
            today: "2026-03-02".parse::<Day>().unwrap(),
        };
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("journal.db").display());
        let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
        let journal = Journal::open(&address, keys).await.unwrap();
        let (rehearsal, another) = Rehearsal::with_another(at).unwrap();
        Self {
            intermediary: Intermediary::open(journal, another.setup(&rehearsal)),
            rehearsal,
            another,
            at,
            _folder: folder,
        }
    }

    /// The answer as text, without what is of the question: two of them that are the same tell nothing apart.
    async fn told(&self, bytes: Vec<u8>) -> String {
        let question = Message::read(&bytes).unwrap().envelope().id.clone();
        let answer = match self.intermediary.receive(bytes, self.at).await {
            Answer::Message(answer) | Answer::Refused(answer) => answer,
            other => panic!("{other:?}"),
        };
        let text = String::from_utf8(answer).unwrap();
        let text = text.replace(question.as_str(), "question");
        let own = match text.find("<MsgId>").or_else(|| text.find("<Id>")) {
            Some(from) => {
                let from = text[from..].find('>').unwrap() + from + 1;
                let to = text[from..].find('<').unwrap() + from;
                text[from..to].to_owned()
            }
            None => "no id".to_owned(),
        };
        let text = text.replace(&own, "own");
        // The signature is of all that.
        match text.find("<Signature ") {
            Some(signature) => text[..signature].to_owned(),
            None => text,
        }
    }

    async fn code(&self, bytes: Vec<u8>) -> String {
        let answer = match self.intermediary.receive(bytes, self.at).await {
            Answer::Message(answer) | Answer::Refused(answer) => answer,
            other => panic!("{other:?}"),
        };
        match AppRec::read(&answer).unwrap().outcome {
            Outcome::Taken => "taken".to_owned(),
            Outcome::Refused(errors) | Outcome::TakenInPart(errors) => {
                let words = errors[0].0.original.clone().unwrap_or_default();
                words.split(':').next().unwrap_or_default().to_owned()
            }
        }
    }

    async fn ask(&self, bytes: Vec<u8>) -> Message {
        match self.intermediary.receive(bytes, self.at).await {
            Answer::Message(answer) => Message::read(&answer).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    async fn list(&self, bytes: Vec<u8>) -> M96 {
        match self.ask(bytes).await.body() {
            Body::M96(m96) => m96.clone(),
            other => panic!("{other:?}"),
        }
    }

    async fn dispensings(&self, bytes: Vec<u8>) -> M98 {
        match self.ask(bytes).await.body() {
            Body::M98(m98) => *m98,
            other => panic!("{other:?}"),
        }
    }

    async fn person(&self, number: u32) -> PersonId {
        let pid = identity(number);
        let login = LogIn {
            pid: &pid,
            hpr: None,
            organisation: None,
        };
        let journal = self.intermediary.journal();
        log_in(journal, login, self.at.now).await.unwrap()
    }

    /// The patient's choice, made in the portal on the same journal.
    async fn choose(&self, number: u32, choice: Choice) {
        let (journal, person) = (self.intermediary.journal(), self.person(number).await);
        let owner = actor(journal, person, None).await.unwrap().unwrap();
        let mut acting = journal
            .ask_to_act(&owner, Act::KeepOwnChoices, About::Oneself, self.at.now)
            .await
            .unwrap();
        choose(&mut acting, choice, true).await.unwrap();
        acting.done().await.unwrap();
    }

    async fn results(&self, number: u32) -> Vec<(String, String)> {
        let journal = self.intermediary.journal();
        let page = chain::own_log(journal, self.person(number).await, None);
        let page = page.await.unwrap();
        let lines = page.lines.into_iter();
        lines.map(|line| (line.kind, line.result)).collect()
    }
}

#[tokio::test]
async fn a_locked_prescription_is_to_whoever_has_only_its_id_as_one_that_is_not_there() {
    let world = World::new().await;
    let (here, another) = (&world.rehearsal, &world.another);
    assert_eq!(world.code(here.prescription(1, LOCKED)).await, "taken");
    // The same of number 2, which nobody has prescribed.
    let tried = |number| {
        [
            another.as_own(&here.ask_for_dispensings(number)),
            another.as_own(&here.recall(number, None)),
            another.as_own(&another.as_own(&here.recall(number, Some(3)))),
            another.as_own(&here.download(number, false, 0)),
            here.download(number, false, 1),
            another.as_own(&here.dispensing(number)),
            here.dispensing(number),
            another.as_own(&here.annulment(number)),
            here.annulment(number),
        ]
    };
    for (locked, none) in tried(1).into_iter().zip(tried(2)) {
        let (locked, none) = (world.told(locked).await, world.told(none).await);
        let none = none.replace(id("m1", 2).as_str(), id("m1", 1).as_str());
        assert_eq!(locked, none);
        assert!(
            locked.contains("RIKTIG-I11") || locked.contains("IngenResept"),
            "{locked}"
        );
    }
    let log = world.results(1).await;
    let refused = log
        .iter()
        .filter(|(_, result)| result == "refused RIKTIG-I11");
    assert_eq!(refused.count(), 8, "the patient sees all of it: {log:?}");
    assert_eq!(log.len(), 10);
}

#[tokio::test]
async fn a_locked_prescription_is_there_for_its_prescriber_and_the_pharmacy_that_has_it() {
    let world = World::new().await;
    let (here, another) = (&world.rehearsal, &world.another);
    assert_eq!(world.code(here.prescription(1, LOCKED)).await, "taken");
    assert!(matches!(
        world.dispensings(here.ask_for_dispensings(1)).await,
        M98::Dispensings(0)
    ));
    world.ask(here.download(1, true, 0)).await;
    // Another pharmacy with the number is told that it is taken; without, nothing.
    let other = another.as_own(&here.download(1, true, 2));
    assert_eq!(world.code(other).await, "RIKTIG-L02");
    let other = another.as_own(&here.dispensing(1));
    assert_eq!(world.code(other).await, "RIKTIG-I11");
    assert_eq!(world.code(here.dispensing(1)).await, "taken");
    assert_eq!(world.code(here.annulment(1)).await, "taken");
    assert_eq!(world.code(here.recall(1, None)).await, "taken");
}

#[tokio::test]
async fn who_has_opened_a_locked_prescription_with_its_number_may_ask_and_recall_from_then_on() {
    let world = World::new().await;
    let (here, another) = (&world.rehearsal, &world.another);
    assert_eq!(world.code(here.prescription(1, LOCKED)).await, "taken");
    let list = another.as_own(&here.ask_as_doctor(1, true));
    assert!(world.list(list).await.prescriptions.is_empty());
    let ask = another.as_own(&here.ask_for_dispensings(1));
    assert!(matches!(world.dispensings(ask).await, M98::NoPrescription));
    let list = another.as_own(&here.ask_with_reference(1));
    assert_eq!(world.list(list).await.prescriptions.len(), 1);
    let again = another.as_own(&another.as_own(&here.ask_for_dispensings(1)));
    assert!(matches!(
        world.dispensings(again).await,
        M98::Dispensings(0)
    ));
    let recall = another.as_own(&here.recall(1, None));
    assert_eq!(world.code(recall).await, "taken");
}

#[tokio::test]
async fn who_is_shown_one_prescription_is_not_told_of_the_locked_one_that_took_its_place() {
    let world = World::new().await;
    let (here, another) = (&world.rehearsal, &world.another);
    let open = here.prescription(1, Terms::default());
    assert_eq!(world.code(open).await, "taken");
    let locked = here.prescription_for(&identity(1), 2, LOCKED);
    assert!(["taken", "RIKTIG-C12"].contains(&world.code(locked).await.as_str()));
    assert_eq!(world.code(here.recall(1, Some(2))).await, "taken");
    let own = world.list(here.ask_as_doctor(1, true)).await.prescriptions;
    assert!(own.iter().any(|one| one.renewal.is_some()));
    let list = another.as_own(&here.ask_as_doctor(1, true));
    let others = world.list(list).await.prescriptions;
    assert_eq!(others.len(), 1);
    assert_eq!(others[0].renewal, None);
}

#[tokio::test]
async fn to_whom_the_patient_has_closed_the_look_up_only_their_own_prescriptions_are_there() {
    let world = World::new().await;
    let (here, another) = (&world.rehearsal, &world.another);
    for number in [1, 2] {
        let m1 = here.prescription(number, Terms::default());
        assert_eq!(world.code(m1).await, "taken");
    }
    let own = another.as_own(&here.prescription(1, Terms::default()));
    let own_id = Message::read(&own).unwrap().envelope().id.clone();
    assert!(["taken", "RIKTIG-C12"].contains(&world.code(own).await.as_str()));
    world.choose(1, Choice::CloseTo(another.hpr())).await;
    let list = another.as_own(&here.ask_as_doctor(1, true));
    let shown = world.list(list).await;
    let ids: Vec<_> = shown
        .prescriptions
        .iter()
        .map(|one| &one.prescription)
        .collect();
    assert_eq!(ids, [&own_id]);
    assert_eq!(
        (shown.patient_reservation, shown.search_status),
        (None, None)
    );
    let ask = another.as_own(&here.ask_for_dispensings(1));
    assert!(matches!(world.dispensings(ask).await, M98::NoPrescription));
    let recall = another.as_own(&here.recall(1, None));
    assert_eq!(world.code(recall).await, "RIKTIG-I11");
    // Another patient's, and another doctor.
    let list = another.as_own(&here.ask_as_doctor(2, true));
    assert_eq!(world.list(list).await.prescriptions.len(), 1);
    let list = world.list(here.ask_as_doctor(1, true)).await;
    assert_eq!(list.prescriptions.len(), 2);
}
