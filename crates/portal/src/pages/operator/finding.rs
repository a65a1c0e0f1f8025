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
        kind: lang.say(kind(&finding.id)),
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

/// What kind of finding an id names (`docs/reference/publishing.md`).
fn kind(id: &str) -> Key {
    KINDS
        .iter()
        .find(|(start, _)| id.starts_with(start))
        .map_or(Key("operator-finding-other"), |(_, key)| *key)
}

/// By the beginning of the id; the longer before the shorter.
const KINDS: [(&str, Key); 19] = [
    ("jump-indicator-", Key("operator-finding-jump-indicator")),
    ("jump-atc-", Key("operator-finding-jump-atc")),
    ("lost-indicator-", Key("operator-finding-lost")),
    ("few-antibiotics-", Key("operator-finding-few-antibiotics")),
    ("few-contacts-", Key("operator-finding-few-contacts")),
    ("month-few-", Key("operator-finding-month-few")),
    ("month-missing-", Key("operator-finding-month-missing")),
    ("link-rate-fell", Key("operator-finding-link-fell")),
    ("link-rate", Key("operator-finding-link")),
    ("refused-", Key("operator-finding-refused")),
    ("definition-changed-", Key("operator-finding-changed")),
    ("definition-edited-", Key("operator-finding-edited")),
    ("definition-gone-", Key("operator-finding-gone")),
    ("definition-new-", Key("operator-finding-new")),
    ("period-revised", Key("operator-finding-revised")),
    ("period-overlap", Key("operator-finding-overlap")),
    ("period-other-months", Key("operator-finding-months")),
    ("not-compared", Key("operator-finding-not-compared")),
    ("atc-not-compared", Key("operator-finding-atc-not-compared")),
];

/// What was seen, in a sentence: of the id's own parts and the measured figure.
fn told(lang: Lang, finding: &Finding) -> String {
    let of = |start: &str| finding.id.strip_prefix(start).unwrap_or_default();
    let seen = finding.seen.unwrap_or_default();
    let percent = || lang.number(seen * 100.0, 1);
    let one =
        |key: Key, name: &'static str, value: &str| lang.fill(key, &[(name, Arg::Text(value))]);
    let figure = |key: Key, name: &str, value: String| {
        lang.fill(
            key,
            &[("name", Arg::Text(name)), ("seen", Arg::Text(&value))],
        )
    };
    let few = |key: Key, start: &str| {
        let (place, month) = split_month(of(start));
        let month = lang.month(month);
        lang.fill(
            key,
            &[
                ("name", Arg::Text(place)),
                ("month", Arg::Text(&month)),
                ("seen", Arg::Text(&percent())),
            ],
        )
    };
    let key = kind(&finding.id);
    match key.0 {
        "operator-finding-jump-indicator" => {
            let name = of("jump-indicator-");
            figure(
                Key("operator-told-jump-indicator"),
                name,
                lang.number(seen, 2),
            )
        }
        "operator-finding-jump-atc" => {
            let name = of("jump-atc-");
            figure(Key("operator-told-jump-atc"), name, lang.number(seen, 2))
        }
        "operator-finding-lost" => one(Key("operator-told-lost"), "name", of("lost-indicator-")),
        "operator-finding-few-antibiotics" => {
            few(Key("operator-told-few-antibiotics"), "few-antibiotics-")
        }
        "operator-finding-few-contacts" => few(Key("operator-told-few-contacts"), "few-contacts-"),
        "operator-finding-month-few" => {
            let (rows, month) = split_month(of("month-few-"));
            let [rows, month] = [rows_of(lang, rows), lang.month(month)];
            lang.fill(
                Key("operator-told-month-few"),
                &[
                    ("name", Arg::Text(&rows)),
                    ("month", Arg::Text(&month)),
                    ("seen", Arg::Text(&percent())),
                ],
            )
        }
        "operator-finding-month-missing" => {
            let (rows, month) = split_month(of("month-missing-"));
            let [rows, month] = [rows_of(lang, rows), lang.month(month)];
            lang.fill(
                Key("operator-told-month-missing"),
                &[("name", Arg::Text(&rows)), ("month", Arg::Text(&month))],
            )
        }
        "operator-finding-link" => one(Key("operator-told-link"), "seen", &percent()),
        "operator-finding-link-fell" => one(
            Key("operator-told-link-fell"),
            "seen",
            &lang.number(seen, 1),
        ),
        "operator-finding-refused" => {
            let rows = rows_of(lang, of("refused-"));
            figure(Key("operator-told-refused"), &rows, lang.number(seen, 2))
        }
        "operator-finding-changed" => one(
            Key("operator-told-changed"),
            "name",
            of("definition-changed-"),
        ),
        "operator-finding-edited" => one(
            Key("operator-told-edited"),
            "name",
            of("definition-edited-"),
        ),
        "operator-finding-gone" => one(Key("operator-told-gone"), "name", of("definition-gone-")),
        "operator-finding-new" => one(Key("operator-told-new"), "name", of("definition-new-")),
        "operator-finding-revised" => lang.say(Key("operator-told-revised")),
        "operator-finding-overlap" => lang.say(Key("operator-told-overlap")),
        "operator-finding-months" => lang.say(Key("operator-told-months")),
        "operator-finding-not-compared" => lang.say(Key("operator-told-not-compared")),
        "operator-finding-atc-not-compared" => lang.say(Key("operator-told-atc-not-compared")),
        _ => String::new(),
    }
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
        assert_eq!(kind("link-rate-fell").0, "operator-finding-link-fell");
        assert_eq!(kind("link-rate").0, "operator-finding-link");
        assert_eq!(kind("jump-atc-J01CE02").0, "operator-finding-jump-atc");
        assert_eq!(kind("something-new").0, "operator-finding-other");
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
        for (start, _) in KINDS {
            let id = format!("{start}contacts-2023-07");
            assert!(!told(Lang::Nb, &seen(&id, 1.0)).is_empty(), "{start}");
        }
        assert_eq!(told(Lang::Nb, &seen("something-new", 1.0)), "");
    }
}
