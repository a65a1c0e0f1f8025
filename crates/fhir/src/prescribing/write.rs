//! From an order to a MedicationRequest, and the parts that it shares with a MedicationStatement.

use serde_json::{Value, json};

use super::extension::{SFM, WAITING, concept};
use super::order::{Amount, Dose, Drug, Order, Use};
use super::person::{written_hpr, written_identity};
use crate::code_system::{ATC, UCUM};
use crate::resource::without_nothing;

/// FEST's ids as no-basis has them.
const FEST: &str = "http://ehelse.no/fhir/CodeSystem/FEST";

/// The dispensing group as no-basis has it, on the concept where no Medication of its own is.
const PRESCRIPTION_GROUP: &str =
    "http://hl7.no/fhir/StructureDefinition/no-basis-prescriptiongroup";

impl Order {
    /// As a MedicationRequest, with our own extension under `base`. `None` where patient or drug is not known: R4 has no order without.
    #[must_use]
    pub fn request(&self, base: &str) -> Option<Value> {
        let start = self.not_before.map(|it| it.to_string());
        let quantity = self.amount.as_ref().map(|amount| match amount {
            Amount::Packs(thousandths) => {
                json!({ "value": decimal(*thousandths), "unit": "pakning", "system": UCUM, "code": "{pack}" })
            }
            Amount::Of(dose) => written_dose(dose),
        });
        let mut dosage = self.written_dosage();
        if let Value::Object(fields) = &mut dosage {
            fields.remove("sequence");
        }
        let request = json!({
            "resourceType": "MedicationRequest",
            "id": self.id,
            "extension": self.own_extension(base, false),
            "identifier": self.written_id(),
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": self.drug.written()?,
            "subject": { "identifier": written_identity(self.patient?) },
            "authoredOn": self.prescribed.map(|it| it.to_string()),
            "requester": self.prescriber.map(|it| json!({ "identifier": written_hpr(it) })),
            "reasonCode": self.reasons.0.iter().map(|it| it.written()).collect::<Vec<_>>(),
            "dosageInstruction": [dosage],
            "dispenseRequest": {
                "validityPeriod": { "start": start, "end": self.expires.map(|it| it.to_string()) },
                "numberOfRepeatsAllowed": self.reiterations,
                "quantity": quantity,
            },
            "substitution": { "allowedBoolean": self.exchange },
        });
        without_nothing(request)
    }

    pub(super) fn written_id(&self) -> Value {
        json!([self
            .id
            .as_ref()
            .map(|id| json!({ "type": { "text": "ReseptId" }, "value": id }))])
    }

    pub(super) fn written_dosage(&self) -> Value {
        let used = self.used.map(|it: Use| {
            json!({ "url": format!("{SFM}sfm-use"), "valueCodeableConcept": concept(9101, it.code(), it.name()) })
        });
        let area = self.application_area.as_ref().map(|text| {
            json!({ "url": format!("{SFM}sfm-application-area"), "extension": [{ "url": "text", "valueString": text }] })
        });
        let often = self.taken.times_per_day;
        let repeat = json!({
            "boundsDuration": self.taken.days.map(|days| json!({ "value": days, "unit": "d", "system": UCUM, "code": "d" })),
            "frequency": often,
            "period": often.map(|_| 1),
            "periodUnit": often.map(|_| "d"),
        });
        json!({
            "extension": [used, area],
            "sequence": 1,
            "text": self.dosage,
            "timing": { "repeat": repeat },
            "doseAndRate": [{ "doseQuantity": self.taken.dose.as_ref().map(written_dose) }],
        })
    }

    /// Our own extension: whether it waits, and, where the resource has no place of its own for it, until when.
    pub(super) fn own_extension(&self, base: &str, with_day: bool) -> Value {
        let day = self.not_before.filter(|_| with_day);
        if !self.waiting && day.is_none() {
            return json!([]);
        }
        let day = day.map(|it| json!({ "url": "not-before", "valueDate": it.to_string() }));
        let waits = json!({ "url": "waiting", "valueBoolean": self.waiting });
        json!([{ "url": format!("{base}/fhir/StructureDefinition/{WAITING}"), "extension": [waits, day] }])
    }
}

impl Drug {
    /// As a CodeableConcept; `None` where it has neither code nor name.
    pub(super) fn written(&self) -> Option<Value> {
        let fest = |code: &String| json!({ "system": FEST, "code": code, "display": self.name });
        let atc = self
            .atc
            .map(|it| json!({ "system": ATC, "code": it.as_str() }));
        let codes = [
            self.fest.as_ref().map(fest),
            self.item.as_ref().map(fest),
            atc,
        ];
        let codes: Vec<Value> = codes.into_iter().flatten().collect();
        let group = self.group.as_ref().map(|group| {
            json!({ "url": PRESCRIPTION_GROUP, "extension": [{
                "url": "prescriptiongroup",
                "valueCodeableConcept": concept(7421, group, &format!("Reseptgruppe {group}")),
            }] })
        });
        let named = without_nothing(json!({ "coding": codes, "text": self.name }))?;
        let group =
            json!({ "extension": [group], "coding": named["coding"], "text": named["text"] });
        without_nothing(group)
    }
}

/// So much of a unit; what is a mass is told as UCUM has it.
pub(super) fn written_dose(dose: &Dose) -> Value {
    let of_ucum = ["mg", "g", "ug", "mL", "ml", "L"].contains(&dose.unit.as_str());
    let (system, code) = (of_ucum.then_some(UCUM), of_ucum.then_some(&dose.unit));
    json!({ "value": decimal(dose.thousandths), "unit": dose.unit, "system": system, "code": code })
}

/// Thousandths as a number without a needless point.
pub(super) fn decimal(thousandths: u64) -> Value {
    if thousandths.is_multiple_of(1000) {
        return json!(thousandths / 1000);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "below 10^12: exact to the thousandth"
    )]
    let number = thousandths as f64 / 1000.0;
    json!(number)
}
