use std::collections::BTreeMap;

use riktig_codes::{AgeBand, ContactForm, Sex};

use super::Factor;
use crate::facts::{CodeFacts, INFECTION_GROUP};
use crate::plan::{DiagnosisEntry, ListBand, Plan};
use crate::vocabulary::Setting;

/// The level of each factor, in the order of [`Factor::ALL`].
pub type Levels = [u8; Factor::ALL.len()];

/// A stratum of one month: the level of every factor but the month, as one small number.
///
/// ```
/// use riktig_indicators::casemix::Cell;
/// let cell = Cell::new(7, 3, 2, 1, 0);
/// assert_eq!(cell.levels(11), [7, 3, 2, 1, 0, 11]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell(pub u16);

const AGES: u16 = 8;
const SEXES: u16 = 3;
const SETTINGS: u16 = 4;
const FORMS: u16 = 3;
const PER_DIAGNOSIS: u16 = AGES * SEXES * SETTINGS * FORMS;

impl Cell {
    /// Age and sex cells, see [`Cell::person`].
    pub const PERSONS: usize = (AGES * SEXES) as usize;

    /// From levels, each in its range (see [`Strata::sizes`]).
    #[must_use]
    #[inline]
    pub fn new(diagnosis: u8, age: u8, sex: u8, setting: u8, form: u8) -> Cell {
        let person = Cell::person(age, sex);
        Cell(
            ((u16::from(diagnosis) * SETTINGS + u16::from(setting)) * FORMS + u16::from(form))
                * (AGES * SEXES)
                + person.0,
        )
    }

    /// Age and sex alone; everything else at its first level.
    #[must_use]
    #[inline]
    pub fn person(age: u8, sex: u8) -> Cell {
        Cell(u16::from(age) * SEXES + u16::from(sex))
    }

    /// Whether the setting is unknown.
    #[must_use]
    #[inline]
    pub fn has_unknown_setting(self) -> bool {
        (self.0 / (FORMS * AGES * SEXES)).is_multiple_of(SETTINGS)
    }

    /// The levels, in a calendar month 1–12.
    #[must_use]
    #[inline]
    pub fn levels(self, month: u8) -> Levels {
        let (rest, sex) = (self.0 / SEXES, self.0 % SEXES);
        let (rest, age) = (rest / AGES, rest % AGES);
        let (rest, form) = (rest / FORMS, rest % FORMS);
        let (diagnosis, setting) = (rest / SETTINGS, rest % SETTINGS);
        [diagnosis, age, sex, setting, form, u16::from(month)].map(|level| level as u8)
    }
}

/// How the weight of a list row's patients for a term is spread over age and sex: cells and thousandths, which add up to
/// `weight`.
///
/// A year of age inside the row counts like any other. A row that is open above and begins below the last band has no known
/// age, a row of both sexes no known sex.
#[must_use]
pub fn list_cells(band: &ListBand, weight: i64) -> Vec<(Cell, i64)> {
    let sex = Strata::sex(band.sex.unwrap_or(Sex::Unknown));
    let level = |year: i32| Strata::age(u8::try_from(year).ok());
    let Some(last) = band.age.to else {
        let oldest = AgeBand::CASE_MIX.len() as u8;
        let age = Some(level(band.age.from)).filter(|age| *age == oldest);
        return vec![(Cell::person(age.unwrap_or(0), sex), weight)];
    };
    let years = i64::from(last) - i64::from(band.age.from) + 1;
    let mut cells: Vec<(Cell, i64)> = Vec::new();
    for (at, year) in (0..years).zip(band.age.from..=last) {
        // Rounded so that the years add up.
        let part = weight * (at + 1) / years - weight * at / years;
        let cell = Cell::person(level(year), sex);
        match cells.last_mut() {
            Some((same, sum)) if *same == cell => *sum += part,
            _ => cells.push((cell, part)),
        }
    }
    cells
}

/// Level of a dispensing that is linked to nothing.
const UNLINKED: u8 = 0;
/// Level of a row that carries no diagnosis.
const NONE: u8 = 1;
/// Level of diagnoses in none of the codebook's groups.
const OTHER: u8 = 2;
const FIRST_GROUP: u8 = 3;

/// What a diagnosis says about the stratum of a row that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiagnosisLevel {
    level: u8,
    infection: bool,
}

