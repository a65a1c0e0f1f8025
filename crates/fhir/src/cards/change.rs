//! An order as the guideline has it: the client's draft with everything else of it kept, or a new one.

use riktig_codes::Route;
use riktig_guideline::{Diagnosis, DraftOrder, ToldChoice, ToldReason, Treatment};
use serde_json::{Map, Value, json};

use crate::code_system::{ATC, SNOMED, written};
use crate::hooks::HookRequest;
use crate::resource::{quantity, without_nothing};

/// What an order becomes.
pub(super) struct Change<'a> {
    pub(super) treatment: &'a Treatment,
    pub(super) choice: &'a ToldChoice,
    /// The draft as it was read. What of it is right already stays: its frequency, its dose, its length.
    pub(super) ordered: Option<&'a DraftOrder>,
    pub(super) route: Option<Route>,
    /// The reason to write on an order that has none.
    pub(super) reason: Option<Diagnosis>,
}

/// Whether an order can be written of it: dose, frequency and length are all told.
pub(super) fn can_be_ordered(treatment: &Treatment) -> bool {
    let dose = treatment
        .milligrams
        .as_ref()
        .is_some_and(|it| !it.is_empty());
    dose && !treatment.times_per_day.is_empty() && treatment.days.is_some()
}

impl Change<'_> {
    /// The draft, changed; all of it.
    pub(super) fn of(&self, draft: &Value, request: &HookRequest) -> Value {
        let mut order = valid(draft, request);
        let same_drug = self.ordered.and_then(|it| it.atc) == Some(self.treatment.drug);
        if !same_drug {
            self.set_drug(&mut order);
        }
        self.set_use(&mut order);
        if let (None, Some(reason)) = (order.get("reasonCode"), self.reason) {
            order.insert("reasonCode".to_owned(), json!([concept(reason, None)]));
        }
        cleaned(order)
    }

    /// A new order.
    pub(super) fn new_order(&self, request: &HookRequest) -> Value {
        let draft = json!({ "resourceType": "MedicationRequest" });
        let mut order = valid(&draft, request);
        if let Some(encounter) = &request.encounter_id {
            let reference = format!("Encounter/{encounter}");
            order.insert("encounter".to_owned(), json!({ "reference": reference }));
        }
        self.of(&Value::Object(order), request)
    }

    fn set_drug(&self, order: &mut Map<String, Value>) {
        let local = order
            .get("medicationReference")
            .and_then(|it| it["reference"].as_str())
            .is_some_and(|it| it.starts_with('#'));
        for key in ["medicationReference", "substitution"] {
            order.remove(key);
        }
        if local {
            order.remove("contained");
        }
        let drug = json!({
            "coding": [{ "system": ATC, "code": self.treatment.drug.as_str(), "display": self.choice.drug }],
            "text": self.choice.drug,
        });
        order.insert("medicationCodeableConcept".to_owned(), drug);
    }

    /// How it is taken and for how long; a quantity of the old course does not fit the new one.
    fn set_use(&self, order: &mut Map<String, Value>) {
        let days = self.days();
        order.insert(
            "dosageInstruction".to_owned(),
            Value::Array(self.dosages(days)),
        );
        let dispense = order.entry("dispenseRequest").or_insert_with(|| json!({}));
        if let Value::Object(dispense) = dispense {
            dispense.remove("quantity");
            dispense.remove("initialFill");
            dispense.insert("expectedSupplyDuration".to_owned(), duration(days));
        }
    }

    fn dosages(&self, days: u16) -> Vec<Value> {
        let times = self.times_per_day();
        let Some(first_day) = self.treatment.first_day.filter(|_| days > 1) else {
            return vec![self.dosage(None, self.milligrams(), times, days)];
        };
        vec![
            self.dosage(Some(1), Some(first_day), 1, 1),
            self.dosage(Some(2), self.milligrams(), times, days - 1),
        ]
    }

    fn dosage(&self, sequence: Option<u8>, milligrams: Option<f64>, times: u8, days: u16) -> Value {
        // One number cannot say the two of a combination: those stand in the text.
        let dose = milligrams.map(|it| json!([{ "doseQuantity": quantity(tenths(it), "mg") }]));
        let route = (self.route == Some(Route::Oral)).then(|| {
            json!({ "coding": [{ "system": SNOMED, "code": "26643006", "display": "Oral route" }] })
        });
        json!({
            "sequence": sequence,
            "text": self.choice.dosage,
            "timing": { "repeat": {
                "boundsDuration": duration(days),
                "frequency": times,
                "period": 1,
                "periodUnit": "d",
            } },
            "route": route,
            "doseAndRate": dose,
        })
    }

    /// The ordered dose where it is right, otherwise the least that is.
    fn milligrams(&self) -> Option<f64> {
        let [(least, most)] = self.treatment.milligrams.as_deref()? else {
            return None;
        };
        let ordered = self.ordered.and_then(|it| it.milligrams.as_deref());
        match ordered {
            Some([mg]) if (*least..=*most).contains(mg) => Some(*mg),
            _ => Some(*least),
        }
    }

    fn times_per_day(&self) -> u8 {
        let right = &self.treatment.times_per_day;
        let ordered = self.ordered.and_then(|it| it.times_per_day);
        ordered
            .filter(|it| right.contains(it))
            .or(right.first().copied())
            .unwrap_or(1)
    }

    /// The ordered length where it is right, otherwise the shortest that is.
    fn days(&self) -> u16 {
        let (least, most) = self.treatment.days.unwrap_or((1, 1));
        let ordered = self.ordered.and_then(|it| it.days);
        ordered
            .filter(|it| (least..=most).contains(it))
            .unwrap_or(least)
    }
}

