//! The chain: what is hashed, and how a line is added.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;

use super::{ACTOR, Entry, HEAD, LINE, Party, SUBJECT};
use crate::canonical;
use crate::store::{Asked, JournalError, Reading, Value, Writing, params};

/// A SHA-256.
pub(crate) type Hash = [u8; 32];

/// What the first line follows.
pub(super) const BEGINNING: Hash = [0; 32];
/// Nobody: there is nothing to hide and nothing to erase.
pub(super) const NOBODY: Hash = [0; 32];

/// The hash of a line: of this text and of all its columns but the last, in their order.
pub(super) fn line_hash(columns: &[Value]) -> Hash {
    hash(b"riktig log line 1\n", columns)
}

/// What a line holds of somebody.
pub(super) fn party_hash(salt: &[u8; 32], party: &Party) -> Hash {
    let mut values = vec![Value::from(salt)];
    values.extend(party.values());
    hash(b"riktig log party 1\n", &values)
}

fn hash(what: &[u8], values: &[Value]) -> Hash {
    let mut bytes = what.to_vec();
    canonical::write(&mut bytes, values);
    let hash = digest(&SHA256, &bytes);
    hash.as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// The end of the log, for a transaction that adds several lines: read once, carried along from line to line. It holds for
/// the transaction that it was read in only; nobody else adds a line meanwhile, because there is one writer at a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End {
    line: i64,
    hash: Hash,
}

impl End {
    /// Where the log ends.
    pub(crate) async fn find(reading: &mut Reading) -> Result<Self, JournalError> {
        Ok(match reading.row(HEAD, params![]).await? {
            Some(head) => Self {
                line: head.get(0)?,
                hash: head.get(1)?,
            },
            None => Self {
                line: 0,
                hash: BEGINNING,
            },
        })
    }
}

/// Adds a line at the end of the log and tells its number.
pub(crate) async fn append(
    writing: &mut Writing,
    entry: &Entry,
    asked: &Asked,
) -> Result<i64, JournalError> {
    let mut end = End::find(writing).await?;
    append_at(writing, &mut end, entry, asked).await
}

/// Adds a line at an end that this transaction has found, and moves the end.
async fn append_at(
    writing: &mut Writing,
    end: &mut End,
    entry: &Entry,
    asked: &Asked,
) -> Result<i64, JournalError> {
    let mut lines = Lines::default();
    let line = lines.add(end, entry, asked)?;
    lines.write(writing).await?;
    Ok(line)
}

/// Lines that follow each other and are not written yet.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    lines: Vec<Vec<Value>>,
    actors: Vec<Vec<Value>>,
    subjects: Vec<Vec<Value>>,
}

impl Lines {
    /// Adds a line at the end, moves the end and tells the line's number.
    pub(crate) fn add(
        &mut self,
        end: &mut End,
        entry: &Entry,
        asked: &Asked,
    ) -> Result<i64, JournalError> {
        let (line, previous) = (end.line + 1, end.hash);
        let (actor, subject) = (Salted::new(&entry.actor)?, Salted::new(&entry.subject)?);
        let mut columns = params![
            line,
            previous,
            asked.now,
            actor.hash(),
            entry.act,
            entry.basis,
            subject.hash(),
            entry.kind,
            entry.object.as_str(),
            entry.result.as_ref(),
            asked.request.as_str(),
        ]
        .to_vec();
        let hash = line_hash(&columns);
        columns.push(hash.into());
        self.lines.push(columns);
        for (rows, party) in [(&mut self.actors, actor), (&mut self.subjects, subject)] {
            if !party.party.is_nobody() {
                rows.push(party.columns(line));
            }
        }
        *end = End { line, hash };
        Ok(line)
    }

    /// Writes what was added.
    pub(crate) async fn write(&mut self, writing: &mut Writing) -> Result<(), JournalError> {
        for (add, rows) in [
            (LINE, &mut self.lines),
            (ACTOR, &mut self.actors),
            (SUBJECT, &mut self.subjects),
        ] {
            writing.add_all(add, rows).await?;
            rows.clear();
        }
        Ok(())
    }
}

/// Somebody with a salt, without which their hash could be found by trying every number.
struct Salted<'a> {
    salt: [u8; 32],
    party: &'a Party,
}

impl<'a> Salted<'a> {
    fn new(party: &'a Party) -> Result<Self, JournalError> {
        let mut salt = [0; 32];
        rand::fill(&mut salt).map_err(|_| JournalError::Chance)?;
        Ok(Self { salt, party })
    }

    fn hash(&self) -> Hash {
        match self.party.is_nobody() {
            true => NOBODY,
            false => party_hash(&self.salt, self.party),
        }
    }

    fn columns(&self, line: i64) -> Vec<Value> {
        let mut columns = params![line, self.salt].to_vec();
        columns.extend(self.party.values());
        columns
    }
}
