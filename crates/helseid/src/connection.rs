//! Talking to the issuer: with patience and size that have an end, and never led elsewhere.

use std::time::Duration;

use reqwest::redirect::Policy;
use serde::Deserialize;
use url::{Host, Url};

use crate::{Endpoint, IssuerError, OAuthError, Problem, SettingsError};

/// How long a connection may take to be made, and a whole answer to come.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(8));

/// The largest answer that is read. HelseID's metadata and keys together are below 20 kB.
const LARGEST_ANSWER: usize = 256 * 1024;

/// The header in which an issuer gives a nonce for the next proof (RFC 9449, 8).
const NONCE_HEADER: &str = "DPoP-Nonce";

/// The longest nonce that is sent back.
const LONGEST_NONCE: usize = 1024;

/// Connections to one issuer.
pub(crate) struct Connection {
    http: reqwest::Client,
}

/// An answer, whatever its status.
pub(crate) struct Answer {
    status: u16,
    nonce: Option<String>,
    body: Vec<u8>,
}

impl Connection {
    pub(crate) fn open(issuer: &Url) -> Result<Self, SettingsError> {
        Self::open_within(issuer, PATIENCE)
    }

    /// With another patience: for the connection, and for the whole answer.
    pub(crate) fn open_within(
        issuer: &Url,
        (connect, whole): (Duration, Duration),
    ) -> Result<Self, SettingsError> {
        crate::install_cryptography();
        let mut builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(connect)
            .timeout(whole)
            .user_agent(concat!("riktig/", env!("CARGO_PKG_VERSION")));
        if is_loopback(issuer) {
            builder = builder.no_proxy();
        } else {
            builder = builder.https_only(true);
        }
        let http = builder.build();
        let http = http.map_err(|source| SettingsError::Tls { source })?;
        Ok(Self { http })
    }

    /// Fetches a document that is answered with 200.
    pub(crate) async fn get(&self, endpoint: Endpoint, url: &Url) -> Result<Vec<u8>, IssuerError> {
        let failed = |problem| IssuerError { endpoint, problem };
        let request = self.http.get(url.clone());
        let answer = Answer::receive(request, LARGEST_ANSWER)
            .await
            .map_err(failed)?;
        match answer.status {
            200 => Ok(answer.body),
            status => Err(failed(Problem::Status(status))),
        }
    }

    /// Reads a resource of at most so many bytes with a bearer token: the status and the body.
    pub(crate) async fn read(
        &self,
        url: &Url,
        token: &str,
        largest: usize,
    ) -> Result<(u16, Vec<u8>), Problem> {
        let request = self.http.get(url.clone()).bearer_auth(token);
        let request = request.header(reqwest::header::ACCEPT, "application/fhir+json");
        let answer = Answer::receive(request, largest).await?;
        Ok((answer.status, answer.body))
    }

    /// Sends a form, and a DPoP proof where there is one.
    pub(crate) async fn post(
        &self,
        endpoint: Endpoint,
        url: &Url,
        form: &[(&str, &str)],
        proof: Option<&str>,
    ) -> Result<Answer, IssuerError> {
        let mut request = self.http.post(url.clone()).form(form);
        if let Some(proof) = proof {
            request = request.header("DPoP", proof);
        }
        let answer = Answer::receive(request, LARGEST_ANSWER).await;
        answer.map_err(|problem| IssuerError { endpoint, problem })
    }
}

impl Answer {
    async fn receive(request: reqwest::RequestBuilder, largest: usize) -> Result<Self, Problem> {
        let unreachable = |error: reqwest::Error| {
            let is_timeout = error.is_timeout();
            tracing::warn!(cause = %causes(&error.without_url()), "no answer");
            match is_timeout {
                true => Problem::TooSlow,
                false => Problem::Unreachable,
            }
        };
        let mut response = request.send().await.map_err(unreachable)?;
        let nonce = response.headers().get(NONCE_HEADER);
        let nonce = nonce.and_then(|value| value.to_str().ok());
        let mut answer = Self {
            status: response.status().as_u16(),
            nonce: nonce
                .filter(|nonce| nonce.len() <= LONGEST_NONCE)
                .map(String::from),
            body: Vec::new(),
        };
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if answer.body.len() + chunk.len() > largest {
                return Err(Problem::TooLarge);
            }
            answer.body.extend_from_slice(&chunk);
        }
        Ok(answer)
    }

    /// The nonce for the next proof, if the issuer gives one.
    pub(crate) fn nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// The body of a success; the issuer's word for a failure.
    pub(crate) fn success(&self) -> Result<&[u8], Problem> {
        #[derive(Deserialize)]
        struct Failure {
            error: String,
        }
        match self.status {
            200 | 201 => Ok(&self.body),
            400 | 401 => match serde_json::from_slice::<Failure>(&self.body) {
                Ok(failure) => Err(Problem::Refused(OAuthError::read(&failure.error))),
                Err(_) => Err(Problem::Status(self.status)),
            },
            status => Err(Problem::Status(status)),
        }
    }
}

/// An error and what is under it, down to the certificate that has expired.
fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut under = error.source();
    while let Some(cause) = under {
        text = format!("{text}: {cause}");
        under = cause.source();
    }
    text
}

/// TLS, or this machine itself, where nobody stands between.
pub(crate) fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
