//! Who visits: from the cookie to the person.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::record::RequestId;
use crate::portal::Portal;
use crate::shell::Surroundings;
use crate::visit::Visit;

/// Finds out who visits before anything else asks.
pub(crate) async fn visit(
    State(portal): State<Portal>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .expect("the outermost layer gives every request its id");
    let visit = Visit::new(None, id);
    let around = Surroundings {
        reader: visit.reader(portal.now()),
        demo: portal.login().is_demo(),
    };
    request.extensions_mut().insert(visit);
    request.extensions_mut().insert(around.clone());
    let mut response = next.run(request).await;
    // An error page further out stands in the same frame.
    response.extensions_mut().insert(around);
    response
}
