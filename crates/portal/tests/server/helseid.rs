//! Logging in at an issuer, through the portal: what comes back wrong gives nobody a session, and only the issuer ends one.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use riktig_testkit::issuer::{CLIENT_ID, Fault, Issuer};
use serde_json::{Value, json};
use url::Url;

use crate::world::{Answer, HOST, World, clock, logged};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// A portal and its issuer.
struct Door {
    issuer: Issuer,
    world: World,
}

/// A login under way: where the browser was sent, and the cookies that bind it to this browser and say where to go back to.
struct Begun {
    away: Url,
    cookie: String,
}

impl Door {
    async fn new() -> Door {
        let issuer = Issuer::start(clock()).await;
        let world = World::at(&issuer).await;
        Door { issuer, world }
    }

    async fn begin(&self) -> Begun {
        let answer = self.world.get("/login?to=/log", "").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        Begun {
            away: answer.header("location").parse().expect("an address"),
            cookie: ["riktig-login", "riktig-to"]
                .map(|name| answer.cookie(name).expect("it is bound"))
                .join("; "),
        }
    }

    /// Where the issuer sends the browser back to, once the doctor has said who they are.
    fn back(&self, begun: &Begun) -> String {
        let url = self.issuer.approve(&begun.away, "doctor");
        format!("{}?{}", url.path(), url.query().expect("it says something"))
    }

    async fn log_in(&self) -> String {
        let begun = self.begin().await;
        let answer = self.world.get(&self.back(&begun), &begun.cookie).await;
        assert_eq!(answer.header("location"), "/log", "{answer:?}");
        answer.cookie("riktig").expect("a session")
    }

    async fn is_logged_in(&self, session: &str) -> bool {
        self.world.get("/log", session).await.status == StatusCode::OK
    }

    /// A logout token as the issuer sends it, with these claims changed.
    fn logout_token(&self, jti: &str, changes: Value) -> String {
        self.issuer.sign("logout+jwt", &claims(jti, changes))
    }

    /// The issuer's server says that a session is over. It is no browser: it sends no cookie and no origin.
    async fn tell(&self, token: &str) -> Answer {
        let request = Request::post("/login/ended")
            .header(header::HOST, HOST)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("logout_token={token}")));
        self.world.ask(request.expect("a request")).await
    }
}

fn claims(jti: &str, changes: Value) -> Value {
    let mut claims = json!({
        "aud": CLIENT_ID, "sid": "session of doctor", "sub": "sub of doctor", "jti": jti, "events": { EVENT: {} },
    });
    for (name, value) in changes.as_object().expect("an object") {
        claims[name] = value.clone();
    }
    claims
}

/// The value of a name in the query.
fn named(path: &str, name: &str) -> String {
    let url = Url::parse("http://127.0.0.1").expect("an address");
    let url = url.join(path).expect("a path");
    let mut pairs = url.query_pairs();
    let found = pairs.find(|(key, _)| key == name);
    found.expect("it is there").1.into_owned()
}

fn refused(answer: &Answer, status: StatusCode, said: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(said), "{}", answer.body);
    assert!(answer.set_cookie("riktig").is_none(), "{answer:?}");
    assert!(answer.body.contains(answer.header("x-request-id")));
}

#[tokio::test]
async fn a_callback_that_does_not_belong_to_this_browsers_login_is_refused() {
    let door = Door::new().await;
    let said = "the login was begun in another window";
    let (own, others) = (door.begin().await, door.begin().await);
    let (back, strange) = (door.back(&own), door.back(&others));
    for (path, cookie) in [
        (&back, ""),
        (&back, "riktig-login=of-nobody"),
        (&strange, own.cookie.as_str()),
    ] {
        let answer = door.world.get(path, cookie).await;
        refused(&answer, StatusCode::BAD_REQUEST, said);
    }
    // Whoever was sent a strange callback begins anew: what was pending is used up.
    let answer = door.world.get(&back, &own.cookie).await;
    refused(&answer, StatusCode::BAD_REQUEST, said);
    assert_eq!(
        door.issuer.asked("token"),
        0,
        "no code was shown to anybody"
    );
    let log = logged();
    for path in [&back, &strange] {
        assert!(!log.contains(&named(path, "code")), "a code is in the log");
        assert!(
            !log.contains(&named(path, "state")),
            "a state is in the log"
        );
    }
}

