//! What a client asks.

use std::collections::BTreeMap;
use std::fmt;

use riktig_codes::HprNumber;
use serde_json::Value;

use super::prefetch::{Key, Prefetched};
use crate::once::json_once;
use crate::outcome::Refusal;
use crate::resource::{Bundle, Patient, Practitioner, View};

/// The moments in which advice is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hook {
    /// A record is opened.
    PatientView,
    /// An order is chosen or changed.
    OrderSelect,
    /// Orders are about to be signed.
    OrderSign,
}

impl Hook {
    /// All that are served.
    pub const ALL: [Self; 3] = [Self::PatientView, Self::OrderSelect, Self::OrderSign];

    /// The name in CDS Hooks.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PatientView => "patient-view",
            Self::OrderSelect => "order-select",
            Self::OrderSign => "order-sign",
        }
    }
}

/// How to read from the client's server.
#[derive(Clone, PartialEq, Eq)]
pub struct FhirAuthorization {
    /// The token for `Authorization: Bearer`.
    pub access_token: String,
    /// Seconds for which it holds, where it is stated.
    pub expires_in: Option<u16>,
    /// What it may read.
    pub scope: String,
}

/// The token is a secret.
impl fmt::Debug for FhirAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FhirAuthorization {{ scope: {:?}, .. }}", self.scope)
    }
}

/// A call of the service, read tolerantly and checked once.
#[derive(Clone, PartialEq)]
pub struct HookRequest {
    /// When.
    pub hook: Hook,
    /// The client's own id of this call.
    pub instance: String,
    /// The client's server, as it is stated. Whether it may be called is for the caller to decide.
    pub fhir_server: Option<String>,
    /// How to read from it.
    pub authorization: Option<FhirAuthorization>,
    /// The patient's id on the client's server.
    pub patient_id: String,
    /// `Practitioner/123`, where it is stated.
    pub user_id: Option<String>,
    /// The contact's id on the client's server.
    pub encounter_id: Option<String>,
    /// References of the orders just chosen.
    pub selections: Vec<String>,
    /// The orders being written, and what they refer to.
    pub drafts: Vec<Value>,
    pub(crate) prefetch: BTreeMap<Key, Prefetched>,
}

/// No data of the patient: a request may end up in a log.
impl fmt::Debug for HookRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookRequest")
            .field("hook", &self.hook)
            .field("drafts", &self.drafts.len())
            .finish_non_exhaustive()
    }
}

impl HookRequest {
    /// The largest body that is read: a record of a thousand resources fits.
    pub const LARGEST_BODY: usize = 4 * 1024 * 1024;
    /// A call with more drafts is refused: none is left unjudged in silence.
    pub const MOST_DRAFTS: usize = 50;

