//! `riktig migrate`: the journal, brought to this program's form.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_journal::identity::Keys;

use super::serve::{read, runtime};
use crate::failure::Hint as _;

/// Make the journal, or bring an older one to this program's form
///
/// Run it once before the first `riktig serve` and after every upgrade. Where the journal has no keys yet, they are made
/// of the system's randomness and written to the file that the configuration names, for its owner alone. Forms go forward
/// only: make a back-up first.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig migrate --config riktig.toml")]
pub(crate) struct Arguments {
    /// The configuration of `riktig serve`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let config = read(arguments.config.as_deref())?;
    let keys = &config.journal.keys_file;
    let new_keys = !keys.exists();
    if new_keys {
        write_keys(keys)?;
    }
    let opened = runtime()?.block_on(async {
        config.open_journal().await?.close().await;
        Ok::<(), anyhow::Error>(())
    });
    if opened.is_err() && new_keys {
        // Keys that opened nothing would stand in the place of those that are missed. They may be gone by now.
        let _ = fs::remove_file(keys);
    }
    opened?;
    let mut text = String::from("the journal has this program's form\n");
    if new_keys {
        text.push_str(&format!(
            "new keys are in \"{}\": keep a copy of that file apart from the database\n",
            keys.display()
        ));
    }
    std::io::stdout()
        .lock()
        .write_all(text.as_bytes())
        .context("cannot print")
}

/// New keys in a file that only its owner may read. A file that is there is never written over.
pub(crate) fn write_keys(file: &Path) -> Result<()> {
    let cannot = || format!("cannot write the journal's keys to \"{}\"", file.display());
    let text = Keys::generate().with_context(cannot)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(cannot)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let written = options.open(file).and_then(|mut file| {
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
    });
    written
        .with_context(cannot)
        .hint(|| "name a folder that the user of the service may write to".into())
}
