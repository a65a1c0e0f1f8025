//! What a browser is told on every answer.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::portal::Portal;

/// The headers that every answer carries; made once.
#[derive(Debug)]
pub(crate) struct Always(Vec<(HeaderName, HeaderValue)>);

/// No script, style, picture or form but ours; nobody frames us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Always {
    /// `form_targets` are foreign origins to which one of our forms may lead on: the place of the logout.
    pub(crate) fn new(https: bool, form_targets: &[String]) -> Always {
        let forms = ["'self'".to_owned()]
            .into_iter()
            .chain(form_targets.iter().cloned())
            .collect::<Vec<_>>()
            .join(" ");
        let mut headers = vec![
            (
                header::CONTENT_SECURITY_POLICY,
                format!("{POLICY}; form-action {forms}"),
            ),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
            (header::REFERRER_POLICY, "same-origin".into()),
            (header::X_FRAME_OPTIONS, "DENY".into()),
            (
                HeaderName::from_static("permissions-policy"),
                "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
                    .into(),
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin".into(),
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "same-origin".into(),
            ),
            (HeaderName::from_static("x-robots-tag"), "noindex".into()),
        ];
        if https {
            // Two years: what browsers ask for before they remember it for good.
            headers.push((
                header::STRICT_TRANSPORT_SECURITY,
                "max-age=63072000; includeSubDomains".into(),
            ));
        }
        let value = |(name, text): (HeaderName, String)| {
            let value = HeaderValue::try_from(text);
            (name, value.expect("literals and origins are visible ASCII"))
        };
        Always(headers.into_iter().map(value).collect())
    }

    fn put(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.insert(name.clone(), value.clone());
        }
        // A page is somebody's own unless its handler says otherwise, as those of built-in files do.
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-store"));
    }
}

/// Puts the headers on the answer.
pub(crate) async fn headers(
    State(portal): State<Portal>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    portal.always().put(response.headers_mut());
    response
}
