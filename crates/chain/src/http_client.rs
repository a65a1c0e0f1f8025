//! Messages to others over HTTP: `POST`, `application/xml`, the answer in the response.

use std::time::{Duration, Instant};

use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;

use crate::certify::{Came, Reply};

/// An address: `https://intermediary.test/messages`.
pub use reqwest::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest answer that is read, in bytes: a patient's list with all messages.
const LONGEST: usize = 4_000_000;
/// The status of an answer.
const GOOD: u16 = 200;

/// A client of other links. A clone is the same. The process must have chosen its cryptography before (`install_cryptography`).
#[derive(Debug, Clone)]
pub struct HttpClient(Client);

/// The network cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot begin to use the network; the machine's certificates may be missing")]
pub struct HttpClientError(#[source] reqwest::Error);

impl HttpClient {
    /// Makes a client: answers within 20 seconds, no redirects, and straight, past any proxy.
    ///
    /// # Errors
    /// Where the machine has no certificates to trust.
    pub fn new() -> Result<Self, HttpClientError> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .no_proxy()
            .build();
        client.map(Self).map_err(HttpClientError)
    }

    /// Sends a message and tells what came and how long it took.
    pub async fn send(&self, to: &Url, bytes: Vec<u8>) -> Reply {
        let began = Instant::now();
        let what = match self.ask(to, bytes).await {
            Ok((GOOD, answer)) => Came::Answer(answer),
            Ok((status, _)) => Came::Status(status),
            Err(why) => Came::Nothing(why),
        };
        Reply {
            what,
            took: began.elapsed(),
        }
    }

    /// Sends a message; nothing where no answer came.
    pub async fn answer(&self, to: &Url, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self.send(to, bytes).await.what {
            Came::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    /// Status and body, or why there is none: an answer that is cut off would be another answer.
    async fn ask(&self, to: &Url, bytes: Vec<u8>) -> Result<(u16, Vec<u8>), String> {
        let lost = |error: reqwest::Error| error.without_url().to_string();
        let request = self.0.post(to.clone()).body(bytes);
        let request = request.header(CONTENT_TYPE, "application/xml");
        let mut response = request.send().await.map_err(lost)?;
        let (status, mut answer) = (response.status().as_u16(), Vec::new());
        while let Some(part) = response.chunk().await.map_err(lost)? {
            if answer.len() + part.len() > LONGEST {
                return Err(format!("an answer of more than {LONGEST} bytes"));
            }
            answer.extend_from_slice(&part);
        }
        Ok((status, answer))
    }
}
