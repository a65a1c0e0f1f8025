//! The one list of what can be asked.

use axum::routing::{self, MethodRouter};

use crate::pages;
use crate::portal::Portal;

/// Who may ask at all; about whom is the policy's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever is logged in.
    LoggedIn,
}

/// One thing that can be asked.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    /// `GET` or `POST`; `HEAD` is answered wherever `GET` is.
    pub method: &'static str,
    /// The path, with `{names}` for what varies.
    pub path: &'static str,
    /// Who may ask.
    pub access: Access,
    /// The file of the handler, under `src/`.
    pub file: &'static str,
    pub(crate) handler: fn() -> MethodRouter<Portal>,
}

const fn get(
    path: &'static str,
    access: Access,
    file: &'static str,
    handler: fn() -> MethodRouter<Portal>,
) -> Route {
    Route {
        method: "GET",
        path,
        access,
        file,
        handler,
    }
}

/// Everything that can be asked of the portal. The router is made of this list.
pub const ROUTES: &[Route] = &[get("/", Access::Public, "pages/landing.rs", || {
    routing::get(pages::landing::show)
})];
