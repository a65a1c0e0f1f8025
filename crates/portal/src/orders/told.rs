//! What was prescribed, as it is given out.

use riktig_chain::prescriber::{Sent, Whole};
use riktig_eresept::prescription::{self, AmountUnit, RecallReason};
use riktig_eresept::system;
use riktig_fhir::prescribing::{
    Amount, Dose, Drug, Kind, Order, Reason, ReasonSystem, Reasons, Reimbursement, Taken, Use,
};
use serde_json::{Value, json};

use super::{beside, renewed};

/// As which resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Resource {
    /// An order.
    Request,
    /// An entry of the medication list.
    Statement,
}

impl Resource {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Request => "MedicationRequest",
            Self::Statement => "MedicationStatement",
        }
    }

    /// The prescription as this resource, with how it stands.
    pub(super) fn of(self, whole: &Whole, base: &str) -> Option<Value> {
        let order = order(whole);
        let mut resource = match self {
            Self::Request => order.request(base)?,
            Self::Statement => order.statement(base)?,
        };
        let (request, statement, why) = standing(whole);
        let fields = resource.as_object_mut()?;
        match self {
            Self::Request => {
                fields.insert("status".to_owned(), json!(request));
                if let Some(old) = &whole.written.kept.renews {
                    let old = renewed::reference(old, base);
                    fields.insert("priorPrescription".to_owned(), old);
                }
                if let Some(why) = why {
                    fields.insert("statusReason".to_owned(), why);
                }
            }
            Self::Statement => {
                fields.insert("status".to_owned(), json!(statement));
                if let Some(why) = why {
                    fields.insert("statusReason".to_owned(), json!([why]));
                }
            }
        }
        beside::add(fields, whole, base);
        Some(resource)
    }
}

/// The status of either resource, and why where it is not to be carried out, or soon not any more. Nobody has answered: it is no order yet that a pharmacy
/// knows.
fn standing(whole: &Whole) -> (&'static str, &'static str, Option<Value>) {
    let kept = &whole.written.kept;
    let recalled = kept.recalled.as_ref();
    let why = recalled.filter(|it| !matches!(it.sent, Sent::Refused { .. }));
    let why = why.and_then(|it| RecallReason::from_code(&it.reason));
    let why = why.map(|it| {
        let coded = it.coded();
        let name = coded.name.unwrap_or_default();
        let list = format!("urn:oid:{}", system::RECALL_REASON);
        json!({ "coding": [{ "system": list, "code": it.code(), "display": name }], "text": name })
    });
    match (&kept.sent, recalled.map(|it| &it.sent)) {
        (Sent::Refused { errors }, _) => {
            let told: Vec<String> = errors
                .iter()
                .map(|(code, words)| format!("{code} {words}").trim().to_owned())
                .collect();
            (
                "cancelled",
                "not-taken",
                Some(json!({ "text": told.join("; ") })),
            )
        }
        // R4: cancelled is withdrawn before anything was taken, which nobody can say of what was handed out.
        (_, Some(Sent::Taken { .. })) if !kept.dispensed.is_empty() => ("stopped", "stopped", why),
        (_, Some(Sent::Taken { .. })) => ("cancelled", "stopped", why),
        (Sent::Waiting, _) => ("draft", "intended", why),
        (Sent::Taken { .. }, _) => ("active", "active", why),
    }
}

/// The order that the message tells. How often and how much in numbers is not in it: the words are.
fn order(whole: &Whole) -> Order {
    let (kept, said) = (&whole.written.kept, &whole.prescription);
    let used = |code: &String| Use::ALL.into_iter().find(|it| it.code() == code);
    Order {
        id: Some(whole.written.id.to_string()),
        patient: Some(whole.patient),
        prescriber: Some(kept.prescriber),
        drug: Drug {
            atc: kept.atc,
            fest: said.drug.fest_id.clone(),
            item: said.drug.item_number.clone(),
            name: Some(kept.name.clone()),
            group: said.drug.prescription_group.clone(),
        },
        dosage: Some(kept.dosage.clone()),
        taken: Taken::default(),
        used: whole.used.as_ref().and_then(used),
        application_area: whole.application_area.clone(),
        amount: said.amount.as_ref().map(amount),
        reiterations: u8::try_from(said.reiterations).ok(),
        reasons: Reasons(reason(whole).into_iter().collect()),
        prescribed: Some(kept.prescribed),
        expires: Some(kept.expires),
        not_before: kept.not_before,
        waiting: kept.waiting,
        exchange: whole.refuses_exchange.map(|refused| !refused),
        reimbursement: said.reimbursement.as_ref().map(reimbursement),
        kind: Some(Kind::Electronic),
    }
}

fn reason(whole: &Whole) -> Option<Reason> {
    let coded = whole.carried.diagnosis.as_ref()?.coded();
    let system = ReasonSystem::of(coded.system.as_deref()?)?;
    // Earlier messages have the code again where no name was known.
    let name = coded.name.as_deref().filter(|name| *name != coded.code);
    Reason::new(system, &coded.code, name)
}

fn amount(amount: &prescription::Amount) -> Amount {
    match &amount.unit {
        AmountUnit::Packs => Amount::Packs(amount.thousandths),
        AmountUnit::Of(unit) => Amount::Of(Dose {
            thousandths: amount.thousandths,
            unit: unit.clone(),
        }),
    }
}

fn reimbursement(chosen: &prescription::Reimbursement) -> Reimbursement {
    let code = chosen.code.as_ref();
    Reimbursement {
        paragraph: chosen.basis.clone(),
        code: code.map(|it| (it.system.clone(), it.code.clone())),
    }
}
