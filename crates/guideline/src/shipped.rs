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
    "abscess.toml",
    "acne.toml",
    "acute_bronchitis.toml",
    "aom.toml",
    "asb.toml",
    "atypical_pneumonia.toml",
    "bacterial_vaginosis.toml",
    "bite.toml",
    "cellulitis.toml",
    "chlamydia.toml",
    "copd_exacerbation.toml",
    "cystitis_child.toml",
    "cystitis_complicated.toml",
    "cystitis_women.toml",
    "epididymitis.toml",
    "erysipelas.toml",
    "furuncle.toml",
    "gonorrhoea.toml",
    "impetigo.toml",
    "leg_ulcer.toml",
    "mastitis.toml",
    "pid.toml",
    "pneumonia.toml",
    "pneumonia_nursing_home.toml",
    "prostatitis.toml",
    "pyelonephritis.toml",
    "scarlet_fever.toml",
    "sinusitis.toml",
    "strep_throat.toml",
    "syphilis.toml",
    "uti_nursing_home.toml",
    "wound_infection.toml",
];
