//! Dictionaries: the index in the list is the id in the segments.

use std::hash::Hash;

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};

/// Something a dictionary holds: identified by its key, perhaps described by more.
pub trait Entry: Clone {
    /// What makes the entry itself; two entries with one key are one.
    type Key: Eq + Hash + Clone;
    /// The key.
    fn key(&self) -> Self::Key;
    /// Takes over what `newer` knows and this entry does not, or knows anew (a municipality's name).
    fn learn(&mut self, newer: &Self);
}

/// A drug as dispensed: classification and route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Drug {
    /// ATC, level 5; missing where a foreign code is not in the source's map.
    pub atc: Option<String>,
    /// Name of a foreign code system, for instance `BNF`.
    pub system: Option<String>,
    /// Code in the foreign system.
    pub code: Option<String>,
    /// `oral`, `parenteral`, `rectal`, `inhalation`, `topical`.
    pub route: Option<String>,
    /// Name, where the delivery gave one.
    pub name: Option<String>,
}

/// A diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnosis {
    /// `ICPC-2` or `ICD-10`.
    pub system: String,
    /// The code, without a dot.
    pub code: String,
}

/// A prescriber, or what plays one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Prescriber {
    /// `HPR`, or the system a source names.
    pub system: String,
    /// The number or code.
    pub id: String,
    /// Name, where the delivery gave one.
    pub name: Option<String>,
}

/// A municipality (kommune), or what plays one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Area {
    /// Kommunenummer or foreign code.
    pub code: String,
    /// Name.
    pub name: Option<String>,
    /// Code of the county (fylke).
    pub county: Option<String>,
    /// Name of the county.
    pub county_name: Option<String>,
}

/// A practice (legekontor).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Practice {
    /// The id in the deliveries.
    pub id: String,
}

/// A course group (etterutdanningsgruppe).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Group {
    /// The id in the deliveries.
    pub id: String,
    /// Name.
    pub name: Option<String>,
}

/// A specialty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Specialty {
    /// As delivered.
    pub name: String,
}

/// A code of the guideline: rules, what a card said, why something else was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GuidelineCode {
    /// As delivered; of rules all that one card rests on, sorted, separated by spaces.
    pub code: String,
}

fn renew(old: &mut Option<String>, new: &Option<String>) {
    if new.is_some() {
        old.clone_from(new);
    }
}

impl Entry for Drug {
    type Key = (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
    );
    fn key(&self) -> Self::Key {
        (
            self.atc.clone(),
            self.system.clone(),
            self.code.clone(),
            self.route.clone(),
        )
    }
    fn learn(&mut self, newer: &Self) {
        renew(&mut self.name, &newer.name);
    }
}

impl Entry for Diagnosis {
    type Key = Diagnosis;
    fn key(&self) -> Diagnosis {
        self.clone()
    }
    fn learn(&mut self, _newer: &Self) {}
}

impl Entry for Prescriber {
    type Key = (String, String);
    fn key(&self) -> Self::Key {
        (self.system.clone(), self.id.clone())
    }
    fn learn(&mut self, newer: &Self) {
        renew(&mut self.name, &newer.name);
    }
}

impl Entry for Area {
    type Key = String;
    fn key(&self) -> String {
        self.code.clone()
    }
    fn learn(&mut self, newer: &Self) {
        renew(&mut self.name, &newer.name);
        renew(&mut self.county, &newer.county);
        renew(&mut self.county_name, &newer.county_name);
    }
}

impl Entry for Practice {
    type Key = String;
    fn key(&self) -> String {
        self.id.clone()
    }
    fn learn(&mut self, _newer: &Self) {}
}

impl Entry for Group {
    type Key = String;
    fn key(&self) -> String {
        self.id.clone()
    }
    fn learn(&mut self, newer: &Self) {
        renew(&mut self.name, &newer.name);
    }
}

impl Entry for Specialty {
    type Key = String;
    fn key(&self) -> String {
        self.name.clone()
    }
    fn learn(&mut self, _newer: &Self) {}
}

impl Entry for GuidelineCode {
    type Key = String;
    fn key(&self) -> String {
        self.code.clone()
    }
    fn learn(&mut self, _newer: &Self) {}
}

/// An append-only list with look-up by key.
///
/// ```
/// use riktig_lake::store::{Area, Dictionary};
/// let mut areas = Dictionary::default();
/// let oslo = |name: Option<&str>| Area {
///     code: "0301".into(), name: name.map(Into::into), county: None, county_name: None,
/// };
/// assert_eq!(areas.intern(oslo(None)), 0);
/// assert_eq!(areas.intern(oslo(Some("Oslo"))), 0); // the same area, now with a name
/// assert_eq!(areas.get(0).and_then(|area| area.name.as_deref()), Some("Oslo"));
/// ```
#[derive(Debug, Clone)]
pub struct Dictionary<E: Entry> {
    entries: Vec<E>,
    ids: HashMap<E::Key, i32>,
}

impl<E: Entry> Default for Dictionary<E> {
    fn default() -> Self {
        Dictionary {
            entries: Vec::new(),
            ids: HashMap::new(),
        }
    }
}

impl<E: Entry> FromIterator<E> for Dictionary<E> {
    /// Keeps the order; of two entries with one key the first keeps the id.
    fn from_iter<I: IntoIterator<Item = E>>(entries: I) -> Self {
        let mut dictionary = Dictionary::default();
        for entry in entries {
            let id = dictionary.entries.len() as i32;
            dictionary.ids.entry(entry.key()).or_insert(id);
            dictionary.entries.push(entry);
        }
        dictionary
    }
}

impl<E: Entry> Dictionary<E> {
    /// The id of the entry, new or old; an old entry learns what the new one knows.
    pub fn intern(&mut self, entry: E) -> i32 {
        let next = self.entries.len() as i32;
        let id = *self.ids.entry(entry.key()).or_insert(next);
        match self.entries.get_mut(id as usize) {
            Some(known) => known.learn(&entry),
            None => self.entries.push(entry),
        }
        id
    }

    /// The entry with this id; `None` for -1 and ids never given.
    #[must_use]
    pub fn get(&self, id: i32) -> Option<&E> {
        usize::try_from(id).ok().and_then(|at| self.entries.get(at))
    }

    /// The id of a key.
    #[must_use]
    pub fn find(&self, key: &E::Key) -> Option<i32> {
        self.ids.get(key).copied()
    }

    /// All entries; the position is the id.
    #[must_use]
    pub fn entries(&self) -> &[E] {
        &self.entries
    }

    /// Number of distinct keys; smaller than the list only in a damaged dictionary.
    pub(crate) fn distinct(&self) -> usize {
        self.ids.len()
    }
}

/// All dictionaries of a lake.
#[derive(Debug, Clone, Default)]
pub struct Dictionaries {
    /// `drug` columns.
    pub drugs: Dictionary<Drug>,
    /// `diagnosis…` columns.
    pub diagnoses: Dictionary<Diagnosis>,
    /// `prescriber` columns.
    pub prescribers: Dictionary<Prescriber>,
    /// `area` columns.
    pub areas: Dictionary<Area>,
    /// `practice` columns.
    pub practices: Dictionary<Practice>,
    /// `group` columns.
    pub groups: Dictionary<Group>,
    /// `specialty` columns.
    pub specialties: Dictionary<Specialty>,
    /// `rules`, `kind` and `reason` columns of advice.
    pub guideline_codes: Dictionary<GuidelineCode>,
}
