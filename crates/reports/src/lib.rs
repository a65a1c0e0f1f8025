//! A prescriber's report: one model, four forms.
//!
//! ```text
//! edition ──from_edition──► Report ──┬─ render_html   one file, no script, no outside resource
//!                                    ├─ render_pdf    two tagged A4 pages
//!                                    ├─ render_json   the model itself, "riktig-report/1"
//!                                    └─ render_csv    one row an indicator
//! ```
//!
//! Page and paper draw their charts from the same scene, so they cannot disagree. A [`model::Figure`] is a number or
//! one of four distinct reasons for there being none; nothing downstream can turn "unknown" into "zero".

mod error;
mod font;
mod headline;
mod html;
mod json;
mod provenance;
mod scene;
pub mod goal;
pub mod model;
pub mod text;

pub use error::ReportError;
pub use headline::{HEADLINES, headlines};
pub use html::{IndexEntry, render_html, render_index};
pub use json::render_json;
pub use text::Lang;
