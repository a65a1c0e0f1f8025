//! A small portal without a network: two doctors, a group, an operator, two editions, a journal in a temporary folder, and
//! a clock that stands still.

pub(crate) mod edition;

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use riktig_codes::{HprNumber, Month, MonthRange, NationalId};
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::id::GroupId;
use riktig_journal::identity::Keys;
use riktig_journal::policy::{About, Act, Actor, EditionId, Role};
use riktig_journal::{Acting, Journal, group, person, shelf};
use riktig_portal::config::Config;
use riktig_portal::login::{Invented, Way};
use riktig_portal::pages::demo::{Persona, PersonaRole};
use riktig_portal::{Parts, Portal, Shelf};
use tower::ServiceExt as _;

/// In both editions.
pub(crate) const DOCTOR: u32 = 9_144_900;
/// In the edition of 2025 only.
pub(crate) const COLLEAGUE: u32 = 9_144_901;
/// In none.
pub(crate) const NEWCOMER: u32 = 9_144_902;
/// Chief doctor of a municipality that is told of.
pub(crate) const CHIEF: u32 = 9_144_903;
/// Chief doctor of a municipality whose figures are kept back.
pub(crate) const SMALL_CHIEF: u32 = 9_144_904;
/// Leads the group and is no member of it; in no edition.
pub(crate) const LEADER: u32 = 9_144_905;
/// Leads the service.
pub(crate) const DUTY_LEADER: u32 = 9_144_906;
/// Works for the service, and has no list; in the edition of 2025 where a world asks for it.
pub(crate) const ON_DUTY: u32 = 9_144_907;
/// The group's code in deliveries.
pub(crate) const GROUP_CODE: &str = "G0001";
/// An out-of-hours service of six doctors.
pub(crate) const SERVICE: &str = "P00010";
/// What a page may weigh.
pub(crate) const HEAVIEST_PAGE: usize = 150_000;

const ORIGIN: &str = "http://127.0.0.1:8080";

/// 10.42 in Norway.
pub(crate) fn clock() -> Timestamp {
    "2026-11-22T09:42:00Z".parse().expect("a moment")
}

/// The portal and what it stands on.
pub(crate) struct World {
    router: Router,
    pub(crate) group: GroupId,
    pub(crate) journal: Journal,
    folder: tempfile::TempDir,
}

