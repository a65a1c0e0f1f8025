//! Groups of an edition as the model's comparators, and who stands in for a group that is too small.

use riktig_indicators::{Definition, Population};
use riktig_lake::edition::{
    self, Fifth, IndicatorId, Peers, ScopeFigures, ScopeId, ScopeKind, ScopeValue,
};

use super::vocabulary::{missing, suppressed};
use super::{Parts, Reports, area_name};
use crate::model::{Comparator, Dots, Figure, GroupKind, Indicator, Missing, Suppressed};

impl Reports<'_> {
    /// The scope's figures, or the figure that says why there are none; there may be no such scope.
    pub(super) fn figures_of(
        &self,
        scope: Option<ScopeId>,
        id: IndicatorId,
    ) -> Result<&ScopeFigures, Figure> {
        let scope = scope.ok_or(Figure::Missing {
            reason: Missing::NoGroup,
        })?;
        match self.edition.published(scope, id) {
            ScopeValue::Measured(figures) => Ok(figures),
            ScopeValue::Suppressed(reason) => Err(Figure::Suppressed {
                reason: suppressed(*reason),
            }),
            ScopeValue::Unavailable(reason) => Err(Figure::Missing {
                reason: missing(*reason),
            }),
        }
    }

    /// A group that not everybody has: `None` without one, so that no row is made of it.
    pub(super) fn optional(
        &self,
        prescriber: &edition::Prescriber,
        id: IndicatorId,
        kind: ScopeKind,
        definition: &Definition,
        part: Parts,
    ) -> Option<Comparator> {
        if definition.population == Population::Municipality {
            return None;
        }
        if self.edition.scope_of(prescriber.id, kind).is_some() {
            return Some(self.comparator(prescriber, id, kind, definition, part));
        }
        // A practice with fewer than five doctors is no scope at all.
        let small = kind == ScopeKind::Practice && prescriber.practice.is_some();
        small.then(|| Comparator {
            figure: Figure::Suppressed {
                reason: Suppressed::FewerThanFivePrescribers,
            },
            ..Comparator::unknown()
        })
    }

    pub(super) fn comparator(
        &self,
        prescriber: &edition::Prescriber,
        id: IndicatorId,
        kind: ScopeKind,
        definition: &Definition,
        part: Parts,
    ) -> Comparator {
        let scope = self.edition.scope_of(prescriber.id, kind);
        self.comparator_of(scope, id, definition, part)
    }

    /// A scope of the edition's own; there may be none.
    pub(super) fn comparator_of(
        &self,
        scope: Option<ScopeId>,
        id: IndicatorId,
        definition: &Definition,
        part: Parts,
    ) -> Comparator {
        if definition.population == Population::Municipality {
            let value = scope.map(|scope| self.edition.published_population(scope, id));
            let figure = value.map_or(
                Figure::Missing {
                    reason: Missing::NoGroup,
                },
                |value| part.population(value),
            );
            return Comparator {
                name: self.name(scope),
                prescribers: 0,
                figure,
                ..Comparator::unknown()
            };
        }
        match self.figures_of(scope, id) {
            Ok(figures) => {
                let counts = part.counts(figures.numerator, figures.denominator);
                let figure = if counts.denominator > 0.0 {
                    part.group(counts.numerator / counts.denominator)
                } else {
                    Figure::Missing {
                        reason: Missing::NothingToCount,
                    }
                };
                Comparator {
                    name: self.name(scope),
                    prescribers: figures.prescribers,
                    figure,
                    ..Comparator::unknown()
                }
            }
            Err(figure) => Comparator {
                name: self.name(scope),
                figure,
                ..Comparator::unknown()
            },
        }
    }

    /// The area's delivered name; a bare code says nothing to a reader.
    fn name(&self, scope: Option<ScopeId>) -> String {
        let Some(scope) = scope.map(|scope| &self.edition.scopes()[scope.0 as usize]) else {
            return String::new();
        };
        if scope.kind == ScopeKind::Country {
            String::new()
        } else {
            area_name(&scope.area)
        }
    }
}

/// Doctors with like patients.
pub(super) fn similar(fifth: &Fifth, part: Parts) -> Comparator {
    Comparator {
        prescribers: u32::try_from(fifth.doctors).unwrap_or(u32::MAX),
        figure: match fifth.rate {
            Ok(rate) => part.group(rate),
            Err(reason) => Figure::Suppressed {
                reason: suppressed_by(reason),
            },
        },
        ..Comparator::unknown()
    }
}

/// The dots of doctors with like patients, or of all.
pub(super) fn dots(like: Option<&Fifth>, peers: Option<&Peers>, part: Parts) -> Option<Dots> {
    let similar = like.and_then(|fifth| Some((GroupKind::Similar, fifth.dots.as_ref()?)));
    let all = || Some((GroupKind::Country, peers?.dots.as_ref()?));
    let (of, dots) = similar.or_else(all)?;
    Some(Dots {
        of,
        from: dots.from * part.scale.0,
        width: dots.width * part.scale.0,
        counts: dots.doctors.clone(),
    })
}

fn suppressed_by(reason: riktig_indicators::disclosure::Suppression) -> Suppressed {
    use riktig_indicators::disclosure::Suppression;
    match reason {
        Suppression::FewerThanFiveDoctors => Suppressed::FewerThanFivePrescribers,
        Suppression::OneDoctorDominates => Suppressed::OnePrescriberDominates,
        Suppression::SmallCell => Suppressed::FewPeople,
        Suppression::Withheld => Suppressed::OtherGroup,
    }
}

/// Lets the next larger group stand in for one that must not be shown, and marks a group that is everybody.
pub(super) fn stand_ins(indicator: &mut Indicator) {
    let areas = [
        (GroupKind::Municipality, &indicator.municipality),
        (GroupKind::County, &indicator.county),
        (GroupKind::Country, &indicator.country),
    ];
    let shown: Vec<GroupKind> = areas
        .into_iter()
        .filter(|(_, group)| group.figure.value().is_some())
        .map(|(kind, _)| kind)
        .collect();
    // Kinds are ordered from small to large.
    let larger = |than: GroupKind| shown.iter().copied().find(|kind| *kind > than);
    let everybody = indicator.country.prescribers;
    let groups = [
        (GroupKind::Similar, indicator.similar.as_mut()),
        (GroupKind::CourseGroup, indicator.course_group.as_mut()),
        (GroupKind::Practice, indicator.practice.as_mut()),
        (GroupKind::Municipality, Some(&mut indicator.municipality)),
        (GroupKind::County, Some(&mut indicator.county)),
    ];
    for (kind, group) in groups {
        let Some(group) = group else { continue };
        if matches!(group.figure, Figure::Suppressed { .. }) {
            group.stand_in = larger(kind);
        }
        group.whole_country = everybody > 0 && group.prescribers == everybody;
    }
}
