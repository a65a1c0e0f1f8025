//! The files in `content/guideline`, embedded.

macro_rules! conditions {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../content/guideline/conditions/", $name)))),*]
    };
}

/// The vocabulary of findings.
pub const FINDINGS: &str = include_str!("../../../content/guideline/findings.toml");

/// What drugs are called.
pub(crate) const DRUGS: &str = include_str!("../../../content/guideline/drugs.toml");

/// Findings that mean a graver illness than a topic is about.
pub const DANGERS: &str = include_str!("../../../content/guideline/dangers.toml");

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
    "borrelia_other.toml",
    "c_difficile.toml",
    "cellulitis.toml",
    "chlamydia.toml",
    "conjunctivitis.toml",
    "copd_exacerbation.toml",
    "covid19.toml",
    "croup.toml",
    "cystitis_child.toml",
    "cystitis_complicated.toml",
    "cystitis_women.toml",
    "dental.toml",
    "diverticulitis.toml",
    "epididymitis.toml",
    "erysipelas.toml",
    "erythema_migrans.toml",
    "furuncle.toml",
    "gastroenteritis.toml",
    "gonorrhoea.toml",
    "h_pylori.toml",
    "impetigo.toml",
    "influenza.toml",
    "leg_ulcer.toml",
    "mastitis.toml",
    "otitis_externa.toml",
    "pertussis.toml",
    "pid.toml",
    "pneumonia.toml",
    "pneumonia_nursing_home.toml",
    "prostatitis.toml",
    "pyelonephritis.toml",
    "scarlet_fever.toml",
    "sepsis_start.toml",
    "sinusitis.toml",
    "strep_throat.toml",
    "syphilis.toml",
    "urti.toml",
    "uti_nursing_home.toml",
    "wound_infection.toml",
];