/// The levels of every factor.
#[derive(Debug, Clone)]
pub struct Strata {
    /// Group ids in the order of their levels, with the codes of (system, code).
    groups: Vec<(String, BTreeMap<String, Vec<String>>)>,
    /// Number of codes of each group: the fewer, the more specific.
    codes: Vec<usize>,
    infections: BTreeMap<String, Vec<String>>,
}

impl Strata {
    /// Groups of the codebook become levels of [`Factor::Diagnosis`].
    #[must_use]
    pub fn new(facts: &CodeFacts) -> Strata {
        let by_system = |group: &std::collections::BTreeSet<crate::facts::DiagnosisCode>| {
            let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for code in group {
                let of = codes.entry(code.system.clone()).or_default();
                of.push(code.code.clone());
            }
            codes
        };
        let most = usize::from((u16::MAX / PER_DIAGNOSIS) as u8 - FIRST_GROUP);
        let named = facts.diagnosis_groups.iter();
        let groups: Vec<_> = named
            .filter(|(name, _)| *name != INFECTION_GROUP)
            .take(most)
            .collect();
        Strata {
            codes: groups.iter().map(|(_, codes)| codes.len()).collect(),
            groups: groups
                .iter()
                .map(|(name, codes)| ((*name).clone(), by_system(codes)))
                .collect(),
            infections: facts
                .diagnosis_groups
                .get(INFECTION_GROUP)
                .map(by_system)
                .unwrap_or_default(),
        }
    }

    /// The levels of a plan's codebook.
    #[must_use]
    pub fn of(plan: &Plan) -> Strata {
        Strata::new(&plan.facts)
    }

    /// Number of levels of each factor; months are 1–12.
    #[must_use]
    pub fn sizes(&self) -> [usize; Factor::ALL.len()] {
        let diagnoses = usize::from(FIRST_GROUP) + self.groups.len();
        let small = [AGES, SEXES, SETTINGS, FORMS, 13].map(usize::from);
        [diagnoses, small[0], small[1], small[2], small[3], small[4]]
    }

    /// The level of a diagnosis: of the groups that hold it, the one with fewest codes; among equals the first by name.
    #[must_use]
    pub fn diagnosis(&self, diagnosis: &DiagnosisEntry<'_>) -> DiagnosisLevel {
        let holds = |codes: &BTreeMap<String, Vec<String>>| {
            codes.get(diagnosis.system).is_some_and(|codes| {
                codes
                    .iter()
                    .any(|code| diagnosis.code.starts_with(code.as_str()))
            })
        };
        let holding = (0..self.groups.len()).filter(|group| holds(&self.groups[*group].1));
        let level = holding
            .min_by_key(|group| self.codes[*group])
            .map_or(OTHER, |group| FIRST_GROUP + group as u8);
        DiagnosisLevel {
            level,
            infection: holds(&self.infections),
        }
    }

    /// The level of a row with these diagnoses, in their order: the first infection; else the first in any group.
    #[must_use]
    #[inline]
    pub fn of_diagnoses(diagnoses: impl Iterator<Item = DiagnosisLevel>) -> u8 {
        let mut best = NONE;
        for diagnosis in diagnoses {
            if diagnosis.infection {
                return diagnosis.level;
            }
            if best == NONE || best == OTHER {
                best = diagnosis.level;
            }
        }
        best
    }

    /// The level of a dispensing that no diagnosis was found for.
    #[must_use]
    pub fn unlinked() -> u8 {
        UNLINKED
    }

    /// The level of an age; `None` is unknown.
    #[must_use]
    pub fn age(age: Option<u8>) -> u8 {
        let band = age.and_then(|age| {
            AgeBand::CASE_MIX
                .iter()
                .rposition(|band| band.from().years() <= age)
        });
        band.map_or(0, |band| band as u8 + 1)
    }

    /// The level of a sex.
    #[must_use]
    pub fn sex(sex: Sex) -> u8 {
        match sex {
            Sex::Unknown => 0,
            Sex::Male => 1,
            Sex::Female => 2,
        }
    }

    /// The level of a setting.
    #[must_use]
    pub fn setting(setting: Setting) -> u8 {
        setting as u8
    }

    /// The level of a form of contact.
    #[must_use]
    pub fn form(form: ContactForm) -> u8 {
        match form {
            ContactForm::Unknown => 0,
            ContactForm::EConsultation => 1,
            _ => 2,
        }
    }

