//! The files in `content/guideline`, embedded.

macro_rules! conditions {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../content/guideline/conditions/", $name)))),*]
    };
}

/// The vocabulary of findings.
pub const FINDINGS: &str = include_str!("../../../content/guideline/findings.toml");

/// The safety tables.
pub const SAFETY: &str = include_str!("../../../content/guideline/safety.toml");

/// File name and text of every condition, sorted by name.
pub const CONDITIONS: &[(&str, &str)] = conditions![
    "acute_bronchitis.toml",
    "pneumonia.toml",
    "pneumonia_nursing_home.toml",
];
