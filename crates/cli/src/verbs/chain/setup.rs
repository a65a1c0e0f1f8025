//! What a role is opened with, from its arguments.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use riktig_chain::{Register, Setup};
use riktig_codes::CodeLists;
use riktig_codes::fest::{FestReader, FestRegister};
use riktig_eresept::control::Policy;
use riktig_eresept::signature::{SigningKey, Trust};

use super::Serve;
use crate::failure::{Hint as _, advise};

pub(super) fn setup(serve: &Serve) -> Result<Setup> {
    let mut trust = trust(&serve.authority, serve.test_authorities)?;
    if let Some(file) = &serve.revoked {
        let cannot = || {
            format!(
                "cannot use the revoked certificates of \"{}\"",
                file.display()
            )
        };
        trust = trust.revoking(&text(file)?).with_context(cannot)?;
    }
    let mut register = Register::default();
    if let Some(file) = &serve.prescribers {
        register = register.with_prescribers(&text(file)?)?;
    }
    if let Some(file) = &serve.pharmacies {
        register = register.with_pharmacies(&text(file)?)?;
    }
    let policy = match &serve.policy {
        Some(file) => Policy::parse(&file.display().to_string(), &text(file)?)?,
        None => Policy::shipped(),
    };
    Ok(Setup {
        trust,
        register,
        policy,
        lists: lists(serve)?,
        fest: serve.fest.as_deref().map(fest).transpose()?,
        key: signing_key(serve)?,
    })
}

pub(super) fn trust(files: &[PathBuf], of_tests: bool) -> Result<Trust> {
    let authorities = files
        .iter()
        .map(|file| fs::read(file).with_context(|| format!("cannot read \"{}\"", file.display())));
    let authorities = authorities.collect::<Result<Vec<_>>>()?;
    Ok(match of_tests {
        true => Trust::for_tests(&authorities),
        false => Trust::new(&authorities),
    }?)
}

fn lists(serve: &Serve) -> Result<CodeLists> {
    let mut lists = CodeLists::default();
    let of = |file: &Path| format!("cannot use the codes of \"{}\"", file.display());
    if let Some(file) = &serve.icpc2 {
        lists = lists.with_icpc2(&text(file)?).with_context(|| of(file))?;
    }
    if let Some(file) = &serve.icd10 {
        lists = lists.with_icd10(&text(file)?).with_context(|| of(file))?;
    }
    Ok(lists)
}

fn fest(file: &Path) -> Result<FestRegister> {
    let cannot = || format!("cannot read FEST from \"{}\"", file.display());
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
    let key = SigningKey::new(&read(key)?, vec![read(certificate)?]);
    key.context("cannot use the signing key")
}

pub(super) fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read \"{}\"", file.display()))
}
