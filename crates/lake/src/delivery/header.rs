//! What a delivery says about itself.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::plain_text::{masked, unfit};

/// What kind of rows a delivery holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Dispensed drugs (LMR).
    Dispensings,
    /// Contacts in primary care (KPR).
    Contacts,
    /// Contacts as KUHR claim messages (XML).
    Behandlerkrav,
    /// List patients of general practitioners.
    PracticeLists,
    /// Inhabitants by municipality, age and sex.
    Inhabitants,
    /// Prescribers: roles, practices, absences.
    Prescribers,
    /// Course groups.
    CourseGroups,
    /// Hospital admissions (NPR).
    Admissions,
    /// Advice that was shown at the moment of prescribing, and what became of it.
    Advice,
}

impl Kind {
    /// Every kind, in the order of the reference.
    pub const ALL: [Kind; 9] = [
        Kind::Dispensings,
        Kind::Contacts,
        Kind::Behandlerkrav,
        Kind::PracticeLists,
        Kind::Inhabitants,
        Kind::Prescribers,
        Kind::CourseGroups,
        Kind::Admissions,
        Kind::Advice,
    ];

    /// The name used in preambles, manifests and source files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Dispensings => "dispensings",
            Kind::Contacts => "contacts",
            Kind::Behandlerkrav => "behandlerkrav",
            Kind::PracticeLists => "practice_lists",
            Kind::Inhabitants => "inhabitants",
            Kind::Prescribers => "prescribers",
            Kind::CourseGroups => "course_groups",
            Kind::Admissions => "admissions",
            Kind::Advice => "advice",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = HeaderError;
    fn from_str(text: &str) -> Result<Self, HeaderError> {
        Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| HeaderError::UnknownKind(masked(text)))
    }
}

/// The months a delivery covers, both ends included, as months since 1970-01 (`0`).
///
/// ```
/// use riktig_lake::delivery::Period;
/// let year: Period = "2023-01..2023-12".parse()?;
/// assert!(year.overlaps(Period::month(2023, 7)));
/// assert_eq!(Period::month(2024, 3).to_string(), "2024-03");
/// # Ok::<(), riktig_lake::delivery::HeaderError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Period {
    /// First month.
    pub first: i32,
    /// Last month.
    pub last: i32,
}

impl Period {
    /// One month; `month` is 1–12.
    #[must_use]
    pub fn month(year: i32, month: u32) -> Self {
        let number = (year - 1970) * 12 + month as i32 - 1;
        Period {
            first: number,
            last: number,
        }
    }

