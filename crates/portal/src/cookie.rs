//! Cookies: reading what a browser sends, and the few that we set.

use axum::http::{HeaderMap, header};

/// The value of a cookie of this name, where exactly one is sent.
///
/// Two of the same name come from somebody who plants cookies (a sibling host can): then neither is believed.
#[must_use]
pub(crate) fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value);
    let value = found.next()?;
    found.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn sent(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_str(line).unwrap());
        }
        headers
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = sent(&["a=1; lang=nn", "b=x=y"]);
        assert_eq!(value(&headers, "lang"), Some("nn"));
        assert_eq!(value(&headers, "b"), Some("x=y"));
        assert_eq!(value(&headers, "c"), None);
    }

    #[test]
    fn a_name_that_is_sent_twice_is_believed_in_neither_form() {
        assert_eq!(value(&sent(&["s=1; s=2"]), "s"), None);
        assert_eq!(value(&sent(&["s=1", "s=1"]), "s"), None);
    }
}
