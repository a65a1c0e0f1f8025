//! The keys of an issuer.

use serde_json::Value;

use super::{Algorithm, PublicKey};

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

    /// The key with this name; where several have it, the one that fits the algorithm, as issuers that sign by several
    /// algorithms list them. `None` where there is none, or it cannot be told which.
    #[must_use]
    pub fn find(&self, kid: &str, algorithm: Algorithm) -> Option<&PublicKey> {
        let named = || self.keys.iter().filter(|key| key.kid() == Some(kid));
        let several = named().nth(1).is_some();
        let mut fitting = named().filter(|key| !several || key.fits(algorithm));
        let key = fitting.next()?;
        fitting.next().is_none().then_some(key)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PrivateKey;
    use serde_json::json;

    fn jwk(kid: &str, algorithm: &str) -> Value {
        let mut jwk = PrivateKey::from_jwk(PrivateKey::generate().reveal())
            .unwrap()
            .public_jwk();
        (jwk["kid"], jwk["alg"]) = (kid.into(), algorithm.into());
        jwk
    }

    fn set(keys: &[Value]) -> KeySet {
        KeySet::read(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
    }

    #[test]
    fn of_keys_with_one_name_the_one_that_fits_is_found_and_no_coin_is_tossed() {
        crate::install_cryptography();
        let (es256, es384) = (jwk("a", "ES256"), jwk("a", "ES384"));
        let other = jwk("a", "ES256");
        assert!(set(&[]).find("a", Algorithm::ES256).is_none());
        let one = set(&[es256.clone(), jwk("b", "ES256")]);
        assert!(
            one.find("a", Algorithm::PS256).is_some(),
            "refused later, as the wrong key"
        );
        let two = set(&[es256.clone(), es384]);
        let found = two.find("a", Algorithm::ES256).unwrap().thumbprint();
        assert_eq!(found, PublicKey::read(&es256).unwrap().thumbprint());
        assert!(two.find("a", Algorithm::PS256).is_none());
        assert!(set(&[es256, other]).find("a", Algorithm::ES256).is_none());
    }

    #[test]
    fn keys_for_others_are_left_out() {
        crate::install_cryptography();
        let mut encrypts = jwk("b", "ES256");
        encrypts["use"] = "enc".into();
        let mut unnamed = jwk("c", "ES256");
        unnamed.as_object_mut().unwrap().remove("kid");
        let odd = [
            json!(7),
            json!({}),
            json!({ "kty": "OKP", "kid": "d" }),
            json!({ "kty": "oct", "k": "AAAA", "kid": "e" }),
        ];
        let keys = [&[jwk("a", "ES256"), encrypts, unnamed][..], &odd].concat();
        assert_eq!(set(&keys).len(), 1);
        assert!(KeySet::read(b"{}").is_none() && set(&odd).is_empty());
    }
}
