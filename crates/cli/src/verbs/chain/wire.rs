//! Messages to others over HTTP: `POST`, `application/xml`, the answer in the response.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use riktig_chain::certify::{Came, Reply};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest answer that is read, in bytes: a patient's list with all messages.
const LONGEST: usize = 4_000_000;

/// A way to others. A clone is the same.
#[derive(Debug, Clone)]
pub(super) struct Wire(Client);

impl Wire {
    pub(super) fn new() -> Result<Self> {
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .build();
        Ok(Self(client.context("cannot begin to use the network")?))
    }

    /// Sends a message and tells what came and how long it took.
    pub(super) async fn send(&self, to: &Url, bytes: Vec<u8>) -> Reply {
        let began = Instant::now();
        let what = match self.ask(to, bytes).await {
            Ok((StatusCode::OK, answer)) => Came::Answer(answer),
            Ok((status, _)) => Came::Status(status.as_u16()),
            Err(error) => Came::Nothing(error.without_url().to_string()),
        };
        Reply {
            what,
            took: began.elapsed(),
        }
    }
    /// Sends a message; nothing where no answer came.
    pub(super) async fn answer(&self, to: &Url, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self.send(to, bytes).await.what {
            Came::Answer(answer) => Some(answer),
            _ => None,
        }
    }

    async fn ask(&self, to: &Url, bytes: Vec<u8>) -> reqwest::Result<(StatusCode, Vec<u8>)> {
        let request = self.0.post(to.clone()).body(bytes);
        let request = request.header(CONTENT_TYPE, "application/xml");
        let mut response = request.send().await?;
        let (status, mut answer) = (response.status(), Vec::new());
        while let Some(part) = response.chunk().await? {
            if answer.len() + part.len() > LONGEST {
                break;
            }
            answer.extend_from_slice(&part);
        }
        Ok((status, answer))
    }
}
