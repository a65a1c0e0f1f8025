//! A field that cannot be read without its key: AES-256-GCM, bound to its place.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand;

use super::Keys;

/// Where a field stands. What is sealed at one place is not opened at another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The table.
    pub(crate) table: &'static str,
    /// The column or the field's name.
    pub(crate) column: &'a str,
    /// The row's key.
    pub(crate) row: &'a [u8],
}

/// A field, sealed: the number of its key, and nonce, ciphertext and tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) key: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Sealed {
    /// Seals with the newest key. Nothing, where the operating system gives no chance.
    pub(crate) fn seal(keys: &Keys, place: Place<'_>, text: &[u8]) -> Option<Self> {
        let (number, key) = keys.newest_field();
        // A random nonce: with 2^32 fields under one key the chance of a repeat is below 2^-32 (NIST SP 800-38D, 8.3).
        let mut nonce = [0; NONCE_LEN];
        rand::fill(&mut nonce).ok()?;
        let mut bytes = nonce.to_vec();
        let mut body = text.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        cipher(key)?
            .seal_in_place_append_tag(nonce, place.bound_to(number), &mut body)
            .ok()?;
        bytes.append(&mut body);
        Some(Self { key: number, bytes })
    }

    /// Opens. Nothing, where its key is not there or it was not sealed for this place.
    pub(crate) fn open(&self, keys: &Keys, place: Place<'_>) -> Option<Vec<u8>> {
        let key = keys.field(self.key)?;
        let (nonce, body) = self.bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let text = cipher(key)?
            .open_in_place(nonce, place.bound_to(self.key), &mut body)
            .ok()?;
        Some(text.to_vec())
    }
}

impl Place<'_> {
    fn bound_to(&self, key: u32) -> Aad<Vec<u8>> {
        let mut place = Vec::new();
        let number = key.to_be_bytes();
        for part in [
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.row,
            &number,
        ] {
            place.extend_from_slice(&(part.len() as u64).to_be_bytes());
            place.extend_from_slice(part);
        }
        Aad::from(place)
    }
}

fn cipher(key: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, key)
        .ok()
        .map(LessSafeKey::new)
}
