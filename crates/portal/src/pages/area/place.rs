//! Which area a page is about, and whether the asker may see it.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use riktig_codes::MunicipalityNumber;
use riktig_journal::policy::{About, Act, Actor, Role, RoleKind};
use riktig_lake::edition::{Edition, Scope, ScopeKind};

use crate::failure::Failure;
use crate::portal::Portal;
use crate::visit::Visit;

/// An area with a page. As an extractor: the one that the address names, or where the asker's "Area" begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// All counties beside each other.
    Country,
    /// A county (fylke), by number.
    County(u8),
    /// A municipality (kommune).
    Municipality(MunicipalityNumber),
}

impl FromRequestParts<Portal> for Place {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Place, Failure> {
        let names = Path::<BTreeMap<String, String>>::from_request_parts(parts, portal).await;
        let Path(names) = names.map_err(|_| Failure::NotFound)?;
        if let Some(number) = names.get("municipality") {
            return Place::municipality(number);
        }
        if let Some(number) = names.get("county") {
            return Place::county(number);
        }
        let Ok(visit) = Visit::from_request_parts(parts, portal).await;
        Ok(Place::home(visit.logged_in()?, portal))
    }
}

impl Place {
    /// Where somebody's "Area" begins: the chief doctor's own municipality, else the country.
    fn home(actor: &Actor, portal: &Portal) -> Place {
        let now = portal.now();
        let own = actor.roles(now).find_map(|role| match role {
            Role::ChiefDoctor(own) => Some(Place::Municipality(*own)),
            _ => None,
        });
        let sees_all = actor.has(RoleKind::Operator, now) || actor.has(RoleKind::Researcher, now);
        own.filter(|_| !sees_all).unwrap_or(Place::Country)
    }

    /// The county of an address.
    fn county(text: &str) -> Result<Place, Failure> {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.map(Place::County).ok_or(Failure::NotFound)
    }

    /// The municipality of an address.
    pub(super) fn municipality(text: &str) -> Result<Place, Failure> {
        let number = text.parse().map_err(|_| Failure::NotFound)?;
        Ok(Place::Municipality(number))
    }

    /// Asks the policy for everything that a page about this area shows: the area, the county whose municipalities
    /// stand beside each other, the country.
    pub(super) async fn ask(self, portal: &Portal, visit: &Visit) -> Result<(), Failure> {
        match self {
            Place::Municipality(number) => {
                let about = About::Municipality(number);
                visit.look(portal, Act::SeeMunicipality, about).await?;
                let county = About::County(number.county());
                visit.look(portal, Act::SeeCounty, county).await?;
            }
            Place::County(number) => {
                let about = About::County(number);
                visit.look(portal, Act::SeeCounty, about).await?;
            }
            Place::Country => {
                for number in counties(portal) {
                    let about = About::County(number);
                    visit.look(portal, Act::SeeCounty, about).await?;
                }
            }
        }
        visit.look(portal, Act::SeeCountry, About::Country).await?;
        Ok(())
    }

    /// What stands in a page's address.
    pub(super) fn path(self) -> String {
        match self {
            Place::Country => "/area".to_owned(),
            Place::County(number) => format!("/area/county/{number:02}"),
            Place::Municipality(number) => format!("/area/municipality/{number}"),
        }
    }

    /// The area's kind and code in an edition.
    fn key(self) -> (ScopeKind, String) {
        match self {
            Place::Country => (ScopeKind::Country, "country".to_owned()),
            Place::County(number) => (ScopeKind::County, format!("{number:02}")),
            Place::Municipality(number) => (ScopeKind::Municipality, number.to_string()),
        }
    }

    /// The area in an edition, if any of its doctors has a report there.
    pub(super) fn scope(self, edition: &Edition) -> Option<&Scope> {
        let (kind, code) = self.key();
        let mut scopes = edition.scopes().iter();
        scopes.find(|scope| scope.kind == kind && scope.area.code == code)
    }

    /// Of which area this one is a part, nearest first.
    pub(super) fn around(self) -> Vec<Place> {
        match self {
            Place::Country => Vec::new(),
            Place::County(_) => vec![Place::Country],
            Place::Municipality(number) => vec![Place::County(number.county()), Place::Country],
        }
    }

    /// Whose parts stand beside each other on this area's page: the own county's municipalities, or the counties.
    pub(super) fn whole(self) -> Place {
        match self {
            Place::Municipality(number) => Place::County(number.county()),
            whole => whole,
        }
    }

    /// The parts of an area in an edition, by code.
    pub(super) fn parts(self, edition: &Edition) -> Vec<(Place, &Scope)> {
        let scopes = edition.scopes().iter();
        let placed = scopes.filter_map(|scope| Some((of_scope(scope)?, scope)));
        placed
            .filter(|(place, _)| place.around().first() == Some(&self))
            .collect()
    }
}

/// The area of a scope; none of the country, of groups, and of codes that are no Norwegian area's.
fn of_scope(scope: &Scope) -> Option<Place> {
    let code = &scope.area.code;
    match scope.kind {
        ScopeKind::County => Place::county(code).ok(),
        ScopeKind::Municipality => Place::municipality(code).ok(),
        ScopeKind::Country | ScopeKind::CourseGroup | ScopeKind::Practice => None,
    }
}

/// Every county of the open editions; where there is none, the number of no county, so that whoever may see all of
/// them is the one who is told that there is nothing.
fn counties(portal: &Portal) -> Vec<u8> {
    let mut numbers = Vec::new();
    for open in portal.shelf().all() {
        let parts = Place::Country.parts(open.edition());
        numbers.extend(parts.into_iter().filter_map(|(place, _)| match place {
            Place::County(number) => Some(number),
            Place::Country | Place::Municipality(_) => None,
        }));
    }
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        numbers.push(0);
    }
    numbers
}
