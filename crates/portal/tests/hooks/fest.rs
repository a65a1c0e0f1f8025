//! A portal that was started with the drug register tells the register's interactions, and knows drugs by its product numbers.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::world::{Wish, World, call, opened};

/// A drug register of our own, with two packs and one interaction that is to be avoided.
const FEST: &str = r#"<FEST><HentetDato>2026-01-05T08:00:00</HentetDato><KatLegemiddelpakning>
    <OppfLegemiddelpakning><Id>P1</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><Legemiddelpakning><Atc V="J01CA04"/>
        <Id>ID_0A1B2C3D-0000-4000-8000-000000000001</Id><Varenr>000123</Varenr></Legemiddelpakning></OppfLegemiddelpakning>
    <OppfLegemiddelpakning><Id>P2</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><Legemiddelpakning><Atc V="N02BE01"/>
        <Id>ID_0A1B2C3D-0000-4000-8000-000000000002</Id><Varenr>000124</Varenr></Legemiddelpakning></OppfLegemiddelpakning>
    </KatLegemiddelpakning><KatInteraksjon>
    <OppfInteraksjon><Id>E1</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><Interaksjon><Id>I1</Id><Relevans V="1"/>
        <KliniskKonsekvens>Oppdiktet følge.</KliniskKonsekvens><Kildegrunnlag V="1"/><Handtering>Bruk noe annet.</Handtering>
        <Substansgruppe><Substans><Substans>Amoksicillin</Substans><Atc V="J01CA04"/></Substans></Substansgruppe>
        <Substansgruppe><Substans><Substans>Paracetamol</Substans><Atc V="N02BE01"/></Substans></Substansgruppe></Interaksjon></OppfInteraksjon>
    </KatInteraksjon></FEST>"#;

/// The call of a child who uses paracetamol and is to have amoxicillin.
fn with_paracetamol() -> Value {
    let mut call = call("order-sign", "fest");
    let statement = json!({
        "resourceType": "MedicationStatement", "id": "m1", "status": "active", "subject": { "reference": "Patient/p1" },
        "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "N02BE01" }] },
    });
    call["prefetch"]["medicationStatements"] = json!({ "resourceType": "Bundle", "type": "searchset", "total": 1, "entry": [{ "resource": statement }] });
    call
}

fn told(cards: &[Value]) -> String {
    cards.iter().map(Value::to_string).collect()
}

/// A portal that has read the register.
async fn with_fest(folder: &TempDir) -> World {
    let file = folder.path().join("fest.xml");
    std::fs::write(&file, FEST).expect("it is written");
    let file = file.display().to_string();
    World::of(Wish {
        environment: &[("RIKTIG_HOOKS__FEST", &file)],
        ..Wish::default()
    })
    .await
}

#[tokio::test]
async fn drugs_told_by_product_numbers_are_known_where_the_register_is_and_nowhere_else() {
    let by_number = |number: &str| json!({ "coding": [{ "system": "http://ehelse.no/fhir/CodeSystem/FEST", "code": number }] });
    let mut call = with_paracetamol();
    let order = &mut call["context"]["draftOrders"]["entry"][0]["resource"];
    order["medicationCodeableConcept"] = by_number("000123");
    let statement = &mut call["prefetch"]["medicationStatements"]["entry"][0]["resource"];
    statement["medicationCodeableConcept"] = by_number("000124");
    let folder = TempDir::new().expect("a folder");
    let cards = with_fest(&folder).await.call(&call).await.cards();
    assert!(
        told(&cards).contains("Oppdiktet følge."),
        "{}",
        told(&cards)
    );
    let without = World::new().await.call(&call).await.cards();
    assert_eq!(without, Vec::<Value>::new());
}

#[tokio::test]
async fn an_interaction_of_the_register_becomes_a_critical_card_and_is_counted_by_its_row() {
    let folder = TempDir::new().expect("a folder");
    let world = with_fest(&folder).await;
    let cards = world.call(&with_paracetamol()).await.cards();
    let critical = cards.iter().find(|it| it["indicator"] == "critical");
    let critical = critical.unwrap_or_else(|| panic!("no critical card: {}", told(&cards)));
    assert!(
        critical.to_string().contains("Oppdiktet følge."),
        "{critical}"
    );
    assert_eq!(world.met().await["safety/fest-I1-0"].shown, 1);
    // The same order where no paracetamol is used, and the same patient where no register is read.
    let without = world
        .call(&call("order-sign", "no paracetamol"))
        .await
        .cards();
    assert!(!told(&without).contains("Oppdiktet følge."));
    let cards = World::new().await.call(&with_paracetamol()).await.cards();
    assert!(!told(&cards).contains("Oppdiktet følge."));
}

#[tokio::test]
async fn a_portal_whose_register_cannot_be_used_does_not_start() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("fest.xml");
    let named = file.display().to_string();
    let environment = [("RIKTIG_HOOKS__FEST", named.as_str())];
    let absent = opened(folder.path(), &environment).await;
    assert!(absent.is_err_and(|it| it.to_string().contains("hooks.fest")));
    for useless in [
        "<html/>",
        "<FEST/>",
        "<FEST><HentetDato>2026-01-05T08:00:00</HentetDato></FEST>",
    ] {
        std::fs::write(&file, useless).expect("it is written");
        let started = opened(folder.path(), &environment).await;
        assert!(
            started.is_err_and(|it| it.to_string().contains("as FEST (hooks.fest)")),
            "{useless}"
        );
    }
}
