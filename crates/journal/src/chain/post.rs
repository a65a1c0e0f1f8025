//! The post: messages from many at once, a commit for all that wait, and no answer before it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::ahead::{Ahead, Needs};
use super::take::{self, OneError, Within};
use super::unwritten::Unwritten;
use super::{Decision, Incoming, Link, PrescriptionId, Present};
use crate::audit::End;
use crate::store::{Journal, JournalError};

/// Messages that share a commit at most: the writers' lock is held for their statements, some 2 ms each at worst.
const MOST_TOGETHER: usize = 64;
/// Messages that wait at most; whoever comes then waits to be let in.
const MOST_WAITING: usize = 1024;

/// Takes messages for one link of the chain. A clone is the same post; when the last one is dropped, its writer ends.
#[derive(Debug, Clone)]
pub struct Post {
    link: Link,
    queue: mpsc::Sender<Job>,
}

/// A message that was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The answer.
    pub answer: Vec<u8>,
    /// Whether it was taken before: the answer is the one of that time.
    pub again: bool,
}

/// Why a message was not taken.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum PostError {
    /// Its id was taken with other bytes.
    #[error("refused the message: its id was taken with other bytes")]
    OtherBytes,
    /// It was taken before, from another sender.
    #[error("refused the message: another sender has sent it before")]
    OtherSender,
    /// It or its answer is too long.
    #[error(
        "refused the message: it has more than {long} bytes, or with its answer more than {both}",
        long = super::LONGEST_MESSAGE,
        both = super::LONGEST_WITH_ANSWER
    )]
    TooLong,
    /// What should have decided on it came to no end. Nothing was written.
    #[error("cannot take the message: deciding on it has failed")]
    Undecided,
    /// The journal could not do it; the same message can be sent again.
    #[error("cannot take the message")]
    Journal(#[source] Arc<JournalError>),
    /// The post has ended.
    #[error("cannot take the message: the post is closed")]
    Closed,
}

type Decide = dyn Fn(&Present) -> Option<Decision> + Send + Sync;

struct Job {
    what: What,
    decide: Box<Decide>,
    reply: oneshot::Sender<Result<Taken, PostError>>,
}

enum What {
    Message(Incoming),
    Day(PrescriptionId, &'static str, Timestamp),
}

impl Post {
    /// Opens the post of a link. Needs to be called within a Tokio runtime, in which the one writer runs.
    ///
    /// Two posts of the same link on one journal do no harm: what each takes is decided in a transaction of its own.
    pub fn open(journal: Journal, link: Link) -> Self {
        let (queue, waiting) = mpsc::channel(MOST_WAITING);
        tokio::spawn(work(journal, link, waiting));
        Self { link, queue }
    }

    /// Whose post it is.
    pub fn link(&self) -> Link {
        self.link
    }

    /// Takes a message and answers when it, and all that follows from it, is on the disk.
    ///
    /// `decide` is called with what the message wants, in the transaction; it may be called a second time, where another
    /// message in the same commit failed, and must answer from what it is given only.
    ///
    /// # Errors
    /// [`PostError::OtherBytes`] where the id was taken with other bytes. With [`PostError::Journal`] the commit may have
    /// happened: the same message again tells, and is taken once.
    pub async fn take(
        &self,
        message: Incoming,
        decide: impl Fn(&Present) -> Decision + Send + Sync + 'static,
    ) -> Result<Taken, PostError> {
        self.put(What::Message(message), decide).await
    }

    /// Lets something happen to a prescription without a message: it expires. The log names `verb`.
    ///
    /// # Errors
    /// As [`Post::take`].
    pub async fn by_the_day(
        &self,
        id: PrescriptionId,
        verb: &'static str,
        now: Timestamp,
        decide: impl Fn(&Present) -> Decision + Send + Sync + 'static,
    ) -> Result<(), PostError> {
        self.put(What::Day(id, verb, now), decide).await.map(drop)
    }

