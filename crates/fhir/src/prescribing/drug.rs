//! Which drug: its codes, its name and its dispensing group, wherever they stand.

use riktig_codes::AtcCode;

use super::extension::extension;
use crate::code_system::Coding;
use crate::resource::{Concept, View};

/// The dispensing groups (reseptgruppe, list 7421) of what is prescribed. `CF` has packs of two groups: which is the pack's to say.
pub(super) const GROUPS: [&str; 4] = ["A", "B", "C", "F"];

/// Where a product or a concept says its dispensing group, as no-basis has it.
pub(super) fn group_of(product: View<'_>) -> Option<View<'_>> {
    extension(product, "no-basis-prescriptiongroup")
        .or_else(|| extension(product, "prescriptiongroup"))
}

/// One code of a drug.
pub(super) enum Named {
    Atc(AtcCode),
    Fest(String),
    Item(String),
}

/// What a coding says about a drug: FEST's ids are known by their form, since its systems have many addresses.
pub(super) fn code_of_drug(coding: &Coding<'_>) -> Option<Named> {
    let system = coding.system?.to_ascii_lowercase();
    if coding.atc().is_some() || system.ends_with(".7180") || system.ends_with("/atc") {
        return AtcCode::parse(coding.code).ok().map(Named::Atc);
    }
    let fest = system.contains("fest") || system.contains("varenummer");
    let digits = coding.code.len() == 6 && coding.code.bytes().all(|it| it.is_ascii_digit());
    let id = coding.code.starts_with("ID_") && coding.code.len() <= 64;
    match (fest, id, digits) {
        (true, true, _) => Some(Named::Fest(coding.code.to_owned())),
        (true, _, true) => Some(Named::Item(coding.code.to_owned())),
        _ => None,
    }
}

/// The name of a drug: its product's, what FEST's code calls it, else what its text or its first code does.
pub(super) fn name(
    view: View<'_>,
    product: Option<Concept<'_>>,
    concept: &Concept<'_>,
) -> Option<String> {
    let of_fest = concept.codings().find_map(|it| match code_of_drug(&it) {
        Some(Named::Fest(_) | Named::Item(_)) => it.display,
        _ => None,
    });
    let product = product.and_then(|it| it.words().next().map(str::to_owned));
    of_fest
        .or_else(|| view.at("medicationCodeableConcept").text("text"))
        .or_else(|| view.at("medicationReference").text("display"))
        .map(str::to_owned)
        .or(product)
        .or_else(|| concept.words().next().map(str::to_owned))
}
