//! What the gate found, as the edition's page tells it.

use riktig_lake::edition::{Act, Entry, Finding, Publication, Severity};
use riktig_reports::Lang;
use riktig_reports::text::{Arg, Key};

use crate::moment;

/// One finding.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) kind: String,
    /// What was seen, in the reader's language; empty for a kind that this program does not know.
    pub(super) told: String,
    /// The sentence that stands in the edition, with the counts behind it; it is English.
    pub(super) words: String,
    pub(super) severity: String,
    /// The colour of its tag, beside the word.
    pub(super) colour: &'static str,
    /// Who answered for it, and why.
    pub(super) answers: Vec<[String; 2]>,
    /// Somebody must answer before the edition can leave.
    pub(super) open: bool,
}

/// A finding with the answers to it.
pub(super) fn tell(finding: &Finding, publication: &Publication, lang: Lang) -> Told {
    let (severity, colour) = match finding.severity {
        Severity::Info => (Key("operator-severity-info"), "info"),
        Severity::Warning => (Key("operator-severity-warning"), "warning"),
        Severity::Blocking => (Key("operator-severity-blocking"), "danger"),
    };
    let answers = publication.answers(finding);
    Told {
        id: finding.id.clone(),
        kind: lang.say(kind(&finding.id).map_or(Key("operator-finding-other"), |it| it.name)),
        told: told(lang, finding),
        words: finding.words.clone(),
        severity: lang.say(severity),
        colour,
        answers: answers.filter_map(|it| answer(it, lang)).collect(),
        open: finding.severity == Severity::Blocking && !publication.accepted(finding),
    }
}

/// Who and when, and the reason.
fn answer(entry: &Entry, lang: Lang) -> Option<[String; 2]> {
    let Act::Accepted { by, reason, .. } = &entry.act else {
        return None;
    };
    let who = lang.fill(
        Key("operator-accepted-by"),
        &[
            ("name", Arg::Text(by)),
            ("moment", Arg::Text(&when(lang, &entry.at))),
        ],
    );
    Some([who, reason.clone()])
}

/// A moment of the record; a text that is none stands as it is.
pub(super) fn when(lang: Lang, at: &str) -> String {
    let moment = at.parse().map(|at| moment::moment(lang, at));
    moment.unwrap_or_else(|_| at.to_owned())
}

/// A kind of finding (`docs/reference/publishing.md`).
struct Kind {
    /// How its ids begin.
    start: &'static str,
    /// What it is called.
    name: Key,
    /// The sentence about one.
    told: Key,
    /// What the rest of an id says.
    of: Of,
    /// What the measured figure is.
    seen: Seen,
}

/// What the rest of an id says.
#[derive(Clone, Copy)]
enum Of {
    Nothing,
    /// An indicator, a code, a definition.
    Name,
    /// A kind of rows.
    Rows,
    /// A municipality and a month.
    NameAndMonth,
    /// A kind of rows and a month.
    RowsAndMonth,
}

/// What the measured figure is, and how it is written.
#[derive(Clone, Copy)]
enum Seen {
    Nothing,
    /// Times as much, or percent already: two decimals.
    Times,
    /// A part of one, told in percent with one decimal.
    Share,
    /// Percentage points: one decimal.
    Points,
}

/// The longer beginning before the shorter.
#[rustfmt::skip]
const KINDS: [Kind; 19] = [
    Kind { start: "jump-indicator-", name: Key("operator-finding-jump-indicator"), told: Key("operator-told-jump-indicator"), of: Of::Name, seen: Seen::Times },
    Kind { start: "jump-atc-", name: Key("operator-finding-jump-atc"), told: Key("operator-told-jump-atc"), of: Of::Name, seen: Seen::Times },
    Kind { start: "lost-indicator-", name: Key("operator-finding-lost"), told: Key("operator-told-lost"), of: Of::Name, seen: Seen::Nothing },
    Kind { start: "few-antibiotics-", name: Key("operator-finding-few-antibiotics"), told: Key("operator-told-few-antibiotics"), of: Of::NameAndMonth, seen: Seen::Share },
    Kind { start: "few-contacts-", name: Key("operator-finding-few-contacts"), told: Key("operator-told-few-contacts"), of: Of::NameAndMonth, seen: Seen::Share },
    Kind { start: "month-few-", name: Key("operator-finding-month-few"), told: Key("operator-told-month-few"), of: Of::RowsAndMonth, seen: Seen::Share },
    Kind { start: "month-missing-", name: Key("operator-finding-month-missing"), told: Key("operator-told-month-missing"), of: Of::RowsAndMonth, seen: Seen::Nothing },
    Kind { start: "link-rate-fell", name: Key("operator-finding-link-fell"), told: Key("operator-told-link-fell"), of: Of::Nothing, seen: Seen::Points },
    Kind { start: "link-rate", name: Key("operator-finding-link"), told: Key("operator-told-link"), of: Of::Nothing, seen: Seen::Share },
    Kind { start: "refused-", name: Key("operator-finding-refused"), told: Key("operator-told-refused"), of: Of::Rows, seen: Seen::Times },
    Kind { start: "definition-changed-", name: Key("operator-finding-changed"), told: Key("operator-told-changed"), of: Of::Name, seen: Seen::Nothing },
    Kind { start: "definition-edited-", name: Key("operator-finding-edited"), told: Key("operator-told-edited"), of: Of::Name, seen: Seen::Nothing },
    Kind { start: "definition-gone-", name: Key("operator-finding-gone"), told: Key("operator-told-gone"), of: Of::Name, seen: Seen::Nothing },
    Kind { start: "definition-new-", name: Key("operator-finding-new"), told: Key("operator-told-new"), of: Of::Name, seen: Seen::Nothing },
    Kind { start: "period-revised", name: Key("operator-finding-revised"), told: Key("operator-told-revised"), of: Of::Nothing, seen: Seen::Nothing },
    Kind { start: "period-overlap", name: Key("operator-finding-overlap"), told: Key("operator-told-overlap"), of: Of::Nothing, seen: Seen::Nothing },
    Kind { start: "period-other-months", name: Key("operator-finding-months"), told: Key("operator-told-months"), of: Of::Nothing, seen: Seen::Nothing },
    Kind { start: "not-compared", name: Key("operator-finding-not-compared"), told: Key("operator-told-not-compared"), of: Of::Nothing, seen: Seen::Nothing },
    Kind { start: "atc-not-compared", name: Key("operator-finding-atc-not-compared"), told: Key("operator-told-atc-not-compared"), of: Of::Nothing, seen: Seen::Nothing },
];

