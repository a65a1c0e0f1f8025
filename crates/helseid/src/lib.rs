//! Login as HelseID demands it, and refusal of what is not.
//!
//! A person logs in by [`Client`]: [`Client::begin`] sends the browser away, [`Client::finish`] receives it back. An API
//! is guarded by [`ApiGuard`], the door for systems that ask for advice is [`HookDoor`], and [`FhirServer`] reads from theirs. What is checked, in which order and by which source: `docs/reference/login.md`.
//!
//! The moment is an argument everywhere; the only clock here is the network's patience.

mod assertion;
mod authority;
mod claims;
mod client;
mod connection;
mod error;
mod fhir_server;
mod guard;
mod hook_door;
mod id_token;
mod jose;
mod key_sets;
mod login;
mod metadata;
mod proof;
mod refusal;
mod replay;
mod secret;
mod settings;

pub use client::{Client, PENDING_SECONDS};
pub use error::{
    Endpoint, IssuerError, KeyError, LoginError, LogoutError, OAuthError, Problem, SettingsError,
};
pub use fhir_server::{FhirProblem, FhirServer};
pub use guard::{ApiGuard, ApiRefusal, ApiRequest, ApiRules, Caller, HprDemand};
pub use hook_door::{HookDoor, HookRefusal, TrustedClient, TrustedKeys};
pub use id_token::Expected;
pub use jose::{Algorithm, Header, KeySet, PrivateKey, PublicKey, Token, install_cryptography};
pub use login::{Ask, Callback, Login, LogoutToken, Pending, SecurityLevel};
pub use metadata::Metadata;
pub use proof::{Proof, ProofRefusal, Request as ProofRequest};
pub use refusal::{ClaimRefusal, TokenRefusal};
pub use replay::{FirstTime, Mark, Memory, Replay, ReplayError};
pub use secret::Secret;
pub use settings::{ClientKeys, Organisation, SCOPES, Settings};
