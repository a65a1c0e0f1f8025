//! Control of which drug it is: what nobody can name, nobody can judge.

use riktig_codes::fest::FestDrug;
use riktig_codes::{AtcCode, Codebook};

use super::decision::Found;
use super::diagnosis::fest_drug;
use super::{Circumstances, Control};
use crate::prescription::{DrugKind, Prescription};

/// A pack, a brand or a substance has one ATC code down to the substance, in the message or in the drug register, and the two do not
/// contradict. Without the register an item number of another drug than the code cannot be told. A group without antibiotics says
/// enough: drugs without a licence are coded so.
pub(super) fn check(prescription: &Prescription, around: &Circumstances<'_>) -> Option<Found> {
    let drug = &prescription.drug;
    let registered = fest_drug(drug, around).and_then(|found| FestDrug::atc(&found));
    let known = match (drug.atc, registered) {
        (Some(written), Some(registered)) => written == registered,
        (Some(written), None) => written.is_substance() || !may_be_an_antibiotic(written),
        (None, registered) => registered.is_some(),
    };
    let is_told = match drug.kind {
        DrugKind::Named => known && !drug.unreadable_atc,
        DrugKind::NotTold | DrugKind::Made | DrugKind::Goods => !drug.unreadable_atc,
    };
    (!is_told).then(|| Found::Wrong(Control::DrugUnknown, Vec::new()))
}

/// Whether a group has an antibiotic among what it holds.
fn may_be_an_antibiotic(group: AtcCode) -> bool {
    let mut antibiotics = Codebook::embedded().antibiotics();
    antibiotics.any(|it| it.atc.is_within(group))
}
