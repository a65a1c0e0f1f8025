//! The editions in the house: the folders of `editions.folder`, what speaks against each, and what the shelf says of it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use riktig_journal::policy::EditionId;
use riktig_journal::shelf::Shelved;
use riktig_lake::edition::{Glance, Publication};

use crate::failure::Failure;

/// A folder that is an edition.
#[derive(Debug)]
pub(super) struct InHouse {
    pub(super) folder: String,
    /// What addresses call it: its name on the shelf, else the folder's own where it can be one.
    pub(super) name: Option<EditionId>,
    /// `None`: its small files cannot be read.
    pub(super) held: Option<Held>,
    pub(super) place: Place,
}

/// What its small files say.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) glance: Glance,
    pub(super) publication: Publication,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It was never on the shelf.
    House,
    /// On the shelf since.
    Shelf(Timestamp),
    /// Taken off then.
    Off(Timestamp),
}

/// How far it is on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    Unreadable,
    /// Built before the gate: nothing was looked at.
    NotLooked,
    /// So many findings that somebody must answer for.
    Blocked(usize),
    /// Nothing speaks against it.
    Ready,
    Published,
    Shelf(Timestamp),
    Off(Timestamp),
}

impl InHouse {
    pub(super) fn state(&self) -> State {
        match (self.place, &self.held) {
            (Place::Shelf(since), _) => State::Shelf(since),
            (Place::Off(at), _) => State::Off(at),
            (Place::House, None) => State::Unreadable,
            (Place::House, Some(held)) => held.state(),
        }
    }
}

impl Held {
    /// Reads the small files of the edition in `dir`.
    pub(super) fn of(dir: &Path) -> Option<Held> {
        let glance = Glance::of(dir).map_err(|error| tell(dir, &error)).ok()?;
        let publication = Publication::of(dir)
            .map_err(|error| tell(dir, &error))
            .ok()?;
        Some(Held {
            glance,
            publication,
        })
    }

    /// How many blocking findings nobody has answered for.
    pub(super) fn open(&self) -> usize {
        let findings = self.glance.findings.as_ref();
        findings.map_or(0, |it| self.publication.open(it).count())
    }

    pub(super) fn state(&self) -> State {
        match (&self.glance.findings, self.open()) {
            (None, _) => State::NotLooked,
            (Some(_), 0) if self.publication.published_at().is_some() => State::Published,
            (Some(_), 0) => State::Ready,
            (Some(_), open) => State::Blocked(open),
        }
    }
}

/// The page says that it cannot be read; the log says why.
fn tell(dir: &Path, error: &(dyn std::error::Error + 'static)) {
    tracing::warn!(edition = %dir.display(), cause = error, "an edition in the house cannot be read");
}

/// Every edition in the folder, the newest months first; `None` where there is no such folder.
///
/// # Errors
/// The work was not done: the server stops.
pub(super) async fn all(
    folder: PathBuf,
    shelved: Vec<Shelved>,
) -> Result<Option<Vec<InHouse>>, Failure> {
    let read = tokio::task::spawn_blocking(move || read(&folder, &shelved));
    read.await.map_err(Failure::internal)
}

fn read(folder: &Path, shelved: &[Shelved]) -> Option<Vec<InHouse>> {
    let names = std::fs::read_dir(folder).ok()?.filter_map(|entry| {
        let name = entry.ok()?.file_name().into_string().ok()?;
        let is_edition = folder.join(&name).join("edition.json").is_file();
        (is_edition && !name.starts_with('.')).then_some(name)
    });
    let one = |name: String| {
        let (id, place) = of_folder(&name, shelved);
        InHouse {
            held: Held::of(&folder.join(&name)),
            name: id,
            place,
            folder: name,
        }
    };
    let mut editions: Vec<InHouse> = names.map(one).collect();
    let last = |it: &InHouse| {
        let held = it.held.as_ref();
        held.map(|held| held.glance.meta.period.last.clone())
    };
    editions.sort_by(|a, b| (last(b), &a.folder).cmp(&(last(a), &b.folder)));
    Some(editions)
}

/// What the shelf calls a folder, and where it stands. A name that another folder had is nobody's a second time.
fn of_folder(folder: &str, shelved: &[Shelved]) -> (Option<EditionId>, Place) {
    let own = || shelved.iter().filter(|it| it.folder == folder);
    // One that stands comes before those that were taken off, the latest of these first.
    let known = own().max_by_key(|it| (it.withdrawn_at.is_none(), it.withdrawn_at));
    if let Some(known) = known {
        return (Some(known.edition.clone()), place(known));
    }
    let name: Option<EditionId> = folder.parse().ok();
    let free = |name: &EditionId| shelved.iter().all(|it| it.edition != *name);
    (name.filter(free), Place::House)
}

fn place(shelved: &Shelved) -> Place {
    match shelved.withdrawn_at {
        None => Place::Shelf(shelved.published_at),
        Some(at) => Place::Off(at),
    }
}

/// The folder of an edition's name, and where it stands.
fn find(name: &EditionId, shelved: &[Shelved]) -> (String, Place) {
    match shelved.iter().find(|it| it.edition == *name) {
        Some(entry) => (entry.folder.clone(), place(entry)),
        None => (name.to_string(), Place::House),
    }
}

/// The edition of a name, if it is in the house.
///
/// # Errors
/// [`Failure::NotFound`] where no folder is called so.
pub(super) async fn one(
    folder: PathBuf,
    name: EditionId,
    shelved: Vec<Shelved>,
) -> Result<InHouse, Failure> {
    let read = tokio::task::spawn_blocking(move || {
        let (own, place) = find(&name, &shelved);
        let dir = folder.join(&own);
        // A folder that the shelf calls something else is reached by that name alone.
        let (called, _) = of_folder(&own, &shelved);
        let there = called.as_ref().is_none_or(|it| *it == name);
        (there && dir.join("edition.json").is_file()).then(|| InHouse {
            held: Held::of(&dir),
            name: Some(name),
            place,
            folder: own,
        })
    });
    read.await
        .map_err(Failure::internal)?
        .ok_or(Failure::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelved(edition: &str, folder: &str, withdrawn: bool) -> Shelved {
        Shelved {
            edition: edition.parse().expect("a name"),
            folder: folder.to_owned(),
            period: "2025-01..2025-12".parse().expect("a year"),
            published_by: None,
            published_at: Timestamp::UNIX_EPOCH,
            withdrawn_at: withdrawn.then_some(Timestamp::UNIX_EPOCH),
            reason: None,
        }
    }

    #[test]
    fn a_folder_is_called_as_on_the_shelf_and_a_used_name_is_nobodys_a_second_time() {
        let shelf = [
            shelved("2024", "first", false),
            shelved("2023", "old", true),
        ];
        let called = |folder| of_folder(folder, &shelf).0.map(|it| it.to_string());
        assert_eq!(called("first").as_deref(), Some("2024"));
        assert_eq!(called("old").as_deref(), Some("2023"));
        assert_eq!(called("2025").as_deref(), Some("2025"));
        assert_eq!(called("2024"), None, "the name is taken");
        assert_eq!(called("Ny utgave"), None, "no name for an address");
        assert_eq!(find(&"2024".parse().expect("a name"), &shelf).0, "first");
    }
}
