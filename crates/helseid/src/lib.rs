//! Login as HelseID demands it, and refusal of what is not.
//!
//! A person logs in by [`Client`]: [`Client::begin`] sends the browser away, [`Client::finish`] receives it back. An API
//! is guarded by [`ApiGuard`]. What is checked, in which order and by which source: `docs/reference/login.md`.
//!
//! The moment is an argument everywhere; the only clock here is the network's patience.

mod client;
mod error;
mod guard;
mod jose;
mod login;
mod proof;
mod refusal;
mod replay;
mod secret;
mod settings;

pub use client::{Client, PENDING_SECONDS};
pub use error::{
    Endpoint, IssuerError, KeyError, LoginError, LogoutError, OAuthError, Problem, SettingsError,
};
pub use guard::{ApiGuard, ApiRefusal, ApiRequest, ApiRules, Caller, HprDemand};
pub use jose::{Algorithm, Header, KeySet, PrivateKey, PublicKey, Token, install_cryptography};
pub use login::{Ask, Callback, Login, LogoutToken, Pending, SecurityLevel};
pub use proof::ProofRefusal;
pub use refusal::{ClaimRefusal, TokenRefusal};
pub use replay::{FirstTime, Mark, Memory, Replay, ReplayError};
pub use secret::Secret;
pub use settings::{ClientKeys, Organisation, SCOPES, Settings};