/// The kind that an id names.
fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| id.starts_with(kind.start))
}

/// What was seen, in a sentence: of the id's own parts and the measured figure. Empty for a kind that is not known.
fn told(lang: Lang, finding: &Finding) -> String {
    let Some(kind) = kind(&finding.id) else {
        return String::new();
    };
    let rest = &finding.id[kind.start.len()..];
    let (first, month) = match kind.of {
        Of::NameAndMonth | Of::RowsAndMonth => split_month(rest),
        Of::Nothing | Of::Name | Of::Rows => (rest, ""),
    };
    let name = match kind.of {
        Of::Rows | Of::RowsAndMonth => rows_of(lang, first),
        Of::Nothing | Of::Name | Of::NameAndMonth => first.to_owned(),
    };
    let month = lang.month(month);
    let seen = finding.seen.unwrap_or_default();
    let seen = match kind.seen {
        Seen::Nothing => String::new(),
        Seen::Times => lang.number(seen, 2),
        Seen::Share => lang.number(seen * 100.0, 1),
        Seen::Points => lang.number(seen, 1),
    };
    let args = [
        ("name", Arg::Text(&name)),
        ("month", Arg::Text(&month)),
        ("seen", Arg::Text(&seen)),
    ];
    lang.fill(kind.told, &args)
}

/// `0301-2023-07` as place and month.
fn split_month(rest: &str) -> (&str, &str) {
    const MONTH: usize = "2023-07".len();
    let cut = rest.len().saturating_sub(MONTH);
    let (first, month) = rest.split_at_checked(cut).unwrap_or((rest, ""));
    (first.trim_end_matches('-'), month)
}

/// What kind of rows, as the deliveries' pages call them.
fn rows_of(lang: Lang, kind: &str) -> String {
    lang.say(match kind {
        "dispensings" => Key("operator-told-dispensings"),
        "contacts" => Key("operator-told-contacts"),
        "infection-contacts" => Key("operator-told-infections"),
        "claims" => Key("operator-told-claims"),
        "practice-lists" => Key("operator-told-lists"),
        "inhabitants" => Key("operator-told-inhabitants"),
        "prescribers" => Key("operator-told-prescribers"),
        "admissions" => Key("operator-told-admissions"),
        other => return other.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_name_is_found_before_the_shorter() {
        let told = |id| kind(id).map(|it| it.name.0);
        assert_eq!(told("link-rate-fell"), Some("operator-finding-link-fell"));
        assert_eq!(told("link-rate"), Some("operator-finding-link"));
        assert_eq!(told("jump-atc-J01CE02"), Some("operator-finding-jump-atc"));
        assert_eq!(told("something-new"), None);
    }

    fn seen(id: &str, seen: f64) -> Finding {
        Finding {
            seen: Some(seen),
            ..Finding::told(id, Severity::Warning, "The gate's own sentence.")
        }
    }

    #[test]
    fn a_finding_is_told_in_the_readers_language_with_its_figure_and_its_month() {
        for (id, figure, lang, sentence) in [
            (
                "jump-indicator-RAK-PENV",
                1.319,
                Lang::Nb,
                "Landstallet for RAK-PENV er 1,32 ganger det forrige utgave hadde.",
            ),
            (
                "few-contacts-0301-2023-07",
                0.412,
                Lang::Nn,
                "Kommune 0301 har 41,2 % av dei kontaktane som var å vente i juli 2023.",
            ),
            (
                "month-few-infection-contacts-2023-07",
                0.5,
                Lang::En,
                "July 2023 has 50.0% of the contacts for infections that the months beside it and the year before lead one to expect.",
            ),
            (
                "refused-dispensings",
                2.5,
                Lang::En,
                "2.50% of the rows of dispensings were refused.",
            ),
        ] {
            assert_eq!(told(lang, &seen(id, figure)), sentence);
        }
    }

    #[test]
    fn every_kind_has_a_sentence_and_an_unknown_one_has_none() {
        for Kind { start, .. } in KINDS {
            let id = format!("{start}contacts-2023-07");
            assert!(!told(Lang::Nb, &seen(&id, 1.0)).is_empty(), "{start}");
        }
        assert_eq!(told(Lang::Nb, &seen("something-new", 1.0)), "");
    }
}
