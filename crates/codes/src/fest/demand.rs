//! What FEST says of diagnosis and validity for one drug: conditions of the kinds 25 to 28 and the brand's own validity.

use super::entry::{Condition, GenericDrug, StructuredCondition};
use super::{Brand, Classification, FestRegister, Pack, Validity};
use crate::{AtcCode, Day, DiagnosisCode, Sex};

/// The group of conditions on antibiotics (vilkårsgruppe 5, Antibiotika).
pub const ANTIBIOTICS_GROUP: &str = "5";

/// Recommended diagnosis (anbefalt diagnose).
const RECOMMENDED_DIAGNOSIS: &str = "25";
/// Diagnosis that is not recommended (ikke-anbefalt diagnose).
const NOT_RECOMMENDED_DIAGNOSIS: &str = "26";
/// Diagnosis required (diagnosekode påkrevet), yes or no by list 1101.
const DIAGNOSIS_REQUIRED: &str = "27";
/// Another validity with reimbursement (endret gyldighetstid ved refusjon).
const VALIDITY_WITH_REIMBURSEMENT: &str = "28";

/// A drug as a prescription may name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FestDrug<'r> {
    /// A brand.
    Brand(&'r Brand),
    /// A pack.
    Pack(&'r Pack),
    /// An active substance with strength and form, without a brand (legemiddelvirkestoff).
    Generic(&'r GenericDrug),
}

/// What FEST says about diagnoses for a drug; everything empty if it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiagnosisDemand {
    /// Whether a diagnosis is required; `None` if FEST does not say, or if it contradicts itself or cannot be understood.
    pub required: Option<bool>,
    /// Recommended diagnoses.
    pub recommended: Vec<DiagnosisCode>,
    /// Diagnoses for which it is not recommended.
    pub not_recommended: Vec<DiagnosisCode>,
    /// Values that are no diagnosis code of ICPC-2 or ICD-10, as written: nothing may be concluded from their absence above.
    pub not_understood: Vec<String>,
}

impl DiagnosisDemand {
    /// Whether FEST says anything at all.
    pub fn says_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl<'r> FestDrug<'r> {
    /// The ATC code, if it has a human one.
    pub fn atc(&self) -> Option<AtcCode> {
        let classification = match self {
            Self::Brand(brand) => &brand.classification,
            Self::Pack(pack) => &pack.classification,
            Self::Generic(generic) => &generic.classification,
        };
        classification.as_ref().and_then(Classification::atc)
    }

    fn condition_ids(self) -> &'r [String] {
        match self {
            Self::Brand(brand) => &brand.condition_ids,
            Self::Pack(pack) => &pack.condition_ids,
            Self::Generic(generic) => &generic.condition_ids,
        }
    }

    fn brand_ids(self) -> Vec<&'r str> {
        match self {
            Self::Brand(_) => Vec::new(),
            Self::Pack(pack) => pack
                .contents
                .iter()
                .map(|content| content.brand_id.as_str())
                .collect(),
            Self::Generic(generic) => generic.brand_ids.iter().map(String::as_str).collect(),
        }
    }
}

