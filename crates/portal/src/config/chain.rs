//! The portal's part in the prescription chain: who prescribes, with which keys, and where prescriptions go.

use std::path::PathBuf;

use riktig_chain::prescriber::Party;
use url::Url;

use super::error::ConfigError;
use super::values::Values;
use super::{https, path};

/// Who prescribes from here, and to whom it is sent.
#[derive(Debug, Clone)]
pub struct Chain {
    /// Where the intermediary takes messages.
    pub intermediary_url: Url,
    /// The folder with each doctor's signing key.
    pub keys_folder: PathBuf,
    /// The surgery.
    pub own: Party,
    /// The intermediary.
    pub intermediary: Party,
}

/// The table `[chain]`; `None` where no address says where prescriptions go.
pub(super) fn read(values: &Values) -> Result<Option<Chain>, ConfigError> {
    let address = "an https address, or http on the loopback";
    let Some(intermediary_url) = values.optional("chain.intermediary_url", address, https)? else {
        return Ok(None);
    };
    let organisation = "an organisation number of nine digits";
    let organisation = values.optional("chain.organisation", organisation, |it| it.parse().ok())?;
    let party = |name: &str, her: &str| {
        let name = values.parsed(name, "a name", |it| {
            (!it.trim().is_empty()).then(|| it.trim().to_owned())
        })?;
        let her = values.number(her, 1, i64::from(u32::MAX), "a HER-id")?;
        Ok::<_, ConfigError>(Party {
            name,
            her: u32::try_from(her).unwrap_or(u32::MAX),
            organisation: None,
        })
    };
    Ok(Some(Chain {
        intermediary_url,
        keys_folder: values.parsed("chain.keys_folder", "a folder", path)?,
        own: Party {
            organisation,
            ..party("chain.name", "chain.her")?
        },
        intermediary: party("chain.intermediary_name", "chain.intermediary_her")?,
    }))
}
