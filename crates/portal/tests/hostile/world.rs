//! A portal of its own: two doctors who can log in, and what the other one has written.

use std::net::SocketAddr;

use axum::Router;
use jiff::{SignedDuration, Timestamp};
use riktig_codes::{Day, HprNumber, NationalId, Sex};
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::course::Plan;
use riktig_journal::dispute::{self, Flag, Why};
use riktig_journal::goal::{self, Wish};
use riktig_journal::id::{CourseId, GroupId};
use riktig_journal::identity::Keys;
use riktig_journal::person::{self, LogIn};
use riktig_journal::policy::{About, Act, Actor, EditionId, Role};
use riktig_journal::{Journal, course, group, shelf};
use riktig_portal::config::Config;
use riktig_portal::login::{Invented, Way};
use riktig_portal::pages::demo::{Persona, PersonaRole};
use riktig_portal::{Parts, Portal, Shelf};
use tempfile::TempDir;

use crate::attack::{Attack, SECRET, SESSION, Who};
use crate::wire::{Answer, HOST, Request};

const KEYS: &str = "
lookup 1 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
field 1 AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=
anchor 1 AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=
";
const EDITION: &str = "2024";

/// A portal that listens.
pub(crate) struct World {
    pub(crate) address: SocketAddr,
    journal: Journal,
    other: Actor,
    group: GroupId,
    /// Ids of what belongs to the other doctor.
    pub(crate) ids: Vec<String>,
    _folder: TempDir,
}

fn clock() -> Timestamp {
    Timestamp::from_second(1_760_000_000).expect("a moment")
}

/// The doctor who attacks, and the other one.
fn people() -> [Invented; 2] {
    [("doctor", 0), ("other", 1)].map(|(id, number)| Invented {
        persona: Persona {
            id: id.to_owned(),
            name: id.to_owned(),
            role: PersonaRole::Prescriber,
            place: String::new(),
        },
        pid: pid(number),
        hpr: HprNumber::from_value(9_144_900 + number),
    })
}

fn pid(number: u32) -> NationalId {
    let birth = Day::from_ymd(1970, 1, 15).expect("a day");
    NationalId::synthetic_tenor(birth, Sex::Female, number).expect("a number of the series")
}

impl World {
    /// A portal; `planted` may put a bug around its router.
    pub(crate) async fn new(planted: impl FnOnce(Router) -> Router) -> World {
        riktig_helseid::install_cryptography();
        let folder = TempDir::new().expect("a folder");
        let address = format!("sqlite:{}", folder.path().join("journal.db").display());
        let keys = Keys::parse(KEYS).expect("keys");
        let journal = Journal::open(&address, keys).await.expect("a journal");
        let [_, other] = people();
        let (other, group, ids) = write(&journal, &other).await;
        let parts = Parts {
            config: config(&address),
            journal: journal.clone(),
            shelf: Shelf::default(),
            login: Way::Demo(people().to_vec()),
            clock,
        };
        let router = planted(Portal::new(parts).router());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let address = listener.local_addr().expect("a port");
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        World {
            address,
            journal,
            other,
            group,
            ids,
            _folder: folder,
        }
    }

    /// A new session of the doctor who attacks.
    pub(crate) async fn session(&self) -> String {
        let form = Request::form("/login/demo", &[("persona", "doctor")]).same_origin();
        let answer = form.send(self.address).await;
        let token = answer.cookie(SESSION);
        token.unwrap_or_else(|| panic!("the demo's login gives no session: {answer:?}"))
    }

    /// Carries out an attack and tells what came of it.
    pub(crate) async fn suffer(&self, attack: &Attack) -> Answer {
        let mut cookies = Vec::new();
        if attack.who == Who::Doctor {
            cookies.push(format!("{SESSION}={}", self.session().await));
        }
        let first = with(&attack.request, &cookies).send(self.address).await;
        let Some(then) = &attack.then else {
            return first;
        };
        let given = first.all("set-cookie");
        cookies.extend(given.filter_map(|line| Some(line.split(';').next()?.to_owned())));
        with(then, &cookies).send(self.address).await
    }

    /// What the other doctor has written, as it stands now.
    pub(crate) async fn others_own(&self) -> String {
        let about = About::Prescriber(self.other.hpr().expect("a doctor"));
        let asked = self
            .journal
            .ask_to_look(&self.other, Act::SeeOwn, about, clock());
        let mut looking = asked.await.expect("one's own");
        let goals = goal::own(&mut looking).await.expect("goals");
        let disputes = dispute::own(&mut looking).await.expect("disputes");
        drop(looking);
        let about = About::Group(self.group);
        let asked = self
            .journal
            .ask_to_look(&self.other, Act::SeeRoster, about, clock());
        let mut looking = asked.await.expect("their group");
        let courses = course::of_group(&mut looking).await.expect("courses");
        format!("{goals:?} {disputes:?} {courses:?}")
    }
}

fn with(request: &Request, cookies: &[String]) -> Request {
    if cookies.is_empty() {
        return request.clone();
    }
    request.clone().header("Cookie", &cookies.join("; "))
}

