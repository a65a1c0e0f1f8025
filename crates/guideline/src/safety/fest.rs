//! What advice uses of the national drug register: interactions, beside the rows of `safety.toml`, and which drug a product is.

use std::io::BufRead;

use riktig_codes::fest::{
    FestError, FestInteractions, FestReader, Interaction, ProductNumbers, Relevance,
};
use riktig_codes::{AtcCode, Day};

use super::{Effect, InteractionRow, SafetyTables};
use crate::evidence::{EvidenceStatus, Provenance};
use crate::guideline::Guideline;
use crate::told::Told;

/// Where antibiotics stand in ATC. Interactions without one are not kept: most of FEST's eleven thousand.
const ANTIBIOTICS: [&str; 4] = ["A07AA", "G01A", "J01", "P01AB"];

/// Where FEST is fetched.
const SOURCE: &str = "https://www.dmp.no/om-oss/distribusjon-av-legemiddeldata/fest";

impl SafetyTables {
    /// These tables with the interactions of FEST that an antibiotic has part in, as they stood on the day that the file
    /// was made.
    ///
    /// "Bør unngås" forbids the pair and "forholdsregler bør tas" warns of it; "ingen tiltak nødvendig" is left out. An
    /// interaction that matters only in a situation (høye doser, for instance) warns, since nobody knows whether the
    /// situation is there, and so does one whose relevance is new to us. A drug that was *not assessed* is named as not
    /// checked with every patient who uses drugs.
    ///
    /// FEST is written in Norwegian alone: its words stand for all three languages. Source: FEST, Direktoratet for medisinske
    /// produkter (NLOD).
    #[must_use]
    pub fn with_fest_interactions(mut self, fest: &FestInteractions, made: Day) -> Self {
        let rows = fest.interactions().flat_map(|it| rows(it, made));
        self.interactions.extend(rows);
        self.not_assessed.extend(fest.not_assessed());
        self
    }
}

/// Most product numbers that are kept: twenty times those of the register. More is not FEST, and would fill the memory.
const MOST_PRODUCT_NUMBERS: usize = 1_000_000;

/// What advice uses of a FEST file, from one walk through it.
#[derive(Debug, Clone)]
pub struct FestFile {
    /// The day on which the file was made.
    made: Day,
    interactions: FestInteractions,
    /// Which drug each product is; empty where the file has no products.
    pub products: ProductNumbers,
}

