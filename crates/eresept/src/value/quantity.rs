//! So much of a unit.

use super::Decimal;
use crate::xml::Element;

/// A quantity with its unit (`kith:PQ`), or an amount of money with its currency (`kith:MO`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How much (`V`).
    pub value: Decimal,
    /// Of what (`U`).
    pub unit: Option<String>,
}

impl Quantity {
    /// Reads the attributes; none without a number.
    pub(crate) fn read(element: &Element) -> Option<Self> {
        Some(Self {
            value: Decimal::parse(element.attribute("V")?)?,
            unit: element.attribute("U").map(str::to_owned),
        })
    }

    pub(crate) fn write(&self, namespace: &str, local: &str) -> Element {
        let element = Element::new(namespace, local).with_attribute("V", &self.value.to_string());
        match self.unit.as_deref() {
            Some(unit) if !unit.is_empty() => element.with_attribute("U", unit),
            _ => element,
        }
    }
}
