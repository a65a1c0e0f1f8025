//! Does one row pass one filter? Asked of the definition itself, row by row; nothing here knows of masks.

use super::{Contact, Dispensing};
use crate::definition::{Course, Filter, Linked, Prefix, QuantityKind, Waiting};
use crate::facts::{CodeFacts, DiagnosisCode, DrugFact};
use crate::vocabulary::Setting;
use riktig_codes::Sex;

/// A dispensing as a drug: code, group, route, length. Whom it was for is asked elsewhere.
pub(super) fn drug_passes(filter: &Filter, dispensing: &Dispensing, facts: &CodeFacts) -> bool {
    let wanted = &filter.drug;
    if !wanted.within.is_empty() && !has_one_of(dispensing, &wanted.within) {
        return false;
    }
    if has_one_of(dispensing, &wanted.without) {
        return false;
    }
    if !wanted.routes.is_empty()
        && !dispensing
            .route
            .is_some_and(|route| wanted.routes.contains(&route))
    {
        return false;
    }
    let fact = fact_of(dispensing, facts);
    if !wanted.aware.is_empty() {
        match fact.as_ref().and_then(|fact| fact.aware) {
            Some(aware) if wanted.aware.contains(&aware) => {}
            _ => return false,
        }
    }
    if !wanted.groups.is_empty() {
        match fact.as_ref().and_then(|fact| fact.group) {
            Some(group) if wanted.groups.contains(&group) => {}
            _ => return false,
        }
    }
    if !waiting_passes(filter, dispensing) {
        return false;
    }
    match &filter.course {
        None => true,
        Some(course) => course_passes(course, dispensing, fact.as_ref()),
    }
}

/// The coded choice to wait, and the days until it was fetched.
fn waiting_passes(filter: &Filter, dispensing: &Dispensing) -> bool {
    let right_choice = match (filter.waiting, dispensing.waiting) {
        (Waiting::Any, _) => true,
        (_, None) => false,
        (Waiting::Known, Some(_)) => true,
        (Waiting::Yes, Some(waiting)) => waiting,
        (Waiting::No, Some(waiting)) => !waiting,
    };
    let late_enough = match (filter.fetched_after_days, dispensing.prescribed) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(least), Some(prescribed)) => dispensing.day - prescribed >= least,
    };
    right_choice && late_enough
}

fn fact_of(dispensing: &Dispensing, facts: &CodeFacts) -> Option<DrugFact> {
    facts.drug(dispensing.atc?, dispensing.route)
}

fn has_one_of(dispensing: &Dispensing, prefixes: &[Prefix]) -> bool {
    for prefix in prefixes {
        let code = if prefix.system == "atc" {
            dispensing.atc.map(|atc| atc.as_str().to_owned())
        } else {
            match &dispensing.foreign {
                Some((system, code)) if *system == prefix.system => Some(code.clone()),
                _ => None,
            }
        };
        if code.is_some_and(|code| code.starts_with(&prefix.code)) {
            return true;
        }
    }
    false
}

fn course_passes(course: &Course, dispensing: &Dispensing, fact: Option<&DrugFact>) -> bool {
    let per_day = fact.and_then(|fact| fact.guideline_ddd_per_day_milli);
    match course {
        Course::Known => per_day.is_some() && dispensing.ddd_milli.is_some(),
        Course::AtMostDays {
            days,
            pack_slack_percent,
        } => match (per_day, dispensing.ddd_milli) {
            (Some(per_day), Some(ddd)) => {
                // 100 × DDD at most days × DDD a day × (100 + slack), without dividing.
                ddd * 100 <= per_day * i64::from(*days) * (100 + i64::from(*pack_slack_percent))
            }
            _ => false,
        },
        Course::AtMost { by, limits } => {
            let held = (quantity(*by, dispensing), limit_of(limits, dispensing));
            matches!(held, (Some(quantity), Some(limit)) if quantity <= limit)
        }
        Course::MoreThan { by, limits } => {
            let held = (quantity(*by, dispensing), limit_of(limits, dispensing));
            matches!(held, (Some(quantity), Some(limit)) if quantity > limit)
        }
    }
}

fn quantity(by: QuantityKind, dispensing: &Dispensing) -> Option<i64> {
    match by {
        QuantityKind::Ddd => dispensing.ddd_milli,
        QuantityKind::Units => dispensing.units_milli,
    }
}

/// The limit of the longest code that the drug's begins with.
fn limit_of(limits: &[(String, i64)], dispensing: &Dispensing) -> Option<i64> {
    let mut limit = None;
    let mut longest = 0;
    for (prefix, milli) in limits {
        let begins = dispensing
            .atc
            .is_some_and(|atc| atc.as_str().starts_with(prefix));
        if begins && prefix.len() >= longest {
            longest = prefix.len();
            limit = Some(*milli);
        }
    }
    limit
}

/// Sex and age.
pub(super) fn person_passes(filter: &Filter, age: Option<u8>, sex: Sex) -> bool {
    if filter.sex.is_some_and(|wanted| wanted != sex) {
        return false;
    }
    let Some(age) = age else {
        return filter.age.is_none() && filter.not_age.is_none();
    };
    let age = i32::from(age);
    if filter.not_age.is_some_and(|span| span.contains(age)) {
        return false;
    }
    match filter.age {
        None => true,
        Some(span) => span.contains(age),
    }
}

/// The diagnoses of a row, none to three.
pub(super) fn diagnoses_pass(
    filter: &Filter,
    diagnoses: &[DiagnosisCode],
    facts: &CodeFacts,
) -> bool {
    for diagnosis in diagnoses {
        if filter
            .diagnosis_without
            .iter()
            .any(|without| begins(diagnosis, without))
        {
            return false;
        }
    }
    if filter.diagnosis_within.is_empty() && filter.diagnosis_groups.is_empty() {
        return true;
    }
    for diagnosis in diagnoses {
        if filter
            .diagnosis_within
            .iter()
            .any(|within| begins(diagnosis, within))
        {
            return true;
        }
        for group in &filter.diagnosis_groups {
            let members = facts.diagnosis_groups.get(group);
            if members.is_some_and(|members| members.iter().any(|member| begins(diagnosis, member)))
            {
                return true;
            }
        }
    }
    false
}

fn begins(diagnosis: &DiagnosisCode, prefix: &DiagnosisCode) -> bool {
    diagnosis.system == prefix.system && diagnosis.code.starts_with(&prefix.code)
}

pub(super) fn setting_passes(filter: &Filter, setting: Setting) -> bool {
    filter.settings.is_empty() || filter.settings.contains(&setting)
}

pub(super) fn link_passes(
    filter: &Filter,
    has_diagnosis_source: bool,
    on_prescription: bool,
) -> bool {
    match filter.linked {
        Linked::Any => true,
        Linked::Yes => has_diagnosis_source,
        Linked::No => !has_diagnosis_source,
        Linked::Prescription => on_prescription,
        Linked::Contact => has_diagnosis_source && !on_prescription,
    }
}

/// A contact, for all but the drugs it led to.
pub(super) fn contact_passes(filter: &Filter, contact: &Contact, facts: &CodeFacts) -> bool {
    person_passes(filter, contact.age, contact.sex)
        && diagnoses_pass(filter, &contact.diagnoses, facts)
        && setting_passes(filter, contact.setting)
        && (filter.forms.is_empty() || filter.forms.contains(&contact.form))
}
