//! The private half of a key.

use aws_lc_rs::encoding::AsBigEndian as _;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, KeyPair as _, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Algorithm, PublicKey};
use crate::{KeyError, Secret};

/// A key that we sign with.
///
/// ```
/// use riktig_helseid::{PrivateKey, install_cryptography};
/// install_cryptography();
/// let jwk = PrivateKey::generate();
/// let key = PrivateKey::from_jwk(jwk.reveal())?;
/// assert!(key.public_jwk().get("d").is_none());
/// assert_eq!(format!("{key:?}"), format!("PrivateKey({})", key.kid()));
/// # Ok::<(), riktig_helseid::KeyError>(())
/// ```
#[derive(Clone)]
pub struct PrivateKey {
    kid: String,
    algorithm: Algorithm,
    encoding: EncodingKey,
    public: Map<String, Value>,
    thumbprint: String,
}

impl PrivateKey {
    /// Reads a private JSON Web Key, as HelseID's self-service hands it out (RSA, PS256) or as EC on P-256 or P-384.
    ///
    /// Without `alg`, RSA signs as PS256. Without `kid`, the thumbprint is the name.
    ///
    /// # Errors
    /// See [`KeyError`]; nothing of the key is repeated.
    pub fn from_jwk(text: &str) -> Result<Self, KeyError> {
        let jwk: Value = serde_json::from_str(text).map_err(|_| KeyError::NotAKey)?;
        let word = |member: &str| jwk.get(member).and_then(Value::as_str);
        let kind = word("kty").ok_or(KeyError::NotAKey)?;
        if !jwk.get("d").is_some_and(Value::is_string) {
            return Err(KeyError::PublicOnly);
        }
        let algorithm = match (word("alg"), kind, word("crv")) {
            (Some(name), ..) => Algorithm::read(name),
            (None, "RSA", _) => Some(Algorithm::PS256),
            (None, "EC", Some("P-256")) => Some(Algorithm::ES256),
            (None, "EC", Some("P-384")) => Some(Algorithm::ES384),
            _ => None,
        };
        let algorithm = algorithm.ok_or(KeyError::Unsupported)?;
        let encoding = match (kind, word("crv"), algorithm) {
            ("EC", Some("P-256"), Algorithm::ES256) => {
                elliptic(&jwk, &ECDSA_P256_SHA256_FIXED_SIGNING)?
            }
            ("EC", Some("P-384"), Algorithm::ES384) => {
                elliptic(&jwk, &ECDSA_P384_SHA384_FIXED_SIGNING)?
            }
            ("RSA", ..) if !matches!(algorithm, Algorithm::ES256 | Algorithm::ES384) => rsa(&jwk)?,
            _ => return Err(KeyError::Unsupported),
        };
        Self::with_public_half(&jwk, algorithm, encoding)
    }

    fn with_public_half(
        jwk: &Value,
        algorithm: Algorithm,
        encoding: EncodingKey,
    ) -> Result<Self, KeyError> {
        let members = ["kty", "crv", "x", "y", "n", "e"].into_iter();
        let mut public: Map<String, Value> = members
            .filter_map(|member| Some((member.to_owned(), jwk.get(member)?.clone())))
            .collect();
        let thumbprint = PublicKey::read(&Value::Object(public.clone()))
            .ok_or(KeyError::Inconsistent)?
            .thumbprint()
            .to_owned();
        let kid = jwk
            .get("kid")
            .and_then(Value::as_str)
            .unwrap_or(&thumbprint);
        let kid = kid.to_owned();
        public.insert("kid".into(), kid.clone().into());
        public.insert("alg".into(), algorithm.name().into());
        public.insert("use".into(), "sig".into());
        Ok(Self {
            kid,
            algorithm,
            encoding,
            public,
            thumbprint,
        })
    }

    /// A new key on P-256 as a private JSON Web Key.
    #[must_use]
    pub fn generate() -> Secret {
        Self::generate_on(&ECDSA_P256_SHA256_FIXED_SIGNING, ("P-256", "ES256"))
    }

    /// A new key on P-384 as a private JSON Web Key.
    #[must_use]
    pub fn generate_p384() -> Secret {
        Self::generate_on(&ECDSA_P384_SHA384_FIXED_SIGNING, ("P-384", "ES384"))
    }

