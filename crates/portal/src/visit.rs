//! Who visits: the language, and the person that the session belongs to.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use riktig_reports::Lang;

use crate::cookie;

/// The cookie of the chosen language: `nb`, `nn` or `en`.
const LANGUAGE: &str = "riktig-language";

/// One request of one person: what a handler takes first.
#[derive(Debug, Clone)]
pub struct Visit(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    lang: Lang,
    path: String,
}

impl Visit {
    pub(crate) fn new(lang: Lang, path: String) -> Visit {
        Visit(Arc::new(Inner { lang, path }))
    }

    /// What the request itself says.
    pub(crate) fn of(request: &Request) -> Visit {
        let chosen = cookie::value(request.headers(), LANGUAGE).and_then(|tag| tag.parse().ok());
        let path = request.uri().path_and_query();
        Visit::new(
            chosen.unwrap_or_default(),
            path.map_or("/", |path| path.as_str()).to_owned(),
        )
    }

    /// The reader's language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The path and query that were asked for; beginning with a slash.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Infallible> {
        Ok(parts
            .extensions
            .get::<Visit>()
            .cloned()
            .unwrap_or_else(|| Visit::new(Lang::default(), "/".into())))
    }
}