/// Somebody's browser.
pub(crate) struct Browser<'w> {
    world: &'w World,
    cookie: String,
    language: &'static str,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl World {
    /// A new world; nobody is logged in.
    pub(crate) async fn new() -> World {
        World::with(&[]).await
    }

    /// The same; the edition of 2025 and the group have these doctors besides.
    pub(crate) async fn with(others: &[u32]) -> World {
        World::finished(others, |portal, _| portal).await
    }

    /// The same; the portal is finished by the test.
    pub(crate) async fn finished(
        others: &[u32],
        finish: impl FnOnce(Portal, &Journal) -> Portal,
    ) -> World {
        let of_2025: Vec<u32> = [DOCTOR, COLLEAGUE].iter().chain(others).copied().collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let journal = journal(folder.path()).await;
        let shelf = Shelf::default();
        for (year, doctors) in [(2024, &[DOCTOR][..]), (2025, &of_2025)] {
            let path = folder.path().join(year.to_string());
            edition::write(&path, year, doctors);
            shelf
                .put(&year.to_string(), &path, true)
                .expect("it is an edition");
        }
        let operator = operator(&journal, 4).await;
        for year in [2024, 2025] {
            publish(&journal, &operator, year).await;
        }
        let group = found_group(&journal, &operator, &of_2025).await;
        appointed(&journal, &operator, group).await;
        let portal = Portal::new(Parts {
            config: config(folder.path()),
            journal: journal.clone(),
            shelf,
            login: Way::Demo(people()),
            clock,
        });
        let portal = finish(portal, &journal);
        World {
            router: portal.router(),
            group,
            journal,
            folder,
        }
    }

    /// What the portal stands on.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Where the editions lie, and the manifest of a lake if a test puts one there.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Another process of the same journal takes an edition off the shelf.
    pub(crate) async fn taken_off_elsewhere(&self, year: &str) {
        let (pid, edition) = (pid(4), year.parse().expect("digits"));
        let id = person::id_of(&self.journal, &pid, clock()).await;
        let actor = person::actor(&self.journal, id.expect("an id"), None).await;
        let actor = actor.expect("it can be read").expect("they are there");
        let about = About::Edition(edition);
        let mut taking = acting(&self.journal, &actor, Act::KeepShelf, about).await;
        let off = shelf::take_off(&mut taking, "the test").await;
        off.expect("it stands there");
        taking.done().await.expect("it is written");
    }

    /// The editions that a server would show that starts now, the newest first.
    pub(crate) async fn shown_at_start(&self) -> Vec<String> {
        let config = config(self.folder.path());
        let shelf = config.open_published(&self.journal).await;
        let all = shelf.expect("the journal answers").all();
        all.iter().map(|open| open.name().to_owned()).collect()
    }

    /// Somebody logs in: `doctor`, `colleague`, `newcomer`, `operator`, `second-operator`, `chief` (of 4601), `small-chief` (of
    /// 4699, of which little is told), `researcher`, `leader` (of the group), `duty-leader` (of the service)
    /// or `on-duty`.
    pub(crate) async fn log_in(&self, persona: &str) -> Browser<'_> {
        assert!(
            self.folder().is_dir(),
            "a world lives as long as its folder"
        );
        let nobody = self.nobody();
        let answer = nobody.post("/login/demo", &[("persona", persona)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let cookies = answer.headers.get_all(header::SET_COOKIE).iter();
        let cookies = cookies.filter_map(|line| line.to_str().ok()?.split(';').next());
        let kept: Vec<&str> = cookies.filter(|pair| !pair.ends_with('=')).collect();
        Browser {
            world: self,
            cookie: kept.join("; "),
            language: "nb",
        }
    }

    /// A browser in which nobody is logged in.
    pub(crate) fn nobody(&self) -> Browser<'_> {
        Browser {
            world: self,
            cookie: String::new(),
            language: "nb",
        }
    }
}

impl Browser<'_> {
    /// The same browser in another language.
    pub(crate) fn in_language(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None, Some(ORIGIN)).await
    }

    /// As it travels.
    pub(crate) async fn get_compressed(&self, path: &str) -> Answer {
        let request = self.request("GET", path);
        let request = request.header(header::ACCEPT_ENCODING, "gzip");
        self.answer(request.body(Body::empty()).expect("a request"))
            .await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send("POST", path, Some(form), Some(ORIGIN)).await
    }

    /// As a program does that sends no form.
    pub(crate) async fn post_body(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = self.request("POST", path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::from(body)).expect("a request"))
            .await
    }

    /// A form that stands on somebody else's page.
    pub(crate) async fn post_from_elsewhere(&self, path: &str) -> Answer {
        self.send("POST", path, Some(&[]), Some("https://evil.example"))
            .await
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        form: Option<&[(&str, &str)]>,
        origin: Option<&str>,
    ) -> Answer {
        let mut request = self.request(method, path);
        let body = match form {
            None => Body::empty(),
            Some(fields) => {
                let own = origin == Some(ORIGIN);
                let site = if own { "same-origin" } else { "cross-site" };
                request = request
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .header("sec-fetch-site", site)
                    .header(header::ORIGIN, origin.unwrap_or("null"));
                let mut body = url::form_urlencoded::Serializer::new(String::new());
                body.extend_pairs(fields);
                Body::from(body.finish())
            }
        };
        self.answer(request.body(body).expect("a request")).await
    }

    fn request(&self, method: &str, path: &str) -> Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::COOKIE, &self.cookie)
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.world.router.clone().oneshot(request).await;
        let response = response.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("it ends");
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: bytes.to_vec(),
        }
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        let to = self.headers.get(header::LOCATION);
        to.and_then(|to| to.to_str().ok()).unwrap_or_default()
    }

    /// The words of the page's main part, a line an element, without markup and charts.
    pub(crate) fn words(&self) -> String {
        let html = self.text();
        let main = html.split_once("<main").map_or(html.as_str(), |it| it.1);
        let main = main.split_once("</main>").map_or(main, |it| it.0);
        let (mut words, mut inside) = (String::new(), true);
        let mut rest = main;
        while let Some(next) = rest.find(if inside { '>' } else { '<' }) {
            let (part, after) = rest.split_at(next);
            if !inside {
                words.push_str(part);
            } else if ![
                "b", "i", "strong", "span", "a", "/b", "/strong", "/span", "/a",
            ]
            .contains(&part.split(' ').next().unwrap_or_default())
            {
                words.push('\n');
            }
            inside = !inside;
            rest = &after[1..];
            if let (false, Some(chart)) = (
                inside,
                part.starts_with("svg")
                    .then(|| rest.find("</svg"))
                    .flatten(),
            ) {
                rest = &rest[chart..];
            }
        }
        let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<String> = lines
            .map(|line| {
                line.replace("&amp;", "&")
                    .replace(['\u{a0}', '\u{202f}'], " ")
            })
            .collect();
        lines.join("\n") + "\n"
    }
}

