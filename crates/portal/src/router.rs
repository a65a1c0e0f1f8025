//! The router: the list of routes, and the layers around it.

use std::any::Any;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::failure::Failure;
use crate::hooks;
use crate::layers::{arrival, capacity, error_pages, headers, host, rate, record, visit};
use crate::portal::Portal;
use crate::route::{Access, ROUTES, Route};
use crate::visit::Visit;

impl Portal {
    /// Answers requests: every route of [`ROUTES`], and for all else a page that says that there is nothing.
    ///
    /// # Panics
    /// Never: the public address was checked when the configuration was read.
    pub fn router(&self) -> Router {
        self.router_of(ROUTES)
    }

    /// The same for other routes: what stands around a handler is tried with handlers that fail.
    ///
    /// # Panics
    /// As [`Portal::router`]; when two routes are the same.
    pub fn router_of(&self, routes: &'static [Route]) -> Router {
        let state = self.clone();
        let layers = ServiceBuilder::new()
            .layer(middleware::from_fn_with_state(
                state.clone(),
                record::record,
            ))
            .layer(middleware::from_fn_with_state(
                state.clone(),
                headers::headers,
            ))
            // What the slower levels save in bytes costs more in time.
            .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
            .layer(middleware::from_fn(error_pages::error_pages))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(middleware::from_fn_with_state(
                state.clone(),
                arrival::arrival,
            ))
            .layer(middleware::from_fn_with_state(
                state.clone(),
                capacity::capacity,
            ))
            .layer(middleware::from_fn_with_state(state.clone(), host::host))
            .layer(self.origins())
            .layer(middleware::from_fn_with_state(state.clone(), visit::visit))
            .layer(middleware::from_fn_with_state(state.clone(), rate::rate))
            .layer(RequestBodyLimitLayer::new(self.config().limits.body_bytes));
        routes
            .iter()
            .fold(Router::new(), |router, route| router.merge(guarded(route)))
            .fallback(async || Failure::NotFound)
            .layer(layers)
            .merge(hooks::router(self))
            .with_state(state)
    }

    /// Nothing is changed by a form of somebody else's page.
    pub(crate) fn origins(&self) -> CsrfLayer {
        let public = &self.config().server.public_url;
        CsrfLayer::new()
            .add_trusted_origin(public.origin().ascii_serialization())
            .expect("the public address is an http or https origin in ASCII")
    }
}

/// A route behind its guard.
fn guarded(route: &'static Route) -> Router<Portal> {
    let guard = async move |request: Request, next: Next| guard(route, request, next).await;
    let handler = (route.handler)()
        .route_layer(middleware::from_fn(to_its_end))
        .route_layer(middleware::from_fn(guard));
    Router::new().route(route.path, handler)
}

/// A change that has begun is finished, also when nobody waits for the answer any more: what the journal holds and what the
/// portal shows must not part in the middle.
pub(crate) async fn to_its_end(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(broken) => match broken.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Failure::internal("the server stopped in the middle").into_response(),
        },
    }
}

/// Lets in whoever may ask at all, and lets out what the policy was asked about.
async fn guard(route: &Route, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return Failure::internal("no visit before the guard").into_response();
    };
    if route.access == Access::Public {
        return next.run(request).await;
    }
    if let Err(failure) = visit.logged_in() {
        return failure.into_response();
    }
    let response = next.run(request).await;
    let answered = response.status().is_success() || response.status().is_redirection();
    match route.access {
        Access::Policy(act) if answered && !visit.was_permitted(act) => {
            Failure::internal(format!("{} answered without asking the policy", route.path))
                .into_response()
        }
        _ => response,
    }
}

/// A fault in a handler. What it said may hold anything, so it is not logged; the place is, by the panic hook.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Failure::internal("a handler panicked").into_response()
}
