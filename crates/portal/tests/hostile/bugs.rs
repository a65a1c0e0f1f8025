//! Bugs planted around the portal, in these tests only: what a hurried change could do, so that it is known that the
//! attacks would notice.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};

use crate::attack::{SECRET, SESSION};

/// A bug, the classes of attacks of which one must notice it, and as what.
pub(crate) struct Bug {
    pub(crate) name: &'static str,
    pub(crate) plant: fn(Router) -> Router,
    pub(crate) class: &'static str,
    pub(crate) noticed_as: &'static str,
}

/// Every planted bug.
pub(crate) const BUGS: [Bug; 10] = [
    Bug {
        name: "a handler does not ask the policy",
        plant: |router| router.layer(from_fn(without_policy)),
        class: "nobody asks",
        noticed_as: "believed to be somebody",
    },
    Bug {
        name: "forms of other origins are taken",
        plant: |router| router.layer(from_fn(without_origins)),
        class: "form of another origin",
        noticed_as: "not one of",
    },
    Bug {
        name: "the login keeps the session that the browser came with",
        plant: |router| router.layer(from_fn(without_rotation)),
        class: "session fixation",
        noticed_as: "the planted session became theirs",
    },
    Bug {
        name: "the language switch goes wherever it is told",
        plant: |router| router.layer(from_fn(without_own_path)),
        class: "open redirect",
        noticed_as: "leads to a stranger",
    },
    Bug {
        name: "a path of the address is joined to a folder",
        plant: |router| router.layer(from_fn(with_folder)),
        class: "path traversal",
        noticed_as: "a file of the machine",
    },
    Bug {
        name: "the session's cookie can be read by scripts",
        plant: |router| router.layer(from_fn(without_http_only)),
        class: "session fixation",
        noticed_as: "a cookie without guard",
    },
    Bug {
        name: "the error page says what was asked",
        plant: |router| router.layer(from_fn(with_echo)),
        class: "script in the address",
        noticed_as: "comes back unchanged",
    },
    Bug {
        name: "a body may have any size",
        plant: |router| router.layer(from_fn(without_body_limit)),
        class: "oversized body",
        noticed_as: "not one of",
    },
    Bug {
        name: "the goal is found by the number in the form",
        plant: |router| router.layer(from_fn(with_number_of_form)),
        class: "ids of another",
        noticed_as: "somebody else's words",
    },
    Bug {
        name: "a personal page may be kept by a proxy",
        plant: |router| router.layer(from_fn(with_cache)),
        class: "ids of another",
        noticed_as: "may be kept by somebody else",
    },
];

async fn without_policy(request: Request, next: Next) -> Response {
    if request.uri().path() == "/operator" {
        let page = "<form action=\"/logout\"></form> all deliveries";
        return guarded(page.to_owned());
    }
    next.run(request).await
}

async fn without_origins(mut request: Request, next: Next) -> Response {
    let headers = request.headers_mut();
    headers.remove(header::ORIGIN);
    headers.remove("sec-fetch-site");
    next.run(request).await
}

async fn without_rotation(request: Request, next: Next) -> Response {
    let came_with = session(request.headers());
    let mut response = next.run(request).await;
    if let (Some(token), Some(cookie)) = (
        came_with,
        response.headers_mut().get_mut(header::SET_COOKIE),
    ) {
        let line = format!("{SESSION}={token}; Path=/; HttpOnly; SameSite=Lax; Secure");
        *cookie = HeaderValue::try_from(line).expect("a token is visible ASCII");
        response.headers_mut().remove("set-cookie-2");
    }
    keep_first_cookie(response)
}

/// Of several cookies the first: the one that was changed.
fn keep_first_cookie(mut response: Response) -> Response {
    if let Some(first) = response.headers().get(header::SET_COOKIE).cloned() {
        response.headers_mut().insert(header::SET_COOKIE, first);
    }
    response
}

async fn without_own_path(request: Request, next: Next) -> Response {
    if request.uri().path() != "/language" {
        return next.run(request).await;
    }
    let (request, body) = read(request).await;
    let mut fields = url::form_urlencoded::parse(&body);
    let to = fields.find_map(|(name, value)| (name == "to").then(|| value.into_owned()));
    let mut response = next.run(request).await;
    if let Some(to) = to.and_then(|to| HeaderValue::try_from(to).ok()) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

async fn with_folder(request: Request, next: Next) -> Response {
    let path = decoded(request.uri().path());
    if let Some(file) = path.strip_prefix("/assets/") {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");
        let file = std::path::Path::new(folder).join(file);
        if let Ok(text) = std::fs::read_to_string(file) {
            return guarded(text);
        }
    }
    next.run(request).await
}

async fn without_http_only(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for cookie in response.headers_mut().values_mut() {
        let line = cookie
            .to_str()
            .unwrap_or_default()
            .replace("; HttpOnly", "");
        if line.contains("SameSite") {
            *cookie = HeaderValue::try_from(line).expect("it was one");
        }
    }
    response
}

async fn with_echo(request: Request, next: Next) -> Response {
    let path = decoded(request.uri().path());
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = to_bytes(body, usize::MAX).await.expect("a page");
    let page = [&page[..], b"<p>There is no ", path.as_bytes(), b"</p>"].concat();
    Response::from_parts(parts, Body::from(page))
}

async fn without_body_limit(request: Request, next: Next) -> Response {
    let (request, body) = read(request).await;
    if body.len() > 65_536 {
        return guarded("thank you".to_owned());
    }
    next.run(request).await
}

async fn with_number_of_form(request: Request, next: Next) -> Response {
    let (request, body) = read(request).await;
    let query = request.uri().query().unwrap_or_default().to_owned();
    let sent = [query.as_bytes(), b"&", &body].concat();
    let asks_for_other =
        url::form_urlencoded::parse(&sent).any(|(name, value)| name == "hpr" && value == "9144901");
    if asks_for_other {
        return guarded(format!("<p>{SECRET}</p>"));
    }
    next.run(request).await
}

async fn with_cache(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let kept = HeaderValue::from_static("public, max-age=600");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    response
}

fn session(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(header::COOKIE)?.to_str().ok()?;
    let (name, value) = line.split_once('=')?;
    (name == SESSION).then(|| value.to_owned())
}

async fn read(request: Request) -> (Request, Bytes) {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let request = Request::from_parts(parts, Body::from(body.clone()));
    (request, body)
}

fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An answer with every header that the portal's own have: only the bug is wrong with it.
fn guarded(page: String) -> Response {
    let headers = [
        ("x-request-id", "planted"),
        ("content-security-policy", "default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
    ];
    (headers, page).into_response()
}
