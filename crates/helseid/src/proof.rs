//! Proof that whoever sends a token has its key (DPoP, RFC 9449).

use crate::TokenRefusal;

/// Why a DPoP proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefusal {
    /// Its form, algorithm or signature.
    #[error("{0}")]
    Token(TokenRefusal),
    /// No public key in its header, or none that we can use.
    #[error("it has no key")]
    NoKey,
    /// The private key is in its header: it is nobody's secret any more.
    #[error("its key is not secret any more")]
    PrivateKey,
    /// For another method.
    #[error("it is for another method")]
    Method,
    /// For another address.
    #[error("it is for another address")]
    Address,
    /// For another access token, or for none.
    #[error("it is for another access token")]
    AccessToken,
    /// The access token is bound to another key.
    #[error("the access token is bound to another key")]
    OtherKey,
    /// Its name is empty or longer than we remember.
    #[error("its name cannot be remembered")]
    Name,
    /// It has been used before.
    #[error("it was used before")]
    Replayed,
}
