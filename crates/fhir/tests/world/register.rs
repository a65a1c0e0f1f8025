//! A drug register of our own, with one product of each kind.

use riktig_codes::fest::{FestReader, ProductNumbers};

/// Two packs of penicillin V, whose numbers are 000123 and 000125; one of clarithromycin, 000124; one number, 000999, that two drugs
/// have. Besides two brands, one of which is an ointment, too, and a drug without a brand (penicillin V), and a dose pack (clarithromycin).
pub(crate) fn fest() -> ProductNumbers {
    let entries = [
        pack(1, "J01CE02", "000123"),
        pack(2, "J01FA09", "000124"),
        pack(3, "J01CE02", "000125"),
        pack(4, "J01CE02", "000999"),
        pack(5, "J01FA09", "000999"),
        entry(
            "LegemiddelMerkevare",
            6,
            "J01CE02",
            "<Varenavn>Fenocid</Varenavn>",
        ),
        entry(
            "LegemiddelMerkevare",
            9,
            "J01FA09",
            "<Varenavn>Klarinova Depot</Varenavn>",
        ),
        entry(
            "LegemiddelMerkevare",
            10,
            "D06AX01",
            "<Varenavn>Klarinova</Varenavn>",
        ),
        entry("LegemiddelVirkestoff", 7, "J01CE02", ""),
        entry(
            "Legemiddeldose",
            8,
            "J01FA09",
            "<LmrLopenr>0000123</LmrLopenr>",
        ),
    ];
    let file = format!("<FEST>{}</FEST>", entries.concat());
    ProductNumbers::read(FestReader::new(file.as_bytes())).expect("it is FEST")
}

/// The id of the product with this serial.
pub(crate) fn id(serial: u8) -> String {
    format!("ID_0A1B2C3D-0000-4000-8000-{serial:012}")
}

fn pack(serial: u8, atc: &str, item: &str) -> String {
    entry(
        "Legemiddelpakning",
        serial,
        atc,
        &format!("<Varenr>{item}</Varenr>"),
    )
}

fn entry(kind: &str, serial: u8, atc: &str, rest: &str) -> String {
    let id = id(serial);
    format!(
        r#"<Oppf{kind}><Id>E{serial}</Id><Tidspunkt>t</Tidspunkt><Status V="A"/><{kind}><Atc V="{atc}"/><Id>{id}</Id>{rest}</{kind}></Oppf{kind}>"#
    )
}
