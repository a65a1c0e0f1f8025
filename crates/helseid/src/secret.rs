//! Texts that nobody may read by accident.

use std::fmt;

use aws_lc_rs::{constant_time, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// A text that is a key, or that holds somebody's identity: no `Debug`, no error and no log shows it.
///
/// ```
/// use riktig_helseid::Secret;
/// assert_eq!(format!("{:?}", Secret::new("hush")), "Secret(…)");
/// ```
///
/// It can be serialised (a login under way is kept until the person is back), so what holds one is kept encrypted.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

/// Bytes of randomness in a secret that is guessed at from outside: 256 bits.
const RANDOM_BYTES: usize = 32;

impl Secret {
    /// Takes a text in.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// 256 bits of the operating system's randomness as base64url, 43 characters.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; RANDOM_BYTES];
        rand::fill(&mut bytes).expect("the operating system gives randomness");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The text. Whoever calls this answers for where it goes.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether the text is the same, in a time that does not depend on where it differs.
    #[must_use]
    pub fn is(&self, other: &str) -> bool {
        constant_time::verify_slices_are_equal(self.0.as_bytes(), other.as_bytes()).is_ok()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_random_secrets_are_the_same_and_each_is_a_legal_pkce_verifier() {
        let (one, other) = (Secret::random(), Secret::random());
        assert!(!one.is(other.reveal()) && one.is(one.reveal()));
        assert_eq!(one.reveal().len(), 43); // RFC 7636, 4.1: 43 to 128 characters
        assert!(
            one.reveal()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
    }
}
