//! The router: the list of routes, and the layers around it.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;

use crate::failure::Failure;
use crate::portal::Portal;
use crate::route::ROUTES;
use crate::visit::Visit;

impl Portal {
    /// Answers requests: every route of [`ROUTES`], and for all else a page that says that there is nothing.
    pub fn router(&self) -> Router {
        let router = ROUTES.iter().fold(Router::new(), |router, route| {
            router.route(route.path, (route.handler)())
        });
        router
            .fallback(async || Failure::NotFound)
            .layer(middleware::from_fn_with_state(self.clone(), visit))
            .with_state(self.clone())
    }
}

/// Finds out who visits before anything else asks.
async fn visit(State(_portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let visit = Visit::of(&request);
    request.extensions_mut().insert(visit);
    next.run(request).await
}
