//! Reading a patient's data from the server of the system that asks: only from the one that operators wrote down.

use std::time::Duration;

use url::Url;

use crate::connection::{Connection, is_safe};
use crate::{Problem, SettingsError};

/// A doctor waits for the answer: so long for a connection, and for one whole answer.
const PATIENCE: (Duration, Duration) = (Duration::from_millis(300), Duration::from_millis(800));

/// The largest answer that is read, in bytes: a page of two hundred results is below it.
const LARGEST: usize = 2 * 1024 * 1024;

/// A FHIR server that may be read.
pub struct FhirServer {
    base: Url,
    connection: Connection,
}

/// Why something cannot be read there. Nothing of the answer is repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FhirProblem {
    /// The address lies elsewhere: it is not asked.
    #[error("cannot read it: its address is not on the server that is known")]
    Elsewhere,
    /// The server gave no answer that can be used.
    #[error("cannot read it: {0}")]
    Server(Problem),
}

impl FhirServer {
    /// The server at this address, without a slash at its end.
    ///
    /// # Errors
    /// [`SettingsError`] for an address that is none, or is not on TLS.
    pub fn open(base: &str) -> Result<Self, SettingsError> {
        let what = "the FHIR server";
        let base = Url::parse(base.trim_end_matches('/'));
        let base = base.map_err(|_| SettingsError::NotAnAddress { what })?;
        if !is_safe(&base) {
            return Err(SettingsError::NotHttps { what });
        }
        let connection = Connection::open_within(&base, PATIENCE)?;
        Ok(Self { base, connection })
    }

    /// Whether an address as a client writes it is this server's.
    #[must_use]
    pub fn is(&self, base: &str) -> bool {
        Url::parse(base.trim_end_matches('/')).is_ok_and(|base| base == self.base)
    }

    /// Reads a resource or a search with the token that the client has handed over. Redirects are not followed.
    ///
    /// # Errors
    /// [`FhirProblem::Elsewhere`] for an address that is not below this server's, before anything is sent.
    pub async fn read(&self, url: &str, token: &str) -> Result<Vec<u8>, FhirProblem> {
        let url = Url::parse(url).map_err(|_| FhirProblem::Elsewhere)?;
        if !self.holds(&url) {
            return Err(FhirProblem::Elsewhere);
        }
        let answer = self.connection.read(&url, token, LARGEST).await;
        match answer.map_err(FhirProblem::Server)? {
            (200, body) => Ok(body),
            (status, _) => Err(FhirProblem::Server(Problem::Status(status))),
        }
    }

    fn holds(&self, url: &Url) -> bool {
        let base = self.base.path().trim_end_matches('/');
        let below = url.path().strip_prefix(base);
        url.origin() == self.base.origin()
            && url.username().is_empty()
            && url.password().is_none()
            && below.is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
    }
}

impl std::fmt::Debug for FhirServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "FhirServer({})",
            self.base.origin().ascii_serialization()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_below_the_known_server_is_asked_for() {
        let server = FhirServer::open("https://epj.example.no/fhir/").expect("an address");
        assert!(
            server.is("https://EPJ.example.no:443/fhir/") && !server.is("https://epj.example.no")
        );
        let holds = |url: &str| server.holds(&Url::parse(url).expect("an address"));
        assert!(holds("https://epj.example.no/fhir/Patient/1"));
        assert!(holds("https://epj.example.no/fhir?_getpages=2"));
        for elsewhere in [
            "http://epj.example.no/fhir/Patient/1",
            "https://epj.example.no/fhirs/Patient/1",
            "https://epj.example.no/fhir/../admin",
            "https://epj.example.no/fhir/%2e%2e/admin",
            "https://epj.example.no:8443/fhir/Patient/1",
            "https://user@epj.example.no/fhir/Patient/1",
            "https://169.254.169.254/fhir/Patient/1",
        ] {
            assert!(!holds(elsewhere), "{elsewhere}");
        }
        assert!(FhirServer::open("http://epj.example.no/fhir").is_err());
        assert!(FhirServer::open("file:///etc/passwd").is_err());
    }
}
