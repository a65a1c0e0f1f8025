mod demand;

use proptest::prelude::*;

use super::*;
use crate::Sex;

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<FEST xmlns="http://www.kith.no/xmlstds/eresept/m30/2014-12-01" xmlns:fs="http://www.kith.no/xmlstds/eresept/forskrivning/2014-12-01">
<HentetDato>2024-03-01T03:00:00</HentetDato>"#;

/// A pack of penicillin V, 20 tablets of 1 g, with brand, strength and the conditions of antibiotics.
fn penicillin() -> String {
    format!(
        r#"{HEAD}
<KatLegemiddelMerkevare><OppfLegemiddelMerkevare><Id>E-B</Id><Tidspunkt>2024-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <fs:LegemiddelMerkevare><fs:Atc V="J01CE02"/><fs:NavnFormStyrke>Penicillin &amp; sønn tab 1&#160;g</fs:NavnFormStyrke>
  <fs:Reseptgruppe V="C"/><fs:RefVilkar>C1</fs:RefVilkar><fs:Id>B1</fs:Id><fs:Varenavn><![CDATA[Penicillin & sønn]]></fs:Varenavn>
  <fs:AdministreringLegemiddel><fs:Administrasjonsvei V="53" DN="Oral bruk"/></fs:AdministreringLegemiddel>
  <fs:SortertVirkestoffMedStyrke><fs:Sortering>0</fs:Sortering><fs:RefVirkestoffMedStyrke>S1</fs:RefVirkestoffMedStyrke></fs:SortertVirkestoffMedStyrke>
  <fs:Reseptgyldighet><fs:Varighet>P10D</fs:Varighet></fs:Reseptgyldighet>
  <fs:Reseptgyldighet><fs:Kjonn V="2"/><fs:Varighet>P20D</fs:Varighet></fs:Reseptgyldighet>
 </fs:LegemiddelMerkevare></OppfLegemiddelMerkevare></KatLegemiddelMerkevare>
<KatLegemiddelpakning><OppfLegemiddelpakning><Id>E-P</Id><Tidspunkt>2024-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <fs:Legemiddelpakning><fs:Atc V="J01CE02"/><fs:Id>P1</fs:Id><fs:Varenr>012345</fs:Varenr>
  <fs:Pakningsinfo><fs:RefLegemiddelMerkevare>B1</fs:RefLegemiddelMerkevare><fs:Pakningsstr>2 x 10</fs:Pakningsstr>
   <fs:EnhetPakning V="stk"/><fs:Antall>2</fs:Antall><fs:Mengde>10</fs:Mengde><fs:DDD V="2" U="g"/></fs:Pakningsinfo>
  <fs:Markedsforingsinfo><fs:Markedsforingsdato>2020-02-01</fs:Markedsforingsdato></fs:Markedsforingsinfo>
 </fs:Legemiddelpakning></OppfLegemiddelpakning></KatLegemiddelpakning>
<KatVirkestoff>
 <OppfVirkestoff><Id>E-V</Id><Tidspunkt>2024-01-01T00:00:00</Tidspunkt><Status V="A"/><fs:Virkestoff><fs:Id>V1</fs:Id><fs:Navn>x</fs:Navn></fs:Virkestoff></OppfVirkestoff>
 <OppfVirkestoff><Id>E-S</Id><Tidspunkt>2024-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <fs:VirkestoffMedStyrke><fs:Id>S1</fs:Id><fs:Styrke V="1" U="g"/><fs:RefVirkestoff>V1</fs:RefVirkestoff></fs:VirkestoffMedStyrke></OppfVirkestoff>
</KatVirkestoff>
<KatByttegruppe><OppfByttegruppe><Id>E-I</Id><Byttegruppe><Id>I1</Id><!-- not ours --></Byttegruppe></OppfByttegruppe></KatByttegruppe>
<KatVilkar><OppfVilkar><Id>E-C</Id><Tidspunkt>2024-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <Vilkar><Id>C1</Id><Gruppe V="5" DN="Antibiotika"/><Tekst>Valid longer with reimbursement</Tekst><GyldigFraDato>2022-02-01</GyldigFraDato>
  <StrukturertVilkar><Type V="28"/><VerdiTekst>P1Y</VerdiTekst></StrukturertVilkar></Vilkar></OppfVilkar></KatVilkar>
</FEST>"#
    )
}

