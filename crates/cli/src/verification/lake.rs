//! A lake: every listed file is there, whole and unchanged, and no row was lost.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use indicatif::ProgressBar;
use riktig_lake::store::{FileEntry, Lake, Manifest};

use super::{Findings, sha256_of_file};

/// Caches: made from listed files, may be deleted at any time, so nothing lists them.
const DERIVED: &str = "derived";

/// Reads every byte of the lake.
///
/// # Errors
/// When the folder is no lake or cannot be listed. Faults of single files are findings.
pub(crate) fn verify(folder: &Path, bar: &ProgressBar) -> Result<Findings> {
    let lake = Lake::open(folder)?;
    let manifest = lake.manifest();
    let mut findings = Findings::default();
    let files = listed(manifest);
    bar.set_length(files.len() as u64);
    for file in &files {
        findings.check("files are there and unchanged", file_fault(&lake, file));
        bar.inc(1);
    }
    for delivery in &manifest.deliveries {
        let fault = (!delivery.counts.add_up()).then(|| {
            format!(
                "delivery {}: rows in differ from kept + ballast + refused + cancelled",
                delivery.id
            )
        });
        findings.check("deliveries add up", fault);
    }
    for segment in &manifest.segments {
        let known = manifest
            .delivery(&segment.delivery)
            .is_some_and(|delivery| delivery.replaced_by.is_none());
        let fault = (!known).then(|| {
            format!(
                "{}: no active delivery {}",
                segment.current().path,
                segment.delivery
            )
        });
        findings.check("segments belong to an active delivery", fault);
    }
    let listed: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let rubbish = unlisted(folder, &listed)?.len();
    if rubbish > 0 {
        findings.notes.push(format!("{rubbish} files are not listed: left by an interrupted or a correcting intake, never read"));
    }
    Ok(findings)
}

fn listed(manifest: &Manifest) -> Vec<&FileEntry> {
    let dictionaries = manifest.dictionaries.files.values();
    let refusals = manifest
        .deliveries
        .iter()
        .filter_map(|delivery| delivery.refusals.as_ref());
    let segments = manifest
        .segments
        .iter()
        .flat_map(|segment| [Some(&segment.delivered), segment.live.as_ref()]);
    manifest
        .patient_files
        .iter()
        .chain(dictionaries)
        .chain(refusals)
        .chain(segments.flatten())
        .collect()
}

fn file_fault(lake: &Lake, file: &FileEntry) -> Option<String> {
    let path = lake.path_of(file);
    match fs::metadata(&path) {
        Ok(found) if found.len() != file.bytes => {
            return Some(format!(
                "{} has {} bytes, the manifest says {}",
                file.path,
                found.len(),
                file.bytes
            ));
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Some(format!("{} is missing", file.path));
        }
        Err(error) => return Some(format!("{} cannot be read: {error}", file.path)),
    }
    match sha256_of_file(&path) {
        Ok(found) if found == file.sha256 => None,
        Ok(_) => Some(format!(
            "{} was changed: its SHA-256 is not the one in the manifest",
            file.path
        )),
        Err(error) => Some(format!("{} cannot be read: {error}", file.path)),
    }
}

/// Files below the lake that the manifest does not list, sorted.
fn unlisted(folder: &Path, listed: &BTreeSet<&str>) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current)
            .with_context(|| format!("cannot list \"{}\"", current.display()))?
        {
            let entry = entry?;
            let path = entry.path();
            let name = path
                .strip_prefix(folder)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            if entry.file_type()?.is_dir() {
                if name != DERIVED {
                    folders.push(path);
                }
            } else if !listed.contains(name.as_str()) && !is_own(&name) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The manifest and the lock lie at the top and are not in their own list.
fn is_own(name: &str) -> bool {
    !name.contains('/') && (name == "manifest.json" || name.ends_with("lock"))
}