/// The defaults, with the folder's editions and manifest.
fn config(folder: &Path) -> Config {
    let place = |name: &str| folder.join(name).display().to_string();
    let values = [
        ("RIKTIG_EDITIONS__FOLDER", place("")),
        ("RIKTIG_LAKE__MANIFEST", place("manifest.json")),
    ];
    let values = values.map(|(name, value)| (name.to_owned(), value));
    Config::of(None, values).expect("the defaults can be")
}

async fn journal(folder: &Path) -> Journal {
    let keys = Keys::generate().expect("chance");
    let keys = Keys::parse(&keys).expect("they can be read");
    let address = format!("sqlite:{}", folder.join("journal.db").display());
    Journal::open(&address, keys).await.expect("a new journal")
}

/// Identity number of an invented person.
/// The identity number of a persona.
pub(crate) fn pid(number: u32) -> NationalId {
    let digits = riktig_testkit::person(number).identity_number;
    NationalId::parse(&digits)
        .expect("eleven digits")
        .known()
        .expect("not masked")
}

fn people() -> Vec<Invented> {
    let person = |id: &str, number, hpr: Option<u32>, role| Invented {
        persona: Persona {
            id: id.to_owned(),
            name: format!("Prøve {id}"),
            role,
            place: String::new(),
        },
        pid: pid(number),
        hpr: hpr.and_then(HprNumber::from_value),
    };
    vec![
        person("doctor", 1, Some(DOCTOR), PersonaRole::Prescriber),
        person("colleague", 2, Some(COLLEAGUE), PersonaRole::Prescriber),
        person("newcomer", 3, Some(NEWCOMER), PersonaRole::Prescriber),
        person("operator", 4, None, PersonaRole::Operator),
        person("second-operator", 5, None, PersonaRole::Operator),
        person("chief", 6, Some(CHIEF), PersonaRole::MunicipalChief),
        person(
            "small-chief",
            7,
            Some(SMALL_CHIEF),
            PersonaRole::MunicipalChief,
        ),
        person("researcher", 8, None, PersonaRole::Researcher),
        person("leader", 9, Some(LEADER), PersonaRole::GroupLeader),
        person("on-duty", 11, Some(ON_DUTY), PersonaRole::Prescriber),
        person(
            "duty-leader",
            10,
            Some(DUTY_LEADER),
            PersonaRole::InstitutionLeader,
        ),
    ]
}

async fn acting(journal: &Journal, actor: &Actor, act: Act, about: About) -> Acting {
    let acting = journal.ask_to_act(actor, act, about, clock()).await;
    acting.expect("it is allowed")
}

