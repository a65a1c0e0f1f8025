//! Numbers, months and dates in words.

use crate::model::{Counts, Indicator, Period, Phrase, Report, Unit};

use super::Lang;
use super::catalogue::{Arg, Key};

/// Narrow no-break space: groups of thousands stay together on the line.
const THIN: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// How many digits a number is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    /// For reading at a glance: whole numbers from ten, one decimal below.
    Brief,
    /// For tables: one decimal.
    Exact,
    /// None: what a group's change is told with.
    Whole,
    /// As many decimals as the number has, and no fewer than at a glance: a level that a count was worked out against, for
    /// whoever divides after us.
    All,
}

impl Lang {
    /// A number with `decimals` places: `1 234,5` in Norwegian, `1,234.5` in English.
    #[must_use]
    pub fn number(self, value: f64, decimals: usize) -> String {
        let plain = format!("{:.decimals$}", value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let negative = value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b));
        let mut out = String::with_capacity(plain.len() + 4);
        if negative {
            out.push('\u{2212}');
        }
        for (index, digit) in whole.char_indices() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                out.push(if self == Lang::En { ',' } else { THIN });
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(if self == Lang::En { '.' } else { ',' });
            out.push_str(fraction);
        }
        out
    }

    /// A whole number.
    #[must_use]
    pub fn count(self, value: f64) -> String {
        self.number(value.round(), 0)
    }

    /// A value in its unit, the unit's words left out: `28 %`, `312`.
    pub(crate) fn value(self, value: f64, unit: Unit, digits: Digits) -> String {
        let decimals = match (unit, digits) {
            (_, Digits::Whole) => 0,
            (Unit::Ratio, Digits::All) => decimals(value).max(unit.decimals(value)),
            (Unit::Ratio, _) | (_, Digits::Exact) => unit.decimals(value),
            (_, Digits::Brief) => usize::from(value < 9.95),
            (_, Digits::All) => decimals(value).max(usize::from(value < 9.95)),
        };
        let number = self.number(value, decimals);
        match (unit, self) {
            (Unit::Percent, Lang::En) => number + "%",
            (Unit::Percent, _) => format!("{number}{NO_BREAK}%"),
            _ => number,
        }
    }

    /// The unit's words after the number; empty for per cent, which is in the number.
    pub(crate) fn unit(self, indicator: &Indicator) -> String {
        self.unit_among(indicator.unit, &indicator.among)
    }

    /// The same, of a unit and what it is a number among.
    pub(crate) fn unit_among(self, unit: Unit, among: &Phrase) -> String {
        let (key, among) = match unit {
            Unit::Percent => return String::new(),
            Unit::Per1000 => (Key("unit-per-1000"), &among.many),
            Unit::Per100 => (Key("unit-per-100"), &among.many),
            Unit::Ratio => (Key("unit-per"), &among.one),
        };
        self.fill(key, &[("among", Arg::Text(self.of(among)))])
    }

    /// `12 av 40`.
    pub(crate) fn of_counts(self, counts: Counts) -> String {
        let (numerator, denominator) =
            (self.count(counts.numerator), self.count(counts.denominator));
        self.fill(
            Key("counts"),
            &[
                ("numerator", Arg::Text(&numerator)),
                ("denominator", Arg::Text(&denominator)),
            ],
        )
    }

    /// A month given as `YYYY-MM`: `mars 2024`. Anything else comes back as it is.
    #[must_use]
    pub fn month(self, month: &str) -> String {
        match split_month(month) {
            Some((year, index)) => format!("{} {year}", self.say(MONTHS[index])),
            None => month.to_owned(),
        }
    }

    /// A month given as `YYYY-MM` without its year: `mars`.
    pub(crate) fn month_name(self, month: &str) -> String {
        match split_month(month) {
            Some((_, index)) => self.say(MONTHS[index]),
            None => month.to_owned(),
        }
    }

    /// `januar–desember 2024`, `juli 2023–juni 2024`, `september 2017`.
    #[must_use]
    pub fn period(self, period: &Period) -> String {
        let (Some((first_year, first)), Some((last_year, _))) =
            (split_month(&period.first), split_month(&period.last))
        else {
            return format!("{}–{}", period.first, period.last);
        };
        let last = self.month(&period.last);
        if period.first == period.last {
            last
        } else if first_year == last_year {
            format!("{}–{last}", self.say(MONTHS[first]))
        } else {
            format!("{}–{last}", self.month(&period.first))
        }
    }

    /// `1 måned`, `18 måneder`.
    pub(crate) fn months(self, months: u32) -> String {
        self.fill(
            Key("months"),
            &[
                ("count", Arg::Plural(months.into())),
                ("number", Arg::Text(&self.count(months.into()))),
            ],
        )
    }

    /// `12 leger`; empty where the number is not known.
    pub(crate) fn doctors(self, count: u32) -> String {
        if count == 0 {
            return String::new();
        }
        self.fill(
            Key("doctors"),
            &[
                ("count", Arg::Plural(count.into())),
                ("number", Arg::Text(&self.count(count.into()))),
            ],
        )
    }

    /// The report's period; its length too where that is no year: `juli–desember 2024 (6 måneder)`.
    pub(crate) fn period_and_length(self, report: &Report) -> String {
        let period = self.period(&report.period);
        match report.provenance.months {
            12 => period,
            months => format!("{period} ({})", self.months(months)),
        }
    }

    /// A period as short as it can be: the year where it is one whole year.
    pub(crate) fn short_period(self, period: &Period) -> String {
        match (split_month(&period.first), split_month(&period.last)) {
            (Some((first, 0)), Some((last, 11))) if first == last => first.to_string(),
            _ => self.period(period),
        }
    }

    /// A day given as `YYYY-MM-DD`: `31. desember 2024`, `31 December 2024`.
    #[must_use]
    pub fn day(self, date: &str) -> String {
        let Some((month, day)) = date.rsplit_once('-') else {
            return date.to_owned();
        };
        let day = day.trim_start_matches('0');
        let point = if self == Lang::En { "" } else { "." };
        format!("{day}{point} {}", self.month(month))
    }
}

