//! What FEST says about drugs.

use super::Validity;
use super::interaction::Interaction;
use crate::{AtcCode, Day};

/// An entry (oppføring) of one of the catalogues that Riktig reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FestEntry {
    /// A pack (legemiddelpakning): what is dispensed.
    Pack(Listing<Pack>),
    /// A brand (legemiddelmerkevare): product, form and strength.
    Brand(Listing<Brand>),
    /// A dose pack (legemiddeldose): what institutions report.
    DosePack(Listing<DosePack>),
    /// An active substance with form and strength (legemiddelvirkestoff): what is prescribed without a brand.
    Generic(Listing<GenericDrug>),
    /// The strength of an active substance (virkestoff med styrke).
    Strength(Listing<Strength>),
    /// A condition (vilkår) on prescribing, dispensing or reimbursement.
    Condition(Listing<Condition>),
    /// An interaction (interaksjon), or the expiry of one or of a [`NotAssessed`](Self::NotAssessed).
    Interaction(Listing<Interaction>),
    /// A drug whose interactions were not assessed (interaksjon ikke vurdert): not the same as none.
    NotAssessed(Listing<AtcCode>),
}

/// How an object stands in the catalogue.
///
/// A change gives the object a *new entry* and expires the old one; the object keeps its own id. Expired entries come in
/// incremental files only and have no content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The id of the entry, not of the object.
    pub entry_id: String,
    /// When the entry was made, in local time without offset, as written.
    pub changed: String,
    /// Whether it holds.
    pub status: ListingStatus,
    /// The object, unless the entry has expired.
    pub content: Option<T>,
}

/// The state of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListingStatus {
    /// `A`, aktiv oppføring.
    Active,
    /// `U`, utgått.
    Expired,
}

/// The classification of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Classification {
    /// A human ATC code.
    Atc(AtcCode),
    /// Something else, as written: ATCvet codes of animal medicines, trade goods.
    Other(String),
}

/// A code with its name as FEST gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The code.
    pub code: String,
    /// Its name, if given.
    pub name: Option<String>,
    /// The OID of the code system, if given.
    pub system: Option<String>,
}

/// A number with a unit, kept as written because FEST mixes scales and decimal signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number as written.
    pub value: String,
    /// The unit as written; `1` or empty for pure numbers.
    pub unit: String,
}

/// A pack of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The object's id.
    pub id: String,
    /// Varenummer: six digits, the number on the pharmacy's receipt.
    pub item_number: String,
    /// Name, form and strength in one text.
    pub name_form_strength: Option<String>,
    /// ATC code or another.
    pub classification: Option<Classification>,
    /// Prescription group (reseptgruppe): A, B, C, CF, F or K.
    pub prescription_group: Option<String>,
    /// Pharmaceutical form.
    pub form: Option<Coded>,
    /// Ids of the conditions that hold for it.
    pub condition_ids: Vec<String>,
    /// What is inside; a combination pack has several.
    pub contents: Vec<PackContent>,
    /// First day of marketing.
    pub marketed_from: Option<Day>,
    /// Day from which it is deregistered.
    pub deregistered_from: Option<Day>,
}

/// The content of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackContent {
    /// Id of the brand.
    pub brand_id: String,
    /// Size as printed, for example `20 x 1`.
    pub size: Option<String>,
    /// Unit of the amount, for example `stk` or `ml`.
    pub unit: Option<Coded>,
    /// Outer packs in one pack (multippel).
    pub multiple: Option<u32>,
    /// Containers (antall).
    pub containers: Option<u32>,
    /// Amount in each container (mengde), in `unit`.
    pub amount: Option<Quantity>,
    /// The defined daily dose of the substance.
    pub ddd: Option<Quantity>,
    /// FEST's own factor for sales statistics, as written.
    pub statistics_factor: Option<String>,
}

/// A product: name, form and strength, in any number of packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The object's id.
    pub id: String,
    /// Trade name.
    pub name: Option<String>,
    /// Name, form and strength in one text.
    pub name_form_strength: Option<String>,
    /// ATC code or another.
    pub classification: Option<Classification>,
    /// Prescription group.
    pub prescription_group: Option<String>,
    /// Pharmaceutical form.
    pub form: Option<Coded>,
    /// Routes of administration (list 7477).
    pub routes: Vec<Coded>,
    /// Ids of the strengths of its active substances, in order.
    pub strength_ids: Vec<String>,
    /// Ids of the conditions that hold for it.
    pub condition_ids: Vec<String>,
    /// How long a prescription is valid (reseptgyldighet); with a sex if it differs by sex.
    pub validity: Vec<(Option<String>, Validity)>,
}

