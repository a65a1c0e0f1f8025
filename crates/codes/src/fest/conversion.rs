//! From XML elements to entries. Missing optional parts become `None`; a missing id is an error.

use super::element::Element;
use super::entry::{
    Brand, Classification, Coded, Condition, DosePack, FestEntry, GenericDrug, Listing,
    ListingStatus, Pack, PackContent, Quantity, Strength, StructuredCondition,
};
use super::interaction::{Interaction, Relevance, SubstanceGroup};
use super::{FestError, Validity};
use crate::AtcCode;

/// The entry of an `Oppf…` element; `None` for a substance without strength, which shares a catalogue with strengths, and for
/// something that was not assessed and has no human ATC code.
pub(super) fn entry(oppf: &Element, position: u64) -> Result<Option<FestEntry>, FestError> {
    let convert = Conversion { oppf, position };
    Ok(Some(match oppf.name.as_str() {
        "OppfLegemiddelpakning" => {
            FestEntry::Pack(convert.listing("Legemiddelpakning", Conversion::pack)?)
        }
        "OppfLegemiddelMerkevare" => {
            FestEntry::Brand(convert.listing("LegemiddelMerkevare", Conversion::brand)?)
        }
        "OppfLegemiddeldose" => {
            FestEntry::DosePack(convert.listing("Legemiddeldose", Conversion::dose_pack)?)
        }
        "OppfLegemiddelVirkestoff" => {
            FestEntry::Generic(convert.listing("LegemiddelVirkestoff", Conversion::generic)?)
        }
        "OppfVilkar" => FestEntry::Condition(convert.listing("Vilkar", Conversion::condition)?),
        "OppfVirkestoff" if oppf.child("Virkestoff").is_none() => {
            FestEntry::Strength(convert.listing("VirkestoffMedStyrke", Conversion::strength)?)
        }
        "OppfInteraksjon" => return convert.interaction_or_not_assessed(),
        _ => return Ok(None),
    }))
}

struct Conversion<'e> {
    oppf: &'e Element,
    position: u64,
}

