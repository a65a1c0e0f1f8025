//! The model itself as JSON (`docs/reference/report.md`).

use crate::error::ReportError;
use crate::model::Report;

/// The report as JSON, schema [`crate::model::SCHEMA`]: two-space indented, fields in the order of the model, newline at the end.
///
/// # Errors
/// Never for a report made by this crate; a hand-made model may hold what JSON cannot.
pub fn render_json(report: &Report) -> Result<String, ReportError> {
    let mut json = serde_json::to_string_pretty(report).map_err(|source| ReportError::Json {
        prescriber: report.prescriber.id.clone(),
        source,
    })?;
    json.push('\n');
    Ok(json)
}
