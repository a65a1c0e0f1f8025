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
    hidden_from_guardians: false,
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

/// A prescription that is long: its sender's name has so many letters.
fn long(world: &World, number: u32, letters: usize) -> Vec<u8> {
    let m1 = world
        .rehearsal
        .prescription_for(&identity(1), number, Terms::default());
    world.rehearsal.with_long_name(&m1, letters)
}

#[tokio::test]
async fn a_list_that_is_too_long_for_one_answer_says_how_long_it_is_and_is_in_the_log() {
    let world = World::new().await;
    let here = &world.rehearsal;
    for number in 1..=14 {
        let m1 = long(&world, number, 54_000);
        let code = world.code(m1).await;
        assert!(["taken", "RIKTIG-C12"].contains(&code.as_str()), "{code}");
        if number == 1 {
            let list = world.list(another_list(&world)).await;
            assert_eq!(list.prescriptions.len(), 1, "one of them fits");
        }
    }
    let refused = world.told(here.ask_as_doctor(1, true)).await;
    assert!(
        refused.contains("RIKTIG-I06"),
        "{}",
        &refused[..2_000.min(refused.len())]
    );
    assert!(
        refused.contains("the list has 14 prescriptions"),
        "{refused}"
    );
    assert!(refused.contains("AlleResepter N"), "{refused}");
    assert_eq!(
        world.results(1).await[0],
        ("M9.5".to_owned(), "refused RIKTIG-I06".to_owned())
    );
    // The pharmacy's list holds no messages.
    let list = world.ask(here.ask_for_list(1)).await;
    assert!(matches!(list.body(), Body::M92(m92) if m92.prescriptions.len() == 14));
}

fn another_list(world: &World) -> Vec<u8> {
    let list = world.rehearsal.ask_as_doctor(1, true);
    world.another.as_own(&list)
}

#[tokio::test]
async fn an_envelope_that_two_readers_could_read_as_two_is_refused() {
    let world = World::new().await;
    let here = &world.rehearsal;
    let m1 = here.prescription(1, Terms::default());
    let text = String::from_utf8(m1.clone()).unwrap();
    let part = |from: &str, to: &str| {
        let begin = text.find(from).unwrap();
        let end = text[begin..].find(to).unwrap() + begin + to.len();
        text[begin..end].to_owned()
    };
    let (ident, digits) = (part("<Patient>", "</Patient>"), identity(1));
    let digits = std::str::from_utf8(digits.reveal_digits())
        .unwrap()
        .to_owned();
    let other = identity(2);
    let other = std::str::from_utf8(other.reveal_digits()).unwrap();
    let begin = ident.find("<Ident>").unwrap();
    let end = ident.find("</Ident>").unwrap() + "</Ident>".len();
    let ident = &ident[begin..end];
    let second = [ident, &ident.replace(&digits, other)].concat();
    let id = part("<MsgId>", "</MsgId>");
    let sender = part("<Sender>", "</Sender>");
    let patient = part("<Patient>", "</Patient>");
    let hpr = format!("<Id>{}</Id>", 9_144_897);
    assert!(text.contains(&hpr));
    let doctor = sender.rfind("<Ident>").unwrap();
    let doctor_end = sender[doctor..].find("</Ident>").unwrap() + doctor + "</Ident>".len();
    let doctor = &sender[doctor..doctor_end];
    let doctors = [doctor, &doctor.replace("9144897", "9144900")].concat();
    for (from, to) in [
        (ident, second.as_str()),
        (id.as_str(), &id.repeat(2)),
        (sender.as_str(), &sender.repeat(2)),
        (patient.as_str(), &patient.repeat(2)),
        (doctor, &doctors),
    ] {
        let code = world.code(here.rewritten(&m1, from, to)).await;
        assert_eq!(code, "RIKTIG-I18", "{to}");
    }
    let same = here.rewritten(&m1, ident, &ident.repeat(2));
    assert_eq!(
        world.code(same).await,
        "taken",
        "the same number twice is one"
    );
}

