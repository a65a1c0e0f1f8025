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
    /// The gate's own sentence, which is English.
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
}
