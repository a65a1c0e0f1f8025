//! An organisation that sends or receives.

use riktig_codes::{HprNumber, OrganisationNumber};

use super::{Address, NAMESPACE, Person, Telecom, read_ident, write_ident};
use crate::fault::MessageFault;
use crate::parts::{Making, Parts};
use crate::value::{Coded, Ident};
use crate::xml::Element;

/// An organisation, a department within it, and the professional who acts for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its name.
    pub name: Option<String>,
    /// What it is (list 9001 and others).
    pub kind: Option<Coded>,
    /// Its numbers: ENH, HER, AKO, …
    pub idents: Vec<Ident>,
    /// Address.
    pub address: Option<Address>,
    /// Telephone numbers.
    pub telecom: Vec<Telecom>,
    /// A part of it.
    pub department: Option<Box<Organisation>>,
    /// Who acts for it.
    pub professional: Option<Professional>,
}

/// A health professional.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Professional {
    /// Profession (list 9060).
    pub profession: Option<Coded>,
    /// What they are to the patient (list 9034).
    pub role_to_patient: Option<Coded>,
    /// Who it is.
    pub person: Person,
}

impl Professional {
    /// Their number in the register of health personnel.
    pub fn hpr(&self) -> Option<HprNumber> {
        self.person.idents.iter().find_map(Ident::hpr)
    }
}

impl Organisation {
    /// A number of a given kind (`HER`, `AKO`, …), as written.
    pub fn number(&self, kind: &str) -> Option<&str> {
        self.idents
            .iter()
            .find(|ident| ident.is(kind))
            .map(Ident::reveal)
    }

    /// Its number in the register of legal entities.
    pub fn organisation_number(&self) -> Option<OrganisationNumber> {
        self.idents.iter().find_map(Ident::organisation_number)
    }

    /// Who acts for it or for its department.
    pub fn acting(&self) -> Option<&Professional> {
        let within = || self.department.as_deref().and_then(Organisation::acting);
        self.professional.as_ref().or_else(within)
    }

    /// The bound on an element's depth is the bound on this recursion.
    pub(super) fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        let own = |local: &'static str| element.children_in(NAMESPACE, local);
        Ok(Self {
            name: parts.some_text("OrganisationName"),
            kind: parts.some_coded("TypeOrganisation")?,
            idents: own("Ident")
                .map(|ident| read_ident(ident, NAMESPACE))
                .collect::<Result<_, _>>()?,
            address: element.child("Address").map(Address::read).transpose()?,
            telecom: own("TeleCom")
                .map(Telecom::read)
                .collect::<Result<_, _>>()?,
            department: element
                .child("Organisation")
                .map(Self::read)
                .transpose()?
                .map(Box::new),
            professional: element
                .child("HealthcareProfessional")
                .map(Professional::read)
                .transpose()?,
        })
    }

    pub(super) fn write(&self) -> Element {
        let ident = |ident: &Ident| write_ident(ident, Element::new(NAMESPACE, "Ident"), NAMESPACE);
        let address = |address: &Address| address.write_into(Making::new(NAMESPACE, "Address"));
        Making::new(NAMESPACE, "Organisation")
            .some_text("OrganisationName", self.name.as_ref())
            .some_coded("TypeOrganisation", self.kind.as_ref())
            .with_all(self.idents.iter().map(ident))
            .with_all(self.address.as_ref().map(address))
            .with_all(self.telecom.iter().map(Telecom::write))
            .with_all(self.department.as_deref().map(Self::write))
            .with_all(self.professional.as_ref().map(Professional::write))
            .element
    }
}

impl Professional {
    fn read(element: &Element) -> Result<Self, MessageFault> {
        let parts = Parts(element);
        Ok(Self {
            profession: parts.some_coded("TypeHealthcareProfessional")?,
            role_to_patient: parts.some_coded("RoleToPatient")?,
            person: Person::read(element)?,
        })
    }

    fn write(&self) -> Element {
        let making = Making::new(NAMESPACE, "HealthcareProfessional")
            .some_simple("TypeHealthcareProfessional", self.profession.as_ref())
            .some_coded("RoleToPatient", self.role_to_patient.as_ref());
        self.person.write_into(making).element
    }
}
