//! Style sheets, script and icon: built in, served under names that hold a hash of their bytes, kept by browsers for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// One built-in file.
struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static str,
    /// `/assets/portal.0123456789abcdef.css`.
    address: String,
}

const CSS: &str = "text/css; charset=utf-8";

/// Name, type and content of every file. The design system's sheet is written by `cargo xtask vendor`.
const FILES: [(&str, &str, &str); 14] = [
    (
        "designsystemet.css",
        CSS,
        include_str!("../assets/designsystemet.css"),
    ),
    ("portal.css", CSS, include_str!("../assets/portal.css")),
    ("report.css", CSS, riktig_reports::FRAGMENT_STYLE),
    ("mine.css", CSS, include_str!("../assets/mine.css")),
    ("area.css", CSS, include_str!("../assets/area.css")),
    ("group.css", CSS, include_str!("../assets/group.css")),
    (
        "prescriptions.css",
        CSS,
        include_str!("../assets/prescriptions.css"),
    ),
    ("course.css", CSS, include_str!("../assets/course.css")),
    (
        "guideline.css",
        CSS,
        include_str!("../assets/guideline.css"),
    ),
    ("pharmacy.css", CSS, include_str!("../assets/pharmacy.css")),
    ("label.css", CSS, include_str!("../assets/label.css")),
    ("chain.css", CSS, include_str!("../assets/chain.css")),
    (
        "portal.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/portal.js"),
    ),
    (
        "icon.svg",
        "image/svg+xml",
        include_str!("../assets/icon.svg"),
    ),
];

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let asset = |(name, kind, bytes): (&'static str, &'static str, &'static str)| Asset {
        name,
        kind,
        bytes,
        address: hashed(name, bytes.as_bytes()),
    };
    FILES.into_iter().map(asset).collect()
});

fn hashed(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
    let hash: String = Sha256::digest(bytes)[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("/assets/{stem}.{hash}.{extension}")
}

/// Where a file is served.
///
/// # Panics
/// When there is no such file: templates name it in full, so the first look at a page would tell.
#[must_use]
pub fn address(name: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    &found.expect("templates name built-in files").address
}

/// `GET /assets/{file}`.
pub async fn serve(Path(file): Path<String>) -> Response {
    let asked = format!("/assets/{file}");
    let Some(asset) = ASSETS.iter().find(|asset| asset.address == asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (
            CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ),
    ];
    (headers, asset.bytes).into_response()
}