fn config(journal: &str) -> Config {
    let values = [
        ("RIKTIG_SERVER__PUBLIC_URL", format!("https://{HOST}")),
        ("RIKTIG_JOURNAL__URL", journal.to_owned()),
        ("RIKTIG_LIMITS__REQUESTS_PER_MINUTE", "0".to_owned()),
    ];
    let environment = values.map(|(name, value)| (name.to_owned(), value));
    Config::of(None, environment).expect("a configuration")
}

/// The other doctor's goal, dispute, group and course, and an edition: everything that has an id.
async fn write(journal: &Journal, other: &Invented) -> (Actor, GroupId, Vec<String>) {
    let operator = operator(journal, 9).await;
    let edition: EditionId = EDITION.parse().expect("a name");
    let about = About::Edition(edition.clone());
    let mut acting = ask(journal, &operator, Act::KeepShelf, about).await;
    let period = "2024-01..2024-12".parse().expect("a period");
    shelf::put(&mut acting, EDITION, period)
        .await
        .expect("shelved");
    acting.done().await.expect("written");
    let group = group::new_id(clock()).expect("chance");
    let mut acting = ask(journal, &operator, Act::KeepGroups, About::Group(group)).await;
    group::make(&mut acting, "another group", None)
        .await
        .expect("made");
    acting.done().await.expect("written");

    let hpr = other.hpr.expect("a doctor");
    let login = LogIn {
        pid: &other.pid,
        hpr: other.hpr,
        organisation: None,
    };
    let person = person::log_in(journal, login, clock()).await.expect("in");
    let actor = person::actor(journal, person, None)
        .await
        .expect("answered");
    let actor = actor.expect("somebody");
    let (actor, course) = course_of_others(journal, &operator, actor, group).await;
    let mut acting = ask(journal, &actor, Act::SetGoal, About::Prescriber(hpr)).await;
    let wish = Wish {
        indicator: "penicillin_v_share".to_owned(),
        edition: edition.clone(),
        target_thousandths: Some(700),
        plan: SECRET.to_owned(),
        given_up: false,
    };
    goal::set(&mut acting, &wish, 0).await.expect("set");
    acting.done().await.expect("written");
    let about = About::Report(hpr, edition);
    let mut acting = ask(journal, &actor, Act::FlagRows, about).await;
    let flag = Flag {
        indicator: None,
        month: None,
        rows: Some(3),
        why: Why::Other,
        words: SECRET.to_owned(),
    };
    let dispute = dispute::flag(&mut acting, &flag).await.expect("flagged");
    acting.done().await.expect("written");
    let ids = [
        dispute.to_string(),
        group.to_string(),
        course.to_string(),
        "airways".to_owned(),
        person.to_string(),
        hpr.to_string(),
        EDITION.to_owned(),
        "penicillin_v_share".to_owned(),
    ];
    (actor, group, ids.to_vec())
}

async fn ask(journal: &Journal, actor: &Actor, act: Act, about: About) -> riktig_journal::Acting {
    let asked = journal.ask_to_act(actor, act, about, clock());
    asked.await.expect("it is allowed")
}

/// The other doctor becomes the group's leader and makes a course there; gives the leader and the course's id.
async fn course_of_others(
    journal: &Journal,
    proposer: &Actor,
    other: Actor,
    group: GroupId,
) -> (Actor, CourseId) {
    let confirmer = operator(journal, 8).await;
    let about = About::Prescriber(other.hpr().expect("a doctor"));
    let mut acting = ask(journal, proposer, Act::ProposeAppointment, about).await;
    let proposal = Proposal {
        role: Role::GroupLeader(group),
        from: clock(),
        until: clock() + SignedDuration::from_hours(24),
        reason: "a test".to_owned(),
    };
    let proposed = appointment::propose(&mut acting, &proposal).await;
    let appointment = proposed.expect("proposed");
    acting.done().await.expect("written");
    let about = About::Appointment(appointment);
    let mut acting = ask(journal, &confirmer, Act::ConfirmAppointment, about).await;
    appointment::confirm(&mut acting).await.expect("confirmed");
    acting.done().await.expect("written");
    let id = other.person().expect("a person");
    let leader = person::actor(journal, id, None).await.expect("answered");
    let leader = leader.expect("somebody");
    let mut acting = ask(journal, &leader, Act::MakeCourse, About::Group(group)).await;
    let plan = Plan {
        title: SECRET.to_owned(),
        meetings: Default::default(),
    };
    let course = course::make(&mut acting, &plan).await.expect("made");
    acting.done().await.expect("written");
    (leader, course)
}

/// An operator, appointed by the binary as one of the first of a new portal.
async fn operator(journal: &Journal, number: u32) -> Actor {
    let pid = pid(number);
    let id = person::id_of(journal, &pid, clock()).await.expect("an id");
    let about = About::Person(id);
    let binary = Actor::verb("test");
    let mut acting = ask(journal, &binary, Act::AppointFirstOperators, about).await;
    person::prepare(journal, &mut acting, &pid)
        .await
        .expect("noted");
    let proposal = Proposal {
        role: Role::Operator,
        from: clock(),
        until: clock() + SignedDuration::from_hours(24),
        reason: "a test".to_owned(),
    };
    appointment::appoint_first(&mut acting, &proposal)
        .await
        .expect("appointed");
    acting.done().await.expect("written");
    let actor = person::actor(journal, id, None).await.expect("answered");
    actor.expect("somebody")
}
