//! From an edition to the report model: the only place of this room that knows how an edition is stored.

use std::ops::Deref;
use std::sync::Arc;

use riktig_indicators::{Definition, Measure, Relevance};
use riktig_lake::edition::{
    self, Edition, IndicatorId, Peers, PrescriberId, ScopeKind, Unavailable, Value, Window,
};

mod advised;
mod area;
mod asked;
mod course;
mod follow_up;
mod frame;
mod group;
mod groups;
mod measure;
mod part;
mod safety;
mod verdict;
mod vocabulary;

pub use course::{CourseProblem, CourseQuestion};
pub use group::GroupQuestion;

use crate::error::ReportError;
use crate::headline::{discussion, effort_of, headlines};
use crate::model::{
    Counts, Figure, Indicator, Links, Missing, MonthFigure, PEOPLE_FROM, Prescriber, Prescriptions,
    Provenance, Report, Rows, SCHEMA, Scale, Suppressed, Unit,
};
use crate::text::Lang;

use crate::text::plain;
use vocabulary::{direction, limit_of, missing, natural, period, roles, unit};
pub(crate) use vocabulary::{phrase, words};

/// An edition that somebody else keeps, or one that is kept here together with others.
#[derive(Debug)]
enum Held<'e> {
    Lent(&'e Edition),
    Shared(Arc<Edition>),
}

impl Deref for Held<'_> {
    type Target = Edition;

    fn deref(&self) -> &Edition {
        match self {
            Held::Lent(edition) => edition,
            Held::Shared(edition) => edition,
        }
    }
}

/// Makes reports of one edition; the definitions are read once.
#[derive(Debug)]
pub struct Reports<'e> {
    edition: Held<'e>,
    definitions: Vec<(IndicatorId, Definition)>,
    /// Those that no report shows: yardsticks of other countries.
    reference: Vec<(IndicatorId, Definition)>,
    /// The doctors that may be shown beside one, by the place of the definition above.
    peers: Vec<Option<Peers>>,
    common: Provenance,
}

impl Reports<'static> {
    /// As [`Reports::new`], of an edition that is shared: for whoever keeps reports for longer than a call.
    ///
    /// # Errors
    /// A definition in the edition cannot be read or is not one.
    pub fn shared(edition: Arc<Edition>, synthetic: bool) -> Result<Self, ReportError> {
        Self::held(Held::Shared(edition), synthetic)
    }
}

impl<'e> Reports<'e> {
    /// Reads the definitions that lie in the edition. `synthetic` marks every page as made-up data.
    ///
    /// # Errors
    /// A definition in the edition cannot be read or is not one.
    pub fn new(edition: &'e Edition, synthetic: bool) -> Result<Self, ReportError> {
        Self::held(Held::Lent(edition), synthetic)
    }

    /// The definition of an indicator that stands in reports.
    pub(crate) fn definition(&self, id: &str) -> Option<&Definition> {
        let of_reports = self.definitions.iter();
        of_reports.map(|(_, it)| it).find(|it| it.id == id)
    }

    fn held(edition: Held<'e>, synthetic: bool) -> Result<Self, ReportError> {
        let (mut definitions, mut reference) = (Vec::new(), Vec::new());
        for (id, record) in edition.indicators() {
            let text = edition
                .definition_text(id)
                .map_err(|source| ReportError::Edition {
                    indicator: record.id.clone(),
                    source,
                })?;
            let definition = Definition::parse(&record.file, &text).map_err(|source| {
                ReportError::Definition {
                    indicator: record.id.clone(),
                    source: Box::new(source),
                }
            })?;
            // Another country's yardstick crowds out what a doctor can act on; the edition keeps it.
            if definition.relevance == Relevance::Report {
                definitions.push((id, definition));
            } else {
                reference.push((id, definition));
            }
        }
        let peers = definitions.iter().map(|(id, _)| edition.peers(*id));
        Ok(Self {
            peers: peers.collect(),
            definitions,
            reference,
            common: provenance(edition.meta(), synthetic),
            edition,
        })
    }

