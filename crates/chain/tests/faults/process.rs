//! An intermediary in a process of its own, killed with SIGKILL while it takes messages: what it acknowledged is there, on both
//! databases, in the next process.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;

use riktig_chain::address::Numbers;
use riktig_chain::rehearsal::Parties;
use riktig_chain::{Answer, Intermediary, Register, Setup};
use riktig_codes::CodeLists;
use riktig_eresept::control::Policy;
use riktig_eresept::signature::Trust;
use riktig_testkit::Postgres;

use crate::chance::Chance;
use crate::script::What;
use crate::world::{Which, World, at};
use crate::{counted, life, live_to_the_end, of_environment};

/// What the process is given: the journal's address, its keys, and whose certificates are believed.
const GIVEN: [&str; 3] = [
    "RIKTIG_TEST_JOURNAL",
    "RIKTIG_TEST_KEYS",
    "RIKTIG_TEST_AUTHORITY",
];
/// Processes that are killed.
const KILLED: u32 = 6;
/// Prescriptions under way at once.
const TOGETHER: usize = 32;

/// Does nothing, but in a process that [`InProcess::begin`] has started: takes each line's message and writes its answer.
#[test]
fn takes_messages_by_line_until_it_is_killed() {
    let given = GIVEN.map(|name| std::env::var(name).ok());
    let [Some(address), Some(keys), Some(authority)] = given else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let intermediary = runtime.block_on(async {
        let journal = life::open(&address, &keys).await;
        Intermediary::open(journal, setup(&unhex(&authority)))
    });
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (which, message) = line.split_once(' ').expect("two words");
        let (which, message) = (which.to_owned(), unhex(message));
        let intermediary = intermediary.clone();
        runtime.spawn(async move {
            if let Answer::Message(answer) = intermediary.receive(message, at()).await {
                println!("answer {which} {} end", hex(&answer));
            }
        });
    }
}

fn setup(authority: &[u8]) -> Setup {
    let (prescribers, pharmacies) = Parties::registers(&[]);
    let register = Register::default().with_prescribers(&prescribers);
    let register = register.and_then(|register| register.with_pharmacies(&pharmacies));
    Setup {
        trust: Trust::for_tests(&[authority.to_vec()]).unwrap(),
        register: register.unwrap(),
        policy: Policy::shipped(),
        lists: CodeLists::default(),
        fest: None,
        key: None,
        numbers: Numbers::default(),
    }
}

/// The process, and what is under way to it.
struct InProcess<'a> {
    world: &'a World,
    process: Child,
    to_it: Option<ChildStdin>,
    chance: Chance,
    unfinished: VecDeque<u32>,
    under_way: BTreeMap<u32, VecDeque<What>>,
}

impl<'a> InProcess<'a> {
    fn begin(world: &'a World, number: u32) -> Self {
        let values = [
            world.intermediary.clone(),
            world.keys.clone(),
            hex(world.parties.authority()),
        ];
        let test = "process::takes_messages_by_line_until_it_is_killed";
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args([test, "--exact", "--nocapture", "--test-threads=1"])
            .envs(GIVEN.into_iter().zip(values))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self {
            world,
            to_it: process.stdin.take(),
            process,
            chance: Chance::new(world.seed + 3, number),
            unfinished: world.unfinished(),
            under_way: BTreeMap::new(),
        }
    }

    /// Sends until so many messages are answered in all, kills it, and notes what it had answered before it died. Tells
    /// whether it was killed and did not run out of messages.
    fn live_and_be_killed(mut self, until: usize) -> bool {
        let answers = BufReader::new(self.process.stdout.take().unwrap());
        for _ in 0..TOGETHER {
            self.begin_another();
        }
        let mut killed = false;
        for line in answers.lines().map_while(Result::ok) {
            // The test harness writes on the same pipe, and the last line may be cut off by the kill.
            let Some((_, answer)) = line.split_once("answer ") else {
                continue;
            };
            let [which, answer, "end"] = answer.split(' ').collect::<Vec<_>>()[..] else {
                continue;
            };
            self.answered(which_of(which), &unhex(answer));
            if self.world.count_answered() >= until && !killed {
                self.process.kill().expect("it is killed with SIGKILL");
                (killed, self.to_it) = (true, None);
            } else if self.under_way.is_empty() {
                self.to_it = None; // nothing is left: it ends by itself
            }
        }
        self.process.wait().unwrap();
        killed
    }

