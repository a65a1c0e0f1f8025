//! Who let an edition out, and why: a sidecar beside the immutable folder.
//!
//! `EDITION.publication.json` is only ever added to. Every entry names the edition by the SHA-256 of its `edition.json`, which
//! holds the hashes of everything else: an acceptance of other bytes counts for nothing. Time comes from the caller.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::gate::{Finding, Findings};
use crate::delivery::{Unfit, unfit};
use crate::store::sha256_of;

/// The layout of the sidecar.
pub const PUBLICATION_FORMAT: &str = "riktig-publication/1";

/// One thing that was done, and to which bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, as the caller's clock had it: `2025-02-01T09:30:00Z`.
    pub at: String,
    /// SHA-256 of `edition.json`, in hex.
    pub edition: String,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "lowercase")]
pub enum Act {
    /// A person answers for a finding.
    Accepted {
        /// Its id.
        finding: String,
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// The edition may leave.
    Published,
}

/// Why an edition may not be published, or a finding not be accepted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublicationError {
    /// Nothing was looked at when it was built.
    #[error("cannot publish edition {}: it has no findings.json", dir.display())]
    NoFindings {
        /// The edition.
        dir: PathBuf,
    },
    /// No such finding.
    #[error("cannot accept finding {id:?}: the edition has no such finding; {known}")]
    UnknownFinding {
        /// As it was asked for.
        id: String,
        /// Those there are, in words.
        known: String,
    },
    /// Somebody must answer for it, in words.
    #[error("cannot accept finding {id:?}: {what}")]
    NobodyAnswers {
        /// The finding.
        id: String,
        /// What is missing.
        what: &'static str,
    },
    /// The record would hold somebody's identity number.
    #[error("cannot accept finding {id:?}: {what} holds an identity number")]
    Personal {
        /// The finding.
        id: String,
        /// The name or the reason.
        what: &'static str,
    },
    /// Blocking findings that nobody has accepted.
    #[error("cannot publish edition {}: not accepted: {}", dir.display(), open.join(", "))]
    Blocked {
        /// The edition.
        dir: PathBuf,
        /// Ids of the findings.
        open: Vec<String>,
    },
    /// The sidecar is not what it should be.
    #[error("cannot understand {}", path.display())]
    Json {
        /// The sidecar.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// The sidecar is of another version of this program.
    #[error("cannot read {}: its format is {found:?}, this program reads {PUBLICATION_FORMAT:?}", path.display())]
    Format {
        /// The sidecar.
        path: PathBuf,
        /// What it says it is.
        found: String,
    },
    /// A file could not be read or written.
    #[error("cannot {act} {}", path.display())]
    Io {
        /// `read`, `write` …
        act: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl PublicationError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            PublicationError::NoFindings { .. } => {
                Some("build the edition again with this version of riktig, best with --previous")
            }
            PublicationError::UnknownFinding { .. } => {
                Some("give the id of a finding as riktig publish lists it")
            }
            PublicationError::NobodyAnswers { .. } => {
                Some("name a person with --by and write with --reason why the figures are right")
            }
            PublicationError::Blocked { .. } => Some(
                "look into each; mend the deliveries and build again, or accept it: riktig publish EDITION --accept FINDING --by NAME --reason TEXT",
            ),
            PublicationError::Personal { .. } => Some(
                "say it without the number: the record is kept, and shown to whoever publishes",
            ),
            PublicationError::Json { .. } | PublicationError::Format { .. } => {
                Some("restore the file from a copy: it is the record of who published what")
            }
            PublicationError::Io { .. } => None,
        }
    }
}

/// The sidecar's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    format: String,
    history: Vec<Entry>,
}

/// What [`Publication::publish`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Released {
    /// It may leave from now on.
    Now,
    /// It could before: since then.
    Since(String),
}

/// An edition's way out.
#[derive(Debug)]
pub struct Publication {
    dir: PathBuf,
    path: PathBuf,
    /// SHA-256 of `edition.json`.
    edition: String,
    history: Vec<Entry>,
    /// How many entries of the history are in the sidecar; the others are ours and not yet written.
    written: usize,
}

