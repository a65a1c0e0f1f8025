//! Names of cards and suggestions that stay the same when the same call is made again.

/// A UUID of version 8 (RFC 9562) made of texts: 128 bits of FNV-1a. The same texts give the same one, so a call that is repeated
/// shows no second card and feedback on it counts once. No secret is in it and none must be: it goes back to the client that sent
/// the texts.
pub(super) fn uuid(parts: &[&str]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = OFFSET;
    let mut add = |byte: u8| hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
    for part in parts {
        // Lengths between the parts: "ab" and "c" are not "a" and "bc".
        part.len().to_le_bytes().into_iter().for_each(&mut add);
        part.bytes().for_each(&mut add);
    }
    let versioned = (hash & !(0xf << 76) & !(0x3 << 62)) | (0x8 << 76) | (0x2 << 62);
    let hex = format!("{versioned:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn the_same_texts_make_the_same_uuid_of_version_8_and_others_another() {
        let one = uuid(&["instance", "order", "rule"]);
        assert_eq!(one, uuid(&["instance", "order", "rule"]));
        assert_eq!((one.len(), one.as_bytes()[14]), (36, b'8'));
        assert!(matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'));
        let others = [
            uuid(&["instance", "orderrule"]),
            uuid(&["instance", "order", "rules"]),
            uuid(&[]),
        ];
        assert!(others.iter().all(|it| *it != one));
    }
}
