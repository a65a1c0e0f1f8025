//! What drugs are called.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use riktig_codes::{AtcCode, Codebook};
use serde::Deserialize;

use crate::shipped;
use crate::told::Told;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DrugsDocument {
    #[serde(rename = "drug")]
    drugs: Vec<DrugDocument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DrugDocument {
    atc: String,
    #[serde(default)]
    with_all_below: bool,
    /// The code of the same substance in another form, where the name says the form.
    #[serde(default)]
    substance: Option<String>,
    name: Told,
}

struct Named {
    atc: AtcCode,
    with_all_below: bool,
    substance: Option<AtcCode>,
    name: Told,
}

static DRUGS: LazyLock<Vec<Named>> = LazyLock::new(|| {
    let document: DrugsDocument = toml::from_str(shipped::DRUGS)
        .expect("the shipped names are read by the tests of this crate");
    let named = |it: DrugDocument| Named {
        atc: AtcCode::parse(&it.atc)
            .expect("the shipped codes are read by the tests of this crate"),
        with_all_below: it.with_all_below,
        substance: it.substance.map(|code| {
            AtcCode::parse(&code).expect("the shipped codes are read by the tests of this crate")
        }),
        name: it.name,
    };
    document.drugs.into_iter().map(named).collect()
});

/// What a drug or a group of drugs is called: an antibiotic by the codebook, another by `content/guideline/drugs.toml`.
///
/// `None` for a drug that neither names: it is told by its code rather than by the name of its group, which might be read as
/// another drug.
///
/// ```
/// use riktig_guideline::drug_name;
/// let english = |code: &str| drug_name(code.parse().unwrap()).map(|it| it.en);
/// assert_eq!(english("J01CE02").as_deref(), Some("phenoxymethylpenicillin"));
/// assert_eq!(english("C10AA01").as_deref(), Some("simvastatin"));
/// // Every tablet of iron is iron; rosuvastatin is not "a statin".
/// assert_eq!(english("B03AA07").as_deref(), Some("iron"));
/// assert_eq!(english("C10AA07"), None);
/// ```
#[must_use]
pub fn drug_name(drug: AtcCode) -> Option<Told> {
    if let Some(known) = Codebook::embedded().antibiotic(drug) {
        return Some(Told {
            nb: known.names.nb.clone(),
            nn: known.names.nn.clone(),
            en: known.names.en.clone(),
        });
    }
    let exact = DRUGS.iter().find(|it| it.atc == drug);
    let group = || {
        DRUGS
            .iter()
            .find(|it| it.with_all_below && drug.is_within(it.atc))
    };
    exact.or_else(group).map(|it| it.name.clone())
}

/// Every code of ATC under which a substance is named as this one is, itself among them: chloramphenicol for the eye, the skin and the vein.
///
/// ```
/// use riktig_guideline::same_substance;
/// let all = same_substance("S01AA01".parse()?);
/// assert!(all.contains(&"J01BA01".parse()?) && all.contains(&"D06AX02".parse()?));
/// # Ok::<(), riktig_codes::CodeError>(())
/// ```
#[must_use]
pub fn same_substance(drug: AtcCode) -> Vec<AtcCode> {
    let mut all = vec![drug];
    let name = SUBSTANCES.get(&drug);
    all.extend(name.and_then(|it| CODES.get(it)).into_iter().flatten());
    all.sort();
    all.dedup();
    all
}

/// Substances and what they are called in English.
static SUBSTANCES: LazyLock<BTreeMap<AtcCode, String>> = LazyLock::new(|| {
    let antibiotics = Codebook::embedded().antibiotics();
    let antibiotics = antibiotics.map(|it| (it.atc, it.names.en.to_lowercase()));
    let others = DRUGS.iter().map(|it| {
        let alone = it.substance.and_then(drug_name);
        (it.atc, alone.as_ref().unwrap_or(&it.name).en.to_lowercase())
    });
    // Of a code that stands in both, the codebook has the name of the substance alone.
    let all = others.chain(antibiotics);
    all.filter(|(drug, _)| drug.is_substance()).collect()
});

/// The codes of each name.
static CODES: LazyLock<BTreeMap<String, Vec<AtcCode>>> = LazyLock::new(|| {
    let mut codes: BTreeMap<String, Vec<AtcCode>> = BTreeMap::new();
    for (drug, name) in SUBSTANCES.iter() {
        codes.entry(name.clone()).or_default().push(*drug);
    }
    codes
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guideline::Guideline;

    #[test]
    fn every_drug_that_the_guideline_may_name_has_a_name() {
        let guideline = Guideline::shipped();
        let lines = guideline.conditions().iter().flat_map(|it| &it.lines);
        let advised = lines
            .filter(|it| it.provenance.is_advice())
            .map(|it| it.atc);
        let safety = guideline.safety();
        let paired = safety.interactions.iter().flat_map(|it| &it.drug).copied();
        let nameless: Vec<AtcCode> = advised
            .chain(paired)
            .filter(|drug| drug.is_substance() && drug_name(*drug).is_none())
            .collect();
        assert_eq!(nameless, []);
    }
}
