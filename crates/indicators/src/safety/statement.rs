use super::Followed;

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
        interval: [f64; 2],
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

/// A share beside the country's: outside of the 99.8 % Wilson interval is clear, outside of the 95 % one is perhaps.
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
/// assert!(interval[0] < 0.05 && interval[1] > 0.15); // seven of 84 tell little
/// let three = Followed { followed: 3, events: 1 };
/// assert_eq!(statement(three, country), Statement::TooFew(three));
/// assert_eq!(statement(Followed::default(), country), Statement::Nothing);
/// ```
#[must_use]
pub fn statement(own: Followed, country: Option<Followed>) -> Statement {
    if own.followed <= 0 {
        return Statement::Nothing;
    }
    if own.followed < Statement::LEAST_TO_SHOW {
        return Statement::TooFew(own);
    }
    let country = country.and_then(Followed::share);
    let standing = country
        .filter(|_| own.followed >= Statement::LEAST_TO_COMPARE)
        .map(|country| standing(own, country));
    Statement::Told {
        own,
        interval: wilson(own, Z_95),
        country,
        standing,
    }
}

/// Quantiles of the normal distribution for two-sided 95 % and 99.8 %.
const Z_95: f64 = 1.959_963_984_540_054;
const Z_998: f64 = 3.090_232_306_167_813_5;

fn standing(own: Followed, country: f64) -> Standing {
    let (near, far) = (wilson(own, Z_95), wilson(own, Z_998));
    match country {
        p if p > far[1] => Standing::Fewer,
        p if p < far[0] => Standing::More,
        p if p > near[1] => Standing::PerhapsFewer,
        p if p < near[0] => Standing::PerhapsMore,
        _ => Standing::AsCountry,
    }
}

/// Wilson's score interval.
fn wilson(own: Followed, z: f64) -> [f64; 2] {
    let (n, p) = (own.followed as f64, own.events as f64 / own.followed as f64);
    let square = z * z / n;
    let middle = p + square / 2.0;
    let half = z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
    [
        ((middle - half) / (1.0 + square)).max(0.0),
        ((middle + half) / (1.0 + square)).min(1.0),
    ]
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
