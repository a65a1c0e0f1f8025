//! What an issuer says about itself (OpenID Connect Discovery 1.0; RFC 8414).

use serde::Deserialize;
use url::Url;

use crate::Problem;
use crate::connection::is_safe;

/// An issuer's endpoints, as far as we use them.
#[derive(Debug, Clone)]
pub struct Metadata {
    pub(crate) authorization: Url,
    pub(crate) pushed_request: Url,
    pub(crate) token: Url,
    pub(crate) keys: Url,
    pub(crate) end_session: Option<Url>,
    /// Whether the callback names the issuer (RFC 9207); then it must.
    pub(crate) names_itself: bool,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    pushed_authorization_request_endpoint: Option<String>,
    jwks_uri: String,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    dpop_signing_alg_values_supported: Option<Vec<String>>,
}

impl Metadata {
    /// Reads the document of this issuer.
    ///
    /// # Errors
    /// In this order: not such a document; another issuer's; an endpoint that is not on TLS; no pushed requests, PKCE
    /// with S256, `private_key_jwt`, or DPoP with ES256, where the document lists what is offered.
    pub fn read(bytes: &[u8], issuer: &str) -> Result<Self, Problem> {
        let document: Document = serde_json::from_slice(bytes).map_err(|_| Problem::Unreadable)?;
        if document.issuer != issuer {
            return Err(Problem::OtherIssuer);
        }
        let pushed = document.pushed_authorization_request_endpoint.as_deref();
        let metadata = Self {
            authorization: endpoint(&document.authorization_endpoint)?,
            pushed_request: endpoint(pushed.ok_or(Problem::NotOffered("pushed requests"))?)?,
            token: endpoint(&document.token_endpoint)?,
            keys: endpoint(&document.jwks_uri)?,
            end_session: document
                .end_session_endpoint
                .as_deref()
                .map(endpoint)
                .transpose()?,
            names_itself: document.authorization_response_iss_parameter_supported,
        };
        for (listed, needed) in [
            (&document.code_challenge_methods_supported, "S256"),
            (
                &document.token_endpoint_auth_methods_supported,
                "private_key_jwt",
            ),
            (&document.dpop_signing_alg_values_supported, "ES256"),
        ] {
            let listed = listed.as_deref();
            if listed.is_some_and(|offered| !offered.iter().any(|name| name == needed)) {
                return Err(Problem::NotOffered(needed));
            }
        }
        Ok(metadata)
    }
}

fn endpoint(text: &str) -> Result<Url, Problem> {
    let url = Url::parse(text).map_err(|_| Problem::Unreadable)?;
    if is_safe(&url) {
        Ok(url)
    } else {
        Err(Problem::NotHttps)
    }
}
