//! Walking the chain.

use std::collections::BTreeMap;
use std::fmt;

use aws_lc_rs::digest::{Context, SHA256};

use super::chain::{BEGINNING, Hash, NOBODY, line_hash, party_hash};
use super::{Anchor, Party};
use crate::canonical;
use crate::store::{Journal, JournalError, Reading, Row, Value, params, statements};

statements! {
    /// Lines with who stands beside them and what has gone, in order.
    WALK: Select = "SELECT a.line, a.previous, a.at, a.actor, a.act, a.basis, a.subject, a.kind, a.object, a.result, a.request, a.hash, \
        w.salt, w.verb, w.person, w.hpr, w.organisation, ew.upon, \
        s.salt, s.verb, s.person, s.hpr, s.organisation, es.upon \
        FROM audit a \
        LEFT JOIN audit_actor w ON w.line = a.line \
        LEFT JOIN audit_erased ew ON ew.line = a.line AND ew.part = 'actor' \
        LEFT JOIN audit_subject s ON s.line = a.line \
        LEFT JOIN audit_erased es ON es.line = a.line AND es.part = 'subject' \
        WHERE a.line > $1 ORDER BY a.line LIMIT $2";
}

/// Lines in memory at a time.
const STRIDE: i64 = 1000;

/// What the walk found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Lines of the log.
    pub lines: u64,
    /// Names that have gone, each upon a line that says so.
    pub erased: u64,
    /// Hash of the last line; of an empty log zeros.
    pub head: [u8; 32],
    /// Anchors that the log was held against.
    pub anchors: usize,
}

/// Why the log cannot be trusted, or cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The chain is broken.
    #[error("the log is broken at line {line}: {what}")]
    Broken {
        /// The first line that is not as it was written.
        line: i64,
        /// How.
        what: Break,
    },
}

/// How the chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Break {
    /// The line is not there though a later one is.
    Missing,
    /// It does not follow the line before.
    Order,
    /// It does not have the hash that stands in it.
    Changed,
    /// Who stands beside it is not who stood there.
    Name,
    /// Who stood beside it has gone, and no line says so.
    NameGone,
    /// The line says that names have gone, and they are not the names that have.
    Erasure,
    /// An anchor was made of another line.
    Anchor,
    /// An anchor was made of this line, and the log ends before it.
    CutOff,
    /// An anchor for this line was not signed with this journal's keys.
    Forged,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Break::Missing => "it is missing",
            Break::Order => "it does not follow the line before",
            Break::Changed => "it has been changed",
            Break::Name => "who stands beside it has been changed",
            Break::NameGone => "who stood beside it has gone without a line that says so",
            Break::Erasure => "the names that it says are erased are not the ones that are",
            Break::Anchor => "an anchor was made of another line",
            Break::CutOff => "an anchor was made of it, and the log ends before it",
            Break::Forged => "its anchor is not signed with this journal's keys",
        })
    }
}

/// Walks the whole log, in one state of the journal, and holds it against anchors that were kept elsewhere.
///
/// Without an anchor a log that was cut off at its end, or written anew from the beginning, looks whole.
///
/// # Errors
/// [`VerifyError::Broken`] with the first broken line.
pub async fn verify(journal: &Journal, anchors: &[Anchor]) -> Result<Verified, VerifyError> {
    let mut anchors: Vec<&Anchor> = anchors.iter().collect();
    anchors.sort_by_key(|anchor| anchor.line());
    if let Some(forged) = anchors.iter().find(|anchor| !anchor.is_ours(journal)) {
        return Err(broken(forged.line(), Break::Forged));
    }
    walk(&mut journal.reading().await?, anchors).await
}

/// Walks the log in one transaction, against anchors in the order of their lines.
pub(crate) async fn walk(
    reading: &mut Reading,
    anchors: Vec<&Anchor>,
) -> Result<Verified, VerifyError> {
    let mut walk = Walk::new(anchors);
    loop {
        let rows = page(reading, walk.last).await?;
        let whole = rows.len() < usize::try_from(STRIDE).unwrap_or(usize::MAX);
        for row in rows {
            walk.step(row)?;
        }
        if whole {
            return walk.end();
        }
    }
}

async fn page(reading: &mut Reading, after: i64) -> Result<Vec<Row>, JournalError> {
    reading.rows(WALK, params![after, STRIDE]).await
}

struct Walk<'a> {
    last: i64,
    head: Hash,
    erased: u64,
    anchors: Vec<&'a Anchor>,
    next_anchor: usize,
    /// The names that have gone upon a line that is still to come, or upon the one that is looked at.
    gone: BTreeMap<i64, Gone>,
}

