//! The tokens that the issuer hands out.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riktig_helseid::PrivateKey;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::fault::overlay;
use super::{AUDIENCE, CLIENT_ID, Fault, Granted, Persona, Spoiled, State, new_key};

/// How long a token counts.
const TOKEN_SECONDS: i64 = 60;

impl State {
    pub(super) fn second(&self) -> i64 {
        (self.now)().as_second()
    }

    fn key(&self) -> &PrivateKey {
        self.keys.last().expect("an issuer has a key")
    }

    pub(super) fn sign(&self, kind: &str, changes: &Value) -> String {
        let second = self.second();
        let mut claims = json!({
            "iss": self.url, "iat": second, "nbf": second, "exp": second + TOKEN_SECONDS,
        });
        overlay(&mut claims, changes);
        let header = json!({ "typ": kind, "kid": self.key().kid() });
        self.key().sign(&header, &claims)
    }

    pub(super) fn access_token(
        &self,
        persona: &Persona,
        thumbprint: &str,
        changes: &Value,
    ) -> String {
        let mut claims = about(persona);
        overlay(
            &mut claims,
            &json!({
                "aud": AUDIENCE,
                "client_id": CLIENT_ID,
                "scope": ["openid", "riktig:api/read"],
                "cnf": { "jkt": thumbprint },
                "jti": riktig_helseid::Secret::random().reveal(),
            }),
        );
        overlay(&mut claims, changes);
        self.sign("at+jwt", &claims)
    }

    pub(super) fn id_token(&self, granted: &Granted, access_token: &str) -> String {
        let second = self.second();
        let mut claims = about(&granted.persona);
        overlay(
            &mut claims,
            &json!({
                "iss": self.url,
                "aud": CLIENT_ID,
                "iat": second,
                "nbf": second,
                "exp": second + TOKEN_SECONDS,
                "auth_time": second,
                "nonce": granted.request.get("nonce"),
                "at_hash": URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token)[..16]),
                "sid": format!("session of {}", granted.persona.hint),
            }),
        );
        let header = json!({ "typ": "JWT", "kid": self.key().kid() });
        self.spoiled(header, claims)
    }

    fn spoiled(&self, mut header: Value, mut claims: Value) -> String {
        let mut last = None;
        for fault in &self.faults {
            match fault {
                Fault::IdToken(Spoiled::Claims(changes)) => overlay(&mut claims, changes),
                Fault::IdToken(Spoiled::Header(changes)) => overlay(&mut header, changes),
                Fault::IdToken(Spoiled::Shifted(seconds)) => {
                    for claim in ["iat", "nbf", "exp", "auth_time"] {
                        claims[claim] = (claims[claim].as_i64().unwrap_or(0) + seconds).into();
                    }
                }
                Fault::IdToken(spoiled) => last = Some(spoiled),
                _ => {}
            }
        }
        let signed = self.key().sign(&header, &claims);
        let (content, signature) = signed.rsplit_once('.').expect("three parts");
        match last {
            Some(Spoiled::Signature) => {
                let other = if signature.starts_with('A') { "B" } else { "A" };
                format!("{content}.{other}{}", &signature[1..])
            }
            Some(Spoiled::Unsigned) => {
                header["alg"] = "none".into();
                format!("{}.", encoded(&header, &claims))
            }
            Some(Spoiled::SharedSecret) => {
                header["alg"] = "HS256".into();
                let content = encoded(&header, &claims);
                let public = self.key().public_jwk().to_string();
                let signature = keyed(public.as_bytes(), content.as_bytes());
                format!("{content}.{}", URL_SAFE_NO_PAD.encode(signature))
            }
            Some(Spoiled::OthersKey) => new_key("another").sign(&header, &claims),
            _ => signed,
        }
    }
}

fn about(persona: &Persona) -> Value {
    let mut claims = json!({
        "sub": persona.sub(),
        "helseid://claims/identity/pid": persona.pid,
        "helseid://claims/identity/security_level": "4",
        "helseid://claims/identity/assurance_level": "high",
    });
    if let Some(hpr) = &persona.hpr {
        claims["helseid://claims/hpr/hpr_number"] = hpr.as_str().into();
    }
    claims
}

fn encoded(header: &Value, claims: &Value) -> String {
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// HMAC with SHA-256 (RFC 2104).
fn keyed(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    let short = Sha256::digest(key);
    let key = if key.len() > 64 { &short[..] } else { key };
    block[..key.len()].copy_from_slice(key);
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text);
    let outer = Sha256::new().chain_update(pad(0x5c));
    outer.chain_update(inner.finalize()).finalize().to_vec()
}
