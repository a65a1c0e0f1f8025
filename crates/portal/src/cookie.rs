//! Cookies: reading what a browser sends, and the few that we set.

use axum::http::{HeaderMap, HeaderValue, header};

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

/// How long a cookie lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Life {
    /// Until the browser closes.
    Session,
    /// This many seconds.
    Seconds(u32),
    /// It is taken away.
    Ended,
}

/// A `Set-Cookie` line for the whole site, sent with same-site requests only, unreadable to scripts.
///
/// `value` is of our own making (base64url or a language tag); `secure` is false on the plain-text loopback only.
#[must_use]
pub(crate) fn set(name: &str, value: &str, life: Life, secure: bool) -> HeaderValue {
    let mut line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    match life {
        Life::Session => {}
        Life::Seconds(seconds) => line.push_str(&format!("; Max-Age={seconds}")),
        Life::Ended => line.push_str("; Max-Age=0"),
    }
    if secure {
        line.push_str("; Secure");
    }
    HeaderValue::try_from(line).expect("names and values are of our own making and visible ASCII")
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn a_secure_cookie_says_so() {
        assert_eq!(
            set("__Host-riktig", "abc", Life::Session, true),
            "__Host-riktig=abc; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            set("lang", "", Life::Ended, false),
            "lang=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
