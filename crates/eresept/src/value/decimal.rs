//! A decimal number that is written as it was read.

use std::fmt;

/// A decimal number as a message writes it: `1`, `1.000`, `0.5`. Kept as text, so that nothing is rounded on its way.
///
/// ```
/// use riktig_eresept::Decimal;
/// let packs = Decimal::parse("1.000").expect("a decimal number");
/// assert_eq!((packs.value(), packs.to_string().as_str()), (1.0, "1.000"));
/// assert_eq!(Decimal::parse("0.5").and_then(|half| half.thousandths()), Some(500));
/// assert!(Decimal::parse("NaN").is_none() && Decimal::parse("1,5").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(Box<str>);

/// The longest number that is read; every known one has under ten places.
const MAX_PLACES: usize = 30;

impl Decimal {
    /// Reads a number with a dot; no exponent, no infinity.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let some = whole.len() + part.len();
        let right = (1..=MAX_PLACES).contains(&some) && digits(whole) && digits(part);
        right.then(|| Self(text.into()))
    }

    /// A whole number.
    pub fn whole(number: u32) -> Self {
        Self(number.to_string().into())
    }

    /// In thousandths, what is finer cut off; none below zero or beyond what 64 bits hold.
    pub fn thousandths(&self) -> Option<u64> {
        let digits = self.0.strip_prefix('+').unwrap_or(&self.0);
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let part = &format!("{part:0<3}")[..3];
        format!("{whole}{part}").parse().ok()
    }

    /// The number, to the nearest that 64 bits hold.
    pub fn value(&self) -> f64 {
        self.0
            .parse()
            .expect("digits with at most one dot are a number")
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
