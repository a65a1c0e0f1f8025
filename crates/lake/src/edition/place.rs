//! Where an edition may stand, and how it gets there: never in a lake, never over anything but an edition.

use std::fs;
use std::path::Path;

use super::FORMAT;
use super::error::EditionError;
use super::write::{Existing, io};

/// Whether an edition may be written there: nothing is, or an edition that may be replaced.
pub(super) fn may_write(dir: &Path, existing: Existing) -> Result<(), EditionError> {
    let dir = dir.to_owned();
    // A dangling link is something too.
    if fs::symlink_metadata(&dir).is_err() {
        return Ok(());
    }
    match existing {
        Existing::Refuse => Err(EditionError::Exists { dir }),
        Existing::Replace if is_edition(&dir) => Ok(()),
        Existing::Replace => Err(EditionError::NotReplaceable { dir }),
    }
}

/// A real folder (no link) whose `edition.json` has the format of this program, or another version of it.
fn is_edition(dir: &Path) -> bool {
    let family = FORMAT.split_once('/').map_or(FORMAT, |(family, _)| family);
    let format = || {
        let text = fs::read(dir.join("edition.json")).ok()?;
        let json: serde_json::Value = serde_json::from_slice(&text).ok()?;
        json.get("format")?
            .as_str()?
            .strip_prefix(family)
            .map(|rest| rest.starts_with('/'))
    };
    fs::symlink_metadata(dir).is_ok_and(|it| it.is_dir()) && format() == Some(true)
}

/// The old edition is moved aside, the new one in, and only then is the old one removed: whenever this stops, one of them
/// is whole.
pub(super) fn swap(new: &Path, dir: &Path, parent: &Path) -> Result<(), EditionError> {
    let aside = tempfile::Builder::new()
        .prefix(".riktig-replaced-")
        .tempdir_in(parent)
        .map_err(io("create a folder in", parent))?;
    // Kept if this is interrupted, so that the old edition is never lost.
    let aside = aside.keep();
    let old = aside.join("edition");
    fs::rename(dir, &old).map_err(io("move aside", dir))?;
    if let Err(source) = fs::rename(new, dir) {
        fs::rename(&old, dir).map_err(io("move back the old edition to", dir))?;
        let _ = fs::remove_dir(&aside);
        return Err(io("move the finished edition to", dir)(source));
    }
    fs::remove_dir_all(&aside).map_err(io("remove the replaced edition", &aside))
}

/// Refuses a folder that is the lake, lies in it or holds it, whatever links and dots its path has.
pub(super) fn outside_lake(dir: &Path, lake: &Path) -> Result<(), EditionError> {
    let lake = fs::canonicalize(lake).map_err(io("find", lake))?;
    let (mut known, mut rest) = (
        std::path::absolute(dir).map_err(io("find", dir))?,
        Vec::new(),
    );
    let mut real = loop {
        if let Ok(real) = fs::canonicalize(&known) {
            break real;
        }
        rest.extend(known.file_name().map(ToOwned::to_owned));
        if !known.pop() {
            break known;
        }
    };
    real.extend(rest.iter().rev());
    if real.starts_with(&lake) || lake.starts_with(&real) {
        return Err(EditionError::InLake {
            dir: dir.to_owned(),
        });
    }
    Ok(())
}

/// A temporary folder is private; an edition has the rights of any other new folder.
#[cfg(unix)]
pub(super) fn readable_by_others(dir: &Path) -> Result<(), EditionError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))
        .map_err(io("set permissions of", dir))
}

#[cfg(not(unix))]
pub(super) fn readable_by_others(_dir: &Path) -> Result<(), EditionError> {
    Ok(())
}
