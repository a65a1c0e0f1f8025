//! One small synthetic country for all tests: made once, with the demo itself, and only read afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use riktig_lake::edition::Edition;
use riktig_lake::store::Lake;
use riktig_nation::truth::Truth;
use tempfile::TempDir;

use crate::riktig::riktig;

/// Enough for twenty doctors, from which on the nation plants extremes.
const INHABITANTS: &str = "24000";

/// The demo's folder and what can be read in it.
pub(crate) struct Country {
    folder: TempDir,
    /// What the demo printed.
    pub(crate) summary: String,
}

/// The country; the first test that asks waits while it is made.
pub(crate) fn country() -> &'static Country {
    static COUNTRY: OnceLock<Country> = OnceLock::new();
    COUNTRY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let arguments = [
            "demo",
            "--no-serve",
            "--dir",
            "demo",
            "--inhabitants",
            INHABITANTS,
        ];
        let run = riktig(folder.path(), arguments).succeeded();
        Country {
            folder,
            summary: run.stdout,
        }
    })
}

impl Country {
    /// The folder that holds `demo`.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A part of the demo: `lake`, `edition`, `reports/html`.
    pub(crate) fn part(&self, name: &str) -> PathBuf {
        self.folder.path().join("demo").join(name)
    }

    pub(crate) fn truth(&self) -> Truth {
        let text = fs::read_to_string(self.part("country/truth.json")).expect("the demo wrote it");
        serde_json::from_str(&text).expect("the demo wrote it")
    }

    pub(crate) fn lake(&self) -> Lake {
        Lake::open(&self.part("lake")).expect("the demo made it")
    }

    pub(crate) fn edition(&self) -> Edition {
        Edition::open(&self.part("edition")).expect("the demo made it")
    }
}

/// Every file below a folder, by its path from there, with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(current).expect("the folder is ours") {
            let path = entry.expect("the folder is ours").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("found below")
                    .to_path_buf();
                files.insert(name, fs::read(&path).expect("the file is ours"));
            }
        }
    }
    files
}