/// Chief doctors, leaders and the researcher, proposed by one operator and confirmed by another.
async fn appointed(journal: &Journal, proposer: &Actor, group: GroupId) {
    let confirmer = operator(journal, 5).await;
    let doctor = |hpr, role| {
        let about = About::Prescriber(HprNumber::from_value(hpr).expect("a number"));
        (about, role, None)
    };
    let chief = |hpr, municipality: &str| {
        let municipality = municipality.parse().expect("four digits");
        doctor(hpr, Role::ChiefDoctor(municipality))
    };
    let service = SERVICE.parse().expect("a code");
    let researcher = pid(8);
    let id = person::id_of(journal, &researcher, clock()).await;
    let about = About::Person(id.expect("an id"));
    for (about, role, new) in [
        chief(CHIEF, "4601"),
        chief(SMALL_CHIEF, "4699"),
        doctor(LEADER, Role::GroupLeader(group)),
        doctor(DUTY_LEADER, Role::OutOfHoursLeader(service)),
        (about, Role::Researcher, Some(&researcher)),
    ] {
        let mut proposing = acting(journal, proposer, Act::ProposeAppointment, about).await;
        if let Some(pid) = new {
            let prepared = person::prepare(journal, &mut proposing, pid).await;
            prepared.expect("nobody else has the number");
        }
        let proposed = appointment::propose(&mut proposing, &proposal(role)).await;
        let about = About::Appointment(proposed.expect("it can be proposed"));
        proposing.done().await.expect("it is written");
        let mut confirming = acting(journal, &confirmer, Act::ConfirmAppointment, about).await;
        let confirmed = appointment::confirm(&mut confirming).await;
        confirmed.expect("another operator may");
        confirming.done().await.expect("it is written");
    }
}

fn proposal(role: Role) -> Proposal {
    Proposal {
        role,
        from: clock(),
        until: clock() + SignedDuration::from_hours(24 * 30),
        reason: "the test".to_owned(),
    }
}

/// An operator, appointed by the binary.
async fn operator(journal: &Journal, number: u32) -> Actor {
    let pid = pid(number);
    let id = person::id_of(journal, &pid, clock()).await.expect("an id");
    let (act, about) = (Act::AppointFirstOperators, About::Person(id));
    let mut appointing = acting(journal, &Actor::verb("appoint"), act, about).await;
    let prepared = person::prepare(journal, &mut appointing, &pid).await;
    prepared.expect("nobody else has the number");
    let appointed = appointment::appoint_first(&mut appointing, &proposal(Role::Operator)).await;
    appointed.expect("the binary may");
    appointing.done().await.expect("it is written");
    let actor = person::actor(journal, id, None).await;
    actor.expect("it can be read").expect("they are there")
}

async fn publish(journal: &Journal, operator: &Actor, year: i32) {
    let edition: EditionId = year.to_string().parse().expect("digits");
    let about = About::Edition(edition);
    let mut putting = acting(journal, operator, Act::KeepShelf, about).await;
    let last = Month::from_ym(year, 12).expect("December");
    let period = MonthRange::ending(last, 12).expect("a year");
    let put = shelf::put(&mut putting, &year.to_string(), period).await;
    put.expect("the name is new");
    putting.done().await.expect("it is written");
}

/// A group with these doctors.
async fn found_group(journal: &Journal, operator: &Actor, doctors: &[u32]) -> GroupId {
    let id = group::new_id(clock()).expect("chance");
    let mut making = acting(journal, operator, Act::KeepGroups, About::Group(id)).await;
    let made = group::make(&mut making, "Gruppe Nordvik", Some(GROUP_CODE)).await;
    made.expect("a new group");
    let number = |hpr: &u32| HprNumber::from_value(*hpr).expect("a number");
    let members: Vec<HprNumber> = doctors.iter().map(number).collect();
    let taken = group::take_over(&mut making, &members).await;
    taken.expect("there is room");
    making.done().await.expect("it is written");
    id
}
