use crate::definition::{Definition, DrugFilter, Filter, Measure, Prefix, Waiting};

/// What a doctor decides differently when an indicator gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decision {
    /// Whether to prescribe: events per patient or contact.
    Whether,
    /// Which drug: a share of what is prescribed.
    Which,
    /// For how long.
    HowLong,
}

fn decision(definition: &Definition) -> Decision {
    let whether = matches!(
        definition.denominator.count,
        Measure::ListPatients | Measure::Contacts | Measure::Inhabitants
    );
    if whether {
        Decision::Whether
    } else if definition.numerator.filter.course.is_some() {
        Decision::HowLong
    } else {
        Decision::Which
    }
}

/// Whether one decision would count in both indicators, so that their effort must not be added up: both ask for the same
/// kind of decision (whether, which drug, how long), and the events that the one is about are among those of the other.
///
/// Fewer antibiotics for bronchitis are fewer antibiotics: these overlap. Another drug instead is not one fewer, so a
/// share of drugs does not overlap with a rate, whatever they are about.
///
/// ```
/// use riktig_indicators::shipped;
/// use riktig_indicators::verdict::overlap;
/// let of = |id: &str| shipped().into_iter().find(|it| it.id == id).unwrap();
/// assert!(overlap(&of("RAK-PENV"), &of("RAK-RDR"))); // the same choice of an airway antibiotic
/// assert!(overlap(&of("RAK-VOL"), &of("P-BRONCH"))); // bronchitis is part of the whole
/// assert!(!overlap(&of("RAK-VOL"), &of("RAK-PENV"))); // one fewer, and another one
/// ```
#[must_use]
pub fn overlap(one: &Definition, other: &Definition) -> bool {
    if decision(one) != decision(other) {
        return false;
    }
    let (one, other) = (rows(one), rows(other));
    is_within(one, other) || is_within(other, one)
}

/// What the decision is about: of whether, what was prescribed; else, what could have been another.
fn rows(definition: &Definition) -> &Filter {
    match decision(definition) {
        Decision::Whether => &definition.numerator.filter,
        Decision::Which | Decision::HowLong => &definition.denominator.filter,
    }
}

/// Whether all that the inner filter lets through passes the outer one, as far as the filters' own words show it. Links and
/// course lengths are not looked at: a linked dispensing is one of all dispensings.
fn is_within(inner: &Filter, outer: &Filter) -> bool {
    let diagnoses = !asks_diagnosis(outer)
        || (asks_diagnosis(inner)
            && all_in(&inner.diagnosis_groups, &outer.diagnosis_groups)
            && inner
                .diagnosis_within
                .iter()
                .all(|code| outer.diagnosis_within.contains(code)));
    let ages = match (inner.age, outer.age) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => outer.encloses(inner),
    };
    is_drug_within(&inner.drug, &outer.drug)
        && diagnoses
        && (outer.waiting == Waiting::Any || outer.waiting == inner.waiting)
        && narrower(&inner.settings, &outer.settings)
        && ages
        && (outer.sex.is_none() || inner.sex == outer.sex)
}

fn is_drug_within(inner: &DrugFilter, outer: &DrugFilter) -> bool {
    let begins = |code: &Prefix, with: &Prefix| {
        code.system == with.system && code.code.starts_with(&with.code)
    };
    let inside = |code: &Prefix| outer.within.iter().any(|with| begins(code, with));
    let within =
        outer.within.is_empty() || (!inner.within.is_empty() && inner.within.iter().all(inside));
    within
        && narrower(&inner.aware, &outer.aware)
        && narrower(&inner.groups, &outer.groups)
        && narrower(&inner.routes, &outer.routes)
}

fn asks_diagnosis(filter: &Filter) -> bool {
    !filter.diagnosis_within.is_empty() || !filter.diagnosis_groups.is_empty()
}

/// Of lists where an empty one means "any".
fn narrower<T: PartialEq>(inner: &[T], outer: &[T]) -> bool {
    outer.is_empty() || (!inner.is_empty() && all_in(inner, outer))
}

fn all_in<T: PartialEq>(inner: &[T], outer: &[T]) -> bool {
    inner.iter().all(|it| outer.contains(it))
}
