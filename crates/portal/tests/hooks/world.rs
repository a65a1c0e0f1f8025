//! A portal that listens, two operators, and a system whose key they have written down.

use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::NationalId;
use riktig_helseid::PrivateKey;
use riktig_journal::advised::{self, Met};
use riktig_journal::appointment::{self, Proposal};
use riktig_journal::cds_client::{self, Keys, Mode, Terms};
use riktig_journal::id::ClientId;
use riktig_journal::identity::Keys as JournalKeys;
use riktig_journal::policy::{About, Act, Actor, Role};
use riktig_journal::{Acting, Journal, cds_showing, person, switch};
use riktig_portal::config::Config;
use riktig_portal::login::Way;
use riktig_portal::{OpenError, Parts, Portal, Shelf};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;

use crate::wire::{Answer, HOST, Request};

pub(crate) const ISSUER: &str = "https://epj.example.no";
pub(crate) const SERVICE: &str = "/cds-services/riktig-antibiotics";
pub(crate) const FEEDBACK: &str = "/cds-services/riktig-antibiotics/feedback";
pub(crate) const NOW: i64 = 1_795_000_000;

pub(crate) fn clock() -> Timestamp {
    Timestamp::from_second(NOW).expect("a moment of this century")
}

/// A portal that listens.
pub(crate) struct World {
    pub(crate) address: SocketAddr,
    pub(crate) portal: Portal,
    pub(crate) journal: Journal,
    pub(crate) operators: [Actor; 2],
    pub(crate) key: PrivateKey,
    pub(crate) client: Option<ClientId>,
    names: std::sync::atomic::AtomicU64,
    _stop: oneshot::Sender<()>,
    _folder: TempDir,
}

/// What a world is to be.
pub(crate) struct Wish<'w> {
    pub(crate) mode: Mode,
    pub(crate) newer: bool,
    pub(crate) fhir_server: Option<&'w str>,
    pub(crate) environment: &'w [(&'w str, &'w str)],
}

impl Default for Wish<'_> {
    fn default() -> Self {
        Wish {
            mode: Mode::Showing,
            newer: false,
            fhir_server: None,
            environment: &[],
        }
    }
}

impl World {
    /// A portal that shows its advice to one system.
    pub(crate) async fn new() -> World {
        World::of(Wish::default()).await
    }

    pub(crate) async fn of(wish: Wish<'_>) -> World {
        let mut world = World::listening(Way::Nobody, wish.environment).await;
        let set = json!({ "keys": [world.key.public_jwk()] }).to_string();
        let terms = Terms {
            name: "Journalsystemet".to_owned(),
            issuer: ISSUER.to_owned(),
            keys: Keys::Here(set),
            fhir_server: wish.fhir_server.map(str::to_owned),
            newer: wish.newer,
            until: clock() + SignedDuration::from_hours(24 * 300),
        };
        let client = world.admit(&terms).await;
        if wish.mode == Mode::Showing {
            let number = world.propose_showing(client).await;
            world.approve_showing(client, number).await;
        }
        world.client = Some(client);
        world
    }

    /// The demo: whoever is on this machine may ask.
    pub(crate) async fn demo() -> World {
        World::listening(Way::Demo(Vec::new()), &[]).await
    }

    async fn listening(login: Way, environment: &[(&str, &str)]) -> World {
        let folder = TempDir::new().expect("a folder");
        let portal = if login.is_demo() {
            demo_portal(folder.path(), login).await
        } else {
            opened(folder.path(), environment)
                .await
                .expect("the portal starts")
        };
        let journal = portal.journal().clone();
        let operators = [operator(&journal, 1).await, operator(&journal, 2).await];
        let listening = portal.clone().listen().await.expect("a free port");
        let address = listening.address().expect("the port");
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(listening.run(async {
            let _ = stopped.await;
        }));
        let key = PrivateKey::from_jwk(PrivateKey::generate_p384().reveal());
        World {
            address,
            portal,
            journal,
            operators,
            key: key.expect("a key of ours"),
            client: None,
            names: std::sync::atomic::AtomicU64::new(0),
            _stop: stop,
            _folder: folder,
        }
    }

