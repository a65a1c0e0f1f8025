//! A page: a template that has become a response.

use askama::Template;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::shell::Shell;

/// A page of the portal. Every page has the same frame, so every template carries a [`Shell`].
#[derive(Debug)]
pub struct Page<T> {
    status: StatusCode,
    template: T,
}

/// What a template tells about itself: the shell it stands in.
pub trait Framed: Template {
    /// The frame of this page.
    fn shell(&self) -> &Shell;
}

impl<T: Framed> Page<T> {
    /// A page that is what was asked for (200).
    pub fn new(template: T) -> Self {
        Page::with_status(StatusCode::OK, template)
    }

    /// A page under another status: a form that must be mended is 422, for example.
    pub fn with_status(status: StatusCode, template: T) -> Self {
        Page { status, template }
    }
}

impl<T: Framed> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let language = HeaderValue::from_static(self.template.shell().lang.tag());
        let Ok(html) = self.template.render() else {
            // A template writes to a string and calls nothing that fails; without a template there are no words either.
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let headers = [
            (
                CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            ),
            (CONTENT_LANGUAGE, language),
            (VARY, HeaderValue::from_static("Cookie, Accept-Language")),
        ];
        (self.status, headers, html).into_response()
    }
}
