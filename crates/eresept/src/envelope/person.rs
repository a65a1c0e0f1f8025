//! A patient or a health professional.

use riktig_codes::Day;

use super::{Address, NAMESPACE, Telecom, read_ident, write_ident};
use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, Ident, PersonNumber};
use crate::xml::Element;

/// A person. `Debug` shows nothing of who it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Family name.
    pub family_name: Option<String>,
    /// Middle name.
    pub middle_name: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Day of birth.
    pub born: Option<Day>,
    /// Sex (list 3101).
    pub sex: Option<Coded>,
    /// Nationality (list 9043).
    pub nationality: Option<Coded>,
    /// The person's numbers.
    pub idents: Vec<Ident>,
    /// Address.
    pub address: Option<Address>,
    /// Telephone numbers.
    pub telecom: Vec<Telecom>,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

impl Person {
    /// The person's birth number or D-number.
    pub fn number(&self) -> Option<PersonNumber> {
        self.idents.iter().find_map(Ident::person_number)
    }

    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let own = |local: &'static str| element.children_in(NAMESPACE, local);
        Ok(Self {
            family_name: parts.some_text("FamilyName"),
            middle_name: parts.some_text("MiddleName"),
            given_name: parts.some_text("GivenName"),
            born: parts.some_day("DateOfBirth")?,
            sex: parts.some_coded("Sex")?,
            nationality: parts.some_coded("Nationality")?,
            idents: own("Ident")
                .map(|ident| read_ident(ident, NAMESPACE))
                .collect::<Result<_, _>>()?,
            address: element.child("Address").map(Address::read).transpose()?,
            telecom: own("TeleCom")
                .map(Telecom::read)
                .collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn write_into(&self, making: Making) -> Making {
        let ident = |ident: &Ident| write_ident(ident, Element::new(NAMESPACE, "Ident"), NAMESPACE);
        let address = |address: &Address| address.write_into(Making::new(NAMESPACE, "Address"));
        making
            .some_text("FamilyName", self.family_name.as_ref())
            .some_text("MiddleName", self.middle_name.as_ref())
            .some_text("GivenName", self.given_name.as_ref())
            .some_text("DateOfBirth", self.born)
            .some_simple("Sex", self.sex.as_ref())
            .some_simple("Nationality", self.nationality.as_ref())
            .with_all(self.idents.iter().map(ident))
            .with_all(self.address.as_ref().map(address))
            .with_all(self.telecom.iter().map(Telecom::write))
    }
}