fn io(act: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> PublicationError {
    let path = path.to_owned();
    move |source| PublicationError::Io { act, path, source }
}

/// What the sidecar holds; nothing where there is none.
fn read(path: &Path) -> Result<Vec<Entry>, PublicationError> {
    match fs::read(path) {
        Ok(bytes) => history(path, &bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(io("read", path)(source)),
    }
}

impl Publication {
    /// Reads the sidecar of the edition in `dir`, if there is one.
    ///
    /// # Errors
    /// `edition.json` or the sidecar cannot be read or understood.
    pub fn of(dir: &Path) -> Result<Publication, PublicationError> {
        let meta = dir.join("edition.json");
        let edition = sha256_of(&fs::read(&meta).map_err(io("read", &meta))?);
        let path = sidecar(dir)?;
        let history = read(&path)?;
        Ok(Publication {
            dir: dir.to_owned(),
            path,
            edition,
            written: history.len(),
            history,
        })
    }

    /// Where the sidecar is, or will be.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Everything that was done, oldest first, to this edition and to those that stood here before it.
    #[must_use]
    pub fn history(&self) -> &[Entry] {
        &self.history
    }

    /// Whether something was done to other bytes than those that are here now.
    #[must_use]
    pub fn knows_other_bytes(&self) -> bool {
        self.history.iter().any(|it| it.edition != self.edition)
    }

    /// When these bytes were published, if they were.
    #[must_use]
    pub fn published_at(&self) -> Option<&str> {
        let own = self.own().find(|it| it.act == Act::Published);
        own.map(|entry| &*entry.at)
    }

    fn own(&self) -> impl Iterator<Item = &Entry> {
        self.history.iter().filter(|it| it.edition == self.edition)
    }

    /// Whether a person has answered for the finding in these bytes.
    #[must_use]
    pub fn accepted(&self, finding: &Finding) -> bool {
        self.answers(finding).next().is_some()
    }

    /// Who answered for the finding in these bytes, oldest first.
    pub fn answers(&self, finding: &Finding) -> impl Iterator<Item = &Entry> {
        self.own().filter(|it| match &it.act {
            Act::Accepted { finding: id, .. } => *id == finding.id,
            Act::Published => false,
        })
    }

    /// Blocking findings that nobody has answered for.
    pub fn open<'f>(&self, findings: &'f Findings) -> impl Iterator<Item = &'f Finding> {
        findings
            .blocking()
            .filter(|finding| !self.accepted(finding))
    }

    /// Adds that a person answers for a finding; the same words twice are one.
    ///
    /// # Errors
    /// No such finding, or nobody, or no reason.
    pub fn accept(
        &mut self,
        findings: &Findings,
        id: &str,
        by: &str,
        reason: &str,
        at: &str,
    ) -> Result<(), PublicationError> {
        if findings.of(id).is_none() {
            return Err(PublicationError::UnknownFinding {
                id: id.to_owned(),
                known: known(findings),
            });
        }
        let answers = |what| PublicationError::NobodyAnswers {
            id: id.to_owned(),
            what,
        };
        let (by, reason) = (by.trim(), reason.trim());
        if !by.chars().any(char::is_alphabetic) {
            return Err(answers("nobody is named"));
        }
        if reason.split_whitespace().count() < 2 {
            return Err(answers("the reason says nothing"));
        }
        for (what, text) in [("the name", by), ("the reason", reason)] {
            match unfit(text.as_bytes()) {
                None => (),
                Some(Unfit::ControlCharacter) => {
                    return Err(answers("the name or the reason has control characters"));
                }
                Some(Unfit::IdentityNumber) => {
                    return Err(PublicationError::Personal {
                        id: id.to_owned(),
                        what,
                    });
                }
            }
        }
        let act = Act::Accepted {
            finding: id.to_owned(),
            by: by.to_owned(),
            reason: reason.to_owned(),
        };
        if !self.own().any(|entry| entry.act == act) {
            self.push(act, at);
        }
        Ok(())
    }

    /// Adds that these bytes may leave, unless they may already.
    ///
    /// # Errors
    /// [`PublicationError::Blocked`] while a blocking finding is not accepted.
    pub fn publish(&mut self, findings: &Findings, at: &str) -> Result<Released, PublicationError> {
        let open: Vec<String> = self.open(findings).map(|it| it.id.clone()).collect();
        if !open.is_empty() {
            return Err(PublicationError::Blocked {
                dir: self.dir.clone(),
                open,
            });
        }
        if let Some(since) = self.published_at() {
            return Ok(Released::Since(since.to_owned()));
        }
        self.push(Act::Published, at);
        Ok(Released::Now)
    }

    fn push(&mut self, act: Act, at: &str) {
        self.history.push(Entry {
            at: at.to_owned(),
            edition: self.edition.clone(),
            act,
        });
    }

    /// Writes the sidecar, whole or not at all; nothing where nothing was added. What others have written since it was
    /// read stays: one program at a time adds, behind what is there.
    ///
    /// # Errors
    /// The disk refuses, or the sidecar cannot be understood any longer.
    pub fn save(&mut self) -> Result<(), PublicationError> {
        let added = self.history.split_off(self.written);
        // Held until the end of this function; the system gives it up when the program ends, however it ends.
        let _alone = self.alone()?;
        self.history = read(&self.path)?;
        self.written = self.history.len();
        for entry in added {
            let same = |it: &Entry| it.edition == entry.edition && it.act == entry.act;
            if !self.history.iter().any(same) {
                self.history.push(entry);
            }
        }
        if self.written == self.history.len() {
            return Ok(());
        }
        let draft = self.draft(&self.json()?)?;
        draft
            .persist(&self.path)
            .map_err(|error| io("write", &self.path)(error.error))?;
        self.written = self.history.len();
        Ok(())
    }

    /// Waits until nobody else writes. What is locked is `edition.json`: it is there, and stays.
    fn alone(&self) -> Result<File, PublicationError> {
        let path = self.dir.join("edition.json");
        let file = File::open(&path).map_err(io("open", &path))?;
        file.lock().map_err(io("lock", &path))?;
        Ok(file)
    }

    fn json(&self) -> Result<Vec<u8>, PublicationError> {
        let record = Record {
            format: PUBLICATION_FORMAT.to_owned(),
            history: self.history.clone(),
        };
        let json = serde_json::to_vec_pretty(&record);
        let mut json = json.map_err(|source| PublicationError::Json {
            path: self.path.clone(),
            source,
        })?;
        json.push(b'\n');
        Ok(json)
    }

    /// The new sidecar under another name: until it is renamed, the old one is the record.
    fn draft(&self, json: &[u8]) -> Result<NamedTempFile, PublicationError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut draft = tempfile::Builder::new()
            .prefix(".riktig-publication-")
            .tempfile_in(folder)
            .map_err(io("create a file in", folder))?;
        draft
            .write_all(json)
            .and_then(|()| draft.as_file().sync_all())
            .map_err(io("write", draft.path()))?;
        readable_by_others(draft.path())?;
        Ok(draft)
    }
}