    /// The word of a level in tables.
    #[must_use]
    pub fn word(&self, factor: Factor, level: u8) -> String {
        let unknown = "unknown".to_owned();
        match (factor, level) {
            (Factor::Diagnosis, UNLINKED) => "unlinked".to_owned(),
            (Factor::Diagnosis, NONE) => "none".to_owned(),
            (Factor::Diagnosis, OTHER) => "other".to_owned(),
            (Factor::Diagnosis, level) => self
                .groups
                .get(usize::from(level - FIRST_GROUP))
                .map_or(unknown, |(name, _)| name.clone()),
            (Factor::Age, level) => level
                .checked_sub(1)
                .and_then(|band| AgeBand::CASE_MIX.get(usize::from(band)))
                .map_or(unknown, ToString::to_string),
            (Factor::Sex, 1) => "male".to_owned(),
            (Factor::Sex, 2) => "female".to_owned(),
            (Factor::Setting, level) => {
                Setting::from_code(i32::from(level)).map_or(unknown, |it| it.word().to_owned())
            }
            (Factor::Form, 1) => "e_consultation".to_owned(),
            (Factor::Form, 2) => "other".to_owned(),
            (Factor::Month, month) => month.to_string(),
            (Factor::Sex | Factor::Form, _) => unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(strata: &Strata, system: &str, code: &str) -> String {
        let level = strata.diagnosis(&DiagnosisEntry { system, code }).level;
        strata.word(Factor::Diagnosis, level)
    }

    #[test]
    fn a_diagnosis_belongs_to_its_most_specific_group() {
        let strata = Strata::new(&CodeFacts::default());
        assert_eq!(level(&strata, "ICPC-2", "R74"), "URTI");
        assert_eq!(level(&strata, "ICPC-2", "U71"), "CYSTITIS");
        assert_eq!(level(&strata, "ICPC-2", "R05"), "RTI");
        assert_eq!(level(&strata, "ICD-10", "J019"), "SINUSITIS");
        assert_eq!(level(&strata, "ICPC-2", "L03"), "other");
    }

    #[test]
    fn the_first_infection_goes_before_whatever_stands_before_it() {
        let strata = Strata::new(&CodeFacts::default());
        let of = |codes: &[&str]| {
            let levels = codes.iter().map(|code| {
                strata.diagnosis(&DiagnosisEntry {
                    system: "ICPC-2",
                    code,
                })
            });
            strata.word(Factor::Diagnosis, Strata::of_diagnoses(levels))
        };
        assert_eq!(of(&["L03", "S96", "R78", "R81"]), "BRONCHITIS");
        assert_eq!(of(&["L03", "S96"]), "ACNE");
        assert_eq!(of(&["L03"]), "other");
        assert_eq!(of(&[]), "none");
    }

    #[test]
    fn a_list_row_is_spread_over_its_years() {
        let band = |from, to, sex| ListBand {
            age: crate::definition::Span { from, to },
            sex,
        };
        let cell = |age, sex| Cell::person(Strata::age(Some(age)), Strata::sex(sex));
        assert_eq!(
            list_cells(&band(40, Some(49), Some(Sex::Female)), 1000),
            [(cell(20, Sex::Female), 500), (cell(45, Sex::Female), 500)]
        );
        assert_eq!(
            list_cells(&band(80, None, None), 700),
            [(cell(80, Sex::Unknown), 700)]
        );
        assert_eq!(
            list_cells(&band(65, None, Some(Sex::Male)), 700),
            [(Cell::person(0, 1), 700)]
        );
        let seven: i64 = list_cells(&band(0, Some(6), None), 1000)
            .iter()
            .map(|it| it.1)
            .sum();
        assert_eq!(seven, 1000);
    }

    #[test]
    fn every_cell_tells_its_levels() {
        let sizes = Strata::new(&CodeFacts::default()).sizes();
        let mut seen = std::collections::BTreeSet::new();
        for diagnosis in 0..sizes[0] as u8 {
            for age in 0..8 {
                for sex in 0..3 {
                    for setting in 0..4 {
                        for form in 0..3 {
                            let cell = Cell::new(diagnosis, age, sex, setting, form);
                            assert_eq!(cell.levels(4), [diagnosis, age, sex, setting, form, 4]);
                            assert_eq!(cell.has_unknown_setting(), setting == 0);
                            assert!(seen.insert(cell));
                        }
                    }
                }
            }
        }
    }
}
