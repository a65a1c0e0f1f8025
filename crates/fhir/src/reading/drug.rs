//! Which drug: of an order, in use, and in the last months.

use riktig_codes::{AtcCode, Codebook};
use riktig_guideline::{Checked, PastAntibiotic, PatientContext};
use serde_json::Value;

use super::recognition::{Coded, Recognition};
use super::{checked, diagnosis::within, reaches_back};
use crate::code_system::RXNORM;
use crate::hooks::{HookRequest, Key, Prefetched};
use crate::resource::{Concept, MedicationOrder, View};

/// Antibiotics of so many days are recent.
const RECENT_DAYS: i32 = 90;

/// Codes of the public CDS Hooks sandbox.
const SANDBOX: [(&str, &str); 4] = [
    ("834061", "J01CE02"),
    ("834102", "J01CE02"),
    ("308192", "J01CA04"),
    ("308191", "J01CA04"),
];

impl HookRequest {
    /// Drugs in use and antibiotics of the last months, from statements and requests.
    ///
    /// Both lists must have come whole to count as looked at: what a patient takes stands in either, and an entry whose drug cannot be
    /// told makes the list one that was seen in part. A paged list of requests is whole for the last months if it is sorted and its
    /// oldest entry lies before them.
    pub(super) fn read_drugs(&self, recognition: Recognition<'_>, patient: &mut PatientContext) {
        let (mut drugs, mut recent) = (Vec::new(), Vec::new());
        let (statements, statements_whole) = self.list(Key::Medications);
        let (requests, requests_whole) = self.list(Key::Requests);
        let (mut in_use_told, mut recent_told) = (true, true);
        let mut dates = Vec::new();
        for resource in statements.into_iter().chain(requests) {
            let Some(order) = MedicationOrder::of(resource) else {
                // A dispensing or another thing that may be about a drug in use.
                in_use_told &= !may_tell_of_a_drug(resource);
                continue;
            };
            let drug = atc(&order.drug(|it| self.referenced(it)), recognition);
            if self.is_a_draft(order, drug, recognition) {
                continue;
            }
            let day = order.day();
            if order.is_current() {
                in_use_told &= drug.is_some();
                drugs.extend(drug);
            }
            if order.was_prescribed() && day.is_none_or(|it| within(it, patient.on, RECENT_DAYS)) {
                recent_told &= drug.is_some() && day.is_some();
                if let Some((atc, on)) = drug.zip(day).filter(|it| antibiotic(it.0)) {
                    recent.push(PastAntibiotic { atc, on });
                }
            }
            if order.is_request() {
                dates.push(day);
            }
        }
        for it in self.orders_beside() {
            in_use_told &= self.is_told(it, recognition);
            drugs.extend(atc(&it.drug(|it| self.referenced(it)), recognition));
        }
        // Orders that are judged together are held against each other: one whose drug nobody knows may go badly with the next.
        let judged = self.judged();
        let each_is_told = judged.iter().all(|it| self.is_told(it.order, recognition));
        in_use_told &= judged.len() < 2 || each_is_told;
        drugs.sort();
        drugs.dedup();
        let reaches_back = reaches_back(self.came(Key::Requests), &dates, patient.on, RECENT_DAYS);
        let in_use_whole = statements_whole && requests_whole && in_use_told;
        patient.drugs = self.both(drugs, in_use_whole);
        let recent_whole = (requests_whole || reaches_back) && recent_told;
        patient.recent_antibiotics = checked(recent, recent_whole, self.came(Key::Requests));
    }

    /// Whether the drug of an order can be told. One that says nothing yet hides none.
    fn is_told(&self, order: MedicationOrder<'_>, recognition: Recognition<'_>) -> bool {
        let concept = order.drug(|it| self.referenced(it));
        concept.is_empty() || atc(&concept, recognition).is_some()
    }

    /// Seen in part if either of the two lists came.
    fn both(&self, drugs: Vec<AtcCode>, whole: bool) -> Checked<Vec<AtcCode>> {
        let nothing = |key| {
            matches!(
                self.came(key),
                Prefetched::Absent | Prefetched::Null | Prefetched::Failed
            )
        };
        if drugs.is_empty() && nothing(Key::Medications) && nothing(Key::Requests) {
            return Checked::NotChecked;
        }
        if whole {
            Checked::Checked(drugs)
        } else {
            Checked::Partly(drugs)
        }
    }

