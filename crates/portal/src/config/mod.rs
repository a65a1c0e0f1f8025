//! The configuration: one TOML file, every key also an environment variable, secrets in files of their own.

mod chain;
mod document;
mod error;
mod key;
mod pharmacy;
#[cfg(test)]
mod tests;
mod values;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use riktig_helseid::Algorithm;
use url::Url;

pub use chain::Chain;
pub use document::documented;
pub use error::ConfigError;
pub use key::{Default, KEYS, Key};
pub use pharmacy::Pharmacy;
pub use values::Origin;

use values::Values;

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where and how the portal answers.
    pub server: Server,
    /// Where metrics are told, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// Where the journal is.
    pub journal: Journal,
    /// Where editions lie.
    pub editions: Editions,
    /// The lake's manifest, or a copy of it.
    pub lake_manifest: Option<PathBuf>,
    /// Who runs the service.
    pub operator: Operator,
    /// How people log in; `None`: nobody can.
    pub login: Option<Login>,
    /// How long a session lasts.
    pub session: Session,
    /// What a request may cost.
    pub limits: Limits,
    /// How systems are answered that ask for advice.
    pub hooks: Hooks,
    /// Who prescribes from here; `None`: nobody does.
    pub chain: Option<Chain>,
    /// Which pharmacy dispenses from here; `None`: none does.
    pub pharmacy: Option<Pharmacy>,
    /// The register of who may prescribe, and so look patients up; `None`: nobody here can tell.
    pub prescribers_file: Option<PathBuf>,
    /// What is logged.
    pub log: Log,
}

/// Where and how the portal answers.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// The address that people see: scheme and host, no path.
    pub public_url: Url,
    /// Proxies that add to `X-Forwarded-For`.
    pub trusted_hops: usize,
    /// How long requests under way may take after a stop was asked for.
    pub stop: Duration,
}

/// Where the journal is.
#[derive(Debug, Clone)]
pub struct Journal {
    /// `sqlite:FILE` or `postgres://USER@HOST/DATABASE`.
    pub url: String,
    /// The file with the database user's password.
    pub password_file: Option<PathBuf>,
    /// The file with the journal's keys.
    pub keys_file: PathBuf,
}

/// Where editions lie.
#[derive(Debug, Clone)]
pub struct Editions {
    /// A folder of editions.
    pub folder: PathBuf,
    /// Whether every page is marked as invented data.
    pub synthetic: bool,
}

/// Who runs the service, as its statements name them; empty: not told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operator {
    /// Who answers for the data.
    pub name: String,
    /// How one reaches them.
    pub contact: String,
}

/// How people log in.
#[derive(Debug, Clone)]
pub struct Login {
    /// HelseID's address.
    pub issuer: Url,
    /// The portal's id there.
    pub client_id: String,
    /// The file with the portal's private key.
    pub key_file: PathBuf,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Organisation number of the sub-unit on whose behalf people log in.
    pub organisation: Option<String>,
}

/// How long a session lasts.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    /// Without a request.
    pub idle: Duration,
    /// In any case.
    pub longest: Duration,
}

/// What a request may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Longest time.
    pub request: Duration,
    /// Most requests under way at once.
    pub requests_at_once: usize,
    /// Most requests a minute of one session or address; `None`: no limit.
    pub requests_per_minute: Option<u32>,
}

/// How systems are answered that ask for advice.
#[derive(Debug, Clone)]
pub struct Hooks {
    /// How their tokens may be signed.
    pub algorithms: Vec<Algorithm>,
    /// Largest body of a call, in bytes.
    pub body_bytes: usize,
    /// Most calls under way at once.
    pub requests_at_once: usize,
    /// Most calls a minute of one address; `None`: no limit.
    pub requests_per_minute: Option<u32>,
    /// How long is read from a client's FHIR server for one call; zero: nothing is.
    pub fetch: Duration,
    /// The drug register whose interactions are judged too, and by whose product numbers drugs are known.
    pub fest: Option<PathBuf>,
}

/// What is logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub level: String,
    /// One JSON object a line; else text for eyes.
    pub json: bool,
}

