//! The same tests on both databases.

use std::collections::BTreeSet;
use std::future::Future;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use riktig_codes::{HprNumber, OrganisationNumber};
use riktig_testkit::Postgres;

use crate::id::PersonId;
use crate::identity::Keys;
use crate::policy::{About, Act, Actor, Facts, Permit, Who, decide};
use crate::store::Journal;

/// Which database.
#[derive(Debug, Clone, Copy)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// An empty journal of a test's own.
pub(crate) struct World {
    pub(crate) journal: Journal,
    pub(crate) address: String,
    on: On,
    folder: tempfile::TempDir,
}

/// Two keys for fields, so that the newest is not the only one.
const KEYS: &str = "
lookup 1 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=
field 1 AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=
anchor 1 AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=
";

/// The keys of every test.
pub(crate) fn keys() -> Keys {
    Keys::parse(KEYS).expect("they are keys")
}

/// The same with a newer key of each purpose.
pub(crate) fn newer_keys() -> Keys {
    let newer = KEYS.replace(" 1 A", " 2 B");
    Keys::parse(&format!("{KEYS}{newer}")).expect("they are keys")
}

/// The moment `seconds` after the beginning of the tests' time.
pub(crate) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_760_000_000).expect("a moment") + SignedDuration::from_secs(seconds)
}

/// A person of the tests with an HPR number.
pub(crate) fn doctor(number: u8) -> Actor {
    Actor {
        who: Who::Person(PersonId::from_bytes([number; 16])),
        seen_hpr: None,
        hpr: HprNumber::from_value(2_000_000 + u32::from(number)),
        organisation: "974760673".parse::<OrganisationNumber>().ok(),
        standings: Vec::new(),
    }
}

/// Leave to change what is one's own.
pub(crate) fn own_permit(actor: &Actor) -> Permit {
    let facts = Facts::default();
    decide(
        actor,
        Act::KeepOwnProfile,
        About::Oneself,
        &facts,
        moment(0),
    )
    .expect("everybody may")
}

/// Leave for the journal to tend to itself.
pub(crate) fn verb_permit() -> Permit {
    let facts = Facts::default();
    let verb = Actor::verb("test");
    decide(&verb, Act::Maintain, About::Journal, &facts, moment(0)).expect("a verb may")
}

impl World {
    /// A journal of its own, or nothing where the machine lacks the database.
    pub(crate) async fn new(on: On) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let address = match on {
            On::Sqlite => format!("sqlite:{}", folder.path().join("journal.db").display()),
            On::Postgres => copy_of_template(Postgres::shared()?),
        };
        let journal = Journal::open(&address, keys()).await.expect("it opens");
        Some(Self {
            journal,
            address,
            on,
            folder,
        })
    }

    /// Another, empty journal on the same kind of database.
    pub(crate) async fn another(&self) -> Self {
        Self::new(self.on).await.expect("there is one already")
    }

    /// An empty journal on the other kind of database, where the machine has it.
    pub(crate) async fn on_the_other(&self) -> Option<Self> {
        let other = match self.on {
            On::Sqlite => On::Postgres,
            On::Postgres => On::Sqlite,
        };
        Self::new(other).await
    }

    /// A folder for the test's files.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs a text past the journal, as somebody with the database's password could.
    pub(crate) async fn behind_its_back(&self, text: &str) -> Result<(), crate::JournalError> {
        let mut writing = self.journal.writing().await?;
        writing.script("behind its back", text).await?;
        writing.commit().await
    }

    pub(crate) fn on(&self) -> On {
        self.on
    }
}

/// A database that has been migrated already: the copy is made in a tenth of the time.
fn copy_of_template(server: &'static Postgres) -> String {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| {
        let address = server.database();
        // A thread of its own: the test's own runtime is already running on this one.
        let opened = address.clone();
        let made = std::thread::spawn(move || {
            block_on(async {
                let journal = Journal::open(&opened, keys()).await.expect("it opens");
                journal.close().await;
            });
        });
        made.join().expect("the template is made");
        let name = address.rsplit('/').next();
        name.expect("an address has a database").to_owned()
    });
    server.copy_of(template)
}

/// Runs one test on one database.
pub(crate) fn run<F: Future<Output = ()>>(on: On, test: impl FnOnce(World) -> F) {
    block_on(async {
        if let Some(world) = World::new(on).await {
            test(world).await;
        }
    });
}

/// Runs a future to its end.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime can be made").block_on(future)
}

/// Each test becomes two: `on_sqlite::…` and `on_postgres::…`.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($world:ident: World) $body:block)+) => {
        $($(#[$meta])* async fn $name($world: $crate::suite::World) $body)+
        mod on_sqlite {
            $(#[test] fn $name() { $crate::suite::run($crate::suite::On::Sqlite, super::$name) })+
        }
        mod on_postgres {
            $(#[test] fn $name() { $crate::suite::run($crate::suite::On::Postgres, super::$name) })+
        }
    };
}
pub(crate) use on_both;

/// Starts this test program with one test that writes to the journal at the address it finds in the variable, and says `ack NUMBER ` after
/// each write; kills it after so many, and tells which were acknowledged.
pub(crate) fn killed_after(
    test: &str,
    (variable, address): (&str, &str),
    count: usize,
) -> BTreeSet<u32> {
    let mut child = Command::new(std::env::current_exe().expect("a test program"))
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(variable, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut acknowledged = BTreeSet::new();
    let lines = BufReader::new(child.stdout.take().expect("it was piped")).lines();
    let mut killed = false;
    for line in lines.map_while(Result::ok) {
        // The test harness writes on the same pipe: what counts is between the words.
        for part in line.split("ack ").skip(1) {
            if let Some(number) = part
                .split(' ')
                .next()
                .and_then(|number| number.parse().ok())
            {
                acknowledged.insert(number);
            }
        }
        if acknowledged.len() >= count && !killed {
            child.kill().expect("it is killed with SIGKILL");
            killed = true;
        }
    }
    child.wait().expect("it has died");
    assert!(killed, "it ended by itself after {}", acknowledged.len());
    acknowledged
}
