//! What users see, in every situation a doctor can be in.

mod sample;

use riktig_reports::{Lang, render_html, render_pdf};

#[test]
fn samples_can_be_looked_at() {
    // Set RIKTIG_SAMPLES to a folder to look at every page; without it the pages are only made.
    let folder = std::env::var_os("RIKTIG_SAMPLES").map(std::path::PathBuf::from);
    for (name, report) in sample::all() {
        for lang in Lang::ALL {
            let html = render_html(&report, lang);
            let pdf = render_pdf(&report, lang).expect("a sample breaks no rule of PDF/UA-1");
            if let Some(folder) = &folder {
                let file = |end: &str| folder.join(format!("{name}.{}.{end}", lang.tag()));
                std::fs::write(file("html"), html).expect("the folder can be written");
                std::fs::write(file("pdf"), pdf).expect("the folder can be written");
            }
        }
    }
}
