//! What the server does with what comes, whatever the role.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use tower::ServiceExt as _;

mod attacked;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::server::{Limits, router};
use super::*;
use riktig_journal::chain::LONGEST_MESSAGE;

/// Gives back what it got, or what its first byte asks for.
fn echo() -> Receive {
    std::sync::Arc::new(|bytes: Vec<u8>| {
        Box::pin(async move {
            match bytes.first() {
                Some(b'!') => Received::NotAMessage("not XML".to_owned()),
                Some(b'?') => Received::ComeBack,
                Some(b'#') => panic!("a fault"),
                _ => Received::Answer(bytes),
            }
        })
    })
}

fn post(kind: &str, body: Vec<u8>) -> Request<Body> {
    let request = Request::post("/messages").header(header::CONTENT_TYPE, kind);
    request.body(Body::from(body)).unwrap()
}

async fn answer(request: Request<Body>) -> (StatusCode, Response) {
    let router = router(echo(), Limits::SERVED);
    let response = router.oneshot(request).await.unwrap();
    (response.status(), response)
}

#[tokio::test]
async fn a_message_is_answered_with_a_message() {
    let (status, response) = answer(post("application/xml; charset=utf-8", b"<a/>".to_vec())).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/xml");
    assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), "<a/>");
}

#[tokio::test]
async fn what_is_no_message_is_told_so_and_what_cannot_be_taken_now_may_come_again() {
    assert_eq!(
        answer(post("text/xml", b"!".to_vec())).await.0,
        StatusCode::BAD_REQUEST
    );
    let (status, response) = answer(post("text/xml", b"?".to_vec())).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key(header::RETRY_AFTER));
    assert_eq!(
        answer(post("text/xml", b"#".to_vec())).await.0,
        StatusCode::INTERNAL_SERVER_ERROR
    );
}

#[tokio::test]
async fn what_is_too_long_or_of_another_kind_is_not_read() {
    let long = vec![b' '; LONGEST_MESSAGE + 1];
    assert_eq!(
        answer(post("text/xml", long)).await.0,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(
        answer(post("application/json", b"{}".to_vec())).await.0,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let get = Request::get("/messages").body(Body::empty()).unwrap();
    assert_eq!(answer(get).await.0, StatusCode::METHOD_NOT_ALLOWED);
    let health = Request::get("/health").body(Body::empty()).unwrap();
    assert_eq!(answer(health).await.0, StatusCode::OK);
}

/// On a port of its own, with room for one message that arrives within 600 ms.
async fn narrow() -> SocketAddr {
    let limits = Limits {
        at_once: 1,
        arriving: 1,
        body: Duration::from_millis(600),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router(echo(), limits);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Begins a message of 1,000 bytes.
async fn begin(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/xml\r\nContent-Length: 1000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

async fn status(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.chars().skip(9).take(3).collect()
}

#[tokio::test]
async fn a_message_that_comes_a_byte_at_a_time_is_ended_and_the_next_one_has_its_place() {
    let address = narrow().await;
    let began = Instant::now();
    let (mut reader, mut writer) = begin(address).await.into_split();
    let drip = tokio::spawn(async move {
        for _ in 0..100 {
            if writer.write_all(b"<").await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    let mut second = begin(address).await;
    second.write_all(&[b' '; 1000]).await.unwrap();
    assert_eq!(status(second).await, "503", "one at a time arrives");
    let mut answer = [0; 12];
    reader.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    assert!(began.elapsed() < Duration::from_secs(5), "not all of it");
    let mut third = begin(address).await;
    third.write_all(&[b' '; 1000]).await.unwrap();
    assert_eq!(status(third).await, "200");
    drip.abort();
}

#[tokio::test]
async fn a_message_without_a_length_is_read_to_its_limit_only() {
    let address = narrow().await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = "POST /messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let (mut reader, mut writer) = stream.into_split();
    let flood = tokio::spawn(async move {
        let chunk = format!("10000\r\n{}\r\n", "a".repeat(0x10000));
        while writer.write_all(chunk.as_bytes()).await.is_ok() {}
    });
    let mut answer = [0; 12];
    reader.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
    flood.abort();
}