/// A pack as institutions report it, with a running number of the prescription registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DosePack {
    /// The object's id.
    pub id: String,
    /// LMR-løpenummer: seven digits.
    pub registry_number: Option<String>,
    /// Name, form and strength in one text.
    pub name_form_strength: Option<String>,
    /// ATC code or another.
    pub classification: Option<Classification>,
    /// Amount of one dose.
    pub amount: Option<Quantity>,
    /// Id of the brand.
    pub brand_id: Option<String>,
    /// Ids of the packs it can be taken from.
    pub pack_ids: Vec<String>,
}

/// An active substance with form and strength, as it is prescribed without a brand (legemiddelvirkestoff).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenericDrug {
    /// The object's id.
    pub id: String,
    /// Name, form and strength in one text.
    pub name_form_strength: Option<String>,
    /// ATC code or another.
    pub classification: Option<Classification>,
    /// Prescription group.
    pub prescription_group: Option<String>,
    /// Ids of the conditions that hold for it.
    pub condition_ids: Vec<String>,
    /// Ids of the brands that have it.
    pub brand_ids: Vec<String>,
}

/// How much of a substance is in a unit of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// The object's id.
    pub id: String,
    /// The strength.
    pub strength: Option<Quantity>,
    /// What it is in, for example 1 ml; without it, one piece.
    pub per: Option<Quantity>,
    /// Id of the substance.
    pub substance_id: Option<String>,
}

/// A condition on prescribing, dispensing or reimbursement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The object's id.
    pub id: String,
    /// Its group: 1 drug, 3 reimbursement, 5 antibiotics …
    pub group: Option<Coded>,
    /// The condition in words.
    pub text: Option<String>,
    /// First day on which it holds.
    pub from: Option<Day>,
    /// Last day on which it holds.
    pub to: Option<Day>,
    /// The machine-readable part.
    pub structured: Vec<StructuredCondition>,
}

/// One machine-readable demand of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StructuredCondition {
    /// 25, 26, 27: recommended, not recommended, required diagnosis; 28: another validity with reimbursement; others.
    pub kind: String,
    /// Values as text.
    pub texts: Vec<String>,
    /// Values as codes.
    pub codes: Vec<Coded>,
}

impl Classification {
    /// The human ATC code, if it is one.
    pub fn atc(&self) -> Option<AtcCode> {
        match self {
            Self::Atc(atc) => Some(*atc),
            Self::Other(_) => None,
        }
    }
}

impl Quantity {
    /// The number in millionths, read exactly; a comma counts as a point. `None` if it is not a plain decimal, is
    /// negative, or has more than six places.
    ///
    /// ```
    /// use riktig_codes::fest::Quantity;
    /// let quantity = |value: &str| Quantity { value: value.into(), unit: "mg".into() };
    /// assert_eq!(quantity("9,6").millionths(), Some(9_600_000));
    /// assert_eq!(quantity("0.0000001").millionths(), None);
    /// ```
    pub fn millionths(&self) -> Option<u64> {
        let (whole, places) = self
            .value
            .split_once(['.', ','])
            .unwrap_or((&self.value, "0"));
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let places = if places.len() > 6 {
            places.trim_end_matches('0')
        } else {
            places
        };
        if !digits(whole) || !(digits(places) || places.is_empty()) || places.len() > 6 {
            return None;
        }
        whole
            .parse::<u64>()
            .ok()?
            .checked_mul(1_000_000)?
            .checked_add(format!("{places:0<6}").parse().ok()?)
    }

    /// The mass in nanograms, if the unit is a mass: `g`, `mg`, `mikrog` (µg) or `kg`.
    pub(super) fn nanograms(&self) -> Option<u128> {
        let nanograms_per_unit: u128 = match self.unit.as_str() {
            "kg" => 1_000_000_000_000,
            "g" => 1_000_000_000,
            "mg" => 1_000_000,
            "mikrog" | "µg" | "ug" | "mcg" => 1_000,
            _ => return None,
        };
        Some(u128::from(self.millionths()?) * nanograms_per_unit / 1_000_000)
    }
}
