//! The frame of every page, shown by the pages that need no data.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use axum::{Router, extract};
use riktig_portal::config::Operator;
use riktig_portal::pages::error::ErrorPage;
use riktig_portal::pages::login::{LoginFailed, LoginProblem};
use riktig_portal::pages::{landing, statements};
use riktig_portal::shell::{Reader, Section, Shell, Surroundings};
use riktig_portal::{assets, language};
use tower::ServiceExt;

const PAGES: [&str; 8] = [
    "/",
    "/about",
    "/accessibility",
    "/privacy",
    "/terminology",
    "/failed",
    "/error/429",
    "/error/500",
];

fn router(surroundings: Surroundings) -> Router {
    let error = async |extract::Path(status): extract::Path<u16>, shell: Shell| {
        let status = StatusCode::from_u16(status).expect("a status");
        ErrorPage::page(shell, status, "0199".into())
    };
    let failed =
        async |shell: Shell| LoginFailed::page(shell, LoginProblem::Expired, "0199".into());
    Router::new()
        .route("/", get(landing::show))
        .route("/about", get(statements::About::show))
        .route("/accessibility", get(statements::Accessibility::show))
        .route("/privacy", get(statements::Privacy::show))
        .route("/terminology", get(statements::Terminology::show))
        .route("/failed", get(failed))
        .route("/error/{status}", get(error))
        .route("/assets/{file}", get(assets::serve))
        .route("/language", axum::routing::post(language::choose))
        .layer(middleware::from_fn(
            move |mut request: extract::Request, next: Next| {
                request.extensions_mut().insert(surroundings.clone());
                next.run(request)
            },
        ))
}

fn doctor() -> Reader {
    Reader {
        name: "HPR-nummer 1234567 <b>".into(),
        sections: vec![Section::Report, Section::Log],
    }
}

async fn answer(router: Router, path: &str, lang: &str) -> Response {
    let request = Request::get(path).header(header::COOKIE, format!("language={lang}"));
    let request = request.body(Body::empty()).expect("a request");
    router.oneshot(request).await.expect("an answer")
}

async fn html(surroundings: Surroundings, path: &str, lang: &str) -> String {
    let response = answer(router(surroundings), path, lang).await;
    let body = to_bytes(response.into_body(), 1 << 20).await;
    String::from_utf8(body.expect("a body").to_vec()).expect("UTF-8")
}

#[tokio::test]
async fn every_page_has_its_language_its_landmarks_and_one_first_heading() {
    for lang in ["nb", "nn", "en"] {
        for path in PAGES {
            let page = html(Surroundings::default(), path, lang).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
            for once in ["<h1", "<main id=\"main\"", "<header", "<footer", "<title>"] {
                assert_eq!(page.matches(once).count(), 1, "{path} in {lang}: {once}");
            }
            assert!(!page.contains("<h3") || page.contains("<h2"), "{path}");
            assert!(page.contains("href=\"#main\""), "{path}");
            for key in ["base-", "login-", "statements-"] {
                let said = page.replace("/login", "");
                assert!(!said.contains(key), "{path} in {lang} shows a key");
            }
        }
    }
}

#[tokio::test]
async fn nothing_stands_on_a_page_that_a_strict_policy_forbids_and_nothing_comes_from_elsewhere() {
    for path in PAGES {
        let page = html(Surroundings::default(), path, "nb").await;
        for forbidden in [
            " style=", "<style", " onclick", "http://", "https://", "//cdn",
        ] {
            assert!(!page.contains(forbidden), "{path}: {forbidden}");
        }
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" src=\"/assets/"), "{path}");
            assert!(
                script.contains("></script>"),
                "{path}: no script in the page"
            );
        }
    }
}

#[tokio::test]
async fn the_reader_sees_who_is_logged_in_and_where_they_are() {
    let surroundings = Surroundings {
        reader: Some(doctor()),
        demo: false,
        ..Surroundings::default()
    };
    let page = html(surroundings, "/", "en").await;
    assert!(page.contains("HPR-nummer 1234567 &#60;b&#62;"));
    assert!(page.contains("<nav aria-label=\"Main menu\""));
    assert!(page.contains("href=\"/report\"") && page.contains("href=\"/log\""));
    assert!(!page.contains("href=\"/operator\""));
    let page = html(Surroundings::default(), "/", "en").await;
    assert!(!page.contains("<nav") && !page.contains("action=\"/logout\""));
}

#[tokio::test]
async fn the_demo_says_so_on_every_page() {
    for path in PAGES {
        let demo = Surroundings {
            reader: None,
            demo: true,
            ..Surroundings::default()
        };
        let said = "class=\"demo\"";
        assert!(html(demo, path, "nn").await.contains(said), "{path}");
        assert!(
            !html(Surroundings::default(), path, "nn")
                .await
                .contains(said)
        );
    }
}

#[tokio::test]
async fn the_language_switch_comes_back_to_the_page_that_one_was_on() {
    let page = html(Surroundings::default(), "/about?a=1&b=2", "nb").await;
    assert!(page.contains("name=\"to\" value=\"/about?a=1&#38;b=2\""));
    let request = Request::post("/language")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("lang=nn&to=%2Fabout%3Fa%3D1%26b%3D2"))
        .expect("a request");
    let response = router(Surroundings::default()).oneshot(request).await;
    let response = response.expect("an answer");
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/about?a=1&b=2");
    let cookie = response.headers()[header::SET_COOKIE]
        .to_str()
        .expect("ASCII");
    assert!(cookie.starts_with("language=nn; ") && cookie.contains("; Secure"));
}

#[tokio::test]
async fn built_in_files_are_kept_for_ever_under_names_that_change_with_them() {
    let page = html(Surroundings::default(), "/", "nb").await;
    let mut total = page.len();
    let addresses = page.split('"').filter(|it| it.starts_with("/assets/"));
    let addresses: Vec<&str> = addresses.collect();
    assert_eq!(addresses.len(), 4, "two sheets, a script, an icon");
    for address in addresses {
        let response = answer(router(Surroundings::default()), address, "nb").await;
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        let kept = &response.headers()[header::CACHE_CONTROL];
        assert_eq!(kept, "public, max-age=31536000, immutable");
        let body = to_bytes(response.into_body(), 1 << 20)
            .await
            .expect("a body");
        assert!(!address.ends_with(".js") || body.len() < 10_000);
        total += body.len();
    }
    // Before compression.
    assert!(total < 150_000, "the front page takes {total} bytes");
    let old = answer(
        router(Surroundings::default()),
        "/assets/portal.0.css",
        "nb",
    )
    .await;
    assert_eq!(old.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_statements_name_who_runs_the_service_where_it_is_configured() {
    for path in ["/privacy", "/accessibility"] {
        let unnamed = html(Surroundings::default(), path, "en").await;
        assert!(!unnamed.contains("The organisation is"));
        let operator = Operator {
            name: "Prøvedrift <AS>".to_owned(),
            contact: "drift@example.no".to_owned(),
        };
        let named = Surroundings {
            operator: Arc::new(operator),
            ..Surroundings::default()
        };
        let page = html(named, path, "en").await;
        assert!(
            page.contains("The organisation is Prøvedrift &#60;AS&#62;."),
            "{path}"
        );
        assert!(
            page.contains("You reach them here: drift@example.no"),
            "{path}"
        );
    }
}
