//! A chain that messages are sent to, and what their text can be changed to.

use jiff::Timestamp;
use riktig_chain::check::{Against, Checked, check};
use riktig_chain::rehearsal::{Rehearsal, Wrong};
use riktig_chain::{Answer, At, Intermediary, Registry};
use riktig_codes::Day;
use riktig_eresept::check::Weight;
use riktig_eresept::{AppRec, Outcome};
use riktig_journal::Journal;
use riktig_journal::identity::Keys;

pub(crate) fn at() -> At {
    At {
        now: "2026-03-02T09:00:00Z".parse::<Timestamp>().unwrap(),
        today: "2026-03-02".parse::<Day>().unwrap(),
    }
}

pub(crate) struct World {
    pub(crate) rehearsal: Rehearsal,
    pub(crate) intermediary: Intermediary,
    pub(crate) registry: Registry,
    _folder: tempfile::TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = async |name: &str| {
            let address = format!("sqlite:{}", folder.path().join(name).display());
            let keys = Keys::parse(&Keys::generate().unwrap()).unwrap();
            Journal::open(&address, keys).await.unwrap()
        };
        let rehearsal = Rehearsal::new(at()).unwrap();
        Self {
            intermediary: Intermediary::open(journal("a.db").await, rehearsal.setup()),
            registry: Registry::open(journal("b.db").await, rehearsal.registry()),
            rehearsal,
            _folder: folder,
        }
    }

    pub(crate) fn check(&self, bytes: &[u8]) -> Checked {
        let against = Against {
            trust: Some(&self.rehearsal.trust()),
            intermediary: self.rehearsal.numbers(),
        };
        check(bytes, against)
    }

    /// A message in which something was written otherwise before it was signed.
    pub(crate) fn changed(
        &self,
        good: &[u8],
        by: Wrong,
        change: impl Fn(&str) -> String,
    ) -> Vec<u8> {
        let text = std::str::from_utf8(good).unwrap();
        let changed = change(text);
        assert!(changed != text, "something is other");
        self.rehearsal.signed_by(by, changed.as_bytes()).unwrap()
    }

    pub(crate) async fn is_refused_as_told(&self, what: &str, bytes: Vec<u8>, expected: &str) {
        let checked = self.check(&bytes);
        let live = code(self.intermediary.receive(bytes, at()).await);
        assert_eq!(live, expected, "{what}");
        is_told(what, &checked, expected);
    }

    pub(crate) async fn registry_refuses_as_told(
        &self,
        what: &str,
        bytes: Vec<u8>,
        expected: &str,
    ) {
        let checked = self.check(&bytes);
        let live = code(self.registry.receive(bytes, at()).await);
        assert_eq!(live, expected, "{what}");
        is_told(what, &checked, expected);
    }
}

pub(crate) fn is_told(what: &str, checked: &Checked, expected: &str) {
    let told = checked.findings.iter().any(|finding| {
        let code = finding.code.is_some_and(|code| code.own == expected);
        code && finding.weight == Weight::Fault && finding.line > 0
    });
    assert!(told, "{what}, {expected}: {checked:#?}");
}

/// The first code of a receipt, or what else was answered.
pub(crate) fn code(answer: Answer) -> String {
    let words = words(answer);
    words.split(':').next().unwrap_or_default().to_owned()
}

/// What a receipt says first, or what else was answered.
pub(crate) fn words(answer: Answer) -> String {
    let (Answer::Message(answer) | Answer::Refused(answer)) = answer else {
        return format!("{answer:?}");
    };
    match AppRec::read(&answer).map(|receipt| receipt.outcome) {
        Ok(Outcome::Refused(errors)) => errors[0].0.original.clone().unwrap_or_default(),
        Ok(_) => "taken".to_owned(),
        Err(_) => "a message".to_owned(),
    }
}

/// An element of this name with all in it.
pub(crate) fn element<'t>(text: &'t str, name: &str) -> &'t str {
    let from = text
        .find(&format!("<{name}>"))
        .or_else(|| text.find(&format!("<{name} ")));
    let rest = &text[from.unwrap_or_else(|| panic!("there is {name}"))..];
    let end = format!("</{name}>");
    &rest[..rest.find(&end).unwrap() + end.len()]
}

/// The Ident with this number.
pub(crate) fn ident<'t>(text: &'t str, number: &str) -> &'t str {
    let at = text.find(number).expect("it is there");
    let from = text[..at].rfind("<Ident>").expect("it is in an Ident");
    element(&text[from..], "Ident")
}

/// With another text in the first element of this name.
pub(crate) fn saying(text: &str, name: &str, says: &str) -> String {
    let own = element(text, name);
    let begin = &own[..=own.find('>').unwrap()];
    text.replacen(own, &format!("{begin}{says}</{name}>"), 1)
}

pub(crate) fn without(text: &str, name: &str) -> String {
    text.replacen(element(text, name), "", 1)
}

pub(crate) fn twice(text: &str, name: &str) -> String {
    let own = element(text, name);
    text.replacen(own, &format!("{own}{own}"), 1)
}

pub(crate) fn behind(text: &str, name: &str, more: &str) -> String {
    let own = element(text, name);
    text.replacen(own, &format!("{own}{more}"), 1)
}

pub(crate) type Change = fn(&str) -> String;

/// The surgery's and the doctor's names stand before the patient's: only the patient is changed.
pub(crate) fn nobody(text: &str) -> String {
    let patient = element(text, "Patient");
    text.replacen(patient, &without(patient, "Ident"), 1)
}

/// The text of the first element of this name.
pub(crate) fn content<'t>(text: &'t str, name: &str) -> &'t str {
    let own = element(text, name);
    &own[own.find('>').unwrap() + 1..own.rfind("</").unwrap()]
}

/// The first tag of an element.
pub(crate) fn element_start<'t>(text: &'t str, name: &str) -> &'t str {
    let from = text.find(&format!("<{name} ")).expect("it is there");
    &text[from..=from + text[from..].find('>').expect("it ends")]
}
