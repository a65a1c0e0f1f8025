//! What an indicator is, and the country's figures: the same for every doctor.

use riktig_indicators::Definition;
use riktig_lake::edition::{IndicatorId, ScopeId, ScopeKind, Window};

use super::vocabulary::{direction, phrase, setting, theme, unit, words};
use super::{Parts, Reports};
use crate::model::{
    Comparator, Expected, Figure, Indicator, Missing, Spread, Suppressed, Target, Verdict,
};

impl Reports<'_> {
    /// The country as a group: everybody who is compared.
    pub(super) fn country(&self) -> Option<ScopeId> {
        let mut scopes = self.edition.scopes().iter();
        let country = scopes.find(|scope| scope.kind == ScopeKind::Country);
        country.map(|scope| scope.id)
    }

    /// An indicator beside the country, with nobody's own figures. `asked` is the way that whoever looks is asked to go.
    pub(super) fn frame(
        &self,
        id: IndicatorId,
        definition: &Definition,
        asked: riktig_indicators::Direction,
    ) -> Indicator {
        let record = &self.edition.meta().definitions[id.0 as usize];
        let part = Parts::of(record, definition);
        let nobodys = || Figure::Missing {
            reason: Missing::NoGroup,
        };
        let country = self.figures_of(self.country(), id);
        Indicator {
            id: definition.id.clone(),
            version: definition.version.to_string(),
            name: words(&definition.name),
            why: words(&definition.why),
            note: definition.note.as_ref().map(words),
            counted: phrase(&definition.numerator.phrase),
            among: phrase(&definition.denominator.phrase),
            unit: unit(definition.unit),
            direction: direction(asked),
            setting: setting(definition),
            compared_from: Some(record.compared_from[Window::Current as usize])
                .filter(|least| *least < i64::MAX)
                .map(|least| least as f64 / part.denominator),
            counted_over: Some(self.edition.meta().period.months)
                .filter(|months| part.grows && *months != definition.window_months),
            target: definition.target.as_ref().map(|target| Target {
                value: target.value,
                source: target.source.clone(),
                foreign: target.foreign,
            }),
            own: nobodys(),
            previous: nobodys(),
            municipality: Comparator::unknown(),
            county: Comparator::unknown(),
            country: self.comparator_of(self.country(), id, definition, part),
            course_group: None,
            practice: None,
            similar: None,
            benchmark: match &country {
                _ if asked == riktig_indicators::Direction::Neutral => nobodys(),
                Ok(figures) => figures.benchmark.map_or(
                    Figure::Suppressed {
                        reason: Suppressed::FewPeers,
                    },
                    |ratio| part.group(ratio),
                ),
                Err(figure) => figure.clone(),
            },
            spread: country.ok().and_then(|figures| {
                let page = |ratio| part.unit.rounded(ratio * part.scale.0);
                Some(Spread {
                    deciles: figures.deciles?.map(page),
                    prescribers: figures.prescribers,
                })
            }),
            percentile: None,
            months: Vec::new(),
            expected: Expected::default(),
            verdict: Verdict::default(),
            because: None,
            achievable: None,
            dots: None,
            theme: theme(definition),
        }
    }
}
