//! What an issuer can do wrong, or a token can say that is not enough.

use std::time::Duration;

use serde_json::{Map, Value, json};

/// A way to misbehave. The issuer does it until it is told otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The ID token is spoiled.
    IdToken(Spoiled),
    /// An endpoint answers otherwise than it should; by the last part of its path (`par`, `token`, `jwks`,
    /// `openid-configuration`).
    Answer(&'static str, Answer),
    /// A member of the metadata is replaced, or with `null` left out.
    Metadata(&'static str, Value),
    /// The callback names this issuer, or with `None` none.
    CallbackIssuer(Option<&'static str>),
    /// The callback brings another state.
    CallbackState,
    /// The access token is handed out as `Bearer`.
    NotBound,
    /// DPoP proofs need a nonce: the first one is answered with `use_dpop_nonce`.
    Nonce,
    /// No nonce is ever good enough.
    NonceForEver,
}

/// What is wrong with an ID token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoiled {
    /// Claims are replaced by these, or where they are `null` left out.
    Claims(Value),
    /// Header members are replaced by these, or where they are `null` left out.
    Header(Value),
    /// `exp`, `iat` and `auth_time` are this many seconds off.
    Shifted(i64),
    /// The last letter of the signature is another.
    Signature,
    /// `alg` is `none`, and there is no signature.
    Unsigned,
    /// `alg` is `HS256`, keyed with the public key, as careless libraries accept it.
    SharedSecret,
    /// Signed with a key that is not the issuer's, under the name of one that is.
    OthersKey,
}

/// How an endpoint answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// With a status and this text.
    Status(u16, &'static str),
    /// As it should, but so much later.
    Slow(Duration),
    /// With that many bytes.
    Large(usize),
    /// With a redirection to another address.
    Elsewhere(&'static str),
}

/// Level 3.
#[must_use]
pub fn level_three() -> Fault {
    Fault::IdToken(Spoiled::Claims(
        json!({ "helseid://claims/identity/security_level": "3" }),
    ))
}

/// No number in the register of health personnel.
#[must_use]
pub fn no_hpr() -> Fault {
    Fault::IdToken(Spoiled::Claims(
        json!({ "helseid://claims/hpr/hpr_number": null }),
    ))
}

/// Replaces members, or leaves them out where the new value is `null`.
pub(super) fn overlay(object: &mut Value, changes: &Value) {
    let none = Map::new();
    let changes = changes.as_object().unwrap_or(&none);
    let object = object.as_object_mut().expect("an object");
    for (name, value) in changes {
        if value.is_null() {
            object.remove(name);
        } else {
            object.insert(name.clone(), value.clone());
        }
    }
}