    fn generate_on(curve: &'static EcdsaSigningAlgorithm, (crv, alg): (&str, &str)) -> Secret {
        let sound = "the operating system gives randomness";
        let pair = EcdsaKeyPair::generate(curve).expect(sound);
        let private = pair.private_key().as_be_bytes().expect(sound);
        let point = &pair.public_key().as_ref()[1..];
        let (x, y) = point.split_at(point.len() / 2);
        let jwk = json!({
            "kty": "EC", "crv": crv, "alg": alg,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
            "d": URL_SAFE_NO_PAD.encode(private.as_ref()),
        });
        Secret::new(jwk.to_string())
    }

    /// What others call it.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// How it signs.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// SHA-256 of the key in its one form (RFC 7638): what a token is bound to.
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// The public half as a JSON Web Key, to be given away.
    #[must_use]
    pub fn public_jwk(&self) -> Value {
        Value::Object(self.public.clone())
    }

    /// The public half as it stands in the header of a DPoP proof: the key, and nothing about it.
    pub(crate) fn bare_public_jwk(&self) -> Value {
        let mut bare = self.public.clone();
        for member in ["kid", "alg", "use"] {
            bare.remove(member);
        }
        Value::Object(bare)
    }

    /// Signs claims under a header, to which `alg` is added. Tests sign wrong ones, too, so nothing is checked.
    #[must_use]
    pub fn sign(&self, header: &Value, claims: &impl Serialize) -> String {
        let mut header = header.clone();
        header["alg"] = self.algorithm.name().into();
        let written = "claims of ours can be written as JSON";
        let claims = serde_json::to_vec(claims).expect(written);
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let backend = self.algorithm.backend();
        let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &self.encoding, backend)
            .expect("the key was checked against its algorithm when it was read");
        format!("{signed}.{signature}")
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrivateKey({})", self.kid)
    }
}

fn number(jwk: &Value, member: &str) -> Result<Vec<u8>, KeyError> {
    let text = jwk.get(member).and_then(Value::as_str);
    let text = text.ok_or(KeyError::NotAKey)?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| KeyError::NotAKey)
}

fn elliptic(
    jwk: &Value,
    algorithm: &'static EcdsaSigningAlgorithm,
) -> Result<EncodingKey, KeyError> {
    let mut public = vec![4]; // an uncompressed point (SEC 1, 2.3.3)
    public.extend(number(jwk, "x")?);
    public.extend(number(jwk, "y")?);
    let private = number(jwk, "d")?;
    let pair = EcdsaKeyPair::from_private_key_and_public_key(algorithm, &private, &public)
        .map_err(|_| KeyError::Inconsistent)?;
    let document = pair.to_pkcs8v1().map_err(|_| KeyError::Inconsistent)?;
    Ok(EncodingKey::from_ec_der(document.as_ref()))
}

/// An `RSAPrivateKey` (RFC 8017, A.1.2): version 0 and eight numbers.
fn rsa(jwk: &Value) -> Result<EncodingKey, KeyError> {
    let mut numbers = der(2, &[0]);
    for member in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        let bytes = number(jwk, member)?;
        let significant = bytes.iter().position(|byte| *byte != 0);
        let mut positive = vec![0]; // keeps the number positive
        positive.extend(&bytes[significant.ok_or(KeyError::Inconsistent)?..]);
        let minimal = usize::from(positive[1] < 0x80);
        numbers.extend(der(2, &positive[minimal..]));
    }
    let document = der(0x30, &numbers);
    RsaKeyPair::from_der(&document).map_err(|_| KeyError::Inconsistent)?;
    Ok(EncodingKey::from_rsa_der(&document))
}

/// Tag, length and value (X.690).
fn der(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let significant = length.iter().position(|byte| *byte != 0);
    let length = &length[significant.unwrap_or(length.len() - 1)..];
    let mut bytes = vec![tag];
    if value.len() >= 0x80 {
        bytes.push(0x80 | u8::try_from(length.len()).expect("a length has at most eight bytes"));
    }
    bytes.extend(length);
    bytes.extend(value);
    bytes
}