    /// Reads a call. Tolerates what real clients send: no user, no drafts, `null` where nothing is meant.
    ///
    /// # Errors
    /// What keeps the call from being understood, or a resource of another patient in it.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let value: Value = json_once(body).map_err(|_| Refusal::NotJson)?;
        Self::from_owned(value)
    }

    /// Like [`read`](Self::read), of JSON that was read already.
    ///
    /// # Errors
    /// As there.
    pub fn from_value(value: &Value) -> Result<Self, Refusal> {
        Self::from_owned(value.clone())
    }

    fn from_owned(mut value: Value) -> Result<Self, Refusal> {
        if !value.is_object() {
            return Err(Refusal::NotAnObject);
        }
        let sent = value.get_mut("prefetch").map(Value::take);
        let request = View::of(&value);
        let context = request.at("context");
        let hook = hook(request)?;
        let patient_id = needed(context, "patientId", "context.patientId")?;
        let read = Self {
            hook,
            instance: needed(request, "hookInstance", "hookInstance")?.to_owned(),
            fhir_server: owned(request.text("fhirServer")),
            authorization: authorization(request.at("fhirAuthorization")),
            patient_id: patient_id
                .strip_prefix("Patient/")
                .unwrap_or(patient_id)
                .to_owned(),
            user_id: owned(context.text("userId")),
            encounter_id: owned(context.text("encounterId")),
            selections: context
                .each("selections")
                .filter_map(|it| owned(it.as_text()))
                .collect(),
            drafts: drafts(context.at("draftOrders"), hook)?,
            prefetch: prefetch(sent),
        };
        read.only_this_patient()?;
        Ok(read)
    }

    /// The prescriber's number in the register of health personnel (HPR), where the client sent the user's own record: that of
    /// `context.userId` and of nobody else.
    ///
    /// It counts advice for the prescriber's report and decides nothing else: who asks is known by the client's token.
    #[must_use]
    pub fn prescriber(&self) -> Option<HprNumber> {
        let user = self.user_id.as_deref()?.strip_prefix("Practitioner/")?;
        let records = self.came(Key::Prescriber).resources().iter();
        let mut people = records.filter_map(|it| Practitioner::of(View::of(it)));
        let hpr = people.find(|it| it.id() == Some(user))?.hpr()?;
        hpr.parse().ok()
    }

    /// What came under a prefetch key.
    #[must_use]
    pub fn prefetched(&self, key: &str) -> &Prefetched {
        static ABSENT: Prefetched = Prefetched::Absent;
        Key::parse(key)
            .and_then(|it| self.prefetch.get(&it))
            .unwrap_or(&ABSENT)
    }

    pub(crate) fn came(&self, key: Key) -> &Prefetched {
        self.prefetched(key.as_str())
    }

    /// Whether a resource is this patient's. One that says nothing of whom it is about came as an answer to a question about this patient,
    /// and counts. One that says it in another way than `Patient/id` on the client's own server (an identifier, a `urn:uuid:`, something
    /// contained) cannot be told, and does not.
    pub(crate) fn is_about_patient(&self, resource: View<'_>) -> bool {
        let subjects = ["subject", "patient"].map(|it| resource.at(it));
        let mut said = subjects.into_iter().filter(|it| it.value().is_some());
        said.all(|it| it.text("reference").is_some_and(|it| self.is_patient(it)))
    }

    fn is_patient(&self, reference: &str) -> bool {
        let base = self
            .fhir_server
            .as_deref()
            .map(|it| it.trim_end_matches('/'));
        let relative = match (base, reference.contains("://")) {
            (Some(base), true) => reference
                .strip_prefix(base)
                .and_then(|it| it.strip_prefix('/')),
            (None, true) => None,
            (_, false) => Some(reference),
        };
        let id = relative.map(|it| it.strip_prefix("Patient/").unwrap_or(it));
        let id = id.and_then(|it| it.split("/_history/").next());
        id == Some(self.patient_id.as_str())
    }

    /// Drafts and the patient's own record must be this patient's: advice from a mix of two is worse than none.
    pub(crate) fn only_this_patient(&self) -> Result<(), Refusal> {
        for resource in self.came(Key::Patient).resources() {
            let patient = Patient::of(View::of(resource));
            if patient
                .and_then(Patient::id)
                .is_some_and(|id| id != self.patient_id)
            {
                return Err(Refusal::OtherPatient {
                    field: "prefetch.patient",
                });
            }
        }
        for draft in &self.drafts {
            if !self.is_about_patient(View::of(draft)) {
                return Err(Refusal::OtherPatient {
                    field: "context.draftOrders",
                });
            }
        }
        Ok(())
    }
}

fn hook(request: View<'_>) -> Result<Hook, Refusal> {
    let name = needed(request, "hook", "hook")?;
    let known = Hook::ALL.into_iter().find(|it| it.as_str() == name);
    known.ok_or(Refusal::UnknownHook)
}

fn needed<'a>(view: View<'a>, key: &str, field: &'static str) -> Result<&'a str, Refusal> {
    let kind = "a text of 1 to 256 characters";
    let text = view.text(key).filter(|it| it.chars().count() <= 256);
    text.ok_or(Refusal::Field { field, kind })
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn authorization(view: View<'_>) -> Option<FhirAuthorization> {
    Some(FhirAuthorization {
        access_token: owned(view.text("access_token"))?,
        expires_in: view.count("expires_in"),
        scope: owned(view.text("scope")).unwrap_or_default(),
    })
}

/// The entries of the bundle; some clients send a list of orders, or one order, instead.
fn drafts(view: View<'_>, hook: Hook) -> Result<Vec<Value>, Refusal> {
    if hook == Hook::PatientView {
        return Ok(Vec::new());
    }
    let resources = match view.value().cloned() {
        Some(bundle) if Bundle::of(view).is_some() => Bundle::into_resources(bundle),
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let orders: Vec<Value> = resources.into_iter().filter(Value::is_object).collect();
    if orders.len() > HookRequest::MOST_DRAFTS {
        let kind = "a bundle of at most 50 orders";
        return Err(Refusal::Field {
            field: "context.draftOrders",
            kind,
        });
    }
    Ok(orders)
}

fn prefetch(sent: Option<Value>) -> BTreeMap<Key, Prefetched> {
    let Some(Value::Object(fields)) = sent else {
        return BTreeMap::new();
    };
    let read = |(key, value): (String, Value)| Some((Key::parse(&key)?, Prefetched::take(value)));
    fields.into_iter().filter_map(read).collect()
}
