use crate::definition::{Definition, Measure};
use crate::disclosure::Suppression;
use crate::plan::{Measured, Outcome, Requirement};

/// Least denominator for a doctor's own value to be shown as a rate: below it one decision moves a share by ten points.
pub const SHOWN_FROM: i64 = 10;
/// Least denominator for a share to be compared with others.
pub const COMPARED_FROM_DENOMINATOR: i64 = 30;
/// Least *expected* number of events for a rate to be compared with others.
pub const COMPARED_FROM_EXPECTED: i64 = 20;

/// Which rule of least size applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Every event of the numerator is one of the denominator.
    Share,
    /// Events per person or contact.
    Rate,
}

impl Kind {
    /// A definition over list patients, inhabitants or contacts of which not every one is an event is a rate.
    #[must_use]
    pub fn of(definition: &Definition) -> Self {
        match (definition.numerator.count, definition.denominator.count) {
            (
                Measure::Items | Measure::Ddd,
                Measure::ListPatients
                | Measure::Inhabitants
                | Measure::InhabitantDays
                | Measure::Contacts,
            ) => Self::Rate,
            _ => Self::Share,
        }
    }
}

/// What may be done with a measured value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Only the counts may be shown.
    TooFew,
    /// The value may be shown, not compared.
    Shown,
    /// The value may be compared with others and is part of their spread.
    Compared,
}

impl Standing {
    /// By the size of the denominator for shares, by the expected events for rates.
    ///
    /// `pooled` is numerator ÷ denominator of all peers together; where it is not known yet, give `None` and no rate is
    /// compared. A rate is *not* judged by the doctor's own number of events: that would drop the lowest prescribers
    /// from the peers and make everybody else look good.
    ///
    /// ```
    /// use riktig_indicators::comparison::{Kind, Standing};
    /// use riktig_indicators::{Amount, Measured};
    /// let of = |numerator, denominator| Measured {
    ///     numerator: Amount::count(numerator),
    ///     denominator: Amount::count(denominator),
    /// };
    /// // A list of 1000 and not one antibiotic in a country of 300 per 1000: a real zero, compared.
    /// assert_eq!(Standing::of(of(0, 1000), Kind::Rate, Some(0.3)), Standing::Compared);
    /// // A list of 50 and 25 antibiotics: 15 were to be expected, too few to compare.
    /// assert_eq!(Standing::of(of(25, 50), Kind::Rate, Some(0.3)), Standing::Shown);
    /// assert_eq!(Standing::of(of(4, 9), Kind::Share, None), Standing::TooFew);
    /// ```
    #[must_use]
    pub fn of(measured: Measured, kind: Kind, pooled: Option<f64>) -> Self {
        let denominator = measured.denominator;
        let at_least = |least: i64| denominator.sum >= least * denominator.divisor;
        if !at_least(SHOWN_FROM) {
            return Self::TooFew;
        }
        let compared = match kind {
            Kind::Share => at_least(COMPARED_FROM_DENOMINATOR),
            #[expect(clippy::cast_precision_loss, reason = "a constant of two digits")]
            Kind::Rate => pooled
                .is_some_and(|rate| rate * denominator.value() >= COMPARED_FROM_EXPECTED as f64),
        };
        if compared {
            Self::Compared
        } else {
            Self::Shown
        }
    }
}

/// A place for a number: the number, or one of three different reasons why there is none. A measured zero is a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// The counts.
    Measured(Measured),
    /// Known, and too few for a rate; the counts are for the doctor's own eyes.
    TooFew(Measured),
    /// Known, and kept back so that nobody is recognised.
    Suppressed(Suppression),
    /// Not known: the data lacks these.
    Unavailable(Vec<Requirement>),
}

impl Figure {
    /// A doctor's own figure.
    #[must_use]
    pub fn own(outcome: &Outcome, kind: Kind) -> Self {
        match outcome {
            Outcome::Unavailable(missing) => Self::Unavailable(missing.clone()),
            Outcome::Measured(measured) => match Standing::of(*measured, kind, None) {
                Standing::TooFew => Self::TooFew(*measured),
                Standing::Shown | Standing::Compared => Self::Measured(*measured),
            },
        }
    }
}
