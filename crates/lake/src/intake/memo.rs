//! Remembers what was found out about a distinct text, so that a code is checked once and not per row.

use hashbrown::HashMap;

/// Distinct texts remembered; a column with more is no column of codes, and is then forgotten and begun anew.
const MOST: usize = 1 << 20;
/// Bytes of a text that is kept inside the table, where a look-up finds it without following a pointer.
const SHORT: usize = 23;

/// A short text, padded with zeros, its length in the last byte.
type ShortKey = [u64; 3];

/// Text → what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Memo<V> {
    short: HashMap<ShortKey, V>,
    long: HashMap<Box<[u8]>, V>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo {
            short: HashMap::new(),
            long: HashMap::new(),
        }
    }
}

impl<V: Copy> Memo<V> {
    /// What is known of the text, found out by `learn` the first time.
    #[inline]
    pub(crate) fn get_or(&mut self, text: &[u8], learn: impl FnOnce() -> V) -> V {
        if self.short.len() + self.long.len() >= MOST {
            self.short.clear();
            self.long.clear();
        }
        match short_key(text) {
            Some(key) => *self.short.entry(key).or_insert_with(learn),
            None => match self.long.get(text) {
                Some(value) => *value,
                None => *self.long.entry(text.into()).or_insert_with(learn),
            },
        }
    }
}

#[inline]
fn short_key(text: &[u8]) -> Option<ShortKey> {
    if text.len() > SHORT {
        return None;
    }
    let mut bytes = [0u8; SHORT + 1];
    bytes[..text.len()].copy_from_slice(text);
    bytes[SHORT] = text.len() as u8;
    let word = |at: usize| {
        let mut word = [0u8; 8];
        word.copy_from_slice(&bytes[at..at + 8]);
        u64::from_le_bytes(word)
    };
    Some([word(0), word(8), word(16)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_only_in_length_or_beyond_the_short_form_are_told_apart() {
        let mut memo = Memo::default();
        let long = "a text of more than twenty-three bytes";
        let texts = ["", "\0", "a", "a\0", &long[..23], &long[..24], long];
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(memo.get_or(text.as_bytes(), || at), at);
        }
        for (at, text) in texts.iter().enumerate() {
            assert_eq!(memo.get_or(text.as_bytes(), || usize::MAX), at);
        }
    }
}
