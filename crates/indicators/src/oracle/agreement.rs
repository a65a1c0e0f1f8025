use super::{Dispensing, World, linked_contact};
use crate::agreement::Agreement;
use crate::facts::{CodeFacts, DiagnosisCode, INFECTION_GROUP};
use crate::linkage::LinkRule;

/// What the linked contact says of the diagnosis on the prescription; `None` where the prescription has none or no contact
/// was found.
///
/// Decision 0018, spelled out over every group and code, with its own reading of what the narrowest group is.
#[must_use]
pub fn agreement(world: &World, dispensing: &Dispensing, facts: &CodeFacts) -> Option<Agreement> {
    let own = dispensing.diagnosis.as_ref()?;
    let contact = linked_contact(world, dispensing, LinkRule::WINDOW_DAYS)?;
    let mut unclear = contact.diagnoses.is_empty();
    for diagnosis in &contact.diagnoses {
        if is_process(own) || is_process(diagnosis) {
            unclear = true;
        } else if is_same(own, diagnosis, facts) {
            return Some(Agreement::Same);
        } else if own.system != diagnosis.system
            && (is_in_no_group(own, facts) || is_in_no_group(diagnosis, facts))
        {
            unclear = true;
        }
    }
    Some(if unclear {
        Agreement::CannotTell
    } else {
        Agreement::Other
    })
}

/// Rubrics 30 to 69.
fn is_process(code: &DiagnosisCode) -> bool {
    let number = code.code.get(1..3).and_then(|digits| digits.parse().ok());
    code.system == "ICPC-2" && number.is_some_and(|number: u8| (30..70).contains(&number))
}

fn is_same(left: &DiagnosisCode, right: &DiagnosisCode, facts: &CodeFacts) -> bool {
    if left.system == right.system && left.code.get(..3) == right.code.get(..3) {
        return true;
    }
    facts
        .diagnosis_groups
        .keys()
        .any(|group| is_narrowest(group, left, facts) && is_narrowest(group, right, facts))
}

fn is_in_no_group(code: &DiagnosisCode, facts: &CodeFacts) -> bool {
    !facts
        .diagnosis_groups
        .keys()
        .any(|group| group != INFECTION_GROUP && facts.is_in_group(group, code))
}

/// Whether the group holds the code, and every other group that holds it holds all that this one does.
fn is_narrowest(group: &str, code: &DiagnosisCode, facts: &CodeFacts) -> bool {
    if group == INFECTION_GROUP || !facts.is_in_group(group, code) {
        return false;
    }
    for other in facts.diagnosis_groups.keys() {
        if other == INFECTION_GROUP || !facts.is_in_group(other, code) {
            continue;
        }
        let narrower = holds_all_of(group, other, &code.system, facts)
            && !holds_all_of(other, group, &code.system, facts);
        if narrower {
            return false;
        }
    }
    true
}

/// Whether `outer` holds every code of `inner` in the system.
fn holds_all_of(outer: &str, inner: &str, system: &str, facts: &CodeFacts) -> bool {
    for code in &facts.diagnosis_groups[inner] {
        if code.system == system && !facts.is_in_group(outer, code) {
            return false;
        }
    }
    true
}
