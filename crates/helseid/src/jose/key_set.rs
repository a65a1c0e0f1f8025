//! The keys of an issuer.

use serde_json::Value;

use super::PublicKey;

/// The keys that an issuer signs with at the moment (JWKS, RFC 7517, 5). Those that we cannot use are left out, as the
/// standard says: an issuer may have keys for others.
#[derive(Debug, Clone, Default)]
pub struct KeySet {
    keys: Vec<PublicKey>,
}

/// Keys that are read: an issuer has a handful, also while it changes them.
const MOST_KEYS: usize = 64;

impl KeySet {
    /// Reads the document; `None` where it is not one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let document: Value = serde_json::from_slice(bytes).ok()?;
        let listed = document.get("keys")?.as_array()?;
        let usable = listed.iter().take(MOST_KEYS).filter_map(PublicKey::read);
        Some(Self {
            keys: usable.filter(|key| key.kid().is_some()).collect(),
        })
    }

    /// The key with this name; `None` too where two have it.
    #[must_use]
    pub fn find(&self, kid: &str) -> Option<&PublicKey> {
        let mut named = self.keys.iter().filter(|key| key.kid() == Some(kid));
        let key = named.next()?;
        named.next().is_none().then_some(key)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none that we can use.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}
