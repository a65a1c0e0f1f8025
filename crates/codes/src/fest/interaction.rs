//! Interactions between drugs as FEST describes them.

use std::collections::BTreeMap;

use super::FestError;
use super::entry::{FestEntry, Listing, ListingStatus};
use super::register::Catalogue;
use crate::AtcCode;

/// An interaction (interaksjon) between the drugs of two or more groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    /// The object's id.
    pub id: String,
    /// How much it matters; `None` for a code that list 7483 did not have when this was written.
    pub relevance: Option<Relevance>,
    /// Only then it matters (situasjonskriterium), for instance "high doses"; `None`: always.
    pub situation: Option<String>,
    /// What happens to the patient (klinisk konsekvens).
    pub consequence: Option<String>,
    /// Why (interaksjonsmekanisme).
    pub mechanism: Option<String>,
    /// What to do (håndtering).
    pub handling: Option<String>,
    /// The groups (substansgrupper): a drug of one interacts with a drug of another.
    pub groups: Vec<SubstanceGroup>,
}

/// How much an interaction matters (list 7483).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relevance {
    /// 1: should be avoided (bør unngås).
    Avoid,
    /// 2: precautions should be taken (forholdsregler bør tas).
    Precautions,
    /// 3: nothing needs to be done (ingen tiltak nødvendig).
    NoAction,
}

/// Drugs that behave alike in an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubstanceGroup {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// Its drugs; a group of ATC stands for everything below it. A substance without a human ATC code is left out.
    pub drugs: Vec<AtcCode>,
}

impl Relevance {
    pub(super) fn of_code(code: &str) -> Option<Self> {
        match code {
            "1" => Some(Self::Avoid),
            "2" => Some(Self::Precautions),
            "3" => Some(Self::NoAction),
            _ => None,
        }
    }
}

/// The interactions of FEST as they stand after a complete file and any number of incremental ones.
///
/// A drug that stands in no interaction has none that FEST knows of, unless it is [`not assessed`](Self::not_assessed):
/// that is not the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FestInteractions {
    interactions: Catalogue<Interaction>,
    not_assessed: BTreeMap<String, AtcCode>,
}

impl FestInteractions {
    /// Reads all entries; those that are no interactions are passed over.
    ///
    /// # Errors
    /// The first entry that cannot be read.
    pub fn read(
        entries: impl IntoIterator<Item = Result<FestEntry, FestError>>,
    ) -> Result<Self, FestError> {
        let mut all = Self::default();
        for entry in entries {
            all.apply(entry?);
        }
        Ok(all)
    }

    /// Takes one entry in: a new or changed interaction, a drug that was not assessed, or the expiry of either.
    pub fn apply(&mut self, entry: FestEntry) {
        match entry {
            FestEntry::Interaction(listing) => {
                // An expired entry does not say which of the two it was.
                if listing.status == ListingStatus::Expired {
                    self.not_assessed.remove(&listing.entry_id);
                }
                drop(self.interactions.apply(listing, |it| &it.id));
            }
            FestEntry::NotAssessed(Listing {
                entry_id,
                content: Some(drug),
                ..
            }) => drop(self.not_assessed.insert(entry_id, drug)),
            _ => {}
        }
    }

    /// All interactions, by id.
    pub fn interactions(&self) -> impl Iterator<Item = &Interaction> {
        self.interactions.objects()
    }

