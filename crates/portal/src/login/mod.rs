//! Logging in and out.

use riktig_helseid::Client;
use url::Url;

use crate::pages::demo::Persona;

/// How people log in.
pub enum Way {
    /// By HelseID.
    HelseId {
        /// Our side of it.
        client: Box<Client>,
        /// The issuer's origin, to which the logout leads.
        issuer: Url,
    },
    /// As one of these invented people, without proof: the demo.
    Demo(Vec<Persona>),
    /// Nobody can: no login is configured.
    Nobody,
}

impl Way {
    /// Whether this is the demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        matches!(self, Way::Demo(_))
    }

    /// Foreign origins to which one of our forms may lead on.
    pub(crate) fn form_targets(&self) -> Vec<String> {
        match self {
            Way::HelseId { issuer, .. } => vec![issuer.origin().ascii_serialization()],
            Way::Demo(_) | Way::Nobody => Vec::new(),
        }
    }
}
