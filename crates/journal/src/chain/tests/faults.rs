//! A process that is killed: what was acknowledged is there, whole.

use super::*;
use crate::audit::verify;
use crate::store::Journal;
use crate::suite::{block_on, keys, killed_after, on_both};

/// Messages at once in the process that is killed.
const MESSAGES: u32 = 2000;
/// Where that process finds its journal.
const ADDRESS: &str = "RIKTIG_TEST_CHAIN_TO_DIE_IN";

/// Does nothing, but in the process that [`what_was_answered_is_there_whole_after_a_kill`] starts and kills.
#[test]
fn takes_messages_until_it_is_killed() {
    let Ok(address) = std::env::var(ADDRESS) else {
        return;
    };
    block_on(async {
        let journal = Journal::open(&address, keys()).await.expect("it opens");
        let post = Post::open(journal, Link::Intermediary);
        let tasks: Vec<_> = (0..MESSAGES)
            .map(|number| {
                let post = post.clone();
                tokio::spawn(async move {
                    if post.take(m1(number), prescribe(number)).await.is_ok() {
                        println!("ack {number} ");
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("nobody panics");
        }
    });
}

on_both! {
    async fn what_was_answered_is_there_whole_after_a_kill(world: World) {
        world.journal.close().await;
        let address = world.address.clone();
        let dying = tokio::task::spawn_blocking(move || killed_after("chain::tests::faults::takes_messages_until_it_is_killed", (ADDRESS, &address), 300));
        let acknowledged = dying.await.expect("nobody panics");
        let journal = Journal::open(&world.address, keys()).await.expect("it opens again");
        let post = Post::open(journal.clone(), Link::Intermediary);
        let tasks: Vec<_> = (0..MESSAGES).map(|number| {
            let post = post.clone();
            tokio::spawn(async move { post.take(m1(number), prescribe(number)).await })
        }).collect();
        let mut there = 0;
        for (number, task) in (0..).zip(tasks) {
            let taken = task.await.expect("nobody panics").expect("is taken or was");
            assert!(taken.again || !acknowledged.contains(&number), "{number} was acknowledged and lost");
            assert_eq!(taken.answer, b"yes", "{number} is whole or not there");
            there += u32::from(taken.again);
        }
        assert!((300..MESSAGES).contains(&there), "killed in the middle: {there}");
        let everything = due(&journal, Link::Intermediary, moment(100_000), 10_000).await.expect("reads");
        assert_eq!(everything.len(), MESSAGES as usize, "each goes on once");
        let verified = verify(&journal, &[]).await.expect("the chain is whole");
        assert_eq!(verified.lines, u64::from(MESSAGES + there), "a message and its line stand or fall together, and each that came again has one");
    }
}
