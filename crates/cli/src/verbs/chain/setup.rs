//! What a role is opened with, from its arguments. An error names the option and its file, the line where there is one, and what to do.

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use riktig_chain::address::Numbers;
use riktig_chain::{Register, RegisterError, Setup};
use riktig_codes::fest::{FestReader, FestRegister};
use riktig_codes::{CodeLists, OrganisationNumber};
use riktig_eresept::control::Policy;
use riktig_eresept::signature::{SigningKey, Trust, TrustError};
use riktig_journal::identity::Keys;
use riktig_portal::ServeError;

use super::Serve;
use crate::failure::{Hint as _, advise};

/// What is done where a line of a register is wrong.
const REGISTERS: &str =
    "write the line so; docs/reference/intermediary.md, \"Registers\", shows both files";

pub(super) fn setup(serve: &Serve) -> Result<Setup> {
    let trust = trust(
        &serve.authority,
        serve.test_authorities,
        serve.revoked.as_deref(),
    )?;
    let register = register(serve.prescribers.as_deref(), serve.pharmacies.as_deref())?;
    let policy = match &serve.policy {
        Some(file) => {
            let text = text_of("--policy", file)?;
            let read = Policy::parse(&file.display().to_string(), &text);
            used("--policy", file, read, "correct that line")?
        }
        None => Policy::shipped(),
    };
    Ok(Setup {
        trust,
        register,
        policy,
        lists: lists(serve)?,
        fest: serve.fest.as_deref().map(fest).transpose()?,
        key: signing_key(serve)?,
        numbers: Numbers {
            her: Some(serve.intermediary_her),
            organisation: serve
                .intermediary
                .as_deref()
                .map(organisation)
                .transpose()?,
        },
    })
}

/// The intermediary's number in the register of legal entities.
pub(super) fn organisation(number: &str) -> Result<OrganisationNumber> {
    let read = number.parse::<OrganisationNumber>();
    read.with_context(|| format!("cannot use --intermediary \"{number}\""))
        .hint(|| "write nine digits, the last of which is right by the others".to_owned())
}

/// Prescribers and pharmacies, as far as there are files of them.
pub(super) fn register(prescribers: Option<&Path>, pharmacies: Option<&Path>) -> Result<Register> {
    type With = fn(Register, &str) -> Result<Register, RegisterError>;
    let files: [(&str, Option<&Path>, With); 2] = [
        ("--prescribers", prescribers, Register::with_prescribers),
        ("--pharmacies", pharmacies, Register::with_pharmacies),
    ];
    let mut register = Register::default();
    for (option, file, with) in files {
        if let Some(file) = file {
            register = used(
                option,
                file,
                with(register, &text_of(option, file)?),
                REGISTERS,
            )?;
        }
    }
    Ok(register)
}

/// Whose signatures are believed, without the certificates that were taken back.
pub(crate) fn trust(files: &[PathBuf], of_tests: bool, revoked: Option<&Path>) -> Result<Trust> {
    let authorities = files.iter().map(|file| {
        fs::read(file).with_context(|| format!("cannot read --authority \"{}\"", file.display()))
    });
    let authorities = authorities.collect::<Result<Vec<_>>>()?;
    let trust = match of_tests {
        true => Trust::for_tests(&authorities),
        false => Trust::new(&authorities),
    };
    let trust = trust.map_err(|error| no_authority(files, of_tests, error))?;
    let Some(file) = revoked else {
        return Ok(trust);
    };
    let revoking = trust.revoking(&text_of("--revoked", file)?);
    used("--revoked", file, revoking, "correct that line")
}

