//! Listens for messages, hands them to a role, and stops without cutting anybody off.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use riktig_journal::chain::LONGEST_MESSAGE;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::layers::arrival;
use crate::serve::ServeError;

/// How many at once, and how long each may take to arrive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Messages in the works at once: each waits for a commit that it shares with 63 others at most.
    pub(super) at_once: usize,
    /// Messages on their way in at once. They have places of their own, so that whoever sends slowly holds nobody's, and what all
    /// of them hold is bounded: 256 MB.
    pub(super) arriving: usize,
    /// Longest that a message takes to arrive; no pause in it may be longer than two seconds.
    pub(super) body: Duration,
}

impl Limits {
    pub(super) const SERVED: Self = Self {
        at_once: 512,
        arriving: 512,
        body: Duration::from_secs(10),
    };
}

/// Longest a message is worked on, from its last byte on.
const LONGEST: Duration = Duration::from_secs(20);
/// How long the end waits for messages under way.
const PATIENCE: Duration = Duration::from_secs(25);
/// When to come back, in seconds.
const COME_BACK: HeaderValue = HeaderValue::from_static("1");
const XML: &str = "application/xml";

/// What a role answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// A message, a receipt among them, also one that refuses: 200.
    Answer(Vec<u8>),
    /// What came is no message that a receipt could be written for, and why: 400.
    NotAMessage(String),
    /// It could not be taken now; the same message again will be: 503.
    ComeBack,
}

/// A role: the bytes of a message to what it answers.
pub type Receive =
    Arc<dyn Fn(Vec<u8>) -> Pin<Box<dyn Future<Output = Received> + Send>> + Send + Sync>;

/// The port of a role, taken but not yet answered on.
#[derive(Debug)]
pub struct ChainListening {
    pub(super) listener: TcpListener,
    pub(super) router: Router,
}

#[derive(Clone)]
struct Server {
    receive: Receive,
    limits: Limits,
    arriving: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

/// Takes a port (0: any free one).
///
/// # Errors
/// When it is taken.
pub async fn listen(address: SocketAddr, receive: Receive) -> Result<ChainListening, ServeError> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|source| ServeError::Listen { address, source })?;
    Ok(ChainListening {
        listener,
        router: router(receive, Limits::SERVED),
    })
}

pub(super) fn router(receive: Receive, limits: Limits) -> Router {
    let server = Server {
        receive,
        limits,
        arriving: Arc::new(Semaphore::new(limits.arriving)),
        room: Arc::new(Semaphore::new(limits.at_once)),
    };
    Router::new()
        .route("/messages", post(take))
        .route("/health", get(async || "ok\n"))
        .with_state(server)
}

impl ChainListening {
    /// Where it answers.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until `stop` is over; messages under way are then finished.
    ///
    /// # Errors
    /// When the server ended by itself.
    pub async fn run(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let (stopped, mut stopping) = watch::channel(false);
        let asked = async move {
            stop.await;
            let _ = stopped.send(true); // nobody listens where the server has ended by itself
        };
        let served = axum::serve(self.listener, self.router).with_graceful_shutdown(asked);
        let cut_off = async move {
            let _ = stopping.wait_for(|stop| *stop).await; // the sender gone means the same
            tokio::time::sleep(PATIENCE).await;
        };
        tokio::select! {
            ended = served.into_future() => ended.map_err(ServeError::Ended),
            () = cut_off => {
                tracing::warn!("messages under way were cut off: they took too long");
                Ok(())
            }
        }
    }
}

async fn take(State(server): State<Server>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if !is_xml(&parts.headers) {
        let words = "send the message as application/xml\n";
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, words).into_response();
    }
    let bytes = match server.arrived(&parts.headers, body).await {
        Ok(bytes) => bytes,
        Err(refused) => return refused,
    };
    let Ok(room) = server.room.clone().try_acquire_owned() else {
        return come_back();
    };
    let working = (server.receive)(bytes.into());
    // A task of its own: the sender who goes away does not take a message back that others share a commit with, and a fault
    // ends this message only. It has its place until it is done, whoever still waits for it.
    let taken = tokio::spawn(async move {
        let received = working.await;
        drop(room);
        received
    });
    match tokio::time::timeout(LONGEST, taken).await {
        Ok(Ok(Received::Answer(bytes))) => ([(header::CONTENT_TYPE, XML)], bytes).into_response(),
        Ok(Ok(Received::NotAMessage(why))) => (StatusCode::BAD_REQUEST, why + "\n").into_response(),
        Ok(Ok(Received::ComeBack)) | Err(_) => come_back(),
        Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Server {
    /// All of a message, or what its sender is answered.
    async fn arrived(&self, headers: &HeaderMap, body: Body) -> Result<Bytes, Response> {
        if arrival::declared(headers).is_some_and(|long| long > LONGEST_MESSAGE) {
            return Err(StatusCode::PAYLOAD_TOO_LARGE.into_response());
        }
        let Ok(_place) = self.arriving.try_acquire() else {
            return Err(come_back());
        };
        let all = arrival::read(body, LONGEST_MESSAGE);
        let all = tokio::time::timeout(self.limits.body, all).await;
        all.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
            .map_err(IntoResponse::into_response)
    }
}

fn is_xml(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim());
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case(XML) || kind.eq_ignore_ascii_case("text/xml"))
}

fn come_back() -> Response {
    let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, COME_BACK);
    response
}