#[tokio::test]
async fn many_reference_numbers_in_one_question_are_tries() {
    let world = World::new().await;
    let here = &world.rehearsal;
    assert_eq!(world.code(here.prescription(1, LOCKED)).await, "taken");
    let list = here.ask_with_reference(1);
    let text = String::from_utf8(list.clone()).unwrap();
    let from = text.find("<RefNr>").unwrap();
    let to = text.find("</RefNr>").unwrap() + "</RefNr>".len();
    let tries = here.rewritten(&list, &text[from..to], &text[from..to].repeat(21));
    assert_eq!(world.code(tries).await, "RIKTIG-I20");
    assert_eq!(world.list(list).await.prescriptions.len(), 1);
}

#[tokio::test]
async fn an_old_question_sent_again_is_not_answered_with_what_was_told_then() {
    let mut world = World::new().await;
    assert_eq!(
        world
            .code(world.rehearsal.prescription(1, Terms::default()))
            .await,
        "taken"
    );
    let (list, m1) = (
        world.rehearsal.ask_as_doctor(1, true),
        world.rehearsal.prescription(1, Terms::default()),
    );
    assert_eq!(world.list(list.clone()).await.prescriptions.len(), 1);
    world.at.now += jiff::SignedDuration::from_mins(59);
    assert_eq!(world.list(list.clone()).await.prescriptions.len(), 1);
    world.at.now += jiff::SignedDuration::from_mins(2);
    assert_eq!(world.code(list).await, "RIKTIG-I19");
    assert_eq!(
        world.code(m1).await,
        "taken",
        "what changes something is, whenever it comes"
    );
    let again = world.results(1).await;
    let again = again.iter().filter(|(_, result)| result == "again");
    assert_eq!(again.count(), 3);
}

#[tokio::test]
async fn what_a_sender_writes_of_itself_cannot_change_what_its_receipt_says() {
    let world = World::new().await;
    let here = &world.rehearsal;
    let without = Terms {
        diagnosis: false,
        ..Terms::default()
    };
    for (number, name) in (1..).zip([
        "&lt;/Name&gt;&lt;/Inst&gt;&lt;Status V=&quot;1&quot;/&gt;",
        "]]&gt;&lt;Status V=&quot;1&quot;/&gt;",
        "&quot;&gt;&lt;!-- &#10;&#13;",
    ]) {
        let m1 = here.prescription(number, without);
        let m1 = here.rewritten(&m1, "Oppdiktet legekontor", name);
        let answer = match world.intermediary.receive(m1, world.at).await {
            Answer::Message(answer) => answer,
            other => panic!("{other:?}"),
        };
        let receipt = AppRec::read(&answer).unwrap();
        assert!(
            matches!(receipt.outcome, Outcome::Refused(_)),
            "{receipt:?}"
        );
        let text = String::from_utf8(answer).unwrap();
        assert_eq!(text.matches("<Status ").count(), 1, "{text}");
    }
}

#[tokio::test]
async fn an_id_that_another_sender_has_used_is_refused_and_what_stands_under_it_stays() {
    let world = World::new().await;
    let (here, another) = (&world.rehearsal, &world.another);
    let m1 = here.prescription(1, Terms::default());
    assert_eq!(world.code(m1.clone()).await, "taken");
    for foreign in [
        here.ask_for_list(2),
        here.dispensing(2),
        here.ask_as_doctor(2, true),
        here.recall(2, None),
    ] {
        let foreign = another.under_id(&foreign, id("m1", 1).as_str());
        assert_eq!(world.code(foreign).await, "RIKTIG-I05");
    }
    assert_eq!(world.code(m1).await, "taken", "as the first time");
    let list = world.list(here.ask_as_doctor(1, true)).await;
    assert_eq!(list.prescriptions.len(), 1);
}
