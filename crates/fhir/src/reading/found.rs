//! What a doctor has found or asked.

use riktig_codes::Day;
use riktig_guideline::{
    Finding, FindingId, FindingKind, FindingValue, Findings, Implausible, PatientContext, Unread,
};

use super::measure::{Came, Made};
use crate::resource::{Observation, newest};

/// The newest answer to a finding. Answers that differ, of which nobody can tell which was the last, are none.
pub(super) fn read(recent: &[Made<'_>], finding: &Finding, patient: &mut PatientContext) {
    let about: Vec<Made<'_>> = recent
        .iter()
        .filter(|(_, it)| states(*it, finding))
        .copied()
        .collect();
    let answers: Vec<Came<FindingValue>> = newest(&about)
        .into_iter()
        .map(|(_, it)| value(it, finding))
        .collect();
    let Some(first) = answers.first() else { return };
    match first {
        Came::Read(value) if answers.iter().all(|it| it == first) => {
            patient.findings.insert(finding.id.clone(), *value);
        }
        _ if answers.contains(&Came::Doubted) => {
            patient
                .implausible
                .push(Implausible::Finding(finding.id.clone()));
        }
        _ => patient.unread.push(Unread::Finding(finding.id.clone())),
    }
}

/// The day of the newest answer.
pub(super) fn last_answered(
    recent: &[Made<'_>],
    id: &FindingId,
    findings: &Findings,
) -> Option<Day> {
    let finding = findings.get(id.as_str())?;
    let about = recent.iter().filter(|(_, it)| states(*it, finding));
    about.map(|(moment, _)| moment.day).max()
}

/// Whether an observation is about a finding.
pub(super) fn states(it: Observation<'_>, finding: &Finding) -> bool {
    it.code().codings().any(|it| {
        let own = it.own_finding() == Some(finding.id.as_str());
        let laboratory = it
            .laboratory()
            .is_some_and(|code| finding.laboratory.iter().any(|its| its == code));
        own || laboratory || it.snomed().is_some_and(|id| finding.snomed.contains(&id))
    })
}

fn value(it: Observation<'_>, finding: &Finding) -> Came<FindingValue> {
    let FindingKind::Number { unit } = &finding.kind else {
        let answer = it.answer().map(FindingValue::Present);
        return answer.map_or(Came::Unread, Came::Read);
    };
    let its = it.quantity().filter(|(_, its)| is_unit(its, unit));
    // Points and days are counted: they need no unit.
    let counted = || {
        it.bare_number()
            .filter(|_| ["points", "days"].contains(&unit.as_str()))
    };
    match its.map(|(number, _)| number).or_else(counted) {
        Some(number) if finding.kind.believed().contains(&number) => {
            Came::Read(FindingValue::Number(number))
        }
        Some(_) => Came::Doubted,
        None => Came::Unread,
    }
}

/// A unit of ours in the ways in which clients write it.
fn is_unit(its: &str, unit: &str) -> bool {
    let its = its.to_lowercase();
    its == unit
        || match unit {
            "points" => [
                "{score}", "{points}", "{poeng}", "point", "poeng", "score", "1",
            ]
            .contains(&its.as_str()),
            "days" => ["d", "day", "dag", "dager", "dagar", "døgn"].contains(&its.as_str()),
            "per_minute" => [
                "/min",
                "1/min",
                "{breaths}/min",
                "{beats}/min",
                "per minute",
            ]
            .contains(&its.as_str()),
            _ => false,
        }
}