fn register(text: &str) -> FestRegister {
    FestRegister::read(FestReader::new(text.as_bytes())).unwrap()
}

fn refusal(text: &str) -> FestError {
    FestReader::new(text.as_bytes())
        .find_map(Result::err)
        .unwrap_or_else(|| panic!("accepted: {text:.200}"))
}

#[test]
fn a_pack_leads_to_its_brand_strength_and_defined_daily_doses() {
    let register = register(&penicillin());
    let pack = register.pack("012345").unwrap();
    assert_eq!(
        pack.classification
            .as_ref()
            .unwrap()
            .atc()
            .unwrap()
            .as_str(),
        "J01CE02"
    );
    assert_eq!(pack.marketed_from.unwrap().to_string(), "2020-02-01");
    assert_eq!(pack.contents[0].size.as_deref(), Some("2 x 10"));
    let brand = register.brand(&pack.contents[0].brand_id).unwrap();
    assert_eq!(brand.name.as_deref(), Some("Penicillin & sønn"));
    assert_eq!(
        brand.name_form_strength.as_deref(),
        Some("Penicillin & sønn tab 1\u{a0}g")
    );
    assert_eq!(brand.routes[0].name.as_deref(), Some("Oral bruk"));
    let strengths: Vec<_> = register
        .strengths(brand)
        .map(|strength| strength.strength.clone().unwrap().value)
        .collect();
    assert_eq!(strengths, ["1"]);
    // 20 tablets of 1 g, 2 g a day.
    assert_eq!(register.ddd_milli_per_pack(pack), Some(10_000));
}

#[test]
fn reimbursement_lengthens_the_validity_and_sex_may_differ() {
    let register = register(&penicillin());
    let brand = register.brand("B1").unwrap();
    let validity = |sex, reimbursed| {
        register
            .validity_of(
                FestDrug::Brand(brand),
                sex,
                reimbursed,
                "2024-03-01".parse().unwrap(),
            )
            .unwrap()
            .to_string()
    };
    assert_eq!(validity(Sex::Male, false), "P10D");
    assert_eq!(validity(Sex::Unknown, false), "P10D");
    assert_eq!(validity(Sex::Female, false), "P20D");
    assert_eq!(validity(Sex::Female, true), "P1Y");
}

#[test]
fn the_reader_says_when_the_file_was_made_and_passes_over_other_catalogues() {
    let text = penicillin();
    let mut reader = FestReader::new(text.as_bytes());
    let entries: Vec<_> = reader.by_ref().collect::<Result<_, _>>().unwrap();
    assert_eq!(reader.fetched(), Some("2024-03-01T03:00:00"));
    assert_eq!(entries.len(), 4);
    assert_eq!(reader.bytes_read(), text.len() as u64);
}

#[test]
fn namespaces_make_no_difference() {
    let with = penicillin();
    let without = with.replace("fs:", "").replace(
        " xmlns=\"http://www.kith.no/xmlstds/eresept/m30/2014-12-01\"",
        "",
    );
    assert_eq!(register(&with), register(&without));
}

fn pack_entry(entry: &str, status: &str, object: Option<(&str, &str)>) -> String {
    let content = object.map_or(String::new(), |(id, number)| {
        format!("<Legemiddelpakning><Id>{id}</Id><Varenr>{number}</Varenr></Legemiddelpakning>")
    });
    format!(
        "<OppfLegemiddelpakning><Id>{entry}</Id><Tidspunkt>t</Tidspunkt><Status V=\"{status}\"/>{content}</OppfLegemiddelpakning>"
    )
}

fn after(entries: &[String]) -> FestRegister {
    register(&format!("<FEST>{}</FEST>", entries.concat()))
}

#[test]
fn an_expired_entry_takes_its_object_away() {
    let register = after(&[
        pack_entry("E1", "A", Some(("P1", "000001"))),
        pack_entry("E1", "U", None),
    ]);
    assert_eq!(
        (register.pack("000001"), register.packs().count()),
        (None, 0)
    );
}

#[test]
fn a_changed_object_survives_the_expiry_of_its_old_entry_in_any_order() {
    let old = pack_entry("E1", "A", Some(("P1", "000001")));
    let new = pack_entry("E2", "A", Some(("P1", "000002")));
    let expiry = pack_entry("E1", "U", None);
    for order in [[&old, &new, &expiry], [&old, &expiry, &new]] {
        let register = after(&order.map(String::clone));
        assert_eq!(register.pack("000001"), None, "the old item number is free");
        assert_eq!(
            register.pack("000002").map(|pack| pack.id.as_str()),
            Some("P1")
        );
    }
}

