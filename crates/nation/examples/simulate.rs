//! Writes a nation's deliveries and says how long it took:
//! `cargo run --release -p riktig-nation --example simulate -- 100000 12 csv DIR [SEED]`.

use std::path::PathBuf;
use std::time::Instant;

use riktig_lake::delivery::FileFormat;
use riktig_nation::{Nation, NationSpec};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [inhabitants, months, format, folder, rest @ ..] = words.as_slice() else {
        return Err("usage: simulate INHABITANTS MONTHS csv|parquet DIR [SEED]".into());
    };
    let spec = NationSpec {
        inhabitants: inhabitants.parse()?,
        months: months.parse()?,
        seed: rest.first().map_or(Ok(2023), |seed| seed.parse())?,
        ..NationSpec::demo()
    };
    let format = if format == "parquet" {
        FileFormat::Parquet
    } else {
        FileFormat::Csv
    };
    let started = Instant::now();
    let nation = Nation::new(spec)?;
    let founded = started.elapsed();
    let summary = nation.write_deliveries(&PathBuf::from(folder), format, &mut |_| {})?;
    println!("{summary:#?}");
    println!("founded in {founded:.1?}, all in {:.1?}", started.elapsed());
    Ok(())
}
