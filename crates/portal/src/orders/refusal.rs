//! Why an order is refused before anything is signed: one enum, with FHIR's code, the element and the words of each.

use axum::http::StatusCode;
use riktig_fhir::prescribing::OrderError;
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};
use serde_json::{Value, json};

use super::told::Resource;
use crate::hooks::Problem;
use crate::prescribing::{Lack, Part};

/// What is wrong with an order, or with what came beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no order to prescribe from.
    Order(OrderError),
    /// Something that every prescription has, or that it cannot have.
    Lack(Lack),
    /// An element that nothing here reads.
    Unread(&'static str),
    /// Words and numbers of the dosage that say different things, in this element.
    NumbersDiffer(&'static str),
    /// Numbers of the dosage that the words do not bear out, in this element.
    NumbersUnheld(&'static str),
    /// Words of a drug of two substances that say one number of milligrams.
    OneOfTwo,
    /// Prescribed on another day than today.
    OtherDay,
    /// Nobody's key.
    NoKey,
    /// In another's name.
    Anothers,
    /// `If-None-Exist` is none.
    Condition,
    /// A ReseptId that is no UUID.
    IdForm,
    /// No identifier.
    IdNone,
    /// An identifier that is empty or too long.
    IdLong,
    /// A renewal of what does not stand.
    PriorGone,
    /// A recall without a reason that it can have.
    RecallReason,
    /// A recall of what was refused.
    RecallOver,
}

impl Refusal {
    /// 422, or 403 where the person is the reason, with an OperationOutcome in the reader's language.
    pub(super) fn told(self, kind: Resource, lang: Lang) -> Problem {
        told(kind, lang, &[self])
    }

    fn status(self) -> StatusCode {
        match self {
            Self::NoKey | Self::Anothers => StatusCode::FORBIDDEN,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// FHIR's code of the issue: `required` is something that is not there, and nothing else.
    fn code(self) -> &'static str {
        match self {
            Self::Lack(Lack::Missing(_)) | Self::IdNone => "required",
            Self::Order(OrderError::Modified) | Self::Unread(_) => "not-supported",
            Self::Order(OrderError::NotAnOrder) => "structure",
            Self::Order(_) | Self::Lack(_) | Self::OtherDay => "business-rule",
            Self::PriorGone | Self::RecallOver => "business-rule",
            Self::NumbersDiffer(_) | Self::NumbersUnheld(_) | Self::OneOfTwo => "invariant",
            Self::NoKey | Self::Anothers => "forbidden",
            Self::Condition | Self::IdForm | Self::IdLong | Self::RecallReason => "value",
        }
    }

    fn element(self) -> Option<&'static str> {
        Some(match self {
            Self::Order(error) => error.element(),
            Self::Lack(Lack::Missing(part)) => element_of(part),
            Self::Lack(Lack::Reasons(_)) => "reasonCode",
            Self::Lack(Lack::NotElectronic) => "extension.typeresept",
            Self::Unread(element) | Self::NumbersDiffer(element) | Self::NumbersUnheld(element) => {
                element
            }
            Self::OneOfTwo => "dosage.text",
            Self::OtherDay => "authoredOn",
            Self::Anothers => "requester",
            Self::IdForm | Self::IdNone | Self::IdLong => "identifier",
            Self::PriorGone => "priorPrescription",
            Self::NoKey | Self::Condition | Self::RecallReason | Self::RecallOver => return None,
        })
    }

    fn words(self, kind: Resource, lang: Lang) -> String {
        let key = match self {
            Self::Unread(element) => {
                let element = named(kind, element);
                return lang.fill(Key("order-unread"), &[("element", Arg::Text(&element))]);
            }
            Self::Order(error) => of_order(error),
            Self::Lack(lack) => of_lack(lack),
            Self::NumbersDiffer(_) => Key("order-numbers-differ"),
            Self::NumbersUnheld(_) => Key("order-numbers-unheld"),
            Self::OneOfTwo => Key("order-one-of-two"),
            Self::OtherDay => Key("order-other-day"),
            Self::NoKey => Key("order-no-key"),
            Self::Anothers => Key("order-anothers"),
            Self::Condition => Key("order-condition"),
            Self::IdForm => Key("order-id-form"),
            Self::IdNone => Key("order-id-none"),
            Self::IdLong => Key("order-id-long"),
            Self::PriorGone => Key("order-prior-gone"),
            Self::RecallReason => Key("order-recall-reason"),
            Self::RecallOver => Key("order-recall-over"),
        };
        lang.say(key)
    }

    fn issue(self, kind: Resource, lang: Lang) -> Value {
        let mut issue = json!({
            "severity": "error",
            "code": self.code(),
            "details": { "text": self.words(kind, lang) },
            // The same for whoever reads a log: English, whatever the doctor reads.
            "diagnostics": self.words(kind, Lang::En),
        });
        if let Some(element) = self.element() {
            issue["expression"] = json!([format!("{}.{}", kind.name(), named(kind, element))]);
        }
        issue
    }
}

/// Several at once, each an issue.
pub(super) fn told(kind: Resource, lang: Lang, refusals: &[Refusal]) -> Problem {
    let issues: Vec<Value> = refusals.iter().map(|it| it.issue(kind, lang)).collect();
    let status = refusals
        .first()
        .map_or(StatusCode::UNPROCESSABLE_ENTITY, |it| it.status());
    Problem::Told(
        status,
        json!({ "resourceType": "OperationOutcome", "issue": issues }),
    )
}

/// An element by the name that this resource has for it.
fn named(kind: Resource, element: &str) -> String {
    match (kind, element.split_once('.')) {
        (Resource::Request, None) if element == "dosage" => "dosageInstruction".to_owned(),
        (Resource::Request, Some(("dosage", rest))) => format!("dosageInstruction.{rest}"),
        (Resource::Statement, None) if element == "requester" => "informationSource".to_owned(),
        (Resource::Statement, _) if is_amended(element) => "extension".to_owned(),
        _ => element.to_owned(),
    }
}

/// What a statement has in the profile's extension and nowhere else.
fn is_amended(element: &str) -> bool {
    element == "authoredOn"
        || element == "courseOfTherapyType"
        || element.starts_with("dispenseRequest")
}

fn element_of(part: Part) -> &'static str {
    match part {
        Part::Use => "courseOfTherapyType",
        Part::Patient => "subject",
        Part::Prescriber => "requester",
        Part::Name => "medication",
        Part::Group => "medication.extension",
        Part::Dosage => "dosage.text",
        Part::Amount => "dispenseRequest.quantity",
        Part::Repeats => "dispenseRequest.numberOfRepeatsAllowed",
        Part::Prescribed => "authoredOn",
        Part::Expires => "dispenseRequest.validityPeriod.end",
    }
}

fn of_order(error: OrderError) -> Key {
    match error {
        OrderError::NotAnOrder => Key("order-other-resource"),
        OrderError::NotActive => Key("order-not-active"),
        OrderError::NotOrdered => Key("order-not-ordered"),
        OrderError::NotToBeGiven => Key("order-not-to-be-given"),
        OrderError::Modified => Key("order-modified"),
    }
}

fn of_lack(lack: Lack) -> Key {
    match lack {
        Lack::Missing(Part::Use) => Key("order-lacks-use"),
        Lack::Missing(Part::Patient) => Key("order-lacks-patient"),
        Lack::Missing(Part::Prescriber) => Key("order-lacks-prescriber"),
        Lack::Missing(Part::Name) => Key("order-lacks-name"),
        Lack::Missing(Part::Group) => Key("order-lacks-group"),
        Lack::Missing(Part::Dosage) => Key("order-lacks-dosage"),
        Lack::Missing(Part::Amount) => Key("order-lacks-amount"),
        Lack::Missing(Part::Repeats) => Key("order-lacks-repeats"),
        Lack::Missing(Part::Prescribed) => Key("order-lacks-prescribed"),
        Lack::Missing(Part::Expires) => Key("order-lacks-expires"),
        Lack::Reasons(_) => Key("order-reasons"),
        Lack::NotElectronic => Key("order-not-electronic"),
    }
}
