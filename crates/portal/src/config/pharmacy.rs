//! The portal's part in the prescription chain as a pharmacy: who dispenses, with which key, and who is told.

use std::path::PathBuf;

use riktig_codes::OrganisationNumber;
use url::Url;

use super::error::ConfigError;
use super::values::Values;
use super::{https, path};

/// A pharmacy whose pharmacists dispense from here.
#[derive(Debug, Clone)]
pub struct Pharmacy {
    /// Where the intermediary takes messages.
    pub intermediary_url: Url,
    /// The intermediary's name, HER-id and organisation number.
    pub intermediary: (String, u32, OrganisationNumber),
    /// Where the registry of dispensings takes messages; `None`: reports wait.
    pub registry_url: Option<Url>,
    /// The registry's name.
    pub registry_name: String,
    /// The pharmacy's name, HER-id and organisation number.
    pub own: (String, u32, OrganisationNumber),
    /// The pharmacy's private key.
    pub key_file: PathBuf,
    /// The folder of authorities whose signatures are believed.
    pub authorities_folder: PathBuf,
    /// They are test authorities.
    pub test_authorities: bool,
    /// Who dispenses here.
    pub pharmacists_file: PathBuf,
}

/// The table `[pharmacy]`; `None` where no address says where prescriptions are.
pub(super) fn read(values: &Values) -> Result<Option<Pharmacy>, ConfigError> {
    let address = "an https address, or http on the loopback";
    let Some(intermediary_url) = values.optional("pharmacy.intermediary_url", address, https)?
    else {
        return Ok(None);
    };
    let name = |key: &str| {
        values.parsed(key, "a name", |it| {
            (!it.trim().is_empty()).then(|| it.trim().to_owned())
        })
    };
    let her = |key: &str| {
        let her = values.number(key, 1, i64::from(u32::MAX), "a HER-id")?;
        Ok::<_, ConfigError>(u32::try_from(her).unwrap_or(u32::MAX))
    };
    let organisation = |key: &str| {
        values.parsed(key, "an organisation number of nine digits", |it| {
            it.parse().ok()
        })
    };
    Ok(Some(Pharmacy {
        intermediary_url,
        intermediary: (
            name("pharmacy.intermediary_name")?,
            her("pharmacy.intermediary_her")?,
            organisation("pharmacy.intermediary_organisation")?,
        ),
        registry_url: values.optional("pharmacy.registry_url", address, https)?,
        registry_name: name("pharmacy.registry_name")?,
        own: (
            name("pharmacy.name")?,
            her("pharmacy.her")?,
            organisation("pharmacy.organisation")?,
        ),
        key_file: values.parsed("pharmacy.key_file", "a file", path)?,
        authorities_folder: values.parsed("pharmacy.authorities_folder", "a folder", path)?,
        test_authorities: values.flag("pharmacy.test_authorities"),
        pharmacists_file: values.parsed("pharmacy.pharmacists_file", "a file", path)?,
    }))
}
