//! What a client did not send is read from its own server, and from no other.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::world::{Wish, World, call};

/// A FHIR server of a client: what it was asked, and what it answers.
struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers every read with a resource of this call's prefetch, by its type, after `wait`.
    async fn start(prefetch: Value, wait: Duration) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("a port");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let known = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (prefetch, known) = (prefetch.clone(), Arc::clone(&known));
                tokio::spawn(async move {
                    let mut head = vec![0; 8_192];
                    let read = stream.read(&mut head).await.unwrap_or(0);
                    let head = String::from_utf8_lossy(&head[..read]).into_owned();
                    known.lock().expect("nobody panics").push(head.clone());
                    tokio::time::sleep(wait).await;
                    let body = resource(&prefetch, &head).to_string();
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\ncontent-type: application/fhir+json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let _ = stream.write_all(answer.as_bytes()).await; // who asks may have gone
                });
            }
        });
        Server { address, asked }
    }

    fn base(&self) -> String {
        format!("http://{}/fhir", self.address)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panics").clone()
    }
}

fn resource(prefetch: &Value, head: &str) -> Value {
    let path = head.split(' ').nth(1).unwrap_or_default();
    let of = |kind: &str| path.starts_with(&format!("/fhir/{kind}"));
    let key = match () {
        () if of("Patient/") => "patient",
        () if of("Condition") => "conditions",
        () if of("AllergyIntolerance") => "allergies",
        () if of("MedicationStatement") => "medicationStatements",
        () if of("MedicationRequest") => "medicationRequests",
        () => "observations",
    };
    prefetch[key].clone()
}

/// A call that sends nothing along but where to read.
fn bare(server: &str, token: Option<&str>) -> (Value, Value) {
    let mut call = call("order-sign", "bare");
    let prefetch = call["prefetch"].take();
    call.as_object_mut().expect("an object").remove("prefetch");
    call["fhirServer"] = json!(server);
    if let Some(token) = token {
        call["fhirAuthorization"] = json!({ "access_token": token, "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.read", "subject": "s" });
    }
    (call, prefetch)
}

#[tokio::test]
async fn what_was_not_sent_is_read_with_the_clients_token() {
    let (_, prefetch) = bare("", None);
    let server = Server::start(prefetch, Duration::ZERO).await;
    let base = server.base();
    let world = World::of(Wish {
        fhir_server: Some(&base),
        ..Wish::default()
    })
    .await;
    let sent = world.call(&call("order-sign", "bare")).await.cards();
    let (bare, _) = bare(&base, Some("secret-token"));
    let read = world.call(&bare).await.cards();
    assert_eq!(read, sent, "read or sent, the advice is the same");
    let asked = server.asked();
    assert_eq!(asked.len(), 8);
    assert!(asked.iter().all(|head| {
        head.to_ascii_lowercase()
            .contains("authorization: bearer secret-token")
    }));
    let about = |head: &String| head.contains("p1") || head.contains("/Practitioner/");
    assert!(
        asked.iter().all(about),
        "only this patient and the user are asked about"
    );
}

#[tokio::test]
async fn a_server_that_operators_did_not_write_down_is_never_asked() {
    let (_, prefetch) = bare("", None);
    let server = Server::start(prefetch, Duration::ZERO).await;
    let known = "https://epj.example.no/fhir";
    let world = World::of(Wish {
        fhir_server: Some(known),
        ..Wish::default()
    })
    .await;
    for address in [
        server.base(),
        format!("{known}@{}", server.address),
        format!("{}/fhir/../fhir", server.base()),
    ] {
        let (bare, _) = bare(&address, Some("t"));
        assert_eq!(world.call(&bare).await.status, 412, "{address}");
    }
    assert!(server.asked().is_empty());
    // Nor without a token, nor for a client that has no server.
    let base = server.base();
    let world = World::of(Wish {
        fhir_server: Some(&base),
        ..Wish::default()
    })
    .await;
    assert_eq!(world.call(&bare(&base, None).0).await.status, 412);
    let world = World::new().await;
    assert_eq!(world.call(&bare(&base, Some("t")).0).await.status, 412);
    assert!(server.asked().is_empty());
}

#[tokio::test]
async fn a_slow_server_costs_its_budget_and_no_more() {
    let (_, prefetch) = bare("", None);
    let server = Server::start(prefetch, Duration::from_secs(30)).await;
    let base = server.base();
    let environment = [("RIKTIG_HOOKS__FETCH_MILLISECONDS", "300")];
    let world = World::of(Wish {
        fhir_server: Some(&base),
        environment: &environment,
        ..Wish::default()
    })
    .await;
    let began = std::time::Instant::now();
    let answer = world.call(&bare(&base, Some("t")).0).await;
    assert_eq!(answer.status, 412, "what did not come in time is not known");
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
}

#[tokio::test]
async fn a_server_that_answers_about_another_patient_ends_the_call() {
    let (_, mut prefetch) = bare("", None);
    prefetch["patient"]["id"] = json!("somebody-else");
    let server = Server::start(prefetch, Duration::ZERO).await;
    let base = server.base();
    let world = World::of(Wish {
        fhir_server: Some(&base),
        ..Wish::default()
    })
    .await;
    let answer = world.call(&bare(&base, Some("t")).0).await;
    assert_eq!(answer.status, 400);
    assert!(!answer.body.contains("somebody-else"));
}