    /// Whether the two share a month.
    #[must_use]
    pub fn overlaps(self, other: Period) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether the month (months since 1970-01) lies inside.
    #[must_use]
    pub fn contains(self, month: i32) -> bool {
        self.first <= month && month <= self.last
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |month: i32| (1970 + month.div_euclid(12), month.rem_euclid(12) + 1);
        let (year, month) = show(self.first);
        write!(f, "{year:04}-{month:02}")?;
        if self.last != self.first {
            let (year, month) = show(self.last);
            write!(f, "..{year:04}-{month:02}")?;
        }
        Ok(())
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

impl TryFrom<String> for Period {
    type Error = HeaderError;
    fn try_from(text: String) -> Result<Self, HeaderError> {
        text.parse()
    }
}

impl FromStr for Period {
    type Err = HeaderError;
    fn from_str(text: &str) -> Result<Self, HeaderError> {
        let wrong = || HeaderError::BadPeriod(masked(text));
        let month = |part: &str| -> Option<i32> {
            let (year, month) = part.split_once('-')?;
            let shape = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
            if !shape(year, 4) || !shape(month, 2) {
                return None;
            }
            let month: u32 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
            Some(Period::month(year.parse().ok()?, month).first)
        };
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let period = Period {
            first: month(first).ok_or_else(wrong)?,
            last: month(last).ok_or_else(wrong)?,
        };
        if period.first > period.last {
            Err(wrong())
        } else {
            Ok(period)
        }
    }
}

/// The preamble of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What kind of rows.
    pub kind: Kind,
    /// The sender's id of this delivery, for instance `lmr-2024-03`; letters, digits, `-`, `_` and `.`.
    pub delivery: String,
    /// Who sent it, for instance `LMR`.
    pub source: String,
    /// The months covered; `None` for registers.
    pub period: Option<Period>,
    /// The delivery that this one replaces.
    pub corrects: Option<String>,
}

/// The longest delivery id: it becomes part of a file name.
pub(crate) const LONGEST_DELIVERY_ID: usize = 100;

/// What is wrong with a preamble.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeaderError {
    /// No preamble where one was expected.
    #[error("the file does not begin with a #riktig preamble")]
    NoPreamble,
    /// A key without which nothing can be done.
    #[error("the preamble lacks `{0}`")]
    MissingKey(&'static str),
    /// A version from a later Riktig.
    #[error("format version `{0}` is not known (this program reads version 1)")]
    UnknownVersion(String),
    /// A kind nobody knows.
    #[error("`{0}` is not a kind of delivery")]
    UnknownKind(String),
    /// Not a month or a range of months.
    #[error("`{0}` is not a period (write 2024-03 or 2023-01..2023-12)")]
    BadPeriod(String),
    /// An id that cannot be part of a file name.
    #[error("`{0}` is not a delivery id (letters, digits, `-`, `_`, `.`; at most 100)")]
    BadDeliveryId(String),
    /// Two values for one key.
    #[error("the preamble gives `{0}` more than once")]
    RepeatedKey(&'static str),
    /// A value that may not be stored.
    #[error("`{0}` holds a person's identity number, a control character or more than 100 letters")]
    Unfit(&'static str),
}

/// The keys of a preamble.
const KEYS: [&str; 6] = [
    "kind", "version", "delivery", "source", "period", "corrects",
];

impl Header {
    /// The preamble line of a CSV file, without line end.
    #[must_use]
    pub fn preamble(&self) -> String {
        let mut line = String::from("#riktig");
        for (key, value) in self.pairs() {
            line.push(';');
            line.push_str(key);
            line.push('=');
            line.push_str(&value);
        }
        line
    }

    /// Keys and values as written in a preamble; Parquet prefixes the keys with `riktig.`.
    #[must_use]
    pub fn pairs(&self) -> [(&'static str, String); 6] {
        [
            ("kind", self.kind.to_string()),
            ("version", "1".to_owned()),
            ("delivery", self.delivery.clone()),
            ("source", self.source.clone()),
            (
                "period",
                self.period
                    .map(|period| period.to_string())
                    .unwrap_or_default(),
            ),
            ("corrects", self.corrects.clone().unwrap_or_default()),
        ]
    }

    /// Reads a preamble line.
    ///
    /// # Errors
    /// [`HeaderError`] names the key that is missing or wrong.
    pub fn parse(line: &str) -> Result<Self, HeaderError> {
        let rest = line
            .trim_end()
            .strip_prefix("#riktig;")
            .ok_or(HeaderError::NoPreamble)?;
        Header::once(|| {
            rest.split(';')
                .filter_map(|pair| Some(pair.split_once('=')?.0))
        })?;
        let find = |key: &str| {
            rest.split(';')
                .find_map(|pair| pair.split_once('=').filter(|(k, _)| *k == key))
                .map(|(_, v)| v)
        };
        Header::from_pairs(find)
    }

    /// Refuses a key that stands twice: which value was meant nobody knows.
    pub(crate) fn once<'a, I: Iterator<Item = &'a str>>(
        names: impl Fn() -> I,
    ) -> Result<(), HeaderError> {
        let twice = |key: &&'static str| names().filter(|name| name == key).count() > 1;
        match KEYS.into_iter().find(twice) {
            Some(key) => Err(HeaderError::RepeatedKey(key)),
            None => Ok(()),
        }
    }

    /// Builds a header from a look-up of preamble keys.
    ///
    /// # Errors
    /// As [`Header::parse`].
    pub fn from_pairs<'a>(find: impl Fn(&str) -> Option<&'a str>) -> Result<Self, HeaderError> {
        let filled = |key: &'static str| find(key).map(str::trim).filter(|value| !value.is_empty());
        let version = filled("version").ok_or(HeaderError::MissingKey("version"))?;
        if version != "1" {
            return Err(HeaderError::UnknownVersion(masked(version)));
        }
        Ok(Header {
            kind: filled("kind")
                .ok_or(HeaderError::MissingKey("kind"))?
                .parse()?,
            delivery: checked_id(filled("delivery").ok_or(HeaderError::MissingKey("delivery"))?)?,
            source: checked_source(filled("source").ok_or(HeaderError::MissingKey("source"))?)?,
            period: filled("period").map(str::parse).transpose()?,
            corrects: filled("corrects").map(checked_id).transpose()?,
        })
    }
}

/// A delivery id becomes a file name in the lake, so its letters are limited.
pub(crate) fn checked_id(id: &str) -> Result<String, HeaderError> {
    let good = id.len() <= LONGEST_DELIVERY_ID
        && id.starts_with(|c: char| c.is_ascii_alphanumeric())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if !good {
        Err(HeaderError::BadDeliveryId(masked(id)))
    } else if unfit(id.as_bytes()).is_some() {
        Err(HeaderError::Unfit("delivery"))
    } else {
        Ok(id.to_owned())
    }
}

/// The source stands in manifests and tables as it is.
fn checked_source(source: &str) -> Result<String, HeaderError> {
    if source.len() > LONGEST_DELIVERY_ID || unfit(source.as_bytes()).is_some() {
        Err(HeaderError::Unfit("source"))
    } else {
        Ok(source.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preamble_survives_the_round_trip() {
        let header = Header {
            kind: Kind::Dispensings,
            delivery: "lmr-2024-03".to_owned(),
            source: "LMR".to_owned(),
            period: Some(Period::month(2024, 3)),
            corrects: None,
        };
        assert_eq!(
            header.preamble(),
            "#riktig;kind=dispensings;version=1;delivery=lmr-2024-03;source=LMR;period=2024-03;corrects="
        );
        assert_eq!(Header::parse(&header.preamble()), Ok(header));
    }

    #[test]
    fn a_delivery_id_that_climbs_out_of_the_lake_is_refused() {
        let line = "#riktig;kind=contacts;version=1;delivery=../../etc;source=X;period=;corrects=";
        assert_eq!(
            Header::parse(line),
            Err(HeaderError::BadDeliveryId("../../etc".to_owned()))
        );
    }

    #[test]
    fn a_key_given_twice_is_refused_and_an_identity_number_is_neither_stored_nor_shown() {
        let line = |delivery: &str, source: &str| {
            let line = format!(
                "#riktig;kind=contacts;version=1;delivery={delivery};source={source};period="
            );
            Header::parse(&line)
        };
        assert_eq!(
            line("a;delivery=b", "KPR"),
            Err(HeaderError::RepeatedKey("delivery"))
        );
        assert_eq!(
            line("kpr-13097248022", "KPR"),
            Err(HeaderError::Unfit("delivery"))
        );
        assert_eq!(line("a", "13097248022"), Err(HeaderError::Unfit("source")));
        let shown = line("13097248022/", "KPR")
            .expect_err("refused")
            .to_string();
        assert!(!shown.contains("13097248022"), "{shown}");
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert!("2024-03..2024-02".parse::<Period>().is_err());
        assert!("2024-13".parse::<Period>().is_err());
    }
}
