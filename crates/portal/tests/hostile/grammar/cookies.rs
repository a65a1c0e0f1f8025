//! Cookies that are no session, and sessions that were planted.

use super::private;
use crate::attack::{Attack, Expected, SESSION, Who};
use crate::wire::Request;

/// 43 letters: a token's length, but nobody's token.
const NOBODYS: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn values() -> Vec<(&'static str, String)> {
    let cookie = |value: &str| format!("{SESSION}={value}");
    vec![
        ("empty", cookie("")),
        ("a letter", cookie("x")),
        ("nobody's", cookie(NOBODYS)),
        ("a letter short", cookie(&NOBODYS[1..])),
        ("a letter long", cookie(&format!("{NOBODYS}A"))),
        ("zeroes", cookie(&"0".repeat(64))),
        ("quoted", cookie(&format!("\"{NOBODYS}\""))),
        ("percent", cookie("%41%41%00")),
        ("SQL", cookie("' OR '1'='1")),
        ("SQL with an end", cookie("x'; DROP TABLE session;--")),
        ("a path", cookie("../../../../etc/passwd")),
        ("another alphabet", cookie("+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/")),
        (
            "a signed token",
            cookie("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."),
        ),
        ("10 kB", cookie(&"A".repeat(10_000))),
        ("no name", format!("={NOBODYS}")),
        ("no sign", SESSION.to_owned()),
        ("twice", format!("{SESSION}={NOBODYS}; {SESSION}={NOBODYS}")),
        ("in capitals", format!("__HOST-RIKTIG={NOBODYS}")),
        ("without the prefix", format!("riktig={NOBODYS}")),
        (
            "with a domain",
            format!("$Domain=.example; {SESSION}={NOBODYS}"),
        ),
        ("a hundred", format!("a=b; {}", "c=d; ".repeat(100))),
        ("half a pair", format!(";;;=;{SESSION}")),
    ]
}

/// Tried where everybody may look, and where nobody may who is not logged in.
pub(super) fn malformed() -> Vec<Attack> {
    let mut targets = vec!["/", "/about", "/nowhere"];
    targets.extend(
        private()
            .filter(|it| it.method == "GET")
            .map(|it| it.path)
            .take(4),
    );
    let mut attacks = Vec::new();
    for target in targets {
        for (what, line) in values() {
            let request = Request::get(target).header("Cookie", &line);
            let name = ("malformed cookie", format!("{what} at {target}"));
            attacks.push(Attack::new(
                name,
                Who::Nobody,
                request,
                Expected::NotLoggedIn,
            ));
        }
        for bytes in [&b"Cookie: __Host-riktig=\xff\xfe"[..], b"Cookie: \xc3\x28"] {
            let request = Request::get(target).line(bytes);
            let name = ("malformed cookie", format!("{bytes:?} at {target}"));
            attacks.push(Attack::new(
                name,
                Who::Nobody,
                request,
                Expected::NotLoggedIn,
            ));
        }
    }
    attacks
}

/// A session that somebody planted in the browser before its owner logs in.
pub(super) fn planted() -> Vec<Attack> {
    let letters = ["A", "B", "C", "z", "0", "_", "-"];
    let planted = letters.map(|letter| letter.repeat(43));
    let login = |token: &str| {
        Request::form("/login/demo", &[("persona", "doctor")])
            .same_origin()
            .header("Cookie", &format!("{SESSION}={token}"))
    };
    planted
        .iter()
        .map(|token| {
            let name = ("session fixation", token.clone());
            let expected = Expected::NewSession(token.clone());
            Attack::new(name, Who::Nobody, login(token), expected)
        })
        .collect()
}