#[tokio::test]
async fn an_error_of_the_issuer_is_said_as_what_the_person_can_do() {
    let door = Door::new().await;
    for (error, status, said) in [
        (
            "access_denied",
            StatusCode::BAD_REQUEST,
            "was stopped before",
        ),
        (
            "login_required",
            StatusCode::BAD_REQUEST,
            "was stopped before",
        ),
        (
            "server_error",
            StatusCode::BAD_GATEWAY,
            "does not answer as it should",
        ),
        (
            "&lt;script&gt;",
            StatusCode::BAD_GATEWAY,
            "does not answer as it should",
        ),
    ] {
        let begun = door.begin().await;
        let state = named(&door.back(&begun), "state");
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("error", error)
            .append_pair("state", &state);
        query.append_pair("iss", door.issuer.url());
        query.append_pair("error_description", "said by somebody");
        let path = format!("/login/callback?{}", query.finish());
        let answer = door.world.get(&path, &begun.cookie).await;
        refused(&answer, status, said);
        assert!(!answer.body.contains("said by somebody") && !answer.body.contains("script&"));
    }
    assert!(!logged().contains("said by somebody"));
}

#[tokio::test]
async fn a_code_is_worth_one_session() {
    let door = Door::new().await;
    let begun = door.begin().await;
    let back = door.back(&begun);
    let first = door.world.get(&back, &begun.cookie).await;
    assert!(first.set_cookie("riktig").is_some(), "{first:?}");
    let asked = door.issuer.asked("token");
    let again = door.world.get(&back, &begun.cookie).await;
    refused(&again, StatusCode::BAD_REQUEST, "begun in another window");
    assert_eq!(
        door.issuer.asked("token"),
        asked,
        "the issuer is not asked again"
    );
    // The used code in a login of one's own.
    let own = door.begin().await;
    let state = named(&door.back(&own), "state");
    let planted = back.replace(&named(&back, "state"), &state);
    assert_ne!(planted, back);
    let answer = door.world.get(&planted, &own.cookie).await;
    refused(
        &answer,
        StatusCode::BAD_GATEWAY,
        "does not answer as it should",
    );
}

#[tokio::test]
async fn a_callback_of_another_issuer_is_refused_before_its_code_is_sent_anywhere() {
    let door = Door::new().await;
    for issuer in [None, Some("https://evil.example.org")] {
        door.issuer.misbehave(Fault::CallbackIssuer(issuer));
        let begun = door.begin().await;
        let answer = door.world.get(&door.back(&begun), &begun.cookie).await;
        refused(
            &answer,
            StatusCode::BAD_GATEWAY,
            "does not answer as it should",
        );
        door.issuer.behave();
    }
    assert_eq!(door.issuer.asked("token"), 0);
    let session = door.log_in().await;
    assert!(door.is_logged_in(&session).await, "the right one lets in");
}

#[tokio::test]
async fn what_the_issuer_did_not_say_ends_nobodys_session() {
    let door = Door::new().await;
    let session = door.log_in().await;
    let right = door.logout_token("one", json!({}));
    let (content, signature) = right.rsplit_once('.').expect("three parts");
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let spoiled = format!("{content}.{other}{}", &signature[1..]);
    let stranger = Issuer::start(clock()).await;
    let iss = json!({ "iss": door.issuer.url() });
    let event = json!({ "events": { "http://schemas.openid.net/event/another": {} } });
    for (what, token) in [
        ("a spoiled signature", spoiled),
        (
            "another's key",
            stranger.sign("logout+jwt", &claims("two", iss)),
        ),
        (
            "another issuer",
            stranger.sign("logout+jwt", &claims("three", json!({}))),
        ),
        (
            "another audience",
            door.logout_token("four", json!({ "aud": "another" })),
        ),
        (
            "no event",
            door.logout_token("five", json!({ "events": null })),
        ),
        ("another event", door.logout_token("six", event)),
        (
            "a nonce",
            door.logout_token("seven", json!({ "nonce": "n" })),
        ),
        (
            "too old",
            door.logout_token("eight", json!({ "exp": clock().as_second() - 11 })),
        ),
        ("nothing", String::new()),
        ("no token", "x.y.z".to_owned()),
    ] {
        let answer = door.tell(&token).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}");
        assert!(answer.body.is_empty(), "{what}: an answer for a machine");
        assert!(
            answer.header("cache-control").contains("no-store"),
            "{what}"
        );
        assert!(door.is_logged_in(&session).await, "{what}");
    }
    let answer = door.tell(&right).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!door.is_logged_in(&session).await, "the issuer said so");
}

#[tokio::test]
async fn a_logout_token_that_was_caught_ends_no_later_session() {
    let door = Door::new().await;
    let before = door.log_in().await;
    let token = door.logout_token("one", json!({}));
    assert_eq!(door.tell(&token).await.status, StatusCode::OK);
    assert!(!door.is_logged_in(&before).await);
    let after = door.log_in().await;
    assert_eq!(door.tell(&token).await.status, StatusCode::BAD_REQUEST);
    assert!(door.is_logged_in(&after).await);
}
