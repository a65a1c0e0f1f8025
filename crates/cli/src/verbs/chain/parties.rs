//! `riktig chain keys`, and the files that it writes.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use riktig_chain::rehearsal::Parties;
use riktig_eresept::signature::SigningKey;

use crate::clock::now;
use crate::failure::{Hint as _, advise};
use crate::verbs::migrate::write_keys;

/// Make invented parties for trying a chain: a test authority, a doctor, a pharmacy, an intermediary
///
/// Writes the authority's certificate (authority.der), each party's private key (PKCS #8) and certificate, the registers in which a
/// system under test must have them (prescribers.csv, pharmacies.csv), and keys for a journal (journal.keys). Certificates last
/// three years; every name in them says that it is a test. Nothing is written over.
#[derive(Args)]
#[command(after_help = "Example:\n  riktig chain keys --dir parties")]
pub(super) struct Arguments {
    /// Where they go: a folder that is not there yet
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    write(&arguments.dir)?;
    let dir = arguments.dir.display();
    println!("wrote a test authority and its parties to \"{dir}\"");
    Ok(())
}

/// The names of the parties' files.
const PARTIES: [&str; 4] = ["doctor", "pharmacy", "intermediary", "expired"];

/// Makes parties and writes them.
pub(super) fn write(dir: &Path) -> Result<()> {
    if dir.exists() {
        return Err(advise(
            format!("\"{}\" is there already", dir.display()),
            "name a folder that is not there: keys are never written over",
        ));
    }
    let parties = Parties::new(now()).context("cannot make keys")?;
    let cannot = || format!("cannot write the parties to \"{}\"", dir.display());
    fs::create_dir_all(dir).with_context(cannot)?;
    let put = |name: String, bytes: &[u8]| put(&dir.join(name), bytes).with_context(cannot);
    put("authority.der".to_owned(), &parties.authority)?;
    let keys = [
        &parties.doctor,
        &parties.pharmacy,
        &parties.intermediary,
        &parties.expired,
    ];
    for (name, key) in PARTIES.iter().zip(keys) {
        put(format!("{name}.key"), key.private_key())?;
        put(format!("{name}.der"), key.certificate())?;
    }
    let (prescribers, pharmacies) = Parties::registers();
    put("prescribers.csv".to_owned(), prescribers.as_bytes())?;
    put("pharmacies.csv".to_owned(), pharmacies.as_bytes())?;
    write_keys(&dir.join("journal.keys"))
}

/// Reads what was written.
pub(super) fn read(dir: &Path) -> Result<Parties> {
    let get = |name: String| {
        let file = dir.join(name);
        fs::read(&file)
            .with_context(|| format!("cannot read \"{}\"", file.display()))
            .hint(|| "make the parties with riktig chain keys --dir DIR".to_owned())
    };
    let key = |name: &str| {
        let (key, certificate) = (get(format!("{name}.key"))?, get(format!("{name}.der"))?);
        SigningKey::new(&key, vec![certificate])
            .with_context(|| format!("cannot use the key \"{name}.key\" in \"{}\"", dir.display()))
    };
    let [doctor, pharmacy, intermediary, expired] = PARTIES;
    Ok(Parties {
        authority: get("authority.der".to_owned())?,
        doctor: key(doctor)?,
        pharmacy: key(pharmacy)?,
        intermediary: key(intermediary)?,
        expired: key(expired)?,
    })
}

/// Readable by their owner only: private keys are among them.
fn put(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}
