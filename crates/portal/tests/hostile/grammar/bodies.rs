//! Bodies that are too large or of another kind, and methods that a route does not have.

use super::{filled, routes};
use crate::attack::{Attack, Expected, Who};
use crate::wire::Request;

/// The limit of the portal's defaults, in bytes.
const LIMIT: usize = 65_536;
const FORM: &str = "application/x-www-form-urlencoded";
/// Reads no body: what stands in one cannot matter, and nothing of it is kept.
const BODILESS: &str = "/logout";

pub(super) fn large() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for route in routes("POST") {
        let target = filled(route, "a");
        for size in [LIMIT + 1, 1 << 20, 4 << 20] {
            let body = [b"lang=nb&to=/&x=".to_vec(), vec![b'a'; size]].concat();
            let post = || {
                Request::new("POST", &target)
                    .same_origin()
                    .header("Content-Type", FORM)
            };
            let told = Expected::Refused(&[413]);
            let name = ("oversized body", format!("{target}: {size} told"));
            let request = post().body(&body);
            attacks.push(Attack::new(name, Who::Doctor, request, told));
            let untold = if target == BODILESS {
                Expected::Harmless
            } else {
                Expected::Refused(&[400, 404, 413, 422])
            };
            let name = ("oversized body", format!("{target}: {size} in pieces"));
            let request = post().chunked(&body);
            attacks.push(Attack::new(name, Who::Doctor, request, untold));
        }
    }
    attacks
}

/// Kinds that a form does not have, with a body of that kind.
const KINDS: [(&str, &str); 9] = [
    (
        "application/json",
        r#"{"lang":"nb","to":"/","persona":"other"}"#,
    ),
    ("text/plain", "lang=nb&to=/&persona=other"),
    ("text/html", "<p>lang=nb</p>"),
    ("application/xml", "<lang>nb</lang>"),
    (
        "text/xml",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
    ),
    (
        "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=\"lang\"\r\n\r\nnb\r\n--x--\r\n",
    ),
    ("application/octet-stream", "\u{1}\u{2}"),
    ("", "lang=nb&to=/&persona=other"),
    (
        "application/json, application/x-www-form-urlencoded",
        "lang=nb",
    ),
];

/// Forms whose fields are not what the form has.
const FIELDS: [&str; 8] = [
    "",
    "lang=nb&lang=en&to=/&to=//evil.example&persona=doctor&persona=other",
    "lang[]=nb&persona[]=other",
    "lang=%00&persona=%00&version=%00",
    "lang=%ff&persona=%ff&version=%ff",
    "version=99999999999999999999&edition=..%2f..&persona=x",
    "__proto__=x&constructor=y&persona=x",
    "persona=%27%3B%20DROP%20TABLE%20person%3B--",
];

pub(super) fn of_another_kind() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for route in routes("POST") {
        let target = filled(route, "a");
        let expected = if target == BODILESS {
            Expected::Harmless
        } else {
            Expected::Refused(&[400, 404, 413, 415, 422])
        };
        for (kind, body) in KINDS {
            let request = Request::new("POST", &target).same_origin();
            let request = if kind.is_empty() {
                request
            } else {
                request.header("Content-Type", kind)
            };
            let name = ("body of another kind", format!("{target}: \"{kind}\""));
            let request = request.body(body.as_bytes());
            attacks.push(Attack::new(name, Who::Doctor, request, expected.clone()));
        }
        for fields in FIELDS {
            let request = Request::new("POST", &target).same_origin();
            let request = request.header("Content-Type", FORM).body(fields.as_bytes());
            let name = ("fields of another form", format!("{target}: {fields}"));
            attacks.push(Attack::new(name, Who::Doctor, request, Expected::Harmless));
        }
    }
    attacks
}

const METHODS: [&str; 9] = [
    "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "DEBUG", "get", "CONNECT",
];
const OVERRIDES: [&str; 3] = [
    "X-HTTP-Method-Override",
    "X-HTTP-Method",
    "X-Method-Override",
];

pub(super) fn by_another_method() -> Vec<Attack> {
    let mut attacks = Vec::new();
    let all = routes("GET").chain(routes("POST"));
    for route in all {
        let target = filled(route, "a");
        let refused = Expected::Refused(&[400, 404, 405, 501]);
        for method in METHODS {
            let name = ("method that is not there", format!("{method} {target}"));
            let request = Request::new(method, &target).same_origin();
            attacks.push(Attack::new(name, Who::Doctor, request, refused.clone()));
        }
        let has_get = routes("GET").any(|other| other.path == route.path);
        if !has_get {
            let name = ("method that is not there", format!("GET {target}"));
            attacks.push(Attack::new(
                name,
                Who::Doctor,
                Request::get(&format!("{target}?persona=other&lang=nb")),
                refused.clone(),
            ));
            for header in OVERRIDES {
                let name = ("method that is not there", format!("{header} {target}"));
                let request = Request::get(&target).header(header, "POST");
                attacks.push(Attack::new(name, Who::Doctor, request, refused.clone()));
            }
        }
    }
    attacks
}
