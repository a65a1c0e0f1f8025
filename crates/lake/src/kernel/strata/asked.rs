//! Which terms are kept by stratum, and the stratum of a row.

use riktig_codes::ContactForm;
use riktig_indicators::casemix::{Cell, Design, DiagnosisLevel, Factor, NoExpected, Strata};
use riktig_indicators::{DiagnosisEntry, LinkMethod, Measure, Plan, Setting, TermSet};

use crate::kernel::link::Chosen;
use crate::kernel::masks::{FORMS, sex};
use crate::store::{Contacts, Dictionaries};

/// What indicators need to know of strata, from the plan and the dictionaries.
pub(crate) struct Asked {
    /// By indicator: the model it gets.
    pub(crate) designs: Vec<Result<Design, NoExpected>>,
    pub(crate) strata: Strata,
    /// Terms kept by all factors: dispensings, treated contacts, contacts of some diagnosis.
    pub(crate) full: TermSet,
    /// Contact terms kept by age and sex alone, because they are about all contacts of a setting.
    pub(crate) contact_persons: TermSet,
    /// List terms.
    pub(crate) lists: TermSet,
    /// Numerators and denominators that count persons.
    pub(crate) persons: Vec<(usize, Option<usize>)>,
    diagnoses: Vec<DiagnosisLevel>,
    /// By age plus one; index 0 is unknown.
    ages: [u8; 257],
    forms: [u8; FORMS.len()],
}

impl Asked {
    pub(crate) fn of(plan: &Plan, dictionaries: &Dictionaries) -> Asked {
        let strata = Strata::of(plan);
        let terms = plan.terms();
        let designs: Vec<_> = plan
            .indicators()
            .iter()
            .map(|it| Design::planned(plan, it))
            .collect();
        let diagnosis = |entry: &crate::store::Diagnosis| {
            strata.diagnosis(&DiagnosisEntry {
                system: &entry.system,
                code: &entry.code,
            })
        };
        let mut asked = Asked {
            full: 0,
            contact_persons: 0,
            lists: 0,
            persons: Vec::new(),
            diagnoses: dictionaries
                .diagnoses
                .entries()
                .iter()
                .map(diagnosis)
                .collect(),
            ages: std::array::from_fn(|at| {
                Strata::age(at.checked_sub(1).and_then(|age| u8::try_from(age).ok()))
            }),
            forms: FORMS.map(Strata::form),
            strata,
            designs,
        };
        for (indicator, design) in plan.indicators().iter().zip(asked.designs.clone()) {
            let Ok(design) = design else { continue };
            let both = (indicator.numerator, indicator.denominator);
            asked.keep(plan, &design, both.0);
            asked.keep(plan, &design, both.1);
            if terms[both.0].measure == Measure::Patients {
                let below = (terms[both.1].measure == Measure::Patients).then_some(both.1);
                if !asked.persons.contains(&(both.0, below)) {
                    asked.persons.push((both.0, below));
                }
            }
        }
        asked.contact_persons &= !asked.full;
        asked
    }

    fn keep(&mut self, plan: &Plan, design: &Design, term: usize) {
        let bit = 1 << term;
        match plan.terms()[term].measure {
            Measure::Items | Measure::TreatedContacts => self.full |= bit,
            Measure::Contacts => {
                let by_contact = [Factor::Diagnosis, Factor::Setting, Factor::Form];
                if by_contact.iter().any(|factor| design.has(*factor)) {
                    self.full |= bit;
                } else {
                    self.contact_persons |= bit;
                }
            }
            Measure::ListPatients => self.lists |= bit,
            Measure::Ddd | Measure::Patients | Measure::Inhabitants | Measure::InhabitantDays => {}
        }
    }

    #[inline]
    fn level(&self, diagnoses: [i32; 3]) -> u8 {
        let known = diagnoses.into_iter().filter_map(|diagnosis| {
            let index = usize::try_from(diagnosis).ok()?;
            self.diagnoses.get(index).copied()
        });
        Strata::of_diagnoses(known)
    }

    /// Age and sex of a row.
    #[inline]
    pub(crate) fn person(&self, age: i32, sex_code: i32) -> Cell {
        let (age, sex) = self.person_levels(age, sex_code);
        Cell::person(age, sex)
    }

    #[inline]
    fn person_levels(&self, age: i32, sex_code: i32) -> (u8, u8) {
        let at = usize::try_from(age.saturating_add(1)).unwrap_or(0);
        let age = self.ages.get(at).copied().unwrap_or(0);
        (age, Strata::sex(sex(sex_code)))
    }

    #[inline]
    fn cell(&self, diagnosis: u8, age: i32, sex: i32, setting: i32, form: i32) -> Cell {
        let (age, sex) = self.person_levels(age, sex);
        let setting = Strata::setting(Setting::from_code(setting).unwrap_or(Setting::Unknown));
        let form = usize::try_from(form).ok().and_then(|it| self.forms.get(it));
        let unknown = Strata::form(ContactForm::Unknown);
        Cell::new(
            diagnosis,
            age,
            sex,
            setting,
            form.copied().unwrap_or(unknown),
        )
    }

    /// The cell of a contact.
    #[inline]
    pub(crate) fn contact(&self, rows: &Contacts, row: usize) -> Cell {
        let diagnoses = [
            rows.diagnosis_1[row],
            rows.diagnosis_2[row],
            rows.diagnosis_3[row],
        ];
        self.cell(
            self.level(diagnoses),
            rows.age[row],
            rows.sex[row],
            rows.setting[row],
            rows.form[row],
        )
    }

    /// The cell of a chosen contact.
    pub(crate) fn chosen(&self, chosen: &Chosen) -> Cell {
        self.cell(
            self.level(chosen.diagnoses),
            chosen.age,
            chosen.sex,
            chosen.setting,
            chosen.form,
        )
    }

    /// The cell of a dispensing: its own person, the diagnoses of its link, setting and form of its contact.
    pub(crate) fn dispensing(
        &self,
        method: LinkMethod,
        diagnoses: [i32; 3],
        person: [i32; 2],
        contact: Option<&Chosen>,
    ) -> Cell {
        let diagnosis = match method {
            LinkMethod::Unlinked => Strata::unlinked(),
            LinkMethod::Prescription | LinkMethod::Contact => self.level(diagnoses),
        };
        let (setting, form) = contact.map_or((0, 0), |it| (it.setting, it.form));
        self.cell(diagnosis, person[0], person[1], setting, form)
    }
}
