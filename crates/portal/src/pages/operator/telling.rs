//! Numbers, months and choices as the operator's pages say them.

use riktig_codes::{Month, MonthRange};
use riktig_lake::edition::Span;
use riktig_reports::Lang;
use riktig_reports::model::Period;
use riktig_reports::text::{Arg, Key};

/// What a page says on top after a form: a word in its address.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Said {
    pub(super) said: Option<String>,
}

/// `1 204`.
pub(super) fn count(lang: Lang, number: u64) -> String {
    lang.count(number as f64)
}

/// A message with `count` for its plural and `number` for its text.
pub(super) fn many(lang: Lang, key: Key, number: u64) -> String {
    let text = count(lang, number);
    let plural = i64::try_from(number).unwrap_or(i64::MAX);
    let args = [("count", Arg::Plural(plural)), ("number", Arg::Text(&text))];
    lang.fill(key, &args)
}

/// The months of an edition in words.
pub(super) fn span(lang: Lang, span: &Span) -> String {
    lang.period(&Period {
        first: span.first.clone(),
        last: span.last.clone(),
    })
}

/// The same of months that were read already.
pub(super) fn range(lang: Lang, range: MonthRange) -> String {
    lang.period(&Period {
        first: range.first().to_string(),
        last: range.last().to_string(),
    })
}

/// `mars 2025`.
pub(super) fn month(lang: Lang, month: Month) -> String {
    lang.month(&month.to_string())
}
