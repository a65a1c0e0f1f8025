//! Where a person goes back to after the login: a page of ours, remembered in a cookie while they are away.

use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::cookie::{self, Life};
use crate::language::own_path;

/// As long as a login may take.
const SECONDS: u32 = 15 * 60;
/// The longest address that is gone back to; ours are far shorter, and a cookie has 4096 bytes.
const LONGEST: usize = 1024;

/// Where somebody goes who wanted nothing in particular.
pub(super) const FIRST: &str = "/";

fn name(https: bool) -> &'static str {
    if https {
        "__Host-riktig-to"
    } else {
        "riktig-to"
    }
}

/// Remembers the page; none of ours becomes the first page.
pub(super) fn remember(to: &str, https: bool) -> HeaderValue {
    let to = own_page(to);
    cookie::set(
        name(https),
        &URL_SAFE_NO_PAD.encode(to),
        Life::Seconds(SECONDS),
        https,
    )
}

/// The page that was remembered. What a browser says is checked again: a cookie can be planted.
pub(super) fn remembered(headers: &HeaderMap, https: bool) -> String {
    let to = cookie::value(headers, name(https))
        .and_then(|value| URL_SAFE_NO_PAD.decode(value).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    to.map_or_else(|| FIRST.to_owned(), |to| own_page(&to).to_owned())
}

/// Forgets it.
pub(super) fn forget(https: bool) -> HeaderValue {
    cookie::set(name(https), "", Life::Ended, https)
}

/// A page of ours that can be gone back to: not one of the login itself, which would go round in a circle.
fn own_page(to: &str) -> &str {
    let path = own_path(to);
    let circles = ["/login", "/logout", "/language"];
    let goes_round = circles.iter().any(|start| path.starts_with(start));
    if path.len() > LONGEST || goes_round {
        FIRST
    } else {
        path
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    fn back(to: &str) -> String {
        let line = remember(to, true);
        let pair = line.to_str().unwrap().split(';').next().unwrap().to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::try_from(pair).unwrap());
        remembered(&headers, true)
    }

    #[test]
    fn a_page_of_ours_is_gone_back_to() {
        assert_eq!(back("/report?period=2025"), "/report?period=2025");
        assert_eq!(remembered(&HeaderMap::new(), true), "/");
    }

    #[test]
    fn a_strangers_address_is_not() {
        for evil in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/%0d\n",
            "/login?to=/login",
            "/logout",
            "javascript:alert(1)",
            &format!("/{}", "a".repeat(2000)),
        ] {
            assert_eq!(back(evil), "/", "{evil}");
        }
    }

    #[test]
    fn a_planted_cookie_is_checked_again() {
        let mut headers = HeaderMap::new();
        let planted = format!("riktig-to={}", URL_SAFE_NO_PAD.encode("//evil.example"));
        headers.insert(header::COOKIE, HeaderValue::try_from(planted).unwrap());
        assert_eq!(remembered(&headers, false), "/");
    }
}
