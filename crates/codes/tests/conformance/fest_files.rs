//! Real entries of FEST and other projects' samples.

use std::fs::File;
use std::io::BufReader;

use riktig_codes::fest::{
    FestEntry, FestError, FestInteractions, FestReader, FestRegister, ListingStatus, ProductNumber,
    ProductNumbers, Relevance,
};

use crate::shared;

fn entries(path: &str) -> Option<Result<Vec<FestEntry>, FestError>> {
    let file = File::open(shared(path)?).unwrap();
    Some(FestReader::new(BufReader::new(file)).collect())
}

#[test]
fn a_file_without_namespaces_gives_its_five_packs() {
    let Some(entries) = entries("interop/fest-samples/festlib/test_fest.xml") else {
        return;
    };
    let register = FestRegister::read(entries.unwrap().into_iter().map(Ok)).unwrap();
    assert_eq!(register.packs().count(), 5);
    let pack = register.pack("061561").unwrap();
    assert_eq!(
        pack.name_form_strength.as_deref(),
        Some("Test Medicine 10mg Kapsel")
    );
    assert_eq!(
        pack.classification
            .as_ref()
            .unwrap()
            .atc()
            .unwrap()
            .as_str(),
        "A01AA01"
    );
    assert_eq!(pack.form.as_ref().unwrap().name.as_deref(), Some("Kapsel"));
}

#[test]
fn a_file_without_namespaces_gives_its_interaction_between_two_drugs() {
    let Some(entries) = entries("interop/fest-samples/festlib/test_fest.xml") else {
        return;
    };
    let all = FestInteractions::read(entries.unwrap().into_iter().map(Ok)).unwrap();
    let [interaction] = all.interactions().collect::<Vec<_>>()[..] else {
        panic!("{all:?}")
    };
    assert_eq!(interaction.relevance, Some(Relevance::NoAction));
    let drugs: Vec<&str> = interaction
        .groups
        .iter()
        .flat_map(|group| &group.drugs)
        .map(|drug| drug.as_str())
        .collect();
    assert_eq!(drugs, ["A01AA01", "B01AA03"]);
}

#[test]
fn products_are_known_by_their_numbers() {
    let Some(entries) = entries("interop/fest-samples/festlib/test_fest.xml") else {
        return;
    };
    let all = ProductNumbers::read(entries.unwrap().into_iter().map(Ok)).unwrap();
    let drug = |number: &str| all.drug(ProductNumber::item(number).unwrap());
    for (number, atc) in [
        ("061561", "A01AA01"),
        ("953335", "A01AA02"),
        ("017701", "B01AA03"),
    ] {
        assert_eq!(drug(number).unwrap().as_str(), atc, "{number}");
    }
    assert_eq!(drug("061562"), None);
}

#[test]
fn a_real_pack_has_its_size_its_defined_daily_dose_and_its_brand() {
    let Some(entries) = entries("interop/fest-samples/festlib-cpp/legemiddelpakning_0.xml") else {
        return;
    };
    let entries = entries.unwrap();
    let [FestEntry::Pack(listing)] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(listing.status, ListingStatus::Active);
    let pack = listing.content.as_ref().unwrap();
    assert_eq!(
        (
            pack.item_number.as_str(),
            pack.prescription_group.as_deref()
        ),
        ("526181", Some("B"))
    );
    assert_eq!(pack.marketed_from.unwrap().to_string(), "2023-01-01");
    let content = &pack.contents[0];
    assert_eq!(
        content.amount.as_ref().unwrap().millionths(),
        Some(7_000_000)
    );
    let ddd = content.ddd.as_ref().unwrap();
    assert_eq!((ddd.millionths(), ddd.unit.as_str()), (Some(10_000), "g"));
    assert_eq!(content.brand_id, "ID_D9ECF4A9-FE22-401D-AA86-31ACA65EFAC2");
}

#[test]
fn real_brands_are_read_even_where_their_elements_are_out_of_order() {
    let folder = "interop/fest-samples/festlib-cpp";
    for file in [
        "legemiddelmerkevare_0",
        "lenke_0",
        "get_container_0",
        "preparatomtaleavsnitt_0",
    ] {
        let Some(entries) = entries(&format!("{folder}/{file}.xml")) else {
            return;
        };
        let entries = entries.unwrap();
        let [FestEntry::Brand(listing)] = entries.as_slice() else {
            panic!("{file}: {entries:?}")
        };
        let brand = listing.content.as_ref().unwrap();
        assert_eq!(
            brand.name.as_deref(),
            Some("Kodimagnyl Ikke-stoppende dak"),
            "{file}"
        );
        assert_eq!(
            (brand.strength_ids.len(), brand.routes.len().min(1)),
            (3, 1),
            "{file}"
        );
        assert_eq!(brand.validity[0].1.to_string(), "P1Y", "{file}");
    }
}

#[test]
fn a_malformed_file_is_refused_where_it_breaks() {
    let Some(entries) = entries("interop/fest-samples/festlib-cpp/malformed_negative.xml") else {
        return;
    };
    let message = entries.unwrap_err().to_string();
    assert!(message.contains("at byte"), "{message}");
}

#[test]
fn fragments_without_a_root_are_read_as_they_stand() {
    let folder = "interop/lmdi-fest-fragments/resources";
    for (file, code) in [
        ("Litt-FEST-OppfLegemiddelpakning", "C01DA14"),
        ("botox", "M03AX01"),
        ("Litt-FEST-OppfLegemiddeldose", "N02AA05"),
    ] {
        let Some(entries) = entries(&format!("{folder}/{file}.xml")) else {
            return;
        };
        let entries = entries.unwrap();
        let classification = match entries.as_slice() {
            [FestEntry::Pack(listing)] => listing.content.as_ref().unwrap().classification.clone(),
            [FestEntry::DosePack(listing)] => {
                let dose = listing.content.as_ref().unwrap();
                assert_eq!(dose.registry_number.as_deref(), Some("3347478"));
                assert_eq!(dose.amount.as_ref().unwrap().unit, "ml");
                dose.classification.clone()
            }
            other => panic!("{file}: {other:?}"),
        };
        assert_eq!(classification.unwrap().atc().unwrap().as_str(), code);
    }
}
