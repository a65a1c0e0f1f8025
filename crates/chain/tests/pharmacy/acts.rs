//! What a pharmacist does.

use riktig_chain::pharmacy::{
    Exchanged, GivenBackReason, Handed, Intervened, InterventionChange, InterventionReason, Label,
    PharmacyError, ReasonOfTreatment,
};
use riktig_chain::registry::Reported;
use riktig_chain::rehearsal::{Terms, id, identity};
use riktig_eresept::prescription::{Amount, AmountUnit};
use riktig_eresept::{Body, Message};
use riktig_journal::chain::Link;

use crate::world::{World, code, handed};

#[tokio::test]
async fn a_dispensing_with_its_diagnosis_goes_from_list_to_counter_to_registry() {
    let world = World::new().await;
    let prescription = world.prescribed(1, Terms::default()).await;
    let wire = |to, bytes| world.wire(to, bytes);
    let patient = identity(1);
    let list = world
        .pharmacy
        .list(&world.doing("list"), (&patient, true), &[], wire)
        .await
        .unwrap();
    assert_eq!(
        (list.len(), list[0].prescription.as_str()),
        (1, prescription.as_str())
    );

    let counter = world
        .download(&world.doing("download"), &prescription)
        .await
        .unwrap();
    let ReasonOfTreatment::Given(diagnosis) = &counter.reason else {
        panic!("{:?}", counter.reason);
    };
    assert_eq!(diagnosis.coded().code, "R75");
    let label = Label::of(&counter, None, world.at.today, "Testapoteket").unwrap();
    assert!(
        label.text().contains("\nApocillin Tab 660 mg\n"),
        "{}",
        label.text()
    );
    assert!(
        label.text().starts_with("Kari Oppdiktet f. "),
        "{}",
        label.text()
    );
    assert!(
        !label.text().contains("R75"),
        "a label carries no diagnosis code"
    );

    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    assert_eq!(
        world.deliver().await,
        (2, 0),
        "the intermediary and the registry take it"
    );
    let m10 = Message::read(&world.last_to(Link::Intermediary)).unwrap();
    assert_eq!(m10.diagnosis().unwrap().unwrap().coded().code, "R75");

    let report = world.last_to(Link::Registry);
    let reported = Reported::read(&report, &world.rehearsal.trust()).unwrap();
    assert_eq!(
        reported.id,
        id("dispense", 1_000).as_str(),
        "a dispensing has the id of its report"
    );
    assert_eq!(reported.diagnosis.unwrap().coded().code, "R75");
    let out = reported.handed_out.unwrap();
    assert_eq!(
        (out.atc.unwrap().as_str(), out.units_thousandths),
        ("J01CE02", Some(40_000))
    );
    assert_eq!(world.count_to(Link::Registry), 1, "told once");
}

#[tokio::test]
async fn a_prescription_without_a_diagnosis_is_not_given_one() {
    let world = World::new().await;
    let statin = Terms {
        antibiotic: false,
        diagnosis: false,
        ..Terms::default()
    };
    let counter = world.downloaded(1, statin).await;
    assert_eq!(counter.reason, ReasonOfTreatment::NotGiven);
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    assert_eq!(world.deliver().await, (2, 0));
    let m10 = Message::read(&world.last_to(Link::Intermediary)).unwrap();
    assert_eq!(m10.diagnosis().unwrap(), None);
    let reported =
        Reported::read(&world.last_to(Link::Registry), &world.rehearsal.trust()).unwrap();
    assert_eq!(reported.diagnosis, None);
}

