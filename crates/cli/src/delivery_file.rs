//! A delivery that Riktig writes itself: a new file for its owner alone, and its header.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context, Result};
use riktig_codes::MonthRange;
use riktig_lake::delivery::{Header, Kind, Period};

/// Makes a new file that its owner alone may read: what goes into it names people.
///
/// # Errors
/// The file is there, or cannot be written.
pub(crate) fn private(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    let made = options.write(true).create_new(true).mode(0o600).open(path);
    made.map(drop)
        .with_context(|| format!("cannot write \"{}\"", path.display()))
}

/// The header of what Riktig delivers of these months, named `NAME-MONTHS`; of a delivery that corrects another, with a name of
/// its own.
pub(crate) fn header(
    kind: Kind,
    name: &str,
    months: MonthRange,
    corrects: Option<&String>,
) -> Header {
    let period = Period {
        first: months.first().index(),
        last: months.last().index(),
    };
    let again = corrects.map_or("", |_| "-corrected");
    Header {
        kind,
        delivery: format!("{name}-{}{again}", period.to_string().replace("..", "_")),
        source: "RIKTIG".to_owned(),
        period: Some(period),
        corrects: corrects.cloned(),
    }
}
