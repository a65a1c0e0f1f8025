//! Heads: lines that are planted, doubled, contradict each other, or never end.

use crate::attack::{Attack, EVIL, Expected, Who};
use crate::wire::{HOST, Request};

/// Ends of a line, in every spelling that something has once taken for one.
const ENDS: [&str; 7] = [
    "%0d%0a",
    "%0a",
    "%0d",
    "%E5%98%8A%E5%98%8D",
    "%E2%80%A8",
    "%250d%250a",
    "\\r\\n",
];

pub(super) fn injected() -> Vec<Attack> {
    let mut attacks = Vec::new();
    for end in ENDS {
        let planted = format!("/a{end}X-Hostile:%20yes{end}Set-Cookie:%20hostile=1{end}{end}<p>");
        let language = format!("lang=nb&to={planted}");
        let form = Request::new("POST", "/language")
            .same_origin()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(language.as_bytes());
        for (place, request) in [
            ("path", Request::get(&planted)),
            ("login", Request::get(&format!("/login?to={planted}"))),
            (
                "callback",
                Request::get(&format!("/login/callback?code=a&state={planted}&iss=b")),
            ),
            ("language", form),
            (
                "accept-language",
                Request::get("/").header("Accept-Language", &planted),
            ),
            (
                "request id",
                Request::get("/").header("X-Request-Id", &planted),
            ),
        ] {
            let name = ("header injection", format!("{place}: {end}"));
            attacks.push(Attack::new(name, Who::Nobody, request, Expected::Harmless));
        }
    }
    attacks
}

pub(super) fn doubled() -> Vec<Attack> {
    let refused = |what: &str, request| {
        let name = ("doubled and contradicting headers", what.to_owned());
        Attack::new(name, Who::Nobody, request, Expected::Refused(&[400, 421]))
    };
    let unheard = |what: &str, request| {
        let name = ("doubled and contradicting headers", what.to_owned());
        Attack::new(name, Who::Nobody, request, Expected::Unheard)
    };
    let post = || {
        Request::new("POST", "/language")
            .same_origin()
            .header("Content-Type", "application/x-www-form-urlencoded")
    };
    let form = b"lang=nb&to=/";
    let mut attacks = vec![
        refused("no host", Request::get("/").host(None)),
        refused("two hosts", Request::get("/").header("Host", EVIL)),
        refused(
            "another host first",
            Request::get("/").host(Some(EVIL)).header("Host", HOST),
        ),
        refused(
            "two lengths",
            post().header("Content-Length", "5").body(form),
        ),
        refused("a negative length", {
            let request = post().header("Content-Length", "-1");
            request.body_without_length(form)
        }),
        refused("a length that is no number", {
            let request = post().header("Content-Length", "0x0c");
            request.body_without_length(form)
        }),
        refused("an unknown coding", {
            let request = post().header("Transfer-Encoding", "chunked, hostile");
            request.body_without_length(form)
        }),
        refused("a broken piece", {
            let request = post().header("Transfer-Encoding", "chunked");
            request.body_without_length(b"zz\r\nlang=nb\r\n0\r\n\r\n")
        }),
        refused("a space before the colon", {
            Request::get("/").line(b"X-Hostile : yes")
        }),
        refused("a line without a colon", Request::get("/").line(b"hostile")),
        refused("a zero byte", Request::get("/").line(b"X-A: a\0b")),
        unheard(
            "another address in the first line",
            Request::get(&format!("http://{EVIL}/")),
        ),
    ];
    for host in [
        EVIL.to_owned(),
        format!("{HOST}.{EVIL}"),
        format!("{EVIL}/{HOST}"),
        format!("{HOST}@{EVIL}"),
        format!("{EVIL}@{HOST}"),
        format!("{HOST}:80"),
        format!("{HOST}:443@{EVIL}"),
        // The names of this machine are the demo's own, which these tests log in to.
        "10.0.0.1".to_owned(),
        "localhost.evil.example".to_owned(),
        String::new(),
        "[::1".to_owned(),
        "*".to_owned(),
    ] {
        let request = Request::get("/").host(Some(&host));
        attacks.push(refused(&format!("host \"{host}\""), request));
    }
    for header in [
        "X-Forwarded-Host",
        "X-Forwarded-Server",
        "X-Host",
        "X-Original-URL",
        "X-Rewrite-URL",
        "Forwarded",
        "X-Forwarded-Proto",
        "X-Forwarded-For",
        "X-HTTP-Host-Override",
        "Referer",
        "User-Agent",
    ] {
        for target in ["/", "/login", "/nowhere"] {
            let request = Request::get(target).header(header, &format!("https://{EVIL}/operator"));
            attacks.push(unheard(&format!("{header} at {target}"), request));
        }
    }
    attacks
}

/// Heads that are too large to be anybody's.
pub(super) fn large() -> Vec<Attack> {
    let long = |length| "a".repeat(length);
    let lines = |number| {
        (0..number).fold(Request::get("/"), |request, n| {
            request.header(&format!("X-{n}"), "a")
        })
    };
    let one_line = |length| Request::get("/").header("X-Long", &long(length));
    let target = |length| Request::get(&format!("/{}", long(length)));
    let query = |length| Request::get(&format!("/login?to=/{}", long(length)));
    let refused = Expected::Refused(&[400, 404, 413, 414, 431]);
    let mut attacks = Vec::new();
    for (what, request, expected) in [
        ("200 lines", lines(200), refused.clone()),
        ("5000 lines", lines(5000), refused.clone()),
        ("a line of 64 KiB", one_line(65_536), Expected::Harmless),
        ("a line of 1 MiB", one_line(1 << 20), refused.clone()),
        ("an address of 8 KiB", target(8192), refused.clone()),
        ("an address of 64 KiB", target(65_536), refused.clone()),
        ("an address of 1 MiB", target(1 << 20), refused.clone()),
        ("a query of 8 KiB", query(8192), Expected::Harmless),
        ("a query of 64 KiB", query(65_536), refused.clone()),
    ] {
        let name = ("oversized head", what.to_owned());
        attacks.push(Attack::new(name, Who::Nobody, request, expected));
    }
    attacks
}
