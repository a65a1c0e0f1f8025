//! `riktig chain keys`, and the files that it writes.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use jiff::Timestamp;
use riktig_chain::rehearsal::Parties;
use riktig_codes::HprNumber;
use riktig_eresept::signature::SigningKey;

use crate::clock::now;
use crate::failure::{Hint as _, advise};
use crate::say::say;
use crate::verbs::migrate::write_keys;

/// Make invented parties for trying a chain: a test authority, a doctor, a pharmacy, an intermediary
///
/// Writes the authority's certificate (authority.der), each party's private key (NAME.key: PKCS #8, DER) and certificate (NAME.cer: DER),
/// the registers in which a system under test must have them (prescribers.csv, pharmacies.csv), and keys for a journal
/// (journal.keys). Doctors' keys are in the folder doctors/ by HPR number, as `keys_folder` of a portal's configuration wants them. Certificates
/// last three years; every name in them says that it is a test. Nothing is written over.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  riktig chain keys --dir parties\n  riktig chain keys --dir parties --doctor 9144900 --doctor 9144919"
)]
pub(super) struct Arguments {
    /// Where they go: a folder that is not there yet
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
    /// HPR number of a doctor of your own who gets a key too; as often as there are doctors
    #[arg(long, value_name = "HPR", value_parser = doctor)]
    doctor: Vec<HprNumber>,
}

fn doctor(text: &str) -> Result<HprNumber, String> {
    let number = text.parse().ok().and_then(HprNumber::from_value);
    number.ok_or_else(|| "write an HPR number of at most nine digits".to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Result<()> {
    write(&arguments.dir, now(), &arguments.doctor)?;
    let dir = arguments.dir.display();
    say(format_args!(
        "wrote a test authority and its parties to \"{dir}\""
    ))?;
    Ok(())
}

/// The folder of the doctors' keys within that of the parties.
pub(crate) const DOCTORS: &str = "doctors";

/// Makes parties at a moment and writes them.
pub(crate) fn write(dir: &Path, now: Timestamp, others: &[HprNumber]) -> Result<()> {
    if dir.exists() {
        return Err(advise(
            format!("\"{}\" is there already", dir.display()),
            "name a folder that is not there: keys are never written over",
        ));
    }
    let parties = Parties::with_doctors(now, others).context("cannot make keys")?;
    let cannot = || format!("cannot write the parties to \"{}\"", dir.display());
    fs::create_dir_all(dir.join(DOCTORS)).with_context(cannot)?;
    let put = |name: &str, bytes: &[u8]| put(&dir.join(name), bytes).with_context(cannot);
    put("authority.der", &parties.authority)?;
    let own = (doctor_file(Parties::doctor_number()), &parties.doctor);
    let others = parties.others.iter();
    let doctors = others.map(|(hpr, key)| (doctor_file(*hpr), key));
    let named = [
        ("pharmacy", &parties.pharmacy),
        ("intermediary", &parties.intermediary),
        ("expired", &parties.expired),
    ];
    let named = named.map(|(name, key)| (name.to_owned(), key));
    for (name, key) in named.into_iter().chain([own]).chain(doctors) {
        put(&format!("{name}.key"), key.private_key())?;
        put(&format!("{name}.cer"), key.certificate())?;
    }
    let others: Vec<HprNumber> = parties.others.iter().map(|(hpr, _)| *hpr).collect();
    let (prescribers, pharmacies) = Parties::registers(&others);
    put("prescribers.csv", prescribers.as_bytes())?;
    put("pharmacies.csv", pharmacies.as_bytes())?;
    write_keys(&dir.join("journal.keys"))
}

fn doctor_file(hpr: HprNumber) -> String {
    format!("{DOCTORS}/{hpr}")
}

/// Reads what was written; other doctors' keys are theirs.
pub(crate) fn read(dir: &Path) -> Result<Parties> {
    let get = |name: String| {
        let file = dir.join(name);
        fs::read(&file)
            .with_context(|| format!("cannot read \"{}\"", file.display()))
            .hint(|| "make the parties with riktig chain keys --dir DIR, and name that folder with --parties".to_owned())
    };
    let key = |name: &str| {
        let (key, certificate) = (get(format!("{name}.key"))?, get(format!("{name}.cer"))?);
        SigningKey::new(&key, vec![certificate])
            .with_context(|| format!("cannot use the key \"{name}.key\" in \"{}\"", dir.display()))
    };
    Ok(Parties {
        authority: get("authority.der".to_owned())?,
        doctor: key(&doctor_file(Parties::doctor_number()))?,
        pharmacy: key("pharmacy")?,
        intermediary: key("intermediary")?,
        expired: key("expired")?,
        others: Vec::new(),
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
