//! From a configuration to a pharmacy.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use riktig_chain::pharmacy::PharmacySetup;
use riktig_chain::{Pharmacy, address, wire};
use riktig_codes::OrganisationNumber;
use riktig_eresept::Ident;
use riktig_eresept::envelope::Organisation;
use riktig_eresept::signature::{SigningKey, Trust};
use riktig_journal::Journal;

use super::{Dispensary, Pharmacists};
use crate::config;

/// Why a pharmacy cannot be made of a configuration.
#[derive(Debug, thiserror::Error)]
#[error("cannot dispense from here (pharmacy.{key})")]
pub struct DispensingError {
    /// The key of the configuration.
    pub key: &'static str,
    /// Why.
    pub source: Box<dyn Error + Send + Sync>,
}

fn because<E: Into<Box<dyn Error + Send + Sync>>>(
    key: &'static str,
) -> impl FnOnce(E) -> DispensingError {
    move |source| DispensingError {
        key,
        source: source.into(),
    }
}

impl Dispensary {
    /// A pharmacy as configured, on the portal's journal. Needs to be called within a Tokio runtime.
    ///
    /// # Errors
    /// A file cannot be read, or what it holds cannot be used.
    pub fn open(journal: &Journal, config: &config::Pharmacy) -> Result<Self, DispensingError> {
        let certificate = config.key_file.with_extension("cer");
        let read = |file: &Path| fs::read(file).map_err(because("key_file"));
        let key = SigningKey::new(&read(&config.key_file)?, vec![read(&certificate)?]);
        let authorities = certificates(&config.authorities_folder);
        let authorities = authorities.map_err(because("authorities_folder"))?;
        let trust = match config.test_authorities {
            true => Trust::for_tests(&authorities),
            false => Trust::new(&authorities),
        };
        let setup = PharmacySetup {
            own: organisation(&config.own),
            intermediary: organisation(&config.intermediary),
            registry: Organisation {
                name: Some(config.registry_name.clone()),
                ..address::registry()
            },
            key: key.map_err(because("key_file"))?,
            trust: trust.map_err(because("authorities_folder"))?,
        };
        let pharmacists = fs::read_to_string(&config.pharmacists_file);
        let pharmacists = pharmacists.map_err(because("pharmacists_file"))?;
        let intermediary = wire::over_http(&config.intermediary_url);
        let registry = config
            .registry_url
            .as_ref()
            .map(wire::over_http)
            .transpose();
        Ok(Self::new(
            (
                Pharmacy::open(journal.clone(), setup).map_err(because("her"))?,
                config.own.0.clone(),
            ),
            Pharmacists::read(&pharmacists).map_err(because("pharmacists_file"))?,
            (
                intermediary.map_err(because("intermediary_url"))?,
                registry.map_err(because("registry_url"))?,
            ),
        ))
    }
}

fn organisation((name, her, number): &(String, u32, OrganisationNumber)) -> Organisation {
    Organisation {
        name: Some(name.clone()),
        idents: vec![Ident::organisation(*number), Ident::her(&her.to_string())],
        ..Organisation::default()
    }
}

/// The certificates of a folder, in the order of their names.
fn certificates(folder: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = entries.collect::<std::io::Result<Vec<PathBuf>>>()?;
    files.retain(|file| file.extension().is_some_and(|it| it == "cer"));
    files.sort();
    files.iter().map(fs::read).collect()
}