/// Decimals of the shortest number that reads back as `value`.
fn decimals(value: f64) -> usize {
    let text = value.to_string();
    text.split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

fn split_month(month: &str) -> Option<(i32, usize)> {
    let (year, number) = month.split_once('-')?;
    let number: usize = number.parse().ok()?;
    (1..=12)
        .contains(&number)
        .then_some((year.parse().ok()?, number - 1))
}

const MONTHS: [Key; 12] = [
    Key("month-1"),
    Key("month-2"),
    Key("month-3"),
    Key("month-4"),
    Key("month-5"),
    Key("month-6"),
    Key("month-7"),
    Key("month-8"),
    Key("month-9"),
    Key("month-10"),
    Key("month-11"),
    Key("month-12"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_decimals_follow_the_language() {
        assert_eq!(
            Lang::Nb.number(1_234_567.25, 1),
            "1\u{202f}234\u{202f}567,2"
        );
        assert_eq!(Lang::En.number(1_234_567.25, 1), "1,234,567.2");
        assert_eq!(Lang::Nn.number(999.0, 0), "999");
        assert_eq!(Lang::Nb.number(-0.01, 1), "0,0");
        assert_eq!(Lang::Nb.number(-3.5, 1), "\u{2212}3,5");
    }

    #[test]
    fn a_brief_share_has_a_decimal_only_below_ten() {
        assert_eq!(
            Lang::Nb.value(28.4, Unit::Percent, Digits::Brief),
            "28\u{a0}%"
        );
        assert_eq!(
            Lang::Nb.value(4.2, Unit::Percent, Digits::Brief),
            "4,2\u{a0}%"
        );
        assert_eq!(
            Lang::Nb.value(9.96, Unit::Percent, Digits::Brief),
            "10\u{a0}%"
        );
        assert_eq!(Lang::En.value(28.4, Unit::Percent, Digits::Exact), "28.4%");
    }

    #[test]
    fn a_level_keeps_the_decimals_that_it_has() {
        let told = |value, unit| Lang::En.value(value, unit, Digits::All);
        assert_eq!(told(59.5, Unit::Percent), "59.5%");
        assert_eq!(told(60.0, Unit::Percent), "60%");
        assert_eq!(told(8.12, Unit::Percent), "8.12%");
        assert_eq!(told(5.0, Unit::Percent), "5.0%");
        assert_eq!(told(0.0812, Unit::Percent), "0.0812%");
        assert_eq!(told(1230.0, Unit::Per1000), "1,230");
        assert_eq!(told(7.2, Unit::Ratio), "7.20");
        assert_eq!(told(0.725, Unit::Ratio), "0.725");
        assert_eq!(
            Lang::Nn.value(59.5, Unit::Percent, Digits::All),
            "59,5\u{a0}%"
        );
    }

    #[test]
    fn a_period_is_written_as_briefly_as_it_can_be_read() {
        let period = |first: &str, last: &str| Period {
            first: first.into(),
            last: last.into(),
        };
        assert_eq!(
            Lang::Nb.period(&period("2024-01", "2024-12")),
            "januar–desember 2024"
        );
        assert_eq!(Lang::Nb.short_period(&period("2024-01", "2024-12")), "2024");
        assert_eq!(
            Lang::En.period(&period("2023-07", "2024-06")),
            "July 2023–June 2024"
        );
        assert_eq!(
            Lang::Nn.period(&period("2017-09", "2017-09")),
            "september 2017"
        );
        assert_eq!(Lang::Nb.day("2024-12-05"), "5. desember 2024");
    }
}
