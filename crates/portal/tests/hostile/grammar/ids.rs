//! Pages of others: asked by nobody, and by a doctor with the ids of another.

use riktig_portal::shell::Section;
use riktig_portal::{Access, ROUTES};

use super::{filled, private};
use crate::attack::{Attack, Expected, Who};
use crate::wire::Request;

/// Everything that somebody must be logged in for, asked by nobody. Sections that have no page yet are asked, too.
pub(super) fn strangers() -> Vec<Attack> {
    let open = |path: &str| {
        let mut routes = ROUTES.iter();
        routes.any(|it| it.path == path && it.access == Access::Public)
    };
    let sections = Section::ALL
        .iter()
        .filter(|section| !open(section.path()))
        .map(|section| ("GET", section.path().to_owned()));
    let routes = private().map(|route| (route.method, filled(route, "a")));
    let mut attacks = Vec::new();
    for (method, target) in sections.chain(routes) {
        let name = ("nobody asks", format!("{method} {target}"));
        let request = Request::new(method, &target).same_origin();
        let request = if method == "POST" {
            request
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(b"version=0&edition=2024")
        } else {
            request
        };
        attacks.push(Attack::new(
            name,
            Who::Nobody,
            request,
            Expected::NotLoggedIn,
        ));
    }
    attacks
}

/// Names under which a page could take somebody's id from what was sent.
const NAMES: [&str; 6] = ["hpr", "prescriber", "person", "id", "doctor", "group"];

/// Every id in every place of every route.
pub(super) fn of_others(ids: &[String]) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for route in ROUTES.iter().filter(|route| route.path != "/logout") {
        for id in ids {
            let target = filled(route, id);
            if target != route.path {
                attacks.push(attack(route.method, &target, "version=1&edition=2024"));
                attacks.push(attack(route.method, &format!("{target}/"), "version=1"));
            }
        }
        if route.access == Access::Public && route.method == "GET" {
            continue;
        }
        let target = filled(route, "penicillin_v_share");
        for name in NAMES {
            for id in ids {
                let asked = format!("{target}?{name}={id}");
                let fields = format!("version=1&edition=2024&plan=changed&{name}={id}");
                attacks.push(attack(route.method, &asked, &fields));
            }
        }
    }
    attacks
}

fn attack(method: &str, target: &str, fields: &str) -> Attack {
    let name = ("ids of another", format!("{method} {target}"));
    let request = Request::new(method, target).same_origin();
    let request = if method == "POST" {
        let kind = "application/x-www-form-urlencoded";
        request.header("Content-Type", kind).body(fields.as_bytes())
    } else {
        request
    };
    Attack::new(name, Who::Doctor, request, Expected::Harmless)
}
