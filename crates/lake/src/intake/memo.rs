//! Remembers what was found out about a distinct text, so that a code is checked once and not per row.

use hashbrown::HashMap;

/// Distinct texts remembered; a column with more is no column of codes, and is then forgotten and begun anew.
const MOST: usize = 1 << 20;

/// Text → what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Memo<V> {
    known: HashMap<Box<[u8]>, V>,
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Memo {
            known: HashMap::new(),
        }
    }
}

impl<V: Copy> Memo<V> {
    /// What is known of the text, found out by `learn` the first time.
    #[inline]
    pub(crate) fn get_or(&mut self, text: &[u8], learn: impl FnOnce() -> V) -> V {
        if let Some(value) = self.known.get(text) {
            return *value;
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let value = learn();
        self.known.insert(text.into(), value);
        value
    }
}
