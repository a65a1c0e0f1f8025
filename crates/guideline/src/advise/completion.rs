//! Whether something holds whatever the missing facts turn out to be.

use riktig_codes::Sex;

use crate::context::{AgeInMonths, Kilograms, PatientContext, Pregnancy};
use crate::criterion::{Criteria, Fact, Missing};
use crate::finding::FindingValue;
use crate::truth::Truth;

/// Whether at least one of the criteria holds for everybody the patient may be.
///
/// Kleene's logic cannot tell that "in a nursing home" and "not in a nursing home" leave nobody out, so each missing fact is
/// tried with every value between which the criteria distinguish.
pub(super) fn one_always_holds(criteria: &[&Criteria], patient: &PatientContext) -> bool {
    // Only what criteria ask for: the lists would be copied with every value that is tried.
    let asked_for = PatientContext {
        age: patient.age,
        weight: patient.weight,
        sex: patient.sex,
        pregnancy: patient.pregnancy,
        breast_feeding: patient.breast_feeding,
        nursing_home: patient.nursing_home,
        findings: patient.findings.clone(),
        // They may leave open whether a registered man is pregnant.
        diagnoses: patient.all_diagnoses().collect(),
        unread: patient.unread.clone(),
        ..PatientContext::unknown(patient.on)
    };
    holds_for_everybody(criteria, &asked_for)
}

fn holds_for_everybody(criteria: &[&Criteria], patient: &PatientContext) -> bool {
    let truths = || criteria.iter().map(|it| it.holds(patient));
    if truths().any(|truth| truth == Truth::Yes) {
        return true;
    }
    let open = criteria
        .iter()
        .filter(|it| it.holds(patient) == Truth::Unknown);
    let Some(missing) = open.flat_map(|it| it.missing(patient)).next() else {
        return false;
    };
    let everybody = with_every_value(&missing, criteria, patient);
    !everybody.is_empty() && everybody.iter().all(|it| holds_for_everybody(criteria, it))
}

/// The patient with each value of one missing fact that the criteria tell apart.
fn with_every_value(
    missing: &Missing,
    criteria: &[&Criteria],
    patient: &PatientContext,
) -> Vec<PatientContext> {
    let facts = || criteria.iter().flat_map(|it| it.facts());
    let with = |change: &dyn Fn(&mut PatientContext)| {
        let mut other = patient.clone();
        change(&mut other);
        other
    };
    match missing {
        Missing::Age => ages(facts())
            .into_iter()
            .map(|months| with(&|it| it.age = Some(AgeInMonths(months))))
            .collect(),
        Missing::Weight => limits(facts(), |fact| match fact {
            Fact::Weight(_, limit) => Some(*limit),
            _ => None,
        })
        .filter_map(Kilograms::new)
        .map(|weight| with(&|it| it.weight = Some(weight)))
        .collect(),
        Missing::Sex => [Sex::Male, Sex::Female]
            .map(|sex| with(&|it| it.sex = sex))
            .into(),
        Missing::Pregnancy => [Pregnancy::No, Pregnancy::Yes { week: None }]
            .map(|pregnancy| with(&|it| it.pregnancy = pregnancy))
            .into(),
        Missing::PregnancyWeek => (0..=45)
            .map(|week| with(&|it| it.pregnancy = Pregnancy::Yes { week: Some(week) }))
            .collect(),
        Missing::BreastFeeding => [true, false]
            .map(|is| with(&|it| it.breast_feeding = Some(is)))
            .into(),
        Missing::NursingHome => [true, false]
            .map(|is| with(&|it| it.nursing_home = Some(is)))
            .into(),
        Missing::Finding(id) => {
            let numbers = limits(facts(), |fact| match fact {
                Fact::Measured(its, _, limit) if its == id => Some(*limit),
                _ => None,
            });
            let mut values: Vec<FindingValue> = numbers.map(FindingValue::Number).collect();
            if values.is_empty() {
                values = vec![FindingValue::Present(true), FindingValue::Present(false)];
            }
            values
                .into_iter()
                .map(|value| with(&|it| _ = it.findings.insert(id.clone(), value)))
                .collect()
        }
        // No criterion asks for these.
        Missing::Allergies
        | Missing::Reaction
        | Missing::KidneyFunction
        | Missing::Drugs
        | Missing::Interaction(_)
        | Missing::Cultures
        | Missing::OrderDose
        | Missing::Length
        | Missing::Route
        | Missing::Implausible(_)
        | Missing::Unread(_)
        | Missing::OrderPart(_)
        | Missing::FirstDay
        | Missing::Diagnosis => Vec::new(),
    }
}

/// Below, at and above each limit.
fn limits<'c>(
    facts: impl Iterator<Item = &'c Fact>,
    limit: impl Fn(&Fact) -> Option<f64>,
) -> impl Iterator<Item = f64> {
    let limits: Vec<f64> = facts.filter_map(limit).collect();
    limits
        .into_iter()
        .flat_map(|limit| [limit.next_down(), limit, limit.next_up()])
}

/// Ages on both sides of each limit, and on both sides of those between which pregnancy is asked about.
fn ages<'c>(facts: impl Iterator<Item = &'c Fact>) -> Vec<u16> {
    let asked = facts.filter_map(|fact| match fact {
        Fact::Age(_, limit) => Some(*limit),
        _ => None,
    });
    let mut ages: Vec<u16> = asked
        .chain([10 * 12, 61 * 12])
        .flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)])
        .collect();
    ages.sort_unstable();
    ages.dedup();
    ages
}