    async fn put(
        &self,
        what: What,
        decide: impl Fn(&Present) -> Decision + Send + Sync + 'static,
    ) -> Result<Taken, PostError> {
        let (reply, answered) = oneshot::channel();
        // A decision that panics is the fault of one message and must not end the writer of all.
        let decide =
            move |present: &Present| catch_unwind(AssertUnwindSafe(|| decide(present))).ok();
        let job = Job {
            what,
            decide: Box::new(decide),
            reply,
        };
        self.queue.send(job).await.map_err(|_| PostError::Closed)?;
        answered.await.map_err(|_| PostError::Closed)?
    }
}

/// Whoever comes while a commit is on its way shares the next one.
async fn work(journal: Journal, link: Link, mut waiting: mpsc::Receiver<Job>) {
    let mut jobs = Vec::new();
    while waiting.recv_many(&mut jobs, MOST_TOGETHER).await > 0 {
        // Who has gone away will come again.
        jobs.retain(|job| !job.reply.is_closed());
        let mut parts = vec![std::mem::take(&mut jobs)];
        while let Some(part) = parts.pop() {
            parts.extend(answered(&journal, link, part).await);
        }
    }
}

/// Takes all in one transaction and answers. Where one of several makes it fail, nobody is answered: they come back in two
/// halves, the first last, to be taken apart from each other.
async fn answered(journal: &Journal, link: Link, mut jobs: Vec<Job>) -> Vec<Vec<Job>> {
    match together(journal, link, &jobs).await {
        Ok(done) => {
            for (job, result) in jobs.into_iter().zip(done) {
                job.answer(result);
            }
        }
        Err(error) if jobs.len() > 1 && error.is_of_one() => {
            let second = jobs.split_off(jobs.len() / 2);
            return vec![second, jobs];
        }
        Err(error) => {
            let error = Arc::new(error);
            for job in jobs {
                job.answer(Err(PostError::Journal(error.clone())));
            }
        }
    }
    Vec::new()
}

/// All in one transaction. An error takes all of it back.
async fn together(
    journal: &Journal,
    link: Link,
    jobs: &[Job],
) -> Result<Vec<Result<Taken, PostError>>, JournalError> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let mut writing = journal.writing().await?;
    let mut end = End::find(&mut writing).await?;
    let mut done = Vec::with_capacity(jobs.len());
    let needs: Vec<_> = jobs.iter().map(|job| job.what.needs()).collect();
    while done.len() < jobs.len() {
        let (begun, needs) = (done.len(), &needs[done.len()..]);
        let mut ahead = Ahead::read(&mut writing, journal, link, needs).await?;
        let needs = &needs[..ahead.count()];
        let mut later = Unwritten::default();
        let mut within = Within {
            writing: &mut writing,
            end: &mut end,
            later: &mut later,
            ahead: &mut ahead,
            journal,
            link,
        };
        for (job, needs) in jobs[begun..].iter().zip(needs) {
            if within.ahead.is_overtaken(journal, needs) {
                break;
            }
            done.push(job.take(&mut within).await?);
        }
        later.write(&mut writing).await?;
    }
    writing.commit().await?;
    Ok(done)
}

impl What {
    fn needs(&self) -> Needs<'_> {
        match self {
            Self::Message(message) => Needs::of(message),
            Self::Day(id, ..) => Needs::by_the_day(id),
        }
    }
}

impl Job {
    /// Takes one. An error is one that takes back the others, too.
    async fn take(
        &self,
        within: &mut Within<'_>,
    ) -> Result<Result<Taken, PostError>, JournalError> {
        let one = match &self.what {
            What::Message(message) => take::message(within, message, &*self.decide).await,
            What::Day(id, verb, now) => {
                take::by_the_day(within, (id, verb, *now), &*self.decide).await
            }
        };
        Ok(match one {
            Ok(taken) => Ok(taken),
            Err(OneError::OtherBytes) => Err(PostError::OtherBytes),
            Err(OneError::OtherSender) => Err(PostError::OtherSender),
            Err(OneError::TooLong) => Err(PostError::TooLong),
            Err(OneError::Panicked) => Err(PostError::Undecided),
            Err(OneError::Journal(error)) => return Err(error),
        })
    }

    fn answer(self, result: Result<Taken, PostError>) {
        // Who has gone away meanwhile gets the same answer with the same message.
        let _ = self.reply.send(result);
    }
}
