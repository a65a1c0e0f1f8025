//! What systems are refused, and how they are told.

use std::time::Duration;

use riktig_helseid::PrivateKey;
use riktig_portal::MACHINE_ROUTES;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::wire::{Answer, HOST, Request, raw};
use crate::world::{FEEDBACK, NOW, SERVICE, Wish, World, call};

/// A path of a template.
fn filled(template: &str) -> String {
    let path = template.replace("{service}", "riktig-antibiotics");
    path.replace("{kind}", "PlanDefinition")
        .replace("{id}", "x")
}

#[tokio::test]
async fn every_closed_route_wants_a_token_and_no_open_one_does() {
    let world = World::new().await;
    let foreign = PrivateKey::from_jwk(PrivateKey::generate_p384().reveal()).expect("a key");
    for route in MACHINE_ROUTES {
        let path = filled(route.path);
        let request = Request::new(route.method, &path).with("content-type", "application/json");
        let request = request.body(b"{}");
        let answer = request.send(world.address).await;
        if route.open {
            assert!(
                [200, 400, 404].contains(&answer.status),
                "{path}: {answer:?}"
            );
            continue;
        }
        assert_eq!(
            (answer.status, answer.issue().as_str()),
            (401, "login"),
            "{path}"
        );
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        let aud = format!("https://{HOST}{path}");
        let claims = json!({ "iss": crate::world::ISSUER, "aud": aud, "iat": NOW, "exp": NOW + 60, "jti": "x" });
        let forged = foreign.sign(&json!({ "kid": world.key.kid() }), &claims);
        assert_eq!(
            request
                .clone()
                .bearer(&forged)
                .send(world.address)
                .await
                .status,
            401,
            "{path}"
        );
        let cookie = request.with("cookie", "__Host-riktig=AAAA");
        assert_eq!(cookie.send(world.address).await.status, 401, "{path}");
    }
}

#[tokio::test]
async fn every_route_is_listed_once_and_names_its_file() {
    let mut seen = std::collections::BTreeSet::new();
    for route in MACHINE_ROUTES {
        assert!(seen.insert((route.method, route.path)), "{}", route.path);
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("src")
            .join(route.file);
        assert!(file.is_file(), "{} is not there", route.file);
    }
}

#[tokio::test]
async fn tokens_that_do_not_count_are_refused_by_name_of_their_fault() {
    let world = World::new().await;
    let body = call("order-sign", "x");
    let send = async |token: &str| {
        Request::post(SERVICE, &body)
            .bearer(token)
            .send(world.address)
            .await
    };
    for (changes, status) in [
        (json!({ "aud": format!("https://{HOST}{FEEDBACK}") }), 401),
        (
            json!({ "aud": format!("https://{HOST}/cds-services") }),
            401,
        ),
        (json!({ "exp": NOW - 60, "iat": NOW - 200 }), 401),
        (json!({ "exp": NOW + 3600 }), 401),
        (json!({ "iat": NOW + 120 }), 401),
        (json!({ "jti": null }), 401),
        (json!({ "iss": "https://somebody.example" }), 403),
    ] {
        let answer = send(&world.token(SERVICE, &changes)).await;
        assert_eq!(answer.status, status, "{changes}: {answer:?}");
        assert!(!answer.issue().is_empty());
    }
    let once = world.token(SERVICE, &json!({}));
    assert_eq!(send(&once).await.status, 200);
    let again = send(&once).await;
    assert_eq!(again.status, 401);
    assert!(again.body.contains("used before"), "{again:?}");
}

#[tokio::test]
async fn a_token_that_was_used_is_known_to_every_server_on_the_journal_and_after_a_restart() {
    let world = World::new().await;
    let other = world.another_server().await;
    let body = call("order-sign", "x");
    let send = async |token: &str, address| {
        let request = Request::post(SERVICE, &body).bearer(token);
        request.send(address).await
    };
    let once = world.token(SERVICE, &json!({}));
    assert_eq!(send(&once, world.address).await.status, 200);
    // The token is written down with what was advised.
    world.portal.advice_noted().await;
    let again = send(&once, other).await;
    assert_eq!(again.status, 401);
    assert!(again.body.contains("used before"), "{again:?}");
    let fresh = world.token(SERVICE, &json!({}));
    assert_eq!(send(&fresh, other).await.status, 200);
}

