//! Groups of prescribers and what may be said about them.

use serde::{Deserialize, Serialize};

use super::prescriber::Area;
use super::value::{Unavailable, Value};

/// Kind of group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeKind {
    /// All prescribers.
    Country,
    /// County (fylke).
    County,
    /// Municipality (kommune).
    Municipality,
    /// Course group (etterutdanningsgruppe).
    CourseGroup,
    /// Practice (legekontor); one with fewer than five doctors is no scope.
    Practice,
}

impl ScopeKind {
    /// Every kind; the index is the code in the tables.
    pub const ALL: [ScopeKind; 5] = [
        ScopeKind::Country,
        ScopeKind::County,
        ScopeKind::Municipality,
        ScopeKind::CourseGroup,
        ScopeKind::Practice,
    ];
}

impl ScopeKind {
    /// What stands in where this group may not be told, from near to far: the next larger area.
    #[must_use]
    pub fn chain(self) -> &'static [ScopeKind] {
        use ScopeKind::{Country, County, CourseGroup, Municipality, Practice};
        match self {
            Country => &[Country],
            County => &[County, Country],
            Municipality => &[Municipality, County, Country],
            CourseGroup => &[CourseGroup, Municipality, County, Country],
            Practice => &[Practice, Municipality, County, Country],
        }
    }
}

/// The group that a prescriber is held against, where one may be told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandIn<'e> {
    /// The group.
    pub scope: ScopeId,
    /// Its kind. Another than the one asked for: it stands in, and the page says so.
    pub kind: ScopeKind,
    /// Whether another group than the one asked for stands in.
    pub is_other: bool,
    /// Whether it is everybody whom the edition compares: the country, or an only county. The page says so.
    pub is_everybody: bool,
    /// Its figures.
    pub figures: &'e ScopeFigures,
}

/// Index of a scope (the row in `scopes.parquet`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ScopeId(pub u32);

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Dense index.
    pub id: ScopeId,
    /// Kind.
    pub kind: ScopeKind,
    /// Code and name; the country's code is `country`.
    pub area: Area,
}

/// What may be said about a scope, indicator and window.
#[derive(Debug, Clone, PartialEq)]
pub enum ScopeValue {
    /// The figures.
    Measured(ScopeFigures),
    /// There are figures, and they must not be shown.
    Suppressed(Suppression),
    /// There are none.
    Unavailable(Unavailable),
}

/// Why figures are kept back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suppression {
    /// Fewer than five prescribers with a denominator.
    FewerThanFivePrescribers,
    /// One prescriber has more than half of the events.
    OnePrescriberDominates,
    /// It would tell a count of 1 to 4 about patients.
    SmallCell,
    /// With it another group, which is kept back, could be worked out by subtraction.
    Complement,
}

impl Suppression {
    /// Every reason; the index is the code in the `suppressed` column.
    pub const ALL: [Suppression; 4] = [
        Suppression::FewerThanFivePrescribers,
        Suppression::OnePrescriberDominates,
        Suppression::SmallCell,
        Suppression::Complement,
    ];
}

/// A group's sums and the spread between its prescribers. Quantiles are ratios before the definition's multiplier,
/// by linear interpolation between sorted values (inclusive, "type 7"), rounded to three significant digits.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeFigures {
    /// Prescribers with a denominator large enough to compare.
    pub prescribers: u32,
    /// Sum of numerators.
    pub numerator: i64,
    /// Sum of denominators.
    pub denominator: i64,
    /// 10 %, 20 % … 90 %; `None` among fewer than 22 peers, whom it could name (decisions 0004, 0007).
    pub deciles: Option<[f64; 9]>,
    /// 25 %, 50 %, 75 %; `None` among fewer than 10 peers.
    pub quartiles: Option<[f64; 3]>,
    /// Achievable benchmark: the quartile on the favourable side; `None` for an indicator without direction and among
    /// fewer than 10 peers.
    pub benchmark: Option<f64>,
}

/// Where a prescriber stands in a scope.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Share of peers with a lower value plus half of those equal, in per cent.
    pub percentile: f64,
    /// Peers compared with, the prescriber included.
    pub of: u32,
}

/// A population indicator's value in a municipality, county or the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PopulationValue {
    /// Where.
    pub scope: ScopeId,
    /// The value in both windows: current, previous.
    pub values: [Value; 2],
}
