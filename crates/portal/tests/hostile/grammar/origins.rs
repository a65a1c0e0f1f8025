//! Forms of somebody else's page, sent by a browser in which the doctor is logged in.

use super::{filled, routes};
use crate::attack::{Attack, EVIL, Expected, Who};
use crate::wire::{HOST, Request};

const SITES: [&str; 2] = ["cross-site", "same-site"];

pub(super) fn foreign() -> Vec<Attack> {
    let origins = [
        format!("https://{EVIL}"),
        format!("http://{EVIL}"),
        format!("https://{HOST}.{EVIL}"),
        format!("https://{EVIL}.{HOST}"),
        format!("https://{HOST}:8443"),
        format!("https://{HOST}@{EVIL}"),
        "null".to_owned(),
        "file://".to_owned(),
    ];
    let refused = Expected::Refused(&[403]);
    let mut attacks = Vec::new();
    for route in routes("POST") {
        let target = filled(route, "a");
        for origin in &origins {
            // Newer browsers say of which site it comes, older ones the origin alone.
            for site in SITES.into_iter().map(Some).chain([None]) {
                let fields = [("lang", "nb"), ("to", "/"), ("persona", "doctor")];
                let mut request = Request::form(&target, &fields).header("Origin", origin);
                if let Some(site) = site {
                    request = request.header("Sec-Fetch-Site", site);
                }
                let what = format!("{target} from {origin} {}", site.unwrap_or_default());
                let name = ("form of another origin", what);
                attacks.push(Attack::new(name, Who::Doctor, request, refused.clone()));
            }
        }
    }
    attacks
}
