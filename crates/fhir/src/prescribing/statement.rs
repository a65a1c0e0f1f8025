//! From an order to a MedicationStatement of SFM's profile.

use serde_json::{Value, json};

use super::extension::{SFM, concept, volven};
use super::order::{Amount, Order};
use super::person::{written_hpr, written_identity};
use super::write::{decimal, written_dose};
use crate::resource::without_nothing;

impl Order {
    /// As a MedicationStatement, with our own extension under `base`. `None` where patient or drug is not known.
    #[must_use]
    pub fn statement(&self, base: &str) -> Option<Value> {
        let mut extensions = vec![self.amendment()];
        if let Value::Array(own) = self.own_extension(base, true) {
            extensions.extend(own);
        }
        if let Some(accepted) = self.exchange {
            let part = json!({ "url": "genericSubstitutionAccepted", "valueBoolean": accepted });
            extensions.push(
                json!({ "url": format!("{SFM}sfm-generic-substitution"), "extension": [part] }),
            );
        }
        let statement = json!({
            "resourceType": "MedicationStatement",
            "id": self.id,
            "meta": { "profile": [format!("{SFM}sfm-MedicationStatement")] },
            "extension": extensions,
            "identifier": self.written_id(),
            "status": "active",
            "medicationCodeableConcept": self.drug.written()?,
            "subject": { "identifier": written_identity(self.patient?) },
            "dateAsserted": self.prescribed.map(|it| it.to_string()),
            "informationSource": self.prescriber.map(|it| json!({ "identifier": written_hpr(it) })),
            "reasonCode": self.reasons.0.iter().map(|it| it.written()).collect::<Vec<_>>(),
            "dosage": [self.written_dosage()],
        });
        without_nothing(statement)
    }

    /// `sfm-reseptamendment`: what belongs to the prescription and not to the drug.
    fn amendment(&self) -> Value {
        let mut parts = Vec::new();
        let mut part = |url: &str, kind: &str, value: Option<Value>| {
            if let Some(value) = value {
                parts.push(json!({ "url": url, kind: value }));
            }
        };
        part(
            "reseptdate",
            "valueDate",
            self.prescribed.map(|it| json!(it.to_string())),
        );
        part(
            "expirationdate",
            "valueDate",
            self.expires.map(|it| json!(it.to_string())),
        );
        part(
            "dssn",
            "valueString",
            self.dosage.as_ref().map(|it| json!(it)),
        );
        match &self.amount {
            Some(Amount::Packs(packs)) => {
                part("numberofpackages", "valueDecimal", Some(decimal(*packs)))
            }
            Some(Amount::Of(dose)) => part("amount", "valueQuantity", Some(written_dose(dose))),
            None => {}
        }
        // The profile has a text here.
        part(
            "reit",
            "valueString",
            self.reiterations.map(|it| json!(it.to_string())),
        );
        part(
            "itemgroup",
            "valueCodeableConcept",
            Some(concept(7402, "L", "Legemiddel")),
        );
        let kind = self.kind.map(|it| concept(7491, it.code(), it.name()));
        part("typeresept", "valueCodeableConcept", kind);
        if let Some(chosen) = &self.reimbursement {
            let paragraph =
                json!({ "coding": [{ "system": volven(7427), "code": chosen.paragraph }] });
            part(
                "reimbursementparagraph",
                "valueCodeableConcept",
                Some(paragraph),
            );
            let code = chosen.code.as_ref().map(|(system, code)| {
                json!({ "coding": [{ "system": format!("urn:oid:{system}"), "code": code }] })
            });
            part("reimbursementcode", "valueCodeableConcept", code);
        }
        json!({ "url": format!("{SFM}sfm-reseptamendment"), "extension": parts })
    }
}
