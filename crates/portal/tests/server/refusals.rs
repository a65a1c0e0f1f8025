//! What is refused before any page is asked.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Duration;

use crate::world::{HOST, World, request};

#[tokio::test]
async fn what_is_not_there_is_a_page_of_ours_in_the_readers_language() {
    let world = World::new().await;
    let mut titles = Vec::new();
    for lang in ["nb", "nn", "en"] {
        let cookie = format!("language={lang}");
        let answer = world.get("/nothing/here", &cookie).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(
            answer.body.contains(&format!("<html lang=\"{lang}\"")),
            "{}",
            answer.body
        );
        assert!(
            answer.body.contains(answer.header("x-request-id")),
            "the reference is told"
        );
        titles.push(
            answer
                .body
                .split("<h1")
                .nth(1)
                .unwrap_or_default()
                .chars()
                .take(60)
                .collect::<String>(),
        );
    }
    titles.dedup();
    assert_eq!(titles.len(), 3, "{titles:?}");
}

#[tokio::test]
async fn a_method_that_a_page_has_not_is_a_page_with_what_it_has() {
    let world = World::new().await;
    let answer = world.post("/about", "", "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET,HEAD");
    assert!(answer.header("content-type").starts_with("text/html"));
    for method in ["TRACE", "PUT", "DELETE", "CONNECTION"] {
        let answer = world.ask(request(method, "/", "", "")).await;
        assert!(
            answer.status.is_client_error(),
            "{method}: {}",
            answer.status
        );
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let world = World::with(&[("RIKTIG_LIMITS__BODY_BYTES", "2048")]).await;
    let answer = world.post("/login/demo", "", &"a".repeat(3000)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn a_request_for_another_host_is_not_for_us() {
    let world = World::new().await;
    for host in [
        "evil.example",
        "127.0.0.1.evil.example",
        "",
        "127.0.0.1:8080@evil.example",
    ] {
        let request = Request::get("/")
            .header(header::HOST, host)
            .body(Body::empty());
        let answer = world.ask(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let none = world
        .ask(Request::get("/").body(Body::empty()).unwrap())
        .await;
    assert_eq!(none.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn another_sites_form_changes_nothing() {
    let world = World::new().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let request = Request::post("/login/demo")
            .header(header::HOST, HOST)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from("persona=doctor"));
        let answer = world.ask(request.unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.set_cookie("riktig").is_none());
    }
}

#[tokio::test]
async fn who_asks_too_often_is_asked_to_wait_and_others_are_not() {
    let world = World::with(&[("RIKTIG_LIMITS__REQUESTS_PER_MINUTE", "5")]).await;
    let session = world.log_in("doctor").await;
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = world.get("/about", &session).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let other = world.log_in("operator").await;
    assert_eq!(world.get("/about", &other).await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_locks_the_browser_down() {
    let world = World::new().await;
    for path in ["/", "/about", "/nothing", "/health/live", "/login"] {
        let answer = world.get(path, "").await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            answer.header("cache-control"),
            "private, no-store",
            "{path}"
        );
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer.header("strict-transport-security").is_empty(),
            "{path}"
        );
        assert!(
            !answer.body.contains(" style=\"") && !answer.body.contains("<script>"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_built_in_file_is_kept_for_ever_under_the_name_of_its_bytes() {
    let world = World::new().await;
    let page = world.get("/", "").await.body;
    let address = page
        .split('"')
        .find(|part| part.starts_with("/assets/"))
        .unwrap()
        .to_owned();
    let answer = world.get(&address, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("cache-control").contains("immutable"));
    for not in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e%2fCargo.toml",
        "/assets/portal.css",
    ] {
        assert!(world.get(not, "").await.status.is_client_error(), "{not}");
    }
}

/// The portal on a port of its own.
async fn served(world: &World) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it has one");
    let router = world.portal.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Begins a form of a hundred bytes.
async fn begin(address: std::net::SocketAddr) -> TcpStream {
    let mut slow = TcpStream::connect(address).await.expect("it listens");
    let head = format!(
        "POST /login/demo HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\npersona="
    );
    slow.write_all(head.as_bytes()).await.expect("it is sent");
    slow
}

#[tokio::test]
async fn who_sends_slowly_holds_nobodys_place_and_is_told_so() {
    let world = World::with(&[("RIKTIG_LIMITS__REQUESTS_AT_ONCE", "1")]).await;
    let address = served(&world).await;
    let mut slow = begin(address).await;
    // Until the server has read its head.
    tokio::time::sleep(Duration::from_millis(200)).await;
    for path in ["/", "/about"] {
        assert_eq!(world.get(path, "").await.status, StatusCode::OK, "{path}");
    }
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn of_forms_that_do_not_end_there_are_only_so_many() {
    let world = World::with(&[("RIKTIG_LIMITS__REQUESTS_AT_ONCE", "1")]).await;
    let address = served(&world).await;
    let mut slow = Vec::new();
    for _ in 0..4 {
        slow.push(begin(address).await);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let answer = world.post("/login/demo", "", "persona=doctor").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(world.get("/", "").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_without_a_length_is_read_to_its_limit_only() {
    let world = World::with(&[("RIKTIG_LIMITS__BODY_BYTES", "2048")]).await;
    let address = served(&world).await;
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let head = format!(
        "POST /login/demo HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://{HOST}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("it is sent");
    let chunk = format!("400\r\n{}\r\n", "a".repeat(0x400));
    stream
        .write_all(chunk.repeat(3).as_bytes())
        .await
        .expect("it is sent");
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn by_default_a_flood_from_one_source_ends_and_a_full_waiting_room_does_not() {
    let world = World::new().await;
    let most = world.portal.config().limits.requests_per_minute;
    assert_eq!(most, Some(6_000));
    let session = world.log_in("doctor").await;
    for _ in 0..600 {
        assert_eq!(
            world.get("/health/live", &session).await.status,
            StatusCode::OK
        );
    }
}
