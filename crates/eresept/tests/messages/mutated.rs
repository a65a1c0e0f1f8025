//! Messages that were damaged on their way: refused or read, never a panic, and what is read is written again as itself.

use proptest::prelude::*;
use riktig_eresept::check::check;
use riktig_eresept::show::{Identities, show};
use riktig_eresept::xml::Document;
use riktig_eresept::{AppRec, Message, Outcome};

use crate::invented;
use crate::written::drafts;

/// One message of every kind, a receipt, and a piece of each of them.
fn originals() -> Vec<Vec<u8>> {
    let mut originals: Vec<Vec<u8>> = drafts().iter().map(|draft| draft.write()).collect();
    let answered = Message::read(&originals[0]).expect("ours");
    let receipt = AppRec::answering(
        answered.envelope(),
        invented::id(7),
        invented::moment(),
        Outcome::Taken,
    );
    originals.push(receipt.write());
    originals
}

/// What happens to bytes on their way.
#[derive(Debug, Clone)]
enum Damage {
    Cut(prop::sample::Index, usize),
    Put(prop::sample::Index, String),
    Doubled(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let pieces = vec![
        "",
        "x",
        "<a/>",
        "&#230;",
        "<!-- -->",
        "\u{e5}",
        "V=\"\"",
        "<Document>",
        "]]>",
        "xmlns=\"urn:x\"",
        "9",
        "-",
    ];
    let piece = prop::sample::select(pieces).prop_map(str::to_owned);
    prop_oneof![
        (any::<prop::sample::Index>(), 1_usize..80)
            .prop_map(|(place, length)| Damage::Cut(place, length)),
        (any::<prop::sample::Index>(), piece).prop_map(|(place, piece)| Damage::Put(place, piece)),
        (any::<prop::sample::Index>(), 1_usize..400)
            .prop_map(|(place, length)| Damage::Doubled(place, length)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        if bytes.is_empty() {
            break;
        }
        match damage {
            Damage::Cut(place, length) => {
                let start = place.index(bytes.len());
                let end = (start + length).min(bytes.len());
                bytes.drain(start..end);
            }
            Damage::Put(place, piece) => {
                let at = place.index(bytes.len());
                bytes.splice(at..at, piece.bytes());
            }
            Damage::Doubled(place, length) => {
                let start = place.index(bytes.len());
                let end = (start + length).min(bytes.len());
                let again = bytes[start..end].to_vec();
                bytes.splice(end..end, again);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_message_is_refused_or_read_and_never_a_panic(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        thread_local!(static ORIGINALS: Vec<Vec<u8>> = originals());
        let bytes = ORIGINALS.with(|originals| damaged(originals[which.index(originals.len())].clone(), &damages));
        let _findings = check(&bytes);
        if let Ok(document) = Document::read(&bytes) {
            let written = document.write();
            prop_assert_eq!(Document::read(&written).expect("written by us").write(), written);
            serde_json::to_vec(&show(&document, Identities::Withheld)).expect("text is JSON");
            if let Ok(receipt) = AppRec::of(&document) {
                prop_assert_eq!(AppRec::read(&receipt.write()), Ok(receipt));
            }
            if let Ok(message) = Message::of(document) {
                let _carried_or_why_not = (message.carried(), message.prescription(), message.form());
                let written = message.to_draft().write();
                prop_assert_eq!(Message::read(&written).expect("ours").to_draft().write(), written);
            }
        }
    }
}
