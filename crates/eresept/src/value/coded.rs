//! A code of a code system.

use riktig_codes::AtcCode;

use crate::xml::Element;

/// The code systems that the messages name, as OIDs.
pub mod system {
    /// ATC with defined daily doses (7180).
    pub const ATC: &str = "2.16.578.1.12.4.1.1.7180";
    /// Legal ground of reimbursement (hjemmel, 7427).
    pub const LEGAL_GROUND: &str = "2.16.578.1.12.4.1.1.7427";
    /// Forms of drugs (7448).
    pub const DRUG_FORM: &str = "2.16.578.1.12.4.1.1.7448";
    /// Units of packs (7452).
    pub const PACK_UNIT: &str = "2.16.578.1.12.4.1.1.7452";
    /// Why a pharmacist changed something (intervensjon, 7412).
    pub const INTERVENTION: &str = "2.16.578.1.12.4.1.1.7412";
    /// Why a prescription is recalled (7500).
    pub const RECALL_REASON: &str = "2.16.578.1.12.4.1.1.7500";
    /// Kinds of person number (8116).
    pub const PERSON_NUMBER: &str = "2.16.578.1.12.4.1.1.8116";
    /// Kinds of organisation number (9051).
    pub const ORGANISATION_NUMBER: &str = "2.16.578.1.12.4.1.1.9051";
    /// What is wrong with a message, in an application receipt (8221).
    pub const RECEIPT_ERROR: &str = "2.16.578.1.12.4.1.1.8221";
}

/// A code with, where the schema has them, its system and its name (`kith:CV` and `kith:CS`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The code (`V`).
    pub code: String,
    /// The code system's OID (`S`). A simple code (CS) has none: its place says which.
    pub system: Option<String>,
    /// The code's name (`DN`).
    pub name: Option<String>,
    /// What the writer had where no code says it (`OT`).
    pub original: Option<String>,
}

impl Coded {
    /// A simple code, whose place says which system it is of.
    pub fn simple(code: &str, name: &str) -> Self {
        Self {
            code: code.to_owned(),
            system: None,
            name: Some(name.to_owned()),
            original: None,
        }
    }

    /// A code with its system.
    pub fn of(system: &str, code: &str, name: &str) -> Self {
        Self {
            system: Some(system.to_owned()),
            ..Self::simple(code, name)
        }
    }

    /// Yes or no, as code list 1101 has it.
    pub fn yes_or_no(yes: bool) -> Self {
        if yes {
            Self::simple("1", "Ja")
        } else {
            Self::simple("2", "Nei")
        }
    }

    /// Whether it is list 1101's yes; none where it is neither yes nor no.
    pub fn is_yes(&self) -> Option<bool> {
        match self.code.as_str() {
            "1" => Some(true),
            "2" => Some(false),
            _ => None,
        }
    }

    /// As an ATC code, where it is one.
    pub fn atc(&self) -> Option<AtcCode> {
        AtcCode::parse(&self.code).ok()
    }

    /// Reads the attributes; none without a code.
    pub(crate) fn read(element: &Element) -> Option<Self> {
        let some = |name| element.attribute(name).map(str::to_owned);
        Some(Self {
            code: element.attribute("V")?.trim().to_owned(),
            system: some("S"),
            name: some("DN"),
            original: some("OT"),
        })
    }

    /// Written without what is empty: a receiver refuses empty attributes.
    pub(crate) fn write(&self, namespace: &str, local: &str) -> Element {
        let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let mut element = Element::new(namespace, local).with_attribute("V", &self.code);
        for (name, value) in [
            ("S", some(&self.system)),
            ("DN", some(&self.name)),
            ("OT", some(&self.original)),
        ] {
            if let Some(value) = value {
                element = element.with_attribute(name, &value);
            }
        }
        element
    }
}
