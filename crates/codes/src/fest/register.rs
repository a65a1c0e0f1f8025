//! The entries in memory, with the answers that need more than one of them.

use std::collections::BTreeMap;

use super::FestError;
use super::entry::{
    Brand, Condition, DosePack, FestEntry, GenericDrug, Listing, ListingStatus, Pack, PackContent,
    Strength,
};

/// Packs and what belongs to them, as FEST stands after a complete file and any number of incremental ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FestRegister {
    packs: Catalogue<Pack>,
    brands: Catalogue<Brand>,
    dose_packs: Catalogue<DosePack>,
    generics: Catalogue<GenericDrug>,
    strengths: Catalogue<Strength>,
    conditions: Catalogue<Condition>,
    pack_ids_by_item_number: BTreeMap<String, String>,
}

/// Objects by their own id, and which entry holds each now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Catalogue<T> {
    objects: BTreeMap<String, (String, T)>,
    object_of_entry: BTreeMap<String, String>,
}

impl<T> Default for Catalogue<T> {
    fn default() -> Self {
        Self {
            objects: BTreeMap::new(),
            object_of_entry: BTreeMap::new(),
        }
    }
}

impl<T> Catalogue<T> {
    /// All objects, by id.
    pub(super) fn objects(&self) -> impl Iterator<Item = &T> {
        self.objects.values().map(|(_, object)| object)
    }

    fn get(&self, id: &str) -> Option<&T> {
        self.objects.get(id).map(|(_, object)| object)
    }

    /// Takes an entry in and returns the object that it replaces or ends, if there was one.
    ///
    /// An object may have been given a new entry before the old one expires; then expiry changes nothing.
    pub(super) fn apply(&mut self, listing: Listing<T>, id_of: fn(&T) -> &str) -> Option<T> {
        let (ListingStatus::Active, Some(object)) = (listing.status, listing.content) else {
            let id = self.object_of_entry.remove(&listing.entry_id)?;
            return self.objects.remove(&id).map(|(_, ended)| ended);
        };
        let id = id_of(&object).to_owned();
        self.object_of_entry
            .insert(listing.entry_id.clone(), id.clone());
        let (old_entry, replaced) = self
            .objects
            .insert(id, (listing.entry_id.clone(), object))?;
        if old_entry != listing.entry_id {
            self.object_of_entry.remove(&old_entry);
        }
        Some(replaced)
    }
}

impl FestRegister {
    /// Reads all entries.
    pub fn read(
        entries: impl IntoIterator<Item = Result<FestEntry, FestError>>,
    ) -> Result<Self, FestError> {
        let mut register = Self::default();
        for entry in entries {
            register.apply(entry?);
        }
        Ok(register)
    }

    /// Takes one entry in: a new or changed object, or the expiry of one.
    pub fn apply(&mut self, entry: FestEntry) {
        match entry {
            FestEntry::Pack(listing) => self.apply_pack(listing),
            FestEntry::Brand(listing) => drop(self.brands.apply(listing, |brand| &brand.id)),
            FestEntry::DosePack(listing) => {
                drop(self.dose_packs.apply(listing, |dose_pack| &dose_pack.id))
            }
            FestEntry::Generic(listing) => {
                drop(self.generics.apply(listing, |generic| &generic.id))
            }
            FestEntry::Strength(listing) => {
                drop(self.strengths.apply(listing, |strength| &strength.id))
            }
            FestEntry::Condition(listing) => {
                drop(self.conditions.apply(listing, |condition| &condition.id))
            }
            // `FestInteractions` keeps them.
            FestEntry::Interaction(_) | FestEntry::NotAssessed(_) => {}
        }
    }

    fn apply_pack(&mut self, listing: Listing<Pack>) {
        let active = listing
            .content
            .as_ref()
            .filter(|_| listing.status == ListingStatus::Active);
        let numbered = active.map(|pack| (pack.item_number.clone(), pack.id.clone()));
        if let Some(former) = self.packs.apply(listing, |pack| &pack.id)
            && self.pack_ids_by_item_number.get(&former.item_number) == Some(&former.id)
        {
            self.pack_ids_by_item_number.remove(&former.item_number);
        }
        self.pack_ids_by_item_number.extend(numbered);
    }

    /// The pack with this item number (varenummer).
    pub fn pack(&self, item_number: &str) -> Option<&Pack> {
        self.packs
            .get(self.pack_ids_by_item_number.get(item_number)?)
    }

    /// The pack with this object id.
    pub fn pack_with_id(&self, id: &str) -> Option<&Pack> {
        self.packs.get(id)
    }

    /// All packs, by id.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.objects()
    }

    /// The brand with this id.
    pub fn brand(&self, id: &str) -> Option<&Brand> {
        self.brands.get(id)
    }

    /// The dose pack with this id.
    pub fn dose_pack(&self, id: &str) -> Option<&DosePack> {
        self.dose_packs.get(id)
    }

    /// The active substance with form and strength that has this id.
    pub fn generic(&self, id: &str) -> Option<&GenericDrug> {
        self.generics.get(id)
    }

    /// The condition with this id.
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.get(id)
    }

    /// The strengths of a brand's active substances, in its order.
    pub fn strengths<'r>(&'r self, brand: &'r Brand) -> impl Iterator<Item = &'r Strength> {
        brand
            .strength_ids
            .iter()
            .filter_map(|id| self.strengths.get(id))
    }

    /// Defined daily doses in one pack, in thousandths, reckoned from amount, strength and DDD.
    ///
    /// `None` unless every content has one active substance, whose strength and DDD are masses and whose strength is per
    /// piece or in the unit of the amount: combinations and units of activity need a person's eye.
    pub fn ddd_milli_per_pack(&self, pack: &Pack) -> Option<u64> {
        let contents = pack
            .contents
            .iter()
            .map(|content| self.ddd_milli_of(content));
        let sum = contents.sum::<Option<u64>>()?;
        (!pack.contents.is_empty()).then_some(sum)
    }

    fn ddd_milli_of(&self, content: &PackContent) -> Option<u64> {
        let brand = self.brand(&content.brand_id)?;
        let [strength_id] = brand.strength_ids.as_slice() else {
            return None;
        };
        let strength = self.strengths.get(strength_id)?;
        let amount = content.amount.as_ref()?;
        let per_millionths = match &strength.per {
            None => 1_000_000,
            Some(per) if per.unit == amount.unit => per.millionths().filter(|per| *per > 0)?,
            Some(_) => return None,
        };
        let pieces =
            u128::from(content.multiple.unwrap_or(1)) * u128::from(content.containers.unwrap_or(1));
        let nanograms = strength.strength.as_ref()?.nanograms()?;
        let ddd_nanograms = content.ddd.as_ref()?.nanograms().filter(|ddd| *ddd > 0)?;
        let dividend = pieces
            .checked_mul(u128::from(amount.millionths()?))?
            .checked_mul(nanograms)?
            .checked_mul(1000)?;
        u64::try_from(dividend / u128::from(per_millionths) / ddd_nanograms).ok()
    }
}
