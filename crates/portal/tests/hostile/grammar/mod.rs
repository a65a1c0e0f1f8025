//! The grammar of attacks: each file makes one family, as products of what is tried and where. No chance in it: the same
//! routes give the same attacks.

mod bodies;
mod cookies;
mod heads;
mod ids;
mod origins;
mod paths;
mod redirects;

use riktig_portal::{Access, ROUTES, Route};

use crate::attack::Attack;

/// Every attack; `ids` name what belongs to somebody else.
pub(crate) fn attacks(ids: &[String]) -> Vec<Attack> {
    [
        paths::climbing(),
        paths::odd(),
        heads::injected(),
        heads::doubled(),
        heads::large(),
        bodies::large(),
        bodies::of_another_kind(),
        bodies::by_another_method(),
        cookies::malformed(),
        cookies::planted(),
        origins::foreign(),
        redirects::open(),
        ids::strangers(),
        ids::of_others(ids),
    ]
    .concat()
}

/// Routes of this method.
fn routes(method: &str) -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(move |route| route.method == method)
}

/// Routes that somebody must be logged in for.
fn private() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| route.access != Access::Public)
}

/// The route's path with something in the place of every name.
fn filled(route: &Route, with: &str) -> String {
    let parts = route.path.split('/');
    let filled = parts.map(|part| if part.starts_with('{') { with } else { part });
    filled.collect::<Vec<_>>().join("/")
}
