//! What is prescribed for what: alternatives with national weights and course lengths.
//!
//! Days are the guideline's (edition of 2021–2024) and, beside them, the older habit that a doctor with long
//! courses keeps. The first line of a regimen is the guideline's first choice.

use super::products::*;

/// One alternative of a regimen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice {
    pub(crate) product: ProductId,
    pub(crate) weight: f32,
    pub(crate) days: u8,
    pub(crate) long_days: u8,
}

const fn choice(product: ProductId, weight: f32, days: u8, long_days: u8) -> Choice {
    Choice {
        product,
        weight,
        days,
        long_days,
    }
}

pub(crate) const THROAT: &[Choice] = &[
    choice(PENV_660, 80.0, 5, 10),
    choice(AMOXICILLIN, 4.0, 5, 7),
    choice(ERYTHROMYCIN, 5.0, 7, 10),
    choice(CLARITHROMYCIN, 2.0, 7, 7),
    choice(CLINDAMYCIN, 6.0, 7, 10),
    choice(CEFALEXIN, 3.0, 7, 10),
];
pub(crate) const SINUS: &[Choice] = &[
    choice(PENV_1G, 47.0, 7, 10),
    choice(AMOXICILLIN, 17.0, 7, 10),
    choice(DOXYCYCLINE, 24.0, 7, 10),
    choice(ERYTHROMYCIN, 5.0, 7, 10),
    choice(AZITHROMYCIN, 5.0, 3, 3),
    choice(CO_AMOXICLAV, 2.0, 7, 7),
];
pub(crate) const EAR: &[Choice] = &[
    choice(PENV_1G, 62.0, 5, 7),
    choice(AMOXICILLIN, 25.0, 5, 7),
    choice(ERYTHROMYCIN, 8.0, 7, 7),
    choice(AZITHROMYCIN, 3.0, 3, 3),
    choice(TMP_SMX, 2.0, 5, 7),
];
pub(crate) const LOWER_AIRWAY: &[Choice] = &[
    choice(PENV_1G, 44.0, 7, 10),
    choice(AMOXICILLIN, 19.0, 7, 10),
    choice(DOXYCYCLINE, 23.0, 7, 10),
    choice(ERYTHROMYCIN, 5.0, 7, 10),
    choice(AZITHROMYCIN, 4.0, 3, 3),
    choice(CLARITHROMYCIN, 5.0, 7, 7),
];
pub(crate) const BRONCHITIS: &[Choice] = &[
    choice(PENV_1G, 33.0, 7, 10),
    choice(AMOXICILLIN, 20.0, 7, 10),
    choice(DOXYCYCLINE, 33.0, 7, 10),
    choice(ERYTHROMYCIN, 6.0, 7, 10),
    choice(AZITHROMYCIN, 5.0, 3, 3),
    choice(CLARITHROMYCIN, 3.0, 7, 7),
];
pub(crate) const COPD: &[Choice] = &[
    choice(AMOXICILLIN, 45.0, 7, 10),
    choice(DOXYCYCLINE, 35.0, 7, 10),
    choice(PENV_1G, 10.0, 7, 10),
    choice(TMP_SMX, 6.0, 7, 10),
    choice(CLARITHROMYCIN, 4.0, 7, 7),
];
pub(crate) const CYSTITIS: &[Choice] = &[
    choice(PIVMECILLINAM, 54.0, 3, 7),
    choice(NITROFURANTOIN, 17.0, 3, 7),
    choice(TRIMETHOPRIM, 20.0, 3, 7),
    choice(TMP_SMX, 4.5, 5, 7),
    choice(CIPROFLOXACIN, 2.9, 5, 7),
];
pub(crate) const PYELONEPHRITIS: &[Choice] = &[
    choice(PIVMECILLINAM, 43.0, 7, 10),
    choice(TMP_SMX, 17.0, 7, 10),
    choice(CIPROFLOXACIN, 20.0, 7, 10),
    choice(TRIMETHOPRIM, 10.0, 7, 10),
    choice(CEFALEXIN, 6.0, 7, 10),
    choice(AMOXICILLIN, 4.0, 7, 10),
];
pub(crate) const PROSTATITIS: &[Choice] = &[
    choice(TMP_SMX, 55.0, 14, 28),
    choice(CIPROFLOXACIN, 42.0, 14, 28),
    choice(TRIMETHOPRIM, 3.0, 14, 28),
];
pub(crate) const SKIN: &[Choice] = &[
    choice(DICLOXACILLIN, 58.0, 5, 10),
    choice(PENV_660, 14.0, 7, 10),
    choice(CLINDAMYCIN, 17.0, 7, 10),
    choice(CEFALEXIN, 7.0, 7, 10),
    choice(ERYTHROMYCIN, 3.0, 7, 10),
    choice(FUSIDIC_ACID, 1.0, 7, 10),
];
pub(crate) const BITE: &[Choice] = &[
    choice(PENV_1G, 65.0, 7, 10),
    choice(DICLOXACILLIN, 20.0, 7, 10),
    choice(DOXYCYCLINE, 15.0, 7, 10),
];
pub(crate) const BORRELIA: &[Choice] = &[
    choice(PENV_1G, 78.0, 10, 14),
    choice(DOXYCYCLINE_TWICE, 18.0, 10, 14),
    choice(AZITHROMYCIN, 4.0, 3, 5),
];
pub(crate) const CHLAMYDIA: &[Choice] = &[
    choice(DOXYCYCLINE_TWICE, 82.0, 7, 7),
    choice(AZITHROMYCIN, 18.0, 2, 3),
];
pub(crate) const VAGINOSIS: &[Choice] = &[
    choice(METRONIDAZOLE, 70.0, 7, 7),
    choice(CLINDAMYCIN, 30.0, 7, 7),
];
pub(crate) const TOOTH: &[Choice] = &[
    choice(PENV_660, 76.0, 5, 7),
    choice(METRONIDAZOLE, 13.0, 5, 7),
    choice(CLINDAMYCIN, 11.0, 5, 7),
];
pub(crate) const ACNE: &[Choice] = &[
    choice(LYMECYCLINE, 75.0, 90, 90),
    choice(TETRACYCLINE, 25.0, 50, 50),
];
pub(crate) const EYE: &[Choice] = &[choice(CHLORAMPHENICOL_EYE, 1.0, 5, 5)];
pub(crate) const GUT: &[Choice] = &[
    choice(CIPROFLOXACIN, 45.0, 5, 7),
    choice(METRONIDAZOLE, 35.0, 7, 10),
    choice(AZITHROMYCIN, 18.0, 3, 3),
    choice(VANCOMYCIN_ORAL, 2.0, 10, 10),
];
/// Antibiotics without an infection diagnosis on the bill: a bit of everything.
pub(crate) const UNSPECIFIC: &[Choice] = &[
    choice(PENV_1G, 27.0, 7, 10),
    choice(PIVMECILLINAM, 17.0, 5, 7),
    choice(DOXYCYCLINE, 14.0, 7, 10),
    choice(AMOXICILLIN, 11.0, 7, 10),
    choice(DICLOXACILLIN, 11.0, 7, 10),
    choice(TRIMETHOPRIM, 5.0, 5, 7),
    choice(NITROFURANTOIN, 4.0, 5, 7),
    choice(ERYTHROMYCIN, 3.0, 7, 10),
    choice(TMP_SMX, 4.0, 7, 10),
    choice(CLINDAMYCIN, 4.0, 7, 10),
];
/// Specialists and discharges from hospital.
pub(crate) const HOSPITAL: &[Choice] = &[
    choice(PENV_660, 14.0, 7, 10),
    choice(PIVMECILLINAM, 14.0, 7, 10),
    choice(AMOXICILLIN, 13.0, 7, 10),
    choice(DICLOXACILLIN, 14.0, 7, 10),
    choice(TMP_SMX, 11.0, 7, 14),
    choice(CLINDAMYCIN, 10.0, 7, 10),
    choice(DOXYCYCLINE, 8.0, 7, 14),
    choice(CIPROFLOXACIN, 4.0, 7, 14),
    choice(METRONIDAZOLE, 4.0, 7, 10),
    choice(CEFALEXIN, 3.0, 7, 10),
    choice(LEVOFLOXACIN, 1.0, 7, 10),
    choice(CLOXACILLIN, 1.5, 7, 10),
    choice(CEFOTAXIME, 0.7, 5, 7),
    choice(BENZYLPENICILLIN, 0.8, 5, 7),
];
/// Colds and coughs that end with an antibiotic all the same.
pub(crate) const UNSPECIFIC_AIRWAY: &[Choice] = &[
    choice(PENV_1G, 50.0, 7, 10),
    choice(AMOXICILLIN, 17.0, 7, 10),
    choice(DOXYCYCLINE, 17.0, 7, 10),
    choice(ERYTHROMYCIN, 9.0, 7, 10),
    choice(AZITHROMYCIN, 7.0, 3, 3),
];
pub(crate) const PERTUSSIS: &[Choice] = &[
    choice(CLARITHROMYCIN, 40.0, 7, 7),
    choice(ERYTHROMYCIN, 60.0, 7, 14),
];
