//! The algorithms that count.

/// How a token is signed: with a key pair, never with a shared secret and never with `none`.
///
/// The list is HelseID's for APIs (RSA and elliptic curves with 256, 384 and 512 bits) but for ES512, which is not
/// implemented: such a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they are the names of RFC 7518, 3.1")]
pub enum Algorithm {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::RS256,
        Self::RS384,
        Self::RS512,
        Self::PS256,
        Self::PS384,
        Self::PS512,
        Self::ES256,
        Self::ES384,
    ];

    /// The name in a header; letters count, `es256` is none.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// The name as RFC 7518 writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RS256 => "RS256",
            Self::RS384 => "RS384",
            Self::RS512 => "RS512",
            Self::PS256 => "PS256",
            Self::PS384 => "PS384",
            Self::PS512 => "PS512",
            Self::ES256 => "ES256",
            Self::ES384 => "ES384",
        }
    }

    /// The digest in it, also of `at_hash`.
    pub(crate) fn digest(self) -> &'static aws_lc_rs::digest::Algorithm {
        match self {
            Self::RS256 | Self::PS256 | Self::ES256 => &aws_lc_rs::digest::SHA256,
            Self::RS384 | Self::PS384 | Self::ES384 => &aws_lc_rs::digest::SHA384,
            Self::RS512 | Self::PS512 => &aws_lc_rs::digest::SHA512,
        }
    }

    pub(crate) fn backend(self) -> jsonwebtoken::Algorithm {
        use jsonwebtoken::Algorithm as Backend;
        match self {
            Self::RS256 => Backend::RS256,
            Self::RS384 => Backend::RS384,
            Self::RS512 => Backend::RS512,
            Self::PS256 => Backend::PS256,
            Self::PS384 => Backend::PS384,
            Self::PS512 => Backend::PS512,
            Self::ES256 => Backend::ES256,
            Self::ES384 => Backend::ES384,
        }
    }
}
