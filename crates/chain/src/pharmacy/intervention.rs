//! What a pharmacist changes on a prescription, and why (intervensjon): code lists 7413 and 7412.

use riktig_codes::HprNumber;
use riktig_eresept::{Coded, Ident, message, system};
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($(#[$doc:meta])* $list:ident { $($name:ident = $code:literal, $words:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $list {
            $(#[doc = $words] $name,)+
        }

        impl $list {
            /// All, in the list's order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// The list's own Norwegian name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $words,)+
                }
            }

            /// The one with this code; none where the list has no such code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    };
}

codes! {
    /// Why a pharmacist changed something (list 7412, Intervensjon kode; Volven).
    InterventionReason {
        DoseTooLow = "100", "For lav dose";
        DoseTooHigh = "101", "For høy dose";
        SideEffectOfDose = "102", "Bivirkning";
        InteractionByDose = "103", "Interaksjon";
        TimeOfDose = "104", "Doseringstidpunkt/intervall";
        FormChangedForDose = "105", "Endret legemiddelform (dosering)";
        OtherProblemOfDose = "106", "Annet problem med dosering";
        WrongSubstance = "200", "Feil virkestoff";
        WrongStrength = "201", "Feil styrke";
        WrongAmount = "202", "Feil mengde";
        SaleStopped = "203", "Salgsstopp";
        Deregistered = "204", "Avregistrert";
        NotMarketed = "205", "Ikke i markedet";
        SoldOut = "206", "Utsolgt";
        DoubleDosing = "207", "Dobbeltdosering";
        Contraindication = "208", "Kontraindikasjon";
        Caution = "209", "Forsiktighetsregel";
        SideEffect = "210", "Bivirkning";
        Interaction = "211", "Interaksjon";
        GenericExchange = "212", "Generisk bytte";
        RuleOfDispensing = "213", "Utleveringsbestemmelse";
        Practical = "214", "Praktisk/teknisk problem";
        Other = "215", "Annet";
        FormChanged = "216", "Endret legemiddelform (vare)";
        WrongLegalGround = "301", "Feil hjemmel";
        WrongFamilyName = "401", "Feil etternavn";
        WrongGivenName = "402", "Feil fornavn";
        WrongIdentityNumber = "403", "Feil fødselsnummer";
    }
}

codes! {
    /// What a pharmacist changed (list 7413, Endringstype; Volven).
    InterventionChange {
        Dosage = "D", "Endret dosering";
        Person = "P", "Endret personopplysninger";
        Reimbursement = "R", "Endret refusjonshjemmel";
        OtherProduct = "V", "Valgt annen vare";
    }
}

codes! {
    /// Why a prescription is given back without a dispensing (list 7411, Kanselleringskode; Volven). Codes of other matters than giving
    /// back are left out.
    GivenBackReason {
        NotWanted = "1", "Ikke ønsket vare";
        Expired = "2", "Utgått resept";
        NotFetched = "3", "Uavhentet vare";
        Other = "4", "Annen årsak";
        NotInStock = "6", "Apotek mangler vare";
        TechnicalFailure = "16", "Teknisk svikt";
    }
}

/// A pharmacist's change, with its reason.
///
/// ```
/// use riktig_chain::pharmacy::{InterventionChange, InterventionReason};
/// assert_eq!(InterventionReason::from_code("212").map(|it| it.name()), Some("Generisk bytte"));
/// assert_eq!(InterventionChange::OtherProduct.code(), "V");
/// // The same name stands in the list twice: of a dosage and of a product.
/// assert_ne!(InterventionReason::Interaction, InterventionReason::InteractionByDose);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Intervened {
    /// Why.
    pub reason: InterventionReason,
    /// What was changed.
    pub change: InterventionChange,
    /// Whether the customer was asked.
    pub customer_asked: bool,
    /// The doctor who was asked.
    pub doctor_asked: Option<HprNumber>,
    /// Why, in the pharmacist's words.
    pub explanation: Option<String>,
    /// How it is taken from now on, where that is what was changed: it stands in the report and on the label instead of the prescriber's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dosage: Option<String>,
}

impl Intervened {
    pub(super) fn written(&self) -> message::Intervention {
        let reason = Coded::of(system::INTERVENTION, self.reason.code(), self.reason.name());
        message::Intervention {
            reason: Some(reason),
            change: Some(Coded::simple(self.change.code(), self.change.name())),
            customer_asked: Some(self.customer_asked),
            doctor_asked: self.doctor_asked.map(Ident::professional),
            explanation: self.explanation.clone(),
        }
    }
}
