//! The routes for machines, and the layers around them.
//!
//! ```text
//! record     request id, log, metrics, as every request
//! headers    as every answer
//! answer     CORS with its preflight; a refusal without a body gets an OperationOutcome
//! panics     a fault ends the call, not the server
//! host       only requests for our own name
//! rate       not too often from one address
//! room       a number of calls at once of their own: people's pages and machines' calls do not crowd each other out
//! ```

use std::any::Any;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{self, MethodRouter};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::outcome::Problem;
use super::{call, description, discovery, feedback, knowledge};
use crate::layers::{headers, host, rate, record, visit};
use crate::orders;
use crate::portal::Portal;
use crate::router::to_its_end;

/// One thing that a machine can ask.
#[derive(Debug, Clone, Copy)]
pub struct MachineRoute {
    /// `GET` or `POST`; `HEAD` is answered wherever `GET` is, and `OPTIONS` everywhere.
    pub method: &'static str,
    /// The path, with `{names}` for what varies.
    pub path: &'static str,
    /// Whether anybody may ask; else a client's token is needed.
    pub open: bool,
    /// Whether a person must be logged in: then a session is read, and forms of other sites are refused.
    pub session: bool,
    /// The file of the handler, under `src/`.
    pub file: &'static str,
    handler: fn() -> MethodRouter<Portal>,
}

macro_rules! route {
    ($method:ident, $path:literal, $open:literal, $file:literal, $handler:path) => {
        route!(@whole $method, $path, $open, false, $file, $handler)
    };
    (session $method:ident, $path:literal, $file:literal, $handler:path) => {
        route!(@whole $method, $path, false, true, $file, $handler)
    };
    (@whole $method:ident, $path:literal, $open:literal, $session:literal, $file:literal, $handler:path) => {
        MachineRoute {
            method: route!(@word $method),
            path: $path,
            open: $open,
            session: $session,
            file: $file,
            handler: || routing::$method($handler),
        }
    };
    (@word get) => { "GET" };
    (@word post) => { "POST" };
}

/// Everything that a machine can ask. Apart from a doctor's own prescriptions none of it reads a cookie, and none of it is about a person
/// who is logged in, so the policy of the portal's pages is not asked: who may ask is the client's token, what is open is public knowledge.
#[rustfmt::skip]
pub const MACHINE_ROUTES: &[MachineRoute] = &[
    route!(get, "/cds-services", false, "hooks/discovery.rs", discovery::show),
    route!(post, "/cds-services/{service}", false, "hooks/call.rs", call::answer),
    route!(post, "/cds-services/{service}/feedback", false, "hooks/feedback.rs", feedback::take),
    route!(get, "/openapi.json", true, "hooks/description.rs", description::show),
    route!(get, "/guideline.json", true, "hooks/knowledge.rs", knowledge::by_code),
    route!(get, "/guideline/changes", true, "hooks/knowledge.rs", knowledge::changes),
    route!(get, "/fhir/metadata", true, "hooks/knowledge.rs", knowledge::metadata),
    route!(get, "/fhir/openapi.json", true, "hooks/description.rs", description::prescribing),
    route!(session post, "/fhir/MedicationRequest", "orders/create.rs", orders::request),
    route!(session post, "/fhir/MedicationStatement", "orders/create.rs", orders::statement),
    route!(session post, "/fhir/MedicationRequest/_search", "orders/give.rs", orders::requests),
    route!(session post, "/fhir/MedicationRequest/{id}/$recall", "orders/recall.rs", orders::recall),
    route!(session post, "/fhir/MedicationStatement/_search", "orders/give.rs", orders::statements),
    route!(session get, "/fhir/MedicationRequest/{id}", "orders/give.rs", orders::one_request),
    route!(session get, "/fhir/MedicationStatement/{id}", "orders/give.rs", orders::one_statement),
    route!(get, "/fhir/{kind}", true, "hooks/knowledge.rs", knowledge::all),
    route!(get, "/fhir/{kind}/{id}", true, "hooks/knowledge.rs", knowledge::one),
];

/// The router of these routes.
pub(crate) fn router(portal: &Portal) -> Router<Portal> {
    let state = || portal.clone();
    let layers = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(state(), record::record))
        .layer(middleware::from_fn_with_state(state(), headers::headers))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn(for_machines))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(state(), host::host))
        .layer(middleware::from_fn_with_state(state(), seldom))
        .layer(middleware::from_fn_with_state(state(), room));
    MACHINE_ROUTES
        .iter()
        .fold(Router::new(), |router, route| {
            router.merge(Router::new().route(route.path, handler(route, portal)))
        })
        .layer(layers)
}

/// A handler with what must stand before it.
fn handler(route: &MachineRoute, portal: &Portal) -> MethodRouter<Portal> {
    let handler = (route.handler)();
    if !route.session {
        return handler;
    }
    handler
        .route_layer(middleware::from_fn(to_its_end))
        .route_layer(middleware::from_fn_with_state(portal.clone(), visit::visit))
        .route_layer(portal.origins())
}

/// What a browser may send here from another page: a token in a header, never a cookie.
const ALLOWED: [(HeaderName, HeaderValue); 4] = [
    (
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    ),
    (
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static(
            "authorization, content-type, accept-language, if-none-match, if-none-exist",
        ),
    ),
    (
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("600"),
    ),
    (header::VARY, HeaderValue::from_static("origin")),
];

/// Answers preflights without asking who it is (CORS has no token there), opens answers to scripts of other pages, and gives a
/// refusal of the layers below its OperationOutcome.
async fn for_machines(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let mut response = if method == Method::OPTIONS {
        let mut response = StatusCode::NO_CONTENT.into_response();
        response.headers_mut().extend(ALLOWED);
        response
    } else {
        outcome(method, next.run(request).await)
    };
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("etag, location, x-request-id, retry-after"),
    );
    response
}

fn outcome(method: Method, response: Response) -> Response {
    let status = response.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    if !is_refusal || has_json(response.headers()) {
        return response;
    }
    let mut told = Problem::of_status(status).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            told.headers_mut().insert(name, value.clone());
        }
    }
    told.extensions_mut().extend(response.extensions().clone());
    match method {
        Method::HEAD => told.map(|_| axum::body::Body::empty()),
        _ => told,
    }
}

fn has_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/"))
}

/// What a panic said may hold anything, so it is not logged; the place is, by the panic hook.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    crate::failure::Failure::internal("a handler panicked").into_response()
}

/// Turns away an address that calls too often.
async fn seldom(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let source = rate::by_address(&portal, &request);
    let rates = portal.advising().rates.as_ref();
    match (rates, source) {
        (Some(rates), Some(source)) if rate::is_too_often(rates, &source) => rate::come_back(),
        _ => next.run(request).await,
    }
}

/// Turns away what there is no room for, and ends what takes too long.
async fn room(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let Ok(_room) = portal.advising().room.try_acquire() else {
        return Problem::of_status(StatusCode::SERVICE_UNAVAILABLE).into_response();
    };
    let longest = portal.config().limits.request;
    tokio::time::timeout(longest, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE).into_response())
}
