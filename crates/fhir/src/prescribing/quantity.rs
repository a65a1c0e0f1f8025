//! How much, and how many.

use super::extension::in_thousandths;
use super::order::{Amount, Dose};
use crate::resource::View;

/// An amount, in packs or in a unit.
pub(super) fn quantity(stated: View<'_>) -> Option<Amount> {
    let thousandths = in_thousandths(stated.number("value")?)?;
    let unit = stated.text("code").or(stated.text("unit"))?;
    let packs = [
        "{pack}",
        "{package}",
        "pack",
        "package",
        "pakning",
        "pakn",
        "pkn",
    ];
    if packs.contains(&unit.to_lowercase().as_str()) {
        return Some(Amount::Packs(thousandths));
    }
    Some(Amount::Of(Dose {
        thousandths,
        unit: unit.to_owned(),
    }))
}

/// A whole number of thousandths.
pub(super) fn whole(thousandths: u64) -> Option<u64> {
    thousandths
        .is_multiple_of(1000)
        .then_some(thousandths / 1000)
}
