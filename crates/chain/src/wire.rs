//! The way to one other link, as roles know it: a message goes, its answer comes. In the demonstration it is `POST /messages` over
//! HTTP (decision 0016, point 6); the health network's ebXML, or a test's other end, is another.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use url::Url;

use crate::http_client::{HttpClient, HttpClientError};

/// Gives a message to its receiver and brings the answer; nothing where there was none.
pub type Wire =
    Arc<dyn Fn(Vec<u8>) -> Pin<Box<dyn Future<Output = Option<Vec<u8>>> + Send>> + Send + Sync>;

/// A wire to a role at this address: messages go to `messages` below it.
///
/// # Errors
/// The client cannot be made.
pub fn over_http(base: &Url) -> Result<Wire, HttpClientError> {
    let client = HttpClient::new()?;
    let mut url = base.clone();
    let path = format!("{}/messages", base.path().trim_end_matches('/'));
    url.set_path(&path);
    Ok(Arc::new(move |message| {
        let (client, url) = (client.clone(), url.clone());
        Box::pin(async move { client.answer(&url, message).await })
    }))
}
