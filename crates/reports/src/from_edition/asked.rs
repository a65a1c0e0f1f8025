//! Which indicators a follow-up tells of, and what a group may talk about after it.

use riktig_lake::edition::{IndicatorId, Prescriber, Unavailable, Value, Window};

use super::Reports;
use super::course::Course;
use super::vocabulary::theme;
use crate::headline::{are_twins, questions};
use crate::model::{Answer, Followed, Question};

impl Reports<'_> {
    /// Whether a definition is written in another code system than the edition's sources: nobody here has a value of it.
    pub(super) fn is_of_another_source(&self, name: &str) -> bool {
        let other = Value::Unavailable(Unavailable::OtherCodeSystem);
        let has = |id| {
            let mut prescribers = self.edition.prescribers().iter();
            prescribers.any(|it| self.edition.value(it.id, id, Window::Current) == other)
        };
        let mut of = self.definitions.iter();
        of.any(|(id, it)| it.id == name && has(*id))
    }

    /// Whether an indicator is a twin of an earlier one and counts the same in every month of every course doctor.
    pub(super) fn repeats(
        &self,
        course: &Course<'_>,
        followed: &Followed,
        earlier: &[Followed],
    ) -> bool {
        let id = |name: &str| {
            let mut of = self.definitions.iter();
            of.find(|(_, it)| it.id == name).map(|(id, _)| *id)
        };
        let same = |one: IndicatorId, other: IndicatorId| {
            let months = |doctor: &&Prescriber, id| self.edition.months(doctor.id, id);
            let mut doctors = course.doctors.iter();
            doctors.all(|doctor| months(doctor, one) == months(doctor, other))
        };
        earlier
            .iter()
            .filter(|it| are_twins(&it.id, &followed.id))
            .any(|it| matches!((id(&it.id), id(&followed.id)), (Some(one), Some(other)) if same(one, other)))
    }

    /// The questions of the leader's sheet: first what the answers say most clearly.
    pub(super) fn talk(&self, indicators: &[Followed]) -> Vec<Question> {
        let mut told: Vec<(f64, &str)> = indicators
            .iter()
            .filter_map(|it| match &it.answer {
                Answer::Told(change) => Some((change.p_value, it.id.as_str())),
                _ => None,
            })
            .collect();
        told.sort_by(|one, other| one.0.total_cmp(&other.0));
        questions(told.into_iter().filter_map(|(_, id)| {
            let (_, definition) = self.definitions.iter().find(|(_, it)| it.id == id)?;
            Some((theme(definition), id))
        }))
    }
}
