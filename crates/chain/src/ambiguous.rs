//! Envelopes that one reader may read in one way and another in another: who reads on must not see another sender or patient than
//! the one who was looked at here.

use std::collections::BTreeSet;

use riktig_eresept::xml::Element;
use riktig_eresept::{Ident, Message};

/// What the sender of such an envelope is told.
pub(crate) const WORDS: &str =
    "the envelope says something twice, or gives two numbers of one kind; write each once";

/// Whether the envelope says something twice that may be said once: a part of it, or a number of the sender, of who signs for it, or of
/// the patient.
pub(crate) fn is_ambiguous(message: &Message) -> bool {
    place(message).is_some()
}

/// Where it does: the line, and the element by the names around it.
pub(crate) fn place(message: &Message) -> Option<(u32, String)> {
    let root = message.document().root();
    let infos: Vec<&Element> = named(root, "MsgInfo").collect();
    let [info] = infos[..] else {
        let second = infos.get(1).copied().unwrap_or(root);
        return Some((second.line(), "MsgHead/MsgInfo".to_owned()));
    };
    if let Some(second) = repeated(info) {
        return Some(at(second, second.local_name()));
    }
    if let Some(second) = named(info, "Sender").find_map(repeated) {
        return Some(at(second, &format!("Sender/{}", second.local_name())));
    }
    let part = |name| named(info, name).next().unwrap_or(info);
    let envelope = message.envelope();
    if contradict(&envelope.sender.idents) {
        return Some(at(part("Sender"), "Sender/Organisation/Ident"));
    }
    let acting = envelope.sender.acting();
    if acting.is_some_and(|acting| contradict(&acting.person.idents)) {
        let professional = "HealthcareProfessional";
        let element = part("Sender").find(professional).unwrap_or(info);
        return Some(at(element, &format!("Sender/{professional}/Ident")));
    }
    let patient = envelope.patient.as_ref();
    patient
        .is_some_and(|patient| contradict(&patient.idents))
        .then(|| at(part("Patient"), "Patient/Ident"))
}

fn at(element: &Element, place: &str) -> (u32, String) {
    (element.line(), format!("MsgHead/MsgInfo/{place}"))
}

fn named<'e>(element: &'e Element, local: &'e str) -> impl Iterator<Item = &'e Element> {
    element
        .elements()
        .filter(move |part| part.local_name() == local)
}

/// The second of two parts of the same name. A message may name several who have it, too.
fn repeated(element: &Element) -> Option<&Element> {
    let mut names = BTreeSet::new();
    element.elements().find(|part| {
        let name = part.local_name();
        name != "OtherReceiver" && !names.insert(name)
    })
}

/// Two numbers of a kind that somebody is known by here, which are not the same; a birth number and a D-number are of one kind.
fn contradict(idents: &[Ident]) -> bool {
    let kind = |ident: &Ident| match ident.kind.code.as_str() {
        "FNR" | "DNR" => Some("FNR"),
        "HER" => Some("HER"),
        "ENH" => Some("ENH"),
        "HPR" => Some("HPR"),
        _ => None,
    };
    let known = idents
        .iter()
        .filter_map(|ident| Some((kind(ident)?, ident.reveal())));
    let numbers: BTreeSet<_> = known.collect();
    let kinds: BTreeSet<_> = numbers.iter().map(|(kind, _)| kind).collect();
    kinds.len() < numbers.len()
}
