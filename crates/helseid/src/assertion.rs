//! How we prove to the issuer who we are (`private_key_jwt`; OpenID Connect Core 1.0, 9).

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{Organisation, PrivateKey, Secret};

/// How long an assertion counts: HelseID takes no more than 60 s, and it is made on the spot.
const ASSERTION_SECONDS: i64 = 30;

/// `client_assertion_type` beside it.
pub(crate) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Signs an assertion; with the organisation's numbers where HelseID wants them, at the token endpoint.
pub(crate) fn assertion(
    key: &PrivateKey,
    client_id: &str,
    issuer: &str,
    organisation: Organisation,
    now: Timestamp,
) -> String {
    let second = now.as_second();
    let header = json!({ "typ": "client-authentication+jwt", "kid": key.kid() });
    let mut claims = Map::new();
    claims.insert("iss".into(), client_id.into());
    claims.insert("sub".into(), client_id.into());
    claims.insert("aud".into(), issuer.into());
    claims.insert("iat".into(), second.into());
    claims.insert("nbf".into(), second.into());
    claims.insert("exp".into(), (second + ASSERTION_SECONDS).into());
    claims.insert("jti".into(), Secret::random().reveal().into());
    if let Some(details) = details(organisation) {
        claims.insert("assertion_details".into(), json!([details]));
    }
    key.sign(&header, &claims)
}

/// HelseID, "The usage of organization numbers" (2026-02-16) and its client library (2026-03-17).
fn details(organisation: Organisation) -> Option<Value> {
    let (system, value) = match organisation {
        Organisation::Unnamed => return None,
        Organisation::SingleTenant { child } => {
            ("urn:oid:2.16.578.1.12.4.1.4.101", child.to_string())
        }
        Organisation::MultiTenant { parent, child } => {
            let child = child.map(|child| child.to_string()).unwrap_or_default();
            ("urn:oid:1.0.6523", format!("NO:ORGNR:{parent}:{child}"))
        }
    };
    let identifier = json!({ "system": system, "type": "ENH", "value": value });
    Some(json!({
        "type": "helseid_authorization",
        "practitioner_role": { "organization": { "identifier": identifier } },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PublicKey, Token};

    fn numbers(organisation: Organisation) -> Value {
        crate::install_cryptography();
        let key = PrivateKey::from_jwk(PrivateKey::generate().reveal()).unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let signed = assertion(&key, "us", "https://issuer", organisation, now);
        let token = Token::read(&signed).unwrap();
        assert!(token.is_kind("client-authentication+jwt"));
        let public = PublicKey::read(&key.public_jwk()).unwrap();
        let claims: Value = token.verify(&public).unwrap();
        assert_eq!(
            (&claims["iss"], &claims["sub"]),
            (&json!("us"), &json!("us"))
        );
        assert_eq!(claims["aud"], "https://issuer");
        assert!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap() <= 60);
        claims["assertion_details"].clone()
    }

    #[test]
    fn organisation_numbers_are_written_as_helseid_reads_them() {
        let (parent, child) = ("983544622".parse().unwrap(), "974760673".parse().unwrap());
        assert_eq!(numbers(Organisation::Unnamed), Value::Null);
        let single = &numbers(Organisation::SingleTenant { child })[0];
        let identifier = &single["practitioner_role"]["organization"]["identifier"];
        assert_eq!(single["type"], "helseid_authorization");
        assert_eq!(identifier["system"], "urn:oid:2.16.578.1.12.4.1.4.101");
        assert_eq!(identifier["value"], "974760673");
        for (child, written) in [
            (Some(child), "NO:ORGNR:983544622:974760673"),
            (None, "NO:ORGNR:983544622:"),
        ] {
            let multi = &numbers(Organisation::MultiTenant { parent, child })[0];
            let identifier = &multi["practitioner_role"]["organization"]["identifier"];
            assert_eq!(identifier["system"], "urn:oid:1.0.6523");
            assert_eq!(identifier["value"], written);
        }
    }
}