    fn answered(&mut self, which: Which, answer: &[u8]) {
        if self.world.is_answered(which.0, which.1) {
            return self.world.copy_answered(which, answer);
        }
        self.world.answered(which, answer);
        self.next(which.0);
    }

    fn begin_another(&mut self) {
        let Some(number) = self.unfinished.pop_front() else {
            return;
        };
        let script = &self.world.scripts[number as usize];
        let left = script.messages.iter().copied();
        let left = left.filter(|what| !self.world.is_answered(number, *what));
        self.under_way.insert(number, left.collect());
        // All at once and in any order, or each after the answer to the one before.
        let at_once = if script.hasty {
            script.messages.len()
        } else {
            1
        };
        for _ in 0..at_once {
            self.next(number);
        }
    }

    /// Sends the next message about a prescription, now and then doubled; after the last one begins with another.
    fn next(&mut self, number: u32) {
        let Some(left) = self.under_way.get_mut(&number) else {
            return;
        };
        let Some(what) = left.pop_front() else {
            let script = &self.world.scripts[number as usize];
            let mut messages = script.messages.iter();
            if messages.all(|what| self.world.is_answered(number, *what)) {
                self.under_way.remove(&number);
                self.begin_another();
            }
            return;
        };
        let script = &self.world.scripts[number as usize];
        let bytes = hex(&script.bytes(what, &self.world.parties));
        let index = What::ALL.iter().position(|one| *one == what).unwrap();
        for _ in 0..=u8::from(self.chance.one_in(8)) {
            if let Some(to_it) = &mut self.to_it {
                let _killed = writeln!(to_it, "{number}:{index} {bytes}");
            }
        }
    }
}

fn which_of(word: &str) -> Which {
    let (number, index) = word.split_once(':').expect("two numbers");
    let index: usize = index.parse().expect("a number");
    (number.parse().expect("a number"), What::ALL[index])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes text");
        text
    })
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
    (0..text.len()).step_by(2).map(digit).collect()
}

fn killed_and_counted(world: World) {
    let world = Arc::new(world);
    let mut chance = Chance::new(world.seed + 4, KILLED);
    let mut killed = 0;
    for number in 0..KILLED {
        let process = InProcess::begin(&world, number);
        let most = 2 * world.messages() as u64 / (u64::from(KILLED) + 2);
        let until = world.count_answered() + 1 + chance.below(most) as usize;
        killed += u32::from(process.live_and_be_killed(until));
    }
    assert!(killed > 2, "killed in the middle: {killed}");
    // What is left, and what must go on, in this process.
    live_to_the_end(&world, KILLED, &mut chance);
    let counted = counted::count(&world);
    println!("{counted}, {killed} processes killed");
}

/// A quarter of what is asked for of links in this process, and at most ten thousand.
fn prescriptions() -> u32 {
    (of_environment("RIKTIG_PRESCRIPTIONS", 1_000) / 4).min(10_000)
}

#[test]
fn what_a_killed_process_acknowledged_is_in_the_next_ones_file() {
    let folder = tempfile::tempdir().unwrap();
    killed_and_counted(World::new(20_261_122, prescriptions(), folder.path()));
}

#[test]
fn what_a_killed_process_acknowledged_is_in_the_next_ones_server() {
    let Some(server) = Postgres::shared() else {
        return;
    };
    let journals = [server.database(), server.database()];
    killed_and_counted(World::on(20_261_123, prescriptions(), journals));
}
