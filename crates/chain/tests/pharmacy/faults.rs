//! What goes wrong on the way.

use jiff::SignedDuration;
use riktig_chain::Answer;
use riktig_chain::pharmacy::{GivenBackReason, PharmacyError};
use riktig_chain::registry::{NotAReport, Reported};
use riktig_chain::rehearsal::{Rehearsal, Terms};
use riktig_eresept::Message;
use riktig_eresept::signature::sign;
use riktig_journal::chain::{Link, waiting};

use crate::world::{World, at, code, handed};

#[tokio::test]
async fn the_same_act_again_is_done_once_and_another_act_under_its_id_is_refused() {
    let mut world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    world.at.now += SignedDuration::from_secs(40);
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    let other = world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(2))
        .await;
    assert!(matches!(other, Err(PharmacyError::Post(_))), "{other:?}");
    assert_eq!(world.deliver().await, (2, 0));
    assert_eq!(
        (
            world.count_to(Link::Intermediary),
            world.count_to(Link::Registry)
        ),
        (2, 1)
    );
}

#[tokio::test]
async fn answers_that_are_lost_are_asked_for_again_and_nothing_is_reported_twice() {
    let mut world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    for _ in 0..2 {
        let losing = async |to, bytes| world.wire(to, bytes).await.and(None);
        let round = world.pharmacy.deliver_due(world.at, losing).await.unwrap();
        assert_eq!((round.taken, round.later), (0, 1));
        world.at.now += SignedDuration::from_mins(1);
    }
    assert_eq!(world.deliver().await, (2, 0));
    let journal = world.pharmacy.journal();
    assert_eq!(waiting(journal, Link::Pharmacy).await.unwrap().0, 0);
    assert_eq!(world.count_to(Link::Registry), 1);
}

#[tokio::test]
async fn what_the_intermediary_refuses_is_not_told_to_the_registry_and_can_be_put_right() {
    let mut world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    // Somebody answers in the intermediary's place with a download by nobody: the prescription is not this pharmacy's there.
    let report = world.rehearsal.dispensing(1);
    assert!(matches!(
        world.intermediary.receive(report, world.at).await,
        Answer::Message(_)
    ));
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    assert_eq!(world.deliver().await, (0, 1));
    assert_eq!(world.count_to(Link::Registry), 0);
    world.at.now += SignedDuration::from_mins(1);
    let again = world
        .pharmacy
        .give_back(&world.doing("give"), &counter, GivenBackReason::Other)
        .await;
    assert_eq!(
        code(again),
        "done",
        "what was refused did not happen: the pharmacy still has it"
    );
}

#[tokio::test]
async fn a_changed_a_foreign_and_another_prescription_are_not_shown() {
    let world = World::new().await;
    let prescription = world.prescribed(1, Terms::default()).await;
    let other = world.prescribed(2, Terms::default()).await;
    let swapped = async |to, bytes: Vec<u8>| {
        let answer = world.wire(to, bytes).await?;
        let mut draft = Message::read(&answer).ok()?.to_draft();
        let foreign = Rehearsal::new(at())
            .unwrap()
            .prescription(1, Terms::default());
        draft.enclosures = vec![riktig_eresept::envelope::Enclosure::message(foreign)];
        Some(world.signed_by_intermediary(&draft))
    };
    let shown = world
        .pharmacy
        .download(&world.doing("one"), &prescription, None, swapped)
        .await;
    assert!(
        matches!(shown, Err(PharmacyError::Signature(_))),
        "{shown:?}"
    );
    let another = async |to, bytes: Vec<u8>| {
        let answer = world.wire(to, bytes).await?;
        let mut draft = Message::read(&answer).ok()?.to_draft();
        let m1 = world.rehearsal.prescription(1, Terms::default());
        draft.enclosures = vec![riktig_eresept::envelope::Enclosure::message(m1)];
        Some(world.signed_by_intermediary(&draft))
    };
    let shown = world
        .pharmacy
        .download(&world.doing("two"), &other, None, another)
        .await;
    assert!(
        matches!(shown, Err(PharmacyError::OtherPrescription)),
        "{shown:?}"
    );
}

#[tokio::test]
async fn the_registry_takes_no_report_that_contradicts_the_prescriber() {
    let world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    world.deliver().await;
    let report = world.last_to(Link::Registry);
    let again = world.registry.receive(report.clone(), world.at).await;
    assert!(
        matches!(again, Answer::Message(_)),
        "the same again is answered the same"
    );
    let unsigned = Message::read(&report).unwrap().to_draft();
    let refused = world.registry.receive(unsigned.write(), world.at).await;
    assert!(matches!(refused, Answer::Refused(_)), "{refused:?}");
    let mut other = unsigned.clone();
    let angina = riktig_eresept::Diagnosis::icpc2("R72".parse().unwrap(), "Streptokokkhals");
    other.enclosures.remove(0);
    let other = other.with_diagnosis(&angina).write();
    let trust = world.rehearsal.trust();
    let read = Reported::read(&other, &trust);
    assert_eq!(read, Err(NotAReport::NotSigned));
    let signed = sign(&other, &world.rehearsal.pharmacy().key, world.at.now).unwrap();
    let read = Reported::read(&signed, &trust);
    assert_eq!(read, Err(NotAReport::OtherDiagnosis));
}
