//! Only requests for our own name: a foreign name that was pointed at us (DNS rebinding) gets nothing.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::portal::Portal;

/// Whether a request with this `Host` is for the address that people see.
///
/// A default port may be written or not. Behind a proxy the name is passed on as it came.
pub(crate) fn is_ours(host: &str, public: &Url) -> bool {
    let Ok(asked) = Url::parse(&format!("{}://{host}/", public.scheme())) else {
        return false;
    };
    asked.origin() == public.origin() && asked.username().is_empty() && asked.path() == "/"
}

/// The demo takes any free port, and is asked by the names that a machine has for itself.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

/// Refuses what is not for us.
pub(crate) async fn host(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let named = hosts.next();
    if hosts.next().is_some() {
        // Two names are two requests in one for whoever reads the other one.
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    let named = named.and_then(|host| host.to_str().ok()).or_else(|| {
        request
            .uri()
            .authority()
            .map(|authority| authority.as_str())
    });
    let public = &portal.config().server.public_url;
    let ours = named.is_some_and(|host| {
        is_ours(host, public) || (portal.login().is_demo() && is_this_machine(host))
    });
    if ours {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_name_is_ours() {
        let public = Url::parse("https://riktig.example").unwrap();
        for ours in ["riktig.example", "riktig.example:443", "RIKTIG.example"] {
            assert!(is_ours(ours, &public), "{ours}");
        }
        for foreign in [
            "evil.example",
            "riktig.example:8443",
            "riktig.example.evil.example",
            "riktig.example@evil.example",
            "evil.example@riktig.example",
            "riktig.example/x",
            "",
            "[::1",
        ] {
            assert!(!is_ours(foreign, &public), "{foreign}");
        }
    }

    #[test]
    fn the_demo_is_asked_by_the_names_of_the_machine_itself() {
        for own in ["127.0.0.1:4000", "localhost", "localhost:1", "[::1]:80"] {
            assert!(is_this_machine(own), "{own}");
        }
        for foreign in ["evil.example:4000", "127.0.0.1.evil.example", "localhost:x"] {
            assert!(!is_this_machine(foreign), "{foreign}");
        }
    }
}
