//! The way between the parties and the intermediary: messages are lost, doubled, delayed, overtaken and garbled on it, and
//! answers are cut off.

use std::sync::Arc;

use riktig_chain::{Answer, Intermediary};

use crate::chance::Chance;
use crate::script::{Script, What};
use crate::world::World;

#[derive(Clone)]
pub(crate) struct Network {
    pub(crate) intermediary: Intermediary,
    pub(crate) world: Arc<World>,
}

impl Network {
    /// Sends what is not answered yet about a prescription, each message until it is.
    pub(crate) async fn play(&self, number: u32, life: u32) {
        let script = &self.world.scripts[number as usize];
        let mut chance = Chance::new(self.world.seed + 2 + u64::from(life), number);
        if !script.hasty {
            for what in &script.messages {
                self.until_answered(script, *what, &mut chance).await;
            }
            return;
        }
        let mut sending = tokio::task::JoinSet::new();
        for what in script.messages.clone() {
            let (network, mut chance) = (self.clone(), Chance::new(chance.below(u64::MAX), number));
            sending.spawn(async move {
                let script = &network.world.scripts[number as usize];
                delayed(&mut chance).await;
                network.until_answered(script, what, &mut chance).await;
            });
        }
        while sending.join_next().await.is_some() {}
    }

    async fn until_answered(&self, script: &Script, what: What, chance: &mut Chance) {
        if self.world.is_answered(script.number, what) {
            return;
        }
        let bytes = script.bytes(what, &self.world.parties);
        loop {
            if let Some(answer) = self.send((script.number, what), &bytes, chance).await {
                return self.world.answered((script.number, what), &answer);
            }
        }
    }

    /// Sends once, as far as the network lets it; nothing where no answer came back.
    async fn send(&self, which: (u32, What), bytes: &[u8], chance: &mut Chance) -> Option<Vec<u8>> {
        if chance.one_in(15) {
            return None; // lost
        }
        if chance.one_in(20) {
            self.garbled(bytes).await;
        }
        for _ in 0..chance.below(12).saturating_sub(9) {
            self.copy(which, bytes, chance);
        }
        if chance.one_in(12) {
            // Cut off: the sender hangs up with the message anywhere between the first byte and the commit.
            let cut = tokio::spawn(self.clone().receive(bytes.to_vec()));
            delayed(chance).await;
            cut.abort();
            return None;
        }
        delayed(chance).await;
        let answer = self.clone().receive(bytes.to_vec()).await;
        answer.filter(|_| !chance.one_in(10))
    }

    /// A copy that arrives at any time, perhaps long after: its answer is the one that the first got.
    fn copy(&self, which: (u32, What), bytes: &[u8], chance: &mut Chance) {
        let (network, bytes) = (self.clone(), bytes.to_vec());
        let mut chance = Chance::new(chance.below(u64::MAX), which.0);
        tokio::spawn(async move {
            for _ in 0..chance.below(20) {
                delayed(&mut chance).await;
            }
            if let Some(answer) = network.clone().receive(bytes).await {
                network.world.copy_answered(which, &answer);
            }
        });
    }

    async fn receive(self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self.intermediary.receive(bytes, self.world.at).await {
            Answer::Message(answer) => Some(answer),
            Answer::TryAgain(_) => None,
            other => {
                self.world.fault(format!("{other:?}"));
                None
            }
        }
    }

    async fn garbled(&self, bytes: &[u8]) {
        let mut garbled = bytes.to_vec();
        let name = b"Oppdiktet reseptformidler";
        let at = garbled
            .windows(name.len())
            .position(|window| window == name)
            .expect("every message is addressed to it");
        garbled[at] ^= 1;
        match self.intermediary.receive(garbled, self.world.at).await {
            Answer::Refused(_) | Answer::NotAMessage(_) => {}
            other => self
                .world
                .fault(format!("a garbled message was answered with {other:?}")),
        }
    }
}

/// So many others come first.
async fn delayed(chance: &mut Chance) {
    for _ in 0..chance.below(30) {
        tokio::task::yield_now().await;
    }
}