/// The draft with this reason as well.
pub(super) fn with_reason(draft: &Value, request: &HookRequest, reason: &ToldReason) -> Value {
    let mut order = valid(draft, request);
    let added = concept(reason.diagnosis, Some(&reason.name));
    match order.get_mut("reasonCode") {
        Some(Value::Array(reasons)) => reasons.push(added),
        _ => {
            order.insert("reasonCode".to_owned(), json!([added]));
        }
    }
    cleaned(order)
}

/// Fields of a MedicationRequest that are lists in R4 and that real clients send as the one thing in them.
const LISTS: [&str; 16] = [
    "contained",
    "extension",
    "modifierExtension",
    "identifier",
    "category",
    "supportingInformation",
    "reasonCode",
    "reasonReference",
    "instantiatesCanonical",
    "instantiatesUri",
    "basedOn",
    "insurance",
    "note",
    "dosageInstruction",
    "detectedIssue",
    "eventHistory",
];

/// A draft as R4 has it: lists where lists belong, what is required, nothing empty, and no narrative, which would tell of the
/// old order.
fn valid(draft: &Value, request: &HookRequest) -> Map<String, Value> {
    let mut order = match without_nothing(draft.clone()) {
        Some(Value::Object(order)) => order,
        _ => Map::new(),
    };
    order.remove("text");
    for key in LISTS {
        if let Some(one) = order.get_mut(key).filter(|it| !it.is_array()) {
            *one = json!([one.take()]);
        }
    }
    for key in ["category", "reasonCode"] {
        for it in order
            .get_mut(key)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let Some(coding) = it.get_mut("coding").filter(|it| it.is_object()) {
                *coding = json!([coding.take()]);
            }
        }
    }
    let id = order
        .get("id")
        .and_then(Value::as_str)
        .and_then(|it| it.strip_prefix("MedicationRequest/"));
    if let Some(id) = id.map(str::to_owned) {
        order.insert("id".to_owned(), Value::String(id));
    }
    let subject = format!("Patient/{}", request.patient_id);
    let required = [
        ("resourceType", json!("MedicationRequest")),
        ("status", json!("draft")),
        ("intent", json!("order")),
        ("subject", json!({ "reference": subject })),
    ];
    for (key, value) in required {
        let same_kind =
            |it: &Value| it.is_string() == value.is_string() && it.is_object() == value.is_object();
        if !order.get(key).is_some_and(same_kind) {
            order.insert(key.to_owned(), value);
        }
    }
    order
}

fn cleaned(order: Map<String, Value>) -> Value {
    without_nothing(Value::Object(order)).expect("a MedicationRequest has its resourceType")
}

fn concept(diagnosis: Diagnosis, name: Option<&str>) -> Value {
    let (system, code) = written(diagnosis);
    json!({ "coding": [{ "system": system, "code": code, "display": name }], "text": name })
}

fn duration(days: u16) -> Value {
    quantity(f64::from(days), "d")
}

/// A tenth of a milligram is as fine as a dose is written.
fn tenths(milligrams: f64) -> f64 {
    (milligrams * 10.0).round() / 10.0
}