#[test]
fn an_item_number_that_moved_to_another_pack_stays_with_it() {
    let register = after(&[
        pack_entry("E1", "A", Some(("P1", "000001"))),
        pack_entry("E2", "A", Some(("P2", "000001"))),
        pack_entry("E1", "U", None),
    ]);
    assert_eq!(
        register.pack("000001").map(|pack| pack.id.as_str()),
        Some("P2")
    );
}

#[test]
fn an_animal_medicine_keeps_its_code_but_has_no_human_one() {
    let entry = pack_entry("E1", "A", Some(("P1", "000001")))
        .replace("<Varenr>", "<Atc V=\"QJ01CE02\"/><Varenr>");
    let register = after(&[entry]);
    let classification = register
        .pack("000001")
        .unwrap()
        .classification
        .clone()
        .unwrap();
    assert_eq!(
        (classification.atc(), classification),
        (None, Classification::Other("QJ01CE02".into()))
    );
}

#[test]
fn combinations_and_unknown_units_have_no_reckoned_doses() {
    let count = |from: &str, to: &str| {
        let text = penicillin();
        assert!(text.contains(from), "{from}");
        let register = register(&text.replace(from, to));
        register.ddd_milli_per_pack(register.pack("012345").unwrap())
    };
    assert_eq!(
        count(
            "U=\"g\"/></fs:Pakningsinfo>",
            "U=\"mg\"/></fs:Pakningsinfo>"
        ),
        Some(10_000_000)
    );
    assert_eq!(
        count(
            "<fs:Styrke V=\"1\" U=\"g\"/>",
            "<fs:Styrke V=\"660\" U=\"mg\"/>"
        ),
        Some(6_600)
    );
    assert_eq!(
        count(
            "<fs:Styrke V=\"1\" U=\"g\"/>",
            "<fs:Styrke V=\"1\" U=\"IE\"/>"
        ),
        None
    );
    assert_eq!(
        count(
            "<fs:Styrke V=\"1\" U=\"g\"/>",
            "<fs:Styrke V=\"1\" U=\"g\"/><fs:StyrkeNevner V=\"1\" U=\"ml\"/>"
        ),
        None
    );
    assert_eq!(
        count(
            "<fs:Styrke V=\"1\" U=\"g\"/>",
            "<fs:Styrke V=\"1\" U=\"g\"/><fs:StyrkeNevner V=\"2\" U=\"stk\"/>"
        ),
        Some(5_000)
    );
    assert_eq!(
        count("<fs:DDD V=\"2\" U=\"g\"/>", "<fs:DDD V=\"0\" U=\"g\"/>"),
        None
    );
    let second = "<fs:SortertVirkestoffMedStyrke><fs:RefVirkestoffMedStyrke>S1</fs:RefVirkestoffMedStyrke></fs:SortertVirkestoffMedStyrke><fs:Reseptgyldighet><fs:Kjonn";
    assert_eq!(count("<fs:Reseptgyldighet><fs:Kjonn", second), None);
}

#[test]
fn a_bomb_of_entities_is_refused_at_its_declaration() {
    let text = r#"<!DOCTYPE FEST [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><FEST><HentetDato>&b;</HentetDato></FEST>"#;
    assert!(matches!(refusal(text), FestError::Entity { .. }));
    assert!(matches!(
        refusal("<FEST><HentetDato>&b;</HentetDato></FEST>"),
        FestError::Entity { .. }
    ));
    assert!(matches!(
        refusal("<FEST><Status V=\"&b;\"/></FEST>"),
        FestError::Entity { .. }
    ));
}

#[test]
fn files_that_are_not_fest_or_broken_are_refused_with_the_remedy() {
    let whole = penicillin();
    assert!(matches!(refusal(""), FestError::NotFest));
    assert!(matches!(
        refusal("<html><body/></html>"),
        FestError::NotFest
    ));
    assert!(matches!(
        refusal("varenr;navn\n1;2\n"),
        FestError::NotFest | FestError::Xml { .. }
    ));
    assert!(matches!(
        refusal("<FEST><a></b></FEST>"),
        FestError::Xml { .. }
    ));
    for cut in [
        whole.len() / 4,
        whole.len() / 2,
        whole.len() - 3,
        whole.len() - 20,
    ] {
        let cut = (cut..).find(|at| whole.is_char_boundary(*at)).unwrap();
        let error = refusal(&whole[..cut]);
        assert!(
            matches!(error, FestError::Truncated { .. } | FestError::Xml { .. }),
            "{error:?} at {cut}"
        );
        assert!(error.to_string().contains("fetch"), "{error}");
    }
}

