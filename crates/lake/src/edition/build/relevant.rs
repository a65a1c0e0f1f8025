//! Whose value stands beside whose (decision 0003): peers do the same kind of work, and their values mean the same.

use riktig_indicators::{Definition, Plan, PlannedIndicator, Population, Scope as Work};

use crate::edition::Prescriber;
use crate::kernel::Activity;

/// Roles in which nobody has a list or meets general practice's patients.
const OTHER_WORK: [&str; 3] = ["nursing_home", "hospital", "dentist"];

/// Whether a prescriber did any of the work that the indicator is about.
///
/// What a doctor did goes before what the register calls them. Unknown settings do not count as list practice, but somebody
/// with nothing else is not told to have worked elsewhere, unless the register knows nothing but other work of them.
pub(super) fn works_in(work: Work, activity: &Activity, roles: &[String]) -> bool {
    let [unknown, list, out_of_hours, nursing_home] = activity.contacts;
    match work {
        Work::Any => true,
        Work::OutOfHours => out_of_hours > 0,
        Work::Gp => {
            activity.list_rows > 0
                || list > 0
                || (!only_other_work(roles) && (unknown > 0 || out_of_hours + nursing_home == 0))
        }
    }
}

fn only_other_work(roles: &[String]) -> bool {
    !roles.is_empty() && roles.iter().all(|role| OTHER_WORK.contains(&role.as_str()))
}

/// Whether a prescriber's value may be one of those that others are compared with.
///
/// Two are not. Dentists, hospital and nursing-home doctors have values where an indicator is about all work, but theirs is
/// not general practice's. And a dual-role doctor's unlinked items are left out of a rate over list patients or contacts
/// (decision 0001), so that the rate is too low by an unknown amount; a share loses them above and below the line alike.
pub(super) fn is_peer(
    prescriber: &Prescriber,
    definition: &Definition,
    planned: &PlannedIndicator,
    plan: &Plan,
) -> bool {
    let same_work = definition.population != Population::Prescriber
        || definition.scope != Work::Any
        || prescriber.list_months > 0
        || !only_other_work(&prescriber.roles);
    same_work && !(prescriber.dual_role && is_lowered_by_duty_work(planned, plan))
}

fn is_lowered_by_duty_work(planned: &PlannedIndicator, plan: &Plan) -> bool {
    let left_out = |term: usize| plan.terms()[term].filter.without_dual_role_unknown;
    left_out(planned.numerator) && !left_out(planned.denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_dentist_without_list_patients_does_not_work_in_general_practice() {
        let nothing_linked = Activity::default();
        assert!(!works_in(Work::Gp, &nothing_linked, &roles(&["dentist"])));
        assert!(works_in(Work::Any, &nothing_linked, &roles(&["dentist"])));
    }

    #[test]
    fn what_a_doctor_did_goes_before_what_the_register_says() {
        let met_list_patients = Activity {
            contacts: [0, 12, 0, 0],
            ..Activity::default()
        };
        assert!(works_in(
            Work::Gp,
            &met_list_patients,
            &roles(&["nursing_home"])
        ));
    }

    #[test]
    fn somebody_the_register_does_not_know_is_not_told_to_have_worked_elsewhere() {
        assert!(works_in(Work::Gp, &Activity::default(), &[]));
        assert!(works_in(
            Work::Gp,
            &Activity::default(),
            &roles(&["dentist", "locum"])
        ));
    }
}
