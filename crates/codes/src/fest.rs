//! The national drug register FEST (M30), version 2.5.1, as a stream.
//!
//! A complete file is one XML document of 95 to 120 MB. [`FestReader`] walks it once and hands out the entries that
//! Riktig uses (packs, brands, strengths, dose packs, conditions, interactions); the rest is passed over without being stored,
//! so memory does not grow with the file. [`FestRegister`] keeps packs and what belongs to them and answers questions about
//! them; [`FestInteractions`] keeps the interactions, and [`ProductNumbers`] of each product only which drug it is.
//!
//! ```
//! use riktig_codes::fest::{FestEntry, FestReader, ListingStatus};
//! let file = r#"<FEST><HentetDato>2023-09-08T03:11:43</HentetDato><KatLegemiddelpakning>
//!   <OppfLegemiddelpakning><Id>ID_1</Id><Tidspunkt>2023-01-01T00:00:00</Tidspunkt><Status V="U"/></OppfLegemiddelpakning>
//! </KatLegemiddelpakning></FEST>"#;
//! let mut reader = FestReader::new(file.as_bytes());
//! let entry = reader.next().unwrap()?;
//! // An expired entry (utgått) carries its id and nothing else: what it was about must be remembered from before.
//! let FestEntry::Pack(listing) = entry else { panic!() };
//! assert_eq!((listing.status, listing.content), (ListingStatus::Expired, None));
//! # Ok::<(), riktig_codes::fest::FestError>(())
//! ```
//!
//! Namespaces are not looked at: FEST itself, its fragments in other standards and its test files disagree on them, and
//! the element names are unambiguous. A document type declaration is refused, so there are no entities to explode.
//!
//! Sources: schema ER-M30-2014-12-01 and Forskrivning-2014-12-01 (KITH/Direktoratet for e-helse); DMP, *Implementation
//! guide FEST* v3.5 (2024-04). Data from FEST is licensed NLOD; cite "Kilde: FEST, Direktoratet for medisinske produkter".

mod conversion;
mod demand;
mod duration;
mod element;
mod entry;
mod error;
mod interaction;
mod limited;
mod product;
mod reader;
mod register;

pub use demand::{ANTIBIOTICS_GROUP, DiagnosisDemand, FestDrug};
pub use duration::Validity;
pub use entry::{
    Brand, Classification, Coded, Condition, DosePack, FestEntry, GenericDrug, Listing,
    ListingStatus, Pack, PackContent, Quantity, Strength, StructuredCondition,
};
pub use error::FestError;
pub use interaction::{FestInteractions, Interaction, Relevance, SubstanceGroup};
pub use product::{ProductNumber, ProductNumbers};
pub use reader::{FestReader, MAX_DEPTH, MAX_ENTRY_BYTES, MAX_EVENT_BYTES};
pub use register::FestRegister;

#[cfg(test)]
mod tests;
