//! Figures as the findings' sentences write them.

use crate::edition::Span;

pub(super) fn span(span: &Span) -> String {
    format!("{}..{}", span.first, span.last)
}

/// A change in words: `1.32 times`, `47.0 % of`.
pub(super) fn times(ratio: f64) -> String {
    if !ratio.is_finite() {
        "more than any multiple of".to_owned()
    } else if ratio < 1.0 {
        format!("{} of", percent(ratio))
    } else {
        format!("{ratio:.2} times")
    }
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A figure and the one before it, in one unit: shares in per cent, what is rare per 1000.
pub(super) fn after(now: f64, before: f64, is_share: bool) -> String {
    let least = now.min(before);
    match (is_share, least < 1.0) {
        (true, _) => format!("{} after {}", percent(now), percent(before)),
        (false, true) => format!("{:.1} after {:.1} per 1000", now * 1000.0, before * 1000.0),
        (false, false) => format!("{now:.2} after {before:.2}"),
    }
}

/// Three significant digits are enough for a sentence; `findings.json` rounds its figures the same way, so that a
/// platform's last digit does not change its bytes.
pub(super) fn rounded(figure: f64) -> Option<f64> {
    figure
        .is_finite()
        .then(|| (figure * 10_000.0).round() / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_share_is_told_as_a_raw_fraction() {
        assert_eq!(after(0.4512, 0.342, true), "45.1 % after 34.2 %");
        assert_eq!(after(0.4512, 1.0, false), "451.2 after 1000.0 per 1000");
        assert_eq!(after(14.25, 12.0, false), "14.25 after 12.00");
        assert_eq!(times(0.4), "40.0 % of");
        assert_eq!(times(1.319), "1.32 times");
        assert_eq!(times(f64::INFINITY), "more than any multiple of");
    }
}
