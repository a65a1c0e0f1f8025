//! The wire of the demonstration: `POST /messages` over HTTP, the answer in the response (decision 0016, point 6).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use riktig_journal::chain::LONGEST_MESSAGE;
use url::Url;

/// Gives a message to its receiver and brings the answer; nothing where there was none.
pub type Wire =
    Arc<dyn Fn(Vec<u8>) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>> + Send + Sync>;

/// How long a receiver may take: it answers when the message is on its disk.
const PATIENCE: Duration = Duration::from_secs(20);

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make a client for {url}; use an http or https address")]
pub struct WireError {
    url: Url,
    source: reqwest::Error,
}

/// A wire to a role at this address: messages go to `messages` below it. No redirect is followed.
///
/// # Errors
/// The client cannot be made.
pub fn over_http(base: &Url) -> Result<Wire, WireError> {
    let wrong = |source| WireError {
        url: base.clone(),
        source,
    };
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .map_err(wrong)?;
    let mut url = base.clone();
    let path = format!("{}/messages", base.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(Arc::new(move |message| {
        Box::pin(send(client.clone(), url.clone(), message))
    }))
}

async fn send(client: reqwest::Client, url: Url, message: Vec<u8>) -> Option<Vec<u8>> {
    let request = client
        .post(url)
        .header("content-type", "application/xml")
        .body(message);
    let mut answer = request.send().await.ok()?;
    if !answer.status().is_success() {
        return None;
    }
    let mut bytes = Vec::new();
    while let Some(part) = answer.chunk().await.ok()? {
        if bytes.len() + part.len() > LONGEST_MESSAGE {
            return None; // no answer is as long
        }
        bytes.extend_from_slice(&part);
    }
    Some(bytes)
}
