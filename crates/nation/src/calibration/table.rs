//! Reading a delivery's CSV as text: preamble, columns by name, fields by line.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::CalibrationError;

/// The delivery files of one kind in a folder, without copies and without what was corrected later.
pub(super) fn files(dir: &Path, kind: &'static str) -> Result<Vec<PathBuf>, CalibrationError> {
    let read = |path: &Path, source| CalibrationError::Read {
        path: path.to_owned(),
        source,
    };
    let mut found: Vec<(PathBuf, HashMap<String, String>)> = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(|source| read(dir, source))? {
        let path = entry.map_err(|source| read(dir, source))?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let mut line = String::new();
            let file = File::open(&path).map_err(|source| read(&path, source))?;
            BufReader::new(file)
                .read_line(&mut line)
                .map_err(|source| read(&path, source))?;
            let keys = line
                .trim_end()
                .split(';')
                .filter_map(|pair| pair.split_once('='));
            let keys: HashMap<String, String> =
                keys.map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
            if keys.get("kind").is_some_and(|value| value == kind) {
                found.push((path, keys));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let corrected: Vec<String> = found
        .iter()
        .filter_map(|(_, keys)| keys.get("corrects").cloned())
        .collect();
    let mut seen = Vec::new();
    found.retain(|(_, keys)| {
        let id = keys.get("delivery").cloned().unwrap_or_default();
        let fresh = !corrected.contains(&id) && !seen.contains(&id);
        seen.push(id);
        fresh
    });
    if found.is_empty() {
        return Err(CalibrationError::Nothing {
            path: dir.to_owned(),
            kind,
        });
    }
    Ok(found.into_iter().map(|(path, _)| path).collect())
}

/// Calls `each` with the wanted columns of every row that has all its columns.
pub(super) fn rows<const N: usize>(
    path: &Path,
    kind: &'static str,
    wanted: [&'static str; N],
    mut each: impl FnMut([&str; N]),
) -> Result<(), CalibrationError> {
    let read = |source| CalibrationError::Read {
        path: path.to_owned(),
        source,
    };
    let mut reader = BufReader::with_capacity(1 << 18, File::open(path).map_err(read)?);
    let mut line = String::new();
    for _ in 0..2 {
        line.clear();
        reader.read_line(&mut line).map_err(read)?;
    }
    let names: Vec<&str> = line.trim_end().split(';').collect();
    let columns = names.len();
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(wanted) {
        *place = names
            .iter()
            .position(|name| *name == column)
            .ok_or_else(|| CalibrationError::Column {
                path: path.to_owned(),
                kind,
                column,
            })?;
    }
    let mut starts = Vec::with_capacity(columns + 1);
    loop {
        line.clear();
        if reader.read_line(&mut line).map_err(read)? == 0 {
            return Ok(());
        }
        let text = line.trim_end_matches(['\n', '\r']);
        starts.clear();
        starts.push(0);
        starts.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b';')
                .map(|(at, _)| at + 1),
        );
        if starts.len() == columns {
            starts.push(text.len() + 1);
            each(places.map(|place| &text[starts[place]..starts[place + 1] - 1]));
        }
    }
}

/// Days since 1970-01-01 of `YYYY-MM-DD…`, or `None`.
pub(super) fn day(text: &str) -> Option<i32> {
    riktig_codes::Day::parse_bytes(text.as_bytes().get(..10)?)
        .ok()
        .map(riktig_codes::Day::epoch_days)
}

/// Completed years, by the calendar.
pub(super) fn age(birth: &str, at: &str) -> Option<i32> {
    let part = |text: &str, from: usize, to: usize| text.get(from..to)?.parse::<i32>().ok();
    let years = part(at, 0, 4)? - part(birth, 0, 4)?;
    let had_birthday = at.get(5..10)? >= birth.get(5..10)?;
    Some(if had_birthday { years } else { years - 1 })
}
