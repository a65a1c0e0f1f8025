//! Groups of an edition as the model's comparators, and who stands in for a group that is too small.

use riktig_indicators::{Definition, Population};
use riktig_lake::edition::{self, IndicatorId, ScopeFigures, ScopeId, ScopeKind, ScopeValue};

use super::vocabulary::{missing, suppressed};
use super::{Parts, Reports, area_name};
use crate::model::{Comparator, Figure, GroupKind, Indicator, Missing};

impl Reports<'_> {
    /// The scope's figures, or the figure that says why there are none.
    pub(super) fn figures(
        &self,
        prescriber: &edition::Prescriber,
        id: IndicatorId,
        kind: ScopeKind,
    ) -> Result<&ScopeFigures, Figure> {
        let scope = self
            .edition
            .scope_of(prescriber.id, kind)
            .ok_or(Figure::Missing {
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
        self.edition.scope_of(prescriber.id, kind)?;
        Some(self.comparator(prescriber, id, kind, definition, part))
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
        match self.figures(prescriber, id, kind) {
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
