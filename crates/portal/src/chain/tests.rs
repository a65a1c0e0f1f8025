//! What the server does with what comes, whatever the role.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use tower::ServiceExt as _;

use super::server::router;
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
    let response = router(echo()).oneshot(request).await.unwrap();
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
