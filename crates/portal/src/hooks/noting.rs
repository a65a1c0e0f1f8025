//! What was advised, and the tokens of the calls, are noted without any answer waiting for the disk: a queue with an end, and one writer
//! behind it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use riktig_journal::advised::{self, Shown};
use riktig_journal::session::Used;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::portal::Portal;

/// Cards and tokens that may wait for the writer. When the queue is full, what comes is not noted, and counted in
/// `riktig_advice_not_noted_total`.
const QUEUE: usize = 8_192;

/// Most rows of one transaction.
const BATCH: usize = 500;

/// How long the writer gathers before it writes.
const GATHER: Duration = Duration::from_millis(100);

/// How often a batch is tried, and how long the writer waits between: a disk that is full may have room again.
const TRIES: u32 = 3;
const BETWEEN: Duration = Duration::from_secs(1);

/// Something for the writer.
enum Work {
    /// A card's rows.
    Note(Vec<Shown>),
    /// Tokens that were used.
    Tokens(Vec<Used>),
    /// Tell when everything before it has been written.
    Flush(oneshot::Sender<()>),
}

/// The queue. The writer begins with the first card.
#[derive(Default)]
pub(super) struct Noting {
    writer: Mutex<Option<Writer>>,
}

struct Writer {
    queue: mpsc::Sender<Work>,
    task: JoinHandle<()>,
}

impl Noting {
    /// Puts a card's rows into the queue, or counts that there is no room. Never waits.
    pub(super) fn note(&self, portal: &Portal, rows: Vec<Shown>) {
        self.put(portal, Work::Note(rows));
    }

    /// The same with tokens that were used.
    pub(super) fn note_tokens(&self, portal: &Portal, tokens: Vec<Used>) {
        if !tokens.is_empty() {
            self.put(portal, Work::Tokens(tokens));
        }
    }

    fn put(&self, portal: &Portal, work: Work) {
        let queue = self.queue(portal);
        if let Err(refused) = queue.try_send(work) {
            let rows = match refused.into_inner() {
                Work::Note(rows) => rows.len(),
                Work::Tokens(tokens) => tokens.len(),
                Work::Flush(_) => 0,
            };
            portal.metrics().not_noted("full", rows);
        }
    }

    /// Waits until everything that is in the queue has been written.
    pub(super) async fn flush(&self) {
        let queue = {
            let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            writer.as_ref().map(|writer| writer.queue.clone())
        };
        let Some(queue) = queue else { return };
        let (done, told) = oneshot::channel();
        if queue.send(Work::Flush(done)).await.is_ok() {
            let _ = told.await; // a writer that is gone has nothing left to write
        }
    }

    fn queue(&self, portal: &Portal) -> mpsc::Sender<Work> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = writer.as_ref()
            && !writer.task.is_finished()
        {
            return writer.queue.clone();
        }
        let (queue, work) = mpsc::channel(QUEUE);
        let task = tokio::spawn(write(portal.without_its_life(), work));
        *writer = Some(Writer {
            queue: queue.clone(),
            task,
        });
        queue
    }
}

/// Writes batches until the portal is gone.
async fn write(portal: crate::portal::Weak, mut work: mpsc::Receiver<Work>) {
    let mut gathered = Gathered::default();
    while let Some(first) = work.recv().await {
        let mut waiting = Vec::new();
        let mut next = Some(first);
        let until = tokio::time::Instant::now() + GATHER;
        while let Some(one) = next.take() {
            match one {
                Work::Note(rows) => gathered.shown.extend(rows),
                Work::Tokens(tokens) => gathered.tokens.extend(tokens),
                Work::Flush(done) => waiting.push(done),
            }
            if gathered.len() < BATCH && waiting.is_empty() {
                next = tokio::time::timeout_at(until, work.recv())
                    .await
                    .ok()
                    .flatten();
            }
        }
        let Some(portal) = portal.portal() else {
            return;
        };
        put(&portal, &gathered).await;
        gathered.clear();
        for done in waiting {
            let _ = done.send(()); // whoever asked may have gone
        }
    }
}

/// What goes with the next transaction.
#[derive(Default)]
struct Gathered {
    shown: Vec<Shown>,
    tokens: Vec<Used>,
}

impl Gathered {
    fn len(&self) -> usize {
        self.shown.len() + self.tokens.len()
    }

    fn clear(&mut self) {
        self.shown.clear();
        self.tokens.clear();
    }
}

async fn put(portal: &Portal, gathered: &Gathered) {
    let rows = gathered.len();
    if rows == 0 {
        return;
    }
    for attempt in 1..=TRIES {
        let tokens = (gathered.tokens.as_slice(), portal.now());
        match advised::note_with_tokens(portal.journal(), &gathered.shown, tokens).await {
            Ok(0) => return,
            Ok(twice) => {
                tracing::warn!(twice, "tokens were used at several servers at once");
                return;
            }
            Err(error) => {
                tracing::error!(cause = %error, attempt, rows, "what was advised cannot be noted");
            }
        }
        if attempt < TRIES {
            tokio::time::sleep(BETWEEN).await;
        }
    }
    portal.metrics().not_noted("journal", rows);
}
