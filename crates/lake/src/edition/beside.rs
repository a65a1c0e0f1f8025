//! Whom a prescriber stands beside: their groups, the doctors with like patients, and where among them.

use riktig_indicators::verdict::{Evidence, Peers};

use super::{
    Edition, IndicatorId, Position, PrescriberId, Scope, ScopeId, ScopeKind, ScopeValue, StandIn,
    Window, judged,
};

impl Edition {
    /// The prescriber's own country, county, municipality, course group or practice.
    #[must_use]
    pub fn scope_of(&self, prescriber: PrescriberId, kind: ScopeKind) -> Option<ScopeId> {
        let row = &self.content.prescribers[prescriber.0 as usize];
        let code = match kind {
            ScopeKind::Country => None,
            ScopeKind::County => Some(&row.county.as_ref()?.code),
            ScopeKind::Municipality => Some(&row.municipality.as_ref()?.code),
            ScopeKind::CourseGroup => Some(&row.course_group.as_ref()?.code),
            ScopeKind::Practice => Some(row.practice.as_ref()?),
        };
        let same =
            |scope: &&Scope| scope.kind == kind && code.is_none_or(|code| *code == scope.area.code);
        self.content.scopes.iter().find(same).map(|scope| scope.id)
    }

    /// What may be said about a scope.
    #[must_use]
    pub fn scope_value(
        &self,
        scope: ScopeId,
        indicator: IndicatorId,
        window: Window,
    ) -> &ScopeValue {
        &self.content.scope_values[self.scope_row(scope, indicator, window)]
    }

    /// The prescriber's group of this kind, or the next larger area where it may not be told ([`ScopeKind::chain`]); `None`
    /// where not even the country may.
    #[must_use]
    pub fn stand_in(
        &self,
        prescriber: PrescriberId,
        indicator: IndicatorId,
        window: Window,
        kind: ScopeKind,
    ) -> Option<StandIn<'_>> {
        let figures = |kind: ScopeKind| {
            let scope = self.scope_of(prescriber, kind)?;
            // Of the window before, nothing about groups leaves.
            match self.published(scope, indicator) {
                ScopeValue::Measured(figures) if window == Window::Current => {
                    Some((scope, figures))
                }
                ScopeValue::Measured(_) => None,
                ScopeValue::Suppressed(_) | ScopeValue::Unavailable(_) => None,
            }
        };
        let everybody = figures(ScopeKind::Country).map(|(_, country)| country.prescribers);
        kind.chain().iter().find_map(|at| {
            let (scope, figures) = figures(*at)?;
            Some(StandIn {
                scope,
                kind: *at,
                is_other: *at != kind,
                is_everybody: everybody == Some(figures.prescribers),
                figures,
            })
        })
    }

    /// The doctors that a prescriber may be shown beside on one indicator, in the current window: all who are compared, and
    /// those with like patients. Worked out from the verdicts' numbers: ask once for an indicator. `None` where the edition
    /// does not tell, or has no model of the indicator.
    #[must_use]
    pub fn peers(&self, indicator: IndicatorId) -> Option<Peers> {
        let rows = self.content.verdicts.as_ref()?;
        let family = judged::family(self, indicator)?;
        let own = rows
            .iter()
            .skip(indicator.0 as usize)
            .step_by(self.indicator_count());
        let evidence: Vec<Evidence> = own.filter_map(|row| row.evidence).collect();
        Some(Peers::of(family, &evidence))
    }

    /// The ratios of observed to expected between which the prescriber would not be clearly apart: the verdict's own z turned
    /// round. `None` where the prescriber is not compared.
    #[must_use]
    pub fn limits(&self, prescriber: PrescriberId, indicator: IndicatorId) -> Option<[f64; 2]> {
        let evidence = self.verdict(prescriber, indicator)?.evidence?;
        evidence.compared?;
        riktig_indicators::verdict::limits(judged::family(self, indicator)?, &evidence)
    }

    /// Where the prescriber stands in the country or the county, in the current window; `None` for other scopes and where the
    /// prescriber's own denominator is too small to compare.
    #[must_use]
    pub fn position(
        &self,
        prescriber: PrescriberId,
        indicator: IndicatorId,
        kind: ScopeKind,
    ) -> Option<Position> {
        let column = match kind {
            ScopeKind::Country => 0,
            ScopeKind::County => 1,
            ScopeKind::Municipality | ScopeKind::CourseGroup | ScopeKind::Practice => {
                return None;
            }
        };
        let row = prescriber.0 as usize * self.indicator_count() + indicator.0 as usize;
        self.content.positions[row * 2 + column]
    }
}
