//! Finds out what a delivered file is, and opens it row by row.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::csv_rows::CsvRows;
use super::hashed_input::FileDigest;
use super::krav_rows::KravRows;
use super::parquet_rows::ParquetRows;
use super::{IntakeError, columns};
use crate::delivery::{Header, Kind, Raw};
use crate::source::{FileSpec, Source};

/// What a reader hands out for a line.
pub(crate) enum Delivered<'a> {
    /// Fields in the order of [`columns::all`].
    Row(&'a [Raw<'a>]),
    /// A line with more or fewer fields than the header.
    WrongColumnCount,
    /// A total of other rows.
    Total,
}

/// What a row visitor answers.
pub(crate) type Visited = Result<(), IntakeError>;

/// A delivered file, opened.
pub(crate) enum Rows {
    Csv(Box<CsvRows>),
    Parquet(Box<ParquetRows>),
    Krav(Box<KravRows>),
}

/// A delivered file with what it says about itself.
pub(crate) struct Opened {
    pub(crate) kind: Kind,
    /// The preamble; a foreign file has none.
    pub(crate) header: Option<Header>,
    /// The entry of the source description that recognised a foreign file.
    pub(crate) spec: Option<FileSpec>,
    /// Dispensings without a column for the diagnosis on the prescription.
    pub(crate) without_diagnosis: bool,
    pub(crate) rows: Rows,
}

impl Rows {
    /// Visits every row, and at last tells what the file was.
    pub(crate) fn each(
        self,
        visit: &mut dyn FnMut(u64, Delivered<'_>) -> Visited,
    ) -> Result<FileDigest, IntakeError> {
        match self {
            Rows::Csv(rows) => rows.each(visit),
            Rows::Parquet(rows) => rows.each(visit),
            Rows::Krav(rows) => rows.each(visit),
        }
    }
}

/// Reads a delivery from end to end without checking or keeping anything, and counts its rows.
///
/// # Errors
/// Whatever makes the file unreadable.
pub fn count_rows(path: &Path, source: Option<&Source>) -> Result<u64, IntakeError> {
    let mut rows = 0;
    open(path, source)?.rows.each(&mut |_, _| {
        rows += 1;
        Ok(())
    })?;
    Ok(rows)
}

/// Opens a delivered file; `source` describes it when it has no preamble.
pub(crate) fn open(path: &Path, source: Option<&Source>) -> Result<Opened, IntakeError> {
    let file = open_file(path)?;
    match first_bytes(path)?.as_slice() {
        [] => Err(IntakeError::Empty(path.to_owned())),
        [b'P', b'A', b'R', b'1', ..] => ParquetRows::open(path, file),
        start if looks_like_xml(start) => KravRows::open(path, file),
        start => {
            refuse_other_formats(path, start)?;
            CsvRows::open(path, file, source)
        }
    }
}

/// Opens a regular file; links are not followed, because what was checked and what is read must be one file.
fn open_file(path: &Path) -> Result<File, IntakeError> {
    let failed = |source| IntakeError::Io {
        path: path.to_owned(),
        source,
    };
    let metadata = fs::symlink_metadata(path).map_err(failed)?;
    let what = match metadata.file_type() {
        kind if kind.is_symlink() => "a symbolic link",
        kind if kind.is_dir() => "a folder",
        kind if !kind.is_file() => "a device or a pipe",
        _ => return File::open(path).map_err(failed),
    };
    Err(IntakeError::NotAFile {
        path: path.to_owned(),
        what,
    })
}

fn first_bytes(path: &Path) -> Result<Vec<u8>, IntakeError> {
    let failed = |source| IntakeError::Io {
        path: path.to_owned(),
        source,
    };
    let mut start = Vec::new();
    File::open(path)
        .map_err(failed)?
        .take(512)
        .read_to_end(&mut start)
        .map_err(failed)?;
    Ok(start)
}

fn looks_like_xml(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    start.trim_ascii_start().starts_with(b"<")
}

/// Compressed files would have to be unpacked, and a small one may hold terabytes: the user unpacks them.
fn refuse_other_formats(path: &Path, start: &[u8]) -> Result<(), IntakeError> {
    const UNPACK: &str = "unpack it and take in the files inside";
    const CONVERT: &str = "convert it to UTF-8 (iconv -f utf-16 -t utf-8)";
    let known: [(&[u8], &str, &str); 9] = [
        (
            b"PK\x03\x04",
            "a zip archive or a spreadsheet",
            "unpack it, or save the sheet as CSV (UTF-8)",
        ),
        (b"\x1f\x8b", "compressed with gzip", UNPACK),
        (b"\x28\xb5\x2f\xfd", "compressed with zstd", UNPACK),
        (b"BZh", "compressed with bzip2", UNPACK),
        (b"\xfd7zXZ", "compressed with xz", UNPACK),
        (b"7z\xbc\xaf", "a 7-zip archive", UNPACK),
        (b"\xff\xfe", "UTF-16 text", CONVERT),
        (b"\xfe\xff", "UTF-16 text", CONVERT),
        (
            b"\xd0\xcf\x11\xe0",
            "an old office document",
            "save it as CSV (UTF-8)",
        ),
    ];
    match known
        .into_iter()
        .find(|(magic, ..)| start.starts_with(magic))
    {
        Some((_, what, hint)) => Err(IntakeError::WrongFormat {
            path: path.to_owned(),
            what,
            hint,
        }),
        None => Ok(()),
    }
}

/// Whether these are dispensings whose columns do not name the diagnosis on the prescription.
pub(crate) fn without_diagnosis<'n>(
    kind: Kind,
    mut columns: impl Iterator<Item = &'n String>,
) -> bool {
    kind == Kind::Dispensings && !columns.any(|name| name == "diagnosis")
}

