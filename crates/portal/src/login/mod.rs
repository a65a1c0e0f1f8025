//! Logging in and out.
//!
//! ```text
//! GET /login?to=…      remembers where to go back to; demo: the page of personas, else
//!                      pushes the request to the issuer and sends the browser there
//! GET /login/callback  the browser is back: checked, the person noted, a session begun
//! POST /login/demo     the demo: a session of an invented person
//! POST /logout         ends the session, here and at the issuer
//! POST /login/ended    the issuer says that a session is over (back-channel logout)
//! ```

mod back_channel;
mod begin;
mod callback;
mod demo;
mod logout;
mod return_to;
mod session;

use riktig_codes::{HprNumber, NationalId};
use riktig_helseid::Client;
use url::Url;

use crate::pages::demo::Persona;

pub(crate) use back_channel::ended;
pub(crate) use begin::begin;
pub(crate) use callback::callback;
pub(crate) use demo::demo;
pub(crate) use logout::logout;
pub(crate) use session::{ended as session_over, limits, token};

/// How people log in.
pub enum Way {
    /// By HelseID.
    HelseId {
        /// Our side of it.
        client: Box<Client>,
        /// The issuer's address: the logout leads there.
        issuer: Url,
    },
    /// As one of these invented people, without proof: the demo.
    Demo(Vec<Invented>),
    /// Nobody can: no login is configured.
    Nobody,
}

/// An invented person of the demo.
#[derive(Debug, Clone)]
pub struct Invented {
    /// What the login page says about them.
    pub persona: Persona,
    /// Their identity number, synthetic.
    pub pid: NationalId,
    /// Their HPR number, if they have one.
    pub hpr: Option<HprNumber>,
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
