//! Values, months, scopes and populations from sums.

use riktig_codes::Month;
use riktig_indicators::comparison::Kind;
use riktig_indicators::disclosure;
use riktig_indicators::{
    Amount, Definition, Measure, Measured, PlannedIndicator, Population, Relevance,
};

use super::complement::{self, Cell, Node};
use super::peers::{self, Peer};
use super::relevant::{is_peer, works_in};
use super::scopes::Scopes;
use super::who::People;
use super::{Facts, Frame};
use crate::edition::{
    FilterStep, IndicatorId, MonthRow, Position, PrescriberId, Scope, ScopeKind, ScopeValue,
    StepRow, Suppression, Unavailable, Value, Window,
};
use crate::kernel::{Activity, Input, WindowSums};

/// Values by prescriber, indicator and window, and what is made of them.
pub(super) struct Tables<'a> {
    frame: &'a Frame<'a>,
    facts: &'a Facts,
    values: Vec<Value>,
}

/// Everything that looks beyond one prescriber.
pub(super) struct Compared {
    pub(super) scopes: Vec<Scope>,
    pub(super) scope_values: Vec<ScopeValue>,
    pub(super) positions: Vec<Option<Position>>,
    pub(super) population: Vec<Value>,
    /// Who is compared, and each group by itself: by scope and indicator, current window.
    pub(super) peers: Vec<Vec<u32>>,
    pub(super) figures: Vec<ScopeValue>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(frame: &'a Frame<'a>, facts: &'a Facts, people: &People) -> Tables<'a> {
        let mut values = Vec::with_capacity(people.ids.len() * frame.definitions.len() * 2);
        for (id, row) in people.ids.iter().zip(&people.rows) {
            for (definition, planned) in frame.indicators() {
                for window in Window::ALL {
                    let roles = &row.roles;
                    values.push(value(frame, facts, *id, roles, definition, planned, window));
                }
            }
        }
        Tables {
            frame,
            facts,
            values,
        }
    }

    /// All of them, in the edition's order.
    pub(super) fn into_values(self) -> Vec<Value> {
        self.values
    }

    pub(super) fn value(&self, row: u32, indicator: usize, window: usize) -> Value {
        self.values[(row as usize * self.frame.definitions.len() + indicator) * 2 + window]
    }

    /// The monthly series: rows that are not 0/0, of everything but yardsticks.
    pub(super) fn months(&self, people: &People) -> Vec<MonthRow> {
        let months: Vec<(Window, Month)> = self.frame.periods.series().collect();
        let only: Vec<Month> = months.iter().map(|(_, month)| *month).collect();
        let series = self.frame.kernel.series(&only);
        let terms = self.frame.plan.terms().len();
        let mut sums = vec![0; months.len() * terms];
        let mut rows = Vec::with_capacity(self.most_months(people, &months));
        for (row, id) in (0u32..).zip(&people.ids) {
            sums.fill(0);
            for (at, own) in sums.chunks_exact_mut(terms).enumerate() {
                let activity = &self.frame.windows[months[at].0 as usize].activity[*id];
                series.add(at, *id as i32, activity, own);
            }
            for (indicator, planned) in self.kept_in_detail() {
                let measured = Window::ALL.map(|window| {
                    let value = self.value(row, indicator, window as usize);
                    matches!(value, Value::Measured { .. })
                });
                for (month, own) in (0u32..).zip(sums.chunks_exact(terms)) {
                    let numerator = own[planned.numerator];
                    let denominator = own[planned.denominator];
                    let window = months[month as usize].0;
                    if measured[window as usize] && (numerator, denominator) != (0, 0) {
                        rows.push(MonthRow {
                            prescriber: PrescriberId(row),
                            indicator: IndicatorId(indicator as u32),
                            month,
                            numerator,
                            denominator,
                        });
                    }
                }
            }
        }
        // The longest table of an edition: no room to spare.
        rows.shrink_to_fit();
        rows
    }

    /// At most so many rows has the table of months: as if every value had something in each month of its window. What is
    /// asked for and never written to takes no memory.
    fn most_months(&self, people: &People, months: &[(Window, Month)]) -> usize {
        let length = Window::ALL.map(|window| months.iter().filter(|it| it.0 == window).count());
        (0u32..)
            .zip(&people.ids)
            .flat_map(|(row, _)| self.kept_in_detail().map(move |(at, _)| (row, at)))
            .flat_map(|(row, at)| Window::ALL.map(|window| (row, at, window as usize)))
            .filter(|(row, at, window)| {
                matches!(self.value(*row, *at, *window), Value::Measured { .. })
            })
            .map(|(.., window)| length[window])
            .sum()
    }

    /// Indicators of which more is kept than the window's sums: those of a doctor's report.
    fn kept_in_detail(&self) -> impl Iterator<Item = (usize, &'a PlannedIndicator)> {
        self.frame
            .indicators()
            .enumerate()
            .filter(|(_, (definition, _))| definition.relevance == Relevance::Report)
            .map(|(indicator, (_, planned))| (indicator, planned))
    }

    /// Why rows count or do not, for every value of the current window that is no yardstick's.
    pub(super) fn steps(&self, people: &People) -> Vec<StepRow> {
        let mut rows = Vec::new();
        for (row, id) in (0u32..).zip(&people.ids) {
            let activity = &self.frame.windows[0].activity[*id];
            for (indicator, planned) in self.kept_in_detail() {
                if !self.is_measured(row, indicator) {
                    continue;
                }
                for (part, term) in [(0, planned.numerator), (1, planned.denominator)] {
                    let step = |(step, before, after): (&'static str, i64, i64)| StepRow {
                        prescriber: PrescriberId(row),
                        indicator: IndicatorId(indicator as u32),
                        part,
                        step: FilterStep {
                            step: step.into(),
                            before,
                            after,
                        },
                    };
                    rows.extend(self.term_steps(*id, term, activity).into_iter().map(step));
                }
            }
        }
        rows
    }

    /// Dispensings step by step; contacts in one step, from all of them to those that count.
    fn term_steps(
        &self,
        id: usize,
        term: usize,
        activity: &Activity,
    ) -> Vec<(&'static str, i64, i64)> {
        let count = self.frame.windows[0].prescriber(id)[term];
        match self.frame.plan.terms()[term].measure {
            Measure::Contacts => vec![("contact", activity.all_contacts(), count)],
            Measure::TreatedContacts => {
                vec![("contact with an antibiotic", activity.all_contacts(), count)]
            }
            _ => self.frame.kernel.steps(id, term, activity),
        }
    }

    /// Everything that looks beyond one prescriber.
    pub(super) fn compared(&self, people: &People, compared_from: &[[i64; 2]]) -> Compared {
        let scopes = Scopes::new(
            self.frame.input.dictionaries().areas.entries(),
            &people.rows,
        );
        let indicators = self.frame.definitions.len();
        let mut scope_values = Vec::with_capacity(scopes.list.len() * indicators * 2);
        let mut cells = Vec::with_capacity(scopes.list.len() * indicators * 2);
        let mut positions = vec![None; people.rows.len() * indicators * 2];
        let (mut told, mut figures) = (Vec::new(), Vec::new());
        for (scope, members) in scopes.list.iter().zip(&scopes.members) {
            for (indicator, definition) in self.frame.definitions.iter().enumerate() {
                for window in Window::ALL {
                    let planned = &self.frame.plan.indicators()[indicator];
                    let relevant: Vec<u32> = members
                        .iter()
                        .copied()
                        .filter(|row| {
                            let prescriber = &people.rows[*row as usize];
                            is_peer(prescriber, definition, planned, self.frame.plan)
                        })
                        .collect();
                    let peers = self.peers(
                        &relevant,
                        indicator,
                        window,
                        compared_from[indicator][window as usize],
                    );
                    let value = self.scope_value(definition, indicator, window, &peers);
                    cells.push(peers::cell(
                        &peers,
                        matches!(value, ScopeValue::Measured(_)),
                    ));
                    if window == Window::Current {
                        told.push(peers.iter().map(|peer| peer.row).collect());
                        figures.push(value.clone());
                    }
                    scope_values.push(value);
                    let column = ScopeKind::ALL
                        .iter()
                        .take(2)
                        .position(|kind| *kind == scope.kind);
                    if let Some(column) = column.filter(|_| window == Window::Current) {
                        for (row, position) in peers::positions(&peers) {
                            positions[(row as usize * indicators + indicator) * 2 + column] =
                                Some(position);
                        }
                    }
                }
            }
        }
        let tree = scopes.tree(self.frame.input.dictionaries().areas.entries());
        self.protect(&tree, &mut cells);
        for (value, cell) in scope_values.iter_mut().zip(&cells) {
            if !cell.shown && matches!(value, ScopeValue::Measured(_)) {
                *value = ScopeValue::Suppressed(Suppression::Complement);
            }
        }
        let mut population = self.population(&scopes);
        self.keep_back(&tree, &mut population);
        Compared {
            scopes: scopes.list,
            scope_values,
            positions,
            population,
            peers: told,
            figures,
        }
    }

    /// Keeps back what would give away another scope, for every indicator and window (decision 0004).
    fn protect(&self, tree: &Node, cells: &mut [Cell]) {
        let columns = self.frame.definitions.len() * 2;
        for column in 0..columns {
            let mut own: Vec<Cell> = cells
                .iter()
                .skip(column)
                .step_by(columns)
                .copied()
                .collect();
            let telling = |rest: &Cell| self.is_telling(column / 2, rest);
            complement::protect(tree, &mut own, &telling);
            for (cell, own) in cells.iter_mut().skip(column).step_by(columns).zip(own) {
                *cell = own;
            }
        }
    }

    /// A group of one to four doctors, or a count of one to four patients among somebody.
    fn is_telling(&self, indicator: usize, cell: &Cell) -> bool {
        let definition = &self.frame.definitions[indicator];
        let planned = &self.frame.plan.indicators()[indicator];
        let months = self.frame.periods.current.len() as u32;
        let amount = |sum: i64, term: usize| Amount {
            sum,
            divisor: self.frame.plan.terms()[term].divisor(months),
        };
        let sum = Measured {
            numerator: amount(cell.numerator, planned.numerator),
            denominator: amount(cell.denominator, planned.denominator),
        };
        let few = cell.doctors > 0 && cell.doctors < disclosure::LEAST_DOCTORS as i64;
        few || cell.denominator > 0
            && disclosure::is_telling(sum, Kind::of(definition) == Kind::Share)
    }

    /// Population cells of 1 to 4, and those from which one could be worked out.
    fn keep_back(&self, tree: &Node, population: &mut [Value]) {
        let columns = self.frame.definitions.len() * 2;
        let cell = |(row, value): (usize, &Value)| match *value {
            Value::Unavailable(_) => Cell::default(),
            Value::Measured {
                numerator,
                denominator,
            } => {
                let cell = Cell {
                    doctors: 0,
                    numerator,
                    denominator,
                    shown: true,
                };
                let shown = !self.is_telling(row % columns / 2, &cell);
                Cell { shown, ..cell }
            }
        };
        let mut cells: Vec<Cell> = population.iter().enumerate().map(cell).collect();
        self.protect(tree, &mut cells);
        for (value, cell) in population.iter_mut().zip(&cells) {
            if !cell.shown && matches!(value, Value::Measured { .. }) {
                *value = Value::Unavailable(Unavailable::KeptBack);
            }
        }
    }

    /// The least denominator that is compared, by indicator and window.
    pub(super) fn compared_from(&self, people: &People) -> Vec<[i64; 2]> {
        let everybody: Vec<u32> = (0..people.rows.len() as u32).collect();
        let least = |indicator: usize, window: Window| {
            let measured = everybody
                .iter()
                .filter_map(|row| self.measured(*row, indicator, window));
            let kind = Kind::of(&self.frame.definitions[indicator]);
            peers::pooled(measured).map_or(i64::MAX, |all| peers::least_denominator(kind, all))
        };
        (0..self.frame.definitions.len())
            .map(|indicator| Window::ALL.map(|window| least(indicator, window)))
            .collect()
    }

    /// Whether a prescriber has a value in the current window.
    pub(super) fn is_measured(&self, row: u32, indicator: usize) -> bool {
        matches!(self.value(row, indicator, 0), Value::Measured { .. })
    }

    fn measured(&self, row: u32, indicator: usize, window: Window) -> Option<Measured> {
        let planned = &self.frame.plan.indicators()[indicator];
        let months = self.frame.periods.current.len() as u32;
        let amount = |sum: i64, term: usize| Amount {
            sum,
            divisor: self.frame.plan.terms()[term].divisor(months),
        };
        match self.value(row, indicator, window as usize) {
            Value::Measured {
                numerator,
                denominator,
            } => Some(Measured {
                numerator: amount(numerator, planned.numerator),
                denominator: amount(denominator, planned.denominator),
            }),
            Value::Unavailable(_) => None,
        }
    }

    /// Members with enough of a denominator to be compared.
    fn peers(&self, members: &[u32], indicator: usize, window: Window, least: i64) -> Vec<Peer> {
        let peer = |row: &u32| {
            let measured = self.measured(*row, indicator, window)?;
            let ratio = measured
                .ratio()
                .filter(|_| measured.denominator.sum >= least)?;
            Some(Peer {
                row: *row,
                measured,
                ratio,
            })
        };
        members.iter().filter_map(peer).collect()
    }

    fn scope_value(
        &self,
        definition: &Definition,
        indicator: usize,
        window: Window,
        peers: &[Peer],
    ) -> ScopeValue {
        if definition.population == Population::Municipality {
            return ScopeValue::Unavailable(Unavailable::PopulationOnly);
        }
        match self
            .facts
            .missing(window, &self.frame.plan.indicators()[indicator].requires)
        {
            Some(reason) => ScopeValue::Unavailable(reason),
            None => peers::compare(peers, Kind::of(definition), definition.direction),
        }
    }

    /// Population indicators, summed over the municipalities of a scope.
    fn population(&self, scopes: &Scopes) -> Vec<Value> {
        let mut values = Vec::with_capacity(scopes.list.len() * self.frame.definitions.len() * 2);
        for (scope, areas) in scopes.list.iter().zip(&scopes.areas) {
            for (definition, planned) in self.frame.indicators() {
                for window in Window::ALL {
                    let reason = match definition.population {
                        Population::Prescriber => Some(Unavailable::PrescriberOnly),
                        Population::Municipality
                            if matches!(
                                scope.kind,
                                ScopeKind::CourseGroup | ScopeKind::Practice
                            ) =>
                        {
                            Some(Unavailable::PrescriberOnly)
                        }
                        Population::Municipality => self.facts.missing(window, &planned.requires),
                    };
                    let sums = &self.frame.windows[window as usize];
                    let by_census = matches!(
                        self.frame.plan.terms()[planned.denominator].measure,
                        Measure::Inhabitants | Measure::InhabitantDays
                    );
                    // Users of a municipality that nobody counted have no inhabitants to be held against. Residents of no
                    // known municipality stay: they are among the inhabitants of one of them.
                    let unknown = sums.areas.len() / sums.terms.max(1) - 1;
                    let held = |area: &&usize| {
                        !by_census
                            || **area == unknown
                            || sums.area(**area)[planned.denominator] > 0
                    };
                    let sum = |term: usize| {
                        areas
                            .iter()
                            .filter(held)
                            .map(|area| sums.area(*area)[term])
                            .sum()
                    };
                    values.push(match reason {
                        Some(reason) => Value::Unavailable(reason),
                        None => Value::Measured {
                            numerator: sum(planned.numerator),
                            denominator: sum(planned.denominator),
                        },
                    });
                }
            }
        }
        values
    }
}

impl<'a> Frame<'a> {
    pub(super) fn indicators(
        &self,
    ) -> impl Iterator<Item = (&'a Definition, &'a PlannedIndicator)> {
        self.definitions.iter().zip(self.plan.indicators())
    }
}

/// One prescriber's value, or why there is none.
fn value(
    frame: &Frame<'_>,
    facts: &Facts,
    id: usize,
    roles: &[String],
    definition: &Definition,
    planned: &PlannedIndicator,
    window: Window,
) -> Value {
    if definition.population == Population::Municipality {
        return Value::Unavailable(Unavailable::PopulationOnly);
    }
    if let Some(reason) = facts.missing(window, &planned.requires) {
        return Value::Unavailable(reason);
    }
    let sums: &WindowSums = &frame.windows[window as usize];
    let activity = &sums.activity[id];
    let by_list = frame.plan.terms()[planned.denominator].measure == Measure::ListPatients;
    if by_list && activity.list_rows == 0 {
        return Value::Unavailable(Unavailable::NoOwnList);
    }
    if facts.available[window as usize].contacts && !works_in(definition.scope, activity, roles) {
        return Value::Unavailable(Unavailable::OtherSetting);
    }
    let own = sums.prescriber(id);
    Value::Measured {
        numerator: own[planned.numerator],
        denominator: own[planned.denominator],
    }
}
