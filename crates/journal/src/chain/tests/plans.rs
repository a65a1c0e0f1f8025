//! What is looked up for every message is found by an index, however much is stored.

use super::*;
use crate::store::Listed;
use crate::suite::on_both;

/// Asked for each message, each delivery, each sweep or each page.
const HOT: [&str; 14] = [
    "take::SEEN",
    "patient::BY_PID",
    "patient::BY_PIDS",
    "prescription::ONE",
    "prescription::SEVERAL",
    "prescription::OPEN",
    "prescription::OF_PATIENT",
    "prescription::EXPIRED",
    "prescription::EVENTS",
    "inbox::BYTES",
    "inbox::BYTES_OF_SEVERAL",
    "inbox::AFTER",
    "outbox::DUE",
    "outbox::SETTLED",
];

fn text(name: &str) -> &'static str {
    let lists: [&[Listed]; 5] = [OF_TAKE, OF_PATIENT, OF_PRESCRIPTION, OF_INBOX, OF_OUTBOX];
    let mut all = lists.into_iter().flatten();
    let found = all.find(|(of, _)| of.ends_with(&format!("::{name}")));
    found.expect("there is such a statement").1
}

on_both! {
    async fn no_look_up_reads_a_whole_table(world: World) {
        let mut reading = world.journal.reading().await.expect("reads");
        for name in HOT {
            let plan = reading.plan(text(name)).await.join("\n");
            let reads_all = plan.contains("SCAN ") || plan.contains("Seq Scan");
            let by_index = plan.contains("USING INDEX") || plan.contains("USING COVERING INDEX") || plan.contains("Index Cond");
            assert!(by_index && !reads_all, "{name}:\n{plan}");
            // A page begins where the last one ended, and does not read what is before it.
            let begins = plan.contains("ROW(at, id) >") || plan.contains("(at,id)>(?,?)");
            assert!(name != "inbox::AFTER" || begins, "{name}:\n{plan}");
        }
    }
}
