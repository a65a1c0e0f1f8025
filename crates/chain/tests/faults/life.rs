//! One life of the links, from their opening on the files that the last life left until they are killed: with whatever was
//! under way in them, between any two of their steps.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use riktig_chain::{At, Intermediary, deliver};
use riktig_eresept::{AppRec, Message, MessageId, Moment, Outcome};
use riktig_journal::Journal;
use riktig_journal::chain::{Decision, Incoming, Link, Post, Sender, Wants, waiting};
use riktig_journal::identity::Keys;
use tokio::runtime::Runtime;

use crate::chance::Chance;
use crate::network::Network;
use crate::world::World;

/// Prescriptions under way at once.
const TOGETHER: usize = 32;

pub(crate) struct Life {
    runtime: Runtime,
}

/// The two links that are told of dispensings: what they have taken is in a journal of their own.
#[derive(Clone)]
pub(crate) struct Told {
    prescriber: Post,
    record: Post,
}

pub(crate) async fn open(address: &str, keys: &str) -> Journal {
    let keys = Keys::parse(keys).expect("they were generated");
    Journal::open(address, keys)
        .await
        .expect("the last life has left a whole journal")
}

impl Life {
    /// Everything that is not answered is sent again.
    pub(crate) fn begin(world: &Arc<World>, number: u32) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("there is room for two threads");
        let world = world.clone();
        runtime.spawn(async move {
            let journal = open(&world.intermediary, &world.keys).await;
            let intermediary = Intermediary::open(journal.clone(), world.parties.setup());
            let told = Told::open(&world).await;
            tokio::spawn(deliver(world.clone(), journal, told, number));
            let waiting = Arc::new(Mutex::new(world.unfinished()));
            for _ in 0..TOGETHER {
                let network = Network {
                    intermediary: intermediary.clone(),
                    world: world.clone(),
                };
                tokio::spawn(send_all(network, waiting.clone(), number));
            }
        });
        Self { runtime }
    }

    /// Nobody is asked whether they are done.
    pub(crate) fn kill(self) {
        self.runtime.shutdown_background();
    }
}

async fn send_all(network: Network, waiting: Arc<Mutex<VecDeque<u32>>>, life: u32) {
    loop {
        let next = waiting.lock().expect("nobody panics with it").pop_front();
        let Some(number) = next else { return };
        network.play(number, life).await;
    }
}

/// Delivers until all is sent and nothing waits.
async fn deliver(world: Arc<World>, journal: Journal, told: Told, life: u32) {
    let chance = Mutex::new(Chance::new(world.seed + 1, life));
    let mut now = world.at.now;
    loop {
        let ended = world.all_answered();
        let round = deliver::round(&journal, Link::Intermediary, now, |to, bytes| {
            let (reaches, doubled, answered) = {
                let mut chance = chance.lock().expect("nobody panics with it");
                (!chance.one_in(12), chance.one_in(8), !chance.one_in(10))
            };
            let told = told.clone();
            async move {
                if !reaches {
                    return None;
                }
                let answer = told.take(to, bytes.clone()).await;
                if doubled && told.take(to, bytes).await != answer {
                    return None; // its receiver is being killed
                }
                answer.filter(|_| answered)
            }
        })
        .await;
        // A wait between tries would be an hour at most: every round is later than that.
        now = now
            .checked_add(SignedDuration::from_hours(2))
            .expect("a few thousand rounds");
        let left = waiting(&journal, Link::Intermediary).await;
        match (round, left) {
            (Ok(round), Ok(_)) if round.refused > 0 => {
                world.fault("a receiver has refused".to_owned())
            }
            (Ok(_), Ok((0, _))) if ended => return world.delivered(),
            _ => tokio::task::yield_now().await,
        }
    }
}

impl Told {
    pub(crate) async fn open(world: &World) -> Self {
        let journal = open(&world.told, &world.keys).await;
        Self {
            prescriber: Post::open(journal.clone(), Link::Prescriber),
            record: Post::open(journal, Link::SummaryRecord),
        }
    }

    async fn take(&self, to: Link, bytes: Vec<u8>) -> Option<Vec<u8>> {
        let (post, kind) = match to {
            Link::Prescriber => (&self.prescriber, "M6"),
            _ => (&self.record, "M8.1"),
        };
        let message = Message::read(&bytes).expect("the intermediary writes messages");
        let at: At = crate::world::at();
        let id = MessageId::parse("3f2504e0-4f89-11d3-9a0c-0305e82c3301").expect("a UUID is an id");
        let moment = Moment::from_unix_seconds(at.now.as_second()).expect("a moment of the clock");
        let receipt = AppRec::answering(message.envelope(), id, moment, Outcome::Taken).write();
        let incoming = Incoming {
            id: message
                .envelope()
                .id
                .as_str()
                .parse()
                .expect("a UUID is an id"),
            kind,
            sender: Sender {
                hpr: None,
                organisation: None,
            },
            patient: None,
            bytes,
            wants: Wants::default(),
            now: at.now,
        };
        let taken = post.take(incoming, move |_| Decision {
            effects: Vec::new(),
            answer: receipt.clone(),
            result: "done".to_owned(),
        });
        taken.await.ok().map(|taken| taken.answer)
    }
}
