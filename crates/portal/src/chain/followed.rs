//! A page that follows prescriptions through every link, for a demonstration on loopback: no login, so invented people only.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;

use super::server::ChainListening;
use crate::serve::ServeError;

/// A prescription on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Its id.
    pub id: String,
    /// What was prescribed, and with which diagnosis.
    pub title: String,
    /// What each link took about it, in the order in which it happened.
    pub steps: Vec<FollowedStep>,
    /// How it stands at each link that keeps it: link and status.
    pub stands: Vec<(String, String)>,
}

/// A message that a link took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedStep {
    /// When.
    pub at: String,
    /// Which link took it.
    pub link: String,
    /// Its kind.
    pub kind: String,
    /// What came of it.
    pub result: String,
}

/// Reads what the links keep; why it cannot be read, as text.
pub type Follow = Arc<
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<Vec<Followed>, String>> + Send>> + Send + Sync,
>;

#[derive(Template)]
#[template(path = "chain/followed.html")]
struct Page {
    prescriptions: Vec<Followed>,
}

/// Styles stand in the page, and nothing else is fetched.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");

/// Takes a port on this machine for the page; others than loopback are refused.
///
/// # Errors
/// When the port is taken, or the address is not loopback.
pub async fn listen_followed(
    address: SocketAddr,
    follow: Follow,
) -> Result<ChainListening, ServeError> {
    if !address.ip().is_loopback() {
        let source = std::io::Error::other("the page has no login; listen on 127.0.0.1");
        return Err(ServeError::Listen { address, source });
    }
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|source| ServeError::Listen { address, source })?;
    let router = Router::new().route("/", get(page)).with_state(follow);
    Ok(ChainListening { listener, router })
}

async fn page(State(follow): State<Follow>) -> Response {
    let shown = match follow().await {
        Ok(prescriptions) => Page { prescriptions }
            .render()
            .map_err(|error| error.to_string()),
        Err(why) => Err(why),
    };
    match shown {
        Ok(html) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response(),
        Err(why) => {
            tracing::error!(cause = why, "the page cannot be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
