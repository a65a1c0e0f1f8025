//! What is offered: the discovery document.

use std::collections::BTreeMap;

use serde::Serialize;

use super::prefetch::Key;
use super::request::Hook;

/// The version of CDS Hooks that a client is answered in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Version {
    /// 2.0.1, the published standard.
    #[default]
    V2,
    /// The additions of the 3.0 ballot of January 2026: service and hook versions, days in prefetch, `actionSelectionBehavior`.
    V3,
}

/// The service and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The address under which everything of ours is found, without a slash at its end: `https://riktig.example.no`.
    pub base: String,
}

impl Service {
    /// The address of one of our code systems.
    pub(crate) fn code_system(&self, id: &str) -> String {
        format!("{}/fhir/CodeSystem/{id}", self.base)
    }

    /// The page of a condition.
    #[must_use]
    pub fn condition_page(&self, condition: &str) -> String {
        format!("{}/guideline/{condition}", self.base)
    }
}

/// The answer to `GET {base}/cds-services`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discovery {
    services: Vec<Offered>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Offered {
    hook: &'static str,
    title: &'static str,
    description: &'static str,
    id: &'static str,
    prefetch: BTreeMap<&'static str, &'static str>,
    usage_requirements: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hook_version: Option<&'static str>,
}

const USAGE: &str = "Send what prefetch asks for, or fhirServer with fhirAuthorization. Orders name the drug by ATC and the reason by ICPC-2, ICD-10 or SNOMED CT. What is not sent is not known, and the cards name it.";

impl Service {
    /// One id for all three hooks: a client then lets later cards replace earlier ones.
    pub const ID: &'static str = "riktig-antibiotics";

    /// The discovery document. The same service for three hooks under one id, as CDS Hooks has it for advice that is
    /// to be kept up to date while an order is written.
    #[must_use]
    pub fn discovery(version: Version) -> Discovery {
        Discovery {
            services: Hook::ALL
                .into_iter()
                .map(|hook| offered(hook, version))
                .collect(),
        }
    }
}

fn offered(hook: Hook, version: Version) -> Offered {
    let new = version == Version::V3;
    Offered {
        hook: hook.as_str(),
        title: "Antibiotics in primary care",
        description: match hook {
            Hook::PatientView => {
                "What the Norwegian guideline for antibiotics in primary care says for the diagnoses of this contact"
            }
            Hook::OrderSelect | Hook::OrderSign => {
                "Holds an order of an antibiotic against the Norwegian guideline for primary care, fitted to the patient"
            }
        },
        id: Service::ID,
        prefetch: Key::ALL
            .into_iter()
            .map(|key| (key.as_str(), key.template(version)))
            .collect(),
        usage_requirements: USAGE,
        version: new.then_some(env!("CARGO_PKG_VERSION")),
        hook_version: new.then_some("1.0"),
    }
}
