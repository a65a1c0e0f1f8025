//! The definitions in `content/indicators`, embedded.

use crate::definition::Definition;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../content/indicators/", $name)))),+]
    };
}

/// File name and text of every definition that ships, sorted by name.
pub const SHIPPED_FILES: &[(&str, &str)] = files!["RAK-PENV.toml", "RAK-VOL.toml"];

/// Every definition that ships, in the order of [`SHIPPED_FILES`].
///
/// # Panics
/// Never: a test of this crate reads every embedded file.
#[must_use]
pub fn shipped() -> Vec<Definition> {
    let read = |(name, text): &(&str, &str)| {
        Definition::parse(name, text).expect("embedded definitions are tested")
    };
    SHIPPED_FILES.iter().map(read).collect()
}
