//! Progress on standard error: one bar for every long step, nothing at all where nobody watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// How often a bar without news is drawn again, so that it is seen to live.
const TICK: Duration = Duration::from_millis(120);

/// A bar that counts things to a known number: `rendering  [█████     ] 55/110 reports`.
///
/// indicatif draws nothing when standard error is not a terminal.
pub(crate) fn counting(step: &str, total: u64, things: &str) -> ProgressBar {
    let template =
        format!("{step:<10} [{{bar:30}}] {{human_pos}}/{{human_len}} {things} {{wide_msg}}");
    with_template(ProgressBar::new(total), &template)
}

/// A spinner for a step whose length is not known beforehand.
pub(crate) fn waiting(step: &str) -> ProgressBar {
    with_template(
        ProgressBar::new_spinner(),
        &format!("{step:<10} {{spinner}} {{elapsed}} {{wide_msg}}"),
    )
}

fn with_template(bar: ProgressBar, template: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(template).expect("the template is ours and is tested");
    bar.set_style(style.progress_chars("██ "));
    bar.enable_steady_tick(TICK);
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_templates_can_be_read() {
        counting("rendering", 3, "reports").finish_and_clear();
        waiting("linking").finish_and_clear();
    }
}