impl FestRegister {
    /// The drug with this item number, or with this object id (`ID_…`) of a brand, a pack or an active substance.
    pub fn drug(&self, id_or_item_number: &str) -> Option<FestDrug<'_>> {
        let pack = || {
            self.pack(id_or_item_number)
                .or_else(|| self.pack_with_id(id_or_item_number))
        };
        self.brand(id_or_item_number)
            .map(FestDrug::Brand)
            .or_else(|| self.generic(id_or_item_number).map(FestDrug::Generic))
            .or_else(|| pack().map(FestDrug::Pack))
    }

    /// What holds for the drug about diagnoses on a day: conditions on itself, else those on its brands.
    ///
    /// The kinds 25 to 27 were defined and not in use when the implementation guide v3.5 (2024-04) was written.
    pub fn diagnosis_demand(&self, drug: FestDrug<'_>, on: Day) -> DiagnosisDemand {
        let mut demand = DiagnosisDemand::default();
        let mut required: Vec<Option<bool>> = Vec::new();
        for part in self.structured_on(drug, on) {
            match part.kind.as_str() {
                RECOMMENDED_DIAGNOSIS => {
                    read_diagnoses(part, &mut demand.recommended, &mut demand.not_understood);
                }
                NOT_RECOMMENDED_DIAGNOSIS => {
                    read_diagnoses(
                        part,
                        &mut demand.not_recommended,
                        &mut demand.not_understood,
                    );
                }
                DIAGNOSIS_REQUIRED => {
                    required.extend(values(part).map(|(value, _)| yes_or_no(value)))
                }
                _ => {}
            }
        }
        // One yes is enough: two conditions may say it of different uses, and the stricter is the safe one.
        demand.required = if required.contains(&Some(true)) {
            Some(true)
        } else if !required.is_empty() && required.iter().all(|said| *said == Some(false)) {
            Some(false)
        } else {
            None
        };
        demand
    }

    /// How long a prescription of the drug is valid by FEST; `None` if it says nothing, or if the drug's brands disagree.
    ///
    /// With reimbursement a condition of kind 28 goes before the ordinary validity. A drug without a brand takes its validity from
    /// its brands (implementation guide v3.5, ch. 5.7 to 5.9).
    pub fn validity_of(
        &self,
        drug: FestDrug<'_>,
        sex: Sex,
        reimbursed: bool,
        on: Day,
    ) -> Option<Validity> {
        if reimbursed && let Some(changed) = self.changed_validity(drug, on) {
            return Some(changed);
        }
        let ordinary = |brand: &Brand| brand_validity(brand, sex);
        if let FestDrug::Brand(brand) = drug {
            return ordinary(brand);
        }
        let mut said = drug
            .brand_ids()
            .into_iter()
            .filter_map(|id| ordinary(self.brand(id)?));
        let first = said.next()?;
        said.all(|other| other == first).then_some(first)
    }

    fn changed_validity(&self, drug: FestDrug<'_>, on: Day) -> Option<Validity> {
        self.structured_on(drug, on)
            .into_iter()
            .filter(|part| part.kind == VALIDITY_WITH_REIMBURSEMENT)
            .flat_map(values)
            .find_map(|(value, _)| value.parse().ok())
    }

    /// Whether a condition of the group on antibiotics holds for the drug on a day.
    pub fn has_antibiotic_condition(&self, drug: FestDrug<'_>, on: Day) -> bool {
        self.conditions_on(drug, on).into_iter().any(|condition| {
            let group = condition.group.as_ref();
            group.is_some_and(|group| group.code == ANTIBIOTICS_GROUP)
        })
    }

    fn structured_on<'r>(&'r self, drug: FestDrug<'r>, on: Day) -> Vec<&'r StructuredCondition> {
        self.conditions_on(drug, on)
            .into_iter()
            .flat_map(|condition| &condition.structured)
            .collect()
    }

    fn conditions_on<'r>(&'r self, drug: FestDrug<'r>, on: Day) -> Vec<&'r Condition> {
        let holds = |condition: &&Condition| {
            condition.from.is_none_or(|from| from <= on) && condition.to.is_none_or(|to| on <= to)
        };
        let of = |ids: &'r [String]| {
            ids.iter()
                .filter_map(|id| self.condition(id))
                .filter(holds)
                .collect::<Vec<_>>()
        };
        let own = of(drug.condition_ids());
        if !own.is_empty() {
            return own;
        }
        let brands = drug.brand_ids().into_iter().filter_map(|id| self.brand(id));
        brands.flat_map(|brand| of(&brand.condition_ids)).collect()
    }
}

/// The validity of a brand: one for the sex goes before the general one.
pub(super) fn brand_validity(brand: &Brand, sex: Sex) -> Option<Validity> {
    let sex_code = match sex {
        Sex::Male => Some("1"),
        Sex::Female => Some("2"),
        Sex::Unknown => None,
    };
    let of_sex = |wanted: Option<&str>| {
        let mut rules = brand.validity.iter();
        rules
            .find(|(sex, _)| sex.as_deref() == wanted)
            .map(|(_, validity)| *validity)
    };
    sex_code
        .and_then(|code| of_sex(Some(code)))
        .or_else(|| of_sex(None))
}

/// Coded and plain values with their system.
fn values(part: &StructuredCondition) -> impl Iterator<Item = (&str, Option<&str>)> {
    let coded = part
        .codes
        .iter()
        .map(|coded| (coded.code.as_str(), coded.system.as_deref()));
    coded.chain(part.texts.iter().map(|text| (text.as_str(), None)))
}

fn read_diagnoses(
    part: &StructuredCondition,
    understood: &mut Vec<DiagnosisCode>,
    not_understood: &mut Vec<String>,
) {
    for (value, system) in values(part) {
        // The guide gives list 7170 (ICPC-2) for these kinds; a value without a system is read as that.
        match DiagnosisCode::read(system.unwrap_or(DiagnosisCode::ICPC2), value) {
            Ok(code) => understood.push(code),
            Err(_) => not_understood.push(value.to_owned()),
        }
    }
}

/// List 1101: 1 is yes (ja), 2 is no (nei).
fn yes_or_no(value: &str) -> Option<bool> {
    match value {
        "1" => Some(true),
        "2" => Some(false),
        _ => None,
    }
}