    /// Another server on the same journal, as after a restart.
    pub(crate) async fn another_server(&self) -> SocketAddr {
        let portal = Portal::new(Parts {
            config: config(&[
                ("RIKTIG_SERVER__LISTEN", "127.0.0.1:0"),
                ("RIKTIG_SERVER__PUBLIC_URL", &format!("https://{HOST}")),
            ]),
            journal: self.journal.clone(),
            shelf: Shelf::default(),
            login: Way::Nobody,
            clock,
        });
        let listening = portal.listen().await.expect("a free port");
        let address = listening.address().expect("the port");
        tokio::spawn(listening.run(std::future::pending()));
        address
    }

    /// Two operators let a system in.
    pub(crate) async fn admit(&self, terms: &Terms) -> ClientId {
        let id = cds_client::new_id(clock()).expect("chance");
        let [first, second] = &self.operators;
        let mut proposing = self
            .acting(first, Act::ProposeClient, About::Client(id))
            .await;
        cds_client::propose(&mut proposing, terms)
            .await
            .expect("it fits");
        proposing.done().await.expect("written");
        let mut confirming = self
            .acting(second, Act::ConfirmClient, About::Client(id))
            .await;
        cds_client::confirm(&mut confirming)
            .await
            .expect("it waits");
        confirming.done().await.expect("written");
        id
    }

    /// The first operator proposes that a system is shown its advice; which proposal it is.
    pub(crate) async fn propose_showing(&self, client: ClientId) -> i64 {
        let about = About::Client(client);
        let mut proposing = self
            .acting(&self.operators[0], Act::ProposeShowing, about)
            .await;
        // Proposed and confirmed: its second version.
        cds_showing::propose(&mut proposing, 2)
            .await
            .expect("it is silent");
        proposing.done().await.expect("written");
        3
    }

    /// The second operator approves it, as another server of ours would: nobody tells this one.
    pub(crate) async fn approve_showing(&self, client: ClientId, number: i64) {
        let about = About::Client(client);
        let mut approving = self
            .acting(&self.operators[1], Act::ApproveShowing, about)
            .await;
        cds_showing::approve(&mut approving, number)
            .await
            .expect("it waits");
        approving.done().await.expect("written");
    }

    pub(crate) async fn acting(&self, operator: &Actor, act: Act, about: About) -> Acting {
        let asked = self.journal.ask_to_act(operator, act, about, clock()).await;
        asked.unwrap_or_else(|error| panic!("{act:?}: {error}"))
    }

    /// An operator switches rules off, as another server of ours would: nobody tells this one.
    pub(crate) async fn switch_off(&self, rule: &str) {
        let about = About::Rule(rule.parse().expect("a rule"));
        let mut acting = self
            .acting(&self.operators[0], Act::SwitchRuleOff, about)
            .await;
        switch::off(&mut acting, "under revision")
            .await
            .expect("it is on");
        acting.done().await.expect("written");
    }

    /// A token for an address of ours; members of `changes` replace claims, `null` leaves them out.
    pub(crate) fn token(&self, path: &str, changes: &Value) -> String {
        let number = self
            .names
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut claims = json!({
            "iss": ISSUER, "aud": format!("https://{HOST}{path}"), "iat": NOW, "exp": NOW + 300, "jti": format!("call {number}"),
        });
        let claims_of = claims.as_object_mut().expect("an object");
        for (name, value) in changes.as_object().expect("an object") {
            claims_of.remove(name);
            if !value.is_null() {
                claims_of.insert(name.clone(), value.clone());
            }
        }
        self.key
            .sign(&json!({ "typ": "JWT", "kid": self.key.kid() }), &claims)
    }

    /// A right call.
    pub(crate) async fn call(&self, body: &Value) -> Answer {
        self.post(SERVICE, body).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let token = self.token(path, &json!({}));
        Request::post(path, body)
            .bearer(&token)
            .send(self.address)
            .await
    }

    /// How the rules were met.
    pub(crate) async fn met(&self) -> std::collections::BTreeMap<String, Met> {
        self.portal.advice_noted().await;
        let looking =
            self.journal
                .ask_to_look(&self.operators[0], Act::SeeAdvice, About::Country, clock());
        let mut looking = looking.await.expect("operators may");
        let since = clock() - SignedDuration::from_hours(1);
        advised::met(&mut looking, since)
            .await
            .expect("it can be read")
    }
}

