//! What outlives the links: the senders with their messages and the answers that reached them, and the files.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use jiff::Timestamp;
use riktig_chain::At;
use riktig_chain::rehearsal::Rehearsal;
use riktig_codes::Day;
use riktig_journal::identity::Keys;
use sha2::{Digest as _, Sha256};

use crate::counted::result;
use crate::script::{Script, What};

pub(crate) type Which = (u32, What);

/// What is kept of an answer: a hundred thousand prescriptions have a gigabyte of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answered {
    digest: [u8; 32],
    /// The log's word for it.
    pub(crate) result: String,
}

impl Answered {
    fn of(answer: &[u8]) -> Self {
        Self {
            digest: Sha256::digest(answer).into(),
            result: result(answer),
        }
    }
}

pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) at: At,
    pub(crate) parties: Rehearsal,
    pub(crate) scripts: Vec<Script>,
    /// Addresses of the journals: the intermediary's, and of those who are told.
    pub(crate) intermediary: String,
    pub(crate) told: String,
    pub(crate) keys: String,
    answers: Mutex<BTreeMap<Which, Answered>>,
    copies: Mutex<Vec<(Which, Answered)>>,
    faults: Mutex<Vec<String>>,
    messages: usize,
    count: AtomicUsize,
    delivered: AtomicBool,
}

pub(crate) fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z"
            .parse::<Timestamp>()
            .expect("a moment"),
        today: "2026-03-02".parse::<Day>().expect("a day"),
    }
}

impl World {
    /// On files in a folder.
    pub(crate) fn new(seed: u64, prescriptions: u32, folder: &Path) -> Self {
        let file = |name| format!("sqlite:{}", folder.join(name).display());
        Self::on(
            seed,
            prescriptions,
            [file("intermediary.db"), file("told.db")],
        )
    }

    /// On journals at these addresses, the intermediary's and that of those who are told.
    pub(crate) fn on(seed: u64, prescriptions: u32, [intermediary, told]: [String; 2]) -> Self {
        let scripts: Vec<_> = (0..prescriptions)
            .map(|number| Script::of(seed, number))
            .collect();
        Self {
            seed,
            at: at(),
            parties: Rehearsal::new(at()).expect("there is chance for keys"),
            messages: scripts.iter().map(|script| script.messages.len()).sum(),
            scripts,
            intermediary,
            told,
            keys: Keys::generate().expect("there is chance for keys"),
            answers: Mutex::default(),
            copies: Mutex::default(),
            faults: Mutex::default(),
            count: AtomicUsize::new(0),
            delivered: AtomicBool::new(false),
        }
    }

    pub(crate) fn messages(&self) -> usize {
        self.messages
    }

    /// Prescriptions about which something is not answered.
    pub(crate) fn unfinished(&self) -> VecDeque<u32> {
        let answers = self.answers.lock().expect("nobody panics with it");
        let unfinished = |script: &&Script| {
            let mut messages = script.messages.iter();
            !messages.all(|what| answers.contains_key(&(script.number, *what)))
        };
        let unfinished = self.scripts.iter().filter(unfinished);
        unfinished.map(|script| script.number).collect()
    }

    pub(crate) fn is_answered(&self, number: u32, what: What) -> bool {
        let answers = self.answers.lock().expect("nobody panics with it");
        answers.contains_key(&(number, what))
    }

    pub(crate) fn answered(&self, which: Which, answer: &[u8]) {
        let answer = Answered::of(answer);
        let mut answers = self.answers.lock().expect("nobody panics with it");
        answers.insert(which, answer);
        self.count.store(answers.len(), Ordering::Release);
    }

    pub(crate) fn copy_answered(&self, which: Which, answer: &[u8]) {
        let answer = Answered::of(answer);
        let mut copies = self.copies.lock().expect("nobody panics with it");
        copies.push((which, answer));
    }

    pub(crate) fn fault(&self, fault: String) {
        let mut faults = self.faults.lock().expect("nobody panics with it");
        faults.push(fault);
    }

    pub(crate) fn delivered(&self) {
        self.delivered.store(true, Ordering::Release);
    }

    pub(crate) fn count_answered(&self) -> usize {
        self.count.load(Ordering::Acquire)
    }

    pub(crate) fn all_answered(&self) -> bool {
        self.count_answered() == self.messages
    }

    pub(crate) fn is_delivered(&self) -> bool {
        self.delivered.load(Ordering::Acquire)
    }

    /// The answers that reached their senders, copies that were answered otherwise, and what else must not happen.
    pub(crate) fn end(&self) -> (BTreeMap<Which, Answered>, usize, Vec<String>) {
        let answers = std::mem::take(&mut *self.answers.lock().expect("nobody panics with it"));
        let copies = std::mem::take(&mut *self.copies.lock().expect("nobody panics with it"));
        let mut faults = std::mem::take(&mut *self.faults.lock().expect("nobody panics with it"));
        for (which, answer) in &copies {
            if answers.get(which) != Some(answer) {
                faults.push(format!("a copy of {which:?} was answered otherwise"));
            }
        }
        (answers, copies.len(), faults)
    }
}
