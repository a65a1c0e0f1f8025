//! Whose answers a pharmacy believes.

use riktig_chain::pharmacy::PharmacyError;
use riktig_chain::rehearsal::{Terms, Wrong, identity};
use riktig_eresept::Message;
use riktig_eresept::signature::SignatureFault;
use riktig_journal::chain::Link;

use crate::world::World;

/// Downloads the patient's one prescription, with the intermediary's answer signed by somebody else.
async fn downloaded(world: &World, what: &str, wrong: Wrong) -> PharmacyError {
    let prescription = riktig_chain::rehearsal::id("m1", 1)
        .as_str()
        .parse()
        .unwrap();
    let wire = async |to: Link, bytes: Vec<u8>| {
        let answer = world.wire(to, bytes).await?;
        Some(world.rehearsal.signed_by(wrong, &answer).unwrap())
    };
    let doing = world.doing(what);
    let came = world.pharmacy.download(&doing, &prescription, None, wire);
    came.await.unwrap_err()
}

#[tokio::test]
async fn an_answer_that_the_intermediary_did_not_sign_is_not_believed() {
    let world = World::new().await;
    world.prescribed(1, Terms::default()).await;
    let unsigned = downloaded(&world, "nobody", Wrong::Nobody).await;
    assert!(
        matches!(
            unsigned,
            PharmacyError::Unsigned(SignatureFault::NoSignature)
        ),
        "{unsigned:?}"
    );
    let foreign = downloaded(&world, "pharmacy", Wrong::Pharmacy).await;
    assert!(matches!(foreign, PharmacyError::Foreign), "{foreign:?}");
    let untrusted = downloaded(&world, "foreign", Wrong::Foreign).await;
    assert!(
        matches!(untrusted, PharmacyError::Unsigned(_)),
        "{untrusted:?}"
    );
}

#[tokio::test]
async fn a_list_that_was_changed_on_its_way_is_not_believed() {
    let world = World::new().await;
    world.prescribed(1, Terms::default()).await;
    let wire = async |to: Link, bytes: Vec<u8>| {
        let answer = String::from_utf8(world.wire(to, bytes).await?).unwrap();
        assert!(answer.contains("Apocillin"), "the drug stands in the list");
        Some(answer.replace("Apocillin", "Apocilin").into_bytes())
    };
    let patient = (&identity(1), true);
    let doing = world.doing("list");
    let came = world.pharmacy.list(&doing, patient, &[], wire).await;
    let error = came.unwrap_err();
    assert!(
        matches!(error, PharmacyError::Unsigned(SignatureFault::Changed)),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_refusal_of_another_message_is_no_answer() {
    let world = World::new().await;
    let first = world.doing("first");
    let patient = identity(1);
    let refusal = async |_: Link, _: Vec<u8>| {
        let of_another = world.rehearsal.ask_for_list(7);
        let unsigned = world
            .rehearsal
            .signed_by(Wrong::Nobody, &of_another)
            .unwrap();
        assert!(Message::read(&unsigned).is_ok());
        world.wire(Link::Intermediary, unsigned).await
    };
    let came = world.pharmacy.list(&first, (&patient, true), &[], refusal);
    assert!(matches!(came.await, Err(PharmacyError::OtherAnswer)));
}
