use super::Followed;
use crate::statistics::proportion::{clopper_pearson, wilson};
use crate::statistics::{Confidence, Interval};

/// What may be said about a doctor's returns beside the country's; the words are the report's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statement {
    /// No episode was followed.
    Nothing,
    /// Fewer than [`Statement::LEAST_TO_SHOW`] episodes: counts may be shown, a share would mislead.
    TooFew(Followed),
    /// Enough for a share.
    Told {
        /// The doctor's counts.
        own: Followed,
        /// 95 % Wilson interval of the doctor's share.
        interval: Interval,
        /// The country's share, where there is one.
        country: Option<f64>,
        /// How the doctor's share stands to the country's; `None` below [`Statement::LEAST_TO_COMPARE`] or without a country.
        standing: Option<Standing>,
    },
}

impl Statement {
    /// Episodes for a share.
    pub const LEAST_TO_SHOW: i64 = 10;
    /// Episodes for a comparison.
    pub const LEAST_TO_COMPARE: i64 = 30;
}

/// A share beside the country's: outside of the exact 99.8 % interval is clear, outside of the exact 95 % one is perhaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Clearly fewer returns.
    Fewer,
    /// Perhaps fewer.
    PerhapsFewer,
    /// The difference may be chance.
    AsCountry,
    /// Perhaps more.
    PerhapsMore,
    /// Clearly more.
    More,
}

/// Turns counts into what may be said.
///
/// ```
/// use riktig_indicators::safety::{Followed, Standing, Statement, statement};
/// let country = Some(Followed { followed: 100_000, events: 9_000 });
/// let Statement::Told { standing, interval, .. } = statement(Followed { followed: 84, events: 7 }, country) else { panic!() };
/// assert_eq!(standing, Some(Standing::AsCountry));
/// assert!(interval.lower < 0.05 && interval.upper > 0.15); // seven of 84 tell little
/// let three = Followed { followed: 3, events: 1 };
/// assert_eq!(statement(three, country), Statement::TooFew(three));
/// assert_eq!(statement(Followed::default(), country), Statement::Nothing);
/// ```
#[must_use]
pub fn statement(own: Followed, country: Option<Followed>) -> Statement {
    let counts = u64::try_from(own.events)
        .ok()
        .zip(u64::try_from(own.followed).ok());
    let told = counts.and_then(|(events, followed)| {
        let interval = wilson(events, followed, Confidence::P95).ok()?;
        Some((events, followed, interval))
    });
    let Some((events, followed, interval)) = told else {
        return Statement::Nothing;
    };
    if own.followed < Statement::LEAST_TO_SHOW {
        return Statement::TooFew(own);
    }
    let country = country.and_then(Followed::share);
    let standing = country
        .filter(|_| own.followed >= Statement::LEAST_TO_COMPARE)
        .and_then(|country| standing(events, followed, country));
    Statement::Told {
        own,
        interval,
        country,
        standing,
    }
}

/// By the exact interval: a share near 0 makes Wilson's call a single admission of 36 clearly more than two in a thousand.
fn standing(events: u64, followed: u64, country: f64) -> Option<Standing> {
    let near = clopper_pearson(events, followed, Confidence::P95).ok()?;
    let far = clopper_pearson(events, followed, Confidence::P998).ok()?;
    Some(match country {
        p if p > far.upper => Standing::Fewer,
        p if p < far.lower => Standing::More,
        p if p > near.upper => Standing::PerhapsFewer,
        p if p < near.lower => Standing::PerhapsMore,
        _ => Standing::AsCountry,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(events: i64, followed: i64) -> Followed {
        Followed { followed, events }
    }

    #[test]
    fn only_a_difference_beyond_chance_is_called_one() {
        let country = Some(of(900, 10_000));
        let says = |events, followed| match statement(of(events, followed), country) {
            Statement::Told { standing, .. } => standing,
            _ => None,
        };
        assert_eq!(says(0, 20), None); // shown, not compared
        assert_eq!(says(3, 40), Some(Standing::AsCountry));
        assert_eq!(says(20, 120), Some(Standing::PerhapsMore));
        assert_eq!(says(40, 120), Some(Standing::More));
        assert_eq!(says(0, 60), Some(Standing::PerhapsFewer));
        assert_eq!(says(0, 200), Some(Standing::Fewer));
    }

    #[test]
    fn a_single_admission_among_few_is_never_called_more() {
        let country = Some(of(16, 10_000));
        let Statement::Told { standing, .. } = statement(of(1, 36), country) else {
            panic!("36 are enough");
        };
        assert_eq!(standing, Some(Standing::AsCountry));
    }

    #[test]
    fn counts_that_cannot_be_say_nothing() {
        assert_eq!(statement(of(3, 2), None), Statement::Nothing);
        assert_eq!(statement(of(-1, 20), None), Statement::Nothing);
    }

    #[test]
    fn without_a_country_there_is_a_share_and_no_standing() {
        let Statement::Told {
            country, standing, ..
        } = statement(of(5, 50), Some(of(0, 0)))
        else {
            panic!("fifty are enough");
        };
        assert_eq!((country, standing), (None, None));
    }
}
