//! The definitions in `content/indicators`, embedded.

use crate::definition::Definition;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../content/indicators/", $name)))),+]
    };
}

/// File name and text of every definition that ships, sorted by name.
pub const SHIPPED_FILES: &[(&str, &str)] = files![
    "EN-BROAD.toml",
    "EN-STARPU.toml",
    "EN-VOL.toml",
    "ESAC-3c.toml",
    "NKI-AB-TOTAL.toml",
    "NKI-AB-USERS.toml",
    "NKI-UTI-FQ.toml",
    "NKI-UTI-USERS.toml",
    "P-BRONCH.toml",
    "P-CYST-3D.toml",
    "P-DDD-ITEM.toml",
    "P-OOH-PENV.toml",
    "RAK-PENV.toml",
    "RAK-RDR.toml",
    "RAK-VOL.toml",
    "SE-Inf04.toml",
    "SE-Inf07.toml",
    "SE-Inf11.toml",
    "SE-Inf15.toml",
    "SE-Inf24.toml",
    "SKIL-AB1.toml",
    "SKIL-AB3.toml",
    "SKIL-AB4.toml",
    "WHO-AWARE-ACCESS.toml",
    "WHO-AWARE-RESERVE.toml",
    "WHO-AWARE-WATCH.toml",
];

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