#[tokio::test]
async fn a_token_of_which_the_journal_cannot_tell_whether_it_was_used_is_refused() {
    let world = World::new().await;
    assert_eq!(world.call(&call("order-sign", "x")).await.status, 200);
    world.journal.close().await;
    let answer = world.call(&call("order-sign", "y")).await;
    assert_eq!((answer.status, answer.issue().as_str()), (503, "transient"));
}

#[tokio::test]
async fn a_token_without_a_signature_or_signed_with_the_public_key_is_refused() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
    let world = World::new().await;
    let token = world.token(SERVICE, &json!({}));
    let payload = token.split('.').nth(1).expect("three parts");
    for alg in ["none", "HS256"] {
        let header = BASE64.encode(json!({ "alg": alg, "kid": world.key.kid() }).to_string());
        let forged = format!("{header}.{payload}.{}", BASE64.encode("signature"));
        let request = Request::post(SERVICE, &call("order-sign", "x")).bearer(&forged);
        let answer = request.send(world.address).await;
        assert_eq!(answer.status, 401, "{alg}");
        assert!(answer.body.contains("algorithm"), "{answer:?}");
    }
}

#[tokio::test]
async fn another_algorithm_counts_only_where_it_is_configured() {
    for (algorithms, status) in [("ES384 RS384", 401), ("ES384 ES256", 200)] {
        let environment = [("RIKTIG_HOOKS__ALGORITHMS", algorithms)];
        let wish = Wish {
            environment: &environment,
            ..Wish::default()
        };
        let mut world = World::of(wish).await;
        world.key = PrivateKey::from_jwk(PrivateKey::generate().reveal()).expect("a key");
        let terms = riktig_journal::cds_client::Terms {
            name: "Older".to_owned(),
            issuer: crate::world::ISSUER.to_owned(),
            keys: riktig_journal::cds_client::Keys::Here(
                json!({ "keys": [world.key.public_jwk()] }).to_string(),
            ),
            fhir_server: None,
            newer: false,
            until: crate::world::clock() + jiff::SignedDuration::from_hours(24),
        };
        world.admit(&terms).await;
        tokio::time::sleep(Duration::from_millis(1_050)).await;
        assert_eq!(
            world.call(&call("order-sign", "x")).await.status,
            status,
            "{algorithms}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_told_by_status_and_outcome() {
    let world = World::new().await;
    let send = async |request: Request| {
        let token = world.token(SERVICE, &json!({}));
        request.bearer(&token).send(world.address).await
    };
    let post = |body: &str| {
        Request::new("POST", SERVICE)
            .with("content-type", "application/json")
            .body(body.as_bytes())
    };
    let mut other = call("order-sign", "x");
    other["prefetch"]["patient"]["id"] = json!("somebody-else");
    let mut hook = call("order-sign", "x");
    hook["hook"] = json!("encounter-start");
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (request, status) in [
        (post(""), 400),
        (post("{"), 400),
        (post("[]"), 400),
        (post("{}"), 400),
        (post(&nested), 400),
        (post("\u{0}"), 400),
        (post(&hook.to_string()), 400),
        (post(&other.to_string()), 400),
        (post("{}").with("content-type", "text/plain"), 415),
        (post("{}").with("content-type", ""), 415),
        (
            post("{}").with("content-type", "application/x-www-form-urlencoded"),
            415,
        ),
    ] {
        let answer = send(request).await;
        assert_eq!(answer.status, status, "{answer:?}");
        assert!(!answer.issue().is_empty());
        assert!(
            !answer.body.contains("somebody-else"),
            "nothing of a patient comes back"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_served_is_told_as_json() {
    let world = World::new().await;
    let path = "/cds-services/another";
    assert_eq!(world.post(path, &json!({})).await.issue(), "not-found");
    let wrong = Request::new("PUT", SERVICE).send(world.address).await;
    assert_eq!((wrong.status, wrong.header("allow")), (405, "POST"));
    assert_eq!(wrong.issue(), "not-supported");
    let foreign = Request::post(SERVICE, &json!({})).with("host", "evil.example");
    assert_eq!(foreign.send(world.address).await.status, 421);
}

#[tokio::test]
async fn a_browser_may_ask_first_and_is_told_without_a_token() {
    let world = World::new().await;
    for path in [
        "/cds-services",
        SERVICE,
        FEEDBACK,
        "/guideline.json",
        "/fhir/PlanDefinition",
    ] {
        let request = Request::new("OPTIONS", path)
            .with("origin", "https://epj.example.no")
            .with("access-control-request-method", "POST")
            .with(
                "access-control-request-headers",
                "authorization,content-type",
            );
        let answer = request.send(world.address).await;
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert!(
            answer
                .header("access-control-allow-headers")
                .contains("authorization")
        );
        assert!(
            answer.header("access-control-allow-credentials").is_empty(),
            "no cookie is ever read"
        );
    }
    let token = world.token(SERVICE, &json!({}));
    let request = Request::post(SERVICE, &call("order-sign", "x")).bearer(&token);
    let request = request
        .with("origin", "https://epj.example.no")
        .with("sec-fetch-site", "cross-site");
    let answer = request.send(world.address).await;
    assert_eq!(
        (answer.status, answer.header("access-control-allow-origin")),
        (200, "*")
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() {
    let world = World::of(Wish {
        environment: &[("RIKTIG_HOOKS__BODY_BYTES", "4096")],
        ..Wish::default()
    })
    .await;
    let token = world.token(SERVICE, &json!({}));
    let large = Request::new("POST", SERVICE)
        .with("content-type", "application/json")
        .bearer(&token);
    let answer = large.body(&vec![b' '; 5_000]).send(world.address).await;
    assert_eq!((answer.status, answer.issue().as_str()), (413, "too-long"));
    let token = world.token(SERVICE, &json!({}));
    let mut bytes = format!(
        "POST {SERVICE} HTTP/1.1\r\nhost: {HOST}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         authorization: Bearer {token}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    for _ in 0..6 {
        bytes.push_str(&format!("400\r\n{}\r\n", " ".repeat(1024)));
    }
    bytes.push_str("0\r\n\r\n");
    assert_eq!(raw(world.address, bytes.as_bytes()).await.status, 413);
}

#[tokio::test]
async fn who_sends_slowly_is_told_so_and_keeps_nobody_waiting() {
    let world = World::new().await;
    let token = world.token(SERVICE, &json!({}));
    let head = format!(
        "POST {SERVICE} HTTP/1.1\r\nhost: {HOST}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         authorization: Bearer {token}\r\ncontent-length: 100\r\n\r\n{{"
    );
    let mut slow = tokio::net::TcpStream::connect(world.address)
        .await
        .expect("it listens");
    slow.write_all(head.as_bytes()).await.expect("it is read");
    assert_eq!(
        world.call(&call("order-sign", "x")).await.status,
        200,
        "others are answered meanwhile"
    );
    let mut came = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(6), slow.read_to_end(&mut came)).await;
    read.expect("it ends").expect("an answer");
    let answer = Answer::parse(&came);
    assert_eq!((answer.status, answer.issue().as_str()), (408, "timeout"));
}

#[tokio::test]
async fn more_calls_in_a_minute_than_are_allowed_are_asked_to_come_back() {
    let world = World::of(Wish {
        environment: &[("RIKTIG_HOOKS__REQUESTS_PER_MINUTE", "3")],
        ..Wish::default()
    })
    .await;
    let statuses: Vec<u16> = {
        let mut all = Vec::new();
        for _ in 0..4 {
            all.push(
                Request::get("/fhir/metadata")
                    .send(world.address)
                    .await
                    .status,
            );
        }
        all
    };
    assert_eq!(statuses, [200, 200, 200, 429]);
    let page = Request::get("/about").send(world.address).await;
    assert_eq!(
        page.status, 200,
        "people's pages have a measure of their own"
    );
}

#[tokio::test]
async fn without_a_journal_no_advice_is_given() {
    let world = World::new().await;
    assert_eq!(world.call(&call("order-sign", "x")).await.status, 200);
    world.journal.close().await;
    tokio::time::sleep(Duration::from_millis(5_200)).await;
    let answer = world.call(&call("order-sign", "y")).await;
    assert_eq!((answer.status, answer.issue().as_str()), (503, "transient"));
    let value: Value = answer.json();
    assert!(value.get("cards").is_none());
}
