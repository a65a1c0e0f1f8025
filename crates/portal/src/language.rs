//! Which language a page is in: the reader's choice (a cookie), otherwise what the browser asks for, otherwise bokmål.

use std::convert::Infallible;

use axum::Form;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use riktig_reports::Lang;
use serde::Deserialize;

use crate::shell::Surroundings;

/// Name of the cookie that holds the choice. It says nothing about the person, so it needs no prefix and no secrecy.
const NAME: &str = "language";
/// A year, in seconds.
const KEPT: u32 = 365 * 24 * 60 * 60;

/// The language of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language(pub Lang);

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Language(language(&parts.headers)))
    }
}

/// The language that a request's headers ask for.
#[must_use]
pub fn language(headers: &HeaderMap) -> Lang {
    chosen(headers)
        .or_else(|| accepted(headers))
        .unwrap_or_default()
}

fn chosen(headers: &HeaderMap) -> Option<Lang> {
    let cookies = headers.get_all(COOKIE).iter();
    cookies
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME).then(|| value.parse().ok())?)
}

/// The first of the languages we have, by the weights of `Accept-Language`; of equal weights the one that stands first.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let asked = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Lang)> = None;
    for part in asked.split(',') {
        let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
        let weight = rest.trim().strip_prefix("q=");
        let weight = weight.map_or(1.0, |it| it.parse().unwrap_or(0.0));
        let Some(lang) = spoken(tag.trim()) else {
            continue;
        };
        if weight > best.map_or(0.0, |(most, _)| most) {
            best = Some((weight, lang));
        }
    }
    best.map(|(_, lang)| lang)
}

/// `no` is what browsers call bokmål; Danes and Swedes read it more easily than English.
fn spoken(tag: &str) -> Option<Lang> {
    match tag.split('-').next()?.to_ascii_lowercase().as_str() {
        "nb" | "no" | "da" | "sv" => Some(Lang::Nb),
        "nn" => Some(Lang::Nn),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// What the language switch sends.
#[derive(Debug, Deserialize)]
pub struct Choice {
    lang: String,
    /// Path and query of the page that the reader was on.
    #[serde(default)]
    to: String,
}

/// `POST /language`: keeps the choice in a cookie and goes back to the page.
pub async fn choose(
    axum::Extension(surroundings): axum::Extension<Surroundings>,
    Form(choice): Form<Choice>,
) -> Response {
    let Ok(lang) = choice.lang.parse::<Lang>() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let to = HeaderValue::from_str(own_path(&choice.to));
    let to = to.unwrap_or(HeaderValue::from_static("/"));
    // The demo is served without TLS.
    let cookie = kept(lang, !surroundings.demo);
    (
        StatusCode::SEE_OTHER,
        [(LOCATION, to), (SET_COOKIE, cookie)],
    )
        .into_response()
}

/// The cookie that keeps a choice: of the switch, or of the reader's own profile at a login.
pub(crate) fn kept(lang: Lang, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!(
        "{NAME}={}; Path=/; Max-Age={KEPT}; SameSite=Lax; HttpOnly{secure}",
        lang.tag()
    );
    HeaderValue::from_str(&cookie).expect("a tag and literals are a header's value")
}

/// A path of this site, or its front page: an address that a stranger wrote leads nowhere else.
///
/// ```
/// use riktig_portal::language::own_path;
/// assert_eq!(own_path("/report?period=2025"), "/report?period=2025");
/// assert_eq!(own_path("//evil.example"), "/"); // a browser reads this as another host
/// assert_eq!(own_path("/\\evil.example"), "/"); // and this
/// ```
#[must_use]
pub fn own_path(to: &str) -> &str {
    let is_plain = to
        .bytes()
        .all(|it| (0x21..0x7f).contains(&it) && it != b'\\');
    if is_plain && to.starts_with('/') && !to.starts_with("//") {
        to
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: axum::http::HeaderName, value: &'static str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        language(&headers)
    }

    #[test]
    fn the_browsers_weights_decide_where_nobody_has_chosen() {
        assert_eq!(asked(ACCEPT_LANGUAGE, "de, en;q=0.5, nn;q=0.8"), Lang::Nn);
        assert_eq!(asked(ACCEPT_LANGUAGE, "en-GB,en;q=0.9,no;q=0.8"), Lang::En);
        assert_eq!(asked(ACCEPT_LANGUAGE, "no, nn;q=0.9"), Lang::Nb);
        assert_eq!(asked(ACCEPT_LANGUAGE, "fr, en;q=0"), Lang::Nb);
        assert_eq!(asked(ACCEPT_LANGUAGE, "en;q=x"), Lang::Nb);
    }

    #[test]
    fn a_choice_stands_whatever_the_browser_says() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        headers.insert(COOKIE, HeaderValue::from_static("a=b; language=nn; c=d"));
        assert_eq!(language(&headers), Lang::Nn);
        assert_eq!(asked(COOKIE, "language=klingon"), Lang::Nb);
    }

    #[test]
    fn only_a_path_of_ours_is_gone_back_to() {
        for evil in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\r\nset-cookie: x",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(own_path(evil), "/", "{evil:?}");
        }
    }
}
