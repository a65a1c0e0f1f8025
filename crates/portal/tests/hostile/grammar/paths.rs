//! Paths that climb, and paths that are no paths.

use crate::attack::{Attack, ECHO, Expected, Who};
use crate::wire::Request;

/// Ways of writing "one folder up".
const UP: [&str; 12] = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    ".%2e/",
    "..%5c",
    "..\\",
    "..%252f",
    "%252e%252e%252f",
    "..%c0%af",
    "..;/",
    "....//",
];
const WANTED: [&str; 3] = ["Cargo.toml", "etc/passwd", "riktig-journal.keys"];
const FROM: [&str; 4] = ["/", "/assets/", "/report/file/", "/goals/"];
const DEPTHS: [usize; 2] = [1, 8];

pub(super) fn climbing() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for from in FROM {
        for up in UP {
            for wanted in WANTED {
                for depth in DEPTHS {
                    let target = format!("{from}{}{wanted}", up.repeat(depth));
                    let name = ("path traversal", target.clone());
                    let refused = Expected::Refused(&[400, 404, 422]);
                    attacks.push(Attack::new(
                        name,
                        Who::Doctor,
                        Request::get(&target),
                        refused,
                    ));
                }
            }
        }
    }
    attacks
}

/// What is written oddly, and must be nothing, or at least never come back as it was sent.
const ODD: [&str; 32] = [
    "/%",
    "/%zz",
    "/%0",
    "/%00",
    "/%ff%fe",
    "/%c0%ae",
    "/%E2%80%AE",
    "/%EF%BC%8F",
    "/%E2%81%84",
    "/LOGIN",
    "/Login",
    "/login/",
    "/login//",
    "//login",
    "/./login",
    "/login/.",
    "/login%20",
    "/login%00",
    "/login;a=b",
    "/login%3Fto=/",
    "/login%23",
    "/lo%67in/x",
    "/assets/",
    "/assets",
    "/assets//",
    "/.git/config",
    "/.env",
    "/server-status",
    "/metrics",
    "/xn--80ak6aa92e",
    "/%F0%9F%92%8A",
    "/%uff0e%uff0e",
];

pub(super) fn odd() -> Vec<Attack> {
    let refused = Expected::Refused(&[400, 404, 422]);
    let mut attacks: Vec<Attack> = ODD
        .iter()
        .map(|target| {
            let name = ("odd spelling", (*target).to_owned());
            Attack::new(name, Who::Doctor, Request::get(target), refused.clone())
        })
        .collect();
    let script: String = ECHO.bytes().map(|byte| format!("%{byte:02x}")).collect();
    for target in [
        format!("/{script}"),
        format!("/assets/{script}"),
        format!("/goals/{script}"),
        format!("/?x={script}"),
        format!("/login?to=/{script}"),
        format!("/{ECHO}"),
        format!("/login?to=/{ECHO}"),
    ] {
        for who in [Who::Nobody, Who::Doctor] {
            let name = ("script in the address", format!("{who:?} {target}"));
            let request = Request::get(&target);
            attacks.push(Attack::new(name, who, request, Expected::Harmless));
        }
    }
    attacks
}
