//! Times the renderers on the hand-made sample: `cargo run --release -p riktig-reports --example speed`.

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::time::Instant;

use riktig_reports::{Lang, render_html, render_pdf};

/// As many as the country has regular general practitioners, roughly.
const REPORTS: usize = 5_500;

fn main() {
    let samples = sample::all();
    let (mut pages, mut papers) = (0, 0);
    let start = Instant::now();
    for number in 0..REPORTS {
        pages += render_html(&samples[number % samples.len()].1, Lang::Nb).len();
    }
    println!(
        "{REPORTS} HTML reports: {:.2} s, {} bytes each",
        start.elapsed().as_secs_f64(),
        pages / REPORTS
    );
    let start = Instant::now();
    for number in 0..REPORTS {
        match render_pdf(&samples[number % samples.len()].1, Lang::Nb) {
            Ok(pdf) => papers += pdf.len(),
            Err(error) => println!("{error}"),
        }
    }
    println!(
        "{REPORTS} PDF reports: {:.2} s, {} bytes each, on one core",
        start.elapsed().as_secs_f64(),
        papers / REPORTS
    );
}