    /// Drugs whose interactions nobody has assessed (interaksjon ikke vurdert).
    pub fn not_assessed(&self) -> impl Iterator<Item = AtcCode> {
        self.not_assessed.values().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fest::FestReader;

    /// Two entries: clarithromycin with two statins, and a drug that was not assessed.
    const FILE: &str = r#"<FEST xmlns:k="urn:x"><HentetDato>2026-09-01T03:00:00</HentetDato><KatInteraksjon>
<OppfInteraksjon><Id>E1</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <Interaksjon><Id>I1</Id><Relevans V="1" DN="Bør unngås"/><KliniskKonsekvens>muskelskade</KliniskKonsekvens>
  <Interaksjonsmekanisme>CYP3A4</Interaksjonsmekanisme><Kildegrunnlag V="1"/><Handtering>velg et annet</Handtering>
  <Substansgruppe><Substans><Substans>klaritromycin</Substans><Atc V="J01FA09"/></Substans></Substansgruppe>
  <Substansgruppe><Navn>statiner</Navn><Substans><Substans>simvastatin</Substans><Atc V="C10AA01"/></Substans>
   <Substans><Substans>uten kode</Substans></Substans><Substans><Substans>lovastatin</Substans><Atc V="C10AA02"/></Substans></Substansgruppe>
 </Interaksjon></OppfInteraksjon>
<OppfInteraksjon><Id>E2</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <InteraksjonIkkeVurdert><Atc V="J01XX08"/></InteraksjonIkkeVurdert></OppfInteraksjon>
<OppfInteraksjon><Id>E3</Id><Tidspunkt>2026-01-01T00:00:00</Tidspunkt><Status V="A"/>
 <InteraksjonIkkeVurdert><Atc V="QJ01CA04"/></InteraksjonIkkeVurdert></OppfInteraksjon>
</KatInteraksjon></FEST>"#;

    fn read(file: &str) -> FestInteractions {
        FestInteractions::read(FestReader::new(file.as_bytes())).unwrap()
    }

    fn entry(id: &str, status: &str, object: &str) -> String {
        format!(
            r#"<FEST><OppfInteraksjon><Id>{id}</Id><Tidspunkt>2026-02-01T00:00:00</Tidspunkt><Status V="{status}"/>{object}</OppfInteraksjon></FEST>"#
        )
    }

    fn apply(all: &mut FestInteractions, file: &str) {
        FestReader::new(file.as_bytes()).for_each(|it| all.apply(it.unwrap()));
    }

    #[test]
    fn an_interaction_has_its_relevance_and_its_groups_and_what_was_not_assessed_stands_apart() {
        let all = read(FILE);
        let [interaction] = all.interactions().collect::<Vec<_>>()[..] else {
            panic!("{all:?}")
        };
        assert_eq!(interaction.relevance, Some(Relevance::Avoid));
        assert_eq!(interaction.situation, None);
        assert_eq!(interaction.handling.as_deref(), Some("velg et annet"));
        let drugs: Vec<Vec<&str>> = interaction
            .groups
            .iter()
            .map(|group| group.drugs.iter().map(AtcCode::as_str).collect())
            .collect();
        assert_eq!(drugs, [vec!["J01FA09"], vec!["C10AA01", "C10AA02"]]);
        let not_assessed: Vec<_> = all.not_assessed().collect();
        assert_eq!(not_assessed, ["J01XX08".parse().unwrap()]);
    }

    #[test]
    fn a_changed_interaction_replaces_itself_and_expiry_ends_what_the_entry_held() {
        let mut all = read(FILE);
        let changed = r#"<Interaksjon><Id>I1</Id><Relevans V="3"/></Interaksjon>"#;
        apply(&mut all, &entry("E4", "A", changed));
        apply(&mut all, &entry("E1", "U", ""));
        let relevances: Vec<_> = all.interactions().map(|it| it.relevance).collect();
        assert_eq!(relevances, [Some(Relevance::NoAction)]);
        apply(&mut all, &entry("E4", "U", ""));
        apply(&mut all, &entry("E2", "U", ""));
        assert_eq!(all, FestInteractions::default());
    }

    #[test]
    fn a_relevance_that_is_new_to_us_is_kept_as_unknown_and_one_that_is_missing_is_an_error() {
        let new = r#"<Interaksjon><Id>I1</Id><Relevans V="7"/></Interaksjon>"#;
        let all = read(&entry("E1", "A", new));
        assert!(all.interactions().all(|it| it.relevance.is_none()));
        let missing = entry("E1", "A", "<Interaksjon><Id>I1</Id></Interaksjon>");
        let error = FestInteractions::read(FestReader::new(missing.as_bytes())).unwrap_err();
        assert!(error.to_string().contains("Relevans"), "{error}");
    }
}
