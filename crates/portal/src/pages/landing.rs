//! `/`: what this is, and the way in.

use axum::response::Html;

use crate::failure::Failure;
use crate::visit::Visit;

pub(crate) async fn show(visit: Visit) -> Result<Html<String>, Failure> {
    Ok(Html(format!(
        "<!DOCTYPE html><html lang=\"{}\"><title>Riktig</title><h1>Riktig</h1>",
        visit.lang().tag()
    )))
}
