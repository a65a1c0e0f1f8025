//! A group of doctors: its published figures, and its members as anonymous dots.

use riktig_indicators::verdict::Dots as Binned;
use riktig_indicators::{Definition, Population};
use riktig_lake::edition::{
    self, IndicatorId, PrescriberId, Rule, ScopeId, ScopeKind, Value, Window,
};

use super::{Parts, Reports};
use crate::model::{Dots, Figure, GroupKind, GroupNumber, Missing, NoDots};

/// Which doctors are asked about.
#[derive(Debug, Clone, Copy, Default)]
pub struct GroupQuestion<'a> {
    /// HPR numbers of those who are drawn; `None`: nobody is.
    pub members: Option<&'a [String]>,
    /// The HPR number of the doctor who looks.
    pub looks: Option<&'a str>,
    /// The group's kind and its code in the edition, where it has one.
    pub scope: Option<(ScopeKind, &'a str)>,
}

impl Reports<'_> {
    /// The edition's group of this kind and code; a practice of fewer than five doctors is none.
    #[must_use]
    pub fn group_scope(&self, kind: ScopeKind, code: &str) -> Option<ScopeId> {
        let mut scopes = self.edition.scopes().iter();
        let found = scopes.find(|scope| scope.kind == kind && scope.area.code == code);
        found.map(|scope| scope.id)
    }

    /// Every number of a group, in the order of the definitions. Figures are the published ones; dots are binned, and nobody
    /// stands alone at either end ([`Binned`]).
    #[must_use]
    pub fn of_group(&self, question: &GroupQuestion<'_>) -> Vec<GroupNumber> {
        let scope = question
            .scope
            .and_then(|(kind, code)| self.group_scope(kind, code));
        let of = |hpr: &String| self.edition.prescriber(hpr).map(|it| it.id);
        let members: Option<Vec<PrescriberId>> = question
            .members
            .map(|members| members.iter().filter_map(of).collect());
        let looks = question.looks.and_then(|hpr| self.edition.prescriber(hpr));
        // What is counted of inhabitants is no group's.
        let of_doctors =
            |it: &&(IndicatorId, Definition)| it.1.population != Population::Municipality;
        let numbers = self.definitions.iter().filter(of_doctors);
        numbers
            .map(|(id, definition)| {
                self.group_number(*id, definition, (scope, members.as_deref(), looks))
            })
            .collect()
    }

    fn group_number(
        &self,
        id: IndicatorId,
        definition: &Definition,
        (scope, members, looks): (
            Option<ScopeId>,
            Option<&[PrescriberId]>,
            Option<&edition::Prescriber>,
        ),
    ) -> GroupNumber {
        let record = &self.edition.meta().definitions[id.0 as usize];
        let part = Parts::of(record, definition);
        let mut indicator = self.frame(id, definition, definition.direction);
        indicator.own = looks.map_or(
            Figure::Missing {
                reason: Missing::NoGroup,
            },
            |looks| part.own(self.edition.value(looks.id, id, Window::Current)),
        );
        let binned = self.binned(id, members);
        let own_bin = binned.as_ref().ok().and_then(|binned| {
            let own = looks.map(|it| it.id);
            let own = own.filter(|own| members.is_some_and(|all| all.contains(own)))?;
            Some(bin_of(binned, self.compared(own, id)?))
        });
        GroupNumber {
            figure: scope.map(|scope| self.comparator_of(Some(scope), id, definition, part)),
            dots: binned.map(|binned| Dots {
                of: GroupKind::CourseGroup,
                from: binned.from * part.scale.0,
                width: binned.width * part.scale.0,
                counts: binned.doctors,
            }),
            own_bin,
            indicator,
        }
    }

    /// The members who may be held against others, in bins.
    fn binned(&self, id: IndicatorId, members: Option<&[PrescriberId]>) -> Result<Binned, NoDots> {
        let members = members.ok_or(NoDots::NotAsked)?;
        let values = members.iter().filter_map(|it| self.compared(*it, id));
        let binned = Binned::of(values.collect()).ok_or(NoDots::Few)?;
        if binned.doctors.len() < 2 {
            return Err(NoDots::OnePlace);
        }
        Ok(binned)
    }

    /// A doctor's ratio, where it may be held against others: enough to count, and counted over the whole period.
    fn compared(&self, doctor: PrescriberId, id: IndicatorId) -> Option<f64> {
        let verdict = self.edition.verdict(doctor, id);
        if verdict.is_some_and(|row| row.rule == Rule::NotComparable) {
            return None;
        }
        let record = &self.edition.meta().definitions[id.0 as usize];
        let least = record.compared_from[Window::Current as usize];
        match self.edition.value(doctor, id, Window::Current) {
            Value::Measured {
                numerator,
                denominator,
            } if denominator > 0 && denominator >= least => {
                let whole = |sum: i64, divisor: i64| sum as f64 / divisor as f64;
                Some(
                    whole(numerator, record.numerator_divisor)
                        / whole(denominator, record.denominator_divisor),
                )
            }
            _ => None,
        }
    }
}

/// The bin of a value; who is further out lies in the last.
fn bin_of(binned: &Binned, value: f64) -> usize {
    let last = binned.doctors.len().saturating_sub(1);
    let place = ((value - binned.from) / binned.width + 1e-9).floor();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the bins"
    )]
    let bin = place.clamp(0.0, last as f64) as usize;
    bin
}