/// A portal as it is started from a configuration: journal, keys and whatever else `environment` names are opened.
pub(crate) async fn opened(
    folder: &Path,
    environment: &[(&str, &str)],
) -> Result<Portal, OpenError> {
    riktig_helseid::install_cryptography();
    let keys = folder.join("journal.keys");
    // A journal in the same folder is opened with its own.
    if !keys.exists() {
        std::fs::write(&keys, JournalKeys::generate().expect("chance")).expect("it is written");
    }
    let own = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&keys, own).expect("the file is ours");
    let (keys, public) = (keys.display().to_string(), format!("https://{HOST}"));
    let journal = format!("sqlite:{}", folder.join("journal.db").display());
    let mut values = vec![
        ("RIKTIG_SERVER__LISTEN", "127.0.0.1:0"),
        ("RIKTIG_SERVER__PUBLIC_URL", public.as_str()),
        ("RIKTIG_JOURNAL__URL", journal.as_str()),
        ("RIKTIG_JOURNAL__KEYS_FILE", keys.as_str()),
    ];
    values.extend(environment);
    Portal::open(config(&values), clock).await
}

async fn demo_portal(folder: &Path, login: Way) -> Portal {
    riktig_helseid::install_cryptography();
    let keys = JournalKeys::generate().expect("chance");
    let keys = JournalKeys::parse(&keys).expect("they can be read");
    let address = format!("sqlite:{}", folder.join("journal.db").display());
    Portal::new(Parts {
        config: config(&[("RIKTIG_SERVER__LISTEN", "127.0.0.1:0")]),
        journal: Journal::open(&address, keys).await.expect("a new journal"),
        shelf: Shelf::default(),
        login,
        clock,
    })
}

fn config(values: &[(&str, &str)]) -> Config {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Config::of(None, values.iter().map(owned)).expect("it fits")
}

async fn operator(journal: &Journal, number: u32) -> Actor {
    let digits = riktig_testkit::person(number).identity_number;
    let pid = NationalId::parse(&digits)
        .expect("eleven digits")
        .known()
        .expect("not masked");
    let now = clock() - SignedDuration::from_hours(1);
    let id = person::id_of(journal, &pid, now).await.expect("an id");
    let verb = Actor::verb("appoint");
    let asked = journal.ask_to_act(&verb, Act::AppointFirstOperators, About::Person(id), now);
    let mut acting = asked.await.expect("there are few");
    person::prepare(journal, &mut acting, &pid)
        .await
        .expect("nobody else has the number");
    let proposal = Proposal {
        role: Role::Operator,
        from: now,
        until: now + SignedDuration::from_hours(24 * 300),
        reason: "test".to_owned(),
    };
    appointment::appoint_first(&mut acting, &proposal)
        .await
        .expect("the binary may");
    acting.done().await.expect("written");
    let actor = person::actor(journal, id, None).await;
    actor.expect("it can be read").expect("they are there")
}

/// A complete call about a child of six with pneumonia (R81), by hook.
pub(crate) fn call(hook: &str, instance: &str) -> Value {
    call_about(hook, instance, "p1")
}

/// The same about this patient.
pub(crate) fn call_about(hook: &str, instance: &str, patient: &str) -> Value {
    let subject = json!({ "reference": format!("Patient/{patient}") });
    let bundle = |entries: Vec<Value>| {
        let entries: Vec<Value> = entries
            .into_iter()
            .map(|it| json!({ "resource": it }))
            .collect();
        json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries })
    };
    let condition = json!({
        "resourceType": "Condition", "id": "c1", "subject": subject,
        "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
        "code": { "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R81" }] },
    });
    let mut call = json!({
        "hook": hook, "hookInstance": instance,
        "context": { "userId": "Practitioner/1", "patientId": patient },
        "prefetch": {
            "patient": { "resourceType": "Patient", "id": patient, "birthDate": "2020-05-01", "gender": "female" },
            "conditions": bundle(vec![condition]),
            "allergies": bundle(vec![]),
            "medicationStatements": bundle(vec![]),
            "medicationRequests": bundle(vec![]),
            "observations": bundle(vec![]),
            "laboratory": bundle(vec![]),
        },
    });
    if hook != "patient-view" {
        let order = json!({
            "resourceType": "MedicationRequest", "id": "o1", "status": "draft", "intent": "order", "subject": subject,
            "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "J01CA04" }] },
            "reasonCode": [{ "coding": [{ "system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R81" }] }],
        });
        call["context"]["draftOrders"] = bundle(vec![order]);
        call["context"]["selections"] = json!(["MedicationRequest/o1"]);
    }
    call
}
