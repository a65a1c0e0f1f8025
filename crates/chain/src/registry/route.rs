//! By which way a drug is given, where the report says so.

use riktig_codes::Route;
use riktig_eresept::message::Product;

/// The codes of list 7477 (Administrasjonsvei, Volven) for what is swallowed; given into muscle, vein or artery or under the skin; given in
/// the rectum; breathed in; put on skin, ear, nose or eye. Of the list's other codes no route is told.
const ROUTES: [(&[&str], Route); 5] = [
    (&["53"], Route::Oral),
    (&["33", "43", "47", "62"], Route::Parenteral),
    (&["59"], Route::Rectal),
    (&["11"], Route::Inhalation),
    (&["6", "8", "51", "52"], Route::Topical),
];

/// The route of what was handed out. None where the message tells none, one that is none of ours, or several that are not the same: a route is
/// never guessed.
pub(super) fn of(product: &Product) -> Option<Route> {
    let mut routes = product.administration_routes().into_iter();
    let first = told(&routes.next()?.code)?;
    routes
        .all(|other| told(&other.code) == Some(first))
        .then_some(first)
}

fn told(code: &str) -> Option<Route> {
    let mut routes = ROUTES.iter();
    routes
        .find(|(codes, _)| codes.contains(&code))
        .map(|(_, route)| *route)
}

#[cfg(test)]
mod tests {
    use riktig_eresept::xml::Element;

    use super::*;

    const DRUG: &str = "http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08";

    fn product(codes: &[&str]) -> Product {
        let route = |code: &&str| {
            Element::new(DRUG, "Administrasjonsvei")
                .with_attribute("V", code)
                .with_attribute("S", "2.16.578.1.12.4.1.1.7477")
        };
        let given =
            Element::new(DRUG, "AdministreringLegemiddel").with_all(codes.iter().map(route));
        Product::Other(Element::new(DRUG, "LegemiddelMerkevare").with(given))
    }

    #[test]
    fn a_route_is_told_where_the_message_tells_one_and_is_never_guessed() {
        assert_eq!(of(&product(&["53"])), Some(Route::Oral));
        assert_eq!(of(&product(&["33", "43"])), Some(Route::Parenteral));
        assert_eq!(of(&product(&["53", "43"])), None, "two ways");
        assert_eq!(
            of(&product(&["53", "104"])),
            None,
            "one that is none of ours"
        );
        assert_eq!(of(&product(&[])), None);
    }
}
