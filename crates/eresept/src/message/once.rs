//! What may stand once in a message and is read: two of it are a fault, because one reader would take the first and another the last.

use std::collections::BTreeSet;

use crate::fault::{MessageFault, MessageFaultKind};
use crate::xml::Element;

/// Elements whose parts may each stand once, with the parts of them that the national schemas let stand more often (`maxOccurs`).
const ONCE: [(&str, &[&str]); 17] = [
    ("Resept", &[]),
    ("ReseptDokLegemiddel", &[]),
    ("ReseptDokHandelsvare", &[]),
    ("Forskrivning", &["Dosering"]),
    ("Tilbakekalling", &[]),
    ("ForesporselReseptUtleverer", &["RefNr"]),
    ("M93", &[]),
    ("ReseptNedlasting", &["Egenandel"]),
    ("M95", &["RefNr"]),
    ("M97", &[]),
    ("Utleveringsrapport", &["Egenandel"]),
    ("UtleveringsrapportRekvirent", &[]),
    ("UtleveringsrapportKjernejournal", &[]),
    ("Utlevering", &["Intervensjon"]),
    ("Utleverer", &[]),
    ("Intervensjon", &[]),
    ("PakningsinfoResept", &[]),
];

/// The elements that describe a drug, and what is read of them; the other parts are the drug register's, and many may stand often.
const PRODUCTS: [&str; 5] = [
    "Legemiddelpakning",
    "LegemiddelMerkevare",
    "LegemiddelVirkestoff",
    "Legemiddelblanding",
    "Legemiddeldose",
];
const OF_PRODUCTS: [&str; 9] = [
    "Atc",
    "NavnFormStyrke",
    "Navn",
    "Id",
    "Varenr",
    "Reseptgruppe",
    "LegemiddelformKort",
    "Preparattype",
    "AdministreringLegemiddel",
];

/// Elements of which one stands, whatever its name.
const EITHER: [&[&str]; 2] = [&["ReseptDokLegemiddel", "ReseptDokHandelsvare"], &PRODUCTS];

/// The first part of a body that stands more often than it may.
pub(super) fn repeated(element: &Element) -> Option<MessageFault> {
    let parent = element.local_name();
    let mut seen = BTreeSet::new();
    let often = ONCE.iter().find(|(name, _)| *name == parent);
    for part in element.elements() {
        let name = part.local_name();
        let may_stand_once = match often {
            Some((_, often)) => !often.contains(&name),
            None => PRODUCTS.contains(&parent) && OF_PRODUCTS.contains(&name),
        };
        let either = EITHER.iter().find(|names| names.contains(&name));
        let kind = either.map_or(name, |names| names[0]);
        if may_stand_once && !seen.insert(kind) {
            return Some(MessageFault {
                line: part.line(),
                place: format!("{parent}/{name}"),
                kind: MessageFaultKind::Repeated,
            });
        }
    }
    let inside = element.elements().filter(|part| {
        let name = part.local_name();
        PRODUCTS.contains(&name) || ONCE.iter().any(|(once, _)| *once == name)
    });
    inside.into_iter().find_map(repeated)
}
