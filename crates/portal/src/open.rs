//! From a configuration to a portal: keys, journal, editions, login.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use riktig_chain::http_client::HttpClientError;
use riktig_chain::prescriber::{self, Prescriber};
use riktig_chain::{Register, RegisterError, wire};
use riktig_guideline::Guideline;
use riktig_guideline::safety::{FestFile, FestFileError};
use riktig_helseid::{
    Client, ClientKeys, KeyError, Organisation, PrivateKey, Settings, SettingsError,
};
use riktig_journal::identity::{Keys, KeysError};
use riktig_journal::{Journal, JournalError};
use url::Url;

use crate::config::{self, Config};
use crate::dispensing::{Dispensary, DispensingError};
use crate::login::Way;
use crate::portal::{Parts, Portal};
use crate::shelf::{Shelf, ShelfError};

/// Why a portal cannot be made of a configuration.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The journal's keys cannot be read.
    #[error("cannot use the journal's keys (journal.keys_file)")]
    Keys(#[source] KeysError),
    /// The journal cannot be opened.
    #[error("cannot open the journal (journal.url)")]
    Journal(#[source] JournalError),
    /// A file that the configuration names cannot be read.
    #[error("cannot read \"{}\" ({key})", file.display())]
    Secret {
        /// The key that names it.
        key: &'static str,
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The drug register cannot be used.
    #[error("cannot read \"{}\" as FEST (hooks.fest)", file.display())]
    Fest {
        /// The file.
        file: PathBuf,
        /// Why.
        source: FestFileError,
    },
    /// An edition cannot be opened.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The doctors' signing keys cannot be used.
    #[error("cannot use the signing keys (chain.keys_folder)")]
    SigningKeys(#[source] prescriber::KeysError),
    /// There is no way to the intermediary.
    #[error("cannot reach the intermediary (chain.intermediary_url)")]
    Wire(#[source] HttpClientError),
    /// The register of prescribers cannot be read.
    #[error("cannot tell who may look patients up (look_up.prescribers_file)")]
    Prescribers(#[source] RegisterError),
    /// What is said about the pharmacy cannot be used.
    #[error(transparent)]
    Dispensing(#[from] DispensingError),
    /// The key for HelseID is none.
    #[error("cannot log in at HelseID (login.key_file)")]
    LoginKey(#[source] KeyError),
    /// What is said about HelseID cannot be.
    #[error("cannot log in at HelseID (login.*)")]
    Login(#[source] SettingsError),
}

impl OpenError {
    /// What a person can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            OpenError::Keys(_) => {
                "`riktig migrate --config FILE` makes the keys of a new journal; the file belongs to the service's user alone (chmod 600)"
            }
            OpenError::Journal(JournalError::OtherKeys { .. }) => {
                "nothing was written; name the file of keys that belongs to this journal in journal.keys_file"
            }
            OpenError::Journal(_) => {
                "check that the database runs and that the address and the password are right"
            }
            OpenError::Secret { .. } => {
                "check that the file exists and that the user of the service may read it"
            }
            OpenError::Fest { .. } => {
                "fetch FEST from dmp.no and unpack it, or leave hooks.fest empty: then only the guideline's own interactions are judged, and no drug is known by its product number"
            }
            OpenError::Shelf(_) => {
                "the journal has it on its shelf: put its folder into editions.folder; `riktig verify` says what is wrong with it"
            }
            OpenError::SigningKeys(_) | OpenError::Wire(_) => {
                "compare the [chain] table with docs/reference/prescribing.md, or leave chain.intermediary_url empty: then nobody prescribes from here"
            }
            OpenError::Prescribers(_) => {
                "write it as docs/reference/intermediary.md has the register of prescribers, or leave look_up.prescribers_file empty"
            }
            OpenError::Dispensing(_) => {
                "compare the [pharmacy] table with docs/reference/pharmacy.md, or leave pharmacy.intermediary_url empty: then nobody dispenses from here"
            }
            OpenError::LoginKey(_) | OpenError::Login(_) => {
                "compare the [login] table with what is registered at HelseID"
            }
        }
    }
}

impl Config {
    /// Opens the journal and brings it to this program's form.
    ///
    /// # Errors
    /// Its keys or the password cannot be read, or the database does not answer.
    pub async fn open_journal(&self) -> Result<Journal, OpenError> {
        let (address, keys) = self.journal_access()?;
        Journal::open(&address, keys)
            .await
            .map_err(OpenError::Journal)
    }

    /// The journal's address, with the password in it, and its keys.
    ///
    /// # Errors
    /// The keys or the password cannot be read.
    pub fn journal_access(&self) -> Result<(String, Keys), OpenError> {
        let keys = Keys::read(&self.journal.keys_file).map_err(OpenError::Keys)?;
        Ok((self.journal_address()?, keys))
    }

    /// The journal's address with the password in it.
    fn journal_address(&self) -> Result<String, OpenError> {
        let Some(file) = &self.journal.password_file else {
            return Ok(self.journal.url.clone());
        };
        let password = secret("journal.password_file", file)?;
        let with_password = |mut url: Url| url.set_password(Some(&password)).map(|()| url);
        let url = Url::parse(&self.journal.url).map_err(|_| ());
        // An address that takes no password is told as one that cannot be opened.
        Ok(url
            .and_then(with_password)
            .map_or_else(|()| self.journal.url.clone(), String::from))
    }

    /// Opens every edition that the journal has on its shelf, published or not: of invented countries.
    ///
    /// # Errors
    /// The journal does not answer, or an edition cannot be opened.
    pub async fn open_shelf(&self, journal: &Journal) -> Result<Shelf, OpenError> {
        let standing = riktig_journal::shelf::standing(journal).await;
        let shelf = Shelf::default();
        for edition in standing.map_err(OpenError::Journal)? {
            let folder = self.editions.folder.join(&edition.folder);
            shelf.put(edition.edition.as_str(), &folder, self.editions.synthetic)?;
        }
        Ok(shelf)
    }

    /// Opens every edition that the journal has on its shelf and whose bytes are those that were published. One that is not, or
    /// cannot be read, is refused with a line in the log and stands among the operator's editions as not shown; the others are
    /// served.
    ///
    /// # Errors
    /// The journal does not answer.
    pub async fn open_published(&self, journal: &Journal) -> Result<Shelf, OpenError> {
        let standing = riktig_journal::shelf::standing(journal).await;
        let shelf = Shelf::default();
        for edition in standing.map_err(OpenError::Journal)? {
            let (name, folder) = (edition.edition.as_str(), &edition.folder);
            let path = self.editions.folder.join(folder);
            if let Err(error) = shelf.put_published(name, &path, self.editions.synthetic) {
                let cause: &(dyn std::error::Error + 'static) = &error;
                tracing::error!(
                    edition = name,
                    cause,
                    "an edition on the shelf is not shown"
                );
            }
        }
        Ok(shelf)
    }

    /// FEST, where a file is named.
    fn open_fest(&self) -> Result<Option<FestFile>, OpenError> {
        let Some(file) = &self.hooks.fest else {
            return Ok(None);
        };
        let source = File::open(file).map_err(|source| OpenError::Secret {
            key: "hooks.fest",
            file: file.clone(),
            source,
        })?;
        let fest = FestFile::read(BufReader::new(source));
        let fest = fest.map_err(|source| OpenError::Fest {
            file: file.clone(),
            source,
        })?;
        match fest.products.len() {
            0 => tracing::warn!(
                "FEST (hooks.fest) holds no products: a drug that is told by its product number alone is not known"
            ),
            numbers => tracing::info!(numbers, "drugs are known by FEST's product numbers too"),
        }
        Ok(Some(fest))
    }

    fn open_login(&self) -> Result<Way, OpenError> {
        let Some(login) = &self.login else {
            return Ok(Way::Nobody);
        };
        let settings = settings(login, &self.server.public_url)?;
        Ok(Way::HelseId {
            client: Box::new(Client::new(settings).map_err(OpenError::Login)?),
            issuer: login.issuer.clone(),
        })
    }
}

fn settings(login: &config::Login, public: &Url) -> Result<Settings, OpenError> {
    let key = secret("login.key_file", &login.key_file)?;
    let key = PrivateKey::from_jwk(&key).map_err(OpenError::LoginKey)?;
    let own = |path| {
        public
            .join(path)
            .expect("a path of ours belongs to every origin")
    };
    let issuer = login.issuer.as_str().trim_end_matches('/');
    let mut settings = Settings::new(
        issuer,
        &login.client_id,
        ClientKeys::one(key),
        own("/login/callback"),
    );
    settings.post_logout_redirect_uri = Some(own("/"));
    settings.scopes.clone_from(&login.scopes);
    if let Some(number) = &login.organisation
        && let Ok(child) = number.parse()
    {
        settings.organisation = Organisation::SingleTenant { child };
    }
    Ok(settings)
}

impl Config {
    /// Who prescribes from here, if somebody does.
    fn open_prescriber(&self, journal: &Journal) -> Result<Option<Prescriber>, OpenError> {
        let Some(chain) = &self.chain else {
            return Ok(None);
        };
        let keys = prescriber::Keys::open(&chain.keys_folder).map_err(OpenError::SigningKeys)?;
        let wire = wire::over_http(&chain.intermediary_url).map_err(OpenError::Wire)?;
        let parties = (chain.own.clone(), chain.intermediary.clone());
        Ok(Some(Prescriber::open(journal.clone(), parties, keys, wire)))
    }
}

impl Config {
    /// Who may prescribe, where that can be told.
    fn open_prescribers(&self) -> Result<Register, OpenError> {
        let Some(file) = &self.prescribers_file else {
            return Ok(Register::default());
        };
        let text = secret("look_up.prescribers_file", file)?;
        let register = Register::default().with_prescribers(&text);
        register.map_err(OpenError::Prescribers)
    }
}

/// A secret of a file, without the line end that editors put behind it.
fn secret(key: &'static str, file: &Path) -> Result<String, OpenError> {
    let text = std::fs::read_to_string(file).map_err(|source| OpenError::Secret {
        key,
        file: file.to_owned(),
        source,
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

impl Portal {
    /// A portal as configured.
    ///
    /// # Errors
    /// What it is made of cannot be opened.
    pub async fn open(config: Config, clock: fn() -> Timestamp) -> Result<Portal, OpenError> {
        let journal = config.open_journal().await?;
        let shelf = config.open_published(&journal).await?;
        let login = config.open_login()?;
        let fest = config.open_fest()?;
        let prescriber = config.open_prescriber(&journal)?;
        let prescribers = config.open_prescribers()?;
        let pharmacy = config.pharmacy.as_ref();
        let pharmacy = pharmacy
            .map(|it| Dispensary::open(&journal, it))
            .transpose()?;
        let parts = Parts {
            config,
            journal,
            shelf,
            login,
            clock,
        };
        let portal = match fest {
            Some(fest) => {
                let guideline = Cow::Owned(Guideline::shipped().with_fest(&fest));
                Portal::with_guideline(parts, guideline, Some(fest.products))
            }
            None => Portal::new(parts),
        };
        let portal = portal.with_prescribers(prescribers);
        let portal = match prescriber {
            Some(prescriber) => portal.with_prescriber(prescriber),
            None => portal,
        };
        Ok(match pharmacy {
            Some(pharmacy) => portal.with_pharmacy(pharmacy),
            None => portal,
        })
    }
}
