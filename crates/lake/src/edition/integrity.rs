//! Whether an edition's tables are those it was built with: figures are only taken from what `edition.json` vouches for.

use std::path::Path;

use super::error::EditionError;
use super::meta::EditionMeta;
use crate::store::sha256_of_file;

/// Reads every file that `edition.json` lists once more and compares its hash. An edition from before there were hashes
/// lists nothing, and nothing of it is compared.
pub(super) fn check(dir: &Path, meta: &EditionMeta) -> Result<(), EditionError> {
    for (name, sha256) in &meta.tables {
        let what = match sha256_of_file(&dir.join(name)) {
            Ok((found, _)) if found == *sha256 => continue,
            Ok(_) => "was changed after the edition was built",
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => "is missing",
            Err(source) => {
                return Err(EditionError::Io {
                    act: "read",
                    path: dir.join(name),
                    source,
                });
            }
        };
        return Err(EditionError::NotAsBuilt {
            dir: dir.to_owned(),
            table: name.clone(),
            what,
        });
    }
    Ok(())
}