    /// The drafts of a call come back in the client's own list of requests: they are not drugs in use. A draft has the same id and is the same
    /// drug; another drug with that id is one in use.
    fn is_a_draft(
        &self,
        order: MedicationOrder<'_>,
        drug: Option<AtcCode>,
        recognition: Recognition<'_>,
    ) -> bool {
        let is_same = |it: &Value| {
            MedicationOrder::of(View::of(it)).is_some_and(|draft| {
                let its = || atc(&draft.drug(|it| self.referenced(it)), recognition);
                draft.id() == order.id() && its() == drug
            })
        };
        order.is_request() && order.id().is_some() && self.drafts.iter().any(is_same)
    }

    /// A resource of this call by its reference: a product beside the drafts or in a list.
    pub(super) fn referenced(&self, reference: &str) -> Option<&Value> {
        let whichever_version = reference.split("/_history/").next()?;
        let (kind, id) = whichever_version.rsplit_once('/')?;
        let kind = kind.rsplit('/').next()?;
        let lists = [Key::Conditions, Key::Requests, Key::Medications]
            .into_iter()
            .flat_map(|it| self.came(it).resources());
        self.drafts.iter().chain(lists).find(|it| {
            self.is_about_patient(View::of(it))
                && it.get("resourceType").and_then(Value::as_str) == Some(kind)
                && it.get("id").and_then(Value::as_str) == Some(id)
        })
    }
}

/// Whether a resource in a list of drugs is more than what a list may hold beside them.
fn may_tell_of_a_drug(resource: View<'_>) -> bool {
    let beside = [
        "Medication",
        "Patient",
        "Practitioner",
        "PractitionerRole",
        "Organization",
        "Encounter",
        "Condition",
        "Provenance",
    ];
    resource
        .text("resourceType")
        .is_none_or(|it| !beside.contains(&it))
}

/// The drug that a concept says, if it says one. Two different drugs are none.
pub(super) fn atc(concept: &Concept<'_>, recognition: Recognition<'_>) -> Option<AtcCode> {
    match Coded::of(concept, recognition) {
        Coded::One(drug) => Some(drug),
        Coded::Nothing if recognition.names => by_name(concept),
        Coded::Different(_) | Coded::Nothing => None,
    }
}

/// For demonstrations.
fn by_name(concept: &Concept<'_>) -> Option<AtcCode> {
    let sandbox = concept
        .codings()
        .filter(|it| it.system == Some(RXNORM))
        .find_map(|it| {
            SANDBOX
                .iter()
                .find(|(code, _)| *code == it.code)
                .and_then(|(_, atc)| AtcCode::parse(atc).ok())
        });
    sandbox.or_else(|| concept.words().find_map(first_word_drug))
}

/// An antibiotic by a text that begins with its name and names no second substance.
pub(super) fn first_word_drug(text: &str) -> Option<AtcCode> {
    if text.contains('/') || text.contains('+') || text.contains('&') {
        return None;
    }
    named(text.split([' ', ',']).next()?)
}

/// The antibiotic with exactly this name in one of the three languages.
pub(super) fn named(text: &str) -> Option<AtcCode> {
    let name = text.trim().to_lowercase();
    let its = |names: &riktig_codes::Names| {
        [&names.nb, &names.nn, &names.en]
            .into_iter()
            .any(|it| it.to_lowercase() == name)
    };
    Codebook::embedded()
        .antibiotics()
        .find(|it| its(&it.names))
        .map(|it| it.atc)
}

/// Whether two codes are of the same drug: one within the other, or of one substance for mouth and for protozoa, skin or eyes.
pub(super) fn is_same(one: AtcCode, other: AtcCode) -> bool {
    let name = |code: AtcCode| {
        let mut all = Codebook::embedded().antibiotics();
        all.find(|it| it.atc == code).map(|it| &it.names.en)
    };
    let within = one.is_within(other) || other.is_within(one);
    within || name(one).is_some_and(|it| Some(it) == name(other))
}

pub(super) fn antibiotic(drug: AtcCode) -> bool {
    Codebook::embedded().is_antibiotic(drug)
}
