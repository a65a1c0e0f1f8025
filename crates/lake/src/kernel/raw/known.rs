//! Texts and numbers of deliveries → ids of the lake's dictionaries.

use hashbrown::HashMap;
use riktig_codes::{AtcCode, Codebook, Icd10Code, Icpc2Code, Route};
use riktig_indicators::safety::Infection;

use crate::store::Dictionaries;

/// A diagnosis of the dictionary.
#[derive(Debug, Clone, Copy)]
pub(super) struct KnownDiagnosis {
    pub(super) id: i32,
    pub(super) infection: bool,
    /// A contact with it belongs to the safety mirror, so that its patient is followed.
    pub(super) followed: bool,
}

/// What the dictionaries know, by what deliveries write.
pub(super) struct Known {
    /// Antibiotics' ATC codes, numbered.
    substances: HashMap<String, u16>,
    /// Antibiotics by substance and route.
    drugs: HashMap<(u16, Option<Route>), i32>,
    icpc2: HashMap<String, KnownDiagnosis>,
    icd10: HashMap<String, KnownDiagnosis>,
    prescribers: HashMap<i64, i32>,
    areas: HashMap<String, i32>,
}

impl Known {
    pub(super) fn new(dictionaries: &Dictionaries, mirror: &[Infection]) -> Known {
        let codebook = Codebook::embedded();
        let mut known = Known {
            substances: HashMap::new(),
            drugs: HashMap::new(),
            icpc2: HashMap::new(),
            icd10: HashMap::new(),
            prescribers: HashMap::new(),
            areas: HashMap::new(),
        };
        for (id, drug) in (0..).zip(dictionaries.drugs.entries()) {
            let code = drug.atc.as_deref().and_then(|atc| AtcCode::parse(atc).ok());
            if let Some(code) = code.filter(|code| codebook.is_antibiotic(*code)) {
                let next = known.substances.len() as u16;
                let substance = *known.substances.entry(code.to_string()).or_insert(next);
                let route = drug
                    .route
                    .as_deref()
                    .and_then(|route| Route::parse_bytes(route.as_bytes()).ok());
                known.drugs.insert((substance, route), id);
            }
        }
        for (id, diagnosis) in (0..).zip(dictionaries.diagnoses.entries()) {
            let (system, code) = (&diagnosis.system, &diagnosis.code);
            let followed = mirror
                .iter()
                .any(|it| Infection::holds(&it.returns, system, code));
            if diagnosis.system == "ICPC-2" {
                let infection =
                    Icpc2Code::parse(code).is_ok_and(|code| codebook.is_infection(code));
                known.icpc2.insert(
                    code.clone(),
                    KnownDiagnosis {
                        id,
                        infection,
                        followed,
                    },
                );
            } else {
                let infection =
                    Icd10Code::parse(code).is_ok_and(|code| codebook.is_infection_icd10(code));
                known.icd10.insert(
                    code.clone(),
                    KnownDiagnosis {
                        id,
                        infection,
                        followed,
                    },
                );
            }
        }
        let numbers = (0..).zip(dictionaries.prescribers.entries());
        known
            .prescribers
            .extend(numbers.filter_map(|(id, entry)| Some((entry.id.parse().ok()?, id))));
        let areas = (0..).zip(dictionaries.areas.entries());
        known
            .areas
            .extend(areas.map(|(id, entry)| (entry.code.clone(), id)));
        known
    }

    /// The substance of an ATC code, if it is an antibiotic.
    pub(super) fn substance(&self, atc: &str) -> Option<u16> {
        self.substances.get(atc).copied()
    }

    /// The id of an antibiotic.
    #[inline]
    pub(super) fn drug(&self, substance: u16, route: Option<Route>) -> Option<i32> {
        self.drugs.get(&(substance, route)).copied()
    }

    /// A diagnosis of a system.
    pub(super) fn diagnosis(&self, system: &str, code: &str) -> Option<KnownDiagnosis> {
        let codes = match system {
            "ICPC-2" => &self.icpc2,
            "ICD-10" => &self.icd10,
            _ => return None,
        };
        codes
            .get(code)
            .copied()
            .or_else(|| codes.get(&code.replace('.', "")).copied())
    }

    /// The id of a prescriber: -1 for a mask, `None` for a number that is nobody's.
    #[inline]
    pub(super) fn prescriber(&self, number: Option<i64>) -> Option<i32> {
        match number {
            None | Some(0 | 999_999_999) => Some(-1),
            Some(number) => self.prescribers.get(&number).copied(),
        }
    }

    /// The id of a municipality, -1 where it is none.
    pub(super) fn area(&self, code: &str) -> i32 {
        self.areas.get(code).copied().unwrap_or(-1)
    }
}
