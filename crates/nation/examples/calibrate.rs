//! Counts the published figures in a folder of deliveries:
//! `cargo run --release -p riktig-nation --example calibrate -- DIR`.

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: calibrate DIR")?;
    let calibration = riktig_nation::calibration::calibrate(&PathBuf::from(folder))?;
    for figure in &calibration.figures {
        let simulated = figure
            .simulated
            .map_or("-".to_owned(), |value| format!("{value:.3}"));
        let mark = if figure.within { "  " } else { "!!" };
        println!(
            "{mark} {:28} {:32} {:>9} {simulated:>9}  {} {}",
            figure.id, figure.part, figure.target, figure.year, figure.source
        );
    }
    println!("{:?}", calibration.tally());
    Ok(())
}