    /// The edition that the reports are made of.
    #[must_use]
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// Whether every page says that the data are made up.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.common.synthetic
    }

    /// What an indicator is called, where reports of this edition tell of it.
    #[must_use]
    pub fn name_of(&self, indicator: &str, lang: Lang) -> Option<&str> {
        let mut all = self.definitions.iter().map(|(_, definition)| definition);
        let words = &all.find(|it| it.id == indicator)?.name;
        Some(match lang {
            Lang::Nb => &words.nb,
            Lang::Nn => &words.nn,
            Lang::En => &words.en,
        })
    }

    /// The report of one prescriber of this edition.
    #[must_use]
    pub fn of(&self, prescriber: &edition::Prescriber) -> Report {
        let indicators: Vec<Indicator> = self
            .definitions
            .iter()
            .zip(&self.peers)
            .map(|((id, definition), peers)| {
                self.indicator(prescriber, *id, definition, peers.as_ref())
            })
            .collect();
        let effort = effort_of(&self.counts_most(prescriber.id), &indicators);
        let meta = self.edition.meta();
        let roles = roles(prescriber);
        let lineage = self.edition.lineage(prescriber.id);
        let mut report = Report {
            schema: SCHEMA.to_owned(),
            headlines: headlines(&roles, &indicators, &effort),
            effort,
            discussion: Vec::new(),
            safety: safety::safety(&self.edition, prescriber.id),
            advised: advised::advised(&self.edition, prescriber.id),
            prescriber: Prescriber {
                id: plain(&prescriber.external_id).into_owned(),
                roles,
                dual_role: prescriber.dual_role,
                municipality: prescriber.municipality.as_ref().map(area_name),
                county: prescriber.county.as_ref().map(area_name),
                list_patients: prescriber.mean_list_patients(),
                contacts: (!meta.limits.contains(&edition::Limit::NoContacts)
                    && !meta.limits.contains(&edition::Limit::ContactsPartial))
                .then(|| natural(prescriber.contacts)),
                dispensings: natural(prescriber.items),
            },
            period: period(&meta.period),
            previous: meta.previous.as_ref().map(period),
            indicators,
            provenance: Provenance {
                own_links: Links {
                    by_prescription: natural(lineage.by_prescription),
                    by_contact: natural(lineage.by_contact),
                    unlinked: natural(lineage.unlinked),
                    distance: lineage.distance.map(natural),
                    prescriptions: lineage.prescriptions.as_ref().map(prescriptions),
                },
                left_out_dual_role: natural(prescriber.left_out_dual_role),
                ..self.common.clone()
            },
        };
        report.discussion = discussion(&report);
        report
    }

    /// Ids of the indicators where the edition says that effort would count most, first the most.
    fn counts_most(&self, prescriber: PrescriberId) -> Vec<String> {
        let mut ranked: Vec<(u8, &str)> = self
            .definitions
            .iter()
            .filter_map(|(id, definition)| {
                let rank = self.edition.verdict(prescriber, *id)?.goal?.rank?;
                Some((rank, definition.id.as_str()))
            })
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, id)| id.to_owned()).collect()
    }

    fn indicator(
        &self,
        prescriber: &edition::Prescriber,
        id: IndicatorId,
        definition: &Definition,
        peers: Option<&Peers>,
    ) -> Indicator {
        let value = |window| self.edition.value(prescriber.id, id, window);
        let record = &self.edition.meta().definitions[id.0 as usize];
        let part = Parts::of(record, definition);
        let own = |window| part.own(value(window));
        let group = |kind| self.comparator(prescriber, id, kind, definition, part);
        let asked = asked_of(prescriber, definition);
        let has_goal = asked != riktig_indicators::Direction::Neutral;
        let verdict_row = self.edition.verdict(prescriber.id, id);
        let like = peers.and_then(|peers| peers.like(&verdict_row?.evidence?));
        let (verdict, because) = verdict::verdict(verdict_row, direction(asked));
        let mut indicator = Indicator {
            own: own(Window::Current),
            previous: own(Window::Previous),
            municipality: group(ScopeKind::Municipality),
            county: group(ScopeKind::County),
            course_group: self.optional(prescriber, id, ScopeKind::CourseGroup, definition, part),
            practice: self.optional(prescriber, id, ScopeKind::Practice, definition, part),
            similar: like.map(|fifth| groups::similar(fifth, part)),
            percentile: self
                .edition
                .position(prescriber.id, id, ScopeKind::Country)
                .map(|position| position.percentile),
            months: self.months(prescriber, id, part),
            expected: verdict::expected(&self.edition, prescriber.id, id, verdict_row),
            verdict,
            because,
            achievable: verdict::achievable(verdict_row, part).filter(|_| has_goal),
            dots: groups::dots(like, peers, part),
            ..self.frame(id, definition, asked)
        };
        verdict::not_comparable(
            &mut indicator,
            prescriber,
            definition,
            self.edition.meta().period.months,
        );
        groups::stand_ins(&mut indicator);
        indicator
    }

    /// The own series; left empty where no month has anything, so that no chart is drawn of nothing.
    fn months(
        &self,
        prescriber: &edition::Prescriber,
        id: IndicatorId,
        part: Parts,
    ) -> Vec<MonthFigure> {
        let meta = self.edition.meta();
        let series: Vec<MonthFigure> = meta
            .months
            .iter()
            .zip(self.edition.months(prescriber.id, id))
            .map(|(month, value)| MonthFigure {
                month: month.month.clone(),
                figure: part.month(value, meta.period.months),
            })
            .collect();
        let anything = series.iter().any(|month| month.figure.counts().is_some());
        if anything { series } else { Vec::new() }
    }
}

/// A delivered name, as text and nothing but text.
fn area_name(area: &edition::Area) -> String {
    plain(&area.name).into_owned()
}

/// How the stored sums of an indicator become figures.
#[derive(Debug, Clone, Copy)]
struct Parts {
    numerator: f64,
    denominator: f64,
    month_denominator: f64,
    /// A rate against people grows with time, a share does not.
    grows: bool,
    unit: Unit,
    scale: Scale,
}

