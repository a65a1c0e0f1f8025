use super::{Plan, Term, TermSet};
use crate::agreement::Matter;
use crate::definition::{
    Course, DrugFilter, Filter, Linked, ListWeight, Measure, Population, QuantityKind, Span,
};
use crate::facts::DiagnosisCode;
use crate::vocabulary::{LinkMethod, Setting};
use riktig_codes::{AtcCode, ContactForm, Route, Sex};

/// A drug of the lake's dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrugEntry<'a> {
    /// ATC code, level 5, if there is one.
    pub atc: Option<AtcCode>,
    /// Code system and code of a foreign source, if there is one.
    pub foreign: Option<(&'a str, &'a str)>,
    /// Route.
    pub route: Option<Route>,
}

/// A diagnosis of the lake's dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiagnosisEntry<'a> {
    /// `ICPC-2` or `ICD-10`.
    pub system: &'a str,
    /// Code without dot.
    pub code: &'a str,
}

/// What a diagnosis does to the terms of a row that carries it.
///
/// A row with diagnoses d1…dn has the terms `(hits(d1) | … | hits(dn)) & !(vetoes(d1) | … | vetoes(dn))`; a row without
/// any has [`Plan::no_diagnosis_terms`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DiagnosisMasks {
    /// Terms that this diagnosis satisfies, among them those that ask for none.
    pub hits: TermSet,
    /// Terms that exclude rows with this diagnosis, whatever the others are.
    pub vetoes: TermSet,
}

/// A limit that a dispensing of one drug must keep for some terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourseLimit {
    /// Which quantity.
    pub by: QuantityKind,
    /// Only a quantity above this passes, in thousandths; -1 where there is no such limit. A missing quantity never passes.
    pub above_milli: i64,
    /// Largest quantity that passes, in thousandths.
    pub at_most_milli: i64,
    /// Terms lost by a row that does not pass.
    pub terms: TermSet,
}

/// A row of a practice list: so many patients of these ages and this sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListBand {
    /// Ages, both included.
    pub age: Span,
    /// `None`: all.
    pub sex: Option<Sex>,
}

impl Plan {
    fn terms_where(&self, lets_through: impl Fn(&Term) -> bool) -> TermSet {
        self.terms
            .iter()
            .enumerate()
            .filter(|(_, term)| lets_through(term))
            .fold(0, |set, (bit, _)| set | 1 << bit)
    }

    /// Terms that add this measure.
    #[must_use]
    pub fn terms_of(&self, measure: Measure) -> TermSet {
        self.terms_where(|term| term.measure == measure)
    }

    /// Terms summed per prescriber, or per municipality of residence.
    #[must_use]
    pub fn terms_by(&self, population: Population) -> TermSet {
        self.terms_where(|term| term.population == population)
    }

    /// Terms that the drug may add to. Course length is not looked at, see [`Plan::course_limits`].
    #[must_use]
    pub fn drug_terms(&self, drug: &DrugEntry<'_>) -> TermSet {
        let fact = drug.atc.and_then(|atc| self.facts.drug(atc, drug.route));
        self.terms_where(|term| {
            let filter = &term.filter.drug;
            let is =
                |prefix: &crate::definition::Prefix| begins(drug, &prefix.system, &prefix.code);
            (filter.within.is_empty() || filter.within.iter().any(is))
                && !filter.without.iter().any(is)
                && (filter.routes.is_empty()
                    || drug
                        .route
                        .is_some_and(|route| filter.routes.contains(&route)))
                && aware_fits(filter, fact.as_ref())
                && group_fits(filter, fact.as_ref())
        })
    }

    /// The limits on course length for this drug, fewest terms possible: apply all of them.
    #[must_use]
    pub fn course_limits(&self, drug: &DrugEntry<'_>) -> Vec<CourseLimit> {
        let mut limits: Vec<CourseLimit> = Vec::new();
        for (bit, term) in self.terms.iter().enumerate() {
            let Some(course) = &term.filter.course else {
                continue;
            };
            let (by, above_milli, at_most_milli) = self.limit_of(course, drug);
            let key = |limit: &CourseLimit| (limit.by, limit.above_milli, limit.at_most_milli);
            match limits
                .iter_mut()
                .find(|known| key(known) == (by, above_milli, at_most_milli))
            {
                Some(known) => known.terms |= 1 << bit,
                None => limits.push(CourseLimit {
                    by,
                    above_milli,
                    at_most_milli,
                    terms: 1 << bit,
                }),
            }
        }
        limits.sort_by_key(|limit| (limit.by, limit.above_milli, limit.at_most_milli));
        limits
    }

