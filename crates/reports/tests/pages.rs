//! What users see, in every situation a doctor can be in.

mod sample;

use riktig_reports::{Lang, render_html};

#[test]
fn samples_can_be_looked_at() {
    // Set RIKTIG_SAMPLES to a folder to look at every page; without it the pages are only made.
    let folder = std::env::var_os("RIKTIG_SAMPLES").map(std::path::PathBuf::from);
    for (name, report) in sample::all() {
        for lang in Lang::ALL {
            let html = render_html(&report, lang);
            if let Some(folder) = &folder {
                std::fs::write(folder.join(format!("{name}.{}.html", lang.tag())), html)
                    .expect("the folder can be written");
            }
        }
    }
}