impl Conversion<'_> {
    fn missing(&self, missing: &'static str) -> FestError {
        FestError::Incomplete {
            position: self.position,
            entry: self.oppf.name.clone(),
            missing,
        }
    }

    fn listing<T>(
        &self,
        object: &str,
        convert: fn(&Self, &Element) -> Result<T, FestError>,
    ) -> Result<Listing<T>, FestError> {
        let status = match self.oppf.code_of("Status") {
            Some("A") => ListingStatus::Active,
            Some("U") => ListingStatus::Expired,
            _ => return Err(self.missing("Status (A or U)")),
        };
        let content = self
            .oppf
            .child(object)
            .map(|object| convert(self, object))
            .transpose()?;
        if status == ListingStatus::Active && content.is_none() {
            return Err(self.missing("the object of an active entry"));
        }
        Ok(Listing {
            entry_id: self.oppf.text_of("Id").ok_or_else(|| self.missing("Id"))?,
            changed: self
                .oppf
                .text_of("Tidspunkt")
                .ok_or_else(|| self.missing("Tidspunkt"))?,
            status,
            content,
        })
    }

    fn id(&self, object: &Element) -> Result<String, FestError> {
        object
            .text_of("Id")
            .ok_or_else(|| self.missing("the object's Id"))
    }

    fn pack(&self, object: &Element) -> Result<Pack, FestError> {
        let marketing = object.child("Markedsforingsinfo");
        let day = |name| {
            marketing
                .and_then(|info| info.text_of(name))
                .and_then(|text| text.parse().ok())
        };
        let contents = object
            .all("Pakningsinfo")
            .map(|info| self.content(info))
            .collect::<Result<_, _>>()?;
        Ok(Pack {
            id: self.id(object)?,
            item_number: object
                .text_of("Varenr")
                .ok_or_else(|| self.missing("Varenr"))?,
            name_form_strength: object.text_of("NavnFormStyrke"),
            classification: classification(object),
            prescription_group: object.code_of("Reseptgruppe").map(str::to_owned),
            form: object.child("LegemiddelformKort").and_then(coded),
            condition_ids: object.texts_of("RefVilkar"),
            contents,
            marketed_from: day("Markedsforingsdato"),
            deregistered_from: day("AvregDato"),
        })
    }

    fn content(&self, info: &Element) -> Result<PackContent, FestError> {
        let whole = |name: &str| info.text_of(name).and_then(|text| text.parse().ok());
        let unit = info.child("EnhetPakning").and_then(coded);
        let amount_unit = unit
            .as_ref()
            .map(|unit| unit.code.clone())
            .unwrap_or_default();
        Ok(PackContent {
            brand_id: info
                .text_of("RefLegemiddelMerkevare")
                .ok_or_else(|| self.missing("RefLegemiddelMerkevare"))?,
            size: info.text_of("Pakningsstr"),
            multiple: whole("Multippel"),
            containers: whole("Antall"),
            amount: info.text_of("Mengde").map(|value| Quantity {
                value,
                unit: amount_unit,
            }),
            ddd: info.child("DDD").and_then(quantity),
            statistics_factor: info.text_of("Statistikkfaktor"),
            unit,
        })
    }

    fn brand(&self, object: &Element) -> Result<Brand, FestError> {
        let administration = object.child("AdministreringLegemiddel");
        let routes =
            administration.map(|admin| admin.all("Administrasjonsvei").filter_map(coded).collect());
        let mut strengths: Vec<_> = object
            .all("SortertVirkestoffMedStyrke")
            .filter_map(|sorted| {
                let order = sorted
                    .text_of("Sortering")
                    .and_then(|text| text.parse::<i32>().ok())
                    .unwrap_or(i32::MAX);
                Some((order, sorted.text_of("RefVirkestoffMedStyrke")?))
            })
            .collect();
        strengths.sort_by_key(|(order, _)| *order);
        let validity = object
            .all("Reseptgyldighet")
            .map(|rule| {
                let read = rule
                    .text_of("Varighet")
                    .and_then(|text| text.parse::<Validity>().ok());
                let validity = read.ok_or_else(|| self.missing("Varighet of Reseptgyldighet"))?;
                Ok((rule.code_of("Kjonn").map(str::to_owned), validity))
            })
            .collect::<Result<_, _>>()?;
        Ok(Brand {
            id: self.id(object)?,
            name: object.text_of("Varenavn"),
            name_form_strength: object.text_of("NavnFormStyrke"),
            classification: classification(object),
            prescription_group: object.code_of("Reseptgruppe").map(str::to_owned),
            form: object.child("LegemiddelformKort").and_then(coded),
            routes: routes.unwrap_or_default(),
            strength_ids: strengths.into_iter().map(|(_, id)| id).collect(),
            condition_ids: object.texts_of("RefVilkar"),
            validity,
        })
    }

    fn dose_pack(&self, object: &Element) -> Result<DosePack, FestError> {
        Ok(DosePack {
            id: self.id(object)?,
            registry_number: object.text_of("LmrLopenr"),
            name_form_strength: object.text_of("NavnFormStyrke"),
            classification: classification(object),
            amount: object.child("Mengde").and_then(quantity),
            brand_id: object.text_of("RefLegemiddelMerkevare"),
            pack_ids: object.texts_of("RefPakning"),
        })
    }

    fn generic(&self, object: &Element) -> Result<GenericDrug, FestError> {
        Ok(GenericDrug {
            id: self.id(object)?,
            name_form_strength: object.text_of("NavnFormStyrke"),
            classification: classification(object),
            prescription_group: object.code_of("Reseptgruppe").map(str::to_owned),
            condition_ids: object.texts_of("RefVilkar"),
            brand_ids: object.texts_of("RefLegemiddelMerkevare"),
        })
    }

    fn strength(&self, object: &Element) -> Result<Strength, FestError> {
        Ok(Strength {
            id: self.id(object)?,
            strength: object.child("Styrke").and_then(quantity),
            per: object.child("StyrkeNevner").and_then(quantity),
            substance_id: object.text_of("RefVirkestoff"),
        })
    }

    /// Two kinds of object share the catalogue of interactions; an expired entry has neither.
    fn interaction_or_not_assessed(&self) -> Result<Option<FestEntry>, FestError> {
        if let Some(object) = self.oppf.child("InteraksjonIkkeVurdert") {
            if atc(object).is_none() {
                return Ok(None);
            }
            let listing = self.listing("InteraksjonIkkeVurdert", |convert, object| {
                atc(object).ok_or_else(|| convert.missing("Atc"))
            })?;
            return Ok(Some(FestEntry::NotAssessed(listing)));
        }
        let listing = self.listing("Interaksjon", Conversion::interaction)?;
        Ok(Some(FestEntry::Interaction(listing)))
    }

    fn interaction(&self, object: &Element) -> Result<Interaction, FestError> {
        let relevance = object
            .code_of("Relevans")
            .ok_or_else(|| self.missing("Relevans"))?;
        let group = |group: &Element| SubstanceGroup {
            name: group.text_of("Navn"),
            drugs: group.all("Substans").filter_map(atc).collect(),
        };
        Ok(Interaction {
            id: self.id(object)?,
            relevance: Relevance::of_code(relevance),
            situation: object.text_of("Situasjonskriterium"),
            consequence: object.text_of("KliniskKonsekvens"),
            mechanism: object.text_of("Interaksjonsmekanisme"),
            handling: object.text_of("Handtering"),
            groups: object.all("Substansgruppe").map(group).collect(),
        })
    }

    fn condition(&self, object: &Element) -> Result<Condition, FestError> {
        let day = |name| object.text_of(name).and_then(|text| text.parse().ok());
        let structured = object
            .all("StrukturertVilkar")
            .map(|part| {
                Ok(StructuredCondition {
                    kind: part
                        .code_of("Type")
                        .ok_or_else(|| self.missing("Type of StrukturertVilkar"))?
                        .to_owned(),
                    texts: part.texts_of("VerdiTekst"),
                    codes: part.all("VerdiKodet").filter_map(coded).collect(),
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Condition {
            id: self.id(object)?,
            group: object.child("Gruppe").and_then(coded),
            text: object.text_of("Tekst"),
            from: day("GyldigFraDato"),
            to: day("GyldigTilDato"),
            structured,
        })
    }
}

fn atc(object: &Element) -> Option<AtcCode> {
    object.code_of("Atc")?.parse().ok()
}

fn classification(object: &Element) -> Option<Classification> {
    let code = object.code_of("Atc")?;
    Some(code.parse().map_or_else(
        |_| Classification::Other(code.to_owned()),
        Classification::Atc,
    ))
}

fn coded(element: &Element) -> Option<Coded> {
    Some(Coded {
        code: element.v.clone()?,
        name: element.dn.clone(),
        system: element.s.clone(),
    })
}

fn quantity(element: &Element) -> Option<Quantity> {
    Some(Quantity {
        value: element.v.clone()?,
        unit: element.u.clone().unwrap_or_default(),
    })
}
