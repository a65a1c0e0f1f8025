//! Where a report's files lie and how they are written: whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::failure::Hint;

/// The form of a report's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub(crate) enum Format {
    /// A page that reads without JavaScript
    Html,
    /// Tagged A4 sheets, four as a rule
    Pdf,
    /// The model itself
    Json,
    /// One row an indicator
    Csv,
}

impl Format {
    /// Both the name of the folder and the ending of the file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Json => "json",
            Format::Csv => "csv",
        }
    }
}

/// `OUT/html/9001234.html`
pub(crate) fn path(out: &Path, format: Format, external_id: &str) -> PathBuf {
    let name = format!("{}.{}", file_stem(external_id), format.name());
    out.join(format.name()).join(name)
}

/// A prescriber's number as the name of a file. A foreign code may hold anything: what is not plain becomes `_` and hex.
pub(crate) fn file_stem(external_id: &str) -> String {
    let mut stem = String::with_capacity(external_id.len());
    for byte in external_id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => stem.push(char::from(byte)),
            other => stem.push_str(&format!("_{other:02x}")),
        }
    }
    stem
}

/// Makes the folder of every format.
pub(crate) fn make_folders(out: &Path, formats: &[Format]) -> Result<()> {
    for format in formats {
        let folder = out.join(format.name());
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make \"{}\"", folder.display()))
            .hint(|| "check that the folder may be written to".into())?;
    }
    Ok(())
}

/// Writes the file beside its place and moves it there, so that nobody ever reads half a report.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<()> {
    let place = || format!("cannot write \"{}\"", path.display());
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .with_context(place)
        .hint(|| "check that the folder may be written to and that the disk has room".into())?;
    file.write_all(content)
        .with_context(place)
        .hint(|| "make room on the disk".into())?;
    file.as_file()
        .set_permissions(readable())
        .with_context(place)?;
    file.persist(path)
        .map_err(|error| error.error)
        .with_context(place)?;
    Ok(())
}

/// A report is personal: its owner's account reads it, nobody else does unless told to.
fn readable() -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(0o600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_code_cannot_leave_its_folder() {
        assert_eq!(file_stem("9001234"), "9001234");
        assert_eq!(file_stem("../x y"), "_2e_2e_2fx_20y");
    }

    #[test]
    fn two_codes_never_share_a_file() {
        assert_ne!(file_stem("a_2f"), file_stem("a/"));
    }

    #[test]
    fn an_old_report_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        write(&path, b"a long first version").unwrap();
        write(&path, b"short").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"short");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
    }
}
