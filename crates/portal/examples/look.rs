//! Serves the pages that need no data, as several readers see them: to look at, while one writes style or words.
//!
//! ```console
//! $ cargo run -p riktig-portal --example look
//! ```

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, serve};
use riktig_portal::pages::demo::{DemoLogin, Persona, PersonaRole};
use riktig_portal::pages::error::ErrorPage;
use riktig_portal::pages::login::{LoginFailed, LoginProblem};
use riktig_portal::pages::{landing, statements};
use riktig_portal::shell::{Reader, Section, Shell, Surroundings};
use riktig_portal::{assets, language};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let router = Router::new()
        .route("/", get(landing::show))
        .route("/about", get(statements::About::show))
        .route("/accessibility", get(statements::Accessibility::show))
        .route("/privacy", get(statements::Privacy::show))
        .route("/terminology", get(statements::Terminology::show))
        .route("/login", get(personas))
        .route("/failed", get(failed))
        .route("/error/{status}", get(error))
        .route("/assets/{file}", get(assets::serve))
        .route("/language", post(language::choose))
        .fallback(async |shell: Shell| ErrorPage::page(shell, StatusCode::NOT_FOUND, String::new()))
        .layer(middleware::from_fn(surroundings));
    let listener = TcpListener::bind("127.0.0.1:8089").await?;
    println!(
        "http://127.0.0.1:8089 ; with ?reader somebody is logged in, with ?demo it is the demo"
    );
    Ok(serve(listener, router).await?)
}

async fn surroundings(mut request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let reader = query.contains("reader").then(|| Reader {
        name: "HPR-nummer 9144501".into(),
        sections: Section::ALL.to_vec(),
    });
    let demo = query.contains("demo");
    request.extensions_mut().insert(Surroundings {
        reader,
        demo,
        ..Surroundings::default()
    });
    next.run(request).await
}

async fn personas(shell: Shell) -> impl IntoResponse {
    let somebody = |id: &str, name: &str, role, place: &str| Persona {
        id: id.into(),
        name: name.into(),
        role,
        place: place.into(),
    };
    let personas = vec![
        somebody("1", "Ask Li", PersonaRole::Prescriber, "Nordvik"),
        somebody(
            "2",
            "Borghild Øy",
            PersonaRole::GroupLeader,
            "Kursgruppe 11",
        ),
        somebody("3", "Cato Ås", PersonaRole::MunicipalChief, "Nordvik"),
        somebody("4", "Dina Eng", PersonaRole::Operator, ""),
        somebody("5", "Eir Fjell", PersonaRole::Researcher, ""),
        somebody("6", "Finn Gran", PersonaRole::InstitutionLeader, "Nordvik"),
    ];
    DemoLogin::page(shell, personas)
}

async fn failed(shell: Shell) -> impl IntoResponse {
    LoginFailed::page(shell, LoginProblem::TooWeak, "0199c1f0-7d".into())
}

async fn error(Path(status): Path<u16>, shell: Shell) -> impl IntoResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
    ErrorPage::page(shell, status, "0199c1f0-7d".into())
}
