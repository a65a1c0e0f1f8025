//! A portal with a journal of its own, and a browser for it.

use std::io::Write;
use std::sync::{Mutex, Once};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use riktig_codes::{Day, HprNumber, NationalId, Sex};
use riktig_helseid::Client;
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::identity::Keys;
use riktig_journal::policy::{About, Act, Actor, Role};
use riktig_journal::{Journal, person};
use riktig_portal::config::{Config, Log};
use riktig_portal::login::{Invented, Way};
use riktig_portal::pages::demo::{Persona, PersonaRole};
use riktig_portal::{Parts, Portal, Shelf};
use riktig_testkit::issuer::Issuer;
use tower::ServiceExt;

/// Our own name.
pub(crate) const HOST: &str = "127.0.0.1:8080";

/// The clock of most tests stands still.
pub(crate) fn clock() -> Timestamp {
    Timestamp::from_second(1_790_000_000).expect("a moment of this century")
}

/// A portal, and the folder that its journal lies in.
pub(crate) struct World {
    pub(crate) portal: Portal,
    router: Router,
    _folder: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl World {
    /// A portal of a doctor, an operator and a researcher, as the demo has them.
    pub(crate) async fn new() -> World {
        World::made(&[], clock).await
    }

    /// The same, with these environment variables.
    pub(crate) async fn with(environment: &[(&str, &str)]) -> World {
        World::made(environment, clock).await
    }

    /// The same, by this clock.
    pub(crate) async fn made(environment: &[(&str, &str)], clock: fn() -> Timestamp) -> World {
        World::entered(environment, clock, Way::Demo(people())).await
    }

    /// A portal whose people log in at this issuer.
    pub(crate) async fn at(issuer: &Issuer) -> World {
        let client = Client::new(issuer.settings(&format!("http://{HOST}/login/callback")));
        let way = Way::HelseId {
            client: Box::new(client.expect("the issuer's settings fit")),
            issuer: issuer.url().parse().expect("an address"),
        };
        World::entered(&[], clock, way).await
    }

    async fn entered(environment: &[(&str, &str)], clock: fn() -> Timestamp, login: Way) -> World {
        log();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let environment = environment.iter();
        let environment = environment.map(|(name, value)| ((*name).into(), (*value).into()));
        let config = Config::of(None, environment).expect("fits");
        let keys = Keys::parse(&Keys::generate().expect("chance")).expect("fits");
        let file = format!("sqlite:{}", folder.path().join("journal.db").display());
        let journal = Journal::open(&file, keys).await.expect("a new journal");
        appoint(&journal, &people()[1]).await;
        let portal = Portal::new(Parts {
            config,
            journal,
            shelf: Shelf::default(),
            login,
            clock,
        });
        World {
            router: portal.router(),
            portal,
            _folder: folder,
        }
    }

    /// One request.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("infallible");
        Answer::of(response).await
    }

    /// `GET path`, with a cookie or none.
    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(request("GET", path, cookie, "")).await
    }

    /// `POST path`, as a form of ours sends it.
    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        self.ask(request("POST", path, cookie, form)).await
    }

    /// Logs in and gives the session's cookie.
    pub(crate) async fn log_in(&self, persona: &str) -> String {
        let form = format!("persona={persona}");
        let answer = self.post("/login/demo", "", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
        answer.cookie("riktig").expect("a session")
    }
}

/// Everything that was logged in this program.
static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Logged;

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOGGED.lock().expect("nobody panics in it").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Logs as a server does at its finest level, once for all tests.
fn log() {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        let log = tracing_subscriber::fmt().json();
        let finest = Log {
            level: "trace".into(),
            json: true,
        };
        let log = log.with_env_filter(finest.filter());
        log.with_writer(|| Logged).init();
    });
}

/// What was logged until now.
pub(crate) fn logged() -> String {
    let bytes = LOGGED.lock().expect("nobody panics in it").clone();
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

/// A request for our own name, from a page of ours.
pub(crate) fn request(method: &str, path: &str, cookie: &str, form: &str) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, HOST)
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT_LANGUAGE, "en");
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    if method == "POST" {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    request
        .body(Body::from(form.to_owned()))
        .expect("a request")
}

impl Answer {
    /// All of a response.
    pub(crate) async fn of(response: Response) -> Answer {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.expect("a page");
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// The text of a header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("visible"))
    }

    /// The line that sets this cookie.
    pub(crate) fn set_cookie(&self, name: &str) -> Option<&str> {
        let mut lines = self.headers.get_all(header::SET_COOKIE).iter();
        let start = format!("{name}=");
        let line = lines.find_map(|line| line.to_str().ok().filter(|it| it.starts_with(&start)));
        line.filter(|line| !line.starts_with(&format!("{start};")))
    }

    /// What a browser sends back of it.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let line = self.set_cookie(name)?;
        line.split(';').next().map(str::to_owned)
    }
}

/// The people of the login page: a doctor, an operator, somebody without any role.
pub(crate) fn people() -> Vec<Invented> {
    [
        ("doctor", PersonaRole::Prescriber, Some(9_999_001)),
        ("operator", PersonaRole::Operator, None),
        ("nobody", PersonaRole::Researcher, None),
    ]
    .into_iter()
    .zip(0..)
    .map(|((id, role, hpr), number)| Invented {
        persona: Persona {
            id: id.to_owned(),
            name: format!("Invented {id}"),
            role,
            place: String::new(),
        },
        pid: pid(number),
        hpr: hpr.and_then(HprNumber::from_value),
    })
    .collect()
}

fn pid(number: u32) -> NationalId {
    let birth = Day::from_ymd(1970, 1, 15).expect("a day");
    NationalId::synthetic_tenor(birth, Sex::Female, number).expect("there are enough")
}

/// Makes somebody an operator, as the binary does it in a new portal.
async fn appoint(journal: &Journal, somebody: &Invented) {
    // A little before the clock, so that the appointment is in force.
    let now = clock() - SignedDuration::from_hours(1);
    let id = person::id_of(journal, &somebody.pid, now)
        .await
        .expect("an id");
    let (act, about) = (Act::AppointFirstOperators, About::Person(id));
    let binary = Actor::verb("test");
    let mut acting = journal
        .ask_to_act(&binary, act, about, now)
        .await
        .expect("few");
    person::prepare(journal, &mut acting, &somebody.pid)
        .await
        .expect("new");
    let proposal = Proposal {
        role: Role::Operator,
        from: now,
        until: now + SignedDuration::from_hours(24 * 300),
        reason: "test".into(),
    };
    appointment::appoint_first(&mut acting, &proposal)
        .await
        .expect("fits");
    acting.done().await.expect("written");
}