#[tokio::test]
async fn parts_are_dispensed_one_after_the_other_and_more_than_is_left_only_with_an_intervention() {
    let world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    let half = Handed {
        amount: Amount {
            thousandths: 500,
            unit: AmountUnit::Packs,
        },
        last: false,
        ..handed(1)
    };
    let dispense = async |what: &str, handed: &Handed| {
        code(
            world
                .pharmacy
                .dispense(&world.doing(what), &counter, handed)
                .await,
        )
    };
    assert_eq!(dispense("first", &half).await, "done");
    assert_eq!(
        dispense("second", &half).await,
        "RIKTIG-P01",
        "the first is not answered"
    );
    assert_eq!(world.deliver().await, (2, 0));
    assert_eq!(
        dispense("downloaded", &half).await,
        "RIKTIG-L03",
        "it has to be downloaded again"
    );
    world
        .download(&world.doing("again"), &counter.id)
        .await
        .unwrap();
    assert_eq!(dispense("third", &handed(1)).await, "RIKTIG-L07");
    let more = Handed {
        interventions: vec![Intervened {
            reason: InterventionReason::WrongAmount,
            change: InterventionChange::Dosage,
            customer_asked: true,
            doctor_asked: Some(counter.prescriber),
            explanation: Some("Legen ville ha ti dager".to_owned()),
            dosage: None,
        }],
        ..handed(1)
    };
    assert_eq!(dispense("fourth", &more).await, "done");
    assert_eq!(world.deliver().await, (2, 0));
    let m10 = Message::read(&world.last_to(Link::Intermediary)).unwrap();
    let Body::M10(m10) = m10.body() else { panic!() };
    let intervention = &m10.dispensing.interventions[0];
    let codes =
        [&intervention.reason, &intervention.change].map(|it| it.as_ref().unwrap().code.as_str());
    assert_eq!(codes, ["202", "D"]);
}

#[tokio::test]
async fn another_product_needs_a_reason_and_is_what_the_registry_is_told() {
    let world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    let other = Handed {
        exchanged: Some(Exchanged {
            item_number: "012346".to_owned(),
            name: "Fenoksymetylpenicillin EQL Tab 660 mg".to_owned(),
            atc: "J01CE02".parse().unwrap(),
            group: 'C',
        }),
        ..handed(1)
    };
    let without = world
        .pharmacy
        .dispense(&world.doing("one"), &counter, &other)
        .await;
    assert!(
        matches!(without, Err(PharmacyError::ExchangeWithoutReason)),
        "{without:?}"
    );
    let reasoned = Handed {
        interventions: vec![Intervened {
            reason: InterventionReason::GenericExchange,
            change: InterventionChange::OtherProduct,
            customer_asked: true,
            doctor_asked: None,
            explanation: None,
            dosage: None,
        }],
        ..other
    };
    world
        .pharmacy
        .dispense(&world.doing("two"), &counter, &reasoned)
        .await
        .unwrap();
    assert_eq!(world.deliver().await, (2, 0));
    let reported =
        Reported::read(&world.last_to(Link::Registry), &world.rehearsal.trust()).unwrap();
    let out = reported.handed_out.unwrap();
    assert_eq!(out.item_number.as_deref(), Some("012346"));
    assert_eq!(
        out.units_thousandths, None,
        "the size of that pack is not known here, and not guessed"
    );
}

#[tokio::test]
async fn what_was_dispensed_is_taken_back_once_and_what_was_downloaded_is_given_back() {
    let world = World::new().await;
    let counter = world.downloaded(1, Terms::default()).await;
    world
        .pharmacy
        .dispense(&world.doing("dispense"), &counter, &handed(1))
        .await
        .unwrap();
    assert_eq!(world.deliver().await, (2, 0));
    let annul = async |what: &str, of: &str| {
        code(
            world
                .pharmacy
                .annul(&world.doing(what), &counter, &id(of, 1_000))
                .await,
        )
    };
    assert_eq!(annul("annul", "dispense").await, "done");
    assert_eq!(world.deliver().await, (2, 0));
    assert_eq!(annul("annul-again", "dispense").await, "RIKTIG-L10");
    assert_eq!(annul("annul-other", "nothing").await, "RIKTIG-L09");
    let back = Reported::read(&world.last_to(Link::Registry), &world.rehearsal.trust()).unwrap();
    assert!(
        back.annulled && back.id == id("dispense", 1_000).as_str(),
        "{back:?}"
    );

    world
        .download(&world.doing("again"), &counter.id)
        .await
        .unwrap();
    let give = |what| world.doing(what);
    let reason = GivenBackReason::NotFetched;
    assert_eq!(
        code(
            world
                .pharmacy
                .give_back(&give("give"), &counter, reason)
                .await
        ),
        "done"
    );
    assert_eq!(
        code(
            world
                .pharmacy
                .give_back(&give("twice"), &counter, reason)
                .await
        ),
        "RIKTIG-P01"
    );
    assert_eq!(
        world.deliver().await,
        (1, 0),
        "the registry is not told of what was not dispensed"
    );
}
