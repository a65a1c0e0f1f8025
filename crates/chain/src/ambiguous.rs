//! Envelopes that one reader may read in one way and another in another: who reads on must not see another sender or patient than
//! the one who was looked at here.

use std::collections::BTreeSet;

use riktig_eresept::xml::Element;
use riktig_eresept::{Ident, Message};

/// Whether the envelope says something twice that may be said once: a part of it, or a number of the sender, of who signs for it, or of
/// the patient.
pub(crate) fn is_ambiguous(message: &Message) -> bool {
    let root = message.document().root();
    let infos: Vec<&Element> = named(root, "MsgInfo").collect();
    let [info] = infos[..] else {
        return true;
    };
    let envelope = message.envelope();
    let acting = envelope.sender.acting();
    repeats(info)
        || named(info, "Sender").any(repeats)
        || contradict(&envelope.sender.idents)
        || acting.is_some_and(|acting| contradict(&acting.person.idents))
        || envelope
            .patient
            .as_ref()
            .is_some_and(|patient| contradict(&patient.idents))
}

fn named<'e>(element: &'e Element, local: &'e str) -> impl Iterator<Item = &'e Element> {
    element
        .elements()
        .filter(move |part| part.local_name() == local)
}

/// Two parts of the same name. A message may name several who have it, too.
fn repeats(element: &Element) -> bool {
    let mut names = BTreeSet::new();
    let mut parts = element.elements().map(Element::local_name);
    !parts.all(|name| name == "OtherReceiver" || names.insert(name))
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
