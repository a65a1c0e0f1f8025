//! What FEST asks of a diagnosis, and how long prescriptions are valid.

use super::*;
use crate::DiagnosisCode;

/// A drug without a brand, its one brand, and a condition with these structured parts that holds from 2024-01-01 to 2024-12-31.
fn demanding(parts: &[(&str, &str)]) -> FestRegister {
    let parts: String = parts
        .iter()
        .map(|(kind, values)| {
            format!("<StrukturertVilkar><Type V=\"{kind}\"/>{values}</StrukturertVilkar>")
        })
        .collect();
    register(&format!(
        "<FEST><OppfLegemiddelVirkestoff><Id>E-G</Id><Tidspunkt>t</Tidspunkt><Status V=\"A\"/><LegemiddelVirkestoff><Atc V=\"J01CE02\"/>\
         <Id>G1</Id><RefLegemiddelMerkevare>B1</RefLegemiddelMerkevare></LegemiddelVirkestoff></OppfLegemiddelVirkestoff>\
         <OppfLegemiddelMerkevare><Id>E-B</Id><Tidspunkt>t</Tidspunkt><Status V=\"A\"/><LegemiddelMerkevare><RefVilkar>C1</RefVilkar><Id>B1</Id>\
         <Reseptgyldighet><Varighet>P10D</Varighet></Reseptgyldighet></LegemiddelMerkevare></OppfLegemiddelMerkevare>\
         <OppfVilkar><Id>E-C</Id><Tidspunkt>t</Tidspunkt><Status V=\"A\"/><Vilkar><Id>C1</Id><Gruppe V=\"5\"/>\
         <GyldigFraDato>2024-01-01</GyldigFraDato><GyldigTilDato>2024-12-31</GyldigTilDato>{parts}</Vilkar></OppfVilkar></FEST>"
    ))
}

fn demand_on(register: &FestRegister, id: &str, day: &str) -> DiagnosisDemand {
    register.diagnosis_demand(register.drug(id).unwrap(), day.parse().unwrap())
}

#[test]
fn conditions_25_to_27_say_which_diagnoses_and_whether_one_is_required_while_they_hold() {
    let register = demanding(&[
        (
            "25",
            "<VerdiKodet V=\"R75\" S=\"2.16.578.1.12.4.1.1.7170\"/><VerdiKodet V=\"J01\" S=\"2.16.578.1.12.4.1.1.7110\"/>",
        ),
        ("26", "<VerdiKodet V=\"R74\"/><VerdiKodet V=\"halsvondt\"/>"),
        ("27", "<VerdiKodet V=\"1\" S=\"2.16.578.1.12.4.1.1.1101\"/>"),
    ]);
    // A drug without a brand takes the conditions of its brands, where it has none of its own.
    for id in ["B1", "G1"] {
        let demand = demand_on(&register, id, "2024-06-01");
        let written =
            |codes: &[DiagnosisCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(demand.required, Some(true));
        assert_eq!(written(&demand.recommended), ["R75", "J01"]);
        assert_eq!(written(&demand.not_recommended), ["R74"]);
        assert_eq!(demand.not_understood, ["halsvondt"]);
        assert!(
            register.has_antibiotic_condition(
                register.drug(id).unwrap(),
                "2024-12-31".parse().unwrap()
            )
        );
        assert!(demand_on(&register, id, "2025-01-01").says_nothing());
    }
}

#[test]
fn a_diagnosis_is_not_required_only_if_every_condition_says_no() {
    let said = |values: &[&str]| {
        let parts: Vec<_> = values
            .iter()
            .map(|value| ("27", format!("<VerdiKodet V=\"{value}\"/>")))
            .collect();
        let parts: Vec<_> = parts
            .iter()
            .map(|(kind, text)| (*kind, text.as_str()))
            .collect();
        demand_on(&demanding(&parts), "B1", "2024-06-01").required
    };
    assert_eq!(said(&["2"]), Some(false));
    assert_eq!(said(&["2", "1"]), Some(true));
    assert_eq!(said(&["2", "x"]), None);
    assert_eq!(said(&[]), None);
}

#[test]
fn a_drug_without_a_brand_has_the_validity_of_its_brands() {
    let register = demanding(&[("28", "<VerdiTekst>P1Y</VerdiTekst>")]);
    let drug = register.drug("G1").unwrap();
    let validity = |reimbursed, day: &str| {
        register
            .validity_of(drug, Sex::Unknown, reimbursed, day.parse().unwrap())
            .map(|validity| validity.to_string())
    };
    assert_eq!(validity(false, "2024-06-01").as_deref(), Some("P10D"));
    assert_eq!(validity(true, "2024-06-01").as_deref(), Some("P1Y"));
    // The condition has ended: with reimbursement the ordinary validity holds again.
    assert_eq!(validity(true, "2025-06-01").as_deref(), Some("P10D"));
    assert!(register.drug("ID_none").is_none());
}

#[test]
fn a_drug_is_found_by_item_number_or_by_the_id_of_a_pack_or_a_brand() {
    let register = register(&penicillin());
    let kind = |id: &str| match register.drug(id) {
        Some(FestDrug::Pack(pack)) => pack.item_number.clone(),
        Some(FestDrug::Brand(brand)) => brand.id.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(["012345", "P1", "B1"].map(kind), ["012345", "012345", "B1"]);
    // A pack without conditions of its own has its brand's.
    let pack = register.drug("012345").unwrap();
    let day = "2024-03-01".parse().unwrap();
    let validity = register.validity_of(pack, Sex::Unknown, true, day);
    assert_eq!(validity.unwrap().to_string(), "P1Y");
    assert!(register.has_antibiotic_condition(pack, day));
}