/// Names that went upon one line.
#[derive(Clone)]
pub(crate) struct Gone {
    count: u64,
    hash: Context,
}

impl<'a> Walk<'a> {
    fn new(anchors: Vec<&'a Anchor>) -> Self {
        Self {
            last: 0,
            head: BEGINNING,
            erased: 0,
            anchors,
            next_anchor: 0,
            gone: BTreeMap::new(),
        }
    }

    fn step(&mut self, row: Row) -> Result<(), VerifyError> {
        let line: i64 = row.get(0)?;
        if line != self.last + 1 {
            return Err(broken(self.last + 1, Break::Missing));
        }
        let fail = |what| Err(broken(line, what));
        if row.get::<Hash>(1)? != self.head {
            return fail(Break::Order);
        }
        let hash: Hash = row.get(11)?;
        let (actor, subject, object): (Hash, Hash, String) =
            (row.get(3)?, row.get(6)?, row.get(8)?);
        let beside = [("actor", actor, 12), ("subject", subject, 18)];
        for (part, held, first) in beside {
            self.name(line, part, held, &row, first)?;
        }
        if line_hash(&row.into_values()[..11]) != hash {
            return fail(Break::Changed);
        }
        let said = self.gone.remove(&line).map(Gone::said);
        if said.is_some() != is_said(&object) || said.is_some_and(|said| said != object) {
            return fail(Break::Erasure);
        }
        (self.last, self.head) = (line, hash);
        while let Some(anchor) = self
            .anchors
            .get(self.next_anchor)
            .filter(|anchor| anchor.line() <= line)
        {
            if anchor.line() < line || anchor.hash() != hash {
                return fail(Break::Anchor);
            }
            self.next_anchor += 1;
        }
        Ok(())
    }

    /// One of those beside the line: there and as they were, or gone with a line that says so.
    fn name(
        &mut self,
        line: i64,
        part: &str,
        held: Hash,
        row: &Row,
        first: usize,
    ) -> Result<(), VerifyError> {
        let salt: Option<[u8; 32]> = row.get(first)?;
        let upon: Option<i64> = row.get(first + 5)?;
        match (salt, upon) {
            (None, None) if held == NOBODY => Ok(()),
            (None, None) => Err(broken(line, Break::NameGone)),
            (Some(salt), None) => {
                let party = Party {
                    verb: row.get(first + 1)?,
                    person: row.get(first + 2)?,
                    hpr: row.get(first + 3)?,
                    organisation: row.get(first + 4)?,
                };
                let same = held != NOBODY && party_hash(&salt, &party) == held;
                same.then_some(()).ok_or(broken(line, Break::Name))
            }
            (None, Some(upon)) if held != NOBODY && upon >= line => {
                self.erased += 1;
                self.gone.entry(upon).or_default().add(part, line);
                Ok(())
            }
            (_, Some(_)) => Err(broken(line, Break::Name)),
        }
    }

    fn end(self) -> Result<Verified, VerifyError> {
        if let Some(upon) = self.gone.keys().next() {
            return Err(broken(*upon, Break::Erasure));
        }
        if let Some(anchor) = self.anchors.get(self.next_anchor) {
            let line = self.last + 1;
            let what = if anchor.line() > self.last {
                Break::CutOff
            } else {
                Break::Anchor
            };
            return Err(broken(line, what));
        }
        Ok(Verified {
            lines: self.last.unsigned_abs(),
            erased: self.erased,
            head: self.head,
            anchors: self.anchors.len(),
        })
    }
}

impl Default for Gone {
    fn default() -> Self {
        let mut hash = Context::new(&SHA256);
        hash.update(b"riktig log erased 1\n");
        Self { count: 0, hash }
    }
}

/// How the object of a line begins that names go upon.
const SAID: &str = "erased ";

fn is_said(object: &str) -> bool {
    object.starts_with(SAID)
}

impl Gone {
    /// One more, in the order of lines, the actor of a line before its subject.
    pub(crate) fn add(&mut self, part: &str, line: i64) {
        let mut bytes = Vec::new();
        canonical::write(&mut bytes, &[Value::from(part), Value::from(line)]);
        self.count += 1;
        self.hash.update(&bytes);
    }

    /// What the line says that they go upon: how many, and the hash of which.
    pub(crate) fn said(self) -> String {
        let hash: String = self
            .hash
            .finish()
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("{SAID}{} {hash}", self.count)
    }
}

fn broken(line: i64, what: Break) -> VerifyError {
    VerifyError::Broken { line, what }
}