impl Log {
    /// What is logged, as tracing's filters say it. Libraries under ours speak of what goes wrong only: their finer words
    /// repeat what came over the network.
    #[must_use]
    pub fn filter(&self) -> String {
        let ours = [
            "riktig",
            "riktig_portal",
            "riktig_journal",
            "riktig_helseid",
        ]
        .map(|room| format!("{room}={}", self.level))
        .join(",");
        format!("warn,{ours}")
    }
}

impl Config {
    /// Reads the file, if there is one, and the environment over it.
    ///
    /// # Errors
    /// The file cannot be read or understood, a key is unknown, or a value cannot be.
    pub fn read(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, ConfigError> {
        let text = match file {
            None => None,
            Some(file) => {
                Some(
                    std::fs::read_to_string(file).map_err(|source| ConfigError::Read {
                        what: "configuration",
                        file: file.to_owned(),
                        source,
                    })?,
                )
            }
        };
        Config::of(file.zip(text.as_deref()), environment)
    }

    /// The configuration of a file's text and an environment.
    ///
    /// # Errors
    /// The text cannot be understood, a key is unknown, or a value cannot be.
    pub fn of(
        file: Option<(&Path, &str)>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Config, ConfigError> {
        let values = Values::read(file, environment)?;
        Ok(Config {
            server: server(&values)?,
            metrics: values.optional("metrics.listen", "an address and a port", |text| {
                text.parse().ok()
            })?,
            journal: journal(&values)?,
            editions: Editions {
                folder: values.parsed("editions.folder", "a folder", path)?,
                synthetic: values.flag("editions.synthetic"),
            },
            lake_manifest: values.optional("lake.manifest", "a file", path)?,
            operator: operator(&values)?,
            login: login(&values)?,
            session: session(&values)?,
            limits: limits(&values)?,
            hooks: hooks(&values)?,
            chain: chain::read(&values)?,
            pharmacy: pharmacy::read(&values)?,
            prescribers_file: values.optional("look_up.prescribers_file", "a file", path)?,
            log: log(&values)?,
        })
    }
}

fn path(text: &str) -> Option<PathBuf> {
    (!text.is_empty()).then(|| PathBuf::from(text))
}

fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

fn server(values: &Values) -> Result<Server, ConfigError> {
    Ok(Server {
        listen: values.parsed("server.listen", "an address and a port", |text| {
            text.parse().ok()
        })?,
        public_url: values.parsed(
            "server.public_url",
            "an https address without a path (http for the loopback only)",
            public_url,
        )?,
        trusted_hops: values.number("server.trusted_hops", 0, 8, "a number from 0 to 8")? as usize,
        stop: seconds(values.number("server.stop_seconds", 0, 600, "a number from 0 to 600")?),
    })
}

/// An origin: what cookies, redirects and the check of the host are made of.
fn public_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let loopback = match url.host()? {
        url::Host::Domain(name) => name == "localhost",
        url::Host::Ipv4(address) => address.is_loopback(),
        url::Host::Ipv6(address) => address.is_loopback(),
    };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (safe && bare).then_some(url)
}

fn journal(values: &Values) -> Result<Journal, ConfigError> {
    Ok(Journal {
        url: values.parsed(
            "journal.url",
            "sqlite:FILE or postgres://USER@HOST/DATABASE",
            |text| {
                let known = ["sqlite:", "postgres://", "postgresql://"];
                known
                    .iter()
                    .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
                    .then(|| text.to_owned())
            },
        )?,
        password_file: values.optional("journal.password_file", "a file", path)?,
        keys_file: values.parsed("journal.keys_file", "a file", path)?,
    })
}

/// Longest line about who runs the service.
const OPERATOR_LENGTH: usize = 200;

fn operator(values: &Values) -> Result<Operator, ConfigError> {
    let line = |key| {
        values.parsed(key, "one line of at most 200 characters", |text| {
            let text = text.trim();
            let fits =
                text.chars().count() <= OPERATOR_LENGTH && !text.chars().any(char::is_control);
            fits.then(|| text.to_owned())
        })
    };
    Ok(Operator {
        name: line("operator.name")?,
        contact: line("operator.contact")?,
    })
}

fn login(values: &Values) -> Result<Option<Login>, ConfigError> {
    let Some(issuer) = values.optional("login.issuer", "an https address", https)? else {
        return Ok(None);
    };
    Ok(Some(Login {
        issuer,
        client_id: values.parsed("login.client_id", "the portal's id at HelseID", |text| {
            (!text.is_empty()).then(|| text.to_owned())
        })?,
        key_file: values.parsed("login.key_file", "a file", path)?,
        scopes: values.parsed("login.scopes", "words, with openid among them", |text| {
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.iter().any(|word| word == "openid").then_some(words)
        })?,
        organisation: values.optional(
            "login.organisation",
            "an organisation number of nine digits",
            |text| {
                text.parse::<riktig_codes::OrganisationNumber>()
                    .ok()
                    .map(|_| text.to_owned())
            },
        )?,
    }))
}

/// An issuer: https, or http on the loopback, where tests have theirs.
fn https(text: &str) -> Option<Url> {
    let mut bare = Url::parse(text).ok()?;
    bare.set_path("");
    public_url(bare.as_str())?;
    Url::parse(text).ok()
}

fn session(values: &Values) -> Result<Session, ConfigError> {
    let minutes = |key, most, what| {
        let minutes = values.number(key, 1, most, what)?;
        Ok::<_, ConfigError>(seconds(60 * minutes))
    };
    Ok(Session {
        idle: minutes("session.idle_minutes", 240, "a number from 1 to 240")?,
        longest: minutes("session.longest_minutes", 1440, "a number from 1 to 1440")?,
    })
}

fn limits(values: &Values) -> Result<Limits, ConfigError> {
    let per_minute = values.number(
        "limits.requests_per_minute",
        0,
        1_000_000,
        "a number from 0 to 1000000",
    )?;
    Ok(Limits {
        body_bytes: values.number(
            "limits.body_bytes",
            1024,
            16 << 20,
            "a number from 1024 to 16777216",
        )? as usize,
        request: seconds(values.number(
            "limits.request_seconds",
            1,
            600,
            "a number from 1 to 600",
        )?),
        requests_at_once: values.number(
            "limits.requests_at_once",
            1,
            100_000,
            "a number from 1 to 100000",
        )? as usize,
        requests_per_minute: u32::try_from(per_minute).ok().filter(|most| *most > 0),
    })
}

fn hooks(values: &Values) -> Result<Hooks, ConfigError> {
    let most = values.number(
        "hooks.requests_per_minute",
        0,
        1_000_000,
        "a number from 0 to 1000000",
    )?;
    Ok(Hooks {
        algorithms: values.parsed(
            "hooks.algorithms",
            "names of algorithms with key pairs: ES384 RS384 ES256 RS256",
            |text| {
                let all: Option<Vec<_>> = text.split_whitespace().map(Algorithm::read).collect();
                all.filter(|all| !all.is_empty())
            },
        )?,
        body_bytes: values.number(
            "hooks.body_bytes",
            1024,
            16 << 20,
            "a number from 1024 to 16777216",
        )? as usize,
        requests_at_once: values.number(
            "hooks.requests_at_once",
            1,
            100_000,
            "a number from 1 to 100000",
        )? as usize,
        requests_per_minute: u32::try_from(most).ok().filter(|most| *most > 0),
        fetch: Duration::from_millis(values.number(
            "hooks.fetch_milliseconds",
            0,
            10_000,
            "a number from 0 to 10000",
        )?),
        fest: values.optional("hooks.fest", "a file", path)?,
    })
}

fn log(values: &Values) -> Result<Log, ConfigError> {
    Ok(Log {
        level: values.parsed("log.level", "error, warn, info, debug or trace", |text| {
            ["error", "warn", "info", "debug", "trace"]
                .contains(&text)
                .then(|| text.to_owned())
        })?,
        json: values.parsed("log.format", "json or text", |text| match text {
            "json" => Some(true),
            "text" => Some(false),
            _ => None,
        })?,
    })
}
