//! What is still to be read from the client's server. Only the plan: carrying it out is for the room that knows the network.

use serde_json::Value;

use super::Version;
use super::prefetch::{Key, Prefetched};
use super::request::HookRequest;
use crate::outcome::Refusal;

/// One read of the client's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetch {
    /// Under which prefetch key the answer belongs.
    pub key: &'static str,
    /// The whole address. It always begins with the request's `fhirServer`.
    pub url: String,
}

impl HookRequest {
    /// What was not sent, or only in part, and can be read from the client's server: nothing if it named none. A further page is
    /// read only from that same server. Ask again after [`supply`](Self::supply): an answer may have a next page.
    #[must_use]
    pub fn plan_fetches(&self) -> Vec<Fetch> {
        let Some(server) = self.fhir_server.as_deref() else {
            return Vec::new();
        };
        let base = server.trim_end_matches('/');
        let fetch = |key: Key| {
            let url = match self.came(key) {
                Prefetched::Whole(_) => return None,
                Prefetched::Part { next, .. } => within(base, next.as_deref()?)?,
                Prefetched::Absent | Prefetched::Null | Prefetched::Failed => {
                    format!("{base}/{}", self.query(key)?)
                }
            };
            Some(Fetch {
                key: key.as_str(),
                url,
            })
        };
        Key::ALL.into_iter().filter_map(fetch).collect()
    }

    /// A key's query with its token filled in; nothing where the call does not say what for.
    fn query(&self, key: Key) -> Option<String> {
        if key == Key::Prescriber {
            let id = self.user_id.as_deref()?.strip_prefix("Practitioner/")?;
            return Some(format!("Practitioner/{}", encoded(id)));
        }
        let token = "{{context.patientId}}";
        let query = key.template(Version::V2);
        Some(query.replace(token, &encoded(&self.patient_id)))
    }

    /// Takes a server's answer to one of the [fetches](Self::plan_fetches).
    ///
    /// # Errors
    /// If it is about another patient.
    pub fn supply(&mut self, key: &str, answer: &Value) -> Result<(), Refusal> {
        if let Some(key) = Key::parse(key) {
            self.prefetch
                .entry(key)
                .or_default()
                .add(Prefetched::read(answer));
        }
        self.only_this_patient()
    }
}

/// The address of a next page, if it lies on the same server.
fn within(base: &str, next: &str) -> Option<String> {
    let rest = next.strip_prefix(base)?;
    let fine = rest.starts_with(['/', '?']) && !rest.contains("/../") && !rest.contains('\\');
    fine.then(|| next.to_owned())
}

/// An id as part of an address.
fn encoded(id: &str) -> String {
    let mut text = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}