impl Parts {
    fn of(record: &edition::DefinitionRecord, definition: &Definition) -> Parts {
        Parts {
            numerator: record.numerator_divisor as f64,
            denominator: record.denominator_divisor as f64,
            month_denominator: record.month_denominator_divisor as f64,
            grows: matches!(
                definition.denominator.count,
                Measure::ListPatients | Measure::Inhabitants // days of inhabitants grow with the numerator
            ),
            unit: unit(definition.unit),
            scale: unit(definition.unit).scale(),
        }
    }

    /// Stored sums in whole units.
    fn counts(self, numerator: i64, denominator: i64) -> Counts {
        Counts {
            numerator: numerator as f64 / self.numerator,
            denominator: denominator as f64 / self.denominator,
        }
    }

    /// A group's figure, no more exact than the page prints it.
    fn group(self, ratio: f64) -> Figure {
        match Figure::of_group(ratio, self.scale) {
            Figure::Measured { value, counts } => Figure::Measured {
                value: self.unit.rounded(value),
                counts,
            },
            figure => figure,
        }
    }

    fn own(self, value: Value) -> Figure {
        match value {
            Value::Measured { denominator: 0, .. } => Figure::Missing {
                reason: Missing::NothingToCount,
            },
            Value::Measured {
                numerator,
                denominator,
            } => Figure::of(self.counts(numerator, denominator), self.scale),
            Value::Unavailable(reason) => Figure::Missing {
                reason: missing(reason),
            },
        }
    }

    /// One month on the scale of the whole window.
    fn month(self, value: Value, window_months: u32) -> Figure {
        let month = Parts {
            denominator: self.month_denominator,
            ..self
        };
        match month.own(value) {
            Figure::Measured { value, counts } if self.grows => Figure::Measured {
                value: value * f64::from(window_months),
                counts,
            },
            figure => figure,
        }
    }

    fn population(self, value: Value) -> Figure {
        match value {
            Value::Measured { denominator: 0, .. } => Figure::Missing {
                reason: Missing::NothingToCount,
            },
            Value::Measured {
                numerator,
                denominator,
            } => {
                let counts = self.counts(numerator, denominator);
                if counts.numerator > 0.0 && counts.numerator < PEOPLE_FROM {
                    return Figure::Suppressed {
                        reason: Suppressed::FewPeople,
                    };
                }
                self.group(counts.numerator / counts.denominator)
            }
            Value::Unavailable(Unavailable::KeptBack) => Figure::Suppressed {
                reason: Suppressed::FewPeople,
            },
            Value::Unavailable(reason) => Figure::Missing {
                reason: missing(reason),
            },
        }
    }
}

fn provenance(meta: &edition::EditionMeta, synthetic: bool) -> Provenance {
    let current = meta
        .months
        .len()
        .saturating_sub(meta.period.months as usize);
    let with = |kinds: &[&str]| {
        let held = meta.months[current..]
            .iter()
            .filter(|month| kinds.iter().any(|kind| month.rows.contains_key(*kind)));
        u32::try_from(held.count()).unwrap_or(u32::MAX)
    };
    let mut sources: Vec<String> = meta
        .deliveries
        .iter()
        .map(|delivery| plain(&delivery.source).into_owned())
        .filter(|name| !name.is_empty())
        .collect();
    sources.sort();
    sources.dedup();
    let mut rows = Rows::default();
    for delivery in &meta.deliveries {
        rows.delivered += delivery.rows_in;
        rows.kept += delivery.kept;
        rows.ballast += delivery.ballast;
        rows.refused += delivery.refused;
        rows.cancelled += delivery.cancelled;
    }
    Provenance {
        edition: meta.input.clone(),
        data_cut: meta.data_cut.clone(),
        synthetic,
        own_links: Links::default(),
        all_links: Links {
            by_prescription: meta.linkage.by_prescription,
            by_contact: meta.linkage.by_contact,
            unlinked: meta.linkage.unlinked,
            distance: meta.linkage.distance,
            prescriptions: None,
        },
        left_out_dual_role: 0,
        months_with_dispensings: with(&["antibiotics"]),
        months_with_contacts: with(&["infection_contacts", "other_contacts"]),
        months: meta.period.months,
        rows,
        limits: meta.limits.iter().map(|limit| limit_of(*limit)).collect(),
        sources,
    }
}

/// The direction that a prescriber is asked to go. Where unlinked items of a doctor with both a list and duty work are left
/// out of a rate, the rate is too low by an unknown amount: it is shown for orientation, and nothing is asked or praised.
fn asked_of(
    prescriber: &edition::Prescriber,
    definition: &Definition,
) -> riktig_indicators::Direction {
    let left_out = definition.numerator.filter.without_dual_role_unknown;
    if prescriber.dual_role && left_out {
        riktig_indicators::Direction::Neutral
    } else {
        definition.direction
    }
}

fn prescriptions(own: &edition::Prescriptions) -> Prescriptions {
    Prescriptions {
        contact_agrees: natural(own.contact_agrees),
        contact_differs: natural(own.contact_differs),
        contact_cannot_tell: natural(own.contact_cannot_tell),
        told_of_waiting: natural(own.told_of_waiting()),
        waiting: natural(own.waiting),
        collected_later: natural(own.collected_later),
    }
}
