//! Names of cards and suggestions: the same when the same call is made again, others for another patient, and such that a suggestion's name
//! tells which card had it.

use std::fmt;

/// What names cards and their suggestions: a keyed hash. Whoever runs the service has the key.
///
/// The patient's id is in a card's name, and the name is kept with what was shown: without a key, whoever reads it could try ids until one fits.
/// A suggestion's name has a seal of its card in it, so that feedback on it is checked without keeping which suggestions a card had, by every
/// server that has the key, also before the card itself was noted.
///
/// ```
/// use riktig_fhir::Names;
/// let names = Names::unkeyed();
/// assert!(!names.is_suggestion_of(1, 2));
/// ```
#[derive(Clone, Copy)]
pub struct Names<'k> {
    keyed: &'k dyn Fn(&[u8]) -> [u8; 16],
}

/// What a suggestion is: the bits before the variant but for the version's. The seal of its card is what follows.
const OWN: u128 = !SEAL & !VERSION & !VARIANT;
const SEAL: u128 = (1 << 62) - 1;
const VERSION: u128 = 0xf << 76;
const VARIANT: u128 = 0x3 << 62;

impl<'k> Names<'k> {
    /// Names by a keyed hash of texts.
    #[must_use]
    pub fn new(keyed: &'k dyn Fn(&[u8]) -> [u8; 16]) -> Self {
        Self { keyed }
    }

    /// Names by a hash that everybody can make, for answers that nobody keeps and no feedback comes on: those to a file.
    #[must_use]
    pub fn unkeyed() -> Names<'static> {
        Names { keyed: &fnv }
    }

    /// Whether the card of this name has had the suggestion of that one. By another key than the one that named it: no.
    #[must_use]
    pub fn is_suggestion_of(self, suggestion: u128, card: u128) -> bool {
        suggestion == self.sealed(suggestion & OWN, card)
    }

    pub(super) fn card(self, parts: &[&str]) -> u128 {
        versioned(self.hash("card", parts))
    }

    /// Of what tells it from the others of its card.
    pub(super) fn suggestion(self, card: u128, key: &str) -> u128 {
        let own = self.hash("suggestion", &[&written(card), key]) & OWN;
        self.sealed(own, card)
    }

    fn sealed(self, own: u128, card: u128) -> u128 {
        let seal = self.hash("seal", &[&written(card), &written(own)]) & SEAL;
        versioned(own | seal)
    }

    fn hash(self, of: &str, parts: &[&str]) -> u128 {
        let mut text = Vec::new();
        for part in [of].iter().chain(parts) {
            // Lengths between the parts: "ab" and "c" are not "a" and "bc".
            text.extend((part.len() as u64).to_le_bytes());
            text.extend(part.as_bytes());
        }
        u128::from_be_bytes((self.keyed)(&text))
    }
}

/// No key is printed.
impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names")
    }
}

/// A UUID of version 8 (RFC 9562): bits of our own.
fn versioned(bits: u128) -> u128 {
    (bits & !VERSION & !VARIANT) | (0x8 << 76) | (0x2 << 62)
}

/// As UUIDs are written.
pub(super) fn written(uuid: u128) -> String {
    let hex = format!("{uuid:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// 128 bits of FNV-1a.
fn fnv(text: &[u8]) -> [u8; 16] {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let step = |hash: u128, byte: &u8| (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
    text.iter().fold(OFFSET, step).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::{Names, fnv, written};

    #[test]
    fn the_same_texts_make_the_same_uuid_of_version_8_and_others_another() {
        let names = Names::unkeyed();
        let one = names.card(&["instance", "order", "rule"]);
        assert_eq!(one, names.card(&["instance", "order", "rule"]));
        for uuid in [one, names.suggestion(one, "rule")] {
            let uuid = written(uuid);
            assert_eq!((uuid.len(), uuid.as_bytes()[14]), (36, b'8'));
            assert!(matches!(uuid.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
        }
        let others = [
            names.card(&["instance", "orderrule"]),
            names.card(&["instance", "order", "rules"]),
            names.card(&[]),
        ];
        assert!(others.iter().all(|it| *it != one));
    }

    #[test]
    fn a_suggestion_is_known_as_its_cards_and_as_no_others_and_by_no_other_key() {
        let names = Names::unkeyed();
        let (one, other) = (names.card(&["one"]), names.card(&["other"]));
        let [first, second] = ["first", "second"].map(|it| names.suggestion(one, it));
        assert_ne!(first, second);
        for suggestion in [first, second] {
            assert!(names.is_suggestion_of(suggestion, one));
            assert!(!names.is_suggestion_of(suggestion, other));
            assert!((0..128).all(|bit| !names.is_suggestion_of(suggestion ^ (1 << bit), one)));
        }
        assert!(!names.is_suggestion_of(one, one));
        let keyed = |text: &[u8]| fnv(&[b"another key", text].concat());
        assert!(!Names::new(&keyed).is_suggestion_of(first, one));
    }
}