    /// What a quantity must be above and what it may at most be, in thousandths; for a drug that the course rule does not know
    /// at most the least integer, which nothing is.
    fn limit_of(&self, course: &Course, drug: &DrugEntry<'_>) -> (QuantityKind, i64, i64) {
        const NEVER: i64 = i64::MIN;
        const ANY: i64 = -1;
        let named = |limits: &[(String, i64)]| {
            let fitting = limits
                .iter()
                .filter(|(prefix, _)| drug.atc.is_some_and(|atc| atc.as_str().starts_with(prefix)));
            fitting
                .max_by_key(|(prefix, _)| prefix.len())
                .map(|(_, milli)| *milli)
        };
        let per_day = || {
            drug.atc
                .and_then(|atc| self.facts.drug(atc, drug.route))
                .and_then(|fact| fact.guideline_ddd_per_day_milli)
        };
        match course {
            Course::AtMostDays {
                days,
                pack_slack_percent,
            } => {
                let limit = per_day().map(|a_day| {
                    a_day * i64::from(*days) * (100 + i64::from(*pack_slack_percent)) / 100
                });
                (QuantityKind::Ddd, ANY, limit.unwrap_or(NEVER))
            }
            Course::AtMost { by, limits } => (*by, ANY, named(limits).unwrap_or(NEVER)),
            Course::MoreThan { by, limits } => match named(limits) {
                Some(above) => (*by, above, i64::MAX),
                None => (*by, ANY, NEVER),
            },
            Course::Known => (
                QuantityKind::Ddd,
                ANY,
                per_day().map_or(NEVER, |_| i64::MAX),
            ),
        }
    }

    /// What a diagnosis lets through and forbids.
    #[must_use]
    pub fn diagnosis_terms(&self, diagnosis: &DiagnosisEntry<'_>) -> DiagnosisMasks {
        DiagnosisMasks {
            hits: self.terms_where(|term| {
                let filter = &term.filter;
                !asks_diagnosis(filter)
                    || any_begins(&filter.diagnosis_within, diagnosis)
                    || filter.diagnosis_groups.iter().any(|name| {
                        self.facts
                            .diagnosis_groups
                            .get(name)
                            .is_some_and(|codes| any_begins(codes, diagnosis))
                    })
            }),
            vetoes: self.terms_where(|term| any_begins(&term.filter.diagnosis_without, diagnosis)),
        }
    }

    /// What a diagnosis speaks of, by the codebook that the plan was made with.
    #[must_use]
    pub fn matter(&self, system: &str, code: &str) -> Matter {
        let code = DiagnosisCode {
            system: system.to_owned(),
            code: code.to_owned(),
        };
        Matter::of(&code, &self.facts)
    }

    /// Terms of a row that carries no diagnosis.
    #[must_use]
    pub fn no_diagnosis_terms(&self) -> TermSet {
        self.terms_where(|term| !asks_diagnosis(&term.filter))
    }

    /// Terms of rows in this setting (a dispensing has the setting of its linked contact, or `Unknown`).
    #[must_use]
    pub fn setting_terms(&self, setting: Setting) -> TermSet {
        self.terms_where(|term| {
            term.filter.settings.is_empty() || term.filter.settings.contains(&setting)
        })
    }

    /// Terms of contacts of this form. Terms that count dispensings do not ask.
    #[must_use]
    pub fn form_terms(&self, form: ContactForm) -> TermSet {
        self.terms_where(|term| term.filter.forms.is_empty() || term.filter.forms.contains(&form))
    }

    /// Terms of persons of this age; `None` is unknown.
    #[must_use]
    pub fn age_terms(&self, age: Option<u8>) -> TermSet {
        self.terms_where(|term| term.filter.lets_age(age.map(i32::from)))
    }

    /// Terms of persons of this sex; `Unknown` passes only where sex is not asked.
    #[must_use]
    pub fn sex_terms(&self, sex: Sex) -> TermSet {
        self.terms_where(|term| term.filter.sex.is_none_or(|wanted| wanted == sex))
    }

    /// Terms of dispensings linked this way.
    #[must_use]
    pub fn link_terms(&self, method: LinkMethod) -> TermSet {
        self.terms_where(|term| match term.filter.linked {
            Linked::Any => true,
            Linked::Yes => method != LinkMethod::Unlinked,
            Linked::No => method == LinkMethod::Unlinked,
            Linked::Prescription => method == LinkMethod::Prescription,
            Linked::Contact => method == LinkMethod::Contact,
        })
    }

    /// Terms of dispensings of which this was told about waiting; `None`: nothing.
    #[must_use]
    pub fn waiting_terms(&self, told: Option<bool>) -> TermSet {
        self.terms_where(|term| term.filter.waiting.lets(told))
    }

    /// Terms of dispensings so many days after their prescription; `None`: nobody knows when it was.
    #[must_use]
    pub fn fetched_terms(&self, days: Option<i32>) -> TermSet {
        self.terms_where(|term| term.filter.lets_fetched(days))
    }

