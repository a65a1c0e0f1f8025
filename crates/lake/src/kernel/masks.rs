//! A plan's masks, one for every entry of every dictionary, so that a row costs look-ups and ANDs.

use riktig_codes::{AtcCode, ContactForm, Route, Sex};
use riktig_indicators::{
    Agreement, CourseLimit, DiagnosisEntry, DiagnosisMasks, DrugEntry, LinkMethod, LinkRule,
    Matter, Measure, Plan, Population, QuantityKind, Setting, TermSet,
};

use super::mirror::MirrorMasks;
use crate::store::{Antibiotics, Contacts, Dictionaries, Drug, MISSING};

/// Forms by their code in segments.
pub(crate) const FORMS: [ContactForm; 5] = [
    ContactForm::Unknown,
    ContactForm::Consultation,
    ContactForm::EConsultation,
    ContactForm::HomeVisit,
    ContactForm::Simple,
];

/// The longest that a definition may ask about: a prescription is valid for a year at most.
const LONGEST_VALIDITY_DAYS: i32 = 366;

/// The tables.
pub(crate) struct Masks {
    drugs: Vec<DrugMask>,
    unknown_drug: DrugMask,
    diagnoses: Vec<DiagnosisMasks>,
    no_diagnosis: TermSet,
    settings: [TermSet; 4],
    forms: [TermSet; 5],
    /// By age plus one; index 0 is unknown.
    ages: Vec<TermSet>,
    sexes: [TermSet; 3],
    links: [TermSet; 4],
    /// By what the prescription says of waiting: nothing, no, yes.
    waiting: [TermSet; 3],
    /// By days from prescribing to dispensing plus one, the last for all longer ones; index 0 is unknown.
    fetched: Vec<TermSet>,
    /// What each diagnosis speaks of.
    matters: Vec<Matter>,
    /// By days from the contact to the dispensing.
    distances: [TermSet; LinkRule::WINDOW_DAYS as usize + 1],
    /// Terms that a dual-role prescriber's items of unknown setting do not add to.
    pub(crate) dual_role: TermSet,
    /// Terms by what they add, prescribers' and populations' alike.
    pub(crate) items: TermSet,
    pub(crate) ddd: TermSet,
    pub(crate) patients: TermSet,
    pub(crate) contacts: TermSet,
    pub(crate) treated: TermSet,
    /// Terms by whose table they are summed into.
    pub(crate) of_prescribers: TermSet,
    pub(crate) of_populations: TermSet,
    /// The safety mirror's infections by diagnosis.
    pub(crate) mirror: MirrorMasks,
}

struct DrugMask {
    terms: TermSet,
    limits: Vec<CourseLimit>,
}

impl Masks {
    /// Asks the plan once for every entry.
    pub(crate) fn new(plan: &Plan, dictionaries: &Dictionaries) -> Masks {
        let diagnoses = dictionaries.diagnoses.entries().iter();
        let diagnoses = diagnoses
            .map(|entry| {
                plan.diagnosis_terms(&DiagnosisEntry {
                    system: &entry.system,
                    code: &entry.code,
                })
            })
            .collect();
        let no_drug = DrugEntry {
            atc: None,
            foreign: None,
            route: None,
        };
        Masks {
            drugs: dictionaries
                .drugs
                .entries()
                .iter()
                .map(|drug| drug_mask(plan, drug))
                .collect(),
            unknown_drug: DrugMask {
                terms: plan.drug_terms(&no_drug),
                limits: plan.course_limits(&no_drug),
            },
            diagnoses,
            no_diagnosis: plan.no_diagnosis_terms(),
            settings: std::array::from_fn(|at| plan.setting_terms(Setting::ALL[at])),
            forms: FORMS.map(|form| plan.form_terms(form)),
            ages: (0..=256u16)
                .map(|at| plan.age_terms(at.checked_sub(1).and_then(|age| u8::try_from(age).ok())))
                .collect(),
            sexes: [Sex::Unknown, Sex::Male, Sex::Female].map(|sex| plan.sex_terms(sex)),
            links: [
                0,
                plan.link_terms(LinkMethod::Prescription),
                plan.link_terms(LinkMethod::Contact),
                plan.link_terms(LinkMethod::Unlinked),
            ],
            waiting: [None, Some(false), Some(true)].map(|told| plan.waiting_terms(told)),
            fetched: (-1..=LONGEST_VALIDITY_DAYS)
                .map(|days| plan.fetched_terms(Some(days).filter(|days| *days >= 0)))
                .collect(),
            matters: dictionaries
                .diagnoses
                .entries()
                .iter()
                .map(|entry| plan.matter(&entry.system, &entry.code))
                .collect(),
            distances: std::array::from_fn(|days| plan.distance_terms(days as i32)),
            dual_role: plan.dual_role_terms(),
            items: plan.terms_of(Measure::Items),
            ddd: plan.terms_of(Measure::Ddd),
            patients: plan.terms_of(Measure::Patients),
            contacts: plan.terms_of(Measure::Contacts),
            treated: plan.terms_of(Measure::TreatedContacts),
            of_prescribers: plan.terms_by(Population::Prescriber),
            of_populations: plan.terms_by(Population::Municipality),
            mirror: MirrorMasks::new(plan, dictionaries),
        }
    }

    /// Terms that ask about diagnosis or link, about the person, about the setting.
    pub(crate) fn asked(&self) -> [TermSet; 3] {
        let all = |table: &[TermSet]| table.iter().fold(TermSet::MAX, |all, one| all & one);
        let vetoed = self.diagnoses.iter().fold(0, |any, one| any | one.vetoes);
        let any_link = self.links[1] & self.links[2] & self.links[3];
        [
            !(self.no_diagnosis & any_link) | vetoed,
            !(all(&self.ages) & all(&self.sexes)),
            !all(&self.settings),
        ]
    }