fn no_authority(files: &[PathBuf], of_tests: bool, error: TrustError) -> anyhow::Error {
    let number = match error {
        TrustError::Unreadable { number }
        | TrustError::NotAnAuthority { number }
        | TrustError::Mixed { number, .. } => number,
    };
    let file = files.get(number - 1).map(|file| file.display().to_string());
    let file = file.unwrap_or_default();
    match (error, of_tests) {
        (TrustError::Unreadable { .. }, _) => advise(
            format!("cannot read --authority \"{file}\" as a certificate"),
            "give an X.509 certificate as DER; openssl x509 -in FILE -outform DER -out FILE.der makes one of PEM",
        ),
        (TrustError::NotAnAuthority { .. }, _) => advise(
            format!("--authority \"{file}\" is not the certificate of an authority"),
            "name the certificate of the authority that issued it (basic constraints CA:TRUE); riktig chain keys calls its own authority.der",
        ),
        (TrustError::Mixed { .. }, false) => advise(
            format!("--authority \"{file}\" is a test authority"),
            "add --test-authorities to believe what it signs; never where real prescriptions come",
        ),
        (TrustError::Mixed { .. }, true) => advise(
            format!("--authority \"{file}\" is a real authority, beside --test-authorities"),
            "leave --test-authorities out, or name test authorities only: the two are never believed together",
        ),
    }
}

/// What a file of an option was read as; else which option and file it was, with its own words of line and rule, and what to do.
fn used<T, E: Error + Send + Sync + 'static>(
    option: &str,
    file: &Path,
    read: Result<T, E>,
    hint: &str,
) -> Result<T> {
    read.with_context(|| format!("cannot use {option} \"{}\"", file.display()))
        .hint(|| hint.to_owned())
}

/// The keys of a role's journal.
pub(super) fn journal_keys(file: &Path) -> Result<Keys> {
    let read = Keys::read(file);
    let hint = "riktig chain keys writes such a file (journal.keys), and riktig migrate that of a portal's journal";
    used("--keys", file, read, hint)
}

/// A port that cannot be taken, with the option that names it.
pub(super) fn not_listening(error: ServeError, option: &str) -> anyhow::Error {
    let ServeError::Listen { address, source } = error else {
        return error.into();
    };
    let cannot = anyhow::Error::new(source).context(format!("cannot listen on {address}"));
    let taken: Result<()> = Err(cannot).hint(|| {
        format!("another program has the port, or the address is not this machine's; name another with {option}, port 0 takes any free one")
    });
    taken.expect_err("it is one")
}

fn lists(serve: &Serve) -> Result<CodeLists> {
    let mut lists = CodeLists::default();
    let hint = "correct that line";
    if let Some(file) = &serve.icpc2 {
        lists = used(
            "--icpc2",
            file,
            lists.with_icpc2(&text_of("--icpc2", file)?),
            hint,
        )?;
    }
    if let Some(file) = &serve.icd10 {
        lists = used(
            "--icd10",
            file,
            lists.with_icd10(&text_of("--icd10", file)?),
            hint,
        )?;
    }
    Ok(lists)
}

fn fest(file: &Path) -> Result<FestRegister> {
    let cannot = || format!("cannot read FEST from --fest \"{}\"", file.display());
    let opened = File::open(file).with_context(cannot)?;
    let read = FestRegister::read(FestReader::new(BufReader::new(opened)));
    read.with_context(cannot)
        .hint(|| "give the file of the download unpacked: fest251.xml".to_owned())
}

fn signing_key(serve: &Serve) -> Result<Option<Arc<SigningKey>>> {
    match serve.signing_key {
        Some(_) => Ok(Some(Arc::new(signing_key_of(serve)?))),
        None => Ok(None),
    }
}

/// The organisation's key that a role signs with.
pub(super) fn signing_key_of(serve: &Serve) -> Result<SigningKey> {
    let (Some(key), Some(certificate)) = (&serve.signing_key, &serve.certificate) else {
        return Err(advise(
            "this role signs its messages",
            "name its key with --signing-key and --certificate",
        ));
    };
    let read =
        |file: &Path| fs::read(file).with_context(|| format!("cannot read \"{}\"", file.display()));
    let made = SigningKey::new(&read(key)?, vec![read(certificate)?]);
    let hint = "give the key as PKCS #8 in DER, and with --certificate the certificate (DER) that is of this key";
    used("--signing-key", key, made, hint)
}

fn text_of(option: &str, file: &Path) -> Result<String> {
    fs::read_to_string(file)
        .with_context(|| format!("cannot read {option} \"{}\"", file.display()))
        .hint(|| format!("name a file of text that is there with {option}"))
}

pub(super) fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read \"{}\"", file.display()))
}
