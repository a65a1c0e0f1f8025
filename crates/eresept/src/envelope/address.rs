//! Where somebody is found.

use super::NAMESPACE;
use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, Ident};
use crate::xml::Element;

/// A postal address. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// What it is for: home, work, visits (list 3401).
    pub kind: Option<Coded>,
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Postal town.
    pub city: Option<String>,
    /// Post box.
    pub postbox: Option<String>,
    /// Municipality (list 3402).
    pub municipality: Option<Coded>,
    /// Country (list 9043).
    pub country: Option<Coded>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

impl Address {
    pub(crate) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            kind: parts.some_coded("Type")?,
            street: parts.some_text("StreetAdr"),
            postal_code: parts.some_text("PostalCode"),
            city: parts.some_text("City"),
            postbox: parts.some_text("Postbox"),
            municipality: parts.some_coded("County")?,
            country: parts.some_coded("Country")?,
        })
    }

    /// Fills an element of any of the namespaces that have addresses.
    pub(crate) fn write_into(&self, making: Making) -> Element {
        making
            .some_simple("Type", self.kind.as_ref())
            .some_text("StreetAdr", self.street.as_ref())
            .some_text("PostalCode", self.postal_code.as_ref())
            .some_text("City", self.city.as_ref())
            .some_text("Postbox", self.postbox.as_ref())
            .some_simple("County", self.municipality.as_ref())
            .some_simple("Country", self.country.as_ref())
            .element
    }
}

/// A telephone number or an electronic address. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Telecom {
    /// What it is for (list 9061).
    pub kind: Option<Coded>,
    /// The address, `tel:22222222`.
    pub address: String,
}

impl std::fmt::Debug for Telecom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Telecom(…)")
    }
}

impl Telecom {
    pub(crate) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            kind: parts.some_coded("TypeTelecom")?,
            address: parts.coded("TeleAddress")?.code,
        })
    }

    pub(crate) fn write(&self) -> Element {
        Making::new(NAMESPACE, "TeleCom")
            .some_simple("TypeTelecom", self.kind.as_ref())
            .with(Element::new(NAMESPACE, "TeleAddress").with_attribute("V", &self.address))
            .element
    }
}

/// Reads an element of type `Ident`, in any of the namespaces that have one.
pub(crate) fn read_ident(element: &Element, namespace: &str) -> Result<Ident, MessageFault> {
    let id = Parts(element).element_in(namespace, "Id")?;
    let kind = Parts(element).element_in(namespace, "TypeId")?;
    let kind = Coded::read(kind)
        .ok_or_else(|| Parts(element).fault("TypeId", crate::MessageFaultKind::NoCode))?;
    Ok(Ident::new(&id.text(), kind))
}

/// Fills an element of type `Ident`.
pub(crate) fn write_ident(ident: &Ident, element: Element, namespace: &str) -> Element {
    element
        .with(Element::new(namespace, "Id").with_text(ident.reveal()))
        .with(ident.kind.write(namespace, "TypeId"))
}