#[test]
fn an_entry_without_an_id_or_a_status_is_refused_by_name() {
    for (from, to, missing) in [
        ("<fs:Id>P1</fs:Id>", "", "the object's Id"),
        ("<Id>E-P</Id>", "", "Id"),
        ("<fs:Varenr>012345</fs:Varenr>", "", "Varenr"),
        ("P10D", "ten days", "Varighet of Reseptgyldighet"),
    ] {
        let message = refusal(&penicillin().replace(from, to)).to_string();
        assert!(
            message.contains(missing) && message.contains("Oppf"),
            "{message}"
        );
    }
    let odd = pack_entry("E1", "X", None);
    assert!(
        refusal(&format!("<FEST>{odd}</FEST>"))
            .to_string()
            .contains("Status (A or U)")
    );
    let hollow = pack_entry("E1", "A", None);
    assert!(
        refusal(&format!("<FEST>{hollow}</FEST>"))
            .to_string()
            .contains("active entry")
    );
}

#[test]
fn endless_texts_tags_entries_and_nesting_are_refused_at_a_limit() {
    let long = "x".repeat(MAX_EVENT_BYTES * 2);
    for text in [
        format!("<FEST><HentetDato>{long}</HentetDato></FEST>"),
        format!("<FEST><a b=\"{long}\"/></FEST>"),
        format!("<FEST>{long}</FEST>"),
        format!("<FEST><!--{long}--></FEST>"),
    ] {
        assert!(
            matches!(
                refusal(&text),
                FestError::TooLarge {
                    what: "a tag or a text",
                    ..
                }
            ),
            "{text:.30}"
        );
    }
    let deep = "<a>".repeat(MAX_DEPTH + 1);
    assert!(matches!(
        refusal(&format!("<FEST>{deep}")),
        FestError::TooLarge {
            what: "the nesting",
            ..
        }
    ));
    assert!(matches!(
        refusal(&format!("<FEST><OppfVilkar>{deep}")),
        FestError::TooLarge {
            what: "the nesting",
            ..
        }
    ));
    let broad = "<a/>".repeat(MAX_ENTRY_BYTES / 4);
    assert!(matches!(
        refusal(&format!("<FEST><OppfVilkar>{broad}</OppfVilkar></FEST>")),
        FestError::TooLarge {
            what: "an entry",
            ..
        }
    ));
}

#[test]
fn after_an_error_the_reader_says_no_more() {
    let text = format!(
        "<FEST>{}{}</FEST>",
        pack_entry("E1", "X", None),
        pack_entry("E2", "U", None)
    );
    let mut reader = FestReader::new(text.as_bytes());
    assert!(reader.next().unwrap().is_err());
    assert!(reader.next().is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes: Vec<u8>) {
        let _outcomes: Vec<_> = FestReader::new(bytes.as_slice()).collect();
    }

    #[test]
    fn a_damaged_file_is_read_or_refused_without_a_panic(at in 0usize..3000, byte: u8) {
        let mut bytes = penicillin().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let _outcome = FestRegister::read(FestReader::new(bytes.as_slice()));
    }

    #[test]
    fn the_size_of_the_pieces_in_which_a_file_arrives_makes_no_difference(size in 1usize..200) {
        let text = penicillin();
        let pieces = std::io::BufReader::with_capacity(size, text.as_bytes());
        prop_assert_eq!(FestRegister::read(FestReader::new(pieces)).unwrap(), register(&text));
    }

    #[test]
    fn decimals_are_read_exactly(whole in 0u64..1_000_000, places in 0u32..=6, fraction in 0u64..1_000_000) {
        let fraction = fraction % 10u64.pow(places);
        let value = if places == 0 { whole.to_string() } else { format!("{whole}.{fraction:0width$}", width = places as usize) };
        let expected = whole * 1_000_000 + fraction * 10u64.pow(6 - places);
        prop_assert_eq!(Quantity { value, unit: "g".into() }.millionths(), Some(expected));
    }
}