    /// Terms of a dispensing so many days after the contact it is linked to; only terms of treated contacts ask.
    #[must_use]
    pub fn distance_terms(&self, days: i32) -> TermSet {
        self.terms_where(|term| term.filter.within_days.is_none_or(|most| days <= most))
    }

    /// Terms that a dual-role prescriber's dispensing of unknown setting does **not** add to (decision 0001).
    #[must_use]
    pub fn dual_role_terms(&self) -> TermSet {
        self.terms_where(|term| term.filter.without_dual_role_unknown)
    }

    /// The list terms a list row adds to, each with the weight of one of its patients in thousandths.
    ///
    /// Add `patients × weight` for each month. The weight is the mean over the row's years of age, rounded half up: a
    /// year outside of the term's age limit weighs nothing, a year inside what the definition's weights say, and 1000
    /// where there are none. A row of both sexes has the mean of the two, and adds nothing to a term about one. A row
    /// without an upper age adds only where all of its ages weigh the same.
    #[must_use]
    pub fn list_weights(&self, band: &ListBand) -> Vec<(usize, i64)> {
        let of = |(bit, term): (usize, &Term)| {
            let weight = (term.measure == Measure::ListPatients)
                .then(|| row_weight(term, band))
                .flatten();
            weight
                .filter(|weight| *weight > 0)
                .map(|weight| (bit, weight))
        };
        self.terms.iter().enumerate().filter_map(of).collect()
    }

    /// Inhabitant terms, counted by heads or by days, that persons of this age and sex add to.
    #[must_use]
    pub fn inhabitants_terms(&self, age: Option<u8>, sex: Sex) -> TermSet {
        (self.terms_of(Measure::Inhabitants) | self.terms_of(Measure::InhabitantDays))
            & self.age_terms(age)
            & self.sex_terms(sex)
    }
}

fn begins(drug: &DrugEntry<'_>, system: &str, prefix: &str) -> bool {
    match drug.foreign {
        _ if system == "atc" => drug.atc.is_some_and(|atc| atc.as_str().starts_with(prefix)),
        Some((of, code)) => of == system && code.starts_with(prefix),
        None => false,
    }
}

fn aware_fits(filter: &DrugFilter, fact: Option<&crate::facts::DrugFact>) -> bool {
    filter.aware.is_empty()
        || fact
            .and_then(|fact| fact.aware)
            .is_some_and(|aware| filter.aware.contains(&aware))
}

fn group_fits(filter: &DrugFilter, fact: Option<&crate::facts::DrugFact>) -> bool {
    filter.groups.is_empty()
        || fact
            .and_then(|fact| fact.group)
            .is_some_and(|group| filter.groups.contains(&group))
}

fn asks_diagnosis(filter: &Filter) -> bool {
    !filter.diagnosis_within.is_empty() || !filter.diagnosis_groups.is_empty()
}

fn any_begins<'c>(
    codes: impl IntoIterator<Item = &'c DiagnosisCode>,
    diagnosis: &DiagnosisEntry<'_>,
) -> bool {
    codes
        .into_iter()
        .any(|known| known.system == diagnosis.system && diagnosis.code.starts_with(&known.code))
}

/// No one is older; a row without an upper age ends here.
const OLDEST: i32 = 200;

/// The mean weight over the years of a list row, in thousandths; `None` where the definition cannot tell.
fn row_weight(term: &Term, band: &ListBand) -> Option<i64> {
    if term.filter.sex.is_some_and(|sex| band.sex != Some(sex)) {
        return None;
    }
    let years = band.age.from..=band.age.to.unwrap_or(OLDEST);
    let (mut twice, mut count, mut first) = (0, 0, None);
    for year in years {
        let inside = term.filter.lets_age(Some(year));
        let weight = if inside {
            twice_the_weight(term, band.sex, year)?
        } else {
            0
        };
        if band.age.to.is_none() && *first.get_or_insert(weight) != weight {
            return None;
        }
        twice += weight;
        count += 1;
    }
    (count > 0).then(|| (twice + count).div_euclid(2 * count))
}

/// Twice the weight of the first band that fits, so that the mean of the sexes is whole.
fn twice_the_weight(term: &Term, sex: Option<Sex>, year: i32) -> Option<i64> {
    if term.list_weights.is_empty() {
        return Some(2000);
    }
    let of = |sex: Sex| {
        let fits = |it: &&ListWeight| it.age.contains(year) && it.sex.is_none_or(|its| its == sex);
        term.list_weights.iter().find(fits).map(|it| it.milli)
    };
    match sex {
        Some(sex) => of(sex).map(|weight| 2 * weight),
        None => Some(of(Sex::Female)? + of(Sex::Male)?),
    }
}
