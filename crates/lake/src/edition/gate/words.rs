//! Figures as the findings' sentences write them.

use crate::edition::Span;

pub(super) fn span(span: &Span) -> String {
    format!("{}..{}", span.first, span.last)
}

/// A change in words: `1.32 times`.
pub(super) fn times(ratio: f64) -> String {
    if ratio.is_finite() {
        format!("{ratio:.2} times")
    } else {
        "more than any multiple of".to_owned()
    }
}

/// Three significant digits are enough for a sentence; `findings.json` rounds its figures the same way, so that a
/// platform's last digit does not change its bytes.
pub(super) fn rounded(figure: f64) -> Option<f64> {
    figure
        .is_finite()
        .then(|| (figure * 10_000.0).round() / 10_000.0)
}