/// A temporary file is private; the record is as readable as the edition.
#[cfg(unix)]
fn readable_by_others(path: &Path) -> Result<(), PublicationError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
        .map_err(io("set permissions of", path))
}

#[cfg(not(unix))]
fn readable_by_others(_path: &Path) -> Result<(), PublicationError> {
    Ok(())
}

/// `editions/2024` → `editions/2024.publication.json`, whatever dots and links the path has.
fn sidecar(dir: &Path) -> Result<PathBuf, PublicationError> {
    let real = fs::canonicalize(dir).map_err(io("find", dir))?;
    let mut name = real.file_name().unwrap_or_default().to_owned();
    name.push(".publication.json");
    Ok(real.with_file_name(name))
}

fn history(path: &Path, bytes: &[u8]) -> Result<Vec<Entry>, PublicationError> {
    let json = |source| PublicationError::Json {
        path: path.to_owned(),
        source,
    };
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(json)?;
    let found = value.get("format").and_then(|format| format.as_str());
    if found != Some(PUBLICATION_FORMAT) {
        return Err(PublicationError::Format {
            path: path.to_owned(),
            found: found.unwrap_or("none").to_owned(),
        });
    }
    let record: Record = serde_json::from_value(value).map_err(json)?;
    Ok(record.history)
}

fn known(findings: &Findings) -> String {
    let ids: Vec<&str> = findings.findings.iter().map(|it| &*it.id).collect();
    if ids.is_empty() {
        "it has none".to_owned()
    } else {
        format!("it has {}", ids.join(", "))
    }
}

#[cfg(test)]
mod tests;