/// A FEST file from which no interactions can be taken.
#[derive(Debug, thiserror::Error)]
pub enum FestFileError {
    /// It cannot be read.
    #[error("it is no FEST file that can be read: fetch FEST again and unpack it")]
    Read(#[from] FestError),
    /// `HentetDato` is missing or no day: nobody could tell how old its rows are.
    #[error("it does not say on which day it was made (HentetDato): fetch FEST again")]
    NoDay,
    /// It holds no interactions: an excerpt, or an older kind of file. Silence about interactions would pass for "none".
    #[error("it holds no interactions (KatInteraksjon): take the whole of FEST, not an excerpt")]
    NoInteractions,
}

impl FestFile {
    /// Reads a file of plain XML.
    ///
    /// # Errors
    /// The file is no FEST, says no day, or holds no interactions.
    pub fn read(source: impl BufRead) -> Result<Self, FestFileError> {
        let mut reader = FestReader::new(source);
        let mut interactions = FestInteractions::default();
        let mut products = ProductNumbers::default();
        while let Some(entry) = reader.next() {
            let entry = entry?;
            products.apply(&entry);
            interactions.apply(entry);
            if products.len() > MOST_PRODUCT_NUMBERS {
                return Err(FestFileError::Read(FestError::TooLarge {
                    position: reader.bytes_read(),
                    what: "the number of products",
                    limit: "1,000,000",
                }));
            }
        }
        let made = reader.fetched().and_then(|it| it.get(..10));
        let made = made.and_then(|it| it.parse().ok());
        let made = made.ok_or(FestFileError::NoDay)?;
        if interactions.interactions().next().is_none() {
            return Err(FestFileError::NoInteractions);
        }
        Ok(Self {
            made,
            interactions,
            products,
        })
    }
}

impl Guideline {
    /// The same guideline with [FEST's interactions](SafetyTables::with_fest_interactions).
    #[must_use]
    pub fn with_fest(&self, fest: &FestFile) -> Self {
        let safety = self.safety().clone();
        self.with_safety(safety.with_fest_interactions(&fest.interactions, fest.made))
    }
}

/// One row for each group with an antibiotic in it: those antibiotics with the drugs of all other groups.
fn rows(interaction: &Interaction, made: Day) -> Vec<InteractionRow> {
    let effect = match (interaction.relevance, &interaction.situation) {
        (Some(Relevance::NoAction), _) => return Vec::new(),
        (Some(Relevance::Avoid), None) => Effect::Forbidden,
        (Some(Relevance::Avoid | Relevance::Precautions) | None, _) => Effect::Caution,
    };
    let mut rows = Vec::new();
    for (at, group) in interaction.groups.iter().enumerate() {
        let antibiotics = group.drugs.iter().copied().filter(|it| is_antibiotic(*it));
        let drug: Vec<AtcCode> = antibiotics.collect();
        let others = interaction.groups.iter().enumerate();
        let with: Vec<AtcCode> = others
            .filter(|(other, _)| *other != at)
            .flat_map(|(_, other)| other.drugs.iter().copied())
            .collect();
        if drug.is_empty() || with.is_empty() {
            continue;
        }
        rows.push(InteractionRow {
            id: format!("fest-{}-{at}", interaction.id),
            drug,
            with,
            effect,
            mechanism: told(&[&interaction.consequence, &interaction.mechanism]),
            handling: told(&[&interaction.situation, &interaction.handling]),
            provenance: provenance(made),
        });
    }
    rows
}

/// A substance of one of the groups, or a group that holds one.
fn is_antibiotic(drug: AtcCode) -> bool {
    ANTIBIOTICS.iter().any(|group| {
        let group = AtcCode::parse(group).expect("the four are groups of ATC");
        drug.is_within(group) || group.is_within(drug)
    })
}

fn told(parts: &[&Option<String>]) -> Told {
    let sentences: Vec<&str> = parts.iter().filter_map(|it| it.as_deref()).collect();
    let text = sentences.join(" ");
    Told {
        nb: text.clone(),
        nn: text.clone(),
        en: text,
    }
}

fn provenance(made: Day) -> Provenance {
    Provenance {
        status: EvidenceStatus::SecondaryNorwegian,
        source: Some(SOURCE.to_owned()),
        edition: Some(made.to_string()),
        valid_from: made,
        valid_to: None,
        author: "Direktoratet for medisinske produkter".to_owned(),
        // The register is kept by an authority; whoever runs the system has chosen to read it.
        approver: Some("FEST".to_owned()),
        clinician: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::{Because, Kind};
    use crate::context::{Checked, PatientContext};
    use crate::criterion::Missing;

    fn interaction(id: &str, relevance: u8, more: &str, groups: [&str; 2]) -> String {
        let groups = groups.map(|atc| {
            format!(
                r#"<Substansgruppe><Substans><Substans>x</Substans><Atc V="{atc}"/></Substans></Substansgruppe>"#
            )
        });
        format!(
            r#"<OppfInteraksjon><Id>E{id}</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><Interaksjon><Id>{id}</Id>
            <Relevans V="{relevance}"/>{more}<KliniskKonsekvens>følge</KliniskKonsekvens><Kildegrunnlag V="1"/>
            <Handtering>gjør dette</Handtering>{}</Interaksjon></OppfInteraksjon>"#,
            groups.concat()
        )
    }

    fn tables() -> SafetyTables {
        let file = format!(
            "<FEST>{}{}{}{}{}</FEST>",
            interaction("avoid", 1, "", ["C10AA01", "J01FA09"]),
            interaction("mind", 2, "", ["J01EE01", "B01AA03"]),
            interaction("none", 3, "", ["J01CE02", "B01AA03"]),
            interaction(
                "situation",
                1,
                "<Situasjonskriterium>høye doser</Situasjonskriterium>",
                ["J01C", "L04AX03"]
            ),
            r#"<OppfInteraksjon><Id>N</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><InteraksjonIkkeVurdert><Atc V="J01XX08"/></InteraksjonIkkeVurdert></OppfInteraksjon>"#,
        );
        let fest = FestInteractions::read(FestReader::new(file.as_bytes())).unwrap();
        SafetyTables::default().with_fest_interactions(&fest, "2026-01-01".parse().unwrap())
    }

    fn judged(drug: &str, with: &[&str], on: &str) -> crate::safety::Verdict {
        let mut patient = PatientContext::unknown(on.parse().unwrap());
        patient.drugs = Checked::Checked(with.iter().map(|it| it.parse().unwrap()).collect());
        tables().judge(drug.parse().unwrap(), &patient)
    }

    #[test]
    fn what_should_be_avoided_forbids_whichever_way_round_fest_writes_the_pair() {
        let verdict = judged("J01FA09", &["C10AA01"], "2026-02-01");
        assert!(
            matches!(&verdict.forbidden[..], [Because::Interaction { row, .. }] if row == "fest-avoid-1")
        );
        assert_eq!(judged("J01FA09", &["C10AA07"], "2026-02-01").forbidden, []);
    }

    #[test]
    fn precautions_warn_and_no_action_is_silent() {
        let verdict = judged("J01EE01", &["B01AA03"], "2026-02-01");
        assert!(
            matches!(&verdict.cautions[..], [Kind::Interacts { row, .. }] if row == "fest-mind-0")
        );
        assert_eq!(judged("J01CE02", &["B01AA03"], "2026-02-01").cautions, []);
    }

    #[test]
    fn what_matters_only_in_a_situation_warns_and_names_it() {
        let verdict = judged("J01CE02", &["L04AX03"], "2026-02-01");
        assert_eq!((verdict.forbidden.len(), verdict.cautions.len()), (0, 1));
        let tables = tables();
        let row = tables
            .interactions
            .iter()
            .find(|it| it.id == "fest-situation-0");
        assert_eq!(row.unwrap().handling.nb, "høye doser gjør dette");
    }

    #[test]
    fn a_drug_that_nobody_has_assessed_leaves_the_drugs_in_use_unchecked() {
        let unchecked = |drug: &str, with: &[&str]| {
            judged(drug, with, "2026-02-01")
                .not_checked
                .contains(&Missing::Drugs)
        };
        assert!(unchecked("J01XX08", &["B01AA03"]));
        assert!(!unchecked("J01XX08", &[]));
        assert!(!unchecked("J01CE02", &["B01AA03"]));
    }

    #[test]
    fn a_day_before_the_file_was_made_is_not_judged_by_it() {
        assert_eq!(judged("J01FA09", &["C10AA01"], "2025-12-31").forbidden, []);
    }

    #[test]
    fn a_file_without_a_day_or_without_interactions_is_refused() {
        let read = |text: &str| FestFile::read(text.as_bytes());
        let row = interaction("avoid", 1, "", ["C10AA01", "J01FA09"]);
        let day = "<HentetDato>2026-01-01T08:00:00</HentetDato>";
        assert!(matches!(
            read(&format!("<FEST>{row}</FEST>")),
            Err(FestFileError::NoDay)
        ));
        assert!(matches!(
            read(&format!("<FEST>{day}</FEST>")),
            Err(FestFileError::NoInteractions)
        ));
        assert!(matches!(read("<html/>"), Err(FestFileError::Read(_))));
        let whole = read(&format!("<FEST>{day}{row}</FEST>")).unwrap();
        assert!(whole.products.is_empty());
        let guideline = Guideline::shipped().with_fest(&whole);
        assert!(guideline.rule("safety/fest-avoid-1").is_some());
    }

    #[test]
    fn one_walk_through_the_file_brings_its_products_too() {
        let pack = r#"<OppfLegemiddelpakning><Id>P</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/><Legemiddelpakning>
            <Atc V="J01CE02"/><Id>ID_0A1B2C3D-0000-4000-8000-000000000001</Id><Varenr>000123</Varenr></Legemiddelpakning></OppfLegemiddelpakning>"#;
        let row = interaction("avoid", 1, "", ["C10AA01", "J01FA09"]);
        let text = format!("<FEST><HentetDato>2026-01-01T08:00:00</HentetDato>{pack}{row}</FEST>");
        let fest = FestFile::read(text.as_bytes()).unwrap();
        let number = riktig_codes::fest::ProductNumber::item("000123").unwrap();
        assert_eq!(fest.products.drug(number), AtcCode::parse("J01CE02").ok());
    }
}