/// Positions of our columns, all of [`columns::all`], among the delivered names, which must be exactly ours but for those
/// that may be left out.
pub(crate) fn positions(
    path: &Path,
    line: u64,
    kind: Kind,
    names: &[String],
) -> Result<Vec<Option<usize>>, IntakeError> {
    let native = columns::native(kind);
    let optional = columns::optional(kind);
    let has = |name: &str| names.iter().any(|known| known == name);
    // One half of a diagnosis is a column that was forgotten.
    let halved = has("diagnosis") != has("diagnosis_system");
    let missing: Vec<&str> = native
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !has(name) && (halved || !optional.contains(name)))
        .collect();
    let unknown: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !optional.contains(name) && !native.iter().any(|(n, _)| n == name))
        .collect();
    let mut distinct: Vec<&String> = names.iter().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if !missing.is_empty() || !unknown.is_empty() || names.len() != distinct.len() {
        let mut what = Vec::new();
        if !missing.is_empty() {
            what.push(format!("missing columns: {}", missing.join(", ")));
        }
        if !unknown.is_empty() {
            // A name may be anything, for instance a row of data: show little of it.
            let shown: Vec<String> = unknown
                .iter()
                .take(3)
                .map(|name| shown_name(name))
                .collect();
            what.push(format!(
                "{} unknown columns: {}",
                unknown.len(),
                shown.join(", ")
            ));
        }
        if what.is_empty() {
            what.push("a column stands twice".to_owned());
        }
        return Err(IntakeError::Columns {
            path: path.to_owned(),
            line,
            what: what.join("; "),
        });
    }
    let delivered = |name: &str| {
        let ours = optional.contains(&name) || native.iter().any(|(known, _)| *known == name);
        names.iter().position(|known| ours && known == name)
    };
    Ok(columns::all(kind).into_iter().map(delivered).collect())
}

/// A column name for an error: letters only, because a file without header has data there.
fn shown_name(name: &str) -> String {
    let is_name = !name.is_empty()
        && name.len() <= 40
        && !name
            .bytes()
            .any(|byte| byte.is_ascii_digit() && name.len() > 20);
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    if is_name && digits <= 4 {
        format!("`{name}`")
    } else {
        "(not shown: looks like data)".to_owned()
    }
}