    /// Terms of the drug and the course length of an antibiotic.
    pub(crate) fn drug(&self, rows: &Antibiotics, row: usize) -> TermSet {
        let mask = at(&self.drugs, rows.drug[row]).unwrap_or(&self.unknown_drug);
        let mut terms = mask.terms;
        for limit in &mask.limits {
            let quantity = match limit.by {
                QuantityKind::Ddd => rows.ddd_milli[row],
                QuantityKind::Units => rows.units_milli[row],
            };
            // A missing quantity is -1 and above no limit: unknown is neither short nor long.
            if quantity <= limit.above_milli || quantity > limit.at_most_milli {
                terms &= !limit.terms;
            }
        }
        terms
    }

    /// Terms of what the prescription says of waiting, and of how long after it the antibiotic was dispensed. A month in
    /// which no prescription says anything has no such columns.
    #[inline]
    pub(crate) fn waiting(&self, rows: &Antibiotics, row: usize) -> TermSet {
        let Some(told) = rows.waiting.get(row) else {
            return self.waiting[0] & self.fetched[0];
        };
        let days = days_waited(rows, row).map_or(-1, |days| days.min(LONGEST_VALIDITY_DAYS));
        at(&self.waiting, told + 1).unwrap_or(&self.waiting[0])
            & at(&self.fetched, days + 1).unwrap_or(&self.fetched[0])
    }

    /// What the contact's diagnoses say of the prescription's.
    pub(crate) fn agreement(&self, prescription: i32, contact: [i32; 3]) -> Agreement {
        let matters = contact.into_iter().filter_map(|id| at(&self.matters, id));
        match at(&self.matters, prescription) {
            Some(own) => Agreement::of(own, matters),
            None => Agreement::CannotTell,
        }
    }

    /// Terms of a row with these diagnoses (-1: none).
    #[inline]
    pub(crate) fn diagnoses(&self, diagnoses: [i32; 3]) -> TermSet {
        let (mut hits, mut vetoes, mut any) = (0, 0, false);
        for diagnosis in diagnoses {
            if let Ok(index) = usize::try_from(diagnosis)
                && let Some(masks) = self.diagnoses.get(index)
            {
                hits |= masks.hits;
                vetoes |= masks.vetoes;
                any = true;
            }
        }
        if any {
            hits & !vetoes
        } else {
            self.no_diagnosis
        }
    }

    /// Terms of a person.
    #[inline]
    pub(crate) fn person(&self, age: i32, sex: i32) -> TermSet {
        at(&self.ages, age.saturating_add(1)).unwrap_or(&self.ages[0])
            & at(&self.sexes, sex).unwrap_or(&self.sexes[0])
    }

    /// Terms of a setting; an integer outside the set is unknown.
    #[inline]
    pub(crate) fn setting(&self, setting: i32) -> TermSet {
        *at(&self.settings, setting).unwrap_or(&self.settings[0])
    }

    /// Terms of a form of contact.
    #[inline]
    pub(crate) fn form(&self, form: i32) -> TermSet {
        *at(&self.forms, form).unwrap_or(&self.forms[0])
    }

    /// Terms of a link.
    pub(crate) fn link(&self, method: LinkMethod) -> TermSet {
        self.links[method as usize]
    }

    /// Terms of a dispensing so many days after its contact; the rule links none outside of its window.
    #[inline]
    pub(crate) fn distance(&self, days: i32) -> TermSet {
        *at(&self.distances, days).unwrap_or(&0)
    }

    /// Terms of a contact row, whatever they add.
    #[inline]
    pub(crate) fn contact(&self, rows: &Contacts, row: usize) -> TermSet {
        self.diagnoses([
            rows.diagnosis_1[row],
            rows.diagnosis_2[row],
            rows.diagnosis_3[row],
        ]) & self.setting(rows.setting[row])
            & self.form(rows.form[row])
            & self.person(rows.age[row], rows.sex[row])
    }
}

/// Days from prescribing to dispensing, where the day of prescribing was read and is known and not after the dispensing.
#[inline]
pub(crate) fn days_waited(rows: &Antibiotics, row: usize) -> Option<i32> {
    let prescribed = rows.prescribed.get(row).filter(|day| **day != MISSING)?;
    Some(rows.day[row] - prescribed).filter(|days| *days >= 0)
}

fn at<T>(table: &[T], index: i32) -> Option<&T> {
    usize::try_from(index)
        .ok()
        .and_then(|index| table.get(index))
}

fn drug_mask(plan: &Plan, drug: &Drug) -> DrugMask {
    // Definitions write code systems in lower case (`bnf:0501`); a source may name its own as it likes.
    let system = drug.system.as_deref().map(str::to_lowercase);
    let entry = DrugEntry {
        atc: drug.atc.as_deref().and_then(|atc| AtcCode::parse(atc).ok()),
        foreign: system.as_deref().zip(drug.code.as_deref()),
        route: drug
            .route
            .as_deref()
            .and_then(|word| Route::parse_bytes(word.as_bytes()).ok()),
    };
    DrugMask {
        terms: plan.drug_terms(&entry),
        limits: plan.course_limits(&entry),
    }
}

/// The sex of a segment's integer; anything outside the set is unknown.
pub(crate) fn sex(code: i32) -> Sex {
    u8::try_from(code)
        .ok()
        .and_then(Sex::from_code)
        .unwrap_or(Sex::Unknown)
}

/// The bits of a set, lowest first.
pub(crate) fn bits(mut set: TermSet) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let bit = set.trailing_zeros() as usize;
            set &= set - 1;
            bit
        })
    })
}
